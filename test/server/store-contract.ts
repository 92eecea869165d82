/**
 * What every store of jobs must do. Each adapter's test calls this with a way to open an empty store, and, where
 * it is durable, to open it again.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  BadCursor,
  type IdempotencyRecord,
  type JobFilter,
  type JobQuery,
  type JobStore,
  KeyTaken,
  SeqConflict,
  type Within,
} from '../../server/store/port.ts'
import { dispatchContract } from './dispatch-contract.ts'
import { factContract } from './fact-contract.ts'
import { lifeContract } from './life-contract.ts'
import { migrationContract } from './migration-contract.ts'
import { noticeContract } from './notice-contract.ts'
import { privacyContract } from './privacy-contract.ts'
import { reviewContract } from './review-contract.ts'
import { sampleContract } from './sample-contract.ts'
import { at, change, commit, job, message, timer } from './store-fixtures.ts'
import { trainingContract } from './training-contract.ts'
import { viewContract } from './view-contract.ts'
import { webhookContract } from './webhook-contract.ts'

export type StoreUnderTest = { open(): Promise<JobStore>; clean(): Promise<void> }

export function storeContract(name: string, make: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest
  let store: JobStore
  beforeEach(async () => {
    under = await make()
    store = await under.open()
  })
  afterEach(async () => {
    await store.close()
    await under.clean()
  })
  const ids = async (query: Partial<JobQuery>): Promise<string[]> =>
    (await store.list({ sort: 'createdAt', limit: 1000, ...query })).jobs.map((found) => found.job.id)
  const answer = (key: string, more: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
    key,
    fingerprint: 'f',
    response: { status: 200, body: { ok: true }, headers: { etag: '"1"' } },
    at: at(0),
    ...more,
  })

  describe(`${name}: commits`, () => {
    it('gives back a job as it was given, and nothing for an unknown one', async () => {
      const one = job('a', 1, {
        timers: [timer('a:1:0', at(5))],
        rating: { score: 5, at: at(1), by: '张伟' },
      })
      await store.commit(commit([change(one)]))
      expect(await store.load('a')).toEqual(one)
      expect(await store.load('b')).toBeUndefined()
    })

    it('is not changed by what a caller does with a job afterwards', async () => {
      const one = job('a')
      await store.commit(commit([change(one)]))
      one.status = 'failed'
      const loaded = await store.load('a')
      if (loaded) loaded.status = 'cancelled'
      expect((await store.load('a'))?.status).toBe('active')
    })

    it('refuses a change that builds on another seq, and says at which the job is', async () => {
      await store.commit(commit([change(job('a', 1))]))
      await store.commit(commit([change(job('a', 2))]))
      await expect(store.commit(commit([change(job('a', 2))]))).rejects.toMatchObject({
        name: 'SeqConflict',
        job: 'a',
        actual: 2,
      })
      await expect(store.commit(commit([change(job('a', 1))]))).rejects.toBeInstanceOf(SeqConflict)
      await expect(store.commit(commit([change(job('new', 2))]))).rejects.toMatchObject({ actual: 0 })
    })

    it('refuses a change whose seq does not follow what it builds on, or whose entry is of another job', async () => {
      await expect(store.commit(commit([{ ...change(job('a', 2)), expectedSeq: 0 }]))).rejects.toThrow(
        TypeError,
      )
      const mixed = { ...change(job('a')), entry: change(job('b')).entry }
      await expect(store.commit(commit([mixed]))).rejects.toThrow(TypeError)
      expect(await store.load('a')).toBeUndefined()
    })

    it('lets one of 50 racing writers win each seq, and the losers harm nobody (E2)', async () => {
      await store.commit(commit([change(job('a', 1)), change(job('b', 1))]))
      const race = (seq: number): Promise<PromiseSettledResult<unknown>[]> =>
        Promise.allSettled(
          Array.from({ length: 50 }, (_, writer) =>
            store.commit(
              commit([change(job('a', seq, { hash: `${writer}` }))], {
                outbox: [message(`${seq}:${writer}`, at(0))],
              }),
            ),
          ),
        )
      for (const seq of [2, 3, 4]) {
        const other = store.commit(commit([change(job('b', seq))]))
        const outcomes = await race(seq)
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(SeqConflict)
        }
        await other
      }
      expect((await store.history('a', 0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
      expect((await store.load('b'))?.seq).toBe(4)
      expect(await store.outboxDue(at(9), 100)).toHaveLength(3)
    })

    it('writes all of a commit or nothing (E3)', async () => {
      await store.commit(commit([change(job('a', 1))], { outbox: [message('old', at(0))] }))
      const whole = commit([change(job('b', 1, { timers: [timer('b:1:0', at(1))] })), change(job('a', 1))], {
        outbox: [message('new', at(0))],
        delivered: ['old'],
        idempotency: answer('k'),
      })
      await expect(store.commit(whole)).rejects.toBeInstanceOf(SeqConflict)
      expect(await store.load('b')).toBeUndefined()
      expect(await store.history('b', 0, 10)).toEqual([])
      expect(await store.lastChangeId()).toBe(1)
      expect(await store.nextDue()).toBeUndefined()
      expect((await store.outboxDue(at(9), 10)).map(({ id }) => id)).toEqual(['old'])
      expect(await store.idempotent('k')).toBeUndefined()
      expect((await store.count({})).total).toBe(1)
    })

    it('writes nothing where the last part fails', async () => {
      await store.commit(commit([change(job('a', 1))], { outbox: [message('x', at(0))] }))
      const twice = commit([change(job('a', 2))], { outbox: [message('y', at(0)), message('x', at(0))] })
      await expect(store.commit(twice)).rejects.toThrow()
      const cyclic: Record<string, unknown> = {}
      cyclic.self = cyclic
      await expect(
        store.commit(commit([change(job('a', 2))], { outbox: [message('z', at(0), { body: cyclic })] })),
      ).rejects.toThrow()
      expect((await store.load('a'))?.seq).toBe(1)
      expect((await store.outboxDue(at(9), 10)).map(({ id }) => id)).toEqual(['x'])
    })

    it('takes several changes of one job in one commit, and a commit without changes', async () => {
      const { changeIds } = await store.commit(
        commit([change(job('a', 1)), change(job('b', 1)), change(job('a', 2))]),
      )
      expect(changeIds).toEqual([1, 2, 3])
      expect((await store.load('a'))?.seq).toBe(2)
      expect(await store.commit(commit([], { idempotency: answer('k') }))).toEqual({ changeIds: [] })
      expect(await store.idempotent('k')).toEqual(answer('k'))
    })
  })

  describe(`${name}: history and feed`, () => {
    it('gives a job its entries, oldest first, after a seq, by pages', async () => {
      for (let seq = 1; seq <= 5; seq += 1)
        await store.commit(commit([change(job('a', seq)), change(job('b', seq))]))
      const page = await store.history('a', 2, 2)
      expect(page.map(({ job: of, seq }) => [of, seq])).toEqual([
        ['a', 3],
        ['a', 4],
      ])
      expect(page[0]).toEqual(change(job('a', 3)).entry)
      expect(await store.history('a', 5, 10)).toEqual([])
      expect(await store.history('nobody', 0, 10)).toEqual([])
    })

    it('knows the version that a job began on, after it moved to another', async () => {
      await store.commit(commit([change(job('a', 1, { version: 3 })), change(job('b', 1))]))
      await store.commit(commit([change(job('a', 2, { version: 4 }))]))
      expect(await store.startedOn('a')).toBe(3)
      expect(await store.startedOn('b')).toBe(1)
      expect(await store.startedOn('nobody')).toBeUndefined()
    })

    it('numbers changes without gap in the order of commits', async () => {
      expect(await store.lastChangeId()).toBe(0)
      const commits = Array.from({ length: 40 }, (_, n) => store.commit(commit([change(job(`j${n}`))])))
      const given = (await Promise.all(commits)).map(({ changeIds }) => changeIds[0])
      expect(given).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
      const feed = await store.changes(0, 100)
      expect(feed.map(({ id, entry }) => [id, entry.job])).toEqual(given.map((id, n) => [id, `j${n}`]))
      expect(await store.lastChangeId()).toBe(40)
      expect((await store.changes(38, 100)).map(({ id }) => id)).toEqual([39, 40])
      expect((await store.changes(0, 3)).map(({ id }) => id)).toEqual([1, 2, 3])
      expect(await store.changes(40, 3)).toEqual([])
    })

    it('filters the feed by job and process, each change under the process version of its time', async () => {
      await store.commit(commit([change(job('a', 1)), change(job('b', 1, { process: 'fault' }))]))
      await store.commit(commit([change(job('a', 2, { version: 2 }))]))
      expect((await store.changes(0, 9, { job: 'a' })).map(({ id, version }) => [id, version])).toEqual([
        [1, 1],
        [3, 2],
      ])
      expect((await store.changes(0, 9, { process: 'fault' })).map(({ id }) => id)).toEqual([2])
      expect(await store.changes(1, 9, { job: 'a', process: 'fault' })).toEqual([])
      expect(await store.changes(0, 9, { job: 'nobody' })).toEqual([])
    })
  })

  describe(`${name}: lists`, () => {
    const people = ['zhang', 'li', undefined]
    /** 60 jobs that differ in everything a list can ask for. */
    async function fill(): Promise<void> {
      for (let n = 0; n < 60; n += 1) {
        const assignee = people[n % 3]
        await store.commit(
          commit([
            change(
              job(`j${String(n).padStart(2, '0')}`, 1, {
                process: n % 2 === 0 ? 'home-visit' : 'fault',
                version: n % 4 === 0 ? 2 : 1,
                status: n % 5 === 0 ? 'done' : 'active',
                createdAt: at(Math.floor(n / 3)),
                updatedAt: at(100 - n),
              }),
              {
                active:
                  n % 7 === 0
                    ? ['repairing.opened', 'site.safe']
                    : n % 7 === 1
                      ? ['repairing']
                      : ['repairing-later'],
                overdue: n % 6 === 0,
                text: n % 10 === 0 ? '王芳 打印机 卡纸 lx-300' : `李明 笔记本 蓝屏 ${n}`,
                region: n < 30 ? '杭州' : '上海',
                ...(assignee ? { assignee } : {}),
                ...(n % 8 === 0 ? { customer: '蔡女士' } : {}),
                ...(n % 9 === 0 ? { suspended: true as const } : {}),
                ...(n % 4 === 1 ? { dueAt: at(500 - n) } : {}),
              },
            ),
          ]),
        )
      }
    }
    const numbers = (found: string[]): number[] =>
      found.map((id) => Number(id.slice(1))).sort((a, b) => a - b)
    const where = (test: (n: number) => boolean): number[] =>
      Array.from({ length: 60 }, (_, n) => n).filter(test)

    it('filters by each property, and by several', async () => {
      await fill()
      const cases: [JobFilter, (n: number) => boolean][] = [
        [{}, () => true],
        [{ process: 'fault' }, (n) => n % 2 === 1],
        [{ process: 'home-visit', version: 2 }, (n) => n % 4 === 0],
        [{ status: 'done' }, (n) => n % 5 === 0],
        [{ assignee: 'li' }, (n) => n % 3 === 1],
        [{ region: '上海' }, (n) => n >= 30],
        [{ overdue: true }, (n) => n % 6 === 0],
        [{ customer: '蔡女士' }, (n) => n % 8 === 0],
        [{ customer: '蔡' }, () => false],
        [{ suspended: true }, (n) => n % 9 === 0],
        [{ suspended: false, customer: '蔡女士' }, (n) => n % 9 !== 0 && n % 8 === 0],
        [{ overdue: false, status: 'active' }, (n) => n % 6 !== 0 && n % 5 !== 0],
        [{ createdFrom: at(3), createdTo: at(5) }, (n) => n >= 9 && n < 15],
        [{ createdFrom: at(1) }, (n) => n >= 3],
        [{ createdFrom: at(2), createdTo: at(19), overdue: false }, (n) => n >= 6 && n < 57 && n % 6 !== 0],
        [{ createdTo: at(18), region: '上海', suspended: false }, (n) => n >= 30 && n < 54 && n % 9 !== 0],
        [
          { createdTo: at(19), within: [{ processes: ['fault'], regions: ['杭州'] }] },
          (n) => n < 30 && n % 2 === 1,
        ],
        [{ createdFrom: at(19), createdTo: at(1) }, () => false],
        [{ createdFrom: at(1), createdTo: at(1) }, () => false],
        [{ createdFrom: at(1), state: 'repairing' }, (n) => n >= 3 && n % 7 < 2],
        [{ createdFrom: at(1), assignee: 'li' }, (n) => n >= 3 && n % 3 === 1],
        [{ dueFrom: at(450) }, (n) => n % 4 === 1 && n <= 50],
        [{ dueTo: at(450) }, (n) => n % 4 === 1 && n > 50],
        [{ dueFrom: at(479), dueTo: at(487) }, (n) => n % 4 === 1 && n > 13 && n <= 21],
        [
          { process: 'fault', assignee: 'zhang', region: '杭州' },
          (n) => n % 2 === 1 && n % 3 === 0 && n < 30,
        ],
      ]
      for (const [filter, test] of cases) {
        expect(numbers(await ids(filter)), JSON.stringify(filter)).toEqual(where(test))
        const counts = await store.count(filter)
        expect(counts.total, JSON.stringify(filter)).toBe(where(test).length)
        expect(counts.overdue).toBe(where((n) => test(n) && n % 6 === 0).length)
        expect(counts.byStatus.done ?? 0).toBe(where((n) => test(n) && n % 5 === 0).length)
        expect(counts.byProcess.fault ?? 0).toBe(where((n) => test(n) && n % 2 === 1).length)
      }
    })

    it('keeps to processes, to regions, and to either of two limits, in lists, counts and the feed', async () => {
      await fill()
      const hang = (n: number) => n < 30
      const visit = (n: number) => n % 2 === 0
      const cases: [readonly Within[], (n: number) => boolean][] = [
        [[{ processes: ['home-visit'] }], visit],
        [[{ processes: ['home-visit', 'fault'] }], () => true],
        [[{ regions: ['杭州'] }], hang],
        [[{ processes: ['home-visit'], regions: ['杭州'] }], (n) => visit(n) && hang(n)],
        [[{ processes: ['fault'] }, { regions: ['上海'] }], (n) => !visit(n) || !hang(n)],
        [[{ regions: ['北京'] }], () => false],
        [[{}], () => true],
        [[], () => false],
      ]
      for (const [within, test] of cases) {
        const found = await store.list({ within, sort: 'createdAt', limit: 100 })
        expect(numbers(found.jobs.map((each) => each.job.id))).toEqual(where(test))
        const { total, byStatus } = await store.count({ within, status: 'done' })
        expect([total, byStatus.done ?? 0]).toEqual(
          Array(2).fill(where((n) => test(n) && n % 5 === 0).length),
        )
        const fed = await store.changes(0, 100, { within })
        expect(numbers(fed.map(({ entry }) => entry.job))).toEqual(where(test))
      }
      // A job that names no region is of none.
      await store.commit(commit([change(job('j60', 1), { text: 'x' })]))
      const none = await store.list({ within: [{ regions: [''] }], sort: 'createdAt', limit: 9 })
      expect(none.jobs).toEqual([])
    })

    it('finds a state with all that is below it, and nothing that only begins alike', async () => {
      await fill()
      expect(numbers(await ids({ state: 'repairing' }))).toEqual(where((n) => n % 7 < 2))
      expect(numbers(await ids({ state: 'repairing.opened' }))).toEqual(where((n) => n % 7 === 0))
      expect(numbers(await ids({ state: 'site', process: 'fault' }))).toEqual(where((n) => n % 14 === 7))
      expect(await ids({ state: 'opened' })).toEqual([])
      expect(await ids({ state: 'repairing%' })).toEqual([])
      expect((await store.count({ state: 'repairing' })).total).toBe(where((n) => n % 7 < 2).length)
    })

    it('finds words of any length, in any case and width, anywhere in the text or the id', async () => {
      await fill()
      const printers = where((n) => n % 10 === 0)
      for (const text of ['打印机', '打印', '印', 'LX', 'ＬＸ－３００', '芳 卡纸', '  x-3  打印机 ']) {
        expect(numbers(await ids({ text })), text).toEqual(printers)
      }
      expect(await ids({ text: 'j07' })).toEqual(['j07'])
      expect(numbers(await ids({ text: '蓝屏 42' }))).toEqual([42])
      expect(numbers(await ids({ text: '打印机', region: '上海' }))).toEqual([30, 40, 50])
      for (const text of [
        '打机',
        '卡纸 蓝屏',
        '"',
        "'",
        '*',
        '%',
        '_',
        'NOT',
        'a OR b',
        '\\',
        'NEAR(',
        '😀',
        '(',
      ]) {
        expect(await ids({ text }), text).toEqual([])
      }
      expect(numbers(await ids({ text: '  ' }))).toEqual(where(() => true))
    })

    it('forgets what a job no longer is', async () => {
      await store.commit(
        commit([
          change(job('a', 1), { active: ['old.state'], text: '旧文字', assignee: 'li', dueAt: at(1) }),
        ]),
      )
      await store.commit(
        commit([change(job('a', 2, { version: 2 }), { active: ['new'], text: '新文字', overdue: true })]),
      )
      for (const filter of [
        { state: 'old' },
        { text: '旧' },
        { assignee: 'li' },
        { dueTo: at(9) },
        { version: 1 },
      ]) {
        expect(await ids(filter), JSON.stringify(filter)).toEqual([])
        expect((await store.count(filter)).total).toBe(0)
      }
      for (const filter of [{ state: 'new' }, { text: '新文' }, { overdue: true }, { version: 2 }]) {
        expect(await ids(filter), JSON.stringify(filter)).toEqual(['a'])
        expect((await store.count(filter)).total).toBe(1)
      }
      expect((await store.list({ sort: 'dueAt', limit: 1 })).jobs[0]?.index).toEqual({
        active: ['new'],
        text: '新文字',
        overdue: true,
      })
    })

    it('sorts by each sort, ties by id, jobs without a deadline last', async () => {
      await fill()
      const by = async (sort: JobQuery['sort']): Promise<string[]> => await ids({ sort })
      const all = where(() => true).map((n) => `j${String(n).padStart(2, '0')}`)
      expect(await by('createdAt')).toEqual(all)
      expect(await by('-createdAt')).toEqual(all.toReversed())
      expect(await by('updatedAt')).toEqual(all.toReversed())
      expect(await by('-updatedAt')).toEqual(all)
      const due = all.filter((id) => Number(id.slice(1)) % 4 === 1).toReversed()
      expect(await by('dueAt')).toEqual([...due, ...all.filter((id) => !due.includes(id))])
    })

    it('pages every sort without gap or double, also while jobs are put in', async () => {
      await fill()
      for (const sort of ['createdAt', '-createdAt', 'updatedAt', '-updatedAt', 'dueAt'] as const) {
        const expected = await ids({ sort, process: 'fault' })
        const seen: string[] = []
        let cursor: string | undefined
        let pages = 0
        do {
          const page = await store.list({
            sort,
            process: 'fault',
            limit: 7,
            ...(cursor === undefined ? {} : { cursor }),
          })
          expect(page.jobs.length).toBeLessThanOrEqual(7)
          seen.push(...page.jobs.map((found) => found.job.id))
          cursor = page.next
          pages += 1
          // Both at the beginning and at the end of every order.
          const early = job(`a-${sort}-${pages}`, 1, {
            process: 'fault',
            createdAt: at(-1),
            updatedAt: at(-1),
          })
          const late = job(`z-${sort}-${pages}`, 1, {
            process: 'fault',
            createdAt: at(999),
            updatedAt: at(999),
          })
          await store.commit(commit([change(early, { dueAt: at(-1) }), change(late)]))
        } while (cursor !== undefined && pages < 50)
        expect(new Set(seen).size, sort).toBe(seen.length)
        expect(
          seen.filter((id) => expected.includes(id)),
          sort,
        ).toEqual(expected)
      }
    })

    it('gives no cursor after the last page, exactly full or not', async () => {
      await store.commit(commit([change(job('a')), change(job('b'))]))
      expect((await store.list({ sort: 'createdAt', limit: 2 })).next).toBeUndefined()
      expect((await store.list({ sort: 'createdAt', limit: 1 })).next).toBeTypeOf('string')
    })

    it('refuses a cursor that is none, or is of another sort', async () => {
      await store.commit(commit([change(job('a')), change(job('b'))]))
      const { next = '' } = await store.list({ sort: 'createdAt', limit: 1 })
      const bad = ['', 'x', '****', btoa('[]'), btoa('["createdAt",1,2]'), btoa('null'), next.slice(0, -3)]
      for (const cursor of bad) {
        await expect(store.list({ sort: 'createdAt', limit: 1, cursor }), cursor).rejects.toBeInstanceOf(
          BadCursor,
        )
      }
      await expect(store.list({ sort: 'dueAt', limit: 1, cursor: next })).rejects.toBeInstanceOf(BadCursor)
    })

    it('counts active jobs by leaf path, of one version or all', async () => {
      await store.commit(
        commit([
          change(job('a'), { active: ['x.y', 'z'] }),
          change(job('b', 1, { version: 2 }), { active: ['x.y'] }),
          change(job('c', 1, { status: 'done' }), { active: ['z'] }),
          change(job('d', 1, { process: 'fault' }), { active: ['z'] }),
        ]),
      )
      expect(await store.countByState('home-visit')).toEqual({ 'x.y': 2, z: 1 })
      expect(await store.countByState('home-visit', 2)).toEqual({ 'x.y': 1 })
      expect(await store.countByState('nothing')).toEqual({})
      await store.commit(commit([change(job('a', 2, { status: 'cancelled' }), { active: ['gone'] })]))
      await store.commit(commit([change(job('b', 2, { version: 3 }), { active: ['x.y'] })]))
      expect(await store.countByState('home-visit')).toEqual({ 'x.y': 1 })
      expect(await store.countByState('home-visit', 2)).toEqual({})
      expect(await store.countByState('home-visit', 3)).toEqual({ 'x.y': 1 })
    })

    it('counts active jobs by leaf path within limits, and no outer state', async () => {
      await store.commit(
        commit([
          change(job('a'), { active: ['x.y'], region: 'east' }),
          change(job('b'), { active: ['x.y'], region: 'west' }),
          change(job('c'), { active: ['x.y'] }),
          change(job('d', 1, { status: 'done' }), { active: ['x.y'], region: 'east' }),
          // Of another version, where it is no outer one.
          change(job('e', 1, { version: 2 }), { active: ['x'], region: 'east' }),
        ]),
      )
      const east = [{ regions: ['east'] }]
      expect(await store.countByState('home-visit', undefined, east)).toEqual({ 'x.y': 1, x: 1 })
      expect(await store.countByState('home-visit', 1, east)).toEqual({ 'x.y': 1 })
      expect(await store.countByState('home-visit', 1, [{ processes: ['fault'] }])).toEqual({})
      expect(await store.countByState('home-visit', 1, [])).toEqual({})
      const both = [{ regions: ['west'] }, { processes: ['home-visit'], regions: ['east'] }]
      expect(await store.countByState('home-visit', 1, both)).toEqual({ 'x.y': 2 })
    })

    it('counts by state, what is below it, region and rest, true over many changes', async () => {
      const kinds = ['active', 'done', 'cancelled'] as const
      const places = [['s.a.x', 's.a.y'], ['s.a.x', 's.b'], ['s.b'], ['sa'], []]
      const regions = ['杭州', '上海', undefined]
      let random = 11
      const pick = <T>(from: readonly T[]): T | undefined => {
        random = (random * 48271) % 2147483647
        return from[random % from.length]
      }
      for (let seq = 1; seq <= 8; seq += 1)
        for (let n = 0; n < 30; n += 1) {
          const region = pick(regions)
          const index = {
            active: pick(places) ?? [],
            overdue: pick([true, false]) ?? false,
            ...(region === undefined ? {} : { region }),
            ...(pick([true, false]) ? { suspended: true as const } : {}),
          }
          const head = {
            status: pick(kinds) ?? 'active',
            process: pick(['fault', 'home-visit']) ?? '',
            version: pick([1, 2]) ?? 1,
          }
          await store.commit(commit([change(job(`j${n}`, seq, head), index)]))
        }
      const filters: JobFilter[] = ['s', 's.a', 's.a.x', 's.b', 'sa', 'a', '', undefined].flatMap((state) => {
        const inState = state === undefined ? {} : { state }
        return [
          inState,
          { ...inState, process: 'fault', status: 'active' },
          { ...inState, suspended: true },
          { ...inState, suspended: false, version: 2 },
          { ...inState, region: '杭州', overdue: true },
          { ...inState, region: '' },
          { ...inState, within: [{ processes: ['fault'], regions: ['上海', '杭州'] }] },
          { ...inState, within: [{ regions: [''] }] },
          { ...inState, within: [] },
        ] satisfies JobFilter[]
      })
      let counted = 0
      for (const filter of filters) {
        const { jobs } = await store.list({ ...filter, sort: 'createdAt', limit: 100 })
        const counts = await store.count(filter)
        const name = JSON.stringify(filter)
        expect(counts.total, name).toBe(jobs.length)
        expect(counts.overdue, name).toBe(jobs.filter(({ index }) => index.overdue).length)
        for (const kind of kinds)
          expect(counts.byStatus[kind] ?? 0, name).toBe(
            jobs.filter((found) => found.job.status === kind).length,
          )
        counted += counts.total
      }
      expect(counted).toBeGreaterThan(200)
    })

    it('keeps its counts true over many changes of every kind', async () => {
      const kinds = ['active', 'done', 'cancelled', 'failed'] as const
      let random = 7
      const next = (below: number): number => {
        random = (random * 48271) % 2147483647
        return random % below
      }
      for (let seq = 1; seq <= 8; seq += 1) {
        await Promise.all(
          Array.from({ length: 30 }, (_, n) =>
            store.commit(
              commit([
                change(job(`j${n}`, seq, { version: 1 + next(2), status: kinds[next(6)] ?? 'active' }), {
                  active: [`s${next(3)}`],
                  overdue: next(2) === 1,
                }),
              ]),
            ),
          ),
        )
      }
      const { jobs } = await store.list({ sort: 'createdAt', limit: 100 })
      const counts = await store.count({})
      expect(counts.total).toBe(30)
      expect(counts.overdue).toBe(jobs.filter(({ index }) => index.overdue).length)
      for (const status of kinds) {
        expect(counts.byStatus[status] ?? 0).toBe(jobs.filter((found) => found.job.status === status).length)
      }
      const active = jobs.filter((found) => found.job.status === 'active' && found.job.version === 1)
      for (const path of ['s0', 's1', 's2']) {
        const expected = active.filter(({ index }) => index.active.includes(path)).length
        expect((await store.countByState('home-visit', 1))[path] ?? 0).toBe(expected)
      }
    })
  })

  describe(`${name}: timers`, () => {
    it('gives what is due, earliest first, ties by token', async () => {
      await store.commit(
        commit([
          change(job('a', 1, { timers: [timer('a:1:1', at(3)), timer('a:1:0', at(9))] })),
          change(
            job('b', 1, { timers: [timer('b:1:0', at(3)), timer('b:1:1', at(1), { event: { type: 'x' } })] }),
          ),
        ]),
      )
      expect(await store.nextDue()).toBe(at(1))
      const due = await store.dueTimers(at(3), 10)
      expect(due.map((found) => [found.job, found.timer.token])).toEqual([
        ['b', 'b:1:1'],
        ['a', 'a:1:1'],
        ['b', 'b:1:0'],
      ])
      expect(due[0]?.timer).toEqual(timer('b:1:1', at(1), { event: { type: 'x' } }))
      expect(await store.dueTimers(at(3), 1)).toHaveLength(1)
      expect(await store.dueTimers(at(0), 10)).toEqual([])
    })

    it('knows only the timers of the latest commit that have not fired, and none of a job that is over', async () => {
      const armed = [timer('a:1:0', at(1)), timer('a:1:1', at(2)), timer('a:1:2', at(4))]
      await store.commit(commit([change(job('a', 1, { timers: armed }))]))
      const later = [timer('a:1:0', at(1), { fired: true }), timer('a:1:1', at(7)), timer('a:2:0', at(6))]
      await store.commit(commit([change(job('a', 2, { timers: later }))]))
      expect(
        (await store.dueTimers(at(99), 10)).map((found) => [found.timer.token, found.timer.dueAt]),
      ).toEqual([
        ['a:2:0', at(6)],
        ['a:1:1', at(7)],
      ])
      await store.commit(commit([change(job('a', 3, { timers: later, status: 'done' }))]))
      expect(await store.dueTimers(at(99), 10)).toEqual([])
      expect(await store.nextDue()).toBeUndefined()
    })
  })

  describe(`${name}: outbox`, () => {
    it('gives what is due in order, until it is delivered', async () => {
      await store.commit(
        commit([change(job('a'))], {
          outbox: [
            message('late', at(5)),
            message('b', at(1)),
            message('a', at(1), { body: null }),
            message('c', at(0)),
          ],
        }),
      )
      expect(await store.outboxNext()).toBe(at(0))
      const due = await store.outboxDue(at(1), 10)
      expect(due.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
      expect(due[1]).toEqual({ ...message('b', at(1)), attempts: 0, dead: false })
      expect(due[2]?.body).toBeNull()
      expect(await store.outboxDue(at(1), 1)).toHaveLength(1)
      await store.outboxDelivered(['c', 'unknown'])
      await store.commit(commit([change(job('a', 2))], { delivered: ['b', 'a'] }))
      expect((await store.outboxDue(at(9), 10)).map(({ id }) => id)).toEqual(['late'])
      expect(await store.outboxNext()).toBe(at(5))
    })

    it('tries again at the time named, and never again what is dead', async () => {
      await store.commit(commit([change(job('a'))], { outbox: [message('x', at(0))] }))
      await store.outboxFailed('x', 'no answer', at(4))
      expect(await store.outboxDue(at(3), 10)).toEqual([])
      expect(await store.outboxNext()).toBe(at(4))
      expect(await store.outboxDue(at(4), 10)).toEqual([
        { ...message('x', at(4)), attempts: 1, lastError: 'no answer', dead: false },
      ])
      await store.outboxFailed('x', 'refused', undefined)
      expect(await store.outboxDue(at(99), 10)).toEqual([])
      expect(await store.outboxNext()).toBeUndefined()
      await store.outboxFailed('unknown', 'refused', undefined)
    })
  })

  describe(`${name}: a suspended job`, () => {
    it('has no timer that could fire, until it goes on', async () => {
      const timers = [timer('a:1:0', at(5))]
      const suspended = { at: at(2), by: 'anna', reason: 'waiting', held: [] }
      await store.commit(commit([change(job('a', 1, { timers }))]))
      await store.commit(commit([change(job('a', 2, { timers, suspended }))]))
      expect([await store.dueTimers(at(9), 9), await store.nextDue()]).toEqual([[], undefined])
      await store.commit(commit([change(job('a', 3, { timers: [timer('a:3:0', at(7))] }))]))
      expect(await store.nextDue()).toBe(at(7))
    })
  })

  describe(`${name}: idempotency`, () => {
    it('keeps the answer with its commit', async () => {
      await store.commit(commit([change(job('a'))], { idempotency: answer('k') }))
      expect(await store.idempotent('k')).toEqual(answer('k'))
      expect(await store.idempotent('other')).toBeUndefined()
    })

    it('lets one of many commits with one key through, so that a retried creation makes one job', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          store.commit(commit([change(job(`j${n}`))], { idempotency: answer('k', { fingerprint: `${n}` }) })),
        ),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(KeyTaken)
      }
      expect((await store.count({})).total).toBe(1)
    })

    it('remembers a refusal, the first one, and forgets the old', async () => {
      await store.remember(answer('k', { fingerprint: 'first' }))
      await store.remember(answer('k', { fingerprint: 'second' }))
      await store.remember(answer('young', { at: at(5) }))
      expect((await store.idempotent('k'))?.fingerprint).toBe('first')
      await store.forget(at(5))
      expect(await store.idempotent('k')).toBeUndefined()
      expect(await store.idempotent('young')).toEqual(answer('young', { at: at(5) }))
    })
  })

  migrationContract(name, () => store)
  factContract(name, () => store)
  lifeContract(name, () => store)
  dispatchContract(name, () => store)
  noticeContract(name, () => store)
  reviewContract(name, () => store)
  viewContract(name, () => store)
  webhookContract(name, () => store)
  trainingContract(name, () => store)
  sampleContract(name, () => store)
  privacyContract(name, () => store)
}
