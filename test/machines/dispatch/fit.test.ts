import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Guard } from '../../../machines/definition/schema.ts'
import {
  type Day,
  type Engineer,
  type Fit,
  judgeFit,
  minutesOutside,
  type Task,
} from '../../../machines/dispatch/fit.ts'

/** A Monday in Shanghai, by its local hours. */
const hour = (h: number): number => Date.parse('2026-03-02T00:00:00+08:00') + h * 3_600_000
const TRAINING: Guard = { type: 'qualified', params: { certificate: 'training', of: 'engineer' } }
const day: Day = {
  now: hour(8),
  timeZone: 'Asia/Shanghai',
  hours: { from: hour(9), to: hour(18) },
  titleOf: (kind) => (kind === 'training' ? { en: 'product training', zh: '产品培训证' } : undefined),
}
const until = (time: number) => [
  { kind: 'training', validFrom: '2025-01-01T00:00:00.000Z', validUntil: new Date(time).toISOString() },
]
const li: Engineer = {
  id: 'li',
  regions: ['north'],
  certificates: until(hour(24 * 365)),
  overtimeMinutes: 0,
  visits: [],
}
const task: Task = {
  visit: { from: hour(10), to: hour(12) },
  region: 'north',
  demands: [TRAINING, undefined],
}
const { region: _region, ...regionless } = task
const { visit: _visit, ...timeless } = task
const codes = (
  engineer: Partial<Engineer> = {},
  asked: Partial<Task> = {},
  at: Partial<Day> = {},
  on = task,
) => {
  const { fit, reasons } = judgeFit({ ...on, ...asked }, { ...li, ...engineer }, { ...day, ...at })
  return { fit, codes: reasons.map(({ code }) => code), reasons }
}

describe('whom a job suits', () => {
  it('is who is free, certified, of the region and within working hours', () => {
    expect(codes()).toMatchObject({
      fit: 'yes',
      codes: ['certified', 'within-hours', 'free', 'in-region'],
    })
  })

  it('is doubtful where he is busy then, and says with what', () => {
    const visits = [{ from: hour(11), to: hour(13), about: '宏达机械 · 打印机', done: false }]
    const found = codes({ visits })
    expect(found.fit).toBe('doubt')
    expect(found.reasons[0]?.message).toEqual({
      en: 'Busy 11:00–13:00: 宏达机械 · 打印机',
      zh: '11:00–13:00 已有安排：宏达机械 · 打印机',
    })
    expect(codes({ visits: [{ from: hour(12), to: hour(14), about: '', done: false }] }).fit).toBe('yes')
    expect(codes({ visits: visits.map((each) => ({ ...each, done: true })) }).fit).toBe('yes')
  })

  it('minds the region, save of who works everywhere', () => {
    expect(codes({ regions: ['south'] })).toMatchObject({ fit: 'doubt' })
    expect(codes({ regions: ['south'] }).reasons[0]).toMatchObject({ code: 'other-region', norms: ['HV-40'] })
    expect(codes({ regions: [] }).fit).toBe('yes')
    expect(codes({ regions: ['south'] }, {}, {}, regionless).fit).toBe('yes')
  })

  it('points a lapsed certificate out, and bars where the process lets nobody through without', () => {
    const lapsed = { certificates: until(hour(-48)) }
    expect(codes(lapsed)).toMatchObject({ fit: 'doubt' })
    expect(codes(lapsed).codes[0]).toBe('certificate-lapsed')
    expect(codes(lapsed, { demands: [TRAINING] })).toMatchObject({ fit: 'no' })
    expect(codes({ certificates: [] }, { demands: [TRAINING] }).codes[0]).toBe('not-certified')
    const either: Guard = {
      type: 'or',
      params: {
        guards: [TRAINING, { type: 'qualified', params: { certificate: 'height', of: 'engineer' } }],
      },
    }
    expect(codes({}, { demands: [either] }).fit).toBe('doubt')
    const both: Guard = { type: 'and', params: either.params }
    expect(codes({}, { demands: [both] }).fit).toBe('no')
  })

  it('sees that a certificate ends before the visit does, or soon after it', () => {
    expect(codes({ certificates: until(hour(11)) }).codes[0]).toBe('certificate-ends-before')
    const soon = codes({ certificates: until(hour(24 * 10)) })
    expect([soon.fit, soon.codes.includes('certificate-ends-soon')]).toEqual(['yes', true])
  })

  it('asks for overtime agreed beforehand outside working hours, at most two hours a day', () => {
    const evening = { visit: { from: hour(17), to: hour(19) } }
    const refused = codes({}, evening)
    expect(refused.fit).toBe('no')
    expect(refused.reasons[0]).toMatchObject({
      code: 'overtime-not-agreed',
      norms: ['GN-01', 'GN-02'],
      values: { needed: 60, agreed: 0 },
    })
    expect(codes({ overtimeMinutes: 60 }, evening)).toMatchObject({ fit: 'yes' })
    const late = [{ from: hour(18), to: hour(18.5), about: '', done: true }]
    expect(codes({ overtimeMinutes: 60, visits: late }, evening).reasons[0]).toMatchObject({
      code: 'overtime-not-agreed',
      values: { needed: 90 },
    })
    expect(codes({ overtimeMinutes: 120 }, { visit: { from: hour(18), to: hour(21) } }).codes[0]).toBe(
      'overtime-too-long',
    )
    expect(codes({ overtimeMinutes: 120 }, {}, { hours: null }).fit).toBe('yes')
    expect(codes({}, {}, { hours: null }).fit).toBe('no')
    expect(codes({}, {}, { hours: undefined }).fit).toBe('yes')
  })

  it('bars who has it, and asks for no hour where the job has none', () => {
    expect(codes({}, { assignee: 'li' }).codes[0]).toBe('has-it')
    expect(codes({}, {}, {}, timeless).codes).toEqual(['certified', 'in-region'])
  })
})

describe('judging', () => {
  const RANK: Record<Fit, number> = { no: 0, doubt: 1, yes: 2 }
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 22 * 4 }), fc.integer({ min: 1, max: 16 }))
    .map(([start, length]) => ({ from: hour(start / 4), to: hour((start + length) / 4) }))
  const engaged = stretch.chain((found) => fc.boolean().map((done) => ({ ...found, about: 'x', done })))
  const engineers = fc.record({
    id: fc.constantFrom('li', 'wang'),
    regions: fc.subarray(['north', 'south', 'west']),
    certificates: fc.integer({ min: -48, max: 1000 }).map((end) => until(hour(end))),
    overtimeMinutes: fc.integer({ min: 0, max: 120 }),
    visits: fc.array(engaged, { maxLength: 4 }),
  })
  const tasks = fc.record({
    visit: stretch,
    region: fc.constantFrom('north', 'south'),
    demands: fc.constantFrom([], [TRAINING], [TRAINING, undefined]),
  })
  const fitOf = (asked: Task, engineer: Engineer) => RANK[judgeFit(asked, engineer, day).fit]

  it('never thinks less of somebody for more: overtime agreed, regions, a longer certificate, an emptier day', () => {
    fc.assert(
      fc.property(tasks, engineers, fc.integer({ min: 0, max: 120 }), (asked, engineer, more) => {
        const before = fitOf(asked, engineer)
        expect(
          fitOf(asked, { ...engineer, overtimeMinutes: engineer.overtimeMinutes + more }),
        ).toBeGreaterThanOrEqual(before)
        expect(fitOf(asked, { ...engineer, regions: [] })).toBeGreaterThanOrEqual(before)
        expect(fitOf(asked, { ...engineer, certificates: until(hour(5000)) })).toBeGreaterThanOrEqual(before)
        expect(fitOf(asked, { ...engineer, visits: engineer.visits.slice(1) })).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('says the worst first, and why whenever it is not yes', () => {
    fc.assert(
      fc.property(tasks, engineers, (asked, engineer) => {
        const { fit, reasons } = judgeFit(asked, engineer, day)
        const weights = reasons.map(({ weight }) => weight)
        expect(weights).toEqual(weights.toSorted())
        expect(weights[0]).toBe(fit === 'no' ? 'bar' : fit === 'doubt' ? 'doubt' : 'fact')
      }),
    )
  })

  it('counts no minute twice and none that is not there', () => {
    fc.assert(
      fc.property(stretch, (visit) => {
        const outside = minutesOutside(visit, { from: hour(9), to: hour(18) })
        expect(outside).toBeGreaterThanOrEqual(0)
        expect(outside).toBeLessThanOrEqual((visit.to - visit.from) / 60_000)
        expect(minutesOutside(visit, null)).toBe((visit.to - visit.from) / 60_000)
      }),
    )
  })
})
