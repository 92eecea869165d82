import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Actor } from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Definition, StateNode } from '../../../machines/definition/schema.ts'
import type { Mapping } from '../../../machines/migrate/mapping.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { ApiProblem } from '../../../server/problem-details.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { bench } from '../../machines/advance/fixtures.ts'
import { as } from '../../machines/kit.ts'
import { type Desk, openDesk } from './desk.ts'

const owner = as('process-owner')
const everyone: Actor = as(['engineer', 'customer', 'dispatcher'])

const { waiting, ...others } = bench.states
const states: Record<string, StateNode> = { queued: waiting ?? {}, ...others }
/** `waiting` is called `queued`, and it begins there. */
const next: Definition = { ...bench, initial: 'queued', states }
const mapping: Mapping = { states: { waiting: 'queued' } }
const again = replay

type Given = Parameters<typeof openDesk>[1]
async function desk(given: Given = {}): Promise<Desk> {
  const opened = await openDesk([bench], given)
  await opened.library.publish('bench', 0, {
    definition: next,
    note: 'second',
    author: 'test',
    publishedAt: new Date(opened.clock.now).toISOString(),
  })
  return opened
}
/** Jobs of version 1: two of three wait, one is worked on. */
async function fill({ jobs }: Desk, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const made = await jobs.create(
      { process: 'bench', version: 1, fields: { serial: `A${n}` } },
      everyone,
      {},
    )
    ids.push(made.job.id)
    if (n % 3 === 2) await jobs.act(made.job.id, { kind: 'event', type: 'take', payload: {} }, everyone, {})
  }
  return ids
}
async function run({ migrations }: Desk, more: object = {}, dryRun = false) {
  const begun = await migrations.begin('bench', { from: 1, mapping, ...more }, owner, dryRun)
  await migrations.idle()
  return migrations.get('bench', begun.id)
}
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof ApiProblem) return error.code
    throw error
  }
  return 'none'
}
async function replays({ store }: Desk, id: string): Promise<void> {
  const history = await store.history(id, 0, 1000)
  const versions = [bench, next].map((definition) => compiled(definition))
  const result = again(
    (version) => versions[version - 1],
    1,
    history,
    () => DEFAULT_CALENDARS,
  )
  expect(result.ok ? canonicalJson(result.job) : result).toBe(canonicalJson(await store.load(id)))
}

describe('a dry run', () => {
  it('tells what would become of each job, by pages and by state, and changes nothing', async () => {
    const world = await desk()
    const ids = await fill(world, 50)
    const before = await world.store.lastChangeId()
    const told = await run(world, { mapping: {} }, true)
    expect(told).toMatchObject({
      status: 'done',
      dryRun: true,
      total: 50,
      counts: { moved: 16, refused: 34, passed: 0 },
      states: [
        { path: 'waiting', moved: 0, refused: 34 },
        { path: 'working.looking', moved: 16, refused: 0 },
      ],
    })
    expect(await world.store.lastChangeId()).toBe(before)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await world.migrations.results('bench', told.id, { limit: 7, ...(after && { after }) })
      seen.push(...page.jobs.map(({ job }) => job))
      after = page.next
      if (after === undefined) break
    }
    expect(seen).toEqual(ids.toSorted())
    const refused = await world.migrations.results('bench', told.id, { limit: 99, outcome: 'refused' })
    expect(refused.jobs[0]).toMatchObject({ from: ['waiting'], notes: [{ code: 'state-gone' }] })
    const working = await world.migrations.results('bench', told.id, { limit: 99, state: 'working' })
    expect(working.jobs[0]).toMatchObject({ outcome: 'moved', to: ['working.looking'], notes: [] })
  })
  it('is kept a while, not for ever', async () => {
    const world = await desk()
    for (let n = 0; n < 8; n += 1) await run(world, {}, true)
    expect((await world.migrations.list('bench')).length).toBeLessThan(8)
  })
})

describe('a migration', () => {
  it('moves every job of the version, each with a line in its history that tells the run', async () => {
    const world = await desk()
    const ids = await fill(world, 50)
    const over = ids[0] ?? ''
    await world.jobs.act(over, { kind: 'cancel', reason: 'x' }, everyone, {})
    const done = await run(world)
    expect(done).toMatchObject({ status: 'done', by: 'process-owner-1', total: 49, counts: { moved: 49 } })
    expect(await world.store.countByState('bench', 2)).toEqual({ queued: 33, 'working.looking': 16 })
    expect(await world.store.countByState('bench', 1)).toEqual({})
    const [last] = (await world.jobs.history(ids[1] ?? '', 0, 9)).slice(-1)
    expect(last).toMatchObject({ actor: owner, command: { kind: 'migrate', version: 2, run: done.id } })
    const changes = await world.jobs.changes(0, 1000, { process: 'bench' })
    expect(
      changes.filter(({ entry, version }) => entry.command.kind === 'migrate' && version === 2),
    ).toHaveLength(49)
    for (const id of ids) await replays(world, id)
    await world.until('2026-03-02T12:00:00+08:00')
    expect((await world.jobs.get(ids[1] ?? '', owner)).breaches).toMatchObject([{ norm: 'HV-02' }])
    for (const id of ids) await replays(world, id)
  })

  it('leaves those as they were that cannot move; a second one takes them along', async () => {
    const world = await desk()
    await fill(world, 6)
    expect((await run(world, { mapping: {} })).counts).toEqual({ moved: 2, refused: 4, passed: 0 })
    expect(await world.store.countByState('bench', 1)).toEqual({ waiting: 4 })
    expect(await run(world)).toMatchObject({ total: 4, counts: { moved: 4, refused: 0 } })
  })

  it('takes those that the filter names', async () => {
    const world = await desk()
    const ids = await fill(world, 9)
    const some = ids.slice(0, 2)
    expect((await run(world, { filter: { jobs: some } })).counts.moved).toBe(2)
    expect((await run(world, { filter: { jobs: some } })).counts).toEqual({ moved: 0, refused: 0, passed: 2 })
    expect((await run(world, { filter: { state: 'working' } })).counts.moved).toBe(3)
    expect((await run(world, { filter: { text: 'a4' } })).counts.moved).toBe(1)
  })

  it('is refused where it makes no sense', async () => {
    const { migrations } = await desk()
    const begin = (body: object) => codeOf(migrations.begin('bench', { from: 1, ...body }, owner, false))
    expect(await begin({ mapping: { states: { x: 'y' } } })).toBe('mapping-invalid')
    expect(await begin({ to: 1 })).toBe('mapping-invalid')
    expect(await begin({ to: 9 })).toBe('version-not-found')
    expect(await codeOf(migrations.begin('none', { from: 1 }, owner, false))).toBe('process-not-found')
    expect(await codeOf(migrations.get('bench', 'none'))).toBe('migration-not-found')
  })

  it('is one at a time for a process, also when two begin together', async () => {
    const world = await desk()
    await fill(world, 60)
    const begin = () => codeOf(world.migrations.begin('bench', { from: 1, mapping }, owner, false))
    expect((await Promise.all([begin(), begin()])).toSorted()).toEqual(['migration-running', 'none'])
    expect(await codeOf(world.migrations.begin('bench', { from: 1, mapping }, owner, true))).toBe('none')
    await world.migrations.idle()
    expect(await begin()).toBe('none')
    await world.migrations.idle()
  })

  it('is stopped and resumed, and moves each job once', async () => {
    const world = await desk()
    const ids = await fill(world, 90)
    const begun = await world.migrations.begin('bench', { from: 1, mapping }, owner, false)
    const stopped = await world.migrations.stop('bench', begun.id)
    expect(stopped.status).toBe('stopped')
    expect(stopped.counts.moved).toBeLessThan(90)
    expect(await world.store.countByState('bench', 1)).not.toEqual({})
    expect(await codeOf(world.migrations.stop('bench', begun.id))).toBe('migration-over')
    expect((await world.migrations.resume('bench', begun.id)).status).toBe('running')
    await world.migrations.idle()
    expect(await world.migrations.get('bench', begun.id)).toMatchObject({
      status: 'done',
      counts: { moved: 90 },
    })
    expect(await codeOf(world.migrations.resume('bench', begun.id))).toBe('migration-over')
    for (const id of ids)
      expect(
        (await world.store.history(id, 0, 9)).filter(({ command }) => command.kind === 'migrate'),
      ).toHaveLength(1)
  })

  it('does not keep others waiting', async () => {
    const world = await desk()
    const ids = await fill(world, 200)
    const { id } = await world.migrations.begin('bench', { from: 1, mapping }, owner, false)
    await world.jobs.act(ids.at(-1) ?? '', { kind: 'note', text: 'n' }, everyone, {})
    expect((await world.migrations.get('bench', id)).status).toBe('running')
    await world.migrations.idle()
    expect((await world.migrations.get('bench', id)).counts.moved).toBe(200)
  })
})

describe('a store in trouble', () => {
  const onDisk = async (): Promise<{ file: string }> => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldchart-migration-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    return { file: join(folder, 'jobs.sqlite') }
  }
  /** Passes everything on, until `cut` says otherwise. */
  const between = (store: JobStore, cut: (name: string, first: unknown) => void | Promise<void>): JobStore =>
    new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return async (...given: unknown[]) => {
          await cut(String(name), given[0])
          return Reflect.apply(value, target, given)
        }
      },
    })
  const moves = (name: string, commit: unknown): boolean =>
    name === 'commit' && JSON.stringify(commit).includes('"kind":"migrate"')

  it('after a power cut the run goes on, and no job is moved twice or left', {
    timeout: 30_000,
  }, async () => {
    const { file } = await onDisk()
    const store = openSqliteStore(file)
    let left = Number.POSITIVE_INFINITY
    const failing = between(store, (name, first) => {
      if (moves(name, first)) left -= 1
      if (left < 0 && (name === 'commit' || name === 'saveMigration')) throw new Error('power cut')
    })
    const first = await desk({ store: failing })
    const ids = await fill(first, 300)
    left = 230
    const begun = await first.migrations.begin('bench', { from: 1, mapping }, owner, false)
    await first.migrations.idle()
    await store.close()

    const reopened = openSqliteStore(file)
    const second = await openDesk([], { store: reopened, library: first.library })
    expect((await second.migrations.get('bench', begun.id)).status).toBe('running')
    expect((await reopened.countByState('bench', 2)).queued).toBeGreaterThan(0)
    await second.migrations.start()
    await second.migrations.idle()
    expect(await second.migrations.get('bench', begun.id)).toMatchObject({
      status: 'done',
      total: 300,
      counts: { moved: 300, refused: 0, passed: 0 },
    })
    for (const id of ids) {
      const history = await reopened.history(id, 0, 9)
      expect(history.filter(({ command }) => command.kind === 'migrate')).toHaveLength(1)
      await replays(second, id)
    }
    await reopened.close()
  })

  it('says that it broke off, and can be resumed', async () => {
    const { file } = await onDisk()
    const store = openSqliteStore(file)
    let full = false
    const world = await desk({
      store: between(store, (name, first) => {
        if (full && moves(name, first)) throw new Error('disk full')
      }),
    })
    await fill(world, 30)
    full = true
    const broken = await run(world)
    expect([broken.status, broken.counts.moved, world.errors.length]).toEqual(['failed', 0, 1])
    full = false
    await world.migrations.resume('bench', broken.id)
    await world.migrations.idle()
    expect(await world.migrations.get('bench', broken.id)).toMatchObject({
      status: 'done',
      counts: { moved: 30 },
    })
    await store.close()
  })

  it('judges a job anew that another server changed in between', async () => {
    const { file } = await onDisk()
    const store = openSqliteStore(file)
    let other: Desk | undefined
    let meddled = ''
    const world = await desk({
      store: between(store, async (name, first) => {
        if (!moves(name, first) || other === undefined || meddled !== '') return
        meddled = /"id":"(job\d+)"/.exec(JSON.stringify(first))?.[1] ?? ''
        await other.jobs.act(meddled, { kind: 'event', type: 'take', payload: {} }, everyone, {})
      }),
    })
    const [first = ''] = await fill(world, 2)
    other = await openDesk([], { store, library: world.library })
    const done = await run(world)
    expect([meddled, done.counts.moved]).toEqual([first, 2])
    const history = await store.history(first, 0, 9)
    expect(history.map(({ command }) => command.kind)).toEqual(['start', 'event', 'migrate'])
    const [result] = (await world.migrations.results('bench', done.id, { limit: 1 })).jobs
    expect(result).toMatchObject({ job: first, from: ['working.looking'], to: ['working.looking'], seq: 3 })
    await replays(world, first)
    await store.close()
  })
})
