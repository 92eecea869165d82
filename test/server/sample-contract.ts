/**
 * What every store must do with sample jobs, and with how far people are with their guides: part of the contract of stores of
 * jobs (`store-contract.ts`).
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../machines/advance/job.ts'
import type { NormFact } from '../../server/store/life-port.ts'
import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import type { Notice } from '../../server/store/notice-port.ts'
import type { Commit, JobStore } from '../../server/store/port.ts'
import { at, change, commit, job, message, timer } from './store-fixtures.ts'

const STATES = ['open.a', 'open.b', 'closed']
const step = fc.record({
  state: fc.constantFrom(...STATES),
  overdue: fc.boolean(),
  minutes: fc.integer({ min: 1, max: 500 }),
  day: fc.constantFrom('2026-05-01', '2026-05-02'),
  engineer: fc.constantFrom('li', 'wang'),
  region: fc.constantFrom('杭州', '上海'),
  facts: fc.array(
    fc.record<NormFact>({
      norm: fc.constantFrom('HV-01', 'HV-02'),
      outcome: fc.constantFrom('met', 'late', 'broken'),
      place: fc.constantFrom('', 'open.a'),
    }),
    { maxLength: 2 },
  ),
})
const course = fc.record({
  sample: fc.boolean(),
  process: fc.constantFrom('home-visit', 'fault'),
  ends: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
})
type Course = typeof course extends fc.Arbitrary<infer T> ? T : never

/** One commit with all changes of a job, as a sample is put in. */
function committed({ process, ends, steps }: Course, id: string): Commit {
  let minute = 0
  const changes = steps.map(({ state, overdue, minutes, day, engineer, region, facts }, index) => {
    minute += minutes
    const over = ends && index === steps.length - 1
    const made = job(id, index + 1, {
      process,
      // A job that was moved to another version on its way.
      version: index > 1 ? 2 : 1,
      status: over ? 'done' : 'active',
      updatedAt: at(minute),
      timers: over ? [] : [timer(`${id}.1.0`, at(9_000))],
    })
    return {
      ...change(made, {
        active: [state],
        overdue,
        region,
        text: '打印机',
        ...(overdue ? { overdueIn: [state] } : {}),
      }),
      trace: { day, engineer, customer: '宏达', facts, ...(over ? { meetable: ['HV-01', 'HV-02'] } : {}) },
    }
  })
  return commit(changes, { outbox: [message(`${id}.1.m`, at(0), { job: id })] })
}
const notice = (id: string): Notice => ({
  id: `${id}.1.m`,
  kind: 'notify',
  job: id,
  process: 'home-visit',
  version: 1,
  at: at(0),
  to: [{ role: 'dispatcher' }],
})

/** All that a store tells of its jobs. */
async function told(store: JobStore) {
  const byText = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  const range = { process: 'home-visit' }
  return {
    jobs: (await store.list({ sort: 'createdAt', limit: 1000, text: '打印' })).jobs.map(
      (found) => found.job.id,
    ),
    counts: await store.count({}),
    overdue: await store.count({ overdue: true }),
    inStates: await Promise.all(['open', ...STATES].map((state) => store.count({ state }))),
    inRegion: await store.count({ region: '杭州', suspended: false }),
    states: await Promise.all([1, 2].map((version) => store.countByState('home-visit', version))),
    times: byText(await store.stateTimes(range)),
    late: await store.overdueByState('home-visit'),
    places: byText(await store.breachPlaces({ ...range, version: 1 })),
    norms: byText(await store.normCounts({}, ['process', 'norm', 'day'])),
    engineers: byText(await store.normCounts({ engineer: 'li' }, ['process', 'day'])),
    customers: byText(await store.normCounts({ customer: '宏达' }, ['process'])),
    broken: (await store.normJobs({ outcome: 'broken', limit: 500 })).jobs.length,
    timers: byText(await store.dueTimers(at(10_000), 1000)),
    outbox: byText(await store.outboxDue(at(10_000), 1000)),
    unread: await store.unreadNotices('li'),
    changes: (await store.changes(0, 1000)).map(({ entry }) => `${entry.job} ${entry.seq}`),
  }
}

export function sampleContract(name: string, open: () => JobStore): void {
  describe(`${name}: sample jobs`, () => {
    it('are taken away without a trace, whatever other jobs share with them', async () => {
      const store = open()
      const without = createMemoryStore()
      let n = 0
      await fc.assert(
        fc.asyncProperty(fc.array(course, { minLength: 1, maxLength: 5 }), async (courses) => {
          let samples = 0
          for (const made of courses) {
            n += 1
            const id = made.sample ? `sample-${n}` : `${['a', 'samplf-', 'sample', 'sample.'][n % 4]}${n}`
            if (made.sample) samples += 1
            const commits = made.sample ? [store] : [store, without]
            for (const each of commits) {
              await each.commit(committed(made, id))
              if (made.ends) await each.deliverNotice(`${id}.1.m`, notice(id), ['li'])
            }
          }
          expect(await store.countSample()).toBe(samples)
          expect(await store.removeSample()).toBe(samples)
          expect(await store.countSample()).toBe(0)
          expect(await told(store)).toEqual(await told(without))
        }),
        { numRuns: 15 },
      )
      expect((await store.count({})).total).toBeGreaterThan(0)
    })

    it('can be put in again, and a change that was under way when they went does not stand', async () => {
      const store = open()
      const one = job('sample-1', 1, { timers: [timer('sample-1.1.0', at(5))] })
      await store.commit(commit([change(one)]))
      await store.removeSample()
      await expect(store.commit(commit([change(job('sample-1', 2))]))).rejects.toThrow('seq 0')
      await store.commit(commit([change(one)]))
      expect(await store.load('sample-1')).toEqual(one)
      expect(await store.history('sample-1', 0, 9)).toHaveLength(1)
    })

    it('leave what other jobs were told in a move', async () => {
      const store = open()
      await store.saveMigration({
        id: 'run',
        process: 'home-visit',
        from: 1,
        to: 2,
        mapping: {},
        filter: {},
        dryRun: true,
        actor: SYSTEM,
        startedAt: at(0),
        updatedAt: at(0),
        status: 'done',
        total: 2,
      })
      const result = { run: 'run', outcome: 'moved', from: ['a'], notes: [], seq: 1, at: at(0) } as const
      await store.commit(
        commit([change(job('a')), change(job('sample-1'))], {
          moves: ['a', 'sample-1'].map((id) => ({ ...result, job: id, from: ['a'], notes: [] })),
        }),
      )
      await store.removeSample()
      expect((await store.moveResults({ run: 'run', limit: 9 })).map((each) => each.job)).toEqual(['a'])
    })
  })

  describe(`${name}: guides`, () => {
    it('keeps what each did, once, and whether he closed the list', async () => {
      const store = open()
      expect(await store.guide('li')).toEqual({ done: [], closed: false })
      await Promise.all([
        store.changeGuide('li', { done: ['a', 'b'] }),
        store.changeGuide('li', { done: ['b'] }),
      ])
      await store.changeGuide('li', { undone: ['a'], closed: true })
      expect(await store.guide('li')).toEqual({ done: ['b'], closed: true })
      expect(await store.guide('wang')).toEqual({ done: [], closed: false })
      expect(await store.changeGuide('li', { closed: false })).toEqual({ done: ['b'], closed: false })
    })
  })
}
