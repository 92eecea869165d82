/**
 * How time passes in the training room: with real time at a speed, to what comes next, or until a norm is broken.
 *
 * Promises: nothing due in between is passed over; whatever is waited for, waiting comes to an end.
 * Must not: read a clock; real time comes in as a stretch.
 */
import { passTime } from '../../../machines/simulate/run.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { nextDue, nextTimer } from '../../../machines/simulate/virtual-clock.ts'
import { isOpen, openIntervals } from '../../../machines/time/working.ts'

export const SPEEDS = [1, 10, 60, 600] as const
export type Speed = (typeof SPEEDS)[number]

/** As many things due one after another with nothing to be seen are a process that turns in a circle. */
const MOST_DUE = 2_000

/** Real time going by. */
export const elapse = (sim: Sim, realMs: number, speed: Speed): Sim =>
  sim.over === undefined ? passTime(sim, sim.now + Math.round(realMs * speed)) : sim

/** When the next timer of the process runs out; undefined: none is running. */
export const nextTimerAt = (sim: Sim): number | undefined =>
  sim.over === undefined ? nextTimer(sim)?.at : undefined

/** To the time of what is due next, if anything is. */
export function toNextDue(sim: Sim): Sim {
  const due = nextDue(sim)
  return due === undefined ? sim : passTime(sim, Math.max(sim.now, due.at))
}

function until(sim: Sim, isThere: (present: Sim) => boolean): Sim | undefined {
  let present = sim
  for (let count = 0; count < MOST_DUE; count++) {
    const next = toNextDue(present)
    if (next === present) return undefined
    if (isThere(next) || next.over !== undefined) return next
    present = next
  }
  return undefined
}

/** Until there is something to see or hear; undefined where nothing ever comes by itself. */
export const untilSomething = (sim: Sim): Sim | undefined =>
  until(sim, ({ lines }) => lines.length > sim.lines.length)

/** Until a norm is broken by doing nothing; undefined where that never comes. */
export function untilBreach(sim: Sim): Sim | undefined {
  const broken = ({ marks }: Sim): number => marks.filter(({ is }) => is === 'broken').length
  const there = until(sim, (present) => broken(present) > broken(sim))
  return there !== undefined && broken(there) > broken(sim) ? there : undefined
}

/** How a deadline on a working calendar counts at a moment. */
export type Counting = {
  /** Of the calendar's own time, or of the wall clock's. */
  readonly leftMs: number
  /** Its calendar is shut: nothing counts before then. */
  readonly restsUntil?: number
}

export function counting({ setup, now }: Sim, dueAt: number, calendarName: string | undefined): Counting {
  const { calendars, timeZone } = setup.calendars
  const calendar = calendarName === undefined ? undefined : calendars[calendarName]
  if (calendar === undefined) return { leftMs: Math.max(0, dueAt - now) }
  const open = openIntervals(calendar, now, Math.max(now, dueAt), timeZone)
  const leftMs = open.reduce((sum, { from, to }) => sum + to - from, 0)
  if (isOpen(calendar, now, timeZone)) return { leftMs }
  return { leftMs, restsUntil: open[0]?.from ?? dueAt }
}
