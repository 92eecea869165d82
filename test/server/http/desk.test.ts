/** The dispatcher's desk over HTTP: many acts at once, the board, the sheet, views. */
import { describe, expect, it } from 'vitest'
import { compiled } from '../../../machines/compile/compile.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { indexJob } from '../../../server/jobs/index-job.ts'
import { createWorld, type World } from './harness.ts'

type Result = {
  job: string
  status: number
  after?: { seq: number }
  problem?: { code: string; title: string }
}
const batch = async (
  { as }: World,
  acts: unknown[],
  headers: Record<string, string> = {},
  role: 'dispatcher' | 'engineer' | 'trainer' = 'dispatcher',
) => {
  const answer = await as(role, 'POST', '/api/jobs:batch', { acts }, headers)
  const results: Result[] = answer.statusCode === 200 ? answer.json().results : []
  return { answer, results, told: results.map(({ status, problem }) => problem?.code ?? status) }
}
const note = (job: string, text = 'called back') => ({ job, act: { kind: 'note', text } })

describe('POST /api/jobs:batch', () => {
  it('answers for each act in order, and what is refused bars no other', async () => {
    const world = await createWorld()
    const [one, two, three] = [await world.errand(), await world.errand(), await world.errand()]
    const { told, results } = await batch(world, [
      { job: one, act: { kind: 'event', type: 'errand.dropped' } },
      { job: two, act: { kind: 'event', type: 'errand.done', payload: { hours: 1 } } },
      { job: 'none', act: { kind: 'note', text: 'x' } },
      { job: three, act: { kind: 'suspend', reason: 'customer away' } },
      { job: three, act: { kind: 'event', type: 'errand.dropped' } },
      { job: three, act: { kind: 'resume' } },
      { job: two, act: { kind: 'reassign', person: 'nobody', reason: 'ill' } },
      { job: two, seq: 9, act: { kind: 'note', text: 'x' } },
      { job: one, act: { kind: 'cancel', reason: 'twice' } },
    ])
    expect(told).toEqual([
      200,
      'role-missing',
      'job-not-found',
      200,
      'suspended',
      200,
      'person-not-found',
      'precondition-failed',
      'job-over',
    ])
    expect(results.map(({ job }) => job)).toEqual([one, two, 'none', three, three, three, two, two, one])
    expect(results[0]?.after).toMatchObject({ seq: 2, status: 'cancelled', active: ['dropped'] })
    expect((await world.store.history(three, 0, 9)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('lets each act only as far as its own right', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const acts = [note(id), { job: id, act: { kind: 'cancel', reason: 'x' } }]
    expect((await batch(world, acts, {}, 'trainer')).told).toEqual([200, 'forbidden'])
    expect((await world.as('auditor', 'POST', '/api/jobs:batch', { acts })).statusCode).toBe(403)
  })

  it('does nothing twice under one key, and answers the same again, refusals included', async () => {
    const world = await createWorld()
    const ids = [await world.errand(), await world.errand()]
    const acts = [...ids.map((id) => note(id)), note('none')]
    const key = { 'idempotency-key': '"k1"' }
    const first = await batch(world, acts, key)
    const again = await batch(world, acts, key)
    expect(first.told).toEqual([200, 200, 'job-not-found'])
    expect(again.results.map(({ status, after }) => [status, after])).toEqual(
      first.results.map(({ status, after }) => [status, after]),
    )
    for (const id of ids) expect((await world.store.load(id))?.seq).toBe(2)
    const other = await batch(world, [...acts, note(ids[0] ?? '', 'more')], key)
    expect([other.answer.statusCode, other.answer.json().code]).toEqual([422, 'idempotency-mismatch'])
  })

  it('after a cut in the middle, a repeat does only what was not done', async () => {
    const world = await createWorld()
    const ids = [await world.errand(), await world.errand(), await world.errand()]
    const acts = ids.map((id) => note(id))
    const key = { 'idempotency-key': '"k2"' }
    const commit = world.store.commit.bind(world.store)
    world.store.commit = async (given) => {
      if (given.changes[0]?.job.id === ids[1]) throw new Error('the disk is full')
      return commit(given)
    }
    expect((await batch(world, acts, key)).told).toEqual([200, 'internal', 200])
    expect((await world.store.load(ids[1] ?? ''))?.seq).toBe(1)
    world.store.commit = commit
    expect((await batch(world, acts, key)).told).toEqual([200, 200, 200])
    for (const id of ids) expect((await world.store.load(id))?.seq).toBe(2)
  })

  it('stands in the description of the API by its address', async () => {
    const { as } = await createWorld()
    const document = (await as(undefined, 'GET', '/api/openapi.json')).json()
    expect(Object.keys(document.paths['/api/jobs:batch'])).toEqual(['post'])
  })

  it('tells problems in the reader’s language, and only tells on a dry run', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const zh = await batch(world, [note('none')], { 'accept-language': 'zh-CN' })
    expect(zh.results[0]?.problem?.title).toBe('没有这张工单')
    const told = await world.as('dispatcher', 'POST', '/api/jobs:batch?dryRun=true', { acts: [note(id)] })
    expect(told.json().results[0]).toMatchObject({ status: 200, after: { seq: 2 } })
    expect((await world.store.load(id))?.seq).toBe(1)
  })

  it.each([
    ['no acts', []],
    ['more than 500', Array.from({ length: 501 }, () => note('x'))],
    ['an act past the rules', [{ job: 'x', act: { kind: 'moveTo', to: ['done'], reason: 'x' } }]],
  ])('refuses %s', async (_what, acts) => {
    const { answer } = await batch(await createWorld(), acts)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'body-invalid'])
  })
})

describe('the search', () => {
  it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
    'finds a %s by customer, telephone, order and serial number',
    (id, definition) => {
      const properties = definition.schemas.context.properties
      const known = {
        customerName: '蔡女士',
        customerPhone: '138-0013 8000',
        orderNumber: 'DD-2026-0417',
        serialNumber: 'SN88XK21',
      }
      const fields = Object.fromEntries(
        Object.entries(known).filter(([name]) => Object.hasOwn(properties, name)),
      )
      const { text, customer } = indexJob(
        compiled(definition, id),
        {
          id: 'a',
          process: id,
          version: 1,
          hash: id,
          seq: 1,
          status: 'done',
          snapshot: { status: 'done', value: '', historyValue: {}, context: { fields, checklist: {} } },
          timers: [],
          breaches: [],
          links: [],
          evidence: [],
          createdAt: '2026-03-02T01:00:00.000Z',
          updatedAt: '2026-03-02T01:00:00.000Z',
        },
        [],
      )
      for (const value of Object.values(fields)) expect(text).toContain(value.toLowerCase())
      if ('customerPhone' in fields) expect(text).toContain('13800138000')
      expect([customer, Object.keys(fields).length > 0]).toEqual(['蔡女士', true])
    },
  )
})

describe('GET /api/jobs/board', () => {
  it('shows the active jobs of a process by state, and is narrowed by filters', async () => {
    const { as, errand } = await createWorld()
    const ids = [await errand(), await errand(), await errand({ what: '打印机 卡纸' })]
    await as('dispatcher', 'POST', `/api/jobs/${ids[0]}/events`, { type: 'errand.dropped' })
    const board = (await as('dispatcher', 'GET', '/api/jobs/board?process=errand&limit=1')).json()
    expect(board.columns).toMatchObject([
      { path: 'open', total: 2, overdue: 0, jobs: [{ status: 'active' }] },
    ])
    const next = encodeURIComponent(board.columns[0].next)
    const rest = await as(
      'dispatcher',
      'GET',
      `/api/jobs?process=errand&status=active&state=open&sort=dueAt&cursor=${next}`,
    )
    expect(rest.json().jobs).toHaveLength(1)
    const found = await as(
      'dispatcher',
      'GET',
      `/api/jobs/board?process=errand&text=${encodeURIComponent('卡纸')}`,
    )
    expect(found.json().columns).toMatchObject([{ path: 'open', total: 1, jobs: [{ id: ids[2] }] }])
    const unknown = await as('dispatcher', 'GET', '/api/jobs/board?process=nonsense')
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'process-not-found'])
  })
})

describe('GET /api/jobs/sheet', () => {
  it('gives the found jobs in words, times where the organisation is, and no formula', async () => {
    const { as, errand } = await createWorld()
    await errand({ what: '=cmd|calc', price: 12 })
    await errand({ what: 'stamps, "blue"' })
    const ask = (more: string) => as('dispatcher', 'GET', `/api/jobs/sheet?${more}`)
    const zh = await ask(
      'columns=process,state,status,due,f.what,f.price,nonsense&language=zh&sort=createdAt',
    )
    expect(zh.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = zh.body.split('\r\n')
    expect(lines[0]).toBe('\ufeff流程,当前状态,进展,时限,What,Price')
    expect(lines.slice(1, 3).sort()).toEqual([
      `Errand,Open,进行中,2026-03-02 10:00,"stamps, ""blue""",5`,
      `Errand,Open,进行中,2026-03-02 10:00,'=cmd|calc,12`,
    ])
    const some = await ask(`text=stamps&columns=f.what`)
    expect(some.body).toBe('\ufeffWhat\r\n"stamps, ""blue"""\r\n')
  })
})

describe('/api/me/views', () => {
  it('keeps a person’s views, and nobody else sees them', async () => {
    const { as } = await createWorld()
    const view = { name: ' 超时 ', search: '?overdue=true' }
    const { views } = (await as('dispatcher', 'POST', '/api/me/views', view)).json()
    expect(views).toMatchObject([{ name: '超时', search: '?overdue=true' }])
    const at = `/api/me/views/${views[0].id}`
    expect((await as('engineer', 'GET', '/api/me/views')).json()).toEqual({ views: [] })
    expect((await as('engineer', 'DELETE', at)).statusCode).toBe(404)
    const put = await as('dispatcher', 'PUT', at, { name: '超时', search: '?overdue=true&sort=dueAt' })
    expect(put.json().views).toMatchObject([{ search: '?overdue=true&sort=dueAt' }])
    expect((await as('dispatcher', 'POST', '/api/me/views', { name: '  ', search: '' })).statusCode).toBe(400)
    expect((await as('dispatcher', 'DELETE', at)).json()).toEqual({ views: [] })
  })
  it('are not without end', async () => {
    const { as } = await createWorld()
    const keep = () => as('dispatcher', 'POST', '/api/me/views', { name: 'x', search: '' })
    for (let n = 0; n < 50; n += 1) await keep()
    expect((await keep()).statusCode).toBe(400)
  })
})
