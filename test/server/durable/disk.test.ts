/**
 * A disk that is full, or refuses: nothing is acknowledged, reading goes on, `/readyz` says why, and all goes on by
 * itself when there is room again.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { StorageTrouble } from '../../../server/store/health-port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { bench } from '../../machines/advance/fixtures.ts'
import { as } from '../../machines/kit.ts'
import { createWorld, type World } from '../http/harness.ts'
import { openDesk } from '../jobs/desk.ts'

const sqliteError = (errcode: number) =>
  Object.assign(new Error('refused'), { code: 'ERR_SQLITE_ERROR', errcode })
/** SQLITE_FULL; SQLITE_IOERR_FSYNC. */
const FULL = 13
const FAILED_SYNC = 10 | (4 << 8)

async function worldOnDisk(): Promise<World & { told: (StorageTrouble | undefined)[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-disk-'))
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  const told: (StorageTrouble | undefined)[] = []
  store.health.onTrouble((trouble) => told.push(trouble))
  return { ...(await createWorld({ store })), told }
}

/** From now on commits end with this error, until it is called. Returns how often one was tried, too. */
function breakCommits(errcode: number): { mend(): void; tried(): number } {
  let tried = 0
  const exec = DatabaseSync.prototype.exec
  const spy = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
    if (sql !== 'COMMIT') return exec.call(this, sql)
    tried += 1
    throw sqliteError(errcode)
  })
  return { mend: () => spy.mockRestore(), tried: () => tried }
}

const note = (world: World, id: string, key?: string) =>
  world.as(
    'engineer',
    'POST',
    `/api/jobs/${id}/notes`,
    { text: 'x' },
    key === undefined ? {} : { 'idempotency-key': key },
  )
const ready = (world: World, language = 'en') =>
  world.as(undefined, 'GET', '/readyz', undefined, { 'accept-language': language })
const seqOf = async (world: World, id: string) =>
  (await world.as('engineer', 'GET', `/api/jobs/${id}`)).json().seq

describe('a disk that cannot be written', { timeout: 30_000 }, () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    ['full', FULL, 'disk-full', '磁盘已满'],
    ['failing to sync', FAILED_SYNC, 'disk-failing', '磁盘无法写入'],
  ] as const)(
    '%s: nothing is acknowledged, reading goes on, and it recovers without hands',
    async (_, errcode, code, title) => {
      const world = await worldOnDisk()
      const id = await world.errand()
      expect((await ready(world)).statusCode).toBe(200)

      const broken = breakCommits(errcode)
      const answers = await Promise.all([note(world, id, 'a'), note(world, id), note(world, id)])
      for (const answer of answers) {
        expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
          503,
          code,
          '5',
        ])
        expect(answer.body).not.toContain('refused')
      }
      const asked = await ready(world, 'zh-CN')
      expect([asked.statusCode, asked.json().code, asked.json().title]).toEqual([503, code, title])
      expect(await seqOf(world, id)).toBe(1)
      expect((await world.as('dispatcher', 'GET', '/api/jobs')).json().jobs).toHaveLength(1)

      broken.mend()
      await expect.poll(async () => (await ready(world)).statusCode, { timeout: 5000 }).toBe(200)
      expect(world.told).toEqual([code, undefined])
      // What got no answer is sent again with its key: one effect, and then the answer from memory.
      expect((await note(world, id, 'a')).statusCode).toBe(200)
      expect((await note(world, id, 'a')).headers['idempotency-replayed']).toBe('true')
      expect(await seqOf(world, id)).toBe(2)
    },
  )

  it('is not tried with what people send: a sync that failed once might seem to go well the next time', async () => {
    const world = await worldOnDisk()
    const id = await world.errand()
    const broken = breakCommits(FAILED_SYNC)
    await note(world, id)
    const tried = broken.tried()
    broken.mend()
    // The disk would do now; but nothing of the server's own was written yet.
    expect((await note(world, id)).statusCode).toBe(503)
    expect(tried).toBe(1)
    await expect.poll(async () => (await note(world, id)).statusCode, { timeout: 5000 }).toBe(200)
  })

  it('holds a clock moved by hand where a timer could not fire; it fires when the clock is moved again', async () => {
    const world = await worldOnDisk()
    const id = await world.errand()
    const move = () => world.as('administrator', 'POST', '/api/clock', { advance: 'PT2H' })
    const broken = breakCommits(FULL)
    const refused = await move()
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'disk-full'])
    expect(new Date(world.clock.now()).toISOString()).toBe('2026-03-02T02:00:00.000Z')

    broken.mend()
    await expect.poll(async () => (await ready(world)).statusCode, { timeout: 5000 }).toBe(200)
    expect((await move()).statusCode).toBe(200)
    const breaches = (await world.as('engineer', 'GET', `/api/jobs/${id}`)).json().breaches
    expect(breaches).toMatchObject([{ norm: 'GN-09', at: '2026-03-02T02:00:00.000Z' }])
  })

  it('keeps timers waiting no longer than it lasts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldchart-disk-'))
    const store = openSqliteStore(join(folder, 'jobs.sqlite'))
    const desk = await openDesk([bench], { store })
    onTestFinished(async () => {
      await desk.timers.stop()
      await store.close()
      rmSync(folder, { recursive: true })
    })
    const { job } = await desk.jobs.create(
      { process: 'bench', fields: { serial: 'A1' } },
      as('dispatcher'),
      {},
    )
    await desk.timers.start()
    const broken = breakCommits(FULL)
    desk.clock.now += 3_600_000
    await expect.poll(broken.tried).toBeGreaterThan(0)
    broken.mend()
    const breaches = async () => (await desk.jobs.get(job.id, as('engineer'))).breaches.length
    await expect.poll(breaches, { timeout: 5000 }).toBe(1)
    expect(desk.errors).toEqual([])
  })

  it('whose database can really grow no more refuses the write, and takes back half of it', async () => {
    const world = await worldOnDisk()
    const id = await world.errand()
    let own: DatabaseSync | undefined
    const prepare = DatabaseSync.prototype.prepare
    vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, ...given) {
      own = this
      return prepare.apply(this, given)
    })
    // A filter not asked before, so that it is prepared on the store's own connection.
    await world.as('dispatcher', 'GET', '/api/jobs?text=nothing&state=open')
    vi.restoreAllMocks()
    // SQLite itself says that it is full, once no page is left over that older schemas made free.
    own?.exec('VACUUM')
    own?.exec('PRAGMA max_page_count = 1')
    const long = await world.as('engineer', 'POST', `/api/jobs/${id}/notes`, { text: '长'.repeat(4000) })
    expect([long.statusCode, long.json().code]).toEqual([503, 'disk-full'])
    expect(await seqOf(world, id)).toBe(1)
    expect((await world.as('auditor', 'GET', `/api/jobs/${id}/history`)).json().entries).toHaveLength(1)

    own?.exec('PRAGMA max_page_count = 1000000')
    await expect.poll(async () => (await note(world, id)).statusCode, { timeout: 5000 }).toBe(200)
    expect(await seqOf(world, id)).toBe(2)
  })
})
