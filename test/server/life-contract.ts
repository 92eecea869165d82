/**
 * What every store must do with the life of processes: part of the contract of stores of jobs (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { NormFilter, Trace } from '../../server/store/life-port.ts'
import { BadCursor, type JobIndex, type JobStore, type Within } from '../../server/store/port.ts'
import { at, change, commit, job } from './store-fixtures.ts'

const trace = (more: Partial<Trace> = {}): Trace => ({
  day: '2026-05-01',
  engineer: 'li',
  customer: '宏达',
  facts: [],
  ...more,
})
/** A change of a job, in a state, with what it tells. */
const step = (
  named: ReturnType<typeof job>,
  index: Partial<JobIndex>,
  told: Partial<Trace> = {},
): ReturnType<typeof change> => ({ ...change(named, index), trace: trace(told) })
const byPath = <T extends { path: string }>(rows: readonly T[]) =>
  rows.toSorted((a, b) => a.path.localeCompare(b.path))

export function lifeContract(name: string, open: () => JobStore): void {
  describe(`${name}: the life of processes`, () => {
    const put = (...changes: ReturnType<typeof change>[]) => open().commit(commit(changes))

    it('measures how long a state lasts, the states around it too, until the job leaves it or ends', async () => {
      await put(step(job('a', 1, { updatedAt: at(0) }), { active: ['site.open'] }))
      await put(step(job('a', 2, { updatedAt: at(10) }), { active: ['site.closed'] }))
      await put(step(job('a', 3, { updatedAt: at(40), status: 'done' }), { active: ['end'] }))
      const times = byPath(await open().stateTimes({ process: 'home-visit' }))
      expect(times.map(({ path, visits, medianMs }) => [path, visits, medianMs / 60_000])).toEqual([
        ['site', 1, 40],
        ['site.closed', 1, 30],
        ['site.open', 1, 10],
      ])
    })

    it('gives median and ninetieth percentile, by version and range of days', async () => {
      for (let n = 1; n <= 10; n += 1) {
        const day = n === 10 ? '2026-05-02' : '2026-05-01'
        await put(step(job(`j${n}`, 1, { updatedAt: at(0) }), { active: ['a'] }))
        await put(step(job(`j${n}`, 2, { updatedAt: at(n === 10 ? 600 : 30) }), { active: ['b'] }, { day }))
      }
      const [whole] = await open().stateTimes({ process: 'home-visit', version: 1 })
      expect(whole).toEqual({ path: 'a', visits: 10, medianMs: 30 * 60_000, p90Ms: 30 * 60_000 })
      const late = await open().stateTimes({ process: 'home-visit', from: '2026-05-02', to: '2026-05-02' })
      expect(late).toEqual([{ path: 'a', visits: 1, medianMs: 600 * 60_000, p90Ms: 600 * 60_000 }])
      expect(await open().stateTimes({ process: 'home-visit', version: 2 })).toEqual([])
      expect(await open().stateTimes({ process: 'home-visit', to: '2026-04-30' })).toEqual([])
    })

    it('keeps norms to the limits of whoever asks, by process as by region', async () => {
      const met = { facts: [{ norm: 'GN-01', outcome: 'met' as const }] }
      const ended = { facts: [], meetable: ['GN-01'] }
      await put(
        step(job('a'), { region: '浦东' }, met),
        step(job('b'), { region: '浦西' }, met),
        step(job('c', 1, { process: 'fault' }), { region: '浦东' }, met),
        step(job('d', 1, { status: 'done' }), { region: '浦东' }, ended),
        step(job('e', 1, { status: 'done', process: 'fault' }), {}, ended),
      )
      const sums = async (within: readonly Within[], more: Partial<NormFilter> = {}) => {
        const [count] = await open().normCounts({ within, ...more }, [])
        return [count?.met ?? 0, count?.none ?? 0]
      }
      const jobs = async (within: readonly Within[], outcome: 'met' | 'none') =>
        (await open().normJobs({ within, outcome, norm: 'GN-01', limit: 9 })).jobs
          .map((each) => each.job)
          .sort()
      const cases: [readonly Within[], string[], string[]][] = [
        [[{ processes: ['fault'] }], ['c'], ['e']],
        [[{ regions: ['浦东'] }], ['a', 'c'], ['d']],
        [[{ processes: ['fault'], regions: ['浦东'] }], ['c'], []],
        [[{ regions: ['浦西'] }, { processes: ['fault'] }], ['b', 'c'], ['e']],
        [[], [], []],
      ]
      for (const [within, facts, nones] of cases) {
        expect([await jobs(within, 'met'), await jobs(within, 'none')]).toEqual([facts, nones])
        for (const more of [{}, { engineer: 'li' }, { norm: 'GN-01', customer: '宏达' }])
          expect([within, more, await sums(within, more)]).toEqual([
            within,
            more,
            [facts.length, nones.length],
          ])
      }
    })

    it('counts overdue jobs by the state whose deadline ran out, while it lasts', async () => {
      const overdue = (path: string) => ({ active: [path], overdue: true, overdueIn: [path] })
      await put(step(job('a'), overdue('x')), step(job('b'), overdue('x')), step(job('c'), { active: ['x'] }))
      expect(await open().overdueByState('home-visit', 1)).toEqual({ x: 2 })
      await put(step(job('a', 2, { version: 2 }), overdue('x')))
      await put(step(job('b', 2, { status: 'done' }), { active: ['end'] }))
      expect(await open().overdueByState('home-visit', 1)).toEqual({})
      expect(await open().overdueByState('home-visit')).toEqual({ x: 1 })
      expect(await open().overdueByState('other')).toEqual({})
    })

    it('counts breaches by place, not what was met', async () => {
      const facts: Trace['facts'] = [
        { norm: 'HV-02', outcome: 'late', place: '/states/a/after/soon' },
        { norm: 'HV-03', outcome: 'broken', place: 'a' },
        { norm: 'HV-04', outcome: 'met' },
      ]
      await put(step(job('a'), {}, { facts }), step(job('b'), {}, { facts: facts.slice(0, 1) }))
      const places = await open().breachPlaces({ process: 'home-visit', version: 1 })
      expect(places.toSorted((a, b) => b.n - a.n)).toEqual([
        { place: '/states/a/after/soon', norm: 'HV-02', outcome: 'late', n: 2 },
        { place: 'a', norm: 'HV-03', outcome: 'broken', n: 1 },
      ])
      expect(await open().breachPlaces({ process: 'home-visit', from: '2026-05-02' })).toEqual([])
    })

    it('adds norms up by what is asked, with those that never came up at the end of a job', async () => {
      const met = { norm: 'HV-02', outcome: 'met' } as const
      const late = { norm: 'HV-02', outcome: 'late', place: 'a' } as const
      await put(step(job('a'), {}, { facts: [met, met] }))
      await put(
        step(
          job('a', 2, { status: 'done' }),
          { active: ['end'] },
          { day: '2026-06-01', meetable: ['HV-02', 'HV-09'] },
        ),
      )
      await put(
        step(
          job('b', 1, { status: 'done' }),
          { active: ['end'] },
          {
            facts: [late],
            engineer: 'wang',
            meetable: ['HV-02', 'HV-09'],
          },
        ),
      )
      const store = open()
      const none = { met: 0, late: 0, broken: 0, none: 0 }
      const by = async (...[filter, keys]: Parameters<JobStore['normCounts']>) =>
        (await store.normCounts(filter, keys)).toSorted((x, y) =>
          JSON.stringify(x.keys) < JSON.stringify(y.keys) ? -1 : 1,
        )
      const whole = [
        { keys: { norm: 'HV-02' }, ...none, met: 2, late: 1 },
        { keys: { norm: 'HV-09' }, ...none, none: 2 },
      ]
      expect(await by({}, ['norm'])).toEqual(whole)
      expect(await by({ customer: '宏达' }, ['norm'])).toEqual(whole)
      expect(await by({ engineer: 'wang' }, ['norm'])).toEqual([
        { keys: { norm: 'HV-02' }, ...none, late: 1 },
        { keys: { norm: 'HV-09' }, ...none, none: 1 },
      ])
      expect(await by({}, ['engineer'])).toEqual([
        { keys: { engineer: 'li' }, ...none, met: 2, none: 1 },
        { keys: { engineer: 'wang' }, ...none, late: 1, none: 1 },
      ])
      expect(await by({ norm: 'HV-09' }, ['norm', 'engineer', 'month'])).toEqual([
        { keys: { norm: 'HV-09', engineer: 'li', month: '2026-06' }, ...none, none: 1 },
        { keys: { norm: 'HV-09', engineer: 'wang', month: '2026-05' }, ...none, none: 1 },
      ])
      expect(await by({ to: '2026-05-31' }, ['process', 'day'])).toEqual([
        { keys: { process: 'home-visit', day: '2026-05-01' }, ...none, met: 2, late: 1, none: 1 },
      ])
      expect(await by({}, [])).toEqual([{ keys: {}, met: 2, late: 1, broken: 0, none: 2 }])
      expect(await by({ engineer: 'nobody' }, [])).toEqual([])
      expect(await by({ norm: 'HV-09', customer: '宏达' }, [])).toEqual([{ keys: {}, ...none, none: 2 }])
    })

    it('takes a norm out of those that never came up once it is reported of a job that is over', async () => {
      await put(step(job('a', 1, { status: 'done' }), { active: ['end'] }, { meetable: ['HV-02', 'HV-09'] }))
      const facts: Trace['facts'] = [{ norm: 'HV-09', outcome: 'broken', place: 'end' }]
      await put(
        step(job('a', 2, { status: 'done' }), { active: ['end'] }, { facts, meetable: ['HV-02', 'HV-09'] }),
      )
      for (const filter of [{}, { engineer: 'li' }])
        expect(
          (await open().normCounts(filter, ['norm'])).map(({ keys, broken, none }) => [
            keys.norm,
            broken,
            none,
          ]),
        ).toEqual(
          expect.arrayContaining([
            ['HV-09', 1, 0],
            ['HV-02', 0, 1],
          ]),
        )
    })

    it('tells the jobs behind a number, newest first, page by page', async () => {
      const facts: Trace['facts'] = [{ norm: 'HV-02', outcome: 'broken', place: 'a' }]
      for (const [id, day] of [
        ['a', '2026-05-01'],
        ['b', '2026-05-03'],
        ['c', '2026-05-02'],
      ] as const)
        await put(step(job(id, 1, { status: 'done' }), {}, { day, facts, meetable: ['HV-02', 'HV-09'] }))
      const query = { norm: 'HV-02', outcome: 'broken', limit: 2 } as const
      const first = await open().normJobs(query)
      expect(first.jobs[0]).toEqual({
        job: 'b',
        process: 'home-visit',
        norm: 'HV-02',
        day: '2026-05-03',
        engineer: 'li',
        customer: '宏达',
        place: 'a',
      })
      const rest = await open().normJobs({
        ...query,
        ...(first.next === undefined ? {} : { cursor: first.next }),
      })
      expect([first.jobs[1]?.job, ...rest.jobs.map((found) => found.job), rest.next]).toEqual([
        'c',
        'a',
        undefined,
      ])
      const never = await open().normJobs({ norm: 'HV-09', outcome: 'none', limit: 9, from: '2026-05-02' })
      expect(never.jobs.map((found) => [found.job, found.norm])).toEqual([
        ['b', 'HV-09'],
        ['c', 'HV-09'],
      ])
      expect((await open().normJobs({ outcome: 'met', limit: 9 })).jobs).toEqual([])
      await expect(open().normJobs({ ...query, cursor: 'x' })).rejects.toBeInstanceOf(BadCursor)
    })

    it('adds nothing where the commit does not stand', async () => {
      const facts: Trace['facts'] = [{ norm: 'HV-02', outcome: 'broken', place: 'a' }]
      await expect(put(step(job('a'), {}, { facts }), step(job('b', 5), {}))).rejects.toThrow()
      expect(await open().normCounts({}, ['norm'])).toEqual([])
    })
  })
}
