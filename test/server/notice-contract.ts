/**
 * What every store must do with messages to people and with dead letters: part of the contract of stores of jobs
 * (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { Notice, NoticeQuery } from '../../server/store/notice-port.ts'
import { BadCursor, type JobStore, type Within } from '../../server/store/port.ts'
import { at, change, commit, job, message } from './store-fixtures.ts'

const notice = (id: string, more: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'remind',
  job: 'a',
  process: 'home-visit',
  version: 1,
  at: at(1),
  to: [{ role: 'dispatcher' }],
  message: { en: 'Call back.', zh: '请回电。' },
  ...more,
})

/** Lays messages before people, each through the outbox. */
async function lay(store: JobStore, people: string[], notices: Notice[]): Promise<void> {
  await store.commit(commit([], { outbox: notices.map(({ id }) => message(id, at(0), { kind: 'notice' })) }))
  for (const each of notices) expect(await store.deliverNotice(each.id, each, people)).toBe(true)
}
const page = (store: JobStore, query: Partial<NoticeQuery> = {}) =>
  store.notices({ person: 'li', limit: 100, order: 'newest', ...query })
const ids = async (store: JobStore, query: Partial<NoticeQuery> = {}) =>
  (await page(store, query)).received.map((each) => each.notice.id)
const none = { remind: 0, notify: 0, breach: 0 }

export function noticeContract(name: string, open: () => JobStore): void {
  describe(`${name}: messages to people`, () => {
    it('takes a message out of the outbox and lays it before each reader as it was given', async () => {
      const store = open()
      await lay(store, ['li', 'wang'], [notice('x')])
      expect(await store.outboxDue(at(9), 9)).toEqual([])
      const { received, latest } = await page(store)
      expect(received).toEqual([{ n: latest, read: false, notice: notice('x') }])
      expect(await ids(store, { person: 'wang' })).toEqual(['x'])
      expect(await page(store, { person: 'nobody' })).toEqual({ received: [], latest: 0 })
    })

    it('leaves out what jobs beyond the limits of a reader told, in pages and in counts', async () => {
      const store = open()
      await store.commit(
        commit([
          change(job('a'), { region: '浦东' }),
          change(job('b'), { region: '浦西' }),
          change(job('c', 1, { process: 'fault' })),
        ]),
      )
      const page: Notice = { id: 'p', kind: 'remind', at: at(1), to: [{ person: 'li' }], page: 'training' }
      await lay(
        store,
        ['li'],
        [notice('x', { job: 'a' }), notice('y', { job: 'b' }), notice('z', { job: 'c' })],
      )
      await lay(store, ['li'], [page])
      const cases: [readonly Within[], string[]][] = [
        [[{ regions: ['浦东'] }], ['p', 'x']],
        [
          [{ regions: ['浦西'] }, { processes: ['fault'] }],
          ['p', 'z', 'y'],
        ],
        [[], ['p']],
      ]
      for (const [within, expected] of cases) {
        expect(await ids(store, { within })).toEqual(expected)
        expect(await ids(store, { within, order: 'unread', limit: 2 })).toEqual(expected.slice(0, 2))
        expect(await store.unreadNotices('li', within)).toEqual({ ...none, remind: expected.length })
      }
    })

    it('delivers once, however often and by however many it is tried (E6)', async () => {
      const store = open()
      await store.commit(commit([], { outbox: [message('x', at(0))] }))
      const tries = Array.from({ length: 20 }, () => store.deliverNotice('x', notice('x'), ['li']))
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
      expect(await store.deliverNotice('x', notice('x'), ['li'])).toBe(false)
      expect(await store.deliverNotice('never', notice('never'), ['li'])).toBe(false)
      expect(await ids(store)).toEqual(['x'])
    })

    it('takes what no job tells without the outbox, once by its id', async () => {
      const store = open()
      const told: Notice = {
        id: 'due',
        kind: 'remind',
        page: 'training',
        at: at(1),
        to: [{ person: 'li' }],
        message: { en: 'Due.', zh: '到期。' },
      }
      expect(await store.layNotice(told, ['li', 'wang'])).toBe(true)
      expect(await store.layNotice(told, ['li', 'zhou'])).toBe(false)
      expect((await page(store)).received.map((each) => each.notice)).toEqual([told])
      expect(await ids(store, { person: 'wang' })).toEqual(['due'])
      expect(await ids(store, { person: 'zhou' })).toEqual([])
      await store.markNotices('li', ['due'], true)
      expect(await store.unreadNotices('li')).toEqual(none)
    })

    it('gives the unread first where that is asked for, the latest of them first', async () => {
      const store = open()
      await lay(
        store,
        ['li'],
        ['a', 'b', 'c', 'd'].map((id) => notice(id)),
      )
      await store.markNotices('li', ['b', 'd'], true)
      expect(await ids(store)).toEqual(['d', 'c', 'b', 'a'])
      expect(await ids(store, { order: 'unread' })).toEqual(['c', 'a', 'd', 'b'])
      expect(await ids(store, { unreadOnly: true })).toEqual(['c', 'a'])
    })

    it.each(['newest', 'unread'] as const)(
      'pages by %s without gap or double, while more come',
      async (order) => {
        const store = open()
        await lay(
          store,
          ['li'],
          Array.from({ length: 11 }, (_, k) => notice(`n${k}`)),
        )
        await store.markNotices('li', ['n2', 'n3', 'n7', 'n9'], true)
        const whole = await ids(store, { order })
        const seen: string[] = []
        let cursor: string | undefined
        for (let round = 0; round < 9; round += 1) {
          const { received, next } = await page(store, { order, limit: 3, ...(cursor ? { cursor } : {}) })
          seen.push(...received.map((each) => each.notice.id))
          await lay(store, ['li'], [notice(`late ${round}`)])
          cursor = next
          if (next === undefined) break
        }
        expect(seen).toEqual(whole)
      },
    )

    it('pages by kind, and refuses a cursor of another order or of nowhere', async () => {
      const store = open()
      await lay(
        store,
        ['li'],
        [notice('r1'), notice('b1', { kind: 'breach' }), notice('r2'), notice('b2', { kind: 'breach' })],
      )
      expect(await ids(store, { kind: 'breach' })).toEqual(['b2', 'b1'])
      expect(await ids(store, { kind: 'breach', order: 'unread' })).toEqual(['b2', 'b1'])
      const { next = '' } = await page(store, { limit: 1 })
      await expect(page(store, { order: 'unread', cursor: next })).rejects.toBeInstanceOf(BadCursor)
      await expect(page(store, { cursor: 'WzEsMl0' })).rejects.toBeInstanceOf(BadCursor)
      await expect(page(store, { cursor: '%' })).rejects.toBeInstanceOf(BadCursor)
    })

    it('counts what is unread by kind, each person for himself', async () => {
      const store = open()
      await lay(store, ['li', 'wang'], [notice('r'), notice('n', { kind: 'notify' })])
      await lay(store, ['li'], [notice('b', { kind: 'breach' })])
      expect(await store.unreadNotices('li')).toEqual({ remind: 1, notify: 1, breach: 1 })
      expect(await store.markNotices('li', ['r', 'b', 'unknown'], true)).toBe(2)
      expect(await store.markNotices('li', ['r'], true)).toBe(0)
      expect(await store.unreadNotices('li')).toEqual({ ...none, notify: 1 })
      expect(await store.unreadNotices('wang')).toEqual({ ...none, remind: 1, notify: 1 })
      expect(await store.markNotices('li', ['r'], false)).toBe(1)
      expect(await store.unreadNotices('li')).toEqual({ ...none, notify: 1, remind: 1 })
      expect(await store.markNotices('zhou', ['r'], true)).toBe(0)
    })

    it('marks all up to what was seen, and leaves what came since', async () => {
      const store = open()
      await lay(store, ['li', 'wang'], [notice('a'), notice('b', { kind: 'breach' })])
      const { latest } = await page(store)
      await lay(store, ['li'], [notice('c')])
      expect(await store.markAllNotices('li', latest, 'breach')).toBe(1)
      expect(await ids(store, { unreadOnly: true })).toEqual(['c', 'a'])
      expect(await store.markAllNotices('li', latest)).toBe(1)
      expect(await ids(store, { unreadOnly: true })).toEqual(['c'])
      expect(await ids(store, { person: 'wang', unreadOnly: true })).toEqual(['b', 'a'])
    })

    it('forgets what is old and read, and keeps what anybody has not read', async () => {
      const store = open()
      await lay(store, ['li', 'wang'], [notice('old', { at: at(1) }), notice('older', { at: at(0) })])
      await lay(store, ['li'], [notice('new', { at: at(5) })])
      await store.markNotices('li', ['old', 'new', 'older'], true)
      await store.markNotices('wang', ['older'], true)
      await store.forgetNotices(at(2))
      expect(await ids(store)).toEqual(['new'])
      expect(await ids(store, { person: 'wang' })).toEqual(['old'])
    })
  })

  describe(`${name}: dead letters`, () => {
    const dead = async (store: JobStore, letters: string[]) => {
      await store.commit(commit([change(job('a'))], { outbox: letters.map((id, k) => message(id, at(k))) }))
      for (const id of letters) await store.outboxFailed(id, `why ${id}`, undefined)
    }

    it('are listed, the latest first, by pages', async () => {
      const store = open()
      await dead(store, ['x', 'y', 'z'])
      const first = await store.deadLetters(2)
      expect(first.letters.map(({ id }) => id)).toEqual(['z', 'y'])
      expect(first.letters[0]).toMatchObject({ attempts: 1, lastError: 'why z', dead: true })
      const rest = await store.deadLetters(2, first.next)
      expect(rest.letters.map(({ id }) => id)).toEqual(['x'])
      expect(rest.next).toBeUndefined()
      await expect(store.deadLetters(2, 'x')).rejects.toBeInstanceOf(BadCursor)
    })

    it('come back into the outbox one by one or all together, as if never tried', async () => {
      const store = open()
      await dead(store, ['x', 'y', 'z'])
      expect(await store.outboxDue(at(99), 9)).toEqual([])
      expect(await store.reviveDead(at(50), 'y')).toBe(1)
      expect(await store.reviveDead(at(50), 'y')).toBe(0)
      expect(await store.outboxDue(at(49), 9)).toEqual([])
      expect(await store.outboxDue(at(50), 9)).toMatchObject([{ id: 'y', attempts: 0, dead: false }])
      expect(await store.reviveDead(at(51))).toBe(2)
      expect((await store.outboxDue(at(51), 9)).map(({ id }) => id)).toEqual(['y', 'x', 'z'])
    })

    it('are thrown away, which a living message is not', async () => {
      const store = open()
      await dead(store, ['x'])
      await store.commit(commit([], { outbox: [message('alive', at(0))] }))
      expect([await store.dropDead('alive'), await store.dropDead('x'), await store.dropDead('x')]).toEqual([
        0, 1, 0,
      ])
      expect((await store.deadLetters(9)).letters).toEqual([])
      expect((await store.outboxDue(at(9), 9)).map(({ id }) => id)).toEqual(['alive'])
    })
  })
}
