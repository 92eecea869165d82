import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { createWorld, EPOCH, type Method, tokenOf, type World } from './harness.ts'

type Event = { id: number; event: string; data: { id: number; entry: { job: string; seq: number } } }

const numberOf = (id: string | undefined): number => {
  const [epoch, change] = (id ?? '').split('.')
  expect(epoch).toBe(EPOCH)
  return Number(change)
}

/** Reads a stream of changes over real HTTP until `count` events of changes came, then hangs up. */
async function listen(world: World, path = '/api/changes', headers: Record<string, string> = {}) {
  if (!world.app.server.listening) await world.app.listen({ host: '127.0.0.1', port: 0 })
  const address = world.app.listeningOrigin
  const hangUp = new AbortController()
  const answer = await fetch(`${address}${path}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf('dispatcher')}`, ...headers },
    signal: hangUp.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const events: Event[] = []
  let text = ''
  let comments = 0
  /** One more piece; false at the end of the stream. */
  const more = async (): Promise<boolean> => {
    const piece = await reader?.read()
    if (piece === undefined || piece.done) return false
    text += piece.value
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith(':')) comments++
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      )
      if (fields.event === 'change')
        events.push({ id: numberOf(fields.id), event: fields.event, data: JSON.parse(fields.data ?? '') })
      if (fields.event === 'reset') resets++
      if (fields.event === 'ready') ready = numberOf(fields.id)
    }
    return true
  }
  let ready = -1
  let resets = 0
  return {
    answer,
    events,
    comments: () => comments,
    resets: () => resets,
    ready: async () => {
      while (ready < 0 && (await more()));
      return ready
    },
    until: async (count: number) => {
      while (events.length < count && (await more()));
      return events
    },
    end: async () => {
      while (await more());
    },
    hangUp: () => hangUp.abort(),
  }
}
const note = (world: World, id: string, text: string) =>
  world.as('engineer', 'POST', `/api/jobs/${id}/notes`, { text })

describe('GET /api/changes', () => {
  it('pages through everything in commit order', async () => {
    const world = await createWorld()
    const a = await world.errand()
    const b = await world.errand()
    await note(world, a, 'x')
    const first = (await world.as('auditor', 'GET', '/api/changes?limit=2')).json()
    const rest = (await world.as('auditor', 'GET', `/api/changes?after=${first.next}`)).json()
    const seen = [...first.changes, ...rest.changes]
    expect(seen.map(({ entry }) => [entry.job, entry.seq])).toEqual([
      [a, 1],
      [b, 1],
      [a, 2],
    ])
    expect((await world.as('auditor', 'GET', `/api/changes?after=${rest.next}`)).json()).toEqual({
      changes: [],
      next: rest.next,
      epoch: EPOCH,
    })
    const one = (await world.as('auditor', 'GET', `/api/jobs/${b}/changes`)).json()
    expect(one.changes.map(({ entry }: { entry: { job: string } }) => entry.job)).toEqual([b])
  })

  it('streams what is committed from now on', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const stream = await listen(world)
    expect(stream.answer.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await stream.ready()).toBe(1)
    await note(world, id, 'now')
    expect(await stream.until(1)).toMatchObject([
      { id: 2, data: { id: 2, process: 'errand', entry: { seq: 2 } } },
    ])
    stream.hangUp()
  })

  it('resumes after a break without gap or double, while others write', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const writing = (async () => {
      for (let n = 0; n < 60; n++) await note(world, id, `${n}`)
    })()
    const seen: number[] = []
    let last = 0
    while (seen.length < 61) {
      const stream = await listen(world, '/api/changes', { 'last-event-id': String(last) })
      // A few at a time, then the line breaks.
      const events = await stream.until(Math.min(9, 61 - seen.length))
      stream.hangUp()
      seen.push(...events.map((event) => event.id))
      last = seen.at(-1) ?? last
    }
    await writing
    expect(seen).toEqual(Array.from({ length: 61 }, (_, index) => index + 1))
  })

  it('loses and doubles nothing over two hundred breaks and a restart, of all jobs and of one', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldchart-stream-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'jobs.sqlite')
    const first = openSqliteStore(file)
    let world = await createWorld({ store: first })
    const one = await world.errand()
    const other = await world.errand()
    /** Others write for as long as the breaks last. */
    const underLoad = async (breaks: Promise<void>) => {
      let going = true
      const done = breaks.finally(() => {
        going = false
      })
      for (let n = 0; going; n++) await note(world, n % 3 === 0 ? one : other, `${n}`)
      await done
    }
    const followed: { path: string; seen: number[] }[] = [
      { path: '/api/changes', seen: [] },
      { path: `/api/jobs/${one}/changes`, seen: [] },
    ]
    /** Reads a few, and the line breaks, in the middle of a word as well. */
    const follow = async (breaks: number) => {
      for (const { path, seen } of followed)
        for (let n = 0; n < breaks; n++) {
          const stream = await listen(world, path, { 'last-event-id': String(seen.at(-1) ?? 0) })
          await stream.ready()
          const events = await stream.until(n % 4 === 0 ? 0 : 1)
          stream.hangUp()
          seen.push(...events.map(({ id }) => id))
        }
    }
    await underLoad(follow(50))
    await world.app.close()
    await first.close()
    const second = openSqliteStore(file)
    onTestFinished(() => second.close())
    world = await createWorld({ store: second })
    await underLoad(follow(50))
    for (const { path, seen } of followed) {
      const log: number[] = []
      for (let after = 0, size = -1; size !== log.length; ) {
        size = log.length
        const page = (await world.as('auditor', 'GET', `${path}?after=${after}&limit=500`)).json()
        log.push(...page.changes.map(({ id }: { id: number }) => id))
        after = page.next
      }
      const rest = log.slice(seen.length)
      if (rest.length > 0) {
        const stream = await listen(world, path, { 'last-event-id': String(seen.at(-1) ?? 0) })
        seen.push(...(await stream.until(rest.length)).map(({ id }) => id))
        stream.hangUp()
      }
      expect(seen).toEqual(log)
      expect(log.length).toBeGreaterThan(100)
    }
  })

  it('holds five hundred streams open, and tells each', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const streams = await Promise.all(Array.from({ length: 500 }, () => listen(world)))
    expect(new Set(streams.map(({ answer }) => answer.status))).toEqual(new Set([200]))
    await Promise.all(streams.map(({ ready }) => ready()))
    await note(world, id, 'to all')
    const told = await Promise.all(streams.map(({ until }) => until(1)))
    expect(new Set(told.map((events) => events.map((event) => event.id).join()))).toEqual(new Set(['2']))
    for (const { hangUp } of streams) hangUp()
  })

  it('tells whoever comes with an id of another folder to read anew', async () => {
    const world = await createWorld()
    await world.errand()
    const answer = await listen(world, '/api/changes', { 'last-event-id': '4711' })
    expect(await answer.ready()).toBe(1)
    expect(answer.resets()).toBe(1)
    answer.hangUp()
  })

  it('tells likewise whoever comes with a number that is here, but of another history', async () => {
    const world = await createWorld()
    for (let n = 0; n < 3; n++) await world.errand()
    const resets = async (path: string, header: Record<string, string>) => {
      const stream = await listen(world, path, header)
      const begun = [await stream.ready(), stream.resets()]
      stream.hangUp()
      return begun
    }
    expect(await resets('/api/changes', { 'last-event-id': `${EPOCH}.2` })).toEqual([2, 0])
    expect(await resets('/api/changes', { 'last-event-id': 'another.2' })).toEqual([3, 1])
    expect(await resets(`/api/changes?after=2&epoch=${EPOCH}`, {})).toEqual([2, 0])
    expect(await resets('/api/changes?after=2&epoch=another', {})).toEqual([3, 1])
    const page = async (query: string) =>
      (await world.as('auditor', 'GET', `/api/changes?after=2&epoch=${query}`)).json()
    expect(await page(EPOCH)).toMatchObject({ changes: [{ id: 3 }], next: 3, epoch: EPOCH })
    expect(await page('another')).toEqual({ changes: [], next: 3, epoch: EPOCH, reset: true })
  })

  it('prefers Last-Event-ID over the address, and refuses one that is none', async () => {
    const world = await createWorld()
    await world.errand()
    await world.errand()
    const stream = await listen(world, '/api/changes?after=0', { 'last-event-id': '1' })
    expect((await stream.until(1)).map(({ id }) => id)).toEqual([2])
    stream.hangUp()
    const wrong = await listen(world, '/api/changes', { 'last-event-id': 'abc' })
    expect(wrong.answer.status).toBe(400)
  })

  it('ends when the token is revoked', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 50 } })
    const stream = await listen(world)
    await stream.ready()
    await world.as('administrator', 'DELETE', '/api/people/dispatcher/tokens/token-dispatcher')
    await stream.end()
    expect(stream.events).toEqual([])
  })
  it('sends signs of life', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 20 } })
    const id = await world.errand()
    const stream = await listen(world)
    await stream.ready()
    await new Promise((resolve) => setTimeout(resolve, 120))
    await note(world, id, 'x')
    await stream.until(1)
    expect(stream.comments()).toBeGreaterThan(0)
    stream.hangUp()
  })
  it('does not hold up the stop', async () => {
    const world = await createWorld()
    const stream = await listen(world)
    await stream.ready()
    const start = performance.now()
    await world.app.close()
    await stream.end()
    expect(performance.now() - start).toBeLessThan(2000)
  })
  it('is for the staff', async () => {
    const world = await createWorld()
    const method: Method = 'GET'
    expect((await world.as('customer', method, '/api/changes')).statusCode).toBe(403)
    expect((await world.as(undefined, method, '/api/changes')).statusCode).toBe(401)
  })
})
