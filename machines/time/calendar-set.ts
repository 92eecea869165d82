/**
 * An organisation's calendars: put together under the hash that histories name, and checked before they are.
 *
 * Promises: the same calendars and zone have the same hash. Every problem is told at once, in both languages.
 * Must not: repair what it checks.
 */
import Type from 'typebox'
import Value from 'typebox/value'
import { hashOf } from '../definition/hash.ts'
import type { Problem } from '../definition/problem.ts'
import { Key } from '../definition/schema.ts'
import { type Calendar, type CalendarSet, WeeklyCalendar, WindowCalendar } from './calendar.ts'
import { minutesOf } from './working.ts'
import { dayFromText, isTimeZone } from './zone.ts'

/** Calendars with their hash: SHA-256 of the canonical JSON (RFC 8785) of calendars and zone. */
export const calendarSet = (calendars: Record<string, Calendar>, timeZone: string): CalendarSet => ({
  hash: hashOf({ calendars, timeZone }),
  timeZone,
  calendars,
})

/** Problems of a whole set as it comes from a form: its zone, the names, each calendar. Paths start at the set. */
export function checkCalendarSet(set: { timeZone: string; calendars: Record<string, unknown> }): Problem[] {
  const problems: Problem[] = []
  if (!isTimeZone(set.timeZone)) {
    problems.push(
      problem('unknown-time-zone', '/timeZone', {
        en: `“${set.timeZone}” is not a time zone: write a name such as Asia/Shanghai`,
        zh: `“${set.timeZone}”不是有效的时区，请填写如 Asia/Shanghai 的名称`,
      }),
    )
  }
  for (const [key, calendar] of Object.entries(set.calendars)) {
    const path = `/calendars/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!Value.Check(Key, key) || key in Object.prototype) {
      problems.push(
        problem('calendar-name', path, {
          en: `“${key}” cannot name a calendar: letters, digits, - and _, beginning with a letter`,
          zh: `“${key}”不能用作日历名称：以字母开头，只含字母、数字、- 和 _`,
        }),
      )
    }
    for (const found of checkCalendar(calendar)) problems.push({ ...found, path: path + found.path })
  }
  return problems
}

/** Problems of one calendar; paths start at it. Empty: it is a `Calendar`. */
export function checkCalendar(calendar: unknown): Problem[] {
  if (Value.Check(WeeklyCalendar, calendar)) return [...checkHours(calendar), ...checkDays(calendar)]
  if (Value.Check(WindowCalendar, calendar)) return checkWindows(calendar)
  const isWindows = Value.Check(Type.Object({ kind: Type.Literal('windows') }), calendar)
  return Value.Errors(isWindows ? WindowCalendar : WeeklyCalendar, calendar).map(
    ({ instancePath, message }) =>
      problem('calendar-shape', instancePath, {
        en: `This is not what a calendar holds here: ${message}`,
        zh: '此处内容不符合日历的格式',
      }),
  )
}

function checkHours(calendar: WeeklyCalendar): Problem[] {
  const problems: Problem[] = []
  for (const [weekday, hours] of Object.entries(calendar.week)) {
    hours.forEach((one, index) => {
      const path = `/week/${weekday}/${index}`
      if (minutesOf(one.from) >= minutesOf(one.to)) {
        problems.push(
          problem('calendar-hours-reversed', path, {
            en: `${one.from} to ${one.to} ends before it begins; hours past midnight go to the next day`,
            zh: `${one.from} 至 ${one.to} 的结束时间不晚于开始时间；跨零点的时段请写到第二天`,
          }),
        )
      }
      const other = hours.slice(0, index).find((earlier) => overlap(earlier, one))
      if (other !== undefined) {
        problems.push(
          problem('calendar-hours-overlap', path, {
            en: `${one.from} to ${one.to} overlaps ${other.from} to ${other.to}`,
            zh: `${one.from} 至 ${one.to} 与 ${other.from} 至 ${other.to} 重叠`,
          }),
        )
      }
    })
  }
  if (Object.values(calendar.week).every((hours) => hours.length === 0)) {
    problems.push(
      problem('calendar-never-open', '/week', {
        en: 'No weekday has hours: deadlines on this calendar would never run out',
        zh: '一周中没有任何开放时段：以此日历计算的期限永远不会到期',
      }),
    )
  }
  return problems
}

const overlap = (a: { from: string; to: string }, b: { from: string; to: string }): boolean =>
  minutesOf(a.from) < minutesOf(b.to) && minutesOf(b.from) < minutesOf(a.to)

function checkDays(calendar: WeeklyCalendar): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const list of ['holidays', 'makeUpDays'] as const) {
    calendar[list].forEach((day, index) => {
      const path = `/${list}/${index}`
      if (dayFromText(day) === undefined) {
        problems.push(
          problem('calendar-day', path, { en: `There is no day ${day}`, zh: `不存在 ${day} 这一天` }),
        )
      } else if (seen.has(day)) {
        problems.push(
          problem('calendar-day-twice', path, {
            en: `${day} is listed twice; a day is a holiday or a make-up day, not both`,
            zh: `${day} 重复出现；同一天不能既是假日又是补班日`,
          }),
        )
      }
      seen.add(day)
    })
  }
  return problems
}

function checkWindows(calendar: WindowCalendar): Problem[] {
  return calendar.windows.flatMap((one, index) =>
    Date.parse(one.from) < Date.parse(one.to)
      ? []
      : [
          problem('calendar-window-reversed', `/windows/${index}`, {
            en: 'This window ends before it begins, or its dates do not exist',
            zh: '该时段的结束时间不晚于开始时间，或日期不存在',
          }),
        ],
  )
}

const problem = (code: string, path: string, message: Problem['message']): Problem => ({
  severity: 'error',
  code,
  path,
  message,
})
