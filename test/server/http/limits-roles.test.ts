/** A limited role counts for the jobs and processes that it reaches, and for no others. */
import { describe, expect, it } from 'vitest'
import { createWorld } from './harness.ts'
import { operations, PROCESSES, regional } from './limits-kit.ts'

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
  it('are told with the rights, so that pages offer no more', async () => {
    const { as } = await limitedOwner()
    const { narrowed, rights } = (await as('process-owner', 'GET', '/api/me')).json()
    expect(narrowed).toMatchObject({ 'drafts:write': ['parcel'], 'processes:publish': ['parcel'] })
    expect(Object.keys(narrowed).filter((right) => !rights.includes(right))).toEqual([])
    // Safety officers agree to drafts, too: by that role everywhere.
    await as('administrator', 'PATCH', '/api/people/process-owner', {
      roles: ['process-owner', 'safety-officer'],
    })
    const wider = (await as('process-owner', 'GET', '/api/me')).json().narrowed
    expect([wider['drafts:approve'], wider['drafts:write']]).toEqual([undefined, ['parcel']])
    expect((await as('engineer', 'GET', '/api/me')).json().narrowed).toBeUndefined()
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
