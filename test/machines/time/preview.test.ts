import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Delay } from '../../../machines/definition/schema.ts'
import { cel, text } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { durationOf, previewDelay, tellingMoment, UNITS, unitsOf } from '../../../machines/time/preview.ts'

/** Friday 6 March 2026, 17:50 in Shanghai. */
const FRIDAY = Date.parse('2026-03-06T17:50:00+08:00')
const preview = (delay: Delay, values: Record<string, unknown> = {}, enteredAt = FRIDAY) =>
  previewDelay(delay, {
    enteredAt,
    calendars: DEFAULT_CALENDARS,
    evaluate: (expression) => values[expression],
  })
const words = (delay: Delay, values?: Record<string, unknown>, enteredAt?: number) => {
  const made = preview(delay, values, enteredAt)
  return made.ok ? made.words : made.why
}

describe('the preview of a delay', () => {
  it('counts working time over the weekend', () => {
    expect(preview({ duration: 'PT30M', calendar: 'working' })).toMatchObject({
      due: Date.parse('2026-03-09T09:20:00+08:00'),
      words: {
        en: 'entered Friday 17:50: due Monday 9:20',
        zh: '周五 17:50 进入，周一 9:20 到期',
      },
    })
  })

  it('goes by the wall clock without a calendar', () => {
    expect(words({ duration: 'PT30M' }).en).toBe('entered Friday 17:50: due Friday 18:20')
    expect(words({ duration: 'PT5S' }).en).toBe('entered Friday 17:50: due Friday 17:50:05')
  })

  it('gives the date a week away, and the year in another', () => {
    expect(words({ duration: 'P7D' }).en).toBe('entered Friday 6 March 17:50: due Friday 13 March 17:50')
    expect(words({ duration: 'P1Y' }).zh).toBe(
      '2026年3月6日（周五）17:50 进入，2027年3月6日（周六）17:50 到期',
    )
  })

  it('counts from a field, also backwards', () => {
    const delay: Delay = { duration: '-PT4H', from: cel('job.appointment') }
    expect(words(delay, { 'job.appointment': '2026-03-10T02:00:00.000Z' }).en).toBe(
      'counted from Tuesday 10:00: due Tuesday 6:00',
    )
    expect(preview(delay)).toMatchObject({ ok: false, why: { zh: '起算时间尚未确定' } })
  })

  it('takes its length from an expression', () => {
    const delay: Delay = { duration: cel('settings.within') }
    expect(words(delay, { 'settings.within': 'PT1H' }).en).toContain('due Friday 18:50')
    expect(preview(delay, { 'settings.within': 'soon' })).toMatchObject({ ok: false })
  })

  it('says what happens by the kind of the delay', () => {
    const meta = { title: text('x', 'x') }
    expect(words({ duration: 'PT1H', meta: { ...meta, kind: 'reminder' } }).zh).toContain('18:50 提醒')
    expect(words({ duration: 'PT1H', meta: { ...meta, kind: 'step' } }).en).toContain('moves on Friday 18:50')
  })

  it('says why there is none', () => {
    expect(words({ duration: 'PT1H', calendar: 'nowhere' }).en).toBe('there is no calendar “nowhere”')
    expect(words({ duration: 'PT1H', calendar: 'freeze' }).en).toContain('never open')
    expect(words({ duration: 'P900000Y' }).en).toContain('beyond the end of time')
    expect(words({ duration: 'PT1H', calendar: 'constructor' }).en).toContain('no calendar')
  })

  it('is shown at a moment at which it tells something', () => {
    const wednesday = Date.parse('2026-03-04T11:00:00+08:00')
    expect(tellingMoment(DEFAULT_CALENDARS, 'working', wednesday)).toBe(FRIDAY)
    expect(tellingMoment(DEFAULT_CALENDARS, 'nowhere', wednesday)).toBe(wednesday)
    expect(tellingMoment(DEFAULT_CALENDARS, 'freeze', wednesday)).toBe(wednesday)
  })
})

describe('a duration as a number and a unit', () => {
  it.each([
    ['PT90M', 90, 'minutes', false],
    ['-PT4H', 4, 'hours', true],
    ['P2D', 2, 'days', false],
    ['P1M', 1, 'months', false],
    ['PT0.5S', 0.5, 'seconds', false],
    ['P0D', 0, 'days', false],
    ['PT0M', 0, 'minutes', false],
    ['PT0H30M', 30, 'minutes', false],
    ['P3W', 3, 'weeks', false],
    ['P2Y', 2, 'years', false],
  ] as const)('%s', (iso, number, unit, before) => {
    expect(unitsOf(iso)).toEqual({ number, unit, before })
  })

  it.each(['PT1H30M', 'P1DT1H', 'soon', '', 'PT'])('stays text: %s', (iso) => {
    expect(unitsOf(iso)).toBeUndefined()
  })

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(...UNITS), fc.boolean(), (number, unit, before) => {
        const units = { number, unit, before: before && number > 0 }
        const iso = durationOf(units)
        expect(iso === undefined ? undefined : unitsOf(iso)).toEqual(units)
      }),
    )
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 1e30])('is none of %s minutes', (number) => {
    expect(durationOf({ number, unit: 'minutes', before: false })).toBeUndefined()
  })
})
