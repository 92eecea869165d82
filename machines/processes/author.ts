/**
 * Words for writing a definition in TypeScript: each returns plain JSON of the definition language.
 *
 * Must not: hide behaviour. What comes out is what a process owner would see in the designer.
 */
import type {
  Action,
  ChecklistItem,
  Expression,
  Guard,
  Recipient,
  Role,
  Severity,
  Text,
  Value,
} from '../definition/schema.ts'
import { NORMS } from '../norms.ts'

export const text = (en: string, zh: string): Text => ({ en, zh })
export const cel = (expression: string): Expression => ({ '@expr': expression, '@lang': 'cel' })
export const all = (...guards: Guard[]): Guard => ({ type: 'and', params: { guards } })
export const any = (...guards: Guard[]): Guard => ({ type: 'or', params: { guards } })
export const not = (guard: Guard): Guard => ({ type: 'not', params: { guard } })
export const assign = (context: Record<string, Value>): Action => ({ type: '@xstate.assign', context })
export const raise = (type: string): Action => ({ type: '@xstate.raise', event: { type } })
export const breach = (norm: string, severity: Severity = 'major'): Action => ({
  type: 'breach',
  params: { norm, severity },
})
export const toRole = (role: Role): Recipient => ({ role })
export const toField = (field: string): Recipient => ({ field })
const told =
  (type: 'remind' | 'notify') =>
  (to: Recipient[], message: Text, norm?: string): Action => ({
    type,
    params: norm === undefined ? { to, message } : { to, message, norm },
  })
export const remind = told('remind')
export const notify = told('notify')
export const item = (
  id: string,
  title: Text,
  norms: string[] = [],
  more: Omit<ChecklistItem, 'id' | 'title' | 'norms'> = {},
): ChecklistItem => ({ id, title, norms, ...more })
/** The prohibition and conduct norms of a process and those of all processes: what may be reported on its jobs. */
export const reportable = (process: string): string[] =>
  NORMS.filter(
    (norm) =>
      (norm.kind === 'prohibition' || norm.kind === 'conduct') &&
      (norm.process === process || norm.process === 'all'),
  ).map((norm) => norm.id)
