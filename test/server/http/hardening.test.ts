import { setTimeout as pause } from 'node:timers/promises'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { isRight } from '../../../server/access/policy.ts'
import { createSignInGuard } from '../../../server/access/sign-in-guard.ts'
import { registerAuthorisation } from '../../../server/http/authorise.ts'
import { nestsDeeper } from '../../../server/http/json-body.ts'
import { SIGN_IN_LIMIT } from '../../../server/http/security.ts'
import { createWorld, type Method, tokenOf } from './harness.ts'

type Operation = {
  'x-right'?: string
  parameters?: { name: string; in: string }[]
  requestBody?: unknown
  responses: Record<string, unknown>
}
type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

async function operations() {
  const world = await createWorld()
  const document: Document = (await world.as(undefined, 'GET', '/api/openapi.json')).json()
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return { world, document, all }
}
const isMethod = (method: string): method is Method =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)

describe('OpenAPI', () => {
  it('describes every route with its right, and nothing it refers to is missing', async () => {
    const { document, all } = await operations()
    expect(document.openapi).toBe('3.1.0')
    expect(all.length).toBeGreaterThan(40)
    for (const { path, method, operation } of all)
      expect([path, method, isRight(operation['x-right'])]).toEqual([path, method, true])
    const text = JSON.stringify(document)
    const refs = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref)
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(refs.filter((ref) => ref === undefined || !known.includes(ref))).toEqual([])
  })
  it('has a page that loads nothing from elsewhere', async () => {
    const { as } = await createWorld()
    const page = await as(undefined, 'GET', '/api/docs')
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source ?? '')
    expect(sources.length).toBeGreaterThan(0)
    expect(page.body).not.toMatch(/<script(?! src=)/)
    for (const source of sources) expect((await as(undefined, 'GET', source)).statusCode).toBe(200)
  })
})

describe('a route', () => {
  it('that declares no right stops the start', async () => {
    const app = Fastify()
    await app.register(cookie)
    registerAuthorisation(app, { identify: async () => undefined }, createSignInGuard({ now: () => 0 }))
    app.get('/bare', async () => 'x')
    await expect(app.ready()).rejects.toThrow('GET /bare')
  })
  it('that is not public asks who it is', async () => {
    const { world, all } = await operations()
    for (const { path, method, operation } of all) {
      if (operation['x-right'] === 'public' || !isMethod(method)) continue
      const { statusCode } = await world.as(undefined, method, path.replaceAll(/\{\w+\}/g, '1'))
      expect([path, method, statusCode]).toEqual([path, method, 401])
    }
  })
})

describe('rubbish', () => {
  it('nested deeply is refused before it is parsed', async () => {
    const { as, app } = await createWorld()
    const payload = '['.repeat(200_000) + ']'.repeat(200_000)
    const answer = await app.inject({
      method: 'POST',
      url: '/api/processes',
      headers: { authorization: `Bearer ${tokenOf('administrator')}`, 'content-type': 'application/json' },
      payload,
    })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'too-deep'])
    let deep: unknown = 1
    for (let level = 0; level < 60; level++) deep = [deep]
    const fits = await as('administrator', 'POST', '/api/processes', { definition: { id: 'deep', deep } })
    expect(fits.statusCode).toBe(201)
    const { problems } = (await as('administrator', 'POST', '/api/processes/deep/draft/validate')).json()
    expect(problems.length).toBeGreaterThan(0)
  })
  it('is counted by brackets outside strings', () => {
    expect(nestsDeeper('"[[[[[["', 2)).toBe(false)
    expect(nestsDeeper('"\\"[[["', 2)).toBe(false)
    expect(nestsDeeper('{"a":[{}]}', 2)).toBe(true)
    expect(nestsDeeper('[][][][]', 1)).toBe(false)
  })
  it.each([
    ['{"process":"errand","__proto__":{"x":1}}', 400],
    ['{"process":"errand","fields":{"what":"x","constructor":{"prototype":{}}}}', 400],
    ['{"process":', 400],
  ])('%s is refused', async (payload, status) => {
    const { app } = await createWorld()
    const answer = await app.inject({
      method: 'POST',
      url: '/api/jobs',
      headers: { authorization: `Bearer ${tokenOf('dispatcher')}`, 'content-type': 'application/json' },
      payload,
    })
    expect(answer.statusCode).toBe(status)
  })
  it('of another kind or too large is refused', async () => {
    const { app, as } = await createWorld()
    const post = (type: string, payload: string) =>
      app.inject({
        method: 'POST',
        url: '/api/jobs',
        headers: { authorization: `Bearer ${tokenOf('dispatcher')}`, 'content-type': type },
        payload,
      })
    expect((await post('text/plain', '{"process":"errand"}')).json().code).toBe('media-type')
    expect((await post('application/x-www-form-urlencoded', 'process=errand')).statusCode).toBe(415)
    expect(
      (
        await as('dispatcher', 'POST', '/api/jobs', {
          process: 'errand',
          fields: { what: 'x'.repeat(1_100_000) },
        })
      ).json().code,
    ).toBe('too-large')
  })
  it.each([
    '/%zz',
    '/api/jobs/%E0%A4%A',
    '/api/../../etc/passwd',
    '//evil.example/x',
    `/api/jobs/${'x'.repeat(5000)}`,
  ])('at %s has no effect', async (url) => {
    const { as } = await createWorld()
    const answer = await as('administrator', 'GET', url)
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})

describe('answers', () => {
  it('carry the headers that keep pages safe', async () => {
    const { as } = await createWorld()
    const { headers } = await as(undefined, 'GET', '/healthz')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })
  it('to a fault say nothing but its id', async () => {
    const { as } = await createWorld({
      deps: {
        clock: {
          manual: false,
          now: () => {
            throw new Error('secret path /etc')
          },
        },
      },
    })
    const answer = await as('administrator', 'GET', '/api/clock', undefined, { 'x-request-id': 'abc-1' })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'internal', instance: 'abc-1' })
    expect(answer.body).not.toContain('secret')
    expect(answer.headers['x-request-id']).toBe('abc-1')
  })
  it('do not repeat a request id that could harm a log', async () => {
    const { as } = await createWorld()
    const answer = await as(undefined, 'GET', '/healthz', undefined, { 'x-request-id': 'a b\tc' })
    expect(answer.headers['x-request-id']).toMatch(/^[\w-]{36}$/)
  })
  it('speak the reader’s language, and carry both', async () => {
    const { as } = await createWorld()
    const zh = await as(undefined, 'GET', '/api/jobs', undefined, {
      'accept-language': 'fr, zh-CN;q=0.9, en;q=0.1',
    })
    expect(zh.json()).toMatchObject({ title: '请先登录', titles: { en: 'Sign in first', zh: '请先登录' } })
  })
  it('stop when someone asks too much', async () => {
    const { as } = await createWorld({
      deps: { config: { trustProxy: false, rateLimit: 5, sentPerDay: 0, loopDelay: 0 } },
    })
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await as('engineer', 'GET', '/api/me')).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    const refused = await as('engineer', 'GET', '/api/me')
    expect(refused.json().code).toBe('too-many-requests')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await as('dispatcher', 'GET', '/api/me')).statusCode).toBe(200)
  })
  it('stop while the server lags behind by more than it may, and only then', async () => {
    const lagging = async (most: number, held: number) => {
      const { as } = await createWorld({
        deps: { config: { trustProxy: false, rateLimit: 0, sentPerDay: 0, loopDelay: most } },
      })
      await pause(300)
      for (const until = performance.now() + held; performance.now() < until; );
      // What comes from outside is read after the timers that fell due meanwhile.
      await pause(5)
      const met = await as('engineer', 'GET', '/api/me')
      const alive = (await as(undefined, 'GET', '/healthz')).statusCode
      await pause(600)
      return [
        met.statusCode,
        met.headers['retry-after'],
        alive,
        (await as('engineer', 'GET', '/api/me')).statusCode,
      ]
    }
    expect(await lagging(300, 1000)).toEqual([503, '5', 200, 200])
    // Held up for longer than a measurement takes, and yet within what is allowed.
    expect(await lagging(3000, 1500)).toEqual([200, undefined, 200, 200])
  })
  it('to signing in are limited also where nothing else is', async () => {
    const { as } = await createWorld()
    const statuses = []
    for (let n = 0; n <= SIGN_IN_LIMIT.max; n++)
      statuses.push(
        (await as(undefined, 'POST', '/api/sign-in', { token: tokenOf('engineer') }, { host: 'localhost' }))
          .statusCode,
      )
    expect(statuses.at(-2)).toBe(200)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('health', () => {
  it('tells life, readiness and figures', async () => {
    const { as } = await createWorld()
    expect((await as(undefined, 'GET', '/healthz')).json()).toEqual({ status: 'ok' })
    expect((await as(undefined, 'GET', '/readyz')).json()).toEqual({ status: 'ok' })
    await as('engineer', 'GET', '/api/jobs/some-secret-id')
    const metrics = await as(undefined, 'GET', '/metrics')
    expect(metrics.body).toContain('http_request_duration_seconds_bucket')
    expect(metrics.body).toContain('route="/api/jobs/:id"')
    expect(metrics.body).not.toContain('some-secret-id')
  })
  it('says not ready where the store does not answer', async () => {
    const { store } = await createWorld()
    const broken = Object.assign(Object.create(store), {
      lastChangeId: () => Promise.reject(new Error('disk gone')),
    })
    const { as } = await createWorld({ deps: { store: broken } })
    const answer = await as(undefined, 'GET', '/readyz')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'not-ready'])
    expect((await as(undefined, 'GET', '/healthz')).statusCode).toBe(200)
  })
})
