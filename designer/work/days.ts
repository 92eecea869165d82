/**
 * Which part of an engineer's day a job belongs to.
 *
 * Must not: read a clock.
 */

/** `open`: nothing says when. */
export type Day = 'late' | 'today' | 'later' | 'open'

type Dated = { overdue: boolean; dueAt?: string; fields: Readonly<Record<string, unknown>> }

/** By the appointment where there is one, else by the next deadline; days are those of this device. */
export function dayOf({ overdue, dueAt, fields }: Dated, now: number): Day {
  if (overdue) return 'late'
  const appointment = timeOf(fields.appointment)
  const due = timeOf(dueAt)
  const next = Math.min(appointment ?? Number.POSITIVE_INFINITY, due ?? Number.POSITIVE_INFINITY)
  if (next === Number.POSITIVE_INFINITY) return 'open'
  const midnight = new Date(now).setHours(24, 0, 0, 0)
  return next < midnight ? 'today' : 'later'
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
