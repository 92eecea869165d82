/**
 * ISO 8601 durations: read, added on the calendar of a zone, put in words.
 *
 * Promises: one grammar, that of `Duration` in the definition's schema; days and longer go by the calendar, hours
 * and shorter by the clock (RFC 9557 zones, DST included).
 * Must not: know working time (`working.ts`), or round a month to days where a date is at hand.
 */
import { Temporal } from 'temporal-polyfill'
import { DAY, MINUTE, zoneOf } from './zone.ts'

/** `sign` holds for every part; parts are whole but `seconds`. */
export type DurationParts = {
  readonly sign: 1 | -1
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
}

const GRAMMAR =
  /^(-?)P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
/** Beyond this no part means anything: a hundred thousand years of seconds. */
const MOST = 3.2e12
const LONGEST_TEXT = 100

/** Processes name the same few durations again and again. */
const MOST_KEPT = 1000
const read = new Map<string, DurationParts | undefined>()

/** The parts of a duration; `undefined` if it is none, or a part is beyond all measure. */
export function parseDuration(iso: string): DurationParts | undefined {
  if (iso.length > LONGEST_TEXT) return undefined
  if (read.has(iso)) return read.get(iso)
  if (read.size >= MOST_KEPT) read.clear()
  const parts = partsOf(iso)
  read.set(iso, parts)
  return parts
}

function partsOf(iso: string): DurationParts | undefined {
  const found = GRAMMAR.exec(iso)
  if (found === null) return undefined
  const part = (index: number): number => Number(found[index] ?? 0)
  const parts = {
    sign: found[1] === '-' ? (-1 as const) : (1 as const),
    years: part(2),
    months: part(3),
    weeks: part(4),
    days: part(5),
    hours: part(6),
    minutes: part(7),
    seconds: part(8),
  }
  return Object.values(parts).every((value) => value <= MOST) ? parts : undefined
}

export const isDuration = (iso: string): boolean => parseDuration(iso) !== undefined

/** @throws RangeError where `parseDuration` finds none. */
export function requireDuration(iso: string): DurationParts {
  const parts = parseDuration(iso)
  if (parts === undefined) throw new RangeError(`not an ISO 8601 duration: ${iso.slice(0, LONGEST_TEXT)}`)
  return parts
}

/** Hours, minutes and seconds of a duration in milliseconds, with its sign. */
export const clockPart = (parts: DurationParts): number =>
  parts.sign * Math.round(parts.hours * 60 * MINUTE + parts.minutes * MINUTE + parts.seconds * 1000)

/**
 * A moment plus a duration. Years, months, weeks and days move the date in `timeZone` and keep the time of day (31
 * January plus a month is the last of February); hours and shorter are exact. A negative duration goes back.
 *
 * @param ms epoch milliseconds
 * @throws RangeError on a malformed duration, an unknown zone, or a result beyond the end of time.
 */
export function addDuration(ms: number, iso: string, timeZone: string): number {
  const parts = requireDuration(iso)
  const { sign, years, months, weeks, days } = parts
  const moved = addDate(
    ms,
    { years: sign * years, months: sign * months, days: sign * (weeks * 7 + days) },
    timeZone,
  )
  const sum = moved + clockPart(parts)
  if (Number.isNaN(new Date(sum).getTime())) throw new RangeError(`${iso} leads beyond the end of time`)
  return sum
}

/** Due times are reckoned again at each event, and Temporal is slow: what was added last, by what was asked. */
const added = new Map<string, number>()
const REMEMBERED = 4096

function addDate(
  ms: number,
  move: { years: number; months: number; days: number },
  timeZone: string,
): number {
  if (move.years === 0 && move.months === 0 && move.days === 0) return ms
  const asked = `${ms} ${move.years} ${move.months} ${move.days} ${timeZone}`
  const known = added.get(asked)
  if (known !== undefined) return known
  const { name } = zoneOf(timeZone)
  const sum = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name).add(move).epochMilliseconds
  if (added.size >= REMEMBERED) added.clear()
  added.set(asked, sum)
  return sum
}

/**
 * How long a duration is, more or less: a year as 365 days, a month as 30. For limits and for sorting, never for a
 * due time. `undefined` if it is none.
 */
export function roughLength(iso: string): number | undefined {
  const parts = parseDuration(iso)
  if (parts === undefined) return undefined
  const days = parts.years * 365 + parts.months * 30 + parts.weeks * 7 + parts.days
  return parts.sign * days * DAY + clockPart(parts)
}

const WORDS = {
  years: { en: ['year', 'years'], zh: '年' },
  months: { en: ['month', 'months'], zh: '个月' },
  weeks: { en: ['week', 'weeks'], zh: '周' },
  days: { en: ['day', 'days'], zh: '天' },
  hours: { en: ['hour', 'hours'], zh: '小时' },
  minutes: { en: ['minute', 'minutes'], zh: '分钟' },
  seconds: { en: ['second', 'seconds'], zh: '秒' },
} as const
const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const

/**
 * A duration in words: `PT30M` is "30 minutes" and "30 分钟", `-PT4H` "4 hours before" and "提前 4 小时". What is
 * no duration comes back as it is, for a form shows what is being typed.
 */
export function formatDuration(iso: string, language: 'en' | 'zh'): string {
  const parts = parseDuration(iso)
  if (parts === undefined) return iso
  const said = UNITS.filter((unit) => parts[unit] !== 0)
  const words = (said.length === 0 ? (['seconds'] as const) : said)
    .map((unit) => inWords(parts[unit], unit, language))
    .join(' ')
  if (parts.sign === 1 || said.length === 0) return words
  return language === 'zh' ? `提前 ${words}` : `${words} before`
}

const inWords = (count: number, unit: (typeof UNITS)[number], language: 'en' | 'zh'): string =>
  `${count} ${language === 'zh' ? WORDS[unit].zh : WORDS[unit].en[count === 1 ? 0 : 1]}`
