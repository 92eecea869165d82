/** `/api/webhooks`, asked as an administrator, with a receiver outside. */
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../../server/clock.ts'
import { answering, receive, taken, verified } from '../webhooks/receiver.ts'
import { createWorld, ERRAND, type WorldOptions } from './harness.ts'

const own = { trustProxy: true, rateLimit: 0, sentPerDay: 0, loopDelay: 0, privateWebhooks: true }
async function open(options: WorldOptions['deps'] = { config: own }) {
  // Whoever verifies compares the time with his own.
  const wallClock = createManualClock(Date.now())
  const world = await createWorld({ deps: { wallClock, ...options } })
  const as = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) =>
    world.as('administrator', method, `/api/webhooks${url}`, body)
  const make = async (body: Record<string, unknown>) => {
    const answer = await as('POST', '', body)
    expect(answer.statusCode).toBe(201)
    return answer.json()
  }
  return { ...world, ask: as, make, wallClock }
}

describe('/api/webhooks', () => {
  it('tells an endpoint what it asked for, signed by the secret that was shown once, and nothing of fields', async () => {
    const world = await open()
    const { url, received } = await receive(taken)
    const before = await world.errand({ what: 'before' })
    await world.as('dispatcher', 'POST', `/api/jobs/${before}/events`, { type: 'errand.dropped' })
    const { webhook, secret } = await world.make({
      url,
      events: ['job.created', 'job.ended', 'deadline.missed', 'complaint.raised', 'process.published'],
      process: 'errand',
    })
    const job = await world.errand({ what: 'a secret wish' })
    await world.as('administrator', 'POST', '/api/clock', { advance: 'PT2H' })
    await world.as('dispatcher', 'POST', `/api/jobs/${job}/complaints`, { text: 'bad words' })
    await world.as('dispatcher', 'POST', `/api/jobs/${job}/events`, { type: 'errand.dropped' })
    await world.as('dispatcher', 'POST', `/api/jobs/${job}/notes`, { text: 'after the end' })
    const told = () => received.map((one) => JSON.parse(one.body).type).toSorted()
    await expect.poll(told).toEqual(['complaint.raised', 'deadline.missed', 'job.created', 'job.ended'])
    for (const one of received)
      expect(verified(secret, one)).toMatchObject({ data: { job, process: 'errand', version: 1 } })
    const all = JSON.stringify(received)
    for (const word of ['secret wish', 'bad words', 'dispatcher']) expect(all).not.toContain(word)

    const list = await world.ask('GET', '')
    expect(list.body).not.toContain(secret)
    expect(list.json().webhooks).toMatchObject([{ id: webhook.id, enabled: true, pending: 0, dead: 0 }])
    expect((await world.ask('DELETE', `/${webhook.id}`)).statusCode).toBe(204)
    expect((await world.ask('GET', '')).json()).toEqual({ webhooks: [] })
  })

  it('tells of a version that is published', async () => {
    const world = await open()
    const { url, received } = await receive(taken)
    await world.make({ url, events: ['process.published'] })
    await world.as(
      'process-owner',
      'PUT',
      '/api/processes/errand/draft',
      {
        definition: { ...ERRAND, meta: { ...ERRAND.meta, title: { en: 'Run', zh: '跑腿' } } },
      },
      { 'if-none-match': '*' },
    )
    const draft = await world.as('process-owner', 'GET', '/api/processes/errand/draft')
    const published = await world.as(
      'process-owner',
      'POST',
      '/api/processes/errand/draft/publish',
      { note: 'again' },
      { 'if-match': String(draft.headers.etag) },
    )
    expect(published.statusCode, published.body).toBe(201)
    await expect.poll(() => received.map(({ id }) => id)).toEqual(['process_errand_2'])
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ data: { process: 'errand', version: 2 } })
  })

  it('signs with both secrets for a day after a new one was made', async () => {
    const world = await open()
    const { url, received } = await receive(taken)
    const { webhook, secret } = await world.make({ url, events: ['job.created'] })
    const rotated = (await world.ask('POST', `/${webhook.id}/rotate`)).json()
    expect(rotated.webhook.rotatingUntil).toBeDefined()
    expect((await world.ask('POST', `/${webhook.id}/test`)).json()).toEqual({ delivered: true })
    const [message] = received
    if (message === undefined) throw new Error('nothing came')
    for (const each of [secret, rotated.secret])
      expect(verified(each, message)).toMatchObject({ type: 'test' })
    world.wallClock.set(world.wallClock.now() + 25 * 3600 * 1000)
    expect((await world.ask('GET', '')).json().webhooks[0].rotatingUntil).toBeUndefined()
  })

  it('says what is dead, sends it again, and tells nothing of the time it was off', async () => {
    const world = await open()
    let status = 410
    const { url, received } = await receive((response) => answering(status)(response))
    const { webhook } = await world.make({ url, events: ['job.created'] })
    const first = await world.errand()
    const state = async () => (await world.ask('GET', '')).json().webhooks[0]
    await expect.poll(state).toMatchObject({
      enabled: false,
      gone: true,
      dead: 1,
      lastFailure: { failure: { reason: 'gone', status: 410 } },
    })
    const off = await world.ask('POST', `/${webhook.id}/resend`, {})
    expect([off.statusCode, off.json().code]).toEqual([409, 'webhook-off'])
    await world.errand()
    status = 204
    await world.ask('PATCH', `/${webhook.id}`, { enabled: true })
    const dead = (await world.ask('GET', `/${webhook.id}/dead`)).json().deliveries
    expect(dead).toMatchObject([{ id: `job_${first}_1_created`, type: 'job.created', attempts: 1 }])
    expect(
      (await world.ask('POST', `/${webhook.id}/resend`, { since: '2099-01-01T00:00:00Z' })).json(),
    ).toEqual({
      resent: 0,
    })
    expect((await world.ask('POST', `/${webhook.id}/resend`, {})).json()).toEqual({ resent: 1 })
    await expect.poll(state).toMatchObject({ enabled: true, pending: 0, dead: 0 })
    expect(received.map(({ id }) => id)).toEqual([`job_${first}_1_created`, `job_${first}_1_created`])
    const never = await world.ask('POST', `/${webhook.id}/resend`, { since: '2026-12-31T23:59:60Z' })
    expect(never.statusCode).toBe(400)
    const again = await world.ask('POST', `/${webhook.id}/resend`, { id: 'nothing' })
    expect([again.statusCode, again.json().code]).toEqual([404, 'letter-not-found'])
  })

  it('refuses addresses of the own network, plain http, passwords, and what is no address', async () => {
    const world = await open({})
    for (const url of [
      'http://example.com/in',
      'https://127.0.0.1/in',
      'https://0x7f000001/in',
      'https://[::1]/in',
      'https://10.0.0.8/in',
      'https://me:secret@example.com/in',
      'ftp://example.com',
      'nowhere!',
    ]) {
      const answer = await world.ask('POST', '', { url, events: ['job.created'] })
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 422, 'webhook-address'])
    }
    const { webhook } = await world.make({ url: 'https://localhost:9/in', events: ['job.created'] })
    expect((await world.ask('POST', `/${webhook.id}/test`)).json()).toEqual({
      delivered: false,
      failure: { reason: 'address' },
    })
    const answer = await world.ask('PATCH', `/${webhook.id}`, { url: 'https://192.168.0.1/' })
    expect(answer.json().code).toBe('webhook-address')
    expect((await world.ask('POST', '/none/test')).json().code).toBe('webhook-not-found')
    const nowhere = { url: 'https://example.com/in', events: ['job.created'], process: 'nothing' }
    expect((await world.ask('POST', '', nowhere)).json().code).toBe('process-not-found')
  })
})
