/**
 * Roles that are limited to processes and regions: nothing beyond the limits is seen, found, counted, told or changed.
 */
import { describe, expect, it, onTestFinished } from 'vitest'
import { inspect, knock } from '../stream/sockets.ts'
import { IN_EAST, type Limited, OF_PARCELS, operations, STORES, withLimited } from './limits-kit.ts'

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
      for (const id of path.startsWith('/api/jobs') ? [hidden, 'errand'] : ['errand']) {
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
