import { describe, expect, it } from 'vitest'
import { createWorld, ERRAND, START, tokenOf } from './harness.ts'

describe('POST /api/jobs', () => {
  it('starts a job and says where it is', async () => {
    const { as } = await createWorld()
    const made = await as('dispatcher', 'POST', '/api/jobs', {
      process: 'errand',
      fields: { what: 'stamps' },
    })
    expect(made.statusCode).toBe(201)
    expect(made.headers.etag).toBe('"1"')
    const job = made.json()
    expect(made.headers.location).toBe(`/api/jobs/${job.id}`)
    expect(job).toMatchObject({
      process: 'errand',
      version: 1,
      status: 'active',
      state: 'open',
      active: ['open'],
      fields: { what: 'stamps', price: 5 },
      seq: 1,
      createdAt: new Date(START).toISOString(),
    })
  })
  it.each([
    ['an unknown process', { process: 'nonsense' }, 404, 'process-not-found'],
    [
      'an unknown version',
      { process: 'errand', version: 9, fields: { what: 'x' } },
      404,
      'version-not-found',
    ],
    ['a missing field', { process: 'errand' }, 422, 'fields-invalid'],
    ['a field of the wrong type', { process: 'errand', fields: { what: 1 } }, 422, 'fields-invalid'],
    ['a body of the wrong shape', { proces: 'errand' }, 400, 'body-invalid'],
  ])('refuses %s', async (_what, body, status, code) => {
    const { as } = await createWorld()
    const answer = await as('dispatcher', 'POST', '/api/jobs', body)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status, code, type: `/api/problems/${code}` })
  })
  it.each([
    ['/api/jobs', { proces: 'errand' }, '不得有其他属性：proces'],
    ['/api/jobs', { process: 1 }, '类型须为 string'],
    ['/api/jobs', { process: 'errand', version: 0 }, '不得小于 1'],
    ['/api/people', { id: 'x', name: '', roles: ['engineer'] }, '不得少于 1 个字符'],
    ['/api/people', { id: 'x', name: 'x', roles: ['king'] }, '不是允许的值'],
    ['/api/privacy/erase', { reason: 'case 7' }, '缺失'],
  ])('says in both languages what is wrong where: %s %j', async (path, body, chinese) => {
    const { as } = await createWorld()
    const { errors } = (await as('administrator', 'POST', path, body)).json()
    const all: { message: string; messages: { en: string; zh: string } }[] = errors
    expect(all.map(({ messages }) => messages.zh).join('；')).toContain(chinese)
    for (const { message, messages } of all) {
      expect(message).toBe(messages.en)
      expect(messages.en).toMatch(/^[ -~]+$/)
      expect(messages.zh).toMatch(/[\u4e00-\u9fff]/)
    }
  })
  it('only tells what would happen on a dry run', async () => {
    const { as } = await createWorld()
    const body = { process: 'errand', fields: { what: 'x' } }
    const told = await as('dispatcher', 'POST', '/api/jobs?dryRun=true', body)
    expect(told.statusCode).toBe(201)
    expect(told.headers.etag).toBeUndefined()
    expect((await as('dispatcher', 'GET', '/api/jobs')).json().counts.total).toBe(0)
  })
})

describe('GET /api/jobs/:id', () => {
  it('shows every event of the state as open or barred, with the reasons', async () => {
    const { as, errand } = await createWorld()
    const answer = await as('engineer', 'GET', `/api/jobs/${await errand()}`)
    expect(answer.headers.etag).toBe('"1"')
    const { allowed, items } = answer.json()
    const open = Object.fromEntries(
      allowed.map((one: { type: string; open: boolean }) => [one.type, one.open]),
    )
    expect(open).toEqual({ 'errand.done': false, 'errand.dropped': false, 'errand.priced': false })
    expect(items).toMatchObject([{ id: 'receipt', required: true, done: false }])
  })
  it('answers 404 for one that is not there', async () => {
    const { as } = await createWorld()
    const answer = await as('engineer', 'GET', '/api/jobs/none')
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'job-not-found'])
  })
})

describe('POST /api/jobs/:id/events', () => {
  it('refuses while an item is open, takes it once it is ticked', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const done = { type: 'errand.done', payload: { hours: 2 } }
    const barred = await as('engineer', 'POST', `/api/jobs/${id}/events`, done)
    expect(barred.statusCode).toBe(409)
    expect(barred.json()).toMatchObject({ type: '/api/problems/refused', code: 'checklist-open' })
    expect(barred.json().reasons[0]).toMatchObject({ item: 'receipt' })
    const evidence = { kind: 'text', text: 'no. 12' }
    const ticked = await as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, { evidence })
    expect(ticked.statusCode).toBe(200)
    const answer = await as('engineer', 'POST', `/api/jobs/${id}/events`, done)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers.etag).toBe('"3"')
    expect(answer.json()).toMatchObject({
      job: { status: 'done', state: 'done', fields: { hours: 2 } },
      entry: { seq: 3, actor: { id: 'engineer' }, from: 'open', to: 'done' },
    })
  })
  it.each([
    [
      'an event of another role',
      'dispatcher',
      { type: 'errand.done', payload: { hours: 1 } },
      403,
      'role-missing',
    ],
    ['a wrong payload', 'engineer', { type: 'errand.done', payload: { hours: -1 } }, 422, 'payload-invalid'],
    ['an unknown event', 'engineer', { type: 'errand.flown' }, 409, 'unknown-event'],
    ['a false guard', 'engineer', { type: 'errand.priced' }, 409, 'guard-false'],
    ['a made-up timer', 'engineer', { type: 'xstate.after.promise.errand.open' }, 409, 'unknown-event'],
  ] as const)('refuses %s with reasons in both languages', async (_what, role, body, status, code) => {
    const { as, errand } = await createWorld()
    const answer = await as(role, 'POST', `/api/jobs/${await errand()}/events`, body)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.json().reasons[0].message).toMatchObject({ en: expect.any(String), zh: expect.any(String) })
  })
  it('lets one of two writers with the same If-Match win', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const note = () => as('engineer', 'POST', `/api/jobs/${id}/notes`, { text: 'x' }, { 'if-match': '"1"' })
    const answers = await Promise.all([note(), note(), note()])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412])
    expect(answers.find(({ statusCode }) => statusCode === 412)?.json().code).toBe('precondition-failed')
  })
  it('lets one of fifty win over the line, and the others know that they lost', async () => {
    const { app, as, errand } = await createWorld()
    const id = await errand()
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        fetch(`${address}/api/jobs/${id}/notes`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${tokenOf('engineer')}`,
            'content-type': 'application/json',
            'if-match': '"1"',
          },
          body: JSON.stringify({ text: `from ${n}` }),
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(49)
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json().seq).toBe(2)
  })
  it.each(['abc', '"x"', 'W/"1"', '"1", "2"'])('refuses the If-Match %s', async (header) => {
    const { as, errand } = await createWorld()
    const answer = await as(
      'engineer',
      'POST',
      `/api/jobs/${await errand()}/notes`,
      { text: 'x' },
      { 'if-match': header },
    )
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-request'])
  })
  it('changes nothing on a dry run', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const told = await as('dispatcher', 'POST', `/api/jobs/${id}/events?dryRun=true`, {
      type: 'errand.dropped',
    })
    expect(told.json().job.status).toBe('cancelled')
    expect((await as('dispatcher', 'GET', `/api/jobs/${id}`)).json()).toMatchObject({
      status: 'active',
      seq: 1,
    })
  })
})

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': '"4f1e"' }
  it('answers the same request alike and does it once', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}/notes`
    const first = await as('engineer', 'POST', url, { text: 'once' }, key)
    const again = await as('engineer', 'POST', url, { text: 'once' }, key)
    expect(again.statusCode).toBe(200)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.json()).toEqual(first.json())
  })
  it('creates one job for two requests', async () => {
    const { as } = await createWorld()
    const body = { process: 'errand', fields: { what: 'x' } }
    const first = await as('dispatcher', 'POST', '/api/jobs', body, key)
    const again = await as('dispatcher', 'POST', '/api/jobs', body, key)
    expect(again.json().id).toBe(first.json().id)
    expect((await as('dispatcher', 'GET', '/api/jobs')).json().counts.total).toBe(1)
  })
  it('remembers a refusal', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}/events`
    const send = () => as('engineer', 'POST', url, { type: 'errand.done', payload: { hours: 1 } }, key)
    const first = await send()
    const again = await send()
    expect([again.statusCode, again.json().code]).toEqual([409, 'checklist-open'])
    expect(again.json().reasons).toEqual(first.json().reasons)
  })
  it('does once what is sent twenty times at once: who comes meanwhile is told so, and has the answer later', async () => {
    const { app, as, errand } = await createWorld()
    const id = await errand()
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const send = async () => {
      const answer = await fetch(`${address}/api/jobs/${id}/notes`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokenOf('engineer')}`,
          'content-type': 'application/json',
          ...key,
        },
        body: JSON.stringify({ text: 'once' }),
      })
      const { code, entry } = await answer.json()
      return { status: answer.status, code, entry }
    }
    const all = await Promise.all(Array.from({ length: 20 }, send))
    const done = all.filter(({ status }) => status === 200)
    expect(done.length).toBeGreaterThan(0)
    for (const each of all)
      expect(each.status === 200 ? each.entry : each.code).toEqual(
        each.status === 200 ? done[0]?.entry : 'idempotency-in-progress',
      )
    expect((await send()).entry).toEqual(done[0]?.entry)
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json().seq).toBe(2)
  })
  it('refuses the key for another request, but another person may have the same', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}/notes`
    await as('engineer', 'POST', url, { text: 'a' }, key)
    const other = await as('engineer', 'POST', url, { text: 'b' }, key)
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-mismatch'])
    expect((await as('dispatcher', 'POST', url, { text: 'b' }, key)).statusCode).toBe(200)
  })
  it.each(['""', '"unfinished', 'a b', 'x'.repeat(300)])('refuses the key %j', async (value) => {
    const { as, errand } = await createWorld()
    const answer = await as(
      'engineer',
      'POST',
      `/api/jobs/${await errand()}/notes`,
      { text: 'a' },
      { 'idempotency-key': value },
    )
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'idempotency-key-invalid'])
  })
})

describe('what every job takes', () => {
  it('ticks and unticks', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}/checklist/receipt`
    const without = await as('engineer', 'PUT', url)
    expect([without.statusCode, without.json().code]).toEqual([409, 'evidence-missing'])
    await as('engineer', 'PUT', url, { evidence: { kind: 'text', text: '12' } })
    const unticked = await as('engineer', 'DELETE', url)
    expect(unticked.json().job.checklist).toEqual({})
    expect((await as('engineer', 'PUT', `${url}s`)).json().code).toBe('unknown-item')
    expect((await as('stock-keeper', 'PUT', url, {})).statusCode).toBe(403)
  })
  it('takes notes, ratings, corrections and reports of breaches', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}`
    expect((await as('engineer', 'POST', `${url}/notes`, { text: 'hello' })).statusCode).toBe(200)
    const rated = await as('customer', 'POST', `${url}/rating`, { score: 5, comment: '很好' })
    expect(rated.json().job.rating).toMatchObject({ score: 5, by: 'customer' })
    const corrected = await as('dispatcher', 'PATCH', `${url}/fields`, {
      fields: { price: 20 },
      reason: 'typo',
    })
    expect(corrected.json().entry.changed).toEqual({ price: { from: 5, to: 20 } })
    expect(
      (await as('dispatcher', 'PATCH', `${url}/fields`, { fields: { price: 'x' }, reason: 'y' })).statusCode,
    ).toBe(422)
    const reported = await as('auditor', 'POST', `${url}/breaches`, { norm: 'GN-04', note: 'seen' })
    expect(reported.json().job.breaches).toMatchObject([
      { norm: 'GN-04', severity: 'major', reportedBy: 'auditor' },
    ])
    const other = await as('auditor', 'POST', `${url}/breaches`, { norm: 'PC-01' })
    expect([other.statusCode, other.json().code]).toEqual([409, 'norm-not-reportable'])
    const { entries } = (await as('auditor', 'GET', `${url}/history`)).json()
    expect(entries.map(({ command }: { command: { kind: string } }) => command.kind)).toEqual([
      'start',
      'note',
      'rate',
      'correct',
      'reportBreach',
    ])
  })
  it('starts a linked job for a complaint', async () => {
    const { as, errand } = await createWorld()
    const answer = await as('customer', 'POST', `/api/jobs/${await errand()}/complaints`, {
      text: 'late again',
    })
    expect(answer.statusCode).toBe(200)
    const [link] = answer.json().job.links
    expect(link).toMatchObject({ process: 'complaint', status: 'active' })
    expect((await as('dispatcher', 'GET', `/api/jobs/${link.job}`)).json().links[0]).toMatchObject({
      link: 'parent',
    })
  })
})

describe('GET /api/jobs', () => {
  it('filters, counts and pages without gap or double', async () => {
    const { as, errand } = await createWorld()
    const ids = []
    for (let n = 0; n < 7; n++) ids.push(await errand({ what: `parcel no-${n}-of-7` }))
    await as('dispatcher', 'POST', `/api/jobs/${ids[0]}/events`, { type: 'errand.dropped' })
    const active = (await as('dispatcher', 'GET', '/api/jobs?status=active&state=open&process=errand')).json()
    expect(active.counts).toMatchObject({ total: 6, byStatus: { active: 6 } })
    expect(
      (await as('dispatcher', 'GET', '/api/jobs?text=parcel%20no-3-of'))
        .json()
        .jobs.map((job: { id: string }) => job.id),
    ).toEqual([ids[3]])
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await as('dispatcher', 'GET', `/api/jobs?limit=3&sort=createdAt${cursor}`)).json()
      seen.push(...page.jobs.map((job: { id: string }) => job.id))
      cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`
    } while (cursor !== '')
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })
  it('reads times in any zone', async () => {
    const { as, errand } = await createWorld()
    await errand()
    const total = async (query: string) =>
      (await as('auditor', 'GET', `/api/jobs?${query}`)).json().counts.total
    expect(await total(`createdFrom=${encodeURIComponent('2026-03-02T08:59:59+08:00')}`)).toBe(1)
    expect(await total(`createdFrom=${encodeURIComponent('2026-03-02T09:00:01+08:00')}`)).toBe(0)
  })
  it.each([
    ['limit=0', 'body-invalid'],
    ['limit=many', 'body-invalid'],
    ['sort=name', 'body-invalid'],
    ['colour=red', 'body-invalid'],
    ['createdFrom=yesterday', 'body-invalid'],
    ['cursor=made-up', 'bad-cursor'],
  ])('refuses ?%s', async (query, code) => {
    const { as } = await createWorld()
    const answer = await as('dispatcher', 'GET', `/api/jobs?${query}`)
    expect([answer.statusCode, answer.json().code]).toEqual([400, code])
  })
})

describe('GET /api/jobs/:id/history', () => {
  it('pages', async () => {
    const { as, errand } = await createWorld()
    const url = `/api/jobs/${await errand()}`
    for (let n = 0; n < 4; n++) await as('engineer', 'POST', `${url}/notes`, { text: `${n}` })
    const first = (await as('engineer', 'GET', `${url}/history?limit=3`)).json()
    expect(first.entries.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3])
    const rest = (await as('engineer', 'GET', `${url}/history?limit=3&after=${first.next}`)).json()
    expect(rest.entries.map(({ seq }: { seq: number }) => seq)).toEqual([4, 5])
    expect(rest.next).toBeUndefined()
    expect((await as('engineer', 'GET', '/api/jobs/none/history')).statusCode).toBe(404)
  })
})

describe('the manual clock', () => {
  it('fires each timer at its own due time, and never runs backwards', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const moved = await as('administrator', 'POST', '/api/clock', { advance: 'PT12H' })
    expect(moved.json()).toEqual({ now: '2026-03-02T13:00:00.000Z', manual: true })
    const job = (await as('engineer', 'GET', `/api/jobs/${id}`)).json()
    expect(job.breaches).toMatchObject([{ norm: 'GN-09', at: '2026-03-02T02:00:00.000Z' }])
    const back = await as('administrator', 'POST', '/api/clock', { now: '2026-03-02T02:00:00Z' })
    expect([back.statusCode, back.json().code]).toEqual([409, 'clock-backwards'])
    expect((await as('engineer', 'GET', '/api/clock')).json().now).toBe('2026-03-02T13:00:00.000Z')
  })
  it.each([
    [{}],
    [{ advance: 'soon' }],
    [{ advance: 'PT1H', now: '2026-03-03T00:00:00Z' }],
    [{ advance: 'P900Y' }],
  ])('refuses %j', async (body) => {
    const { as } = await createWorld()
    expect((await as('administrator', 'POST', '/api/clock', body)).statusCode).toBe(400)
  })
  it('is refused on a server with the system clock', async () => {
    const { as } = await createWorld({ deps: { clock: { now: () => START, manual: false } } })
    const answer = await as('administrator', 'POST', '/api/clock', { advance: 'PT1H' })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'clock-not-manual'])
    expect((await as('engineer', 'GET', '/api/clock')).json().manual).toBe(false)
  })
})

it('the process of these tests is one that could be published', async () => {
  const { as } = await createWorld()
  const headers = { 'if-none-match': '*' }
  await as('process-owner', 'PUT', '/api/processes/errand/draft', { definition: ERRAND }, headers)
  const { problems } = (await as('process-owner', 'POST', '/api/processes/errand/draft/validate')).json()
  expect(problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([])
})
