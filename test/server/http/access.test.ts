import { describe, expect, it } from 'vitest'
import { ROLES } from '../../../machines/definition/schema.ts'
import { isRight, may, RIGHTS } from '../../../server/access/policy.ts'
import { createSetUp } from '../../../server/access/set-up.ts'
import { randomIds } from '../../../server/ids.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import { createWorld, START, tokenOf, type World } from './harness.ts'

const sameOrigin = { 'sec-fetch-site': 'same-origin' }
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

describe('tokens', () => {
  it('without one there is nothing but the public routes', async () => {
    const { as } = await createWorld()
    const answer = await as(undefined, 'GET', '/api/jobs')
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthenticated'])
    expect(answer.headers['www-authenticate']).toContain('Bearer')
  })
  it.each(['Bearer fc_wrong', 'Bearer', 'Basic YTpi', `Bearer ${tokenOf('engineer')} x`])(
    'does not take "%s"',
    async (authorization) => {
      const { app } = await createWorld()
      expect((await app.inject({ url: '/api/me', headers: { authorization } })).statusCode).toBe(401)
    },
  )
  it('are shown once, expire, and are revoked at once', async () => {
    const { as, app, wall } = await createWorld()
    const me = async (token: string) =>
      (await app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })).statusCode
    const expiresAt = new Date(START + 60_000).toISOString()
    const short = (
      await as('administrator', 'POST', '/api/people/engineer/tokens', { name: 'kiosk', expiresAt })
    ).json()
    const long = (await as('administrator', 'POST', '/api/people/engineer/tokens', { name: 'phone' })).json()
    expect(long.token).toMatch(/^fc_[A-Za-z0-9_-]{43}$/)
    expect([await me(short.token), await me(long.token)]).toEqual([200, 200])
    wall.set(START + 60_000)
    expect([await me(short.token), await me(long.token)]).toEqual([401, 200])
    expect((await as('administrator', 'DELETE', `/api/people/engineer/tokens/${long.id}`)).statusCode).toBe(
      204,
    )
    expect(await me(long.token)).toBe(401)
    const shown = JSON.stringify((await as('administrator', 'GET', '/api/people/engineer')).json())
    expect(shown).not.toContain(long.token)
    expect(shown).not.toContain('hash')
  })
  it('of a disabled person are nobody’s', async () => {
    const { as } = await createWorld()
    await as('administrator', 'PATCH', '/api/people/engineer', { disabled: true })
    expect((await as('engineer', 'GET', '/api/me')).statusCode).toBe(401)
  })
})

describe('sessions', () => {
  const signIn = (world: World, headers = {}) =>
    world.as(
      undefined,
      'POST',
      '/api/sign-in',
      { token: tokenOf('dispatcher') },
      { host: '127.0.0.1:3000', ...headers },
    )

  it('over HTTPS have a __Host- cookie', async () => {
    const world = await createWorld()
    const answer = await signIn(world, { host: 'fieldchart.example', 'x-forwarded-proto': 'https' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-fieldchart=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })
  it('over plain HTTP are for the machine itself only', async () => {
    const world = await createWorld()
    expect((await signIn(world)).headers['set-cookie']).toMatch(
      /^fieldchart=[\w-]{43};.*HttpOnly; SameSite=Strict$/,
    )
    const far = await signIn(world, { host: '192.168.1.9:3000' })
    expect([far.statusCode, far.json().code, far.headers['set-cookie']]).toEqual([
      403,
      'https-required',
      undefined,
    ])
  })
  it('sign in, work, sign out', async () => {
    const world = await createWorld()
    const cookie = cookieOf(await signIn(world))
    expect((await world.as(undefined, 'GET', '/api/me', undefined, { cookie })).json()).toMatchObject({
      id: 'dispatcher',
    })
    const body = { process: 'errand', fields: { what: 'x' } }
    const made = await world.as(undefined, 'POST', '/api/jobs', body, { cookie, ...sameOrigin })
    expect(made.statusCode).toBe(201)
    const out = await world.as(undefined, 'POST', '/api/sign-out', undefined, { cookie, ...sameOrigin })
    expect(out.statusCode).toBe(204)
    expect((await world.as(undefined, 'GET', '/api/me', undefined, { cookie })).statusCode).toBe(401)
  })
  it('end after twelve hours of real time, not when the manual clock moves', async () => {
    const world = await createWorld()
    const cookie = cookieOf(await signIn(world))
    const status = async () => (await world.as(undefined, 'GET', '/api/me', undefined, { cookie })).statusCode
    await world.as('administrator', 'POST', '/api/clock', { advance: 'P30D' })
    expect(await status()).toBe(200)
    world.wall.set(START + 12 * 3600 * 1000)
    expect(await status()).toBe(401)
  })
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['nowhere', {}],
  ])('do not change anything from %s', async (_where, headers) => {
    const world = await createWorld()
    const cookie = cookieOf(await signIn(world))
    const body = { process: 'errand', fields: { what: 'x' } }
    const answer = await world.as(undefined, 'POST', '/api/jobs', body, {
      cookie,
      host: '127.0.0.1:3000',
      ...headers,
    })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'cross-site'])
  })
  it('know their own origin by its name where the browser says no more', async () => {
    const world = await createWorld()
    const cookie = cookieOf(await signIn(world))
    const headers = { cookie, host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }
    const made = await world.as(
      undefined,
      'POST',
      '/api/jobs',
      { process: 'errand', fields: { what: 'x' } },
      headers,
    )
    expect(made.statusCode).toBe(201)
  })
  it('are not started by another site', async () => {
    const world = await createWorld()
    expect((await signIn(world, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  })
})

describe('roles', () => {
  it('without any there is no right', () => {
    for (const right of Object.keys(RIGHTS).filter(isRight)) expect(may([], right)).toBe(right === 'public')
  })
  it('an administrator can do everything on the server', () => {
    const all = Object.keys(RIGHTS).filter(isRight)
    expect(all.filter((right) => !may(['administrator'], right))).toEqual([])
  })
  const asked: [string, string, string, unknown][] = [
    ['people:write', 'POST', '/api/people', { name: 'x', roles: [] }],
    ['drafts:write', 'POST', '/api/processes', { definition: { id: 'new-one' } }],
    ['clock:move', 'POST', '/api/clock', { advance: 'PT1S' }],
    ['jobs:create', 'POST', '/api/jobs', { process: 'errand', fields: { what: 'x' } }],
    ['jobs:list', 'GET', '/api/jobs', undefined],
    ['settings:read', 'GET', '/api/settings', undefined],
    ['training:attempt', 'GET', '/api/training/mine', undefined],
    ['training:assign', 'GET', '/api/training/assignments', undefined],
    ['training:results', 'GET', '/api/training/results', undefined],
    ['training:lead', 'GET', '/api/training/sessions', undefined],
  ]
  it.each(asked)('%s is what the table says, for every role', async (right, method, url, body) => {
    const { as } = await createWorld()
    if (!isRight(right) || (method !== 'GET' && method !== 'POST')) throw new Error('a slip in this test')
    for (const role of ROLES) {
      const { statusCode } = await as(role, method, url, body)
      // The second process of the same id is a conflict: let in all the same.
      expect([role, statusCode === 403]).toEqual([role, !may([role], right)])
    }
  })
})

describe('people', () => {
  it('are added, changed and found', async () => {
    const { as } = await createWorld()
    const made = await as('administrator', 'POST', '/api/people', {
      id: 'li.wei',
      name: ' 李伟 ',
      roles: ['engineer'],
    })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({
      id: 'li.wei',
      name: '李伟',
      roles: ['engineer'],
      disabled: false,
      tokens: [],
    })
    const again = await as('administrator', 'POST', '/api/people', { id: 'li.wei', name: 'x', roles: [] })
    expect([again.statusCode, again.json().code]).toEqual([409, 'exists'])
    const changed = await as(
      'administrator',
      'PATCH',
      '/api/people/li.wei',
      { roles: ['dispatcher'] },
      { 'if-match': '"1"' },
    )
    expect([changed.json().roles, changed.headers.etag]).toEqual([['dispatcher'], '"2"'])
    const stale = await as(
      'administrator',
      'PATCH',
      '/api/people/li.wei',
      { name: 'x' },
      { 'if-match': '"1"' },
    )
    expect([stale.statusCode, stale.json()]).toMatchObject([
      412,
      { code: 'precondition-failed', expected: 1, current: 2 },
    ])
    expect((await as('engineer', 'GET', '/api/people/li.wei')).json().tokens).toBeUndefined()
    expect((await as('administrator', 'GET', '/api/people/nobody')).json().code).toBe('person-not-found')
  })
  it('have certificates with their validity', async () => {
    const { as } = await createWorld()
    const url = '/api/people/engineer/certificates/height'
    const validity = { validFrom: '2026-01-01T00:00:00+08:00', validUntil: '2027-01-01T00:00:00+08:00' }
    const put = await as('safety-officer', 'PUT', url, validity)
    expect(put.json().certificates).toEqual([
      { kind: 'height', validFrom: '2025-12-31T16:00:00.000Z', validUntil: '2026-12-31T16:00:00.000Z' },
    ])
    expect(
      (await as('safety-officer', 'PUT', url, { ...validity, validUntil: validity.validFrom })).statusCode,
    ).toBe(400)
    expect((await as('engineer', 'PUT', url, validity)).statusCode).toBe(403)
    expect((await as('safety-officer', 'DELETE', url)).json().certificates).toEqual([])
    expect((await as('safety-officer', 'DELETE', url)).statusCode).toBe(404)
  })
  it('always keep an administrator, also when two take each other’s role', async () => {
    const { as } = await createWorld()
    const alone = await as('administrator', 'PATCH', '/api/people/administrator', { roles: ['engineer'] })
    expect([alone.statusCode, alone.json().code]).toEqual([409, 'last-administrator'])
    await as('administrator', 'PATCH', '/api/people/engineer', { roles: ['administrator'] })
    const answers = await Promise.all([
      as('administrator', 'PATCH', '/api/people/engineer', { disabled: true }),
      as('engineer', 'PATCH', '/api/people/administrator', { disabled: true }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })
})

describe('the first administrator', () => {
  const open = async () => {
    const { library } = await createWorld({ people: false })
    const setUp = createSetUp({ library, clock: { now: () => START, manual: false }, ids: randomIds })
    const world = await createWorld({ people: false, deps: { library, setUp } })
    return { world, setUp, secret: await setUp.openLink() }
  }
  const redeem = (world: World, token: unknown, name = '王芳') =>
    world.as(undefined, 'POST', '/api/setup', { token, name }, { host: 'localhost:3000' })

  it('is made over the link, signed in, and can come back with the token', async () => {
    const { world, secret } = await open()
    expect((await world.as(undefined, 'GET', '/api/setup')).json()).toEqual({ open: true })
    const done = await redeem(world, secret)
    expect(done.statusCode).toBe(201)
    expect(done.json().me).toMatchObject({ id: 'admin', name: '王芳', roles: ['administrator'] })
    const me = await world.as(undefined, 'GET', '/api/me', undefined, { cookie: cookieOf(done) })
    expect(me.statusCode).toBe(200)
    const { token } = done.json()
    expect(
      (await world.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })).statusCode,
    ).toBe(200)
    expect((await world.as(undefined, 'GET', '/api/setup')).json()).toEqual({ open: false })
  })
  it('is one, however many calls race', async () => {
    const { world, secret } = await open()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => redeem(world, secret, `admin ${n}`)),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(9)
    const won = answers.find(({ statusCode }) => statusCode === 201)?.json()
    const me = await world.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${won.token}` } })
    expect(me.json().name).toBe(won.me.name)
  })
  it('is not made with a wrong secret, nor twice', async () => {
    const { world, secret, setUp } = await open()
    expect((await redeem(world, 'guess')).statusCode).toBe(401)
    expect((await redeem(world, secret)).statusCode).toBe(201)
    expect((await redeem(world, secret)).json().code).toBe('setup-closed')
    expect(await setUp.openLink()).toBeUndefined()
  })
  it('has his token reset from the environment, and the old one is dead', async () => {
    const library = await openMemoryLibrary({ timeZone: 'Asia/Shanghai', calendars: {} })
    const setUp = createSetUp({ library, clock: { now: () => START, manual: false }, ids: randomIds })
    await setUp.ensureToken('a'.repeat(32))
    await setUp.ensureToken('a'.repeat(32))
    expect((await library.person('admin'))?.revision).toBe(1)
    await setUp.ensureToken('b'.repeat(32))
    expect((await library.person('admin'))?.tokens).toHaveLength(1)
    expect(await setUp.isOpen()).toBe(false)
  })
})
