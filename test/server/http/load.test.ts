/** Under load: the figures move with the work, and who comes beyond what a slow disk bears is told to come again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { createWorld, tokenOf, type World } from './harness.ts'

/** The value of a line; 0 where there is none yet. */
async function figure({ as }: World, line: string): Promise<number> {
  const { body } = await as(undefined, 'GET', '/metrics')
  const found = body.split('\n').find((each) => each.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1) ?? 0)
}

async function onDisk(): Promise<JobStore> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-load-'))
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  return store
}

/** A store that keeps nothing until it is let go on. */
function stalled() {
  const store = createMemoryStore()
  const gate = Promise.withResolvers<void>()
  const state = { shut: false, waiting: 0 }
  const commit: JobStore['commit'] = async (asked) => {
    if (state.shut) {
      state.waiting++
      await gate.promise
    }
    return store.commit(asked)
  }
  const through = new Proxy(store, {
    get: (target, key) => {
      if (key === 'commit') return commit
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { store: through, state, release: () => gate.resolve() }
}

describe('the figures', () => {
  it('count commands by process and outcome, refusals by their code', async () => {
    const world = await createWorld()
    const of = (kind: string, outcome: string) =>
      figure(world, `fieldchart_commands_total{process="errand",kind="${kind}",outcome="${outcome}"}`)
    expect([await of('start', 'done'), await of('event', 'done')]).toEqual([0, 0])
    const id = await world.errand()
    await world.as('engineer', 'POST', `/api/jobs/${id}/events`, { type: 'errand.priced' })
    await world.as('dispatcher', 'POST', `/api/jobs/${id}/events`, { type: 'errand.dropped' })
    expect([await of('start', 'done'), await of('event', 'done'), await of('event', 'guard-false')]).toEqual([
      1, 1, 1,
    ])
  })

  it('tell of each group of writes: how many, how long, and its sync', async () => {
    const world = await createWorld({ store: await onDisk() })
    const names = ['fieldchart_commit_seconds', 'fieldchart_sync_seconds', 'fieldchart_commit_group_size']
    const counts = () => Promise.all(names.map((name) => figure(world, `${name}_count`)))
    const before = await counts()
    await Promise.all([world.errand(), world.errand(), world.errand()])
    const after = await counts()
    for (const [at, count] of after.entries()) expect(count).toBeGreaterThan(before[at] ?? 0)
    expect(await figure(world, 'fieldchart_commit_group_size_sum')).toBeGreaterThanOrEqual(3)
    expect(await figure(world, 'fieldchart_commit_seconds_sum')).toBeGreaterThanOrEqual(
      await figure(world, 'fieldchart_sync_seconds_sum'),
    )
  })

  it('tell what is due, what waits, who listens and how the loop fares', async () => {
    const world = await createWorld()
    await world.errand()
    expect(await figure(world, 'fieldchart_timers_due')).toBe(0)
    // The clock moves, and nobody fires.
    world.clock.set(world.clock.now() + 2 * 3600_000)
    expect(await figure(world, 'fieldchart_timers_due')).toBe(1)

    expect(await figure(world, 'fieldchart_outbox_waiting')).toBe(0)
    await world.store.commit({
      changes: [],
      outbox: [{ id: 'x', job: 'j', kind: 'signal', body: {}, notBefore: '2099-01-01T00:00:00.000Z' }],
    })
    expect(await figure(world, 'fieldchart_outbox_waiting')).toBe(1)

    const streams = () => figure(world, 'fieldchart_streams_open{kind="changes"}')
    expect(await streams()).toBe(0)
    const address = await world.app.listen({ host: '127.0.0.1', port: 0 })
    const stop = new AbortController()
    await fetch(`${address}/api/changes`, {
      headers: { authorization: `Bearer ${tokenOf('dispatcher')}`, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    expect(await streams()).toBe(1)
    stop.abort()
    await expect.poll(streams).toBe(0)
    expect(await figure(world, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
    expect((await world.as(undefined, 'GET', '/metrics')).body).toContain('nodejs_eventloop_lag_p99_seconds')
  })
})

describe('over capacity', () => {
  it('says when to come again, holds no more than it may, answers what it took, and goes on', async () => {
    const { store, state, release } = stalled()
    const world = await createWorld({ store, deps: { mostAtOnce: 10 } })
    const id = await world.errand()
    state.shut = true
    let answered = 0
    const asked = Array.from({ length: 200 }, async () => {
      const answer = await world.as('dispatcher', 'POST', '/api/jobs', {
        process: 'errand',
        fields: { what: 'stamps' },
      })
      answered++
      return answer
    })
    await expect.poll(() => answered).toBe(190)
    expect(state.waiting).toBe(10)
    // Reading waits for no disk.
    expect((await world.as('dispatcher', 'GET', `/api/jobs/${id}`)).statusCode).toBe(200)

    release()
    state.shut = false
    const answers = await Promise.all(asked)
    const refused = answers.filter(({ statusCode }) => statusCode === 503)
    expect(refused).toHaveLength(190)
    for (const { headers, body } of refused)
      expect([headers['retry-after'], JSON.parse(body).type]).toEqual([
        '1',
        expect.stringContaining('not-ready'),
      ])
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(10)
    expect((await store.count({})).total).toBe(11)
    await world.errand()
  })

  it('counts one command of a job behind the other as well', async () => {
    const { store, state, release } = stalled()
    const world = await createWorld({ store, deps: { mostAtOnce: 5 } })
    const id = await world.errand()
    state.shut = true
    let answered = 0
    const asked = Array.from({ length: 50 }, async () => {
      const answer = await world.as('dispatcher', 'POST', `/api/jobs/${id}/notes`, { text: 'here' })
      answered++
      return answer.statusCode
    })
    await expect.poll(() => answered).toBe(45)
    release()
    state.shut = false
    const codes = await Promise.all(asked)
    expect(codes.filter((code) => code === 200)).toHaveLength(5)
  })
})
