/** The whole server over a real folder and real HTTP: first start, restart, and as a program. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/server.ts'
import { openLibrary } from '../../server/store/library/open-library.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { ERRAND } from './http/harness.ts'

const TOKEN = 'a-token-of-thirty-two-characters'
const auth = { authorization: `Bearer ${TOKEN}` }

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'fieldchart-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
async function start(
  dataDir: string,
  env: Record<string, string> = { FIELDCHART_ADMIN_TOKEN: TOKEN },
  pages?: string,
) {
  const server = await startServer({
    config: readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      FIELDCHART_CLOCK: 'manual:2026-03-02T09:00:00+08:00',
      ...env,
    }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped: [ERRAND],
    pid: process.pid,
    ...(pages === undefined ? {} : { pages }),
  })
  onTestFinished(() => server.stop())
  const ask = async (
    path: string,
    method = 'GET',
    body?: unknown,
    headers: Record<string, string> = auth,
  ) => {
    const answer = await fetch(server.address + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : undefined
    return { status: answer.status, headers: answer.headers, text, json }
  }
  return { ...server, ask }
}

describe('a server', () => {
  it.each(['jobs.sqlite', 'audit.sqlite'])('names %s where it is damaged, and what to do', async (name) => {
    const dataDir = await folder()
    await writeFile(join(dataDir, name), 'no database at all, but longer than a header. '.repeat(200))
    await expect(start(dataDir)).rejects.toThrow(new RegExp(`${name}: the database is damaged.*backup`))
  })

  it('keeps jobs, time, answers and sessions over a restart, and fires what is due', async () => {
    const dataDir = await folder()
    const first = await start(dataDir)
    const key = { ...auth, 'idempotency-key': '"k1"' }
    const body = { process: 'errand', fields: { what: '邮票' } }
    const made = await first.ask('/api/jobs', 'POST', body, key)
    expect(made.status).toBe(201)
    const signed = await first.ask('/api/sign-in', 'POST', { token: TOKEN }, {})
    const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? ''
    await first.ask('/api/clock', 'POST', { advance: 'PT30M' })
    await first.stop()

    const second = await start(dataDir)
    expect((await second.ask('/api/clock')).json).toEqual({ now: '2026-03-02T01:30:00.000Z', manual: true })
    expect((await second.ask('/api/me', 'GET', undefined, { cookie })).json.id).toBe('admin')
    const again = await second.ask('/api/jobs', 'POST', body, key)
    expect([again.json.id, again.headers.get('idempotency-replayed')]).toEqual([made.json.id, 'true'])
    await second.ask('/api/clock', 'POST', { advance: 'PT1H' })
    const job = (await second.ask(`/api/jobs/${made.json.id}`)).json
    expect(job).toMatchObject({ seq: 2, breaches: [{ norm: 'GN-09', at: '2026-03-02T02:00:00.000Z' }] })
    expect((await second.ask('/api/processes/errand/versions')).json.versions).toHaveLength(1)
  })
  it('goes on with a migration that a stop cut off', async () => {
    const dataDir = await folder()
    const first = await start(dataDir)
    const draft = { definition: { ...ERRAND, description: 'the next version' } }
    const headers = { ...auth, 'if-none-match': '*' }
    expect((await first.ask('/api/processes/errand/draft', 'PUT', draft, headers)).status).toBe(200)
    const published = await first.ask('/api/processes/errand/draft/publish', 'POST', { note: 'x' })
    expect(published.json.version).toBe(2)
    const body = { process: 'errand', version: 1, fields: { what: '邮票' } }
    const made = await Promise.all(Array.from({ length: 120 }, () => first.ask('/api/jobs', 'POST', body)))
    expect(made.every(({ status }) => status === 201)).toBe(true)
    const begun = await first.ask('/api/processes/errand/migrations', 'POST', { from: 1 })
    expect(begun.json.total).toBe(120)
    await first.stop()

    const second = await start(dataDir)
    const state = async () => (await second.ask(begun.headers.get('location') ?? '')).json
    await expect.poll(async () => (await state()).status, { timeout: 20_000 }).toBe('done')
    expect((await state()).counts).toEqual({ moved: 120, refused: 0, passed: 0 })
    const { entries } = (await second.ask(`/api/jobs/${made[119]?.json.id}/history`)).json
    expect(entries.map(({ command }: { command: { kind: string } }) => command.kind)).toEqual([
      'start',
      'migrate',
    ])
  })
  it('makes one administrator of a hundred who race over the link, on a fresh folder', async () => {
    const dataDir = await folder()
    // Behind a proxy, so that they come from a hundred addresses and none is held up for asking too often.
    const server = await start(dataDir, { TRUST_PROXY: 'true' })
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        server.ask(
          '/api/setup',
          'POST',
          { token: server.setUpSecret, name: `Administrator ${n}` },
          { 'x-forwarded-for': `203.0.113.${n}`, 'x-forwarded-proto': 'https' },
        ),
      ),
    )
    const statuses = Map.groupBy(answers, ({ status }) => status)
    expect([statuses.get(201)?.length, statuses.get(409)?.length]).toEqual([1, 99])
    const [won] = statuses.get(201) ?? []
    const mine = { authorization: `Bearer ${won?.json.token}` }
    const people = async (from: typeof server) =>
      (await from.ask('/api/people', 'GET', undefined, mine)).json.people.map(
        ({ name, roles, tokens }: { name: string; roles: string[]; tokens: unknown[] }) => [
          name,
          roles,
          tokens.length,
        ],
      )
    const one = [[won?.json.me.name, ['administrator'], 1]]
    expect(await people(server)).toEqual(one)
    await server.stop()
    const again = await start(dataDir, {})
    expect([again.setUpSecret, await people(again)]).toEqual([undefined, one])
  })

  it('without an administrator listens on this machine only, and offers the link', async () => {
    const server = await start(await folder(), { HOST: '0.0.0.0' })
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const done = await server.ask('/api/setup', 'POST', { token: server.setUpSecret, name: '王芳' }, {})
    expect(done.status).toBe(201)
    const me = await server.ask('/api/me', 'GET', undefined, { authorization: `Bearer ${done.json.token}` })
    expect(me.json.roles).toEqual(['administrator'])
  })
  it('is one to a folder', async () => {
    const dataDir = await folder()
    await start(dataDir)
    await expect(start(dataDir)).rejects.toThrow(String(process.pid))
  })
  it('serves the built pages, and the one page for every other address', async () => {
    const pages = await folder()
    await mkdir(join(pages, 'assets'))
    await writeFile(join(pages, 'index.html'), '<title>Fieldchart</title>')
    await writeFile(join(pages, 'assets', 'app-1a2b.js'), 'let x')
    const server = await start(await folder(), {}, pages)
    const page = { accept: 'text/html' }
    const home = await server.ask('/', 'GET', undefined, page)
    expect([home.text, home.headers.get('cache-control')]).toEqual(['<title>Fieldchart</title>', 'no-cache'])
    expect((await server.ask('/jobs/some-id', 'GET', undefined, page)).text).toBe('<title>Fieldchart</title>')
    const asset = await server.ask('/assets/app-1a2b.js', 'GET', undefined, {})
    expect(asset.headers.get('cache-control')).toContain('immutable')
    for (const path of ['/api/nothing', '/api', '/api?x', '/assets/none.js', '/%2e%2e/%2e%2e/etc/passwd']) {
      const answer = await server.ask(path, 'GET', undefined, path.startsWith('/api') ? page : {})
      expect([path, answer.status, answer.headers.get('content-type')]).toMatchObject([
        path,
        404,
        expect.stringContaining('problem+json'),
      ])
    }
  })
})

describe('the program', () => {
  async function run(env: Record<string, string>) {
    const child = spawn(process.execPath, ['server/main.ts'], {
      env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let output = ''
    const seen = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const look = (piece?: Buffer) => {
          output += piece?.toString() ?? ''
          if (output.includes(text)) resolve(output)
        }
        look()
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        child.once('exit', () => reject(new Error(`ended before "${text}": ${output}`)))
      })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    return { child, seen, ended, output: () => output }
  }
  it('says which variable is wrong, and ends', async () => {
    const { seen, ended } = await run({ FIELDCHART_ADMIN_TOKEN: 'short' })
    expect(await seen('32 characters')).toContain('FIELDCHART_ADMIN_TOKEN')
    expect(await ended).toBe(1)
  })
  it('loses nothing that was answered when it is killed', async () => {
    const env = {
      DATA_DIR: await folder(),
      FIELDCHART_ADMIN_TOKEN: TOKEN,
      RATE_LIMIT: '0',
      MOST_LOOP_DELAY: '0',
    }
    const addressOf = (output: string) => /listens on (\S+)/.exec(output)?.[1] ?? ''
    const first = await run(env)
    const address = addressOf(await first.seen('listens on http'))
    const ids: string[] = []
    const write = async () => {
      for (;;) {
        const answer = await fetch(`${address}/api/jobs`, {
          method: 'POST',
          headers: { ...auth, 'content-type': 'application/json' },
          body: '{"process":"phone-call"}',
        })
        ids.push((await answer.json()).id)
        if (ids.length === 40) first.child.kill('SIGKILL')
      }
    }
    await Promise.allSettled(Array.from({ length: 8 }, write))
    await first.ended
    expect(ids.length).toBeGreaterThanOrEqual(40)

    const second = await run(env)
    const again = addressOf(await second.seen('listens on http'))
    for (const id of ids) expect((await fetch(`${again}/api/jobs/${id}`, { headers: auth })).status).toBe(200)
  })
  it('stops gracefully also when told twice at once, as npm does', async () => {
    const { child, seen, ended } = await run({ DATA_DIR: await folder() })
    await seen('/setup#token=')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
  it('prints the one-time link, and stops gracefully when told', async () => {
    const { child, seen, ended } = await run({ DATA_DIR: await folder() })
    expect(await seen('/setup#token=')).toMatch(/http:\/\/127\.0\.0\.1:\d+\/setup#token=[\w-]{43}\n/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
