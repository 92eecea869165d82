import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { createWorld, ERRAND, START, type World } from './harness.ts'

const BASE = '/api/processes/errand'
const DRAFT = `${BASE}/draft`
const fresh = { 'if-none-match': '*' }
const at = (revision: number) => ({ 'if-match': `"${revision}"` })
const titled = (en: string): Definition => ({ ...ERRAND, meta: { ...ERRAND.meta, title: { en, zh: en } } })
const save = (world: World, definition: unknown, headers: Record<string, string> = fresh, layout?: unknown) =>
  world.as(
    'process-owner',
    'PUT',
    DRAFT,
    { definition, ...(layout === undefined ? {} : { layout }) },
    headers,
  )
async function publishNext(world: World, definition: Definition, layout?: unknown) {
  await save(world, definition, fresh, layout)
  const done = await world.as('process-owner', 'POST', `${DRAFT}/publish`, { note: 'next' })
  expect(done.statusCode).toBe(201)
}

describe('the impact of a draft', () => {
  const impact = (world: World) => world.as('process-owner', 'POST', `${DRAFT}/impact`)
  const { open, ...others } = ERRAND.states
  if (open === undefined) throw new Error('the errand has no open state')
  /** Where it was open it is now taken, and the promise is half as long. */
  const TAKEN: Definition = {
    ...titled('Taken'),
    initial: 'taken',
    states: {
      taken: { ...open, on: { ...open.on, 'errand.priced': { target: 'taken' } } },
      ...others,
    },
  }

  it('counts the jobs of every version that has some, state by state', async () => {
    const world = await createWorld()
    await world.errand()
    await world.errand()
    await publishNext(world, titled('Two'))
    await publishNext(world, titled('Three'))
    await world.errand()
    const dropped = await world.errand()
    await world.as('dispatcher', 'POST', `/api/jobs/${dropped}/events`, { type: 'errand.dropped' })
    const promise = { duration: 'PT30M', meta: { title: { en: 'Promised', zh: '承诺' }, kind: 'deadline' } }
    await save(world, { ...titled('Four'), delays: { promise } })
    const found = await impact(world)
    expect(found.statusCode).toBe(200)
    const { revision, versions } = found.json()
    const brief = versions.map(({ version, latest, jobs, states }: Record<string, unknown>) => [
      version,
      latest,
      jobs,
      states,
    ])
    const states = (jobs: number) => [
      {
        path: 'open',
        title: { en: 'Open', zh: 'Open' },
        verdict: 'as-is',
        obstacles: [],
        jobs,
        timers: [
          {
            delay: 'promise',
            title: { en: 'Promised', zh: '承诺' },
            before: { duration: 'PT1H', kind: 'deadline' },
            after: { duration: 'PT30M', kind: 'deadline' },
          },
        ],
      },
    ]
    expect([revision, brief]).toEqual([
      3,
      [
        [3, true, 1, states(1)],
        [1, false, 2, states(2)],
      ],
    ])
  })
  it('says which need a target', async () => {
    const world = await createWorld()
    await world.errand()
    await save(world, TAKEN)
    expect((await impact(world)).json().versions).toMatchObject([
      { version: 1, jobs: 1, states: [{ path: 'open', verdict: 'needs-target', jobs: 1 }], fields: [] },
    ])
  })
  it('is told only of what could be published', async () => {
    const world = await createWorld()
    expect((await impact(world)).json().code).toBe('draft-not-found')
    await save(world, { ...ERRAND, initial: 'nowhere' })
    const refused = await impact(world)
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'draft-invalid'])
    expect((await world.as('customer', 'POST', `${DRAFT}/impact`)).statusCode).toBe(403)
  })
  it('of a process that was never published is nothing', async () => {
    const world = await createWorld()
    await world.as('process-owner', 'POST', '/api/processes', { definition: { ...ERRAND, id: 'first' } })
    const found = await world.as('process-owner', 'POST', '/api/processes/first/draft/impact')
    expect(found.json()).toEqual({ revision: 1, versions: [] })
  })
})

describe('a version', () => {
  const restore = (world: World, version: number, headers: Record<string, string>) =>
    world.as('process-owner', 'POST', `${BASE}/versions/${version}/restore`, undefined, headers)

  it('is restored into the draft with its positions, over no other revision than was read', async () => {
    const world = await createWorld()
    await publishNext(world, titled('Two'), { open: { x: 7 } })
    await publishNext(world, titled('Three'))
    const made = await restore(world, 2, fresh)
    expect([made.statusCode, made.headers.etag, made.json()]).toMatchObject([
      200,
      '"3"',
      { definition: titled('Two'), layout: { open: { x: 7 } }, basedOn: 2, updatedBy: 'process-owner' },
    ])
    const stale = await restore(world, 1, at(2))
    expect([stale.statusCode, stale.json()]).toMatchObject([412, { expected: 2, current: 3 }])
    expect((await restore(world, 1, fresh)).statusCode).toBe(412)
    expect((await restore(world, 1, {})).statusCode).toBe(428)
    expect((await restore(world, 9, at(3))).json().code).toBe('version-not-found')
    expect((await restore(world, 1, at(3))).json()).toMatchObject({ revision: 4, basedOn: 1 })
    // What was published stays what it was.
    expect((await world.as('engineer', 'GET', `${BASE}/versions/2`)).json().definition).toEqual(titled('Two'))
  })
})

describe('an archived process', () => {
  const archive = (world: World, archived: boolean) =>
    world.as('process-owner', 'PUT', `${BASE}/archived`, { archived })

  it('starts no job and publishes nothing until it is taken back; running jobs go on', async () => {
    const world = await createWorld()
    const running = await world.errand()
    const done = await archive(world, true)
    expect(done.json()).toMatchObject({ id: 'errand', archivedAt: new Date(START).toISOString() })
    const body = { process: 'errand', fields: { what: 'x' } }
    const refused = await world.as('dispatcher', 'POST', '/api/jobs', body)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'process-archived'])
    const event = { type: 'errand.dropped' }
    expect((await world.as('dispatcher', 'POST', `/api/jobs/${running}/events`, event)).statusCode).toBe(200)
    await save(world, titled('Two'))
    const publishing = await world.as('process-owner', 'POST', `${DRAFT}/publish`, { note: 'x' })
    expect(publishing.json().code).toBe('process-archived')
    world.clock.set(START + 60_000)
    expect((await archive(world, true)).json().archivedAt).toBe(new Date(START).toISOString())
    expect((await archive(world, false)).json()).not.toHaveProperty('archivedAt')
    expect((await world.as('dispatcher', 'POST', '/api/jobs', body)).statusCode).toBe(201)
    expect((await world.as('process-owner', 'POST', `${DRAFT}/publish`, { note: 'x' })).statusCode).toBe(201)
  })
  it('is archived by those who publish', async () => {
    const world = await createWorld()
    expect((await world.as('dispatcher', 'PUT', `${BASE}/archived`, { archived: true })).statusCode).toBe(403)
    const none = await world.as('administrator', 'PUT', '/api/processes/none/archived', { archived: true })
    expect(none.json().code).toBe('process-not-found')
  })
})

describe('a copy', () => {
  const copy = (world: World, body: unknown) => world.as('process-owner', 'POST', '/api/processes', body)
  const title = { en: 'Night errand', zh: '夜间跑腿' }

  it('of the latest or a named version is a process of its own that can be published', async () => {
    const world = await createWorld()
    await publishNext(world, titled('Two'), { open: { x: 7 } })
    const made = await copy(world, { from: { process: 'errand' }, id: 'night-errand', title })
    expect([made.statusCode, made.headers.location]).toEqual([201, '/api/processes/night-errand/draft'])
    expect(made.json()).toMatchObject({
      process: 'night-errand',
      revision: 1,
      definition: { id: 'night-errand', meta: { title } },
      layout: { open: { x: 7 } },
    })
    const done = await world.as('process-owner', 'POST', '/api/processes/night-errand/draft/publish', {
      note: 'first',
    })
    expect([done.statusCode, done.json().version]).toEqual([201, 1])
    const first = await copy(world, { from: { process: 'errand', version: 1 }, id: 'other', title })
    expect(first.json()).not.toHaveProperty('layout')
  })
  it('is refused where there is nothing to copy, or the id is taken or none', async () => {
    const world = await createWorld()
    const from = { process: 'errand' }
    const told = async (body: unknown) => {
      const { statusCode, json } = await copy(world, body)
      return [statusCode, json().code]
    }
    expect(await told({ from: { process: 'none' }, id: 'x', title })).toEqual([404, 'process-not-found'])
    expect(await told({ from: { process: 'errand', version: 9 }, id: 'x', title })).toEqual([
      404,
      'version-not-found',
    ])
    expect(await told({ from, id: 'complaint', title })).toEqual([409, 'exists'])
    for (const body of [
      { from, id: '../x', title },
      { from, id: 'x' },
      { from, id: 'x', title: {} },
      { from, id: 'x', title, definition: {} },
    ])
      expect((await copy(world, body)).statusCode).toBe(400)
    await copy(world, { definition: { id: 'only-a-draft' } })
    expect(await told({ from: { process: 'only-a-draft' }, id: 'x', title })).toEqual([
      404,
      'version-not-found',
    ])
  })
})
