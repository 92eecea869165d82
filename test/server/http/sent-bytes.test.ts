import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createWorld, tokenOf } from './harness.ts'

const HOUR_MS = 3600 * 1000
const limited = (sentPerDay: number) =>
  createWorld({ deps: { config: { trustProxy: false, rateLimit: 0, sentPerDay, loopDelay: 0 } } })
const note = (length: number) => ({ text: 'x'.repeat(length) })

describe('what one person may send in a day', () => {
  it('stops his changes beyond it, not his reading, nobody else’s, and not tomorrow', async () => {
    const { as, errand, wall } = await limited(5000)
    const notes = `/api/jobs/${await errand()}/notes`
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) statuses.push((await as('engineer', 'POST', notes, note(1900))).statusCode)
    expect(statuses).toEqual([200, 200, 200, 429])
    wall.set(wall.now() + HOUR_MS)
    const refused = await as('engineer', 'POST', notes, note(1))
    expect(refused.json().code).toBe('too-much-sent')
    expect(refused.headers['retry-after']).toBe(String(23 * 3600))
    expect((await as('engineer', 'GET', '/api/jobs')).statusCode).toBe(200)
    expect((await as('dispatcher', 'POST', notes, note(1))).statusCode).toBe(200)
    wall.set(wall.now() + 23 * HOUR_MS)
    expect((await as('engineer', 'POST', notes, note(1900))).statusCode).toBe(200)
  })

  it('counts what came in parts, and what was broken off', async () => {
    const { app, as, errand } = await limited(20_000)
    const path = `/api/jobs/${await errand()}/notes`
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const headers = {
      authorization: `Bearer ${tokenOf('engineer')}`,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    }
    const send = () => request({ port, host: '127.0.0.1', method: 'POST', path, headers })
    const whole = send()
    whole.end(JSON.stringify(note(1900)))
    const [answer] = await once(whole, 'response')
    expect(answer.statusCode).toBe(200)
    answer.resume()
    const broken = send()
    broken.on('error', () => undefined)
    broken.write(`{"text":"${'x'.repeat(30_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    broken.destroy()
    await expect
      .poll(async () => (await as('engineer', 'POST', path, note(1))).statusCode, { timeout: 5000 })
      .toBe(429)
  })
})
