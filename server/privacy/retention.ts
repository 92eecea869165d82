/**
 * How long a process keeps what is personal in its jobs, and erasing it when that time is over.
 *
 * Promises: days count from the last that happened to a job that is over, by the jobs' clock; a run that is cut off goes on with the
 * next; each run that erased something is on record.
 * Must not: touch a job that goes on, or hold up others: jobs are erased one by one.
 */
import { SYSTEM } from '../../machines/advance/job.ts'
import type { Retention, SetRetention } from '../../machines/wire/privacy.ts'
import type { Recorder } from '../access/record.ts'
import { problem } from '../problem-details.ts'
import { type EraseDeps, eraseJobs } from './erase-jobs.ts'

export type RetentionPort = {
  /** Problems: process-not-found. */
  get(process: string): Promise<Retention>
  /** Problems: process-not-found. */
  set(process: string, rule: SetRetention, by: string): Promise<Retention>
  /** Erases what is due, until it is told to stop. Returns how many jobs. */
  tend(signal?: AbortSignal): Promise<number>
}

const DAY_MS = 24 * 3600 * 1000
/** One scan for files and one emptying of the log serve so many. */
const PORTION = 100

export function createRetention({ work, evidence, record }: EraseDeps & { record: Recorder }): RetentionPort {
  const { store, library, now } = work.deps

  async function ruleOf(process: string): Promise<Retention> {
    const found = (await library.processes()).find(({ id }) => id === process)
    if (found === undefined) throw problem('process-not-found')
    return found.retention ?? { days: null }
  }

  async function tendProcess(process: string, days: number, signal?: AbortSignal): Promise<number> {
    const before = new Date(now() - days * DAY_MS).toISOString()
    let erased = 0
    while (signal?.aborted !== true) {
      const ids = await store.privacy.quietSince(process, before, PORTION)
      if (ids.length === 0) return erased
      const done = await record(
        { kind: 'privacy.retention', subject: process, detail: { days } },
        () => eraseJobs({ work, evidence }, ids, SYSTEM, { together: false }),
        (all) => ({ erased: all.filter(({ outcome }) => outcome === 'erased').length }),
      )
      const here = done.filter(({ outcome }) => outcome === 'erased').length
      erased += here
      // The rest waits for its messages.
      if (here < ids.length || ids.length < PORTION) return erased
    }
    return erased
  }

  return {
    get: ruleOf,
    set: async (process, { days }, by) => {
      const before = await ruleOf(process)
      if (before.days === days) return before
      const rule = { days, by, at: new Date(now()).toISOString() }
      await library.saveRetention(process, rule)
      return rule
    },
    tend: async (signal) => {
      let erased = 0
      for (const { id, retention } of await library.processes())
        if (typeof retention?.days === 'number') erased += await tendProcess(id, retention.days, signal)
      return erased
    },
  }
}
