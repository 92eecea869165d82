/** Delivery of webhooks: retries, slow and refusing endpoints, a server killed in between. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { randomIds } from '../../../server/ids.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { createDeliveries } from '../../../server/webhooks/deliveries.ts'
import { createSender, type Sender } from '../../../server/webhooks/sender.ts'
import { at, change, commit, job } from '../store-fixtures.ts'
import { answering, receive, taken, verified } from './receiver.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const silent = { error: () => undefined, info: () => undefined }

const endpoint = (store: JobStore, id: string, url: string) =>
  store.webhooks.saveEndpoint(
    { id, url, events: ['job.changed'], secret: SECRET, enabled: true, createdAt: at(0) },
    { change: 0, published: {} },
  )
async function begin(store: JobStore, sender?: Sender, retriesMs = [1, 1, 1]) {
  const deliveries = createDeliveries({
    store,
    library: { processes: async () => [], version: async () => undefined },
    sender: sender ?? createSender({ privateAddresses: true, timeoutMs: 400 }),
    ids: randomIds,
    now: () => Date.now(),
    log: silent,
    retriesMs,
  })
  await deliveries.start()
  onTestFinished(deliveries.stop)
  return {
    ...deliveries,
    make: async (id: string) => {
      await store.commit(commit([change(job(id))]))
      deliveries.committed()
    },
  }
}
const counts = (store: JobStore, id: string) => expect.poll(() => store.webhooks.counts(id))

describe('delivery', () => {
  it('tries again with the same id and a signature of its own until the endpoint takes it', async () => {
    const store = createMemoryStore()
    const { url, received } = await receive((response, n) =>
      n < 2 ? answering(503)(response) : taken(response),
    )
    await endpoint(store, 'a', url)
    const { make } = await begin(store)
    await make('j')
    await expect.poll(() => received.length).toBe(3)
    await counts(store, 'a').toEqual({ pending: 0, dead: 0 })
    expect(new Set(received.map(({ id }) => id))).toEqual(new Set(['job_j_1_changed']))
    for (const one of received)
      expect(verified(SECRET, one)).toMatchObject({ type: 'job.changed', data: { job: 'j', seq: 1 } })
  })

  it('gives up in the end, and sends again when asked', async () => {
    const store = createMemoryStore()
    let well = false
    const { url, received } = await receive((response) => (well ? taken : answering(500))(response))
    await endpoint(store, 'a', url)
    const { make, reload } = await begin(store)
    await make('j')
    await counts(store, 'a').toEqual({ pending: 0, dead: 1 })
    expect(received).toHaveLength(4)
    expect(await store.webhooks.dead('a', 9)).toMatchObject([
      { attempts: 4, failure: { reason: 'status', status: 500 } },
    ])
    well = true
    await store.webhooks.revive('a', new Date().toISOString(), {})
    await reload()
    await counts(store, 'a').toEqual({ pending: 0, dead: 0 })
    expect(received.at(-1)?.id).toBe('job_j_1_changed')
  })

  it('does not follow a redirect', async () => {
    const store = createMemoryStore()
    const away = await receive(taken)
    const { url } = await receive(answering(302, { location: away.url }))
    await endpoint(store, 'a', url)
    const { make } = await begin(store, undefined, [])
    await make('j')
    await counts(store, 'a').toEqual({ pending: 0, dead: 1 })
    expect(await store.webhooks.dead('a', 9)).toMatchObject([
      { failure: { reason: 'redirect', status: 302 } },
    ])
    expect(away.received).toEqual([])
  })

  it('is switched off by 410, with all that waits', async () => {
    const store = createMemoryStore()
    const { url, received } = await receive(answering(410))
    await endpoint(store, 'a', url)
    const { make } = await begin(store)
    await make('j')
    await expect
      .poll(async () => (await store.webhooks.endpoints())[0])
      .toMatchObject({
        enabled: false,
        gone: true,
      })
    await make('k')
    expect(received).toHaveLength(1)
    await counts(store, 'a').toEqual({ pending: 0, dead: 1 })
  })

  it('does not let one that hangs hold up another, and gives the attempt up after its time', async () => {
    const store = createMemoryStore()
    const slow = await receive(() => undefined)
    const quick = await receive(taken)
    await endpoint(store, 'slow', slow.url)
    await endpoint(store, 'quick', quick.url)
    const { make } = await begin(store, undefined, [])
    await make('j')
    await vi.waitFor(() => expect(slow.received).toHaveLength(1))
    await make('k')
    await expect.poll(() => quick.received.length).toBe(2)
    expect(await store.webhooks.counts('slow')).toMatchObject({ dead: 0 })
    await counts(store, 'slow').toMatchObject({ pending: 0 })
    expect((await store.webhooks.dead('slow', 9))[0]?.failure).toEqual({ reason: 'timeout' })
  })

  it('forgets nothing when the server is killed between commit, sending and what came of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldchart-webhooks-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'jobs.sqlite')
    const { url, received } = await receive(taken)
    const before = openSqliteStore(file)
    onTestFinished(() => before.close())
    await endpoint(before, 'a', url)
    // It sends, and never learns what came of it.
    const lost: string[] = []
    const dying: Sender = {
      send: (_url, headers) => {
        lost.push(String(headers['webhook-id']))
        return new Promise(() => undefined)
      },
      close: async () => undefined,
    }
    const killed = createDeliveries({
      store: before,
      library: { processes: async () => [], version: async () => undefined },
      sender: dying,
      ids: randomIds,
      now: () => Date.now(),
      log: silent,
    })
    await killed.start()
    await before.commit(commit([change(job('sent'))]))
    killed.committed()
    await expect.poll(() => lost).toEqual(['job_sent_1_changed'])
    // Committed, and the server died before it was read.
    await before.commit(commit([change(job('unread'))]))

    const after = openSqliteStore(file)
    onTestFinished(() => after.close())
    await begin(after)
    await counts(after, 'a').toEqual({ pending: 0, dead: 0 })
    expect(received.map(({ id }) => id).toSorted()).toEqual(['job_sent_1_changed', 'job_unread_1_changed'])
  })
})
