/** What every store must do to forget what is personal: part of the contract of stores of jobs (`store-contract.ts`). */
import { describe, expect, it } from 'vitest'
import type { Job } from '../../machines/advance/job.ts'
import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import { type JobStore, SeqConflict } from '../../server/store/port.ts'
import { type ErasedJob, JobWaits } from '../../server/store/privacy-port.ts'
import { at, change, commit, entryOf, job, message } from './store-fixtures.ts'

const GONE = '***'
const over = (id: string, seq: number, more: Partial<Job> = {}): Job =>
  job(id, seq, { status: 'done', ...more })

/** A job of two entries that is over, of this customer, with what a norm says of it. */
async function ended(store: JobStore, id: string, customer: string): Promise<void> {
  const trace = { day: '2026-05-01', engineer: 'li', customer }
  const first = change(job(id), { customer, text: customer })
  const last = change(over(id, 2), { active: ['closed'], customer, text: customer })
  const facts = [
    { norm: 'HV-01', outcome: 'met' as const },
    { norm: 'HV-02', outcome: 'late' as const, place: 'booked' },
  ]
  const work = { worker: 'li', facts: [{ person: 'li', kind: 'done' as const, value: 7 }] }
  await store.commit(
    commit([
      { ...first, trace: { ...trace, facts } },
      { ...last, trace: { ...trace, facts: [], meetable: ['HV-01', 'HV-03'], work } },
    ]),
  )
}

function erased(id: string, seq: number): ErasedJob {
  const after = over(id, seq + 1, { erased: { at: at(seq + 1), by: 'admin', seq: seq + 1 } })
  const entries = Array.from({ length: seq }, (_, index) => ({
    ...entryOf(job(id, index + 1), ['booked']),
    command: { kind: 'note' as const, text: GONE },
  }))
  return { change: change(after, { active: ['closed'], customer: GONE, text: GONE }), entries }
}

/** All that tells of customers. */
async function told(store: JobStore) {
  const byText = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  const months = { from: '2026-05', to: '2026-05' }
  return {
    counts: byText(await store.normCounts({}, ['customer', 'norm', 'day'])),
    engineers: byText(await store.normCounts({}, ['engineer', 'norm'])),
    late: byText((await store.normJobs({ outcome: 'late', limit: 9 })).jobs.map(({ customer }) => customer)),
    none: byText((await store.normJobs({ outcome: 'none', limit: 9 })).jobs.map(({ customer }) => customer)),
    customers: await store.reviews.customers('li', months),
    sums: byText(await store.reviews.sums({ ...months, person: 'li' })),
  }
}

export function privacyContract(name: string, given: () => JobStore): void {
  describe(`${name}: what is personal`, () => {
    it('puts one history in the place of another, and one customer in all sums', async () => {
      const store = given()
      const other = createMemoryStore()
      await ended(store, 'a', '王伟')
      await ended(store, 'b', '别人')
      await ended(other, 'a', GONE)
      await ended(other, 'b', '别人')
      const { changeIds } = await store.privacy.eraseJobs([erased('a', 2)], GONE)
      expect(changeIds).toEqual([5])
      expect(await told(store)).toEqual(await told(other))
      expect(JSON.stringify(await store.history('a', 0, 9))).not.toContain('note 1 of a')
      expect((await store.history('a', 0, 9)).map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect((await store.history('b', 0, 9)).map(({ command }) => command)).toMatchObject([
        { text: 'note 1 of b' },
        { text: 'note 2 of b' },
      ])
      expect(await store.load('a')).toMatchObject({ seq: 3, erased: { seq: 3 } })
      expect((await store.list({ sort: 'createdAt', limit: 9, text: '王伟' })).jobs).toEqual([])
      expect((await store.list({ sort: 'createdAt', limit: 9, customer: GONE })).jobs.length).toBe(1)
      expect((await store.changes(4, 9)).map(({ entry }) => [entry.job, entry.seq])).toEqual([['a', 3]])
      await other.close()
    })

    it('writes nothing of a job that changed meanwhile, or whose messages wait', async () => {
      const store = given()
      await ended(store, 'a', '王伟')
      await ended(store, 'b', '王伟')
      await expect(store.privacy.eraseJobs([erased('b', 2), erased('a', 1)], GONE)).rejects.toThrow(
        SeqConflict,
      )
      await store.commit(commit([change(over('b', 3))], { outbox: [message('b.3.m', at(9), { job: 'b' })] }))
      await expect(store.privacy.eraseJobs([erased('a', 2), erased('b', 3)], GONE)).rejects.toThrow(JobWaits)
      expect(JSON.stringify(await store.history('a', 0, 9))).toContain('note 1 of a')
      expect(await store.load('a')).toMatchObject({ seq: 2 })
      await store.outboxFailed('b.3.m', 'nobody', undefined)
      await store.privacy.eraseJobs([erased('a', 2), erased('b', 3)], GONE)
      expect((await store.deadLetters(9)).letters).toEqual([])
    })

    it('finds the histories that hold texts, and the files that histories name', async () => {
      const store = given()
      const noted = (id: string, text: string) => {
        const made = change(job(id))
        return { ...made, entry: { ...made.entry, command: { kind: 'note' as const, text } } }
      }
      const file = 'a'.repeat(64)
      const shown = change(job('d'))
      const evidence = { kind: 'photo' as const, file }
      await store.commit(
        commit([
          noted('c', '王伟 "139"\n1'),
          noted('a', '王伟'),
          noted('b', '139'),
          { ...shown, entry: { ...shown.entry, command: { kind: 'attach', evidence } } },
        ]),
      )
      expect(await store.privacy.jobsHolding(['王伟'])).toEqual(['c', 'a'])
      expect(await store.privacy.jobsHolding(['139', '王伟'])).toEqual(['c'])
      expect(await store.privacy.jobsHolding(['"139"\n1'])).toEqual(['c'])
      expect(await store.privacy.jobsHolding(['nobody'])).toEqual([])
      expect(await store.privacy.filesNamed([file, 'b'.repeat(64)])).toEqual(new Set([file]))
      expect(await store.privacy.filesNamed([])).toEqual(new Set())
    })

    it('tells which jobs are over and quiet, until they are erased, and again after something came', async () => {
      const store = given()
      await ended(store, 'a', '王伟')
      await ended(store, 'b', '王伟')
      await store.commit(commit([change(job('open'))]))
      await store.commit(commit([change(over('x', 1, { process: 'fault' }))]))
      expect(await store.privacy.quietSince('home-visit', at(2), 9)).toEqual([])
      expect((await store.privacy.quietSince('home-visit', at(3), 9)).toSorted()).toEqual(['a', 'b'])
      expect((await store.privacy.quietSince('home-visit', at(3), 1)).length).toBe(1)
      await store.privacy.eraseJobs([erased('a', 2)], GONE)
      expect(await store.privacy.quietSince('home-visit', at(99), 9)).toEqual(['b'])
      const noted = over('a', 4, { erased: { at: at(3), by: 'admin', seq: 3 } })
      await store.commit(commit([change(noted)]))
      expect(await store.privacy.quietSince('home-visit', at(99), 9)).toEqual(['b', 'a'])
    })

    it('forgets what is kept beside a job: messages, answers, findings, notes of moves, surveys, searches', async () => {
      const store = given()
      await ended(store, 'a', '王伟')
      const notice = { kind: 'notify' as const, process: 'home-visit', version: 1, at: at(1), to: [] }
      await store.layNotice({ ...notice, id: 'a.1.n', job: 'a' }, ['li'])
      await store.layNotice({ ...notice, id: 'ab.1.n', job: 'ab' }, ['li'])
      const answer = (key: string, body: string) =>
        store.remember({ key, fingerprint: 'f', response: { status: 200, body, headers: {} }, at: at(0) })
      await answer('k1', 'for 王伟')
      await answer('k2', 'for others')
      const finding = { id: 'f1', process: 'home-visit', version: 1, place: '', text: '王伟 says', by: 'li' }
      await store.findings.add({
        ...{ ...finding, source: 'remark', at: at(1), status: 'dismissed', job: 'a' },
        turns: [{ to: 'dismissed', at: at(2), by: 'li', reason: '王伟 agrees' }],
      })
      const scores = { quality: 1, speed: 1, attitude: 1 }
      const survey = { period: '2026-05', scores, by: 'li', at: at(1), comment: '王伟 again' }
      await store.reviews.saveSurvey({ ...survey, id: 's1', customer: '王伟' })
      await store.reviews.saveSurvey({ ...survey, id: 's2', customer: '别人' })
      await store.saveView('li', { id: 'v', name: 'mine', search: '?customer=%E7%8E%8B%E4%BC%9F&sort=dueAt' })
      await ended(store, 'other', '王伟')

      await store.privacy.eraseJobs([erased('a', 2)], GONE)
      await store.privacy.forgetAnswers(['王伟', 'a'.repeat(40)])
      const page = await store.notices({ person: 'li', limit: 9, order: 'newest' })
      expect(page.received.map(({ notice: { id } }) => id)).toEqual(['ab.1.n'])
      expect(await store.idempotent('k1')).toBeUndefined()
      expect(await store.idempotent('k2')).toBeDefined()
      expect(await store.findings.find('f1')).toMatchObject({ text: GONE, turns: [{ reason: GONE }] })
      // Another job is his: what is said of him by name stays as long as it does.
      expect(await store.reviews.survey('s1')).toMatchObject({ customer: '王伟' })
      await store.privacy.eraseJobs([erased('other', 2)], GONE)
      expect(await store.reviews.survey('s1')).toMatchObject({ customer: GONE, comment: GONE })
      expect(await store.reviews.survey('s2')).toMatchObject({ customer: '别人', comment: '王伟 again' })
      expect((await store.views('li'))[0]?.search).toBe('?customer=***&sort=dueAt')
      await store.privacy.scrub()
    })
  })
}
