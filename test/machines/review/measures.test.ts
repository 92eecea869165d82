import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WORK_KINDS, type WorkFact, type WorkKind } from '../../../machines/review/facts.ts'
import {
  isMilder,
  type Measures,
  measuresOf,
  propose,
  type WorkSum,
} from '../../../machines/review/measures.ts'
import { daysOf, isPeriod, monthsOf, periodAt, periodBeside } from '../../../machines/review/period.ts'

type Told = { process: string; fact: WorkFact }
/** As a store adds up. */
function summed(told: readonly Told[]): WorkSum[] {
  const sums = new Map<string, WorkSum>()
  for (const { process, fact } of told) {
    const { person, kind, value } = fact
    const key = `${person} ${process} ${kind}`
    const sum = sums.get(key) ?? { person, process, kind, n: 0, sum: 0 }
    sums.set(key, { ...sum, n: sum.n + 1, sum: sum.sum + value })
  }
  return [...sums.values()]
}
const AT = '2026-03-31T12:00:00.000Z'
const measured = (told: readonly Told[], person = 'li'): Measures => {
  const all = summed(told)
  return measuresOf({
    sums: all.filter((sum) => sum.person === person),
    all,
    surveys: [],
    certificates: [],
    at: AT,
  })
}
const times = (kind: WorkKind, n: number, value = 0): Told[] =>
  Array.from({ length: n }, () => ({ process: 'home-visit', fact: { person: 'li', kind, value } }))

const toldArbitrary = fc.array(
  fc.record({
    process: fc.constantFrom('home-visit', 'depot-repair', 'fault'),
    fact: fc.record({
      person: fc.constantFrom('li', 'wu'),
      kind: fc.constantFrom(...WORK_KINDS),
      value: fc.integer({ min: 0, max: 10_000_000 }),
    }),
  }),
  { maxLength: 60 },
)

describe('measures', () => {
  it('never depend on the order of jobs', () => {
    fc.assert(
      fc.property(
        toldArbitrary.chain((told) =>
          fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
        ),
        ([told, shuffled]) => {
          expect(measured(shuffled)).toEqual(measured(told))
          expect(propose(measured(shuffled))).toEqual(propose(measured(told)))
        },
      ),
    )
  })

  it('of one person do not change with what another’s jobs were like, but for the pace', () => {
    fc.assert(
      fc.property(toldArbitrary, (told) => {
        const alone = told.filter(({ fact }) => fact.person === 'li')
        const without = ({ efficiency: { pace: _pace, ...efficiency }, ...rest }: Measures) => ({
          ...rest,
          efficiency,
        })
        expect(without(measured(told))).toEqual(without(measured(alone)))
      }),
    )
  })

  it('hold the time of a job against colleagues’ on the same process, not against other work', () => {
    const told: Told[] = [
      { process: 'home-visit', fact: { person: 'li', kind: 'done', value: 60 } },
      { process: 'home-visit', fact: { person: 'wu', kind: 'done', value: 180 } },
      { process: 'depot-repair', fact: { person: 'wu', kind: 'done', value: 9000 } },
    ]
    expect(measured(told).efficiency).toMatchObject({ meanMs: 60, pace: 0.5 })
    expect(measured(told, 'wu').efficiency.pace).toBe(1.01)
    expect(measured([]).efficiency).toEqual({ kept: 0, late: 0 })
  })

  it('count a certificate once a kind, by the one that lasts longest', () => {
    const certificate = (kind: string, validUntil: string, validFrom = '2025-01-01T00:00:00.000Z') => ({
      kind,
      validFrom,
      validUntil,
    })
    const { skills } = measuresOf({
      sums: [],
      all: [],
      surveys: [],
      at: AT,
      certificates: [
        certificate('height', '2026-01-01T00:00:00.000Z'),
        certificate('height', '2027-01-01T00:00:00.000Z'),
        certificate('power', '2026-04-05T00:00:00.000Z'),
        certificate('training', '2026-03-01T00:00:00.000Z'),
        certificate('later', '2028-01-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'),
      ],
    })
    expect(skills).toEqual({ valid: 2, expiring: 1, expired: 1 })
  })
})

describe('the proposal', () => {
  const GOOD = [...times('done', 12, 60), ...times('kept', 20), ...times('rating', 5, 5)]

  it('is a reward for the best, nothing for what is in order or too little to judge by', () => {
    expect(propose(measured(GOOD))).toEqual({ follow: 'reward', reasons: ['excellent'] })
    expect(propose(measured([...GOOD, ...times('complaint', 1)]))).toEqual({
      follow: 'none',
      reasons: ['in-order'],
    })
    expect(propose(measured([]))).toEqual({ follow: 'none', reasons: ['too-little'] })
  })

  it('is coaching for each weakness, with all of them named', () => {
    expect(propose(measured([...GOOD, ...times('late', 5)])).reasons).toEqual(['deadlines-missed'])
    expect(propose(measured([...GOOD, ...times('rework', 2)])).reasons).toEqual(['poor-quality'])
    const worse = propose(measured([...times('late', 5), ...times('rating', 3, 1), ...times('major', 3)]))
    expect(worse).toEqual({
      follow: 'coaching',
      reasons: ['deadlines-missed', 'dissatisfied', 'major-breaches'],
    })
  })

  it('does not rest on a handful', () => {
    expect(propose(measured([...times('late', 4), ...times('rating', 2, 1)])).follow).toBe('none')
  })

  it('is strict handling for a grave case, whatever else was good', () => {
    fc.assert(
      fc.property(toldArbitrary, (told) => {
        expect(propose(measured([...told, ...times('critical', 1)])).follow).toBe('strict')
      }),
    )
  })

  it('is departed from only by what is milder', () => {
    expect([
      isMilder('coaching', 'strict'),
      isMilder('none', 'coaching'),
      isMilder('reward', 'coaching'),
    ]).toEqual([true, true, true])
    expect([isMilder('strict', 'coaching'), isMilder('none', 'reward'), isMilder('reward', 'none')]).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('periods', () => {
  it('are whole months', () => {
    expect(monthsOf('2026-Q4')).toEqual({ from: '2026-10', to: '2026-12' })
    expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(daysOf('2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
    expect(['2026-00', '2026-13', '2026-Q5', '26', '2026-1'].filter(isPeriod)).toEqual([])
  })
  it('follow one another', () => {
    expect(periodBeside('2026-01', -1)).toBe('2025-12')
    expect(periodBeside('2026-Q4', 1)).toBe('2027-Q1')
    expect(periodBeside('2026', -1)).toBe('2025')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -40, max: 40 }), (month, by) => {
        const period = `2026-0${month}`
        expect(periodBeside(periodBeside(period, by), -by)).toBe(period)
      }),
    )
  })
  it('hold each of their days', () => {
    for (const kind of ['month', 'quarter', 'year'] as const) {
      const period = periodAt('2026-08-17', kind)
      const { from, to } = daysOf(period)
      expect([from <= '2026-08-17' && to >= '2026-08-17', periodAt(from, kind), periodAt(to, kind)]).toEqual([
        true,
        period,
        period,
      ])
    }
  })
})
