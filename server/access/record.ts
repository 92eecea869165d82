/**
 * Changes put on record.
 *
 * Promises: the entry that says a change is meant is durable before it begins, because what is changed and the audit are two
 * places that no commit can hold together; a second entry says that it was done, or that it failed. One without a second
 * was cut off by a crash: what was to be changed shows what came of it.
 * Must not: be given a secret or what a person is called; an entry can never be taken back.
 */
import type { AuditLog, AuditNote } from '../store/audit-port.ts'
import { whoActs } from './acting.ts'

export type What = Pick<AuditNote, 'kind' | 'subject' | 'detail'>
/** @param told what is known only afterwards, as the number of a new version */
export type Recorder = <T>(
  what: What,
  change: () => Promise<T>,
  told?: (changed: T) => NonNullable<AuditNote['detail']>,
) => Promise<T>

/** @param now real time, epoch ms */
export function createRecorder(log: Pick<AuditLog, 'append'>, now: () => number): Recorder {
  const at = () => new Date(now()).toISOString()
  const withDetail = (detail: AuditNote['detail']) => (detail === undefined ? {} : { detail })

  return async ({ kind, subject, detail }, change, told) => {
    const { via, ...who } = whoActs()
    const said = { kind, subject, ...who }
    const whole = via === undefined ? detail : { ...detail, via }
    const meant = await log.append({ ...said, at: at(), outcome: 'meant', ...withDetail(whole) })
    const conclude = (outcome: 'done' | 'failed', came?: AuditNote['detail']) =>
      log.append({ ...said, at: at(), outcome, of: meant.n, ...withDetail(came) })
    let changed: Awaited<ReturnType<typeof change>>
    try {
      changed = await change()
    } catch (error) {
      await conclude('failed')
      throw error
    }
    await conclude('done', told?.(changed))
    return changed
  }
}

/** The names of what differs. */
export function differing(before: object, after: object): string[] {
  const was = new Map(Object.entries(before))
  const is = new Map(Object.entries(after))
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)))
    .sort()
}
