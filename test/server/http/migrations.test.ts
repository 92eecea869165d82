import { describe, expect, it } from 'vitest'
import { type Definition, ROLES } from '../../../machines/definition/schema.ts'
import { may, type Right } from '../../../server/access/policy.ts'
import { createWorld, ERRAND, type Method, START, type World } from './harness.ts'

const reason = 'asked by telephone'
const url = '/api/processes/errand/migrations'

/** `open` is called `waiting`, and the promise is half an hour. */
const { open, ...others } = ERRAND.states
const NEXT: Definition = {
  ...ERRAND,
  initial: 'waiting',
  states: {
    waiting: {
      ...open,
      on: { ...open?.on, 'errand.priced': { target: 'waiting', meta: { waivesChecklist: true } } },
    },
    ...others,
  },
  delays: { promise: { ...ERRAND.delays?.promise, duration: 'PT30M' } },
}
const mapping = { states: { open: 'waiting' } }

async function publish({ library }: World): Promise<void> {
  await library.publish('errand', 0, {
    definition: NEXT,
    note: 'second',
    author: 'process-owner',
    publishedAt: new Date(START).toISOString(),
  })
}

describe('/api/processes/:id/migrations', () => {
  it('tells what would be, then does it, and the change feed tells each job', async () => {
    const world = await createWorld()
    const { as } = world
    const ids = [await world.errand(), await world.errand(), await world.errand()].toSorted()
    await publish(world)
    const dry = await as('process-owner', 'POST', `${url}?dryRun=true`, { from: 1 })
    expect(dry.statusCode).toBe(201)
    await world.moved()
    const told = await as('process-owner', 'GET', String(dry.headers.location))
    expect(told.json()).toMatchObject({
      status: 'done',
      dryRun: true,
      to: 2,
      total: 3,
      counts: { moved: 0, refused: 3, passed: 0 },
      states: [{ path: 'open', moved: 0, refused: 3, passed: 0 }],
    })
    const why = await as('auditor', 'GET', `${dry.headers.location}/jobs?limit=2`)
    expect(why.json().jobs).toMatchObject([
      { job: ids[0], outcome: 'refused', notes: [{ code: 'state-gone' }] },
      { job: ids[1], outcome: 'refused' },
    ])
    expect(
      (await as('auditor', 'GET', `${dry.headers.location}/jobs?after=${why.json().next}`)).json(),
    ).toMatchObject({
      jobs: [{ job: ids[2] }],
    })

    const body = { from: 1, to: 2, mapping: { ...mapping, timers: 'recount' }, note: 'shorter promise' }
    const begun = await as('process-owner', 'POST', url, body)
    await world.moved()
    const done = await as('dispatcher', 'GET', String(begun.headers.location))
    expect(done.json()).toMatchObject({
      status: 'done',
      counts: { moved: 3 },
      by: 'process-owner',
      note: 'shorter promise',
    })
    const job = (await as('engineer', 'GET', `/api/jobs/${ids[0]}`)).json()
    expect(job).toMatchObject({
      version: 2,
      active: ['waiting'],
      deadlines: [{ dueAt: new Date(START + 30 * 60_000).toISOString() }],
    })
    const { changes } = (await as('auditor', 'GET', '/api/changes?process=errand')).json()
    expect(changes.slice(-3)).toMatchObject(
      ids.map(() => ({
        version: 2,
        entry: { command: { kind: 'migrate', version: 2, run: done.json().id } },
      })),
    )
    const { migrations } = (await as('process-owner', 'GET', url)).json()
    expect(migrations.map(({ dryRun }: { dryRun: boolean }) => dryRun)).toEqual([false, true])
    expect((await as('process-owner', 'POST', `${begun.headers.location}/stop`)).json()).toMatchObject({
      code: 'migration-over',
      status: 409,
    })
  })

  it('takes a filter, times in any zone', async () => {
    const world = await createWorld()
    await world.errand()
    world.clock.set(START + 3_600_000)
    await world.errand()
    await publish(world)
    const filter = { createdFrom: '2026-03-02T09:30:00+08:00' }
    await world.as('process-owner', 'POST', url, { from: 1, mapping, filter })
    await world.moved()
    const { migrations } = (await world.as('process-owner', 'GET', url)).json()
    expect(migrations[0]).toMatchObject({ total: 1, counts: { moved: 1 } })
  })

  it('says every fault of a mapping with its place', async () => {
    const world = await createWorld()
    await publish(world)
    const answer = await world.as('process-owner', 'POST', url, {
      from: 1,
      mapping: { states: { nowhere: 'waiting' }, fields: { what: 'nothing' } },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'mapping-invalid'])
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/mapping/states/nowhere',
      '/mapping/fields/what',
    ])
    const slip = await world.as('process-owner', 'POST', url, { from: 1, mapping: { timer: 'keep' } })
    expect([slip.statusCode, slip.json().code]).toEqual([400, 'body-invalid'])
    expect((await world.as('process-owner', 'GET', `${url}/none`)).json().code).toBe('migration-not-found')
    expect((await world.as('process-owner', 'GET', `${url}/none/jobs`)).json().code).toBe(
      'migration-not-found',
    )
    expect((await world.as('process-owner', 'POST', `${url}/none/resume`)).json().code).toBe(
      'migration-not-found',
    )
  })
})

describe('a job by hand', () => {
  it('is put into a state: effects and timers are told before, and nothing is done', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const body = { to: ['dropped'], reason }
    const before = await as('administrator', 'POST', `/api/jobs/${id}/move?dryRun=true`, body)
    expect(before.json()).toMatchObject({
      job: { status: 'cancelled' },
      entry: { cancelled: [expect.any(String)] },
    })
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json()).toMatchObject({
      status: 'active',
      seq: 1,
    })
    const nowhere = await as('administrator', 'POST', `/api/jobs/${id}/move`, { to: ['nowhere'], reason })
    expect([nowhere.statusCode, nowhere.json().code]).toEqual([409, 'state-unknown'])
    expect((await as('administrator', 'POST', `/api/jobs/${id}/move`, { to: ['dropped'] })).statusCode).toBe(
      400,
    )
    const done = await as('administrator', 'POST', `/api/jobs/${id}/move`, body)
    expect([done.statusCode, done.headers.etag]).toEqual([200, '"2"'])
    expect(done.json().entry).toMatchObject({
      actor: { id: 'administrator' },
      command: { kind: 'moveTo', reason },
    })
  })

  it('rests and goes on, and says so', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const move = (advance: string) => as('administrator', 'POST', '/api/clock', { advance })
    await move('PT20M')
    await as('dispatcher', 'POST', `/api/jobs/${id}/suspend`, { reason })
    await move('PT10H')
    const rests = (await as('engineer', 'GET', `/api/jobs/${id}`)).json()
    expect(rests).toMatchObject({
      status: 'active',
      suspended: { by: 'dispatcher', reason },
      deadlines: [{ left: 'PT2400S', fired: false }],
    })
    expect(rests.allowed.every(({ open }: { open: boolean }) => !open)).toBe(true)
    const { jobs } = (await as('dispatcher', 'GET', '/api/jobs')).json()
    expect([jobs[0].overdue, jobs[0].dueAt]).toEqual([false, undefined])
    const sent = await as('dispatcher', 'POST', `/api/jobs/${id}/events`, { type: 'errand.dropped' })
    expect([sent.statusCode, sent.json().code]).toEqual([409, 'suspended'])
    await as('dispatcher', 'POST', `/api/jobs/${id}/resume`)
    await move('PT39M')
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json()).toMatchObject({ breaches: [], seq: 3 })
    await move('PT1M')
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json().breaches).toMatchObject([
      { norm: 'GN-09' },
    ])
  })

  it('is given to a person that is known', async () => {
    const person: Definition = {
      ...ERRAND,
      schemas: {
        ...ERRAND.schemas,
        context: {
          ...ERRAND.schemas.context,
          properties: { ...ERRAND.schemas.context.properties, runner: { type: 'string', format: 'person' } },
        },
      },
      meta: { ...ERRAND.meta, assignee: 'runner' },
    }
    const { as, errand } = await createWorld({ processes: [person] })
    const id = await errand()
    const to = (who: string) => as('dispatcher', 'POST', `/api/jobs/${id}/reassign`, { person: who, reason })
    expect((await to('nobody')).json().code).toBe('person-not-found')
    expect((await to('engineer')).json().job.fields.runner).toBe('engineer')
    expect((await as('dispatcher', 'GET', '/api/jobs?assignee=engineer')).json().jobs).toHaveLength(1)
  })

  it('is done once for one key, and only to the job that was read', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const suspend = (headers: Record<string, string>) =>
      as('dispatcher', 'POST', `/api/jobs/${id}/suspend`, { reason }, headers)
    expect((await suspend({ 'if-match': '"9"' })).statusCode).toBe(412)
    const first = await suspend({ 'idempotency-key': 'k1' })
    const second = await suspend({ 'idempotency-key': 'k1' })
    expect([first.statusCode, second.statusCode, second.headers['idempotency-replayed']]).toEqual([
      200,
      200,
      'true',
    ])
    expect((await suspend({ 'idempotency-key': 'k2' })).json().code).toBe('suspended')
    const cancelled = await as(
      'dispatcher',
      'POST',
      `/api/jobs/${id}/cancel`,
      { reason },
      { 'if-match': '"2"' },
    )
    expect(cancelled.json().job).toMatchObject({ status: 'cancelled', seq: 3 })
  })

  const asked: [Right, Method, string, object | undefined][] = [
    ['jobs:move', 'POST', '/move', { to: ['dropped'], reason }],
    ['jobs:suspend', 'POST', '/suspend', { reason }],
    ['jobs:suspend', 'POST', '/resume', undefined],
    ['jobs:reassign', 'POST', '/reassign', { person: 'engineer', reason }],
    ['jobs:cancel', 'POST', '/cancel', { reason }],
  ]
  it.each(asked)('%s: %s %s is what the table says, for every role', async (right, method, path, body) => {
    const { as, errand } = await createWorld()
    const id = await errand()
    for (const role of ROLES) {
      const { statusCode } = await as(role, method, `/api/jobs/${id}${path}?dryRun=true`, body)
      expect([role, statusCode === 403]).toEqual([role, !may([role], right)])
    }
  })
  it.each([
    ['migrations:run', 'POST', url, { from: 1 }],
    ['migrations:run', 'POST', `${url}/none/stop`, undefined],
    ['migrations:run', 'POST', `${url}/none/resume`, undefined],
    ['migrations:read', 'GET', url, undefined],
    ['migrations:read', 'GET', `${url}/none`, undefined],
    ['migrations:read', 'GET', `${url}/none/jobs`, undefined],
  ] as const)('%s: %s %s is what the table says, for every role', async (right, method, path, body) => {
    const { as } = await createWorld()
    for (const role of ROLES) {
      const { statusCode } = await as(role, method, path, body)
      expect([role, statusCode === 403]).toEqual([role, !may([role], right)])
    }
  })
})
