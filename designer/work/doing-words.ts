/** What was done, in the reader's words. */

import { buildTree } from '../../machines/definition/tree.ts'
import type { JobWords } from '../jobs/job-words.ts'
import { inLanguage } from '../text/language.ts'
import type { Doing } from './act.ts'

export function doingInWords(doing: Doing, words: JobWords): string {
  const { t, definition, language } = words
  switch (doing.kind) {
    case 'event':
      return inLanguage(definition?.schemas.events[doing.type]?.meta.title, language, doing.type)
    case 'tick':
    case 'untick':
      return t(`work.did.${doing.kind}`, { title: itemTitle(doing.item, words) })
    case 'attach':
      return doing.evidence.kind === 'signature'
        ? t('work.did.signature', { name: doing.evidence.signedBy ?? '' })
        : t('work.did.photo')
    case 'note':
      return t('work.did.note', { text: doing.text })
  }
}

function itemTitle(id: string, { definition, language }: JobWords): string {
  if (definition === undefined) return id
  for (const { node } of buildTree(definition).nodes) {
    const { meta } = node
    const items = meta !== undefined && 'checklist' in meta ? meta.checklist : undefined
    const item = items?.find((each) => each.id === id)
    if (item !== undefined) return inLanguage(item.title, language, id)
  }
  return id
}
