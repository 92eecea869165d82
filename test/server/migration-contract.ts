/**
 * What every store must do with migrations: part of the contract of stores of jobs (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { MigrationRun, MoveResult } from '../../server/store/migration-port.ts'
import { type JobStore, SeqConflict } from '../../server/store/port.ts'
import { at, change, commit, job } from './store-fixtures.ts'

const run = (id: string, more: Partial<MigrationRun> = {}): MigrationRun => ({
  id,
  process: 'home-visit',
  from: 1,
  to: 2,
  mapping: { states: { a: 'b' }, timers: 'restart' },
  filter: { region: '浦东' },
  dryRun: false,
  actor: { id: 'anna', name: 'Anna', roles: ['process-owner'] },
  startedAt: at(0),
  updatedAt: at(0),
  status: 'running',
  total: 3,
  ...more,
})
const result = (of: string, named: string, more: Partial<MoveResult> = {}): MoveResult => ({
  run: of,
  job: named,
  outcome: 'moved',
  from: ['booked'],
  to: ['booked'],
  notes: [],
  seq: 2,
  at: at(1),
  ...more,
})
const why = { code: 'state-gone', message: { en: 'gone', zh: '没有了' } }

export function migrationContract(name: string, open: () => JobStore): void {
  describe(`${name}: migrations`, () => {
    it('keeps a run as it was last saved, and lists the newest first', async () => {
      const store = open()
      await store.saveMigration(run('m1'))
      await store.saveMigration(run('m2', { process: 'fault' }))
      await store.saveMigration(run('m3'))
      await store.saveMigration(run('m1', { status: 'stopped', cursor: 'c' }))
      expect(await store.migration('m1')).toEqual(run('m1', { status: 'stopped', cursor: 'c' }))
      expect(await store.migration('m9')).toBeUndefined()
      expect((await store.migrations()).map(({ id }) => id)).toEqual(['m3', 'm2', 'm1'])
      expect((await store.migrations('home-visit')).map(({ id }) => id)).toEqual(['m3', 'm1'])
    })

    it('writes what came of a job with the job, or neither', async () => {
      const store = open()
      await store.saveMigration(run('m'))
      await store.commit(commit([change(job('a'))]))
      const moved = job('a', 2, { version: 2 })
      await store.commit(commit([change(moved)], { moves: [result('m', 'a')] }))
      expect(await store.moveResults({ run: 'm', limit: 9 })).toEqual([result('m', 'a')])
      expect(await store.countByState('home-visit', 2)).toEqual({ booked: 1 })
      expect(await store.countByState('home-visit', 1)).toEqual({})
      await expect(
        store.commit(commit([change(moved)], { moves: [result('m', 'a', { outcome: 'refused' })] })),
      ).rejects.toBeInstanceOf(SeqConflict)
      expect((await store.moveResults({ run: 'm', limit: 9 }))[0]?.outcome).toBe('moved')
    })

    it('lets the later outcome of a job stand, and counts each job once', async () => {
      const store = open()
      await store.saveMigration(run('m'))
      await store.commit(
        commit([], { moves: [result('m', 'a', { outcome: 'refused', notes: [why] }), result('m', 'b')] }),
      )
      await store.commit(commit([], { moves: [result('m', 'a', { from: ['x', 'y'] })] }))
      const counts = await store.moveCounts('m')
      expect(counts.toSorted((a, b) => a.from.length - b.from.length)).toEqual([
        { outcome: 'moved', from: ['booked'], n: 1 },
        { outcome: 'moved', from: ['x', 'y'], n: 1 },
      ])
    })

    it('gives outcomes by pages, by kind and by state', async () => {
      const store = open()
      await store.saveMigration(run('m'))
      await store.saveMigration(run('other'))
      await store.commit(
        commit([], {
          moves: [
            result('m', 'c', { from: ['visit.stuck'], outcome: 'refused', notes: [why] }),
            result('m', 'a'),
            result('m', 'd', { from: ['visits'] }),
            result('m', 'b', { from: ['visit.open', 'paper'], outcome: 'passed' }),
            result('other', 'z'),
          ],
        }),
      )
      const jobs = async (query: object) =>
        (await store.moveResults({ run: 'm', limit: 9, ...query })).map((each) => each.job)
      expect(await jobs({})).toEqual(['a', 'b', 'c', 'd'])
      expect(await jobs({ limit: 2 })).toEqual(['a', 'b'])
      expect(await jobs({ limit: 2, after: 'b' })).toEqual(['c', 'd'])
      expect(await jobs({ outcome: 'refused' })).toEqual(['c'])
      expect(await jobs({ state: 'visit' })).toEqual(['b', 'c'])
      expect(await jobs({ state: 'paper' })).toEqual(['b'])
      const [refused] = await store.moveResults({ run: 'm', limit: 1, outcome: 'refused' })
      expect(refused?.notes).toEqual([why])
    })

    it('forgets a run with all that came of it, also what comes later', async () => {
      const store = open()
      await store.saveMigration(run('m'))
      await store.commit(commit([], { moves: [result('m', 'a')] }))
      await store.forgetMigration('m')
      await store.commit(commit([change(job('b'))], { moves: [result('m', 'b')] }))
      expect(await store.migration('m')).toBeUndefined()
      expect(await store.moveResults({ run: 'm', limit: 9 })).toEqual([])
      expect(await store.moveCounts('m')).toEqual([])
      expect(await store.load('b')).toBeDefined()
    })
  })
}
