/**
 * What both stores of attempts go by: cursors, and how sums over days are made of whole months and single days.
 *
 * Must not: read or write anything.
 */
import { BadCursor } from './port.ts'

/** Rows below this one come next. */
export const attemptCursor = (row: number): string => Buffer.from(`attempts ${row}`).toString('base64url')
/** @throws BadCursor */
export function attemptPlace(cursor: string): number {
  const found = /^attempts (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  if (found === undefined) throw new BadCursor()
  return Number(found)
}

/** Periods from one to another, both within: whole months, or days. */
export type Stretch = { grain: 'day' | 'month'; from: string; to: string }
const FIRST = '0000-01-01'
const LAST = '9999-12-31'

const monthOf = (day: string): string => day.slice(0, 7)
const lastDayOf = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`
}
const besideMonth = (month: string, by: 1 | -1): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + (number - 1) + by
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** Few rows for a long time: whole months by their sums, what is left at both ends by days. */
export function stretchesOf(from = FIRST, to = LAST): Stretch[] {
  const wholeFrom = from === `${monthOf(from)}-01` ? monthOf(from) : besideMonth(monthOf(from), 1)
  const wholeTo = to === lastDayOf(monthOf(to)) ? monthOf(to) : besideMonth(monthOf(to), -1)
  if (wholeFrom > wholeTo) return [{ grain: 'day', from, to }]
  const stretches: Stretch[] = [{ grain: 'month', from: wholeFrom, to: wholeTo }]
  if (monthOf(from) < wholeFrom)
    stretches.push({ grain: 'day', from, to: lastDayOf(besideMonth(wholeFrom, -1)) })
  if (monthOf(to) > wholeTo) stretches.push({ grain: 'day', from: `${besideMonth(wholeTo, 1)}-01`, to })
  return stretches
}
