/**
 * When a delay is due.
 *
 * Promises: a delay that cannot be told (a field not set, a calendar never open) has no due time; it is never
 * taken for zero, as XState would.
 * Must not: read a clock (`enteredAt` and the frame come in).
 */

import { own } from '../definition/check-value.ts'
import type { Definition, Delay } from '../definition/schema.ts'
import type { ExpressionEnvironment } from '../expression/expression.ts'
import { addDuration } from '../time/duration.ts'
import { addWorking } from '../time/working.ts'
import { type Frame, type Standing, variablesOf } from './frame.ts'

/** Epoch milliseconds, or undefined where it cannot be told. */
export function dueTime(
  delay: Delay,
  expressions: ExpressionEnvironment,
  enteredAt: number,
  frame: Frame,
  standing: Omit<Standing, 'active'>,
): number | undefined {
  const variables = variablesOf(frame, standing)
  const evaluate = (text: string): unknown => {
    const evaluation = expressions.program(text).evaluate(variables)
    return evaluation.ok ? evaluation.value : undefined
  }
  const from = delay.from === undefined ? enteredAt : toTime(evaluate(delay.from['@expr']))
  const duration = typeof delay.duration === 'string' ? delay.duration : evaluate(delay.duration['@expr'])
  if (from === undefined || typeof duration !== 'string') return undefined
  const { calendars, timeZone } = frame.calendars
  try {
    if (delay.calendar === undefined) return addDuration(from, duration, timeZone)
    const calendar = own(calendars, delay.calendar)
    return calendar === undefined ? undefined : addWorking(calendar, from, duration, timeZone)
  } catch {
    // A duration made by an expression may be no duration; then nothing is due.
    return undefined
  }
}

/** The same moments come again at each event of a job, and reading one takes as long as much else. */
const read = new Map<string, number>()
const REMEMBERED = 4096

function toTime(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const known = read.get(value)
  if (known !== undefined) return known
  const ms = Date.parse(value)
  if (Number.isNaN(ms)) return undefined
  if (read.size >= REMEMBERED) read.clear()
  read.set(value, ms)
  return ms
}

/** Delays whose due time moves with the job's fields: they are armed anew when it does. */
export const movesWithFields = (delay: Delay): boolean =>
  delay.from !== undefined || typeof delay.duration !== 'string'

export const delayOf = (definition: Definition, name: string): Delay | undefined =>
  own(definition.delays, name)
