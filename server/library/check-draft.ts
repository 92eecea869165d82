/**
 * A draft held against the process that it is of.
 *
 * Must not: find the problems of a definition itself (`machines/validate` does).
 */
import type { Problem } from '../../machines/definition/problem.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { DraftRecord } from '../store/library-port.ts'
import { idOf } from './definition-words.ts'

type Checked = { problems: Problem[]; definition?: Definition }
/** Finds all problems; gives the definition, typed, where none is an error. */
export type CheckDefinition = (definition: unknown) => Promise<Checked>

/**
 * A draft of `home-visit` that calls itself something else would become another process when published: that is a
 * problem more, and no definition to publish.
 */
export async function checkDraft(check: CheckDefinition, draft: DraftRecord): Promise<Checked> {
  const checked = await check(draft.definition)
  if (idOf(draft.definition) === draft.process) return checked
  const mismatch: Problem = {
    severity: 'error',
    code: 'process-id',
    path: '/id',
    message: {
      en: `The id must stay ${draft.process}: it names the process`,
      zh: `流程编号必须保持为 ${draft.process}`,
    },
    fix: {
      title: { en: `Set it to ${draft.process}`, zh: `改为 ${draft.process}` },
      path: '/id',
      value: draft.process,
    },
  }
  return { problems: [mismatch, ...checked.problems] }
}
