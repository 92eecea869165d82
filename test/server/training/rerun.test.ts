import { describe, expect, it, onTestFinished } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { RerunReport } from '../../../machines/wire/rerun.ts'
import { createCheck } from '../../../server/library/check-definition.ts'
import { createRerun } from '../../../server/training/rerun.ts'
import { createWorld, ERRAND, type World } from '../http/harness.ts'

const RERUN = '/api/processes/errand/draft/rerun'
const { open } = ERRAND.states
if (open?.on === undefined) throw new Error('the errand is not what this test was written for')
const item = open.meta?.checklist?.[0]
if (item === undefined) throw new Error('the errand has no receipt')

/** Half an hour is promised, and a second thing is to be brought. */
const stricter: Definition = {
  ...ERRAND,
  delays: { promise: { duration: 'PT30M', meta: { title: { en: 'Promised', zh: '承诺' } } } },
}
const asksMore: Definition = {
  ...ERRAND,
  states: {
    ...ERRAND.states,
    open: {
      ...open,
      meta: { title: { en: 'Open', zh: '待办' }, checklist: [item, { ...item, id: 'change' }] },
    },
  },
}

async function save(world: World, definition: unknown) {
  const saved = await world.as(
    'process-owner',
    'PUT',
    '/api/processes/errand/draft',
    { definition },
    {
      'if-none-match': '*',
    },
  )
  expect(saved.statusCode).toBe(200)
}
const event = (world: World, id: string, role: 'engineer' | 'dispatcher', type: string, payload?: object) =>
  world.as(role, 'POST', `/api/jobs/${id}/events`, { type, ...(payload === undefined ? {} : { payload }) })

/** Done after so many minutes. */
async function done(world: World, minutes: number): Promise<string> {
  const id = await world.errand()
  world.clock.set(world.clock.now() + minutes * 60_000)
  const ticked = await world.as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, {
    evidence: { kind: 'text', text: 'seen' },
  })
  expect(ticked.statusCode).toBe(200)
  expect((await event(world, id, 'engineer', 'errand.done', { hours: 1 })).statusCode).toBe(200)
  world.clock.set(world.clock.now() + 1000)
  return id
}
async function dropped(world: World): Promise<string> {
  const id = await world.errand()
  expect((await event(world, id, 'dispatcher', 'errand.dropped')).statusCode).toBe(200)
  world.clock.set(world.clock.now() + 1000)
  return id
}
async function asked(world: World, body: object): Promise<RerunReport> {
  const answer = await world.as('process-owner', 'POST', RERUN, body)
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

describe('real jobs run through a draft', () => {
  it('are those that are over, the last first, each told by what became of it', async () => {
    const world = await createWorld()
    const quick = await done(world, 20)
    const slow = await done(world, 45)
    const gone = await dropped(world)
    await world.errand()
    await save(world, stricter)
    const report = await asked(world, { jobs: 100 })
    expect(report).toMatchObject({
      revision: 1,
      jobs: 3,
      counts: { same: 2, breaches: 1, elsewhere: 0, refused: 0 },
      norms: [{ norm: 'GN-09', gained: 1, lost: 0, moved: 0 }],
      unknown: [],
      unlisted: 0,
    })
    expect(report.differing.map(({ job, verdict, version }) => [job, verdict, version])).toEqual([
      [slow, 'breaches', 1],
    ])
    expect(report).not.toHaveProperty('next')
    const parts = [await asked(world, { jobs: 1 })]
    for (let next = parts[0]?.next; next !== undefined; next = parts.at(-1)?.next)
      parts.push(await asked(world, { jobs: 1, after: next }))
    expect(parts.map(({ jobs }) => jobs)).toEqual([1, 1, 1])
    expect(parts.map(({ differing }) => differing.length)).toEqual([0, 1, 0])
    expect([quick, gone]).not.toContain(report.differing[0]?.job)
  })

  it('are told where they would have been refused, and nothing of them changes', async () => {
    const world = await createWorld()
    const id = await done(world, 5)
    const before = (await world.as('auditor', 'GET', `/api/jobs/${id}/history`)).json()
    await save(world, asksMore)
    const report = await asked(world, { jobs: 10 })
    expect(report.counts).toEqual({ same: 0, breaches: 0, elsewhere: 0, refused: 1 })
    expect(report.differing[0]).toMatchObject({
      job: id,
      was: { status: 'done', active: ['done'] },
      is: { status: 'active', active: ['open'] },
      barred: [{ name: 'errand.done', code: 'checklist-open' }],
    })
    expect((await world.as('auditor', 'GET', `/api/jobs/${id}/history`)).json()).toEqual(before)
  })

  it('tell nothing to whom it is none of his business, and nothing where there is no sound draft', async () => {
    const world = await createWorld()
    expect((await world.as('process-owner', 'POST', RERUN, { jobs: 1 })).json().code).toBe('draft-not-found')
    await save(world, { ...stricter, initial: 'nowhere' })
    const invalid = await world.as('process-owner', 'POST', RERUN, { jobs: 1 })
    expect([invalid.statusCode, invalid.json().code]).toEqual([422, 'draft-invalid'])
    for (const role of ['engineer', 'auditor', 'customer'] as const)
      expect((await world.as(role, 'POST', RERUN, { jobs: 1 })).statusCode).toBe(403)
    const bad = [{ jobs: 0 }, { jobs: 1001 }, {}, { jobs: 1, more: true }]
    for (const body of bad)
      expect((await world.as('process-owner', 'POST', RERUN, body)).statusCode).toBe(400)
  })

  it('know a cursor of theirs from any other', async () => {
    const world = await createWorld()
    await save(world, stricter)
    const answer = await world.as('process-owner', 'POST', RERUN, { jobs: 1, after: 'x' })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-cursor'])
  })

  it('stop when nobody waits for them any more', async () => {
    const world = await createWorld()
    for (let n = 0; n < 60; n += 1) await dropped(world)
    await save(world, stricter)
    const { store, library } = world
    const gone = new AbortController()
    let read = 0
    const watched: typeof store = new Proxy(store, {
      get(target, name) {
        if (name === 'history') {
          read += 1
          if (read === 30) gone.abort()
        }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const rerun = createRerun({ store: watched, library, check: createCheck(library) })
    onTestFinished(rerun.end)
    expect((await rerun.run('errand', { jobs: 1000 }, gone.signal)).jobs).toBeLessThan(60)
    expect((await rerun.run('errand', { jobs: 1000 }, new AbortController().signal)).jobs).toBe(60)
  })
})
