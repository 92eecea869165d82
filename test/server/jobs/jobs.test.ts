import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { replay } from '../../../machines/advance/replay.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { assign, cel } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { ApiProblem } from '../../../server/problem-details.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { Commit, JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { bench, event, processOf } from '../../machines/advance/fixtures.ts'
import { as } from '../../machines/kit.ts'
import { type Desk, openDesk, SETTINGS } from './desk.ts'

const engineer = as('engineer')
const dispatcher = as('dispatcher')
const take = { kind: 'event', type: 'take', payload: {} } as const
const note = (text: string) => ({ kind: 'note', text }) as const
const problemOf = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const result = await work.catch((error: unknown) => error)
  if (result instanceof ApiProblem) return result
  throw new Error(`no problem, but ${JSON.stringify(result)}`)
}
const start = async (desk: Desk) =>
  (await desk.jobs.create({ process: 'bench', fields: { serial: 'A1' } }, dispatcher, {})).job

describe('one job', () => {
  it('E2: of fifty writers with the same If-Match one wins, the rest get precondition-failed', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => desk.jobs.act(id, note(`n${n}`), engineer, { ifMatch: 1 })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'precondition-failed', extensions: { current: 2 } })
    expect(await desk.jobs.history(id, 0, 100)).toHaveLength(2)
  })

  it('E2: without If-Match all fifty get their turn, and seq has no gap', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    await Promise.all(Array.from({ length: 50 }, (_, n) => desk.jobs.act(id, note(`n${n}`), engineer, {})))
    const history = await desk.jobs.history(id, 0, 100)
    expect(history.map((entry) => entry.seq)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1))
  })

  it('a refusal is a problem with the engine’s reasons, and changes nothing', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const missing = await problemOf(desk.jobs.act(id, take, dispatcher, {}))
    expect(missing).toMatchObject({ code: 'role-missing', status: 403 })
    const refused = await problemOf(
      desk.jobs.act(id, { kind: 'event', type: 'repaired', payload: {} }, engineer, {}),
    )
    expect(refused).toMatchObject({ code: 'refused', status: 409, extensions: { code: 'not-allowed-here' } })
    expect((await desk.jobs.get(id, engineer)).seq).toBe(1)
    expect(await problemOf(desk.jobs.act('nobody', take, engineer, {}))).toMatchObject({
      code: 'job-not-found',
    })
    expect(await problemOf(desk.jobs.create({ process: 'zzz' }, engineer, {}))).toMatchObject({
      code: 'process-not-found',
    })
    expect(await problemOf(desk.jobs.create({ process: 'bench', version: 9 }, engineer, {}))).toMatchObject({
      code: 'version-not-found',
    })
  })

  it('a dry run tells what would be, and leaves no trace', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const told = await desk.jobs.act(id, take, engineer, { dryRun: true })
    expect(told.job.active).toEqual(['working.looking'])
    expect((await desk.jobs.get(id, engineer)).active).toEqual(['waiting'])
    expect(await desk.store.lastChangeId()).toBe(1)
    await desk.jobs.create({ process: 'bench', fields: { serial: 'B' } }, dispatcher, { dryRun: true })
    expect((await desk.store.count({})).total).toBe(1)
  })

  it('E3: a commit that fails changes nothing, and the next one goes through', async () => {
    const memory = createMemoryStore()
    let broken = false
    const store: JobStore = new Proxy(memory, {
      get: (target, key) => {
        if (key === 'commit')
          return (commit: Commit) => (broken ? Promise.reject(new Error('disk full')) : target.commit(commit))
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const desk = await openDesk([bench], { store })
    const { id } = await start(desk)
    broken = true
    await expect(desk.jobs.act(id, take, engineer, {})).rejects.toThrow('disk full')
    broken = false
    expect((await desk.jobs.get(id, engineer)).active).toEqual(['waiting'])
    expect((await desk.jobs.act(id, take, engineer, {})).entry.seq).toBe(2)
  })

  it('E7: a job keeps the version it was started with', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const { waiting, ...states } = bench.states
    await desk.library.publish('bench', 0, {
      definition: {
        ...bench,
        states: { ...(waiting === undefined ? {} : { waiting: { ...waiting, on: {} } }), ...states },
      },
      note: 'second',
      author: 'test',
      publishedAt: '2026-03-02T03:00:00.000Z',
    })
    expect((await desk.jobs.act(id, take, engineer, {})).job.version).toBe(1)
    const next = await start(desk)
    expect(next.version).toBe(2)
    expect((await problemOf(desk.jobs.act(next.id, take, engineer, {}))).extensions.code).toBe(
      'not-allowed-here',
    )
  })
})

describe('idempotency', () => {
  const key = { key: 'engineer-1/k1', fingerprint: 'f1' }
  it('the same request has one effect and one answer', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const first = await desk.jobs.act(id, take, engineer, { idempotency: key })
    const again = await desk.jobs.act(id, take, engineer, { idempotency: key })
    expect(again).toEqual({ ...first, replayed: true })
    expect(await desk.jobs.history(id, 0, 10)).toHaveLength(2)
  })
  it('a refusal is answered again too, though it might be accepted by now', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const early = { kind: 'event', type: 'pause', payload: {} } as const
    const first = await problemOf(desk.jobs.act(id, early, engineer, { idempotency: key }))
    await desk.jobs.act(id, take, engineer, {})
    const again = await problemOf(desk.jobs.act(id, early, engineer, { idempotency: key }))
    expect(again).toMatchObject({ code: first.code, extensions: first.extensions })
    expect((await desk.jobs.act(id, early, engineer, {})).job.active).toEqual(['paused'])
  })
  it('another body under the same key is a mismatch; at the same time, in progress', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    const both = await Promise.allSettled([
      desk.jobs.act(id, take, engineer, { idempotency: key }),
      desk.jobs.act(id, take, engineer, { idempotency: key }),
    ])
    expect(both.map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toMatchObject({ reason: { code: 'idempotency-in-progress' } })
    expect(
      await problemOf(desk.jobs.act(id, take, engineer, { idempotency: { ...key, fingerprint: 'f2' } })),
    ).toMatchObject({ code: 'idempotency-mismatch', status: 422 })
  })
})

const child = processOf(
  {
    a: {
      on: { go: { target: 'b', actions: [{ type: 'signal', params: { to: 'parent', event: 'opened' } }] } },
    },
    b: { on: { go: { target: 'c' } } },
    c: { type: 'final' },
  },
  { id: 'child' },
)
const parent = processOf(
  {
    a: {
      on: {
        go: {
          target: 'b',
          actions: [{ type: 'startJob', params: { process: 'child', link: 'kid', onEnd: 'ended' } }],
        },
      },
    },
    b: {
      on: { opened: { actions: [assign({ open: true })] }, ended: { guard: cel('job.open'), target: 'c' } },
    },
    c: { type: 'final' },
  },
  {
    id: 'parent',
    schemas: {
      context: { properties: { open: { type: 'boolean', default: false } } },
      events: {
        go: event(),
        opened: event(['system']),
        ended: event(['system'], { properties: { status: { type: 'string' }, fields: { type: 'object' } } }),
      },
    },
  },
)
const go = { kind: 'event', type: 'go' } as const

describe('linked jobs', () => {
  it('E3: the job that is started is in the same commit; signal and end come back in order, once', async () => {
    const desk = await openDesk([parent, child])
    const { job } = await desk.jobs.create({ process: 'parent' }, engineer, {})
    const { job: after } = await desk.jobs.act(job.id, go, engineer, {})
    const kid = after.links[0]?.job ?? ''
    expect((await desk.jobs.get(kid, engineer)).links).toMatchObject([{ link: 'parent', job: job.id }])
    await desk.jobs.act(kid, go, engineer, {})
    await desk.jobs.act(kid, go, engineer, {})
    await desk.outbox.drain()
    await desk.outbox.drain()
    const closed = await desk.jobs.get(job.id, engineer)
    expect(closed).toMatchObject({ status: 'done', seq: 4, links: [{ link: 'kid', status: 'done' }] })
    expect(desk.errors).toEqual([])
  })

  it('a process that is not there refuses the event that would start it', async () => {
    const desk = await openDesk([parent])
    const { job } = await desk.jobs.create({ process: 'parent' }, engineer, {})
    expect(await problemOf(desk.jobs.act(job.id, go, engineer, {}))).toMatchObject({
      code: 'process-not-found',
    })
    expect((await desk.jobs.get(job.id, engineer)).active).toEqual(['a'])
  })

  it('a message to a job that no longer takes it is dropped, not repeated for ever', async () => {
    const desk = await openDesk([parent, child])
    const { job } = await desk.jobs.create({ process: 'parent' }, engineer, {})
    const { job: after } = await desk.jobs.act(job.id, go, engineer, {})
    const kid = after.links[0]?.job ?? ''
    await desk.jobs.act(kid, go, engineer, {})
    await desk.outbox.drain()
    await desk.jobs.act(kid, go, engineer, {})
    await desk.outbox.drain()
    expect(await desk.store.outboxNext()).toBeUndefined()
  })
})

describe('timers', () => {
  it('E4: fire once, at their own due time when the clock is moved by hand, in order over all jobs', async () => {
    const desk = await openDesk([bench])
    const ids: string[] = []
    for (const minute of [0, 7, 3]) {
      desk.clock.now = Date.parse('2026-03-02T10:00:00+08:00') + minute * 60_000
      ids.push((await start(desk)).id)
    }
    await desk.until('2026-03-03T10:00:00+08:00')
    const changes = await desk.store.changes(3, 100)
    expect(changes.map(({ entry }) => [entry.job, entry.at])).toEqual([
      [ids[0], '2026-03-02T02:30:00.000Z'],
      [ids[2], '2026-03-02T02:33:00.000Z'],
      [ids[1], '2026-03-02T02:37:00.000Z'],
    ])
    expect(await desk.timers.fireDue()).toBe(0)
    expect(desk.errors).toEqual([])
  })

  it('what was left meanwhile fires nothing', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    desk.clock.now += 3_600_000
    await Promise.all([desk.timers.fireDue(), desk.jobs.act(id, take, engineer, {}).catch(() => {})])
    const { breaches, seq } = await desk.jobs.get(id, engineer)
    expect(breaches.length).toBeLessThanOrEqual(1)
    expect(seq).toBe(2 + breaches.length)
  })

  it('a clock that jumps forward fires at the next look, one that jumps back waits', async () => {
    const desk = await openDesk([bench])
    const { id } = await start(desk)
    await desk.timers.start()
    try {
      desk.clock.now -= 86_400_000
      await new Promise((resolve) => setTimeout(resolve, 250))
      expect((await desk.jobs.get(id, engineer)).breaches).toEqual([])
      desk.clock.now += 2 * 86_400_000
      await expect.poll(async () => (await desk.jobs.get(id, engineer)).breaches.length).toBe(1)
    } finally {
      await desk.timers.stop()
    }
  })

  it('one that cannot fire does not hold up the others', async () => {
    const broken = processOf(
      { a: { after: { soon: { actions: [assign({ n: cel('1 / job.n') })] } } } },
      {
        id: 'broken',
        delays: { soon: { duration: 'PT1M' } },
        schemas: { context: { properties: { n: { type: 'integer', default: 0 } } }, events: { go: event() } },
      },
    )
    const desk = await openDesk([bench, broken])
    await desk.jobs.create({ process: 'broken' }, engineer, {})
    const { id } = await start(desk)
    await desk.until('2026-03-02T12:00:00+08:00')
    expect((await desk.jobs.get(id, engineer)).breaches).toMatchObject([
      { norm: 'HV-02', at: '2026-03-02T02:30:00.000Z' },
    ])
    expect(desk.errors.length).toBeGreaterThan(0)
  })
})

describe('a restart', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  it('loses nothing, fires what fell due meanwhile once, and every history replays (E1, E4, E5)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldchart-'))
    folders.push(folder)
    const open = async (now: string, definitions: (typeof bench)[] = []) =>
      openDesk(definitions, {
        store: openSqliteStore(join(folder, 'jobs.sqlite')),
        library: await openLibrary(join(folder, 'library'), SETTINGS),
        now,
      })
    const first = await open('2026-03-02T10:00:00+08:00', [bench, parent, child])
    const waiting = await start(first)
    const { job } = await first.jobs.create({ process: 'parent' }, engineer, {})
    const kid = (await first.jobs.act(job.id, go, engineer, {})).job.links[0]?.job ?? ''
    await first.jobs.act(kid, go, engineer, {})
    await first.jobs.act(kid, go, engineer, {})
    // The messages to the parent were written, not yet delivered.
    await first.store.close()
    await first.library.close()

    const second = await open('2026-03-02T11:00:00+08:00')
    await second.outbox.start()
    await second.timers.start()
    await expect
      .poll(async () => (await second.jobs.get(waiting.id, engineer)).breaches)
      .toMatchObject([{ norm: 'HV-02', at: '2026-03-02T03:00:00.000Z', dueAt: '2026-03-02T02:30:00.000Z' }])
    expect((await second.jobs.get(job.id, engineer)).status).toBe('done')
    await second.timers.stop()
    await second.outbox.stop()
    for (const [id, definition] of [
      [waiting.id, bench],
      [job.id, parent],
      [kid, child],
    ] as const) {
      const history = await second.jobs.history(id, 0, 100)
      const again = replay(
        () => compiled(definition),
        1,
        history,
        () => DEFAULT_CALENDARS,
      )
      expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(await second.store.load(id)))
    }
    await second.store.close()
    await second.library.close()
  })
})
