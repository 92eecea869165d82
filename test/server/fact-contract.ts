/**
 * What every store must tell of norms and timers, whatever the jobs did: the same as the twin in memory, which looks at each fact
 * and each timer. Part of the contract of stores of jobs (`store-contract.ts`).
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NormFact, NormFilter, NormJob, NormKey } from '../../server/store/life-port.ts'
import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import type { Commit, JobStore } from '../../server/store/port.ts'
import { at, change, commit, job, timer } from './store-fixtures.ts'

const DAYS = ['2026-05-01', '2026-05-02', '2026-05-03']
const NORMS = ['HV-01', 'HV-02', 'HV-03']
const ENGINEERS = ['', 'li', 'wang']
const CUSTOMERS = ['', '宏达', '远景']
const REGIONS = ['', '杭州', '上海']
const OUTCOMES = ['met', 'late', 'broken', 'none'] as const

const step = fc.record({
  of: fc.integer({ min: 0, max: 5 }),
  ends: fc.boolean(),
  day: fc.constantFrom(...DAYS),
  engineer: fc.constantFrom(...ENGINEERS),
  customer: fc.constantFrom(...CUSTOMERS),
  region: fc.constantFrom(...REGIONS),
  facts: fc.array(
    fc.record<NormFact>({
      norm: fc.constantFrom(...NORMS),
      outcome: fc.constantFrom('met', 'late', 'broken'),
      place: fc.constantFrom('', 'open.a'),
    }),
    { maxLength: 3 },
  ),
  // Few moments: many fall due at one.
  timers: fc.array(fc.record({ due: fc.integer({ min: 1, max: 4 }), fired: fc.boolean() }), { maxLength: 3 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function committed(told: Step, id: string, seq: number, over: boolean): Commit {
  const { day, engineer, customer, region, facts, timers } = told
  const changed = job(id, seq, {
    status: over ? 'done' : 'active',
    timers: timers.map(({ due, fired }, n) => timer(`${id}:${(n * 7 + seq) % 10}:${n}`, at(due), { fired })),
  })
  const index = { ...(region === '' ? {} : { region }), ...(customer === '' ? {} : { customer }) }
  const trace = {
    day,
    facts,
    ...(engineer === '' ? {} : { engineer }),
    ...(customer === '' ? {} : { customer }),
    ...(over ? { meetable: NORMS } : {}),
  }
  return commit([{ ...change(changed, index), trace }])
}

const FILTERS: readonly NormFilter[] = [
  {},
  { from: '2026-05-02' },
  ...ENGINEERS.map((engineer) => ({ engineer })),
  ...CUSTOMERS.map((customer) => ({ customer })),
  { customer: '宏达', norm: 'HV-02' },
  { customer: '远景', engineer: 'li', to: '2026-05-02' },
  { engineer: 'wang', norm: 'HV-01', process: 'home-visit' },
  { within: [{ regions: ['杭州'] }] },
  { within: [{ regions: ['上海'] }], customer: '宏达' },
]
const GROUPS: readonly NormKey[][] = [[], ['norm'], ['engineer', 'norm'], ['customer'], ['day', 'customer']]

/** Every page of what is behind a number. */
async function pages(store: JobStore, filter: NormFilter & { outcome: NormJobOutcome }): Promise<NormJob[]> {
  const found: NormJob[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await store.normJobs({ ...filter, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.jobs)
    // Ends of one day are told in no order.
    if (page.next === undefined) return filter.outcome === 'none' ? found.toSorted(byDayAndJob) : found
    cursor = page.next
  }
}
const byDayAndJob = (a: NormJob, b: NormJob): number => (a.day + a.job < b.day + b.job ? -1 : 1)
type NormJobOutcome = (typeof OUTCOMES)[number]

async function told(store: JobStore) {
  const counts = FILTERS.flatMap((filter) => GROUPS.map((by) => store.normCounts(filter, by)))
  const behind = FILTERS.flatMap((filter) => OUTCOMES.map((outcome) => pages(store, { ...filter, outcome })))
  const due = [1, 2, 3, 4].flatMap((minute) =>
    [1, 2, 3, 100].map((limit) => store.dueTimers(at(minute), limit)),
  )
  const inNoOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  return {
    counts: (await Promise.all(counts)).map((rows) =>
      inNoOrder(rows.filter(({ met, late, broken, none }) => met + late + broken + none > 0)),
    ),
    behind: await Promise.all(behind),
    due: await Promise.all(due),
    next: await store.nextDue(),
  }
}

export function factContract(name: string, open: () => JobStore): void {
  describe(`${name}: norms and timers`, () => {
    it('are told as by the twin that looks at each, whatever the jobs did', async () => {
      const [store, twin] = [open(), createMemoryStore()]
      let world = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          // What went before stays: both have it.
          world += 1
          const done = new Map<string, { seq: number; over: boolean }>()
          for (const each of steps) {
            const id = `w${world}j${each.of}`
            const { seq, over } = done.get(id) ?? { seq: 0, over: false }
            const next = { seq: seq + 1, over: over || each.ends }
            done.set(id, next)
            const made = committed(each, id, next.seq, next.over)
            await store.commit(made)
            await twin.commit(made)
          }
          expect(await told(store)).toEqual(await told(twin))
        }),
        { numRuns: 25 },
      )
    })
  })
}
