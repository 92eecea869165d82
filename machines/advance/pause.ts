/**
 * Timers of a job that rests: what is left of them, and when they are due once it goes on.
 *
 * Promises: no time passes for a suspended job: a delay on the clock keeps its hours, one on a working calendar its
 * open hours. One that counts from a field stays with its field; only where it would have run out meanwhile it
 * keeps what was left, so that nobody is late for what he could not do.
 * Must not: arm or cancel anything (`conclude.ts`), or read a clock.
 */
import type { Compiled } from '../compile/compile.ts'
import { delayOf, dueTime, movesWithFields } from '../compile/delays.ts'
import type { Frame, Standing } from '../compile/frame.ts'
import { own } from '../definition/check-value.ts'
import type { Action, Delay } from '../definition/schema.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDuration } from '../time/duration.ts'
import { addWorking, openIntervals } from '../time/working.ts'
import { iso } from './collect.ts'
import type { Timer } from './job.ts'

/** The timer with what is left of it. */
export function stopped(compiled: Compiled, timer: Timer, frame: Frame): Timer {
  const due = Date.parse(timer.dueAt)
  const calendar = calendarOf(delayOfTimer(compiled, timer), frame)
  const ms =
    due <= frame.now
      ? 0
      : calendar === undefined
        ? due - frame.now
        : openIntervals(calendar, frame.now, due, frame.calendars.timeZone).reduce(
            (sum, { from, to }) => sum + to - from,
            0,
          )
  return { ...timer, left: `PT${ms / 1000}S` }
}

/** The timer running again from now, under a token of its own. */
export function runningAgain(
  compiled: Compiled,
  timer: Timer,
  token: string,
  frame: Frame,
  standing: Standing,
): Timer {
  const { left = 'PT0S', reckoned: before, ...kept } = timer
  const delay = delayOfTimer(compiled, timer)
  const rest = after(left, calendarOf(delay, frame), frame)
  const reckonedAt = Date.parse(before ?? timer.dueAt)
  const again = (due: number, reckoned = reckonedAt): Timer => ({
    ...kept,
    token,
    dueAt: iso(due),
    ...(reckoned === due ? {} : { reckoned: iso(reckoned) }),
  })
  if (delay === undefined || !movesWithFields(delay)) return again(rest)
  const alone = dueTime(delay, compiled.expressions, Date.parse(timer.armedAt), frame, standing)
  // Its field was emptied meanwhile: taken back by whoever follows the fields.
  if (alone === undefined) return again(rest)
  const moved = alone - reckonedAt
  if (delay.from === undefined) return again(rest + moved, alone)
  if (moved !== 0) return again(alone, alone)
  const due = Date.parse(timer.dueAt)
  return again(due > frame.now ? due : rest, alone)
}

function after(left: string, calendar: Calendar | undefined, { now, calendars }: Frame): number {
  const { timeZone } = calendars
  const open = calendar === undefined ? undefined : addWorking(calendar, now, left, timeZone)
  // A calendar that never opens again cannot hold a deadline back for ever.
  return open ?? addDuration(now, left, timeZone)
}

const calendarOf = (delay: Delay | undefined, { calendars }: Frame): Calendar | undefined =>
  delay?.calendar === undefined ? undefined : own(calendars.calendars, delay.calendar)

/** The delay that a timer counts, also where it is a delayed `raise`, whose timers go by the raise's id. */
function delayOfTimer({ definition, tree }: Compiled, timer: Timer): Delay | undefined {
  if (timer.event === undefined) return delayOf(definition, timer.delay)
  for (const { node, transitions } of tree.nodes) {
    const actions = [
      ...(node.entry ?? []),
      ...(node.exit ?? []),
      ...transitions.flatMap(({ transition }) => transition.actions ?? []),
    ]
    const name = actions.map((action) => raisedAs(action, timer.id)).find((found) => found !== undefined)
    if (name !== undefined) return delayOf(definition, name)
  }
  return undefined
}
const raisedAs = (action: Action, id: string): string | undefined =>
  action.type === '@xstate.raise' && (action.id ?? `raise.${action.event.type}`) === id
    ? action.delay
    : undefined
