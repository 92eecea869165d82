import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../machines/advance/job.ts'
import type { ChangeView } from '../../../machines/wire/server.ts'
import { entryView } from '../../../server/http/entry-view.ts'
import type { MaskedJobs } from '../../../server/jobs/masked-jobs.ts'
import { createFeed } from '../../../server/stream/feed.ts'
import { entryOf, job } from '../store-fixtures.ts'

/** A feed of `count` changes that counts how often it is read. */
function world(count: number, more: { stalledMs?: number } = {}) {
  let reads = 0
  let asked = 0
  const listeners = new Set<(id: number) => void>()
  const items: ChangeView[] = []
  const add = () => {
    const id = items.length + 1
    items.push({ id, process: 'p', version: 1, entry: entryView(entryOf(job('j', id), ['booked'])) })
    for (const listener of listeners) listener(id)
  }
  for (let n = 0; n < count; n++) add()
  const jobs: Pick<MaskedJobs, 'changes' | 'onCommitted'> = {
    changes: async (after, limit, filter) => {
      reads++
      asked = after
      const his = filter?.process === undefined ? items : items.filter(({ id }) => id % 500 === 0)
      return his.filter(({ id }) => id > after).slice(0, limit)
    },
    onCommitted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const inbox = {
    listen: () => () => {},
    unread: async () => ({ total: 0, remind: 0, notify: 0, breach: 0 }),
  }
  const feed = createFeed({
    jobs,
    inbox,
    lastChangeId: async () => items.length,
    heartbeatMs: 20,
    epoch: 'epoch',
    ...more,
  })
  return { feed, add, listeners, reads: () => reads, asked: () => asked }
}
const wang: Actor = { id: 'wang', name: 'Wang', roles: ['dispatcher'] }
const reader = { asker: wang, filter: {}, place: { after: 0 }, inbox: false, mayStay: async () => true }
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a feed', () => {
  it('waits for a reader who does not read, instead of buffering for him', async () => {
    const { feed, reads } = world(5000)
    const slow = new PassThrough({ highWaterMark: 4096 })
    const served = feed.serve(slow, reader)
    await wait(60)
    expect(reads()).toBe(1)
    expect(slow.readableLength + slow.writableLength).toBeLessThan(20_000)
    let text = ''
    slow.setEncoding('utf8')
    slow.on('data', (piece: string) => {
      text += piece
    })
    while (!text.includes('id: epoch.5000\n')) await wait(10)
    feed.close()
    await served
    const ids = [...text.matchAll(/^id: epoch\.(\d+)\nevent: change/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1))
  })
  it('cuts off a reader who takes nothing, and keeps no more for him than a connection holds', async () => {
    const { feed } = world(20_000, { stalledMs: 200 })
    let response: ServerResponse | undefined
    const served = Promise.withResolvers<void>()
    const server = createServer((_request, answer) => {
      response = answer
      feed.serve(answer, reader).then(served.resolve, served.reject)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    const socket = connect(at !== null && typeof at === 'object' ? at.port : 0, '127.0.0.1')
    socket.on('error', () => {})
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    let most = 0
    const watching = setInterval(() => {
      most = Math.max(most, response?.writableLength ?? 0)
    }, 5)
    await served.promise
    clearInterval(watching)
    expect(response?.destroyed).toBe(true)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(100_000)
    socket.destroy()
    server.close()
  })
  it.each([
    ['that it never gave', 8, 'reset'],
    ['that is its last', 7, 'ready'],
  ])('tells whoever comes with an id %s', async (_what, after, first) => {
    const { feed, add } = world(7)
    const stream = new PassThrough()
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (piece: string) => {
      text += piece
    })
    const served = feed.serve(stream, { ...reader, place: after === undefined ? undefined : { after } })
    await expect.poll(() => text).toContain('event: ready')
    add()
    await expect.poll(() => text).toContain('event: change')
    feed.close()
    await served
    const events = [...text.matchAll(/^id: epoch\.(\d+)\nevent: (\w+)/gm)].map(
      ([, id, event]) => `${event} ${id}`,
    )
    expect(events).toEqual([...(first === 'reset' ? ['reset 7'] : []), 'ready 7', 'change 8'])
  })
  it('misses nothing that is committed while it reads', async () => {
    const { feed, add } = world(0)
    const stream = new PassThrough()
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (piece: string) => {
      text += piece
    })
    const served = feed.serve(stream, reader)
    for (let n = 0; n < 50; n++) {
      add()
      if (n % 7 === 0) await wait(1)
    }
    // Far below the heartbeat: the bell woke it, not the clock.
    while (!text.includes('id: epoch.50\n')) await wait(1)
    feed.close()
    await served
    expect(text.match(/event: change/g)).toHaveLength(50)
  })
  it('passes once over what is not for a reader who chooses, and misses nothing that is', async () => {
    const { feed, add, asked } = world(1200)
    const stream = new PassThrough()
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (piece: string) => {
      text += piece
    })
    const served = feed.serve(stream, { ...reader, filter: { process: 'q' } })
    while (!text.includes('id: epoch.1000\n')) await wait(1)
    for (let n = 0; n < 299; n++) add()
    await expect.poll(asked).toBe(1499)
    add()
    while (!text.includes('id: epoch.1500\n')) await wait(1)
    feed.close()
    await served
    const ids = [...text.matchAll(/^id: epoch\.(\d+)\nevent: change/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual([500, 1000, 1500])
  })
  it('ends for who may not stay, also while changes come without a pause', async () => {
    const { feed, add } = world(0)
    const stream = new PassThrough()
    stream.resume()
    const writing = setInterval(add, 1)
    await feed.serve(stream, { ...reader, mayStay: async () => false })
    clearInterval(writing)
    expect(stream.writableEnded).toBe(true)
  })
  it('stops listening when its reader hangs up', async () => {
    const { feed, listeners } = world(0)
    const stream = new PassThrough()
    stream.resume()
    const served = feed.serve(stream, reader)
    await wait(5)
    expect(listeners.size).toBe(1)
    stream.destroy()
    await served
    expect(listeners.size).toBe(0)
  })
  it('lets one person have so many streams and no more', () => {
    const { feed } = world(0)
    const releases = Array.from({ length: 600 }, () => feed.reserve('wang'))
    expect(() => feed.reserve('wang')).toThrow('too-many-requests')
    feed.reserve('li')
    releases[0]?.()
    expect(() => feed.reserve('wang')).not.toThrow()
  })
})
