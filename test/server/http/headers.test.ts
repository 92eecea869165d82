/** What every answer says to browsers. */
import { describe, expect, it } from 'vitest'
import { createWorld, type World } from './harness.ts'

const policyOf = (answer: { headers: Record<string, unknown> }) =>
  new Map(
    String(answer.headers['content-security-policy'])
      .split(';')
      .map((part) => part.trim().split(/ (.*)/s))
      .map(([name = '', rest = '']) => [name, rest]),
  )
const ADDRESSES = ['/', '/api/jobs', '/api/me', '/api/docs', '/api/nothing', '/healthz', '/api/openapi.json']
const ask = (world: World, url: string) =>
  world.as('administrator', 'GET', url, undefined, { accept: 'text/html' })

describe('every answer', () => {
  it('lets a page run no script but the server’s own files', async () => {
    const world = await createWorld()
    for (const url of ADDRESSES) {
      const policy = policyOf(await ask(world, url))
      expect(policy.get('script-src')).toBe("'self'")
      expect(policy.get('default-src')).toBe("'none'")
      for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
        expect(policy.get(name)).toBe("'none'")
      expect(policy.get('connect-src')).toBe("'self'")
      expect(policy.get('form-action')).toBe("'self'")
      for (const [name, value] of policy)
        expect([name, /unsafe-|\*|https?:|strict-dynamic/.test(value)]).toEqual([name, name === 'style-src'])
    }
  })
  it('shuts out other sites, and what no page asks for', async () => {
    const world = await createWorld()
    for (const url of ADDRESSES) {
      const { headers } = await ask(world, url)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': expect.stringMatching(/DENY|SAMEORIGIN/),
      })
      expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/)
    }
  })
  it('with data stays in no cache', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const urls = [
      '/api/me',
      '/api/jobs',
      `/api/jobs/${id}`,
      '/api/people',
      '/api/sign-in',
      '/api/jobs/none',
      '/api/settings',
    ]
    for (const url of urls)
      expect([url, (await ask(world, url)).headers['cache-control']]).toEqual([url, 'no-store'])
    const made = await world.as('administrator', 'POST', '/api/people/engineer/tokens', { name: 'phone' })
    expect(made.headers['cache-control']).toBe('no-store')
  })
})
