/**
 * Words for people in both languages, titles where people look for them, and norms that are in the catalogue.
 *
 * Must not: judge what the words say.
 */
import { child } from '../definition/pointer.ts'
import type { ValidationContext } from './context.ts'
import type { Model } from './model.ts'
import type { Report } from './report.ts'
import type { Structure } from './structure.ts'

/** All texts and norm ids that the structural pass came by, wherever they stand. */
export function checkTextsAndNorms(
  { texts, norms }: Structure,
  context: ValidationContext,
  report: Report,
): void {
  for (const { en, zh, pointer } of texts) {
    const isMissing = { en: en.trim() === '', zh: zh.trim() === '' }
    if (isMissing.en && isMissing.zh) report.add('no-text', pointer)
    else if (isMissing.en) report.add('missing-language', pointer, { en: 'English', zh: '英文' })
    else if (isMissing.zh) report.add('missing-language', pointer, { en: 'Chinese', zh: '中文' })
  }
  for (const { id, pointer } of norms) {
    const kind = context.norms.get(id)
    if (kind === undefined)
      report.add(
        'unknown-norm',
        pointer,
        { name: id },
        {
          fix: report.replacing(pointer, id, context.norms.keys()),
        },
      )
    else if (pointer.startsWith('/meta/reportable/') && kind !== 'prohibition' && kind !== 'conduct')
      report.add('norm-not-reportable', pointer, { name: id })
  }
}

/** Everyone sees the state a job is in: it needs a title. (Events, items and settings cannot be without one.) */
export function checkTitles({ tree, definition, sink }: Model): void {
  for (const { node, pointer, parent, kind } of tree.nodes)
    if (parent !== undefined && kind !== 'history' && node.meta === undefined) sink.add('untitled', pointer)
  for (const [name, delay] of Object.entries(definition.delays ?? {}))
    if (delay.meta === undefined) sink.add('untitled', child('/delays', name))
}
