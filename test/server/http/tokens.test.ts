/** Tokens and the streams that were opened with them. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { createPeople } from '../../../server/access/people.ts'
import { hashSecret } from '../../../server/access/secrets.ts'
import { randomIds } from '../../../server/ids.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import { inspect } from '../stream/sockets.ts'
import { createWorld, START, tokenOf, type World } from './harness.ts'

const soon = <T>(ends: Promise<T>): Promise<T | 'still open'> =>
  Promise.race([ends, new Promise<'still open'>((resolve) => setTimeout(resolve, 2000, 'still open'))])

describe('tokens', () => {
  it('are of 256 bits of chance, and only their hash is on the disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldchart-tokens-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const { timeZone, calendars } = DEFAULT_CALENDARS
    const library = await openLibrary(folder, { timeZone, calendars })
    const clock = { now: () => START, manual: false }
    const people = createPeople({ library, clock, jobClock: clock, ids: randomIds, changed: () => undefined })
    await people.create({ id: 'li', name: 'Li', roles: ['engineer'] })
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => people.addToken('li', { name: `phone ${n}` })),
    )
    await library.close()
    expect(new Set(made.map(({ token }) => token)).size).toBe(20)
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const texts = await Promise.all(
      files.filter((each) => each.isFile()).map((each) => readFile(join(each.parentPath, each.name), 'utf8')),
    )
    const disk = texts.join('\n')
    for (const { token } of made) {
      expect(Buffer.from(token.replace(/^fc_/, ''), 'base64url')).toHaveLength(32)
      expect([disk.includes(token), disk.includes(hashSecret(token))]).toEqual([false, true])
    }
  })
  it('are named, and tell when they were last used', async () => {
    const { as, wall } = await createWorld()
    const tokens = async () => (await as('administrator', 'GET', '/api/people/engineer')).json().tokens
    expect((await as('administrator', 'POST', '/api/people/engineer/tokens', { name: ' ' })).statusCode).toBe(
      400,
    )
    expect(await tokens()).toMatchObject([{ id: 'token-engineer', name: 'test' }])
    expect((await tokens())[0].lastUsedAt).toBeUndefined()
    wall.set(START + 5000)
    await as('engineer', 'GET', '/api/me')
    expect((await tokens())[0].lastUsedAt).toBe(new Date(START + 5000).toISOString())
    expect((await as('dispatcher', 'GET', '/api/people/engineer')).json().tokens).toBeUndefined()
  })
})

/** What an administrator does that ends what a dispatcher has open. */
const ENDINGS: [string, (world: World) => Promise<unknown>][] = [
  [
    'the token is revoked',
    (world) => world.as('administrator', 'DELETE', '/api/people/dispatcher/tokens/token-dispatcher'),
  ],
  ['he is disabled', (world) => change(world, { disabled: true })],
  ['his role is taken', (world) => change(world, { roles: ['customer'] })],
  ['his role is limited', (world) => change(world, { limits: [{ role: 'dispatcher', regions: ['east'] }] })],
]
const change = (world: World, body: unknown) =>
  world.as('administrator', 'PATCH', '/api/people/dispatcher', body)

/** Over real HTTP, with a heartbeat that is far off. */
async function stream(world: World, headers: Record<string, string>) {
  if (!world.app.server.listening) await world.app.listen({ host: '127.0.0.1', port: 0 })
  const answer = await fetch(`${world.app.listeningOrigin}/api/changes`, {
    headers: { accept: 'text/event-stream', ...headers },
  })
  const reader = answer.body?.getReader()
  await reader?.read()
  const ended = (async () => {
    try {
      while (!(await reader?.read())?.done);
    } catch {
      // Cut off in the middle is an end, too.
    }
    return 'ended' as const
  })()
  onTestFinished(async () => {
    await reader?.cancel().catch(() => undefined)
  })
  return { status: answer.status, ended }
}
const bearer = { authorization: `Bearer ${tokenOf('dispatcher')}` }

describe('an open stream ends at once', () => {
  it.each(ENDINGS)('when %s', async (_what, end) => {
    const world = await createWorld({ deps: { heartbeatMs: 60_000 } })
    const [sse, socket] = [await stream(world, bearer), await inspect(world)]
    expect(sse.status).toBe(200)
    await end(world)
    expect(await soon(sse.ended)).toBe('ended')
    expect(await soon(socket.closed())).toMatchObject({ code: 1008 })
  })
  it('when he signs out', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 60_000 } })
    const host = { host: '127.0.0.1:3000' }
    const signedIn = await world.as(undefined, 'POST', '/api/sign-in', { token: tokenOf('dispatcher') }, host)
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    const { status, ended } = await stream(world, { cookie })
    expect(status).toBe(200)
    await world.as(undefined, 'POST', '/api/sign-out', undefined, { cookie, 'sec-fetch-site': 'same-origin' })
    expect(await soon(ended)).toBe('ended')
  })
  it('and goes on when nothing of it was touched', async () => {
    const world = await createWorld({ deps: { heartbeatMs: 60_000 } })
    const { token, id } = (
      await world.as('administrator', 'POST', '/api/people/dispatcher/tokens', { name: 'other' })
    ).json()
    const { ended } = await stream(world, bearer)
    const other = await stream(world, { authorization: `Bearer ${token}` })
    await world.as('administrator', 'DELETE', `/api/people/dispatcher/tokens/${id}`)
    await change(world, { name: 'Another name', regions: ['west'] })
    expect(await soon(other.ended)).toBe('ended')
    expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200, 'open'))])).toBe(
      'open',
    )
  })
})
