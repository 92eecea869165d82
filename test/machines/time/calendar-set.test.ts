import { expect, test } from 'vitest'
import { calendarSet, checkCalendar, checkCalendarSet } from '../../../machines/time/calendar-set.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { addWorking } from '../../../machines/time/working.ts'

const { working } = DEFAULT_CALENDARS.calendars
const codes = (calendar: unknown): string[] =>
  checkCalendar(calendar).map(({ code, path }) => `${code} ${path}`)
const weekly = (change: object): object => ({ ...working, ...change })
const week = (monday: object[]): object => ({
  week: { '1': monday, '2': [], '3': [], '4': [], '5': [], '6': [], '7': [] },
})

test('the calendars to start with hold no problem and make a day of eight hours', () => {
  expect(checkCalendarSet(DEFAULT_CALENDARS)).toEqual([])
  expect(DEFAULT_CALENDARS.hash).toMatch(/^[0-9a-f]{64}$/)
  if (working === undefined) throw new Error('no working calendar')
  const monday = Date.parse('2026-07-20T09:00:00+08:00')
  expect(addWorking(working, monday, 'PT8H', DEFAULT_CALENDARS.timeZone)).toBe(monday + 9 * 3_600_000)
})

test('the hash follows calendars and zone', () => {
  const { calendars, timeZone, hash } = DEFAULT_CALENDARS
  expect(calendarSet(structuredClone(calendars), timeZone).hash).toBe(hash)
  expect(calendarSet(calendars, 'Europe/Berlin').hash).not.toBe(hash)
  expect(calendarSet({}, timeZone).hash).not.toBe(hash)
})

test.each([
  [
    'hours that end before they begin',
    week([{ from: '18:00', to: '09:00' }]),
    'calendar-hours-reversed /week/1/0',
  ],
  ['hours without length', week([{ from: '09:00', to: '09:00' }]), 'calendar-hours-reversed /week/1/0'],
  [
    'hours that overlap',
    week([
      { from: '09:00', to: '12:00' },
      { from: '11:59', to: '13:00' },
    ]),
    'calendar-hours-overlap /week/1/1',
  ],
  ['a week without hours', week([]), 'calendar-never-open /week'],
  ['a time that is none', week([{ from: '25:00', to: '26:00' }]), 'calendar-shape /week/1/0/from'],
  ['a day that is none', { holidays: ['2026-02-30'] }, 'calendar-shape /holidays/0'],
  [
    'a day twice',
    { holidays: ['2026-10-01'], makeUpDays: ['2026-10-01'] },
    'calendar-day-twice /makeUpDays/0',
  ],
  ['an unknown key', { colour: 'red' }, 'calendar-shape '],
])('%s is told', (_, change, expected) => {
  expect(codes(weekly(change))).toContainEqual(expect.stringContaining(expected))
})

test('hours may adjoin, and end at midnight', () => {
  expect(
    codes(
      weekly(
        week([
          { from: '00:00', to: '12:00' },
          { from: '12:00', to: '24:00' },
        ]),
      ),
    ),
  ).toEqual([])
})

test('windows are checked', () => {
  const windows = (from: string, to: string): object => ({
    kind: 'windows',
    title: { en: 'x' },
    windows: [{ from, to }],
  })
  expect(codes(windows('2026-06-18T00:00:00Z', '2026-06-19T00:00:00Z'))).toEqual([])
  expect(codes(windows('2026-06-19T00:00:00Z', '2026-06-18T00:00:00Z'))).toEqual([
    'calendar-window-reversed /windows/0',
  ])
  expect(codes(windows('tomorrow', '2026-06-18T00:00:00Z'))).toEqual(['calendar-shape /windows/0/from'])
})

test.each([null, undefined, 3, 'weekly', [], { kind: 'lunar' }])('%j is no calendar', (value) => {
  expect(checkCalendar(value)).not.toEqual([])
})

test.each(['Mars/Olympus', '+08:00', '', 'constructor'])('%j is no time zone', (timeZone) => {
  expect(checkCalendarSet({ timeZone, calendars: {} }).map(({ code }) => code)).toEqual(['unknown-time-zone'])
})

test('a name that collides with every object is refused', () => {
  const problems = checkCalendarSet({ timeZone: 'UTC', calendars: { constructor: working, 'a b': working } })
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'calendar-name /calendars/constructor',
    'calendar-name /calendars/a b',
  ])
})
