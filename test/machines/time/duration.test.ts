import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDuration, formatDuration, isDuration, roughLength } from '../../../machines/time/duration.ts'

const at = (text: string): number => Date.parse(text)
const iso = (ms: number): string => new Date(ms).toISOString()

test.each(['PT0S', 'P1Y', 'P1Y2M3W4DT5H6M7.25S', '-PT4H', 'PT90M', 'P0D'])('%s is a duration', (text) => {
  expect(isDuration(text)).toBe(true)
})

test.each([
  '',
  'P',
  'PT',
  'P1',
  '1D',
  'P1H',
  'PT1D',
  'P1DT',
  'PT1.5H',
  '+P1D',
  'P-1D',
  ' P1D',
  'P1D\n',
  'p1d',
  `P${'9'.repeat(30)}D`,
])('%j is not a duration', (text) => {
  expect(isDuration(text)).toBe(false)
  expect(() => addDuration(0, text, 'UTC')).toThrow(RangeError)
})

test.each([
  // A month goes to the same day, or to the last one there is.
  ['2026-01-31T02:00:00Z', 'P1M', 'Asia/Shanghai', '2026-02-28T02:00:00.000Z'],
  ['2024-02-29T02:00:00Z', 'P1Y', 'Asia/Shanghai', '2025-02-28T02:00:00.000Z'],
  // 23:30 UTC on the 30th is already the 31st in Shanghai: the zone's date counts.
  ['2026-01-30T23:30:00Z', 'P1M', 'Asia/Shanghai', '2026-02-27T23:30:00.000Z'],
  // Berlin, 29 March 2026: 02:00 becomes 03:00. A day keeps the time of day, 24 hours do not.
  ['2026-03-28T12:00:00+01:00', 'P1D', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
  ['2026-03-28T12:00:00+01:00', 'PT24H', 'Europe/Berlin', '2026-03-29T11:00:00.000Z'],
  // 02:30 on that day does not exist.
  ['2026-03-28T02:30:00+01:00', 'P1D', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  // New York, 1 November 2026: 02:00 becomes 01:00.
  ['2026-10-31T12:00:00-04:00', 'P1D', 'America/New_York', '2026-11-01T17:00:00.000Z'],
  ['2026-11-01T12:00:00-05:00', '-P1D', 'America/New_York', '2026-10-31T16:00:00.000Z'],
  ['2026-05-01T00:00:00Z', '-PT4H', 'UTC', '2026-04-30T20:00:00.000Z'],
  ['2026-05-01T00:00:00Z', 'PT0.25S', 'UTC', '2026-05-01T00:00:00.250Z'],
  ['2026-05-01T00:00:00Z', 'P1Y2M1W1DT1H1M1S', 'UTC', '2027-07-09T01:01:01.000Z'],
])('%s + %s in %s is %s', (from, duration, zone, expected) => {
  expect(iso(addDuration(at(from), duration, zone))).toBe(expected)
})

test('an unknown zone and the end of time are refused', () => {
  expect(() => addDuration(0, 'P1D', 'Mars/Olympus')).toThrow(RangeError)
  expect(() => addDuration(0, 'P1D', '+08:00')).toThrow(RangeError)
  expect(() => addDuration(0, 'P400000Y', 'UTC')).toThrow(RangeError)
  expect(() => addDuration(8.64e15, 'PT1S', 'UTC')).toThrow(RangeError)
})

test('clock durations are plain sums in every zone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 4e12 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe'),
      (ms, minutes, zone) => {
        expect(addDuration(ms, `PT${minutes}M`, zone)).toBe(ms + minutes * 60_000)
        expect(addDuration(ms, `-PT${minutes}M`, zone)).toBe(ms - minutes * 60_000)
      },
    ),
  )
})

test.each([
  ['PT30M', '30 minutes', '30 分钟'],
  ['PT1M', '1 minute', '1 分钟'],
  ['P1M', '1 month', '1 个月'],
  [
    'P1Y2M3W4DT5H6M7.5S',
    '1 year 2 months 3 weeks 4 days 5 hours 6 minutes 7.5 seconds',
    '1 年 2 个月 3 周 4 天 5 小时 6 分钟 7.5 秒',
  ],
  ['-PT4H', '4 hours before', '提前 4 小时'],
  ['P0D', '0 seconds', '0 秒'],
  ['-PT0S', '0 seconds', '0 秒'],
  ['P1', 'P1', 'P1'],
])('%s in words', (duration, en, zh) => {
  expect(formatDuration(duration, 'en')).toBe(en)
  expect(formatDuration(duration, 'zh')).toBe(zh)
})

test('a rough length serves limits', () => {
  expect(roughLength('P1Y')).toBe(365 * 86_400_000)
  expect(roughLength('-PT1M')).toBe(-60_000)
  expect(roughLength('PT0S')).toBe(0)
  expect(roughLength('soon')).toBeUndefined()
})
