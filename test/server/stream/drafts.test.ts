/**
 * Two in one draft: presence and revisions, over real HTTP.
 */
import { describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import { createDraftWatch } from '../../../server/stream/draft-watch.ts'
import { createWorld, ERRAND, START, tokenOf, type World } from '../http/harness.ts'

const DRAFT = '/api/processes/errand/draft'
const fresh = { 'if-none-match': '*' }
const at = (revision: number) => ({ 'if-match': `"${revision}"` })

type Told = { event: string; data: Record<string, unknown> }

/** Reads the events of a draft as a browser would. */
async function watch(world: World, role: Role = 'process-owner', path = `${DRAFT}/events`) {
  if (!world.app.server.listening) await world.app.listen({ host: '127.0.0.1', port: 0 })
  const hangUp = new AbortController()
  const answer = await fetch(`${world.app.listeningOrigin}${path}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf(role)}` },
    signal: hangUp.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const told: Told[] = []
  let text = ''
  const more = async (): Promise<boolean> => {
    const piece = await reader?.read()
    if (piece === undefined || piece.done) return false
    text += piece.value
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? []
      if (event !== undefined && data !== undefined) told.push({ event, data: JSON.parse(data) })
    }
    return true
  }
  return {
    answer,
    told,
    /** Reads until an event like this came; it is the last of its kind. */
    until: async (event: string, like: (data: Record<string, unknown>) => boolean) => {
      const found = () => told.find((one) => one.event === event && like(one.data))
      while (found() === undefined) if (!(await more())) throw new Error(`the stream ended without ${event}`)
      return found()?.data
    },
    end: async () => {
      while (await more());
    },
    hangUp: () => hangUp.abort(),
  }
}
const revisionOf = (data: Record<string, unknown>): unknown =>
  typeof data.draft === 'object' && data.draft !== null && 'revision' in data.draft
    ? data.draft.revision
    : undefined
const people = (data: Record<string, unknown> | undefined): unknown[] =>
  Array.isArray(data?.present) ? data.present.map((one) => one.person) : []
const beat = (world: World, role: Role, body: unknown = { client: 'tab-1' }) =>
  world.as(role, 'POST', `${DRAFT}/presence`, body)
const save = (world: World, n: number, headers: Record<string, string>) =>
  world.as('process-owner', 'PUT', DRAFT, { definition: { ...ERRAND, description: `${n}` } }, headers)

describe('the events of a draft', () => {
  it('begin with how things stand, and tell of each save, word, publishing and archiving', async () => {
    const world = await createWorld()
    const stream = await watch(world, 'administrator')
    expect(stream.answer.headers.get('content-type')).toContain('text/event-stream')
    await stream.until('presence', () => true)
    expect(stream.told).toEqual([
      { event: 'draft', data: { latest: 1, archived: false, approvalRevision: 0 } },
      { event: 'presence', data: { present: [] } },
    ])
    await save(world, 1, fresh)
    expect(await stream.until('draft', (data) => revisionOf(data) === 1)).toMatchObject({
      draft: { revision: 1, updatedBy: 'process-owner', said: [] },
    })
    await save(world, 2, at(1))
    await stream.until('draft', (data) => revisionOf(data) === 2)
    await world.as(
      'process-owner',
      'PUT',
      '/api/processes/errand/approval-rule',
      { rule: { kind: 'second-person' } },
      at(0),
    )
    await stream.until('draft', (data) => data.approvalRevision === 1)
    await world.as('administrator', 'POST', `${DRAFT}/approvals`, { verdict: 'approve' }, at(2))
    await stream.until('draft', (data) => JSON.stringify(data).includes('"verdict":"approve"'))
    await world.as('process-owner', 'POST', `${DRAFT}/publish`, { note: 'x' })
    expect(await stream.until('draft', (data) => data.latest === 2)).not.toHaveProperty('draft')
    await world.as('process-owner', 'PUT', '/api/processes/errand/archived', { archived: true })
    await stream.until('draft', (data) => data.archived === true)
    stream.hangUp()
  })

  it('bring two browsers to the same last revision, however fast one saves', async () => {
    const world = await createWorld()
    const [one, two] = [await watch(world), await watch(world, 'trainer')]
    await save(world, 0, fresh)
    for (let n = 1; n < 40; n++) await save(world, n, at(n))
    for (const stream of [one, two]) {
      await stream.until('draft', (data) => revisionOf(data) === 40)
      const seen = stream.told
        .filter(({ event }) => event === 'draft')
        .map(({ data }) => revisionOf(data) ?? 0)
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => Number(a) - Number(b)))
      stream.hangUp()
    }
  })

  it('say nothing of other processes', async () => {
    const world = await createWorld()
    const stream = await watch(world)
    await stream.until('presence', () => true)
    await world.as('process-owner', 'PUT', '/api/processes/complaint/draft', { definition: {} }, fresh)
    await save(world, 1, fresh)
    await stream.until('draft', (data) => revisionOf(data) === 1)
    expect(stream.told).toHaveLength(3)
    stream.hangUp()
  })

  it('end when the process is no longer there', async () => {
    const world = await createWorld()
    await world.as('process-owner', 'POST', '/api/processes', { definition: { id: 'first' } })
    const stream = await watch(world, 'process-owner', '/api/processes/first/draft/events')
    await stream.until('presence', () => true)
    await world.as('process-owner', 'DELETE', '/api/processes/first/draft', undefined, at(1))
    await stream.until('gone', () => true)
    await stream.end()
  })

  it('end when the token is revoked, and do not hold up the stop', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 30 } })
    const [revoked, stopped] = [await watch(world), await watch(world, 'trainer')]
    await world.as('administrator', 'DELETE', '/api/people/process-owner/tokens/token-process-owner')
    await revoked.end()
    const start = performance.now()
    await world.app.close()
    await stopped.end()
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('are for those who may read drafts, of processes that are there', async () => {
    const world = await createWorld()
    expect((await watch(world, 'customer')).answer.status).toBe(403)
    expect((await watch(world, 'engineer', '/api/processes/none/draft/events')).answer.status).toBe(404)
    // Asked for once, without a stream.
    expect((await world.as('engineer', 'GET', `${DRAFT}/events`)).json()).toEqual({
      now: { latest: 1, archived: false, approvalRevision: 0 },
      present: [],
    })
  })
})

describe('presence', () => {
  it('shows who comes, moves and goes, live', async () => {
    const world = await createWorld()
    const stream = await watch(world)
    const mine = await beat(world, 'process-owner')
    expect(mine.json().present).toEqual([
      {
        person: 'process-owner',
        name: 'The process-owner',
        client: 'tab-1',
        since: new Date(START).toISOString(),
      },
    ])
    expect(people((await beat(world, 'trainer')).json())).toEqual(['process-owner', 'trainer'])
    await stream.until('presence', (data) => people(data).includes('trainer'))
    await beat(world, 'trainer', { client: 'tab-1', place: '/states/open' })
    await stream.until('presence', (data) => JSON.stringify(data).includes('/states/open'))
    await beat(world, 'trainer', { client: 'tab-1', gone: true })
    await beat(world, 'auditor')
    expect(people(await stream.until('presence', (data) => people(data).includes('auditor')))).toEqual([
      'process-owner',
      'auditor',
    ])
    stream.hangUp()
  })

  it('ends 30 s after the last sign of life, in real time', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 30 } })
    const stream = await watch(world)
    await beat(world, 'trainer')
    world.wall.set(START + 20_000)
    await beat(world, 'trainer')
    world.wall.set(START + 49_999)
    expect(people((await world.as('engineer', 'GET', `${DRAFT}/events`)).json())).toEqual(['trainer'])
    await stream.until('presence', (data) => people(data).length === 1)
    world.wall.set(START + 50_000)
    const before = stream.told.length
    await stream.until('presence', () => stream.told.length > before)
    expect(stream.told.at(-1)).toEqual({ event: 'presence', data: { present: [] } })
    stream.hangUp()
  })

  it('is refused where there is no process, no right, or no name of a tab', async () => {
    const world = await createWorld()
    const none = await world.as('trainer', 'POST', '/api/processes/none/draft/presence', { client: 'a' })
    expect([none.statusCode, none.json().code]).toEqual([404, 'process-not-found'])
    expect((await beat(world, 'customer')).statusCode).toBe(403)
    for (const body of [{}, { client: '' }, { client: 'a b' }, { client: 'a', place: 'x'.repeat(501) }])
      expect((await beat(world, 'trainer', body)).statusCode).toBe(400)
  })

  it('of one person is bounded', async () => {
    const world = await createWorld()
    for (let n = 0; n < 20; n++) await beat(world, 'trainer', { client: `tab-${n}` })
    expect((await beat(world, 'trainer', { client: 'one-more' })).statusCode).toBe(429)
    expect((await beat(world, 'trainer', { client: 'tab-3' })).statusCode).toBe(200)
    expect((await beat(world, 'auditor')).json().present).toHaveLength(21)
  })
})

it('a watch wakes for who comes, moves or goes, not for a sign of life, and lets go of who stops listening', () => {
  let now = 0
  const watching = createDraftWatch({ now: () => now, manual: false })
  let woken = 0
  const stop = watching.listen('p', () => {
    woken++
  })
  const wang = { id: 'wang', name: '王芳' }
  watching.beat('p', wang, { client: 'a' })
  watching.beat('p', wang, { client: 'a' })
  expect([woken, watching.untilNext('p')]).toEqual([1, 30_000])
  now = 10_000
  watching.beat('p', wang, { client: 'b' })
  expect([woken, watching.untilNext('p')]).toEqual([2, 20_000])
  watching.beat('p', wang, { client: 'b', gone: true })
  watching.beat('p', wang, { client: 'b', gone: true })
  watching.beat('other', wang, { client: 'a' })
  expect(woken).toBe(3)
  stop()
  watching.changed('p')
  expect(woken).toBe(3)
  now = 30_000
  expect([watching.present('p'), watching.untilNext('p')]).toEqual([[], Number.POSITIVE_INFINITY])
})
