/**
 * Sums and counts under limits: whatever happens to jobs beyond them, no answer to a limited role changes by it.
 *
 * Everything that can be read is read before and after, by its own description; what a route adds up over the whole
 * organisation is named here, as in docs/access.md.
 */
import { describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import type { JobStore } from '../../../server/store/port.ts'
import {
  IN_EAST,
  type Limited,
  OF_PARCELS,
  operations,
  PROCESSES,
  regional,
  STORES,
  withLimited,
} from './limits-kit.ts'

type Place = { readonly process: string; readonly region?: string }

/** Jobs of a place, in every way that is counted. */
async function work({ as, start }: Limited, { process, region }: Place, engineer: string): Promise<void> {
  const where = region === undefined ? {} : { region }
  const post = async (job: string, act: string, body: unknown, role: Role = 'administrator') => {
    const { statusCode } = await as(role, 'POST', `/api/jobs/${job}/${act}`, body)
    expect([act, statusCode < 300]).toEqual([act, true])
  }
  const visit = async (hour: string) =>
    start('home-visit', {
      ...where,
      what: undefined,
      timeWanted: `2026-03-02T${hour}:00:00Z`,
      problem: 'x',
      problemKind: 'hardware',
      severity: 'normal',
      customerName: 'x',
    })
  if (process === 'home-visit') {
    await visit('04')
    await post(await visit('06'), 'events', { type: 'assign', payload: { engineer } }, 'dispatcher')
    return
  }
  const [running, held, dropped] = [
    await start(process, where),
    await start(process, { ...where, price: 11 }),
    await start(process, where),
  ]
  await post(running, 'notes', { text: 'x' })
  await post(running, 'breaches', { norm: 'GN-04' })
  await post(held, 'complaints', { text: 'x' })
  await post(held, 'suspend', { reason: 'x' })
  await post(dropped, 'cancel', { reason: 'x' })
  const done = await start(process, where)
  const tick = { evidence: { kind: 'text', text: 'x' } }
  expect((await as('engineer', 'PUT', `/api/jobs/${done}/checklist/receipt`, tick)).statusCode).toBe(200)
  const event = { type: 'errand.done', payload: { hours: 1 } }
  expect((await as('engineer', 'POST', `/api/jobs/${done}/events`, event)).statusCode).toBe(200)
  await post(done, 'rating', { score: 2 })
}

/** What is asked besides the bare address, where the route takes it. */
const ASKED: readonly (readonly [string, string])[] = [
  ['process', 'errand'],
  ['process', 'parcel'],
  ['process', 'home-visit'],
  ['region', 'west'],
  ['text', 'x'],
  ['day', '2026-03-02'],
  ['date', '2026-03-02'],
  ['by', 'norm,process,engineer,day'],
  ['period', '2026-03'],
  ['outcome', 'broken'],
  ['person', 'engineer'],
  ['after', '0'],
]
/** They tell the time, or how the server itself fares. */
const OF_THE_SERVER = ['/api/clock', '/metrics', '/api/inspect', '/api/openapi.json']

async function addresses(world: Limited): Promise<string[]> {
  const all = (await operations(world)).flatMap(([method, path, operation]) => {
    if (method !== 'GET' || OF_THE_SERVER.includes(path)) return []
    const bare = path
      .replace('{version}', '1')
      .replace('{period}', '2026-03')
      .replace('{person}', 'limited')
      .replace('/people/{id}', '/people/engineer')
      .replace('{code}', 'forbidden')
    const filled = bare.includes('{id}')
      ? ['errand', 'parcel', 'home-visit'].map((id) => bare.replace('{id}', id))
      : [bare]
    const { parameters = [] } = operation
    const must = parameters.some(({ name }) => name === 'norm') ? ['norm=GN-04'] : []
    const queries = ASKED.filter(([name]) =>
      parameters.some((each) => each.in === 'query' && each.name === name),
    )
    return filled.flatMap((url) => [
      url,
      ...queries.map(([name, value]) => `${url}?${[`${name}=${value}`, ...must].join('&')}`),
    ])
  })
  return [...new Set(all)]
}

const read = async (world: Limited): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (const url of await addresses(world)) {
    const answer = await world.limited('GET', url)
    // How much a colleague has to do is reckoned from everywhere.
    expect([url, answer.statusCode < 500]).toEqual([url, true])
    const body = answer.body.replaceAll(/"load":\d+/g, '')
    answers.set(url, answer.statusCode === 200 ? body : String(answer.statusCode))
  }
  // It is asked for by a POST, since it checks the draft.
  answers.set('impact', (await world.limited('POST', '/api/processes/parcel/draft/impact')).body)
  return answers
}

async function compare(world: Limited, outside: readonly Place[]): Promise<void> {
  for (const place of [
    { process: 'parcel', region: 'east' },
    { process: 'home-visit', region: 'east' },
  ])
    await work(world, place, 'engineer')
  const later = async (advance: string) => world.as('administrator', 'POST', '/api/clock', { advance })
  const draft = { definition: { ...regional('parcel'), description: 'x' } }
  const anew = { 'if-none-match': '*' }
  await world.as('administrator', 'PUT', '/api/processes/parcel/draft', draft, anew)
  // Until nothing more falls due within the limits.
  await later('P60D')
  const before = await read(world)
  for (const place of outside) await work(world, place, 'engineer')
  await later('PT2H')
  const after = await read(world)
  const changed = [...before].filter(([url, body]) => after.get(url) !== body)
  expect(changed.map(([url]) => url)).toEqual([])
  // What lies within is counted: the walk would see a sum that is too large.
  const process = (await world.limited('GET', '/api/processes/parcel')).json()
  const held = process.jobs.byState.open
  expect([held, process.jobs.active]).toEqual([2, 2])
  expect(JSON.parse(before.get('impact') ?? '')).toMatchObject({ versions: [{ version: 1, jobs: 2 }] })
  expect((await world.limited('GET', '/api/processes/parcel/versions/1')).json().jobs).toEqual({ open: 2 })
  expect([...before.values()].filter((body) => body.startsWith('{')).length).toBeGreaterThan(60)
}

describe.each(STORES)(
  'what happens beyond the limits changes no answer (%s)',
  (_name, open: () => JobStore) => {
    it('limited to a region', async () => {
      const world = await withLimited(IN_EAST, open(), [...PROCESSES, homeVisit])
      await compare(world, [
        { process: 'parcel', region: 'west' },
        { process: 'errand' },
        { process: 'home-visit', region: 'west' },
      ])
    }, 60_000)
    it('limited to a process', async () => {
      const world = await withLimited(OF_PARCELS, open(), [...PROCESSES, homeVisit])
      await compare(world, [
        { process: 'errand', region: 'east' },
        { process: 'home-visit', region: 'east' },
      ])
    }, 60_000)
  },
)

it('the audit is of the whole organisation: for roles without limits', async () => {
  const world = await withLimited(IN_EAST)
  for (const url of ['/api/audit', '/api/audit/changes', '/api/audit/head']) {
    const answer = await world.limited('GET', url)
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 403, 'beyond-limits'])
  }
  // So that no page offers it.
  expect((await world.limited('GET', '/api/me')).json().rights).not.toContain('audit:read')
  expect((await world.as('auditor', 'GET', '/api/me')).json().rights).toContain('audit:read')
})
