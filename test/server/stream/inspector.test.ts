import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect'
import { describe, expect, it } from 'vitest'
import type { FeedItem } from '../../../server/store/port.ts'
import { createInspector, type Socket } from '../../../server/stream/inspector.ts'
import { createWorld, ERRAND, tokenOf, type World } from '../http/harness.ts'
import { entryOf, job } from '../store-fixtures.ts'
import { inspect, knock, listening, signedInWay } from './sockets.ts'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const note = (world: World, id: string) =>
  world.as('engineer', 'POST', `/api/jobs/${id}/notes`, { text: 'x' })
const drop = (world: World, id: string) =>
  world.as('dispatcher', 'POST', `/api/jobs/${id}/events`, { type: 'errand.dropped' })
/** `actor 1`, `event 1 errand.dropped`, `snapshot 1 dropped`: jobs by their number. */
const trace = (events: readonly StatelyInspectionEvent[], jobs: readonly string[]) =>
  events.map((event) => {
    const rest =
      event.type === '@xstate.event'
        ? event.event.type
        : event.type === '@xstate.snapshot' && 'value' in event.snapshot
          ? event.snapshot.value
          : ''
    return `${event.type.slice(8)} ${jobs.indexOf(event.sessionId)} ${rest}`.trim()
  })

describe('WS /api/inspect', () => {
  it('tells what is committed, in commit order, each job made known first', async () => {
    const world = await createWorld()
    const old = await world.errand()
    await note(world, old)
    const { until } = await inspect(world)
    const fresh = await world.errand()
    await drop(world, old)
    await drop(world, fresh)
    expect(trace(await until(8), [old, fresh])).toEqual([
      'actor 1',
      'event 1 xstate.init',
      'snapshot 1 open',
      'actor 0',
      'event 0 errand.dropped',
      'snapshot 0 dropped',
      'event 1 errand.dropped',
      'snapshot 1 dropped',
    ])
  })
  it('draws the job: its definition, state and data as they were then', async () => {
    const world = await createWorld()
    const id = await world.errand({ what: 'stamps' })
    const { until } = await inspect(world)
    await drop(world, id)
    const [actor, , snapshot] = await until(3)
    expect(actor).toMatchObject({
      type: '@xstate.actor',
      sessionId: id,
      rootId: id,
      name: `errand v1 ${id}`,
      snapshot: { status: 'active', value: 'open', context: { fields: { what: 'stamps', price: 5 } } },
    })
    if (actor?.type !== '@xstate.actor') throw new Error('no actor')
    expect(JSON.parse(actor.definition ?? '')).toMatchObject({ id: 'errand', initial: 'open' })
    expect(snapshot).toMatchObject({
      snapshot: { status: 'done', output: { status: 'cancelled' }, tags: ['cancelled'] },
    })
  })
  it('draws a job anew that moved to another version', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const { open, ...others } = ERRAND.states
    await world.library.publish('errand', 0, {
      definition: { ...ERRAND, initial: 'waiting', states: { waiting: { ...open, on: {} }, ...others } },
      note: 'second',
      author: 'process-owner',
      publishedAt: new Date(0).toISOString(),
    })
    const { until } = await inspect(world, `?job=${id}`)
    const mapping = { states: { open: 'waiting' } }
    const url = '/api/processes/errand/migrations'
    expect((await world.as('process-owner', 'POST', url, { from: 1, mapping })).statusCode).toBe(201)
    const events = await until(4)
    expect(trace(events, [id])).toEqual([
      'actor 0',
      'actor 0',
      'event 0 fieldchart.migrate',
      'snapshot 0 waiting',
    ])
    const [, drawn] = events
    if (drawn?.type !== '@xstate.actor') throw new Error('no actor')
    expect(JSON.parse(drawn.definition ?? '')).toMatchObject({ initial: 'waiting' })
  })
  it('shows one job at once as it stands, and then that job alone', async () => {
    const world = await createWorld()
    const one = await world.errand()
    const other = await world.errand()
    const { until } = await inspect(world, `?job=${one}`)
    expect(trace(await until(1), [one])).toEqual(['actor 0'])
    await drop(world, other)
    await drop(world, one)
    expect(trace(await until(3), [one])).toEqual(['actor 0', 'event 0 errand.dropped', 'snapshot 0 dropped'])
  })
  it('tells the whole history with after=0', async () => {
    const world = await createWorld()
    const id = await world.errand()
    for (let n = 0; n < 250; n++) await note(world, id)
    const { until } = await inspect(world, `?job=${id}&after=0`)
    const ids = (await until(503)).map((event) => event.id)
    expect(ids).toEqual([
      `${id}.actor`,
      ...Array.from({ length: 251 }, (_, n) => [`${id}.${n + 1}.event`, `${id}.${n + 1}.snapshot`]).flat(),
    ])
  })
  it('hangs a started job under the one that started it', async () => {
    const world = await createWorld()
    const parent = await world.errand()
    const { until } = await inspect(world)
    await world.as('dispatcher', 'POST', `/api/jobs/${parent}/complaints`, { text: 'late' })
    const events = await until(6)
    const child = events.find(({ sessionId }) => sessionId !== parent)?.sessionId ?? ''
    expect(trace(events.slice(0, 5), [parent, child])).toEqual([
      'actor 0',
      'event 0 fieldchart.complain',
      'snapshot 0 open',
      'actor 1',
      'event 1 xstate.init',
    ])
    expect(events[3]).toMatchObject({ parentId: parent, rootId: parent })
    expect(events[4]).toMatchObject({ sourceId: parent, rootId: parent })
    const alone = await inspect(world, `?job=${child}`)
    expect((await alone.until(1))[0]).toMatchObject({ sessionId: child, rootId: child })
    expect((await alone.until(1))[0]).not.toHaveProperty('parentId')
  })
  it('is read by the receiver of @statelyai/inspect', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const received: StatelyInspectionEvent[] = []
    let enough = () => {}
    const all = new Promise<void>((resolve) => {
      enough = resolve
    })
    createWebSocketReceiver({
      server: `${await signedInWay(world)}/api/inspect?job=${id}&after=0`,
    }).subscribe((event) => {
      received.push(event)
      if (received.length === 5) enough()
    })
    await drop(world, id)
    await all
    expect(trace(received, [id])).toEqual([
      'actor 0',
      'event 0 xstate.init',
      'snapshot 0 open',
      'event 0 errand.dropped',
      'snapshot 0 dropped',
    ])
  })
})

describe('who may inspect', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  it('is who may read the changes', async () => {
    const world = await createWorld()
    expect((await knock(world, '/api/inspect')).status).toBe(401)
    expect((await knock(world, '/api/inspect', bearer('fc_wrong'))).status).toBe(401)
    expect((await knock(world, '/api/inspect', bearer(tokenOf('customer')))).status).toBe(403)
    expect((await knock(world, '/api/inspect', bearer(tokenOf('auditor')))).status).toBe(101)
  })
  it('with a cookie, only from a page of this server', async () => {
    const world = await createWorld()
    const { host } = await listening(world)
    const answer = await world.as(
      undefined,
      'POST',
      '/api/sign-in',
      { token: tokenOf('dispatcher') },
      { host },
    )
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    const from = async (headers: Record<string, string>) =>
      (await knock(world, '/api/inspect', { cookie, ...headers })).status
    expect(await from({ origin: `http://${host}` })).toBe(101)
    expect(await from({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(101)
    expect(await from({ origin: 'https://evil.example' })).toBe(403)
    expect(await from({ origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
    expect(await from({})).toBe(403)
    expect(await from({ origin: `http://${host}`, 'sec-fetch-site': 'same-site' })).toBe(403)
  })
  it('is told in plain HTTP what is wrong', async () => {
    const world = await createWorld()
    const signedIn = bearer(tokenOf('dispatcher'))
    const missing = await knock(world, '/api/inspect?job=nothing', signedIn)
    expect([missing.status, missing.text.includes('job-not-found')]).toEqual([404, true])
    expect((await knock(world, '/api/inspect?jobs=1', signedIn)).status).toBe(400)
    const plain = await world.as('dispatcher', 'GET', '/api/inspect')
    expect([plain.statusCode, plain.json().code, plain.headers.upgrade]).toEqual([
      426,
      'upgrade-required',
      'websocket',
    ])
  })
  it('loses it within a heartbeat of his token, also while events come', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 40 } })
    const id = await world.errand()
    const { closed } = await inspect(world)
    let going = true
    const writing = (async () => {
      while (going) await note(world, id)
    })()
    await world.as('administrator', 'DELETE', '/api/people/dispatcher/tokens/token-dispatcher')
    expect((await closed()).code).toBe(1008)
    going = false
    await writing
  })
  it('opens five at most', async () => {
    const world = await createWorld()
    const five = await Promise.all(Array.from({ length: 5 }, () => inspect(world)))
    const signedIn = bearer(tokenOf('dispatcher'))
    expect((await knock(world, '/api/inspect', signedIn)).status).toBe(429)
    five[0]?.socket.close()
    await five[0]?.closed()
    await wait(20)
    expect((await knock(world, '/api/inspect', signedIn)).status).toBe(101)
  })
})

describe('the connection', () => {
  it('takes nothing', async () => {
    const world = await createWorld()
    const { socket, closed } = await inspect(world)
    socket.send('hello')
    expect((await closed()).code).toBe(1008)
    const large = await inspect(world)
    large.socket.send('x'.repeat(5000))
    expect((await large.closed()).code).toBe(1009)
  })
  it('lives on while it answers, and is cut off when it does not', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 30 } })
    const id = await world.errand()
    const alive = await inspect(world)
    const { socket: silent, status } = await knock(world, '/api/inspect', {
      authorization: `Bearer ${tokenOf('engineer')}`,
    })
    expect(status).toBe(101)
    // It is sent pings, and answers none.
    await new Promise((resolve) => silent.resume().once('close', resolve))
    await note(world, id)
    expect(trace(await alive.until(3), [id])).toHaveLength(3)
  })
  it('does not hold up the stop, whether the reader says goodbye or not', async () => {
    const world = await createWorld()
    const polite = await inspect(world)
    const { socket: rude } = await knock(world, '/api/inspect', {
      authorization: `Bearer ${tokenOf('engineer')}`,
    })
    const gone = new Promise((resolve) => rude.resume().once('close', resolve))
    const start = performance.now()
    await world.app.close()
    expect(performance.now() - start).toBeLessThan(3000)
    expect((await polite.closed()).code).toBe(1001)
    await gone
  })
  it('is offered at its own address alone; elsewhere the request is answered as if it had not asked', async () => {
    const world = await createWorld()
    const { text, status, socket } = await knock(world, '/healthz')
    expect([status, text.includes('{"status":"ok"}')]).toEqual([200, true])
    socket.destroy()
    const signedIn = { authorization: `Bearer ${tokenOf('dispatcher')}` }
    expect((await knock(world, '/api/jobs', { ...signedIn, upgrade: 'h2c' })).status).toBe(200)
    expect((await knock(world, '/api/inspect', { ...signedIn, upgrade: 'h2c' })).status).toBe(426)
    expect((await knock(world, '/api/inspect', { ...signedIn, 'sec-websocket-key': 'x' })).status).toBe(400)
  })
  it('is in the description of the API', async () => {
    const world = await createWorld()
    const { paths } = (await world.as(undefined, 'GET', '/api/openapi.json')).json()
    expect(paths['/api/inspect'].get['x-right']).toBe('changes:read')
  })
})

describe('a reader who does not read', () => {
  /** A socket whose messages never leave, and a store that counts how often it is read. */
  function stuck() {
    const listeners = new Map<string, () => void>()
    const seen = { sent: 0, reads: 0, terminated: false }
    const socket: Socket = {
      send: () => {
        seen.sent++
      },
      ping: () => {},
      close: () => {},
      terminate: () => {
        seen.terminated = true
        listeners.get('close')?.()
      },
      on: (event, listener) => listeners.set(event, listener),
    }
    const items: FeedItem[] = Array.from({ length: 5000 }, (_, n) => ({
      id: n + 1,
      process: 'errand',
      version: 1,
      entry: entryOf(job(`job-${n}`), ['open']),
    }))
    const inspector = createInspector({
      jobs: {
        changes: async (after, limit, filter) => {
          seen.reads++
          const found =
            filter?.job === undefined ? items : items.filter(({ entry }) => entry.job === filter.job)
          return found.filter(({ id }) => id > after).slice(0, limit)
        },
        onCommitted: () => () => true,
      },
      lastChangeId: async () => items.length,
      definition: async () => ERRAND,
      heartbeatMs: 30,
    })
    return { socket, seen, inspector }
  }
  it('is sent one message, and cut off when he answers no ping', async () => {
    const { socket, seen, inspector } = stuck()
    const reader = { person: 'wang', filter: {}, after: 0, mayStay: async () => true }
    await inspector.serve(socket, reader)
    expect(seen).toMatchObject({ sent: 1, terminated: true })
    expect(seen.reads).toBeLessThan(4)
    expect(inspector.full('wang')).toBe(false)
  })
})
