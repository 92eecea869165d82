/**
 * A job's days moved to others that are like them.
 *
 * Promises: by whole weeks, so that weekday, time of day and all gaps stay; to weeks in which every calendar is open at the same
 * hours, so that deadlines come out alike, where there are such weeks.
 * Must not: read a clock.
 */
import type { CalendarSet } from '../time/calendar.ts'
import { type Interval, openIntervals } from '../time/working.ts'
import { DAY } from '../time/zone.ts'

const WEEK = 7 * DAY
/** An ordinary week of spring, of nobody in particular. */
const SOMEWHERE = Date.parse('2025-03-03T00:00:00Z')
const WEEKS_TRIED = 160

/** @returns by how many milliseconds; @param then the calendars of then, @param now those that a scenario runs by */
export function neutralShift(from: number, to: number, then: CalendarSet, now: CalendarSet): number {
  const first = Math.round((SOMEWHERE - from) / WEEK)
  const tried = Array.from({ length: WEEKS_TRIED }, (_, n) => (first + n) * WEEK).filter(
    (shift) => shift !== 0,
  )
  const open = Object.entries(then.calendars).map(([name, calendar]) => ({
    name,
    at: openIntervals(calendar, from, to, then.timeZone),
  }))
  const isAlike = (shift: number): boolean =>
    open.every(({ name, at }) => {
      const calendar = now.calendars[name]
      if (calendar === undefined) return false
      return isSame(at, openIntervals(calendar, from + shift, to + shift, now.timeZone), shift)
    })
  return tried.find(isAlike) ?? tried[0] ?? WEEK
}

function isSame(one: readonly Interval[], other: readonly Interval[], shift: number): boolean {
  const [a, b] = [joined(one), joined(other)]
  return (
    a.length === b.length &&
    a.every(({ from, to }, n) => from + shift === b[n]?.from && to + shift === b[n]?.to)
  )
}

/** Stretches that touch are one. */
function joined(all: readonly Interval[]): Interval[] {
  const found: Interval[] = []
  for (const { from, to } of all) {
    const last = found.at(-1)
    if (last?.to === from) found[found.length - 1] = { from: last.from, to }
    else found.push({ from, to })
  }
  return found
}

/** A moment in the words it had: UTC stays UTC, an offset stays what it is. */
export function movedMoment(moment: string, shift: number): string {
  const ms = Date.parse(moment)
  if (Number.isNaN(ms)) return moment
  const offset = /([+-])(\d{2}):(\d{2})$/.exec(moment)
  if (offset === null) return new Date(ms + shift).toISOString()
  const [whole, sign, hours, minutes] = offset
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  const local = new Date(ms + shift + ahead).toISOString().slice(0, -1)
  return `${local.replace(/\.000$/, '')}${whole}`
}

export function movedDay(day: string, shift: number): string {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(ms) ? day : new Date(ms + Math.round(shift / DAY) * DAY).toISOString().slice(0, 10)
}

/** A length as a trainer reads it: `P1DT2H5M`, to the millisecond. A day is 24 hours. */
export function lengthInWords(ms: number): string {
  const days = Math.floor(ms / DAY)
  const rest = ms - days * DAY
  const hours = Math.floor(rest / 3_600_000)
  const minutes = Math.floor((rest % 3_600_000) / 60_000)
  const seconds = (rest % 60_000) / 1000
  const time = [
    hours === 0 ? '' : `${hours}H`,
    minutes === 0 ? '' : `${minutes}M`,
    seconds === 0 ? '' : `${Number(seconds.toFixed(3))}S`,
  ].join('')
  const whole = `P${days === 0 ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
  return whole === 'P' ? 'PT0S' : whole
}
