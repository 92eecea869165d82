/**
 * A span of time as a number and a unit, as people say it.
 *
 * Must not: round; a span that is no whole number of one unit has no such form.
 */
import { parseDuration } from '../../machines/time/duration.ts'

export const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months', 'seconds'] as const
type Unit = (typeof UNITS)[number]
export type Span = { readonly amount: number; readonly unit: Unit; readonly before: boolean }

const FORMS: Readonly<Record<Unit, readonly [string, string]>> = {
  seconds: ['PT', 'S'],
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
}

/** `PT30M`; `before`: it lies before the point in time it counts from. */
export const durationOf = ({ amount, unit, before }: Span): string =>
  `${before ? '-' : ''}${FORMS[unit][0]}${amount}${FORMS[unit][1]}`

/** Undefined for a span of several units, and for what is no span. */
export function spanOf(iso: string): Span | undefined {
  if (parseDuration(iso) === undefined) return undefined
  const before = iso.startsWith('-')
  const bare = before ? iso.slice(1) : iso
  for (const unit of UNITS) {
    const [start, end] = FORMS[unit]
    if (!bare.startsWith(start) || !bare.endsWith(end)) continue
    const digits = bare.slice(start.length, -end.length)
    if (/^\d+$/.test(digits)) return { amount: Number(digits), unit, before }
  }
  return undefined
}
