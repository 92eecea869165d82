/** Signing in by a provider: a real one, over HTTP, and the whole application. */
import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, it } from 'vitest'
import { readOidc } from '../../../server/access/oidc-config.ts'
import { localPath } from '../../../server/access/oidc-flow.ts'
import { createWorld, type World } from '../http/harness.ts'
import { CLIENT, startProvider, type TestProvider } from './provider.ts'

const HOST = '127.0.0.1:3000'
const BACK = `http://${HOST}`

type Options = { claim?: string | undefined; inIdToken?: boolean; env?: Record<string, string> }
async function open({ claim = 'realm_access.roles', inIdToken = false, env = {} }: Options = {}) {
  const provider = await startProvider(() => BACK, { inIdToken })
  const oidc = readOidc({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    ...(claim === ''
      ? {}
      : { OIDC_ROLES_CLAIM: claim, OIDC_ROLES: 'crew=engineer; desk=dispatcher; it=administrator' }),
    ...env,
  })
  if (oidc === undefined) throw new Error('not configured')
  const world = await createWorld({
    deps: { config: { trustProxy: true, rateLimit: 0, sentPerDay: 0, loopDelay: 0, oidc } },
  })
  return { provider, world }
}

/** A browser's cookies at our server. */
class Jar {
  readonly cookies = new Map<string, string>()
  keep(answer: LightMyRequestResponse): void {
    for (const { name, value } of answer.cookies)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
  }
  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
async function get(
  world: World,
  jar: Jar,
  url: string,
  accept = 'text/html',
): Promise<LightMyRequestResponse> {
  const answer = await world.app.inject({
    url: url.replace(BACK, ''),
    headers: { host: HOST, cookie: jar.header, accept, 'accept-language': 'zh-CN' },
  })
  jar.keep(answer)
  return answer
}
const locationOf = (answer: LightMyRequestResponse) => String(answer.headers.location)

/** From the button to where the provider leads back; not yet followed. */
async function away(
  { world, provider }: Opened,
  jar: Jar,
  returnTo = '/jobs?status=active',
): Promise<string> {
  const begun = await get(world, jar, `/api/sign-in/provider?return=${encodeURIComponent(returnTo)}`)
  expect([begun.statusCode, begun.body]).toEqual([303, ''])
  return provider.browse(locationOf(begun))
}
type Opened = { world: World; provider: TestProvider }
async function signIn(
  opened: Opened,
  jar = new Jar(),
): Promise<{ answer: LightMyRequestResponse; jar: Jar }> {
  const answer = await get(opened.world, jar, await away(opened, jar))
  return { answer, jar }
}
const me = async (world: World, jar: Jar) => (await get(world, jar, '/api/me', 'application/json')).json()
const people = async (world: World) =>
  (await world.as('administrator', 'GET', '/api/people')).json().people.length

describe('signing in by a provider', () => {
  it.each([true, false])(
    'makes the person with the roles of the claim and comes back to the page (in the ID token: %s)',
    async (inIdToken) => {
      const opened = await open({ inIdToken })
      const { world, provider } = opened
      provider.account = { sub: 'a-17', name: 'Li \u202eNa', roles: ['crew', 'choir'] }
      const { answer, jar } = await signIn(opened)
      expect([answer.statusCode, locationOf(answer)]).toEqual([303, '/jobs?status=active'])
      expect([...jar.cookies.keys()]).toEqual(['fieldchart'])
      expect(String(answer.headers['set-cookie'])).toMatch(/fieldchart=[\w-]{43};.*HttpOnly; SameSite=Strict/)
      expect(await me(world, jar)).toMatchObject({ name: 'Li Na', roles: ['engineer'], provider: true })
    },
  )
  it('is known by the subject, takes the claim’s roles at each sign-in, and keeps limits that still apply', async () => {
    const opened = await open()
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew', 'desk'] }
    const first = await me(world, (await signIn(opened)).jar)
    expect(first.roles).toEqual(['engineer', 'dispatcher'])
    const limits = [
      { role: 'engineer', regions: ['east'] },
      { role: 'dispatcher', regions: ['west'] },
    ]
    await world.as('administrator', 'PATCH', `/api/people/${first.id}`, { limits })
    const before = await people(world)
    provider.account = { sub: 'a-17', name: 'Somebody else', roles: ['desk'] }
    const second = await me(world, (await signIn(opened)).jar)
    expect(second).toMatchObject({
      id: first.id,
      name: 'Li Na',
      roles: ['dispatcher'],
      limits: limits.slice(1),
    })
    provider.forget()
    provider.account = { sub: 'a-18', name: 'Li Na', roles: ['desk'] }
    expect((await me(world, (await signIn(opened)).jar)).id).not.toBe(first.id)
    expect(await people(world)).toBe(before + 1)
  })
  it('lets nobody in whom the claim gives no role, and signs out whom it gives none any more', async () => {
    const opened = await open()
    const { world, provider } = opened
    const before = await people(world)
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['choir'] }
    const refused = await signIn(opened)
    expect([refused.answer.statusCode, [...refused.jar.cookies.keys()]]).toEqual([403, []])
    expect(await people(world)).toBe(before)
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const { jar } = await signIn(opened)
    expect((await me(world, jar)).roles).toEqual(['engineer'])
    provider.account = { sub: 'a-17', name: 'Li Na' }
    expect((await signIn(opened)).answer.statusCode).toBe(403)
    expect((await me(world, jar)).code).toBe('unauthenticated')
  })
  it('leaves roles to the administrators where no claim is configured', async () => {
    const opened = await open({ claim: '' })
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['it'] }
    const { answer } = await signIn(opened)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('\u8bf7\u8054\u7cfb\u7ba1\u7406\u5458')
    const list: { id: string; name: string }[] = (
      await world.as('administrator', 'GET', '/api/people')
    ).json().people
    const { id = '' } = list.find(({ name }) => name === 'Li Na') ?? {}
    await world.as('administrator', 'PATCH', `/api/people/${id}`, { roles: ['hotline-agent'] })
    const { jar } = await signIn(opened)
    expect(await me(world, jar)).toMatchObject({ id, roles: ['hotline-agent'] })
  })
  it('does not let in who is disabled here, nor take the last administrator away', async () => {
    const opened = await open()
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const { id } = await me(world, (await signIn(opened)).jar)
    await world.as('administrator', 'PATCH', `/api/people/${id}`, { disabled: true })
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['it'] }
    expect((await signIn(opened)).answer.body).toContain('account-disabled')
    provider.forget()
    provider.account = { sub: 'a-18', name: 'Wang Wei', roles: ['it'] }
    await signIn(opened)
    await world.as('administrator', 'PATCH', '/api/people/administrator', { disabled: true })
    provider.account = { sub: 'a-18', name: 'Wang Wei', roles: ['crew'] }
    expect((await signIn(opened)).answer.body).toContain('last-administrator')
  })
  it('finds who was here before it, once an administrator said so, and nobody is two', async () => {
    const opened = await open({ claim: '' })
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na' }
    await signIn(opened)
    const list: { id: string; name: string; account?: unknown }[] = (
      await world.as('administrator', 'GET', '/api/people')
    ).json().people
    const twin = list.find(({ name }) => name === 'Li Na')
    expect(twin?.account).toEqual({ issuer: provider.issuer, subject: 'a-17' })
    expect((await world.as('engineer', 'GET', '/api/people')).body).not.toContain('a-17')
    const link = () => world.as('administrator', 'PATCH', '/api/people/engineer', { account: twin?.account })
    const taken = await link()
    expect([taken.statusCode, taken.json()]).toMatchObject([409, { code: 'exists', person: twin?.id }])
    const freed = await world.as('administrator', 'PATCH', `/api/people/${twin?.id}`, {
      account: null,
      disabled: true,
    })
    expect(freed.json().account).toBeUndefined()
    expect((await link()).statusCode).toBe(200)
    expect((await me(world, (await signIn(opened)).jar)).id).toBe('engineer')
  })
  it('makes one person of two first sign-ins at once', async () => {
    const opened = await open()
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const before = await people(world)
    const jars = [new Jar(), new Jar(), new Jar()]
    const ways: string[] = []
    for (const jar of jars) ways.push(await away(opened, jar))
    await Promise.all(jars.map((jar, n) => get(world, jar, ways[n] ?? '')))
    expect(new Set(await Promise.all(jars.map(async (jar) => (await me(world, jar)).id))).size).toBe(1)
    expect(await people(world)).toBe(before + 1)
  })
})

describe('the way back', () => {
  const refusals: [string, (way: URL, jar: Jar) => void][] = [
    ['with another state', (way) => way.searchParams.set('state', 'x'.repeat(43))],
    ['without a state', (way) => way.searchParams.delete('state')],
    ['in a browser that did not set out', (_way, jar) => jar.cookies.clear()],
    [
      'with a cookie that was changed',
      (_way, jar) => {
        const sealed = jar.cookies.get('fieldchart-away') ?? ''
        jar.cookies.set('fieldchart-away', `${sealed.slice(0, 60)}A${sealed.slice(61, -1)}`)
      },
    ],
  ]
  it.each(refusals)('%s is refused, with a page in both languages', async (_what, change) => {
    const opened = await open()
    opened.provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const jar = new Jar()
    const way = new URL(await away(opened, jar))
    change(way, jar)
    const answer = await get(opened.world, jar, way.href)
    expect([answer.statusCode, [...jar.cookies.keys()]]).toEqual([400, []])
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('\u672c\u6b21\u767b\u5f55\u5df2\u5931\u6548')
    expect(answer.body).toContain('This sign-in is over')
    expect(answer.body).not.toContain('<script')
  })
  it('is taken once: neither the same code nor the same cookie works again', async () => {
    const opened = await open()
    const { world, provider } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const jar = new Jar()
    const way = await away(opened, jar)
    const again = new Jar()
    again.cookies.set('fieldchart-away', jar.cookies.get('fieldchart-away') ?? '')
    expect((await get(world, jar, way)).statusCode).toBe(303)
    expect((await get(world, again, way)).body).toContain('sign-in-stale')
    // The code of one in a sign-in of another's: the verifier does not fit.
    const third = new Jar()
    const other = new URL(await away(opened, third))
    other.searchParams.set('code', new URL(way).searchParams.get('code') ?? '')
    expect((await get(world, third, other.href)).body).toContain('provider-refused')
    expect(third.cookies.size).toBe(0)
  })
  it('is too late after a quarter of an hour', async () => {
    const opened = await open()
    opened.provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    const jar = new Jar()
    const way = await away(opened, jar)
    opened.world.wall.set(opened.world.wall.now() + 16 * 60_000)
    expect((await get(opened.world, jar, way)).body).toContain('sign-in-stale')
  })
  it.each(['nonce', 'code_challenge'])(
    'is refused where the %s was exchanged on the way there',
    async (name) => {
      const opened = await open()
      const { world, provider } = opened
      provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
      const jar = new Jar()
      const there = new URL(locationOf(await get(world, jar, '/api/sign-in/provider')))
      expect(there.searchParams.get('code_challenge_method')).toBe('S256')
      there.searchParams.set(name, 'a'.repeat(43))
      const answer = await get(world, jar, await provider.browse(there.href))
      expect([answer.statusCode, [...jar.cookies.keys()]]).toEqual([403, []])
      expect(answer.body).toContain('provider-refused')
    },
  )
  it('says so where the person called it off, and gives programs problem details', async () => {
    const opened = await open()
    const jar = new Jar()
    const answer = await get(opened.world, jar, await away(opened, jar), 'application/json')
    expect(answer.json()).toMatchObject({ status: 403, code: 'provider-refused', said: 'access_denied' })
  })
  it('leads to a page of this server only', async () => {
    const opened = await open()
    opened.provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    for (const hostile of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
    ]) {
      const jar = new Jar()
      const answer = await get(opened.world, jar, await away(opened, jar, hostile))
      expect([hostile, locationOf(answer)]).toEqual([hostile, '/'])
    }
    const jar = new Jar()
    const answer = await get(opened.world, jar, await away(opened, jar, '/jobs?text=\u6253\u5370\u673a'))
    expect(locationOf(answer)).toBe('/jobs?text=%E6%89%93%E5%8D%B0%E6%9C%BA')
  })
  it.each([
    ['/jobs/1?tab=a#x', '/jobs/1?tab=a#x'],
    ['/\u6d41\u7a0b?q=\u00e9', '/%E6%B5%81%E7%A8%8B?q=%C3%A9'],
    ['/..//evil.example', '/'],
    ['/x/%2e%2e//evil.example', '/'],
    ['/x/../api/sign-out', '/'],
    ['/\n/evil.example', '/'],
    [`/${'\u6d41'.repeat(400)}`, '/'],
    ['/api/sign-in/provider', '/'],
    ['javascript:alert(1)', '/'],
    ['jobs', '/'],
    [`/${'x'.repeat(2000)}`, '/'],
  ])('of %s is %s', (wanted, path) => {
    expect(localPath(wanted)).toBe(path)
  })
})

describe('a provider', () => {
  it('that is down stops nobody else, and is asked again', async () => {
    const opened = await open()
    const { provider, world } = opened
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['crew'] }
    provider.down = true
    const answer = await get(world, new Jar(), '/api/sign-in/provider')
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '30'])
    expect((await world.as('engineer', 'GET', '/api/me')).statusCode).toBe(200)
    provider.down = false
    const jar = new Jar()
    const way = await away(opened, jar)
    provider.down = true
    expect((await get(world, jar, way)).statusCode).toBe(503)
    provider.down = false
    expect((await signIn(opened)).answer.statusCode).toBe(303)
  })
  it('that cannot be reached is a problem that says so', async () => {
    const { world } = await open({ env: { OIDC_ISSUER: 'http://127.0.0.1:9' } })
    const answer = await get(world, new Jar(), '/api/sign-in/provider', 'application/json')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'provider-unreachable'])
  })
  it('that speaks for another issuer is not believed', async () => {
    const { provider } = await open()
    const opened = await open({ env: { OIDC_ISSUER: provider.issuer.replace('127.0.0.1', 'localhost') } })
    const answer = await get(opened.world, new Jar(), '/api/sign-in/provider', 'application/json')
    expect(answer.json().code).toBe('provider-refused')
  })
  it('is shown to whoever is about to sign in; none is where none is configured', async () => {
    const { world } = await open({ env: { OIDC_NAME: 'Staff|\u5458\u5de5' } })
    expect((await world.as(undefined, 'GET', '/api/sign-in')).json()).toEqual({
      provider: { name: { en: 'Staff', zh: '\u5458\u5de5' } },
    })
    const plain = await createWorld()
    expect((await plain.as(undefined, 'GET', '/api/sign-in')).json()).toEqual({})
    const answer = await plain.as(undefined, 'GET', '/api/sign-in/provider', undefined, { host: HOST })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'provider-off'])
  })
  it('ends its own session, too, where it can', async () => {
    const opened = await open()
    const to = new URL(locationOf(await get(opened.world, new Jar(), '/api/sign-out/provider')))
    expect(to.origin).toBe(opened.provider.issuer)
    expect(to.searchParams.get('client_id')).toBe(CLIENT.id)
    expect(to.searchParams.get('post_logout_redirect_uri')).toBe(`${BACK}/`)
  })
  it('is not used over plain HTTP from elsewhere', async () => {
    const { world } = await open()
    const answer = await world.as(undefined, 'GET', '/api/sign-in/provider', undefined, {
      host: '192.168.1.9',
    })
    expect(answer.json().code).toBe('https-required')
  })
  it('is not asked to lead back to what is no address', async () => {
    const { world } = await open()
    const answer = await world.as(undefined, 'GET', '/api/sign-in/provider', undefined, {
      host: 'field example:x',
      'x-forwarded-proto': 'https',
    })
    expect(answer.statusCode).toBe(400)
  })
  it('over HTTPS gets a __Host- cookie that no other site can set', async () => {
    const { world } = await open({ env: { OIDC_PUBLIC_URL: 'https://fieldchart.example' } })
    const answer = await world.as(undefined, 'GET', '/api/sign-in/provider', undefined, {
      host: 'internal.example',
      'x-forwarded-proto': 'https',
    })
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-fieldchart-away=[\w-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(new URL(locationOf(answer)).searchParams.get('redirect_uri')).toBe(
      'https://fieldchart.example/api/sign-in/provider/callback',
    )
  })
})
