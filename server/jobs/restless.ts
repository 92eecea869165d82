/**
 * Jobs that come back, again and again, to a timer that is due as it is armed: a moment that is past, with a way back to the state.
 *
 * Promises: such a job may do so some times at once, as a reminder that comes late does; then once a minute. It can
 * neither hold up the others nor fill the disk.
 * Must not: slow a timer that was armed before it was due.
 */
import type { Timer } from '../../machines/advance/job.ts'

const MOST_AT_ONCE = 50
const REST_MS = 60_000
/** Quiet for so long, it begins anew. */
const FORGOTTEN_MS = 10 * REST_MS
const MOST_REMEMBERED = 1000

export type Restless = {
  /** When this timer may fire, if not now. To be asked once before each firing. */
  waitsUntil(job: string, timer: Timer): number | undefined
}

/** @param now epoch milliseconds */
export function createRestless(now: () => number): Restless {
  const jobs = new Map<string, { fired: number; last: number }>()

  function forget(): void {
    if (jobs.size <= MOST_REMEMBERED) return
    for (const [job, { last }] of jobs) if (now() - last > FORGOTTEN_MS) jobs.delete(job)
  }
  return {
    waitsUntil: (job, { armedAt, dueAt }) => {
      if (dueAt > armedAt) return undefined
      const known = jobs.get(job)
      const fired = known === undefined || now() - known.last > FORGOTTEN_MS ? 0 : known.fired
      const until = (known?.last ?? 0) + REST_MS
      if (fired >= MOST_AT_ONCE && now() < until && now() >= (known?.last ?? 0)) return until
      jobs.set(job, { fired: fired + 1, last: now() })
      forget()
      return undefined
    },
  }
}
