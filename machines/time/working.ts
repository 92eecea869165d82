/**
 * Working time: whether a calendar is open, and when so much open time has gone by.
 *
 * Promises:
 * - W1 `addWorking(c, t, d)` is the earliest moment by which `d` of open time has passed since `t`; going back, the
 *   latest since which it has. So work due by closing time is due at closing time, not at the next opening.
 * - W2 Open time is real time: of a skipped hour nothing counts, an hour that comes twice counts twice.
 * - W3 A span of years costs a sum a day, whatever the calendar.
 * Must not: read a clock, or change a calendar (what is worked out of one is remembered by its identity).
 */
import type { Calendar, WeeklyCalendar, WindowCalendar } from './calendar.ts'
import { addDuration, clockPart, requireDuration } from './duration.ts'
import {
  DAY,
  dayFromText,
  dayOf,
  fromLocal,
  MINUTE,
  stretchAt,
  toLocal,
  weekdayOf,
  type Zone,
  zoneOf,
} from './zone.ts'

/** Epoch milliseconds, `from` inclusive, `to` exclusive. */
export type Interval = { readonly from: number; readonly to: number }

/** Hours of a day in minutes, in order and disjoint; `open` is their sum in milliseconds. */
type Day = { readonly hours: readonly Interval[]; readonly open: number }
type Week = {
  readonly kind: 'weekly'
  /** By ISO weekday; index 0 is not used. */
  readonly days: readonly Day[]
  /** A Monday; where Mondays are shut, the first weekday that is not. Make-up days are like it. */
  readonly regular: Day
  readonly special: ReadonlyMap<number, Day>
}
type Windows = { readonly kind: 'windows'; readonly windows: readonly Interval[] }

/** Longest reach of a search: past it a calendar counts as never open. */
const REACH_IN_DAYS = 200 * 366
const SHUT: Day = { hours: [], open: 0 }
const worked = new WeakMap<Calendar, Week | Windows>()

/** Whether the calendar is open at a moment. @throws RangeError on an unknown zone. */
export function isOpen(calendar: Calendar, ms: number, timeZone: string): boolean {
  return openIntervals(calendar, ms, ms + 1, timeZone).length > 0
}

/**
 * The open stretches between two moments, in order, cut to them. Adjoining ones are not joined.
 *
 * @throws RangeError on an unknown zone.
 */
export function openIntervals(calendar: Calendar, from: number, to: number, timeZone: string): Interval[] {
  const zone = zoneOf(timeZone)
  const plan = planOf(calendar)
  const cut = (all: readonly Interval[]): Interval[] =>
    all
      .filter((one) => one.to > from && one.from < to)
      .map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
  if (plan.kind === 'windows') return cut(plan.windows)
  const found: Interval[] = []
  // Hours of the day before may reach into this one where the clocks go back over midnight.
  const last = dayOf(toLocal(zone, to)) + 1
  for (let day = dayOf(toLocal(zone, from)) - 1; day <= last; day++) {
    const { hours } = dayPlan(plan, day)
    if (hours.length > 0) found.push(...cut(hoursOf(hours, day, zone)))
  }
  return found
}

/**
 * When a duration of open time has passed (W1). Hours and shorter are open time as they stand; a day is the open
 * time of the calendar's regular day (a Monday's), a week that of its regular week, for "within two working days"
 * means two days' work whatever the holidays. On windows, which know no regular day, a day is 24 h. Months and years,
 * which no count of hours can stand for, move the date first. A negative duration goes back.
 *
 * @returns epoch milliseconds; `undefined` where the calendar never opens for so long (within 200 years).
 * @throws RangeError on a malformed duration, an unknown zone, or a start at the end of time.
 */
export function addWorking(
  calendar: Calendar,
  ms: number,
  iso: string,
  timeZone: string,
): number | undefined {
  const zone = zoneOf(timeZone)
  const plan = planOf(calendar)
  const parts = requireDuration(iso)
  const { day, week } = lengths(plan)
  const dated = `${parts.sign < 0 ? '-' : ''}P${parts.years}Y${parts.months}M`
  const start = parts.years + parts.months === 0 ? ms : addDuration(ms, dated, timeZone)
  const open = parts.weeks * week + parts.days * day + Math.abs(clockPart(parts))
  if (!Number.isFinite(start + open)) return undefined
  if (open === 0) return start
  if (plan.kind === 'windows') return throughWindows(plan.windows, start, open, parts.sign)
  if (plan.regular.open === 0) return undefined
  return throughDays(plan, start, open, parts.sign, zone)
}

function lengths(plan: Week | Windows): { day: number; week: number } {
  if (plan.kind === 'windows') return { day: DAY, week: 7 * DAY }
  return { day: plan.regular.open, week: plan.days.reduce((sum, one) => sum + one.open, 0) }
}

function throughDays(plan: Week, start: number, open: number, sign: 1 | -1, zone: Zone): number | undefined {
  let left = open
  const first = dayOf(toLocal(zone, start))
  // A day early, for hours that reach over midnight where the clocks go back.
  for (let step = -1; step <= REACH_IN_DAYS; step++) {
    const day = first + sign * step
    const planned = dayPlan(plan, day)
    if (planned.open === 0) continue
    if (step > 1 && planned.open < left && isPlain(day, zone)) {
      left -= planned.open
      continue
    }
    const outcome = through(hoursOf(planned.hours, day, zone), start, left, sign)
    if (outcome.at !== undefined) return outcome.at
    left = outcome.left
  }
  return undefined
}

function throughWindows(
  windows: readonly Interval[],
  start: number,
  open: number,
  sign: 1 | -1,
): number | undefined {
  return through(windows, start, open, sign).at
}

/** Takes open time out of intervals, from `start` on in the direction of `sign`. */
function through(
  intervals: readonly Interval[],
  start: number,
  open: number,
  sign: 1 | -1,
): { at?: number; left: number } {
  let left = open
  for (const one of sign === 1 ? intervals : intervals.toReversed()) {
    const from = sign === 1 ? Math.max(one.from, start) : one.from
    const to = sign === 1 ? one.to : Math.min(one.to, start)
    if (to <= from) continue
    if (to - from >= left) return { at: sign === 1 ? from + left : to - left, left: 0 }
    left -= to - from
  }
  return { left }
}

/** No change of clocks in or beside the day, so that its planned minutes are its real ones. */
function isPlain(day: number, zone: Zone): boolean {
  const start = day * DAY
  const { from, to } = stretchAt(zone, start)
  return from <= start - DAY && start + 2 * DAY < to
}

/** Hours of a local day as moments. From the first time the clocks show `from` to the last time they show `to`. */
function hoursOf(hours: readonly Interval[], day: number, zone: Zone): Interval[] {
  const found: Interval[] = []
  let shutTill = Number.NEGATIVE_INFINITY
  for (const one of hours) {
    const from = Math.max(fromLocal(zone, day * DAY + one.from * MINUTE).first, shutTill)
    // A day ends when its last minute does, though the clocks may show midnight again.
    const to =
      one.to === 1440
        ? fromLocal(zone, (day + 1) * DAY).first
        : fromLocal(zone, day * DAY + one.to * MINUTE).last
    if (to > from) found.push({ from, to })
    shutTill = Math.max(shutTill, to)
  }
  return found
}

function dayPlan(plan: Week, day: number): Day {
  return plan.special.get(day) ?? plan.days[weekdayOf(day)] ?? SHUT
}

function planOf(calendar: Calendar): Week | Windows {
  const known = worked.get(calendar)
  if (known !== undefined) return known
  const plan = calendar.kind === 'windows' ? windowsOf(calendar) : weekOf(calendar)
  worked.set(calendar, plan)
  return plan
}

function weekOf(calendar: WeeklyCalendar): Week {
  const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
  const days = [SHUT, ...weekdays.map((weekday) => dayFrom(calendar.week[weekday] ?? []))]
  const regular = days.find((one) => one.open > 0) ?? SHUT
  const special = new Map<number, Day>()
  for (const [texts, day] of [
    [calendar.holidays, SHUT],
    [calendar.makeUpDays, regular],
  ] as const) {
    for (const text of texts) {
      const number = dayFromText(text)
      if (number !== undefined) special.set(number, day)
    }
  }
  return { kind: 'weekly', days, regular, special }
}

function dayFrom(hours: readonly { from: string; to: string }[]): Day {
  const joined = join(hours.map((one) => ({ from: minutesOf(one.from), to: minutesOf(one.to) })))
  return { hours: joined, open: joined.reduce((sum, one) => sum + (one.to - one.from) * MINUTE, 0) }
}

/** Minutes since midnight of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const windowsOf = (calendar: WindowCalendar): Windows => ({
  kind: 'windows',
  windows: join(calendar.windows.map((one) => ({ from: Date.parse(one.from), to: Date.parse(one.to) }))),
})

/** In order, without empty ones, overlapping ones made one: a calendar that was not checked still counts no time twice. */
function join(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = []
  for (const one of intervals.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && one.from < last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, one.to) }
    else joined.push(one)
  }
  return joined
}
