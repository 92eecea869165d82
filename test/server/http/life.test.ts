import { describe, expect, it } from 'vitest'
import { compiled } from '../../../machines/compile/compile.ts'
import { type Definition, ROLES } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { may, type Right } from '../../../server/access/policy.ts'
import { traceJob } from '../../../server/jobs/trace-job.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import { createWorld, ERRAND, START, type World } from './harness.ts'

const MINUTE = 60_000
/** The errand with somebody who runs it, a customer, and norms on what is done and promised. */
const open = ERRAND.states.open
const WITH_NORMS: Definition = {
  ...ERRAND,
  states: {
    ...ERRAND.states,
    open: {
      ...open,
      on: {
        ...open?.on,
        'errand.dropped': { target: 'dropped', meta: { waivesChecklist: true, norms: ['GN-06'] } },
      },
    },
  },
  delays: {
    promise: { duration: 'PT1H', meta: { title: { en: 'Promised' }, kind: 'deadline', norms: ['GN-09'] } },
  },
  schemas: {
    ...ERRAND.schemas,
    context: {
      ...ERRAND.schemas.context,
      properties: {
        ...ERRAND.schemas.context.properties,
        runner: { type: 'string', format: 'person', meta: { title: { en: 'Runner' } } },
        customerName: { type: 'string', meta: { title: { en: 'Customer' } } },
      },
    },
  },
  meta: { ...ERRAND.meta, assignee: 'runner' },
}
const life = '/api/processes/errand/life'

/** One done in half an hour, one done after its hour, one dropped, one that waits beyond its hour. */
async function lived(): Promise<World & { ids: string[] }> {
  const world = await createWorld({ processes: [WITH_NORMS, complaint] })
  const { as, clock } = world
  const fields = { what: 'stamps', runner: 'engineer' }
  const ids = [
    await world.errand({ ...fields, customerName: '宏达' }),
    await world.errand({ ...fields, customerName: '=HYPERLINK("http://evil")' }),
    await world.errand({ ...fields, customerName: '宏达' }),
    await world.errand(fields),
  ]
  const done = async (id: string | undefined) => {
    const evidence = { kind: 'text', text: 'no. 7' }
    expect((await as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, { evidence })).statusCode).toBe(
      200,
    )
    const sent = { type: 'errand.done', payload: { hours: 1 } }
    expect((await as('engineer', 'POST', `/api/jobs/${id}/events`, sent)).statusCode).toBe(200)
  }
  clock.set(START + 30 * MINUTE)
  await done(ids[0])
  await as('dispatcher', 'POST', `/api/jobs/${ids[2]}/events`, { type: 'errand.dropped' })
  await as('administrator', 'POST', '/api/clock', { advance: 'PT1H' })
  await done(ids[1])
  return { ...world, ids }
}

describe('/api/processes/:id/life', () => {
  it('tells jobs, overdue ones and times by state, and where norms are broken', async () => {
    const { as } = await lived()
    const answer = (await as('dispatcher', 'GET', life)).json()
    expect(answer).toMatchObject({
      process: 'errand',
      version: 1,
      today: '2026-03-02',
      jobs: 1,
      overdue: 1,
      states: [
        {
          path: 'open',
          jobs: 1,
          overdue: 1,
          visits: 3,
          medianMs: 30 * MINUTE,
          p90Ms: 90 * MINUTE,
        },
      ],
      breaches: [{ place: '/states/open/after/promise', norm: 'GN-09', late: 2, broken: 0 }],
    })
    const before = (await as('dispatcher', 'GET', `${life}?to=2026-03-01`)).json()
    expect(before).toMatchObject({ jobs: 1, states: [{ path: 'open', visits: 0 }], breaches: [] })
  })

  it('says what is wrong with a range, a version or a process', async () => {
    const { as } = await createWorld()
    const backwards = await as('auditor', 'GET', `${life}?from=2026-03-02&to=2026-03-01`)
    expect([backwards.statusCode, backwards.json().errors]).toMatchObject([400, [{ pointer: '/to' }]])
    expect((await as('auditor', 'GET', `${life}?from=yesterday`)).statusCode).toBe(400)
    expect((await as('auditor', 'GET', `${life}?version=9`)).json().code).toBe('version-not-found')
    expect((await as('auditor', 'GET', '/api/processes/none/life')).json().code).toBe('process-not-found')
  })
})

describe('/api/norm-report', () => {
  it('adds up what was met, late, broken and never came up', async () => {
    const { as, ids } = await lived()
    await as('dispatcher', 'POST', `/api/jobs/${ids[3]}/breaches`, { norm: 'GN-04' })
    const { rows, sum, total } = (await as('auditor', 'GET', '/api/norm-report')).json()
    const of = (norm: string) => rows.find((row: { norm: string }) => row.norm === norm)
    expect(rows[0]).toEqual({ norm: 'GN-09', met: 2, late: 2, broken: 0, none: 1 })
    expect(of('GN-04')).toMatchObject({ met: 0, broken: 1 })
    expect(of('GN-06')).toEqual({ norm: 'GN-06', met: 1, late: 0, broken: 0, none: 2 })
    expect(sum).toMatchObject({ late: 2, broken: 1, none: 3 })
    expect(total).toBe(rows.length)

    const query = 'by=engineer,month&norm=GN-09&process=errand&from=2026-03-01&to=2026-03-31'
    expect((await as('process-owner', 'GET', `/api/norm-report?${query}`)).json().rows).toMatchObject([
      { engineer: 'engineer', month: '2026-03', late: 2 },
    ])
    const customer = encodeURIComponent('宏达')
    expect(
      (await as('administrator', 'GET', `/api/norm-report?by=customer&customer=${customer}`)).json().rows,
    ).toMatchObject([{ customer: '宏达', late: 0, none: 2 }])
    // The names of customers are hidden from him.
    expect((await as('auditor', 'GET', '/api/norm-report?by=customer')).json()).toMatchObject({
      code: 'forbidden',
      right: 'jobs:personal',
    })
    expect((await as('auditor', 'GET', '/api/norm-report?by=weather')).statusCode).toBe(400)
  })

  it('leads from a number to its jobs', async () => {
    const { as, ids } = await lived()
    const late = (await as('auditor', 'GET', '/api/norm-report/jobs?outcome=late&norm=GN-09&limit=1')).json()
    expect(late.jobs).toMatchObject([
      { norm: 'GN-09', engineer: 'engineer', place: '/states/open/after/promise' },
    ])
    const rest = (
      await as('auditor', 'GET', `/api/norm-report/jobs?outcome=late&norm=GN-09&cursor=${late.next}`)
    ).json()
    expect([late.jobs[0].job, rest.jobs[0].job].toSorted()).toEqual([ids[1], ids[3]].toSorted())
    const never = (await as('auditor', 'GET', '/api/norm-report/jobs?outcome=none&norm=GN-06')).json()
    expect(never.jobs.map(({ job }: { job: string }) => job).toSorted()).toEqual([ids[0], ids[1]].toSorted())
    expect((await as('auditor', 'GET', '/api/norm-report/jobs?outcome=late&cursor=x')).json().code).toBe(
      'bad-cursor',
    )
  })

  it('comes as a file that a spreadsheet opens, in the reader’s language, without a formula in it', async () => {
    const { as } = await lived()
    const zh = await as('administrator', 'GET', '/api/norm-report/sheet?by=customer,norm&language=zh')
    expect(zh.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(zh.headers['content-disposition']).toContain('attachment')
    const lines = zh.body.split('\r\n')
    expect(lines[0]).toBe('\ufeff客户,规范编号,规范内容,达标（次）,超时（次）,违规（次）,不适用（单）')
    expect(zh.body).toContain(`"'=HYPERLINK(""http://evil"")",GN-09,`)
    expect(zh.body).not.toMatch(/(^|,|")=/m)
    const en = await as('auditor', 'GET', '/api/norm-report/sheet?by=engineer,process')
    expect(en.body.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffEngineer,Process,Met (times),Late (times),Broken (times),Not applicable (jobs)',
      expect.stringContaining('The engineer,Errand,'),
    ])
  })

  it.each([
    ['life:read', life],
    ['norms:report', '/api/norm-report'],
    ['norms:report', '/api/norm-report/jobs?outcome=met'],
    ['norms:report', '/api/norm-report/sheet'],
  ] satisfies [Right, string][])('%s: %s is for its roles only', async (right, url) => {
    const { as } = await createWorld()
    for (const role of ROLES)
      expect((await as(role, 'GET', url)).statusCode).toBe(may([role], right) ? 200 : 403)
  })
})

describe('what a change adds to the life of its process', () => {
  it('can be made again from the history', async () => {
    const { store, ids } = await lived()
    const version = compiled(WITH_NORMS)
    const again = createMemoryStore()
    for (const { entry } of await store.changes(0, 1000, { process: 'errand' })) {
      const job = await store.load(entry.job)
      if (job === undefined) continue
      const trace = traceJob(version, job, entry, 'Asia/Shanghai')
      const { active, status } = entry
      await again.commit({
        changes: [
          {
            job: { ...job, seq: entry.seq, status },
            expectedSeq: entry.seq - 1,
            entry,
            index: { active, overdue: false, text: '' },
            trace,
          },
        ],
        outbox: [],
      })
    }
    expect(ids).toHaveLength(4)
    const query = { process: 'errand' }
    expect(await again.stateTimes(query)).toEqual(await store.stateTimes(query))
    expect(await again.breachPlaces(query)).toEqual(await store.breachPlaces(query))
    for (const keys of [['norm'], ['engineer', 'customer', 'norm', 'day']] as const)
      expect(await again.normCounts(query, keys)).toEqual(await store.normCounts(query, keys))
  })
})
