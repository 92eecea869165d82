/**
 * The library of scenarios over HTTP, and scenarios as tests of a draft.
 */
import { describe, expect, it } from 'vitest'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { seedScenarios } from '../../../server/training/seed-scenarios.ts'
import { createRoom, firstDay } from './world.ts'

const SCENARIOS = '/api/training/scenarios'
const RUNS = '/api/processes/site-safety/scenarios/runs'
const match = (revision: number) => ({ 'if-match': `"${revision}"` })

describe('the library', () => {
  it('lists, gives, saves and deletes, each save on what was read', async () => {
    const { as } = await createRoom()
    const { scenarios } = (await as('engineer', 'GET', SCENARIOS)).json()
    expect(scenarios).toMatchObject([
      { id: firstDay.id, revision: 1, errors: 0, shipped: true, runs: 3, grants: 'safety-training' },
    ])
    const one = `${SCENARIOS}/${firstDay.id}`
    const read = await as('trainer', 'GET', one)
    expect(read.headers.etag).toBe('"1"')
    expect(read.json()).toMatchObject({ problems: [], scenario: { id: firstDay.id } })
    const changed = { ...firstDay, difficulty: 'hard' }
    expect((await as('trainer', 'PUT', one, { scenario: changed })).statusCode).toBe(428)
    const saved = await as('trainer', 'PUT', one, { scenario: changed }, match(1))
    expect(saved.json()).toMatchObject({ revision: 2, shipped: false, updatedBy: expect.any(String) })
    const late = await as('trainer', 'PUT', one, { scenario: firstDay }, match(1))
    expect([late.statusCode, late.json().code, late.json().current]).toEqual([412, 'scenario-stale', 2])
    expect((await as('engineer', 'DELETE', one, undefined, match(2))).statusCode).toBe(403)
    expect((await as('trainer', 'DELETE', one, undefined, match(2))).statusCode).toBe(204)
    expect((await as('trainer', 'GET', one)).statusCode).toBe(404)
  })

  it('keeps what has the shape of a scenario, and tells what is wrong with it', async () => {
    const { as } = await createRoom()
    const own = {
      ...firstDay,
      id: 'own',
      until: ['open.work.regular.wroking'],
      happens: [
        {
          id: 'x',
          when: { chosen: { move: 'nothing' } },
          does: [{ act: 'say', by: 'ghost', text: { en: 'Boo' } }],
        },
      ],
    }
    const made = await as('trainer', 'POST', SCENARIOS, { scenario: own })
    expect(made.statusCode).toBe(201)
    expect(made.json().problems).toMatchObject([
      { code: 'scenario-person', path: '/happens/0/does/0/by' },
      { code: 'scenario-move', path: '/happens/0/when/chosen/move' },
      { code: 'scenario-state', path: '/until/0', fix: { value: 'open.work.regular.working' } },
    ])
    expect((await as('trainer', 'POST', SCENARIOS, { scenario: own })).json().code).toBe('exists')
    const begin = await as('engineer', 'POST', '/api/training/attempts', {
      scenario: 'gone',
      mode: 'practice',
    })
    expect(begin.json().code).toBe('scenario-not-found')
    expect((await as('trainer', 'POST', SCENARIOS, { scenario: { id: 'no' } })).json().code).toBe(
      'body-invalid',
    )
  })

  it('lists a thousand at once, once they are checked', async () => {
    const scenarios = Array.from({ length: 1000 }, (_, n) => ({ ...firstDay, id: `day-${n}` }))
    const { as } = await createRoom({ scenarios })
    await as('trainer', 'GET', SCENARIOS)
    const since = performance.now()
    const listed = await as('trainer', 'GET', SCENARIOS)
    expect(performance.now() - since).toBeLessThan(300)
    expect(listed.json().scenarios).toHaveLength(1000)
  }, 60_000)

  it('checks what is typed, rubbish too', async () => {
    const { as } = await createRoom()
    const check = async (scenario: unknown) =>
      (await as('trainer', 'POST', '/api/training/check', { scenario })).json()
    const good = await check(firstDay)
    expect(good.problems).toEqual([])
    expect(good.runs).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
    expect((await check({ id: 7 })).problems[0]).toMatchObject({ code: 'scenario-shape' })
    expect((await check({ ...firstDay, process: 'nowhere' })).problems).toMatchObject([
      { code: 'scenario-process', path: '/process' },
    ])
    expect((await check('x')).problems[0]).toMatchObject({ severity: 'error' })
  })

  it('is filled with what is shipped once; what was changed or deleted here stays so', async () => {
    const { library } = await createRoom()
    const better = { ...firstDay, difficulty: 'medium' as const }
    expect(await seedScenarios(library, [firstDay], 0)).toEqual([])
    expect(await seedScenarios(library, [better], 0)).toEqual([firstDay.id])
    const present = await library.scenario(firstDay.id)
    if (present === undefined) throw new Error('gone')
    const { id: _id, revision, ...said } = present
    await library.saveScenario(revision, { ...said, scenario: { ...better, tags: ['ours'] } })
    expect(await seedScenarios(library, [firstDay], 0)).toEqual([])
    await library.deleteScenario(firstDay.id, revision + 1)
    expect(await seedScenarios(library, [firstDay], 0)).toEqual([])
  })
})

describe('scenarios as tests', () => {
  const renamed = (): unknown => {
    const definition = structuredClone(siteSafety)
    const { working: _working, ...events } = definition.schemas.events
    const { 'equipment.fault': _fault, ...rest } = events
    definition.schemas.events = rest
    return JSON.parse(
      JSON.stringify(definition, (key, value) =>
        key === 'on' && value !== null && typeof value === 'object' && 'equipment.fault' in value
          ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'equipment.fault'))
          : value,
      ),
    )
  }
  /** Still valid, but the gear is not asked after any more. */
  const GEAR = ['helmet', 'shoes', 'goggles', 'gloves']
  const lax = (): unknown =>
    JSON.parse(
      JSON.stringify(siteSafety, (key, value) =>
        key === 'checklist' && Array.isArray(value)
          ? value.map((item) => (GEAR.includes(item.id) ? { ...item, required: false } : item))
          : value,
      ),
    )
  const draftOf = async (
    as: Awaited<ReturnType<typeof createRoom>>['as'],
    definition: unknown,
  ): Promise<void> => {
    const saved = await as(
      'process-owner',
      'PUT',
      '/api/processes/site-safety/draft',
      { definition },
      {
        'if-none-match': '*',
      },
    )
    if (saved.statusCode >= 300) throw new Error(saved.body)
  }

  it('come out as they say on the shipped process, and are told where a draft breaks one', async () => {
    const { as } = await createRoom()
    expect((await as('engineer', 'GET', RUNS)).json()).toMatchObject({
      version: 1,
      passed: 3,
      failed: 0,
      broken: [],
      required: false,
    })
    await draftOf(as, renamed())
    const found = (await as('process-owner', 'GET', `${RUNS}?draft=true`)).json()
    expect(found).toMatchObject({ passed: 0, failed: 1, broken: [{ scenario: firstDay.id }] })
    expect(found.broken[0].problems[0]).toMatchObject({ code: 'scenario-event' })
  })

  it('show what a draft changes, and bar publishing where the process asks for it', async () => {
    const { as } = await createRoom()
    await draftOf(as, lax())
    const found = (await as('process-owner', 'GET', `${RUNS}?draft=true`)).json()
    expect(found.results).toMatchObject([
      { run: 'by-the-book', ok: true, before: true },
      // Who goes in without his gear is no longer stopped.
      { run: 'no-gear', ok: false, before: true, found: { broken: [] } },
      { run: 'red-envelope', ok: true, before: true },
    ])
    await as('process-owner', 'DELETE', '/api/processes/site-safety/draft', undefined, match(1))
    await draftOf(as, renamed())
    const required = '/api/processes/site-safety/scenarios/required'
    expect((await as('trainer', 'PUT', required, { required: true })).statusCode).toBe(403)
    expect((await as('process-owner', 'PUT', required, { required: true })).json()).toEqual({
      required: true,
    })
    expect((await as('engineer', 'GET', RUNS)).json()).toMatchObject({
      required: true,
      ruled: { by: expect.any(String), at: expect.any(String) },
    })
    const publish = () =>
      as('process-owner', 'POST', '/api/processes/site-safety/draft/publish', { note: 'No faults any more' })
    const barred = await publish()
    expect([barred.statusCode, barred.json().code, barred.json().failing]).toEqual([
      409,
      'scenarios-failing',
      [{ scenario: firstDay.id }],
    ])
    await as('process-owner', 'PUT', required, { required: false })
    expect((await publish()).statusCode).toBe(201)
  })
})
