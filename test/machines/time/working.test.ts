import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Calendar, WeeklyCalendar } from '../../../machines/time/calendar.ts'
import { addWorking, isOpen, openIntervals } from '../../../machines/time/working.ts'

const SHANGHAI = 'Asia/Shanghai'
const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]
const weekly = (
  week: Partial<WeeklyCalendar['week']>,
  holidays: string[] = [],
  makeUpDays: string[] = [],
): WeeklyCalendar => ({
  kind: 'weekly',
  title: { en: 'Test' },
  week: { '1': [], '2': [], '3': [], '4': [], '5': [], '6': [], '7': [], ...week },
  holidays,
  makeUpDays,
})
const fiveDays = { '1': office, '2': office, '3': office, '4': office, '5': office }
const everyDay = (from: string, to: string): WeeklyCalendar => {
  const hours = [{ from, to }]
  return weekly({ '1': hours, '2': hours, '3': hours, '4': hours, '5': hours, '6': hours, '7': hours })
}
const working = weekly(fiveDays)
/** National Day 2026: 1 to 7 October off, made up for on Sunday 20 September and Saturday 10 October. */
const october = weekly(
  fiveDays,
  ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  ['2026-09-20', '2026-10-10'],
)
const china = (text: string): number => Date.parse(`${text}:00+08:00`)
const added = (calendar: Calendar, from: string, duration: string): string | undefined => {
  const ms = addWorking(calendar, china(from), duration, SHANGHAI)
  return ms === undefined ? undefined : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)
}

// 17 July 2026 is a Friday.
describe('nine to six, five days, a break at noon (GN-01)', () => {
  test.each([
    ['over the weekend', '2026-07-17T17:50', 'PT30M', '2026-07-20T09:20'],
    ['due at closing time is due at closing time', '2026-07-17T17:50', 'PT10M', '2026-07-17T18:00'],
    ['over lunch', '2026-07-15T11:45', 'PT30M', '2026-07-15T13:15'],
    ['from within lunch', '2026-07-15T12:30', 'PT30M', '2026-07-15T13:30'],
    ['from before opening', '2026-07-15T03:00', 'PT1H', '2026-07-15T10:00'],
    ['from a Sunday', '2026-07-19T12:00', 'PT1H', '2026-07-20T10:00'],
    ['a day is eight hours of work', '2026-07-15T11:00', 'P1D', '2026-07-16T11:00'],
    ['a day from a Friday morning', '2026-07-17T09:00', 'P1D', '2026-07-17T18:00'],
    ['a week is forty hours of work', '2026-07-15T11:00', 'P1W', '2026-07-22T11:00'],
    ['a month moves the date', '2026-07-15T11:00', 'P1MT1H', '2026-08-17T10:00'],
    ['back over the weekend', '2026-07-20T09:20', '-PT30M', '2026-07-17T17:50'],
    ['back to opening time', '2026-07-20T09:20', '-PT20M', '2026-07-20T09:00'],
    ['back over lunch', '2026-07-15T13:15', '-PT30M', '2026-07-15T11:45'],
    ['back from the night', '2026-07-16T02:00', '-PT4H', '2026-07-15T14:00'],
    ['back a day', '2026-07-20T11:00', '-P1D', '2026-07-17T11:00'],
    ['no time at all', '2026-07-19T12:00', 'PT0S', '2026-07-19T12:00'],
    ['two years of hours', '2026-01-05T09:00', 'PT4160H', '2027-12-31T18:00'],
  ])('%s: %s + %s = %s', (_, from, duration, expected) => {
    expect(added(working, from, duration)).toBe(expected)
  })

  test('holidays are shut, make-up days open like a Monday', () => {
    expect(added(october, '2026-09-30T17:00', 'PT2H')).toBe('2026-10-08T10:00')
    expect(added(october, '2026-10-09T17:00', 'PT2H')).toBe('2026-10-10T10:00')
    expect(added(october, '2026-09-18T17:00', 'PT2H')).toBe('2026-09-20T10:00')
    expect(added(october, '2026-10-08T10:00', '-PT2H')).toBe('2026-09-30T17:00')
    // Three working days from the eve: two on the 8th and 9th, the third on the made-up Saturday.
    expect(added(october, '2026-09-30T18:00', 'P3D')).toBe('2026-10-10T18:00')
    expect(isOpen(october, china('2026-10-10T10:00'), SHANGHAI)).toBe(true)
    expect(isOpen(october, china('2026-10-01T10:00'), SHANGHAI)).toBe(false)
  })

  test.each([
    ['2026-07-15T09:00', true],
    ['2026-07-15T08:59', false],
    ['2026-07-15T11:59', true],
    ['2026-07-15T12:00', false],
    ['2026-07-15T13:00', true],
    ['2026-07-15T18:00', false],
    ['2026-07-18T10:00', false],
  ])('at %s open: %s', (moment, open) => {
    expect(isOpen(working, china(moment), SHANGHAI)).toBe(open)
  })

  test('the open stretches between two moments', () => {
    const found = openIntervals(working, china('2026-07-17T14:00'), china('2026-07-20T10:00'), SHANGHAI)
    expect(found).toEqual([
      { from: china('2026-07-17T14:00'), to: china('2026-07-17T18:00') },
      { from: china('2026-07-20T09:00'), to: china('2026-07-20T10:00') },
    ])
    expect(openIntervals(working, china('2026-07-18T00:00'), china('2026-07-19T00:00'), SHANGHAI)).toEqual([])
  })
})

describe('around midnight', () => {
  const night = weekly({ '5': [{ from: '22:00', to: '24:00' }], '6': [{ from: '00:00', to: '02:00' }] })
  test('24:00 ends a day and the next goes on', () => {
    expect(added(night, '2026-07-17T23:30', 'PT1H')).toBe('2026-07-18T00:30')
    expect(added(night, '2026-07-17T23:30', 'PT3H')).toBe('2026-07-24T22:30')
    expect(added(night, '2026-07-18T00:30', '-PT1H')).toBe('2026-07-17T23:30')
    expect(isOpen(night, china('2026-07-17T23:59'), SHANGHAI)).toBe(true)
    expect(isOpen(night, china('2026-07-18T00:00'), SHANGHAI)).toBe(true)
    expect(isOpen(night, china('2026-07-18T02:00'), SHANGHAI)).toBe(false)
  })
  test('round the clock is the clock', () => {
    const always = everyDay('00:00', '24:00')
    expect(added(always, '2026-07-17T23:30', 'PT100H')).toBe('2026-07-22T03:30')
    expect(added(always, '2026-07-17T23:30', 'P1D')).toBe('2026-07-18T23:30')
  })
})

describe('where the clocks change', () => {
  const add = (calendar: Calendar, from: string, duration: string, zone: string): string | undefined => {
    const ms = addWorking(calendar, Date.parse(from), duration, zone)
    return ms === undefined ? undefined : new Date(ms).toISOString()
  }
  test.each([
    // Berlin loses 02:00 to 03:00 on 29 March 2026 and has it twice on 25 October.
    ['Europe/Berlin', '2026-03-28T12:00:00Z', 'PT24H', '2026-03-29T12:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T12:00:00Z', 'PT24H', '2026-10-25T12:00:00.000Z'],
  ])('round the clock in %s', (zone, from, duration, expected) => {
    expect(add(everyDay('00:00', '24:00'), from, duration, zone)).toBe(expected)
  })

  test('opening hours follow the wall clock across a change', () => {
    const shop = everyDay('09:00', '18:00')
    // Saturday 17:00 CET, one hour left; Sunday opens at 09:00 CEST = 07:00 UTC.
    expect(add(shop, '2026-03-28T16:00:00Z', 'PT2H', 'Europe/Berlin')).toBe('2026-03-29T08:00:00.000Z')
    expect(add(shop, '2026-03-29T08:00:00Z', '-PT2H', 'Europe/Berlin')).toBe('2026-03-28T16:00:00.000Z')
    // Saturday 17:00 EDT; Sunday 1 November opens at 09:00 EST = 14:00 UTC.
    expect(add(shop, '2026-10-31T21:00:00Z', 'PT2H', 'America/New_York')).toBe('2026-11-01T15:00:00.000Z')
    // Saturday 17:00 EST; Sunday 8 March opens at 09:00 EDT = 13:00 UTC.
    expect(add(shop, '2026-03-07T22:00:00Z', 'PT2H', 'America/New_York')).toBe('2026-03-08T14:00:00.000Z')
    expect(add(shop, '2026-10-24T15:00:00Z', 'PT2H', 'Europe/Berlin')).toBe('2026-10-25T09:00:00.000Z')
  })

  test('of a skipped hour nothing counts, an hour that comes twice counts twice', () => {
    const night = everyDay('01:00', '04:00')
    const hours = (day: string, zone: string): number =>
      openIntervals(night, Date.parse(`${day}T00:00:00+03:00`), Date.parse(`${day}T12:00:00Z`), zone).reduce(
        (sum, { from, to }) => sum + (to - from) / 3_600_000,
        0,
      )
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(2)
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(4)
    expect(hours('2026-03-08', 'America/New_York')).toBe(2)
    expect(hours('2026-11-01', 'America/New_York')).toBe(4)
    expect(hours('2026-07-15', 'Europe/Berlin')).toBe(3)
  })

  test('hours that begin within the skipped one begin when the clocks have moved', () => {
    const early = everyDay('02:30', '05:00')
    // 02:30 does not exist; the clocks show 03:00 at 01:00 UTC.
    expect(isOpen(early, Date.parse('2026-03-29T00:59:00Z'), 'Europe/Berlin')).toBe(false)
    expect(isOpen(early, Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe(true)
    expect(add(early, '2026-03-29T00:00:00Z', 'PT1H', 'Europe/Berlin')).toBe('2026-03-29T02:00:00.000Z')
  })

  test('adjoining hours share the doubled hour without counting it thrice', () => {
    const split = [
      { from: '00:00', to: '02:30' },
      { from: '02:30', to: '24:00' },
    ]
    const calendar = weekly({ '7': split })
    const open = openIntervals(
      calendar,
      Date.parse('2026-10-24T00:00:00Z'),
      Date.parse('2026-10-27T00:00:00Z'),
      'Europe/Berlin',
    )
    expect(open.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(25 * 3_600_000)
  })
})

describe('windows', () => {
  const freeze: Calendar = {
    kind: 'windows',
    title: { en: 'Freeze' },
    windows: [
      { from: '2026-06-18T00:00:00+08:00', to: '2026-06-19T00:00:00+08:00' },
      { from: '2026-06-10T00:00:00+08:00', to: '2026-06-11T00:00:00+08:00' },
    ],
  }
  test('open is inside one', () => {
    expect(isOpen(freeze, china('2026-06-18T12:00'), SHANGHAI)).toBe(true)
    expect(isOpen(freeze, china('2026-06-19T00:00'), SHANGHAI)).toBe(false)
    expect(added(freeze, '2026-06-10T23:00', 'PT2H')).toBe('2026-06-18T01:00')
    expect(added(freeze, '2026-06-18T01:00', '-PT2H')).toBe('2026-06-10T23:00')
  })
  test('when they run out there is no such time', () => {
    expect(added(freeze, '2026-06-18T23:00', 'PT2H')).toBeUndefined()
    expect(added({ ...freeze, windows: [] }, '2026-06-18T23:00', 'PT1S')).toBeUndefined()
  })
})

test('a calendar that never opens has no such time', () => {
  expect(added(weekly({}), '2026-07-15T09:00', 'PT1S')).toBeUndefined()
  expect(added(weekly({}, [], ['2026-07-18']), '2026-07-15T09:00', 'PT1S')).toBeUndefined()
  expect(added(working, '2026-07-15T09:00', 'PT3000000000H')).toBeUndefined()
})

test('malformed durations and unknown zones are refused', () => {
  expect(() => addWorking(working, 0, 'soon', SHANGHAI)).toThrow(RangeError)
  expect(() => addWorking(working, 0, 'PT1H', 'Mars/Olympus')).toThrow(RangeError)
  expect(() => isOpen(working, 0, 'Mars/Olympus')).toThrow(RangeError)
})

test('what was added is the open time in between, and going back returns', () => {
  const calendars = [
    working,
    october,
    everyDay('00:00', '24:00'),
    everyDay('01:00', '04:00'),
    everyDay('22:00', '24:00'),
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...calendars),
      fc.constantFrom(
        SHANGHAI,
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Africa/Casablanca',
      ),
      fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
      fc.integer({ min: 1, max: 60_000 }),
      (calendar, zone, start, minutes) => {
        const end = addWorking(calendar, start, `PT${minutes}M`, zone)
        if (end === undefined) throw new Error('never')
        const open = openIntervals(calendar, start, end, zone)
        expect(open.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(minutes * 60_000)
        expect(open.at(-1)?.to).toBe(end)
        const back = addWorking(calendar, end, `-PT${minutes}M`, zone)
        // The same moment, or the end of the shut time that it lay in.
        expect(back).toBe(open[0]?.from)
      },
    ),
  )
})

test('ten years of working time cost little', () => {
  const begin = performance.now()
  for (let turn = 0; turn < 20; turn++)
    addWorking(working, china('2026-07-15T09:00') + turn, 'PT20000H', 'Europe/Berlin')
  expect(performance.now() - begin).toBeLessThan(500)
})
