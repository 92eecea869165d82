/**
 * What a delay comes to: a number and a unit for its form, and "entered Friday 17:50: due Monday 9:20" beside it.
 *
 * Promises: the due moment is the engine's own (`addDuration`, `addWorking`); what is no number of one unit stays text.
 * Must not: read a clock (the moment of entry comes in), or evaluate an expression itself.
 */
import { own } from '../definition/check-value.ts'
import type { Delay } from '../definition/schema.ts'
import type { CalendarSet } from './calendar.ts'
import { addDuration, isDuration, parseDuration } from './duration.ts'
import { addWorking, openIntervals } from './working.ts'
import { DAY, dayOf, MINUTE, toLocal, weekdayOf, zoneOf } from './zone.ts'

export const UNITS = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const
type Unit = (typeof UNITS)[number]
/** `before`: it counts backwards. */
export type Units = { readonly number: number; readonly unit: Unit; readonly before: boolean }

const DESIGNATORS: Readonly<Record<Unit, readonly [string, string]>> = {
  seconds: ['PT', 'S'],
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
  years: ['P', 'Y'],
}

/** `PT90M` as 90 minutes; undefined for what takes more than one unit to say, or is no duration. */
export function unitsOf(iso: string): Units | undefined {
  const parts = parseDuration(iso)
  if (parts === undefined) return undefined
  const [unit, ...more] = UNITS.filter((one) => parts[one] !== 0)
  if (more.length > 0) return undefined
  if (unit !== undefined) return { number: parts[unit], unit, before: parts.sign < 0 }
  return { number: 0, unit: zeroUnit(iso), before: false }
}

/** Nothing, of which unit: `P0D` keeps its days. */
function zeroUnit(iso: string): Unit {
  const start = iso.includes('T') ? 'PT' : 'P'
  const found = UNITS.find((unit) => DESIGNATORS[unit][0] === start && iso.endsWith(DESIGNATORS[unit][1]))
  return found ?? 'seconds'
}

/** The ISO 8601 duration of a number and a unit; undefined where there is none (half a minute, less than nothing). */
export function durationOf({ number, unit, before }: Units): string | undefined {
  if (!Number.isFinite(number) || number < 0) return undefined
  const [start, end] = DESIGNATORS[unit]
  const iso = `${before && number > 0 ? '-' : ''}${start}${number}${end}`
  return isDuration(iso) ? iso : undefined
}

/* ------------------------------------------------------------ the preview */

type Words = { readonly en: string; readonly zh: string }
export type Preview =
  | { readonly ok: true; readonly from: number; readonly due: number; readonly words: Words }
  | { readonly ok: false; readonly why: Words }

export type PreviewOf = {
  /** Epoch milliseconds. */
  readonly enteredAt: number
  readonly calendars: CalendarSet
  /** What an expression gives, as JSON; undefined where it cannot be told. */
  readonly evaluate: (expression: string) => unknown
}

/**
 * When a delay would be due, and that in words.
 *
 * @returns `ok: false` with the reason where there is no due time: a field not set, no such calendar, one never open
 */
export function previewDelay(delay: Delay, { enteredAt, calendars, evaluate }: PreviewOf): Preview {
  const from = delay.from === undefined ? enteredAt : momentOf(evaluate(delay.from['@expr']))
  if (from === undefined) return no('the time it counts from is not known yet', '起算时间尚未确定')
  const duration = typeof delay.duration === 'string' ? delay.duration : evaluate(delay.duration['@expr'])
  if (typeof duration !== 'string' || !isDuration(duration))
    return no('how long it takes is not known yet', '时长尚未确定')
  const due = dueAt(delay, duration, from, calendars)
  if (typeof due !== 'number') return due
  return { ok: true, from, due, words: sentence(delay, from, due, calendars.timeZone) }
}

const no = (en: string, zh: string): Extract<Preview, { ok: false }> => ({ ok: false, why: { en, zh } })

function momentOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

function dueAt(
  delay: Delay,
  duration: string,
  from: number,
  { calendars, timeZone }: CalendarSet,
): number | Extract<Preview, { ok: false }> {
  const calendar = delay.calendar === undefined ? undefined : own(calendars, delay.calendar)
  if (delay.calendar !== undefined && calendar === undefined)
    return no(`there is no calendar “${delay.calendar}”`, `没有名为“${delay.calendar}”的日历`)
  try {
    if (calendar === undefined) return addDuration(from, duration, timeZone)
    const due = addWorking(calendar, from, duration, timeZone)
    if (due !== undefined) return due
    const { en, zh } = calendar.title
    return no(
      `“${en ?? zh ?? ''}” is never open for so long`,
      `“${zh ?? en ?? ''}”没有足够的开放时间，永远不会到期`,
    )
  } catch (error) {
    if (error instanceof RangeError) return no('this leads beyond the end of time', '时间超出可表示的范围')
    throw error
  }
}

const KIND: Readonly<Record<'deadline' | 'reminder' | 'step', (at: Words) => Words>> = {
  deadline: ({ en, zh }) => ({ en: `due ${en}`, zh: `${zh} 到期` }),
  reminder: ({ en, zh }) => ({ en: `reminder ${en}`, zh: `${zh} 提醒` }),
  step: ({ en, zh }) => ({ en: `moves on ${en}`, zh: `${zh} 自动流转` }),
}

function sentence(delay: Delay, from: number, due: number, timeZone: string): Words {
  const start = momentInWords(from, due, timeZone)
  const end = momentInWords(due, from, timeZone)
  const told = KIND[delay.meta?.kind ?? 'deadline'](end)
  return delay.from === undefined
    ? { en: `entered ${start.en}: ${told.en}`, zh: `${start.zh} 进入，${told.zh}` }
    : { en: `counted from ${start.en}: ${told.en}`, zh: `自 ${start.zh} 起算，${told.zh}` }
}

const WEEKDAYS: readonly Words[] = [
  { en: 'Monday', zh: '周一' },
  { en: 'Tuesday', zh: '周二' },
  { en: 'Wednesday', zh: '周三' },
  { en: 'Thursday', zh: '周四' },
  { en: 'Friday', zh: '周五' },
  { en: 'Saturday', zh: '周六' },
  { en: 'Sunday', zh: '周日' },
]
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
/** Weekdays tell two moments apart while they are less than this many days from each other. */
const A_WEEK = 7

/** A moment by weekday and time; with the date where `other` lies a week away or more, with the year where that differs. */
function momentInWords(ms: number, other: number, timeZone: string): Words {
  const zone = zoneOf(timeZone)
  const [local, otherLocal] = [toLocal(zone, ms), toLocal(zone, other)]
  const time = timeInWords(local)
  const weekday = WEEKDAYS[weekdayOf(dayOf(local)) - 1] ?? { en: '', zh: '' }
  if (Math.abs(dayOf(local) - dayOf(otherLocal)) < A_WEEK)
    return { en: `${weekday.en} ${time}`, zh: `${weekday.zh} ${time}` }
  return dated(local, new Date(local).getUTCFullYear() !== new Date(otherLocal).getUTCFullYear())
}

/** A moment by its whole date and time. */
export const dateInWords = (ms: number, timeZone: string): Words => dated(toLocal(zoneOf(timeZone), ms), true)

function dated(local: number, withYear: boolean): Words {
  const date = new Date(local)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const time = timeInWords(local)
  const weekday = WEEKDAYS[weekdayOf(dayOf(local)) - 1] ?? { en: '', zh: '' }
  return {
    en: `${weekday.en} ${day} ${MONTHS[month] ?? ''}${withYear ? ` ${year}` : ''} ${time}`,
    zh: `${withYear ? `${year}年` : ''}${month + 1}月${day}日（${weekday.zh}）${time}`,
  }
}

/** `9:20`; with seconds where there are any. */
function timeInWords(local: number): string {
  const ofDay = local - dayOf(local) * DAY
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(ofDay / MINUTE)
  const seconds = Math.floor((ofDay % MINUTE) / 1000)
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}${seconds === 0 ? '' : `:${two(seconds)}`}`
}

/**
 * A moment near `near` at which a preview tells something: ten minutes before a calendar shuts for the longest time of
 * the days ahead. `near` itself where the calendar is not known, or does not shut.
 */
export function tellingMoment(calendars: CalendarSet, calendar: string | undefined, near: number): number {
  const found = own(calendars.calendars, calendar ?? 'working')
  if (found === undefined) return near
  const open = openIntervals(found, near, near + 2 * A_WEEK * DAY, calendars.timeZone)
  let [longest, telling] = [0, near]
  for (const [index, { to }] of open.entries()) {
    const next = open[index + 1]
    if (next === undefined || next.from - to <= longest) continue
    longest = next.from - to
    telling = to - 10 * MINUTE
  }
  return telling
}
