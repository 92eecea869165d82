/**
 * Roles that are limited to processes and regions: nothing beyond the limits is seen, found, counted or changed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Definition, ROLES } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { inspect, knock } from '../stream/sockets.ts'
import { createWorld, ERRAND, type Method, type World } from './harness.ts'

const region = { type: 'string', maxLength: 80, meta: { title: { en: 'Region', zh: '区域' } } } as const
const regional = (id: string): Definition => ({
  ...ERRAND,
  id,
  schemas: {
    ...ERRAND.schemas,
    context: {
      ...ERRAND.schemas.context,
      properties: { ...ERRAND.schemas.context.properties, region },
    },
  },
  meta: { ...ERRAND.meta, region: 'region' },
})
const PROCESSES = [regional('errand'), regional('parcel'), complaint]

const sqlite = () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-limits-'))
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return store
}

/** Both stores, as the queries differ. */
const STORES = [
  ['memory', createMemoryStore],
  ['SQLite', sqlite],
] as const

type Limits = { readonly processes?: readonly string[]; readonly regions?: readonly string[] }
const IN_EAST: Limits = { regions: ['east'] }
const OF_PARCELS: Limits = { processes: ['parcel'] }

/** A person with every role but the administrator's, each limited so. */
async function withLimited(limits: Limits, store = createMemoryStore()) {
  const world = await createWorld({ processes: PROCESSES, store })
  const roles = ROLES.filter((role) => role !== 'administrator')
  const made = await world.as('administrator', 'POST', '/api/people', {
    id: 'limited',
    name: 'Limited',
    roles,
    limits: roles.map((role) => ({ role, ...limits })),
  })
  expect(made.statusCode).toBe(201)
  const { token } = (
    await world.as('administrator', 'POST', '/api/people/limited/tokens', { name: 'x' })
  ).json()
  const limited = (method: Method, url: string, body?: unknown, headers = {}) =>
    world.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  const start = async (process: string, given: Record<string, unknown>): Promise<string> => {
    const { process: _process, ...fields } = given
    const answer = await world.as('dispatcher', 'POST', '/api/jobs', {
      process,
      fields: { what: 'stamps', ...fields },
    })
    expect(answer.statusCode).toBe(201)
    return answer.json().id
  }
  return { ...world, limited, start, token }
}
type Limited = Awaited<ReturnType<typeof withLimited>>

type Operation = { 'x-right'?: string; requestBody?: unknown }
async function operations(world: Pick<World, 'as'>): Promise<[Method, string, Operation][]> {
  const document: { paths: Record<string, Record<string, Operation>> } = (
    await world.as(undefined, 'GET', '/api/openapi.json')
  ).json()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = METHODS.find((each) => each === method.toUpperCase())
      return name === undefined ? [] : [[name, path, operation] satisfies [Method, string, Operation]]
    }),
  )
}
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[]

/** A body that passes its schema, for each route of a job that wants one. */
const BODIES: Record<string, unknown> = {
  '/api/jobs/{id}/events': { type: 'errand.priced' },
  '/api/jobs/{id}/notes': { text: 'x' },
  '/api/jobs/{id}/breaches': { norm: 'GN-04' },
  '/api/jobs/{id}/complaints': { text: 'x' },
  '/api/jobs/{id}/rating': { score: 5 },
  '/api/jobs/{id}/fields': { fields: { what: 'y' }, reason: 'x' },
  '/api/jobs/{id}/evidence': { evidence: { kind: 'text', text: 'x' } },
  '/api/jobs/{id}/suspend': { reason: 'x' },
  '/api/jobs/{id}/reassign': { person: 'engineer', reason: 'x' },
  '/api/jobs/{id}/cancel': { reason: 'x' },
}

describe.each([
  ['a region', IN_EAST, { process: 'parcel', region: 'east' }, { process: 'parcel', region: 'west' }],
  ['a region, and a job of none', IN_EAST, { process: 'errand', region: 'east' }, { process: 'errand' }],
  ['a process', OF_PARCELS, { process: 'parcel', region: 'west' }, { process: 'errand', region: 'west' }],
] as const)('limited to %s', (_name, limits, inside, outside) => {
  it('every route of a job beyond it answers as if there were none', async () => {
    const world = await withLimited(limits)
    const job = await world.start(outside.process, outside)
    const none = crypto.randomUUID()
    let seen = 0
    for (const [method, path, operation] of await operations(world)) {
      if (!path.startsWith('/api/jobs/{id}')) continue
      const url = (id: string) => path.replace('{id}', id).replace('{item}', 'receipt')
      const [answer, elsewhere] = [
        await world.limited(method, url(job), BODIES[path]),
        await world.limited(method, url(none), BODIES[path]),
      ]
      const administratorsOnly = operation['x-right'] === 'jobs:move'
      const found = [method, path, answer.statusCode, answer.json().code]
      expect(found).toEqual([
        method,
        path,
        ...(administratorsOnly ? [403, 'forbidden'] : [404, 'job-not-found']),
      ])
      expect(answer.json().detail).toEqual(elsewhere.json().detail)
      seen += 1
    }
    expect(seen).toBeGreaterThan(17)
    const { results } = (
      await world.limited('POST', '/api/jobs:batch', { acts: [{ job, act: { kind: 'note', text: 'x' } }] })
    ).json()
    expect(results[0]).toMatchObject({ status: 404, problem: { code: 'job-not-found' } })
    expect((await world.as('administrator', 'GET', `/api/jobs/${job}`)).json().seq).toBe(1)
  })
  it('what lies within it is seen, changed and started', async () => {
    const world = await withLimited(limits)
    const job = await world.start(inside.process, inside)
    expect((await world.limited('GET', `/api/jobs/${job}`)).json()).toMatchObject({ id: job })
    expect((await world.limited('POST', `/api/jobs/${job}/notes`, { text: 'x' })).statusCode).toBe(200)
    const made = await world.limited('POST', '/api/jobs', {
      process: inside.process,
      fields: { what: 'x', region: inside.region },
    })
    expect(made.statusCode).toBe(201)
    const region = 'region' in outside ? { region: outside.region } : {}
    const barred = await world.limited('POST', '/api/jobs', {
      process: outside.process,
      fields: { what: 'x', ...region },
    })
    expect([barred.statusCode, barred.json()]).toMatchObject([
      403,
      { code: 'beyond-limits', process: outside.process },
    ])
  })
})

describe.each(STORES)('no answer names a job beyond the limits (%s)', (_name, open) => {
  it.each([
    ['a region', IN_EAST],
    ['a process', OF_PARCELS],
    ['both', { processes: ['parcel'], regions: ['east'] }],
  ] as const)('limited to %s', async (_limit, limits) => {
    const world = await withLimited(limits, open())
    const words = { what: 'sentinel-word' }
    const [hidden, finished] = [
      await world.start('errand', { ...words, region: 'west' }),
      await world.start('errand', words),
    ]
    const shown = await world.start('parcel', { region: 'east' })
    await world.as('administrator', 'POST', `/api/jobs/${finished}/cancel`, { reason: 'x' })
    // What the limited person did before he was limited, and what breaches tell him of.
    for (const job of [hidden, shown])
      await world.as('administrator', 'POST', `/api/jobs/${job}/breaches`, { norm: 'GN-04' })
    await world.as('administrator', 'POST', '/api/findings', {
      process: 'errand',
      version: 1,
      place: 'open',
      text: 'x',
      job: hidden,
    })
    const query: Record<string, string> = {
      '/api/processes/{id}': 'errand',
      '/api/people/{id}': 'limited',
    }
    let named = 0
    for (const [method, path] of await operations(world)) {
      if (method !== 'GET' || path === '/api/inspect') continue
      for (const id of [hidden, 'errand']) {
        const url = path
          .replace('{version}', '1')
          .replace('{period}', '2026-03')
          .replace('{person}', 'limited')
          .replaceAll(/\{\w+\}/g, () => (path.startsWith('/api/jobs') ? id : (query[path] ?? 'errand')))
        const asked = [
          url,
          `${url}?process=errand`,
          `${url}?text=sentinel-word`,
          `${url}?job=${hidden}`,
          `${url}?outcome=broken&norm=GN-04`,
          `${url}?outcome=none&norm=GN-09`,
          `${url}?by=norm,process,day`,
          `${url}?region=west`,
          `${url}?after=0`,
        ]
        for (const address of asked) {
          const { body } = await world.limited('GET', address)
          for (const secret of [hidden, finished]) {
            // A refusal may repeat the address that was asked for.
            const said = body.replaceAll(JSON.stringify(address), '')
            expect([address, said.includes(secret)]).toEqual([address, false])
          }
          expect([address, body.includes('sentinel-word')]).toEqual([address, false])
          if (body.includes(shown)) named += 1
        }
      }
    }
    // The same answers do name what lies within the limits: the walk would see a leak.
    expect(named).toBeGreaterThan(5)
    await counts(world, { hidden, shown })
  })
})

/** Numbers, too, are of what he sees. */
async function counts(world: Limited, { hidden, shown }: { hidden: string; shown: string }) {
  const list = (await world.limited('GET', '/api/jobs')).json()
  expect([list.jobs.map(({ id }: { id: string }) => id), list.counts.total]).toEqual([[shown], 1])
  const report = (await world.limited('GET', '/api/norm-report?norm=GN-04&by=process')).json()
  expect(report.rows).toMatchObject([{ process: 'parcel', broken: 1 }])
  const all = (await world.as('auditor', 'GET', '/api/norm-report?norm=GN-04&by=process')).json()
  expect(all.rows).toHaveLength(2)
  const changes = (await world.limited('GET', '/api/changes?after=0')).json()
  expect([...new Set(changes.changes.map(({ entry }: { entry: { job: string } }) => entry.job))]).toEqual([
    shown,
  ])
  const board = (await world.limited('GET', '/api/jobs/board?process=errand')).json()
  expect(board.columns).toEqual([])
  const sheet = (await world.limited('GET', '/api/jobs/sheet')).body
  expect([sheet.includes(shown), sheet.includes(hidden)]).toEqual([true, false])
  const inbox = (await world.limited('GET', '/api/inbox')).json()
  expect(inbox.notices.map(({ job }: { job: { id: string } }) => job.id)).toEqual([shown])
  expect(inbox.unread.total).toBe(1)
}

describe.each(STORES)(
  'streams tell of what lies within the limits, and of nothing else (%s)',
  (_name, open) => {
    it('server-sent events, those missed and those that come', async () => {
      const world = await withLimited(IN_EAST, open())
      await world.start('errand', { region: 'west' })
      const before = await world.start('errand', { region: 'east' })
      await world.app.listen({ host: '127.0.0.1', port: 0 })
      const answer = await fetch(`${world.app.listeningOrigin}/api/changes?after=0`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${world.token}` },
      })
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      onTestFinished(async () => reader?.cancel())
      let text = ''
      const until = async (what: string) => {
        while (!text.includes(what)) text += (await reader?.read())?.value ?? ''
      }
      await until(before)
      const hidden = await world.start('errand', { region: 'west' })
      const after = await world.start('parcel', { region: 'east' })
      await until(after)
      const told = [...text.matchAll(/"job":"([^"]+)"/g)].map(([, job]) => job)
      expect([...new Set(told)]).toEqual([before, after])
      expect(text).not.toContain(hidden)
    })
    it('inspection, of all jobs and of one', async () => {
      const world = await withLimited(IN_EAST, open())
      const bearer = { authorization: `Bearer ${world.token}` }
      const west = await world.start('errand', { region: 'west' })
      const east = await world.start('errand', { region: 'east' })
      const { events, until } = await inspect(world, '?after=0', bearer)
      await until(2)
      expect(JSON.stringify(events)).toContain(east)
      expect(JSON.stringify(events)).not.toContain(west)
      const knocked = await knock(world, `/api/inspect?job=${west}`, bearer)
      expect(knocked.status).toBe(404)
    })
  },
)

describe('a role counts for the jobs that it reaches', () => {
  it('with the engine: its events are open there, and barred where only another role reaches', async () => {
    const world = await createWorld({ processes: PROCESSES })
    // A dispatcher everywhere, an engineer for parcels only.
    await world.as('administrator', 'PATCH', '/api/people/dispatcher', {
      roles: ['dispatcher', 'engineer'],
      limits: [{ role: 'engineer', processes: ['parcel'] }],
    })
    const jobs = await Promise.all(
      ['errand', 'parcel'].map(async (process) => {
        const fields = { what: 'x', price: 11 }
        return (await world.as('dispatcher', 'POST', '/api/jobs', { process, fields })).json().id
      }),
    )
    const opened = await Promise.all(
      jobs.map(async (id) => {
        const { items, allowed } = (await world.as('dispatcher', 'GET', `/api/jobs/${id}`)).json()
        const done = allowed.find(({ type }: { type: string }) => type === 'errand.done')
        return [items[0].open ?? items[0].allowed, JSON.stringify(done).includes('role-missing')]
      }),
    )
    expect(opened.map(([, missing]) => missing)).toEqual([true, false])
    const tick = (id: string) =>
      world.as('dispatcher', 'PUT', `/api/jobs/${id}/checklist/receipt`, {
        evidence: { kind: 'text', text: 'x' },
      })
    const [errand, parcel] = [await tick(jobs[0]), await tick(jobs[1])]
    expect([errand.statusCode, errand.json().code, parcel.statusCode]).toEqual([403, 'role-missing', 200])
    // Histories name him with the roles that he acted with, and no limits.
    const { entries } = (await world.as('auditor', 'GET', `/api/jobs/${jobs[0]}/history`)).json()
    expect(entries[0].actor).toEqual({
      id: 'dispatcher',
      name: 'The dispatcher',
      roles: ['dispatcher'],
      certificates: [],
    })
  })
  it('with the server: what he sees by one role he does not do by another', async () => {
    const world = await createWorld({ processes: PROCESSES })
    await world.as('administrator', 'PATCH', '/api/people/engineer', {
      roles: ['engineer', 'dispatcher'],
      limits: [{ role: 'dispatcher', regions: ['east'] }],
    })
    const start = async (where: string) =>
      (
        await world.as('dispatcher', 'POST', '/api/jobs', {
          process: 'errand',
          fields: { what: 'x', region: where },
        })
      ).json().id
    const cancel = async (id: string) =>
      world.as('engineer', 'POST', `/api/jobs/${id}/cancel`, { reason: 'x' })
    const [east, west] = [await cancel(await start('east')), await cancel(await start('west'))]
    expect([east.statusCode, west.statusCode, west.json()]).toMatchObject([
      200,
      403,
      { code: 'forbidden', right: 'jobs:cancel' },
    ])
  })
  it('two limits of one role reach what either does', async () => {
    const world = await createWorld({ processes: PROCESSES })
    await world.as('administrator', 'PATCH', '/api/people/auditor', {
      limits: [
        { role: 'auditor', processes: ['parcel'], regions: ['east'] },
        { role: 'auditor', processes: ['errand'] },
      ],
    })
    for (const [process, region] of [
      ['parcel', 'east'],
      ['parcel', 'west'],
      ['errand', 'west'],
    ])
      await world.as('dispatcher', 'POST', '/api/jobs', { process, fields: { what: 'x', region } })
    const { counts: found } = (await world.as('auditor', 'GET', '/api/jobs')).json()
    expect(found).toMatchObject({ total: 2, byProcess: { parcel: 1, errand: 1 } })
  })
  it('a role that reaches nothing is told nothing', async () => {
    const world = await createWorld({ processes: PROCESSES })
    await world.as('administrator', 'PATCH', '/api/people/auditor', {
      limits: [{ role: 'auditor', regions: ['nowhere'] }],
    })
    await world.as('dispatcher', 'POST', '/api/jobs', { process: 'errand', fields: { what: 'x' } })
    expect((await world.as('auditor', 'GET', '/api/jobs')).json()).toMatchObject({
      jobs: [],
      counts: { total: 0 },
    })
  })
})

describe('processes beyond the limits', () => {
  const limitedOwner = async () => {
    const world = await createWorld({ processes: PROCESSES })
    await world.as('administrator', 'PATCH', '/api/people/process-owner', {
      limits: [{ role: 'process-owner', processes: ['parcel'] }],
    })
    return world
  }
  it('are read, and not changed; the refusal names the process', async () => {
    const { as } = await limitedOwner()
    const put = (process: string) =>
      as(
        'process-owner',
        'PUT',
        `/api/processes/${process}/draft`,
        { definition: regional(process) },
        { 'if-none-match': '*' },
      )
    expect((await put('parcel')).statusCode).toBeLessThan(300)
    const refused = await put('errand')
    expect([refused.statusCode, refused.json()]).toMatchObject([
      403,
      { code: 'beyond-limits', right: 'drafts:write', process: 'errand' },
    ])
    expect(refused.json().detail).toContain('errand')
    expect((await as('process-owner', 'GET', '/api/processes/errand/versions/1')).statusCode).toBe(200)
  })
  it('by no route that changes one, nor by one that is made anew', async () => {
    const world = await limitedOwner()
    let seen = 0
    for (const [method, path, operation] of await operations(world)) {
      const right = operation['x-right'] ?? ''
      const changes =
        /^(drafts:write|drafts:approve|drafts:rerun|approval:write|processes:publish|migrations:)/
      if (!path.startsWith('/api/processes/{id}') || !changes.test(right)) continue
      const url = path.replace('{id}', 'errand').replaceAll(/\{\w+\}/g, '1')
      const answer = await world.as('process-owner', method, url)
      expect([method, path, answer.statusCode, answer.json().code]).toEqual([
        method,
        path,
        403,
        'beyond-limits',
      ])
      seen += 1
    }
    expect(seen).toBeGreaterThan(12)
    const made = await world.as('process-owner', 'POST', '/api/processes', {
      definition: regional('new-one'),
    })
    expect([made.statusCode, made.json().code]).toEqual([403, 'beyond-limits'])
  })
  it('by nobody whose role is limited to regions: a definition holds everywhere', async () => {
    const world = await createWorld({ processes: PROCESSES })
    await world.as('administrator', 'PATCH', '/api/people/process-owner', {
      limits: [{ role: 'process-owner', processes: ['parcel'], regions: ['east'] }],
    })
    const answer = await world.as(
      'process-owner',
      'PUT',
      '/api/processes/parcel/draft',
      { definition: regional('parcel') },
      { 'if-none-match': '*' },
    )
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'beyond-limits'])
  })
})

describe('limits', () => {
  it('are no administrator’s, and name something', async () => {
    const { as } = await createWorld({ processes: PROCESSES })
    const patch = (limits: unknown) => as('administrator', 'PATCH', '/api/people/engineer', { limits })
    expect((await patch([{ role: 'administrator', regions: ['x'] }])).statusCode).toBe(400)
    expect((await patch([{ role: 'engineer' }])).statusCode).toBe(400)
    expect((await patch([{ role: 'engineer', regions: [] }])).statusCode).toBe(400)
  })
  it('go with the role, are shown, and are taken away', async () => {
    const { as } = await createWorld({ processes: PROCESSES })
    const patch = async (change: unknown) =>
      (await as('administrator', 'PATCH', '/api/people/engineer', change)).json().limits
    const limit = { role: 'engineer', regions: ['east'] }
    expect(await patch({ limits: [limit, { role: 'dispatcher', regions: ['west'] }] })).toEqual([limit])
    expect((await as('engineer', 'GET', '/api/me')).json().limits).toEqual([limit])
    expect(await patch({ roles: ['dispatcher'] })).toBeUndefined()
    expect(await patch({ roles: ['engineer'] })).toBeUndefined()
    await patch({ limits: [limit] })
    expect(await patch({ limits: [] })).toBeUndefined()
    expect((await as('engineer', 'GET', '/api/me')).json().limits).toBeUndefined()
  })
})
