/**
 * What a job will be like once all that waits has been taken: the engine itself, run in the page over the last known job.
 *
 * Promises: the same rules as the server's, with what this device knew last; what the engine here refuses is told with its
 * reasons and left out, so that the rest can still be seen.
 * Must not: be taken for an answer of the server: whoever shows it says that it is expected.
 */
import { advance } from '../../machines/advance/advance.ts'
import { allowed } from '../../machines/advance/allowed.ts'
import type { Job, Refusal, Surroundings } from '../../machines/advance/job.ts'
import { itemsOf, viewOf } from '../../machines/advance/view.ts'
import { type Compiled, compiled } from '../../machines/compile/compile.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { Carried } from '../../machines/wire/carry.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import type { Act, Doing } from './act.ts'

export type Expected = {
  detail: JobDetail
  /** What the engine says against an act that waits, by its order. */
  doubts: ReadonlyMap<number, Refusal>
  /** Something in it has not been taken by the server yet. */
  isExpected: boolean
  /** The job after all that waits, for the next act to be tried on. */
  job: Job
}

/** The process of a job, ready to run. */
export const processOf = (definition: Definition, hash: string): Compiled => compiled(definition, hash)

const surroundingsOf = ({ actor, people, calendars }: Carried, now: number): Surroundings => ({
  now,
  actor,
  people,
  calendars,
})

/**
 * @param now epoch milliseconds by the server's clock
 * @param ahead how far that clock is ahead of this device's
 */
export function expect(
  process: Compiled,
  carried: Carried,
  acts: readonly Act[],
  now: number,
  ahead: number,
): Expected {
  const doubts = new Map<number, Refusal>()
  let { job } = carried
  let isExpected = false
  for (const act of acts) {
    if (act.job !== job.id || act.state === 'refused') continue
    if (act.state === 'sent' && (act.seq ?? 0) <= carried.job.seq) continue
    const advanced = advance(process, job, act.doing, surroundingsOf(carried, Date.parse(act.at) + ahead))
    if (advanced.ok) {
      job = advanced.job
      isExpected = true
    } else doubts.set(act.order, advanced.refusal)
  }
  const surroundings = surroundingsOf(carried, now)
  return {
    detail: {
      ...viewOf(process, job),
      allowed: allowed(process, job, surroundings),
      items: itemsOf(process, job, surroundings),
    },
    doubts,
    isExpected,
    job,
  }
}

/** What the engine would say against an act now; `undefined`: nothing. */
export function refusalOf(
  process: Compiled,
  carried: Carried,
  job: Job,
  doing: Doing,
  now: number,
): Refusal | undefined {
  const advanced = advance(process, job, doing, surroundingsOf(carried, now))
  return advanced.ok ? undefined : advanced.refusal
}
