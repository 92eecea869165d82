/**
 * The stretches that engineers are reviewed by: a month, a quarter, a year (GN-13).
 *
 * Promises: every period is whole months, so that sums kept by month answer for any of them.
 * Must not: read a clock; what is current is said by the caller's day.
 */

/** `2026-03`, `2026-Q1` or `2026`. */
export const PERIOD = '^\\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'
const SHAPE = new RegExp(PERIOD)
export const isPeriod = (text: string): boolean => SHAPE.test(text)

/** Months, both part of it: `2026-01` to `2026-03`. */
export type Months = { from: string; to: string }
export type PeriodKind = 'month' | 'quarter' | 'year'

export const kindOf = (period: string): PeriodKind =>
  period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month'

const two = (n: number): string => String(n).padStart(2, '0')

export function monthsOf(period: string): Months {
  const year = period.slice(0, 4)
  if (kindOf(period) === 'year') return { from: `${year}-01`, to: `${year}-12` }
  if (kindOf(period) === 'month') return { from: period, to: period }
  const last = Number(period.slice(6)) * 3
  return { from: `${year}-${two(last - 2)}`, to: `${year}-${two(last)}` }
}

/** Days, both part of it. */
export function daysOf(period: string): { from: string; to: string } {
  const { from, to } = monthsOf(period)
  const end = new Date(Date.UTC(Number(to.slice(0, 4)), Number(to.slice(5)), 0))
  return { from: `${from}-01`, to: end.toISOString().slice(0, 10) }
}

/** The period of a kind that a day lies in. */
export function periodAt(day: string, kind: PeriodKind): string {
  const year = day.slice(0, 4)
  if (kind === 'year') return year
  if (kind === 'month') return day.slice(0, 7)
  return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** The one so many before (below zero) or after. */
export function periodBeside(period: string, by: number): string {
  const kind = kindOf(period)
  const { from } = monthsOf(period)
  const step = { month: 1, quarter: 3, year: 12 }[kind]
  const month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1 + by * step
  return periodAt(`${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-01`, kind)
}
