/**
 * The clock of a rehearsal: it steps to each next due time, so that nothing due in between is passed over.
 *
 * Promises: timers and happenings come in order of their times, timers first where both are due at one moment; all that
 * was due has come when the clock stands at a moment.
 * Must not: read another clock.
 */
import { end } from './absorb.ts'
import { firstComing } from './happenings.ts'
import type { Coming, Sim } from './sim.ts'
import { lengthOf } from './standing.ts'

/** More at one stretch is a process or a scenario that cannot be meant. */
const MOST_AT_ONCE = 20_000

export type Due =
  | { is: 'timer'; token: string; at: number }
  | { is: 'happening'; coming: Coming; at: number }
  | { is: 'limit'; at: number }

export function nextTimer({ job }: Pick<Sim, 'job'>): { token: string; at: number } | undefined {
  let first: { token: string; at: number } | undefined
  for (const { token, dueAt, fired, left } of job.timers) {
    if (fired || left !== undefined) continue
    const at = Date.parse(dueAt)
    if (first === undefined || at < first.at) first = { token, at }
  }
  return first
}

/** When an examination is over by its time; the other modes go on. */
function limitOf({ setup, startedAt }: Sim): number | undefined {
  const { timeLimit } = setup.scenario
  return setup.mode === 'examination' && timeLimit !== undefined ? startedAt + lengthOf(timeLimit) : undefined
}

/** What is due first, if anything ever is. */
export function nextDue(sim: Sim): Due | undefined {
  if (sim.over !== undefined) return undefined
  const timer = nextTimer(sim)
  const coming = firstComing(sim)
  const limit = limitOf(sim)
  let due: Due | undefined = timer === undefined ? undefined : { is: 'timer', ...timer }
  if (coming !== undefined && (due === undefined || coming.at < due.at))
    due = { is: 'happening', coming, at: coming.at }
  if (limit !== undefined && (due === undefined || limit < due.at)) due = { is: 'limit', at: limit }
  return due
}

/** @param carryOut what is due, at its time */
export function passTo(sim: Sim, at: number, carryOut: (sim: Sim, due: Due) => Sim): Sim {
  let present = sim
  for (let count = 0; count < MOST_AT_ONCE; count++) {
    const due = nextDue(present)
    if (due === undefined || due.at > at)
      return present.over === undefined ? { ...present, now: Math.max(present.now, at) } : present
    const there = { ...present, now: Math.max(present.now, due.at) }
    present = due.is === 'limit' ? end(there, 'time') : carryOut(there, due)
  }
  return end(present, 'stuck')
}
