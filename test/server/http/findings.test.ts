import { describe, expect, it } from 'vitest'
import { ROLES } from '../../../machines/definition/schema.ts'
import { may } from '../../../server/access/policy.ts'
import { createWorld, ERRAND, type World } from './harness.ts'

const FOUND = { process: 'errand', place: 'open', text: '收据要求太早', source: 'remark' }
const raise = async ({ as }: World, more: Record<string, unknown> = {}) =>
  (await as('engineer', 'POST', '/api/findings', { ...FOUND, ...more })).json()
const idsOf = (answer: { json(): { findings: { id: string }[] } }) =>
  answer.json().findings.map(({ id }) => id)

/** A draft that differs from what is published; its ETag. */
async function drafted({ as }: World, title: string): Promise<Record<string, string>> {
  const definition = { ...ERRAND, meta: { ...ERRAND.meta, description: { en: title } } }
  const saved = await as(
    'process-owner',
    'PUT',
    '/api/processes/errand/draft',
    { definition },
    { 'if-none-match': '*' },
  )
  expect(saved.statusCode).toBe(200)
  return { 'if-match': String(saved.headers.etag) }
}

describe('/api/findings', () => {
  it('are raised on a place of a version, and found by it', async () => {
    const world = await createWorld()
    const { as } = world
    const job = await world.errand()
    const state = await raise(world, { job, source: 'complaint', norm: 'GN-09' })
    expect(state).toMatchObject({
      version: 1,
      status: 'open',
      by: 'engineer',
      byName: 'The engineer',
      job,
      processTitle: { en: 'Errand' },
      placeTitles: [{ en: 'Open' }],
    })
    const way = await raise(world, { place: '/states/open/on/errand.done' })
    expect(way.placeTitles).toMatchObject([{ en: 'Open' }, { en: 'Done' }])
    const whole = await raise(world, { place: '' })
    expect(whole.placeTitles).toEqual([])
    expect(idsOf(await as('engineer', 'GET', '/api/findings?process=errand'))).toEqual([
      whole.id,
      way.id,
      state.id,
    ])
    expect(idsOf(await as('engineer', 'GET', '/api/findings?place=open'))).toEqual([state.id])
    expect(idsOf(await as('engineer', 'GET', `/api/findings?job=${job}&status=open`))).toEqual([state.id])
    const page = (await as('engineer', 'GET', '/api/findings?limit=2')).json()
    expect(page.counts).toEqual({ open: 3, answered: 0, dismissed: 0 })
    expect(idsOf(await as('engineer', 'GET', `/api/findings?limit=2&cursor=${page.next}`))).toEqual([
      state.id,
    ])
  })

  it('are not raised on what is not there', async () => {
    const { as } = await createWorld()
    const codeOf = async (more: Record<string, unknown>) =>
      (await as('engineer', 'POST', '/api/findings', { ...FOUND, ...more })).json().code
    expect(await codeOf({ place: 'nowhere' })).toBe('body-invalid')
    expect(await codeOf({ process: 'none' })).toBe('process-not-found')
    expect(await codeOf({ version: 9 })).toBe('version-not-found')
    expect(await codeOf({ job: 'none' })).toBe('job-not-found')
    expect(await codeOf({ text: '  ' })).toBe('body-invalid')
  })

  it('are read and raised by the staff', async () => {
    const { as } = await createWorld()
    for (const role of ROLES) {
      const [read, raised] = [
        await as(role, 'GET', '/api/findings'),
        await as(role, 'POST', '/api/findings', FOUND),
      ]
      const expected = [may([role], 'findings:read') ? 200 : 403, may([role], 'findings:raise') ? 201 : 403]
      expect([role, read.statusCode, raised.statusCode]).toEqual([role, ...expected])
    }
  })

  it('GN-24: are answered by the version whose draft cites them, and stay open otherwise', async () => {
    const world = await createWorld()
    const { as, library } = world
    const [cited, other] = [await raise(world), await raise(world)]
    const headers = await drafted(world, 'later')
    const publish = (body: Record<string, unknown>) =>
      as('process-owner', 'POST', '/api/processes/errand/draft/publish', { note: '放宽', ...body }, headers)
    const wrong = await publish({ answers: [cited.id, 'none'] })
    expect([wrong.statusCode, wrong.json().errors]).toMatchObject([400, [{ pointer: '/answers/1' }]])
    const published = await publish({ answers: [cited.id] })
    expect([published.statusCode, published.json().answers]).toEqual([201, [cited.id]])
    const { findings } = (await as('engineer', 'GET', '/api/findings')).json()
    expect(findings).toMatchObject([
      { id: other.id, status: 'open' },
      { id: cited.id, status: 'answered', answer: { version: 2, by: 'process-owner' } },
    ])
    expect((await library.version('errand', 2))?.answers).toEqual([cited.id])
    const versions = (await as('engineer', 'GET', '/api/processes/errand/versions')).json().versions
    expect(versions.map(({ answers }: { answers?: string[] }) => answers)).toEqual([undefined, [cited.id]])
    const late = await as('process-owner', 'POST', `/api/findings/${cited.id}/dismiss`, { reason: 'x' })
    expect([late.statusCode, late.json().code]).toEqual([409, 'finding-answered'])
  })

  it('are known as answered by the version itself, where the server stopped in between', async () => {
    const first = await createWorld()
    const cited = await raise(first)
    await first.library.publish('errand', 0, {
      definition: { ...ERRAND, meta: { ...ERRAND.meta, description: { en: 'later' } } },
      note: 'x',
      author: 'process-owner',
      publishedAt: '2026-03-02T02:00:00.000Z',
      answers: [cited.id],
    })
    const again = await createWorld({ deps: { library: first.library, store: first.store } })
    const { findings } = (await again.as('engineer', 'GET', '/api/findings')).json()
    expect(findings).toMatchObject([{ id: cited.id, status: 'answered', answer: { version: 2 } }])
  })

  it('are set aside with a reason, and taken up again', async () => {
    const world = await createWorld()
    const { as } = world
    const { id } = await raise(world)
    expect((await as('engineer', 'POST', `/api/findings/${id}/dismiss`, { reason: 'x' })).statusCode).toBe(
      403,
    )
    expect(
      (await as('process-owner', 'POST', `/api/findings/${id}/dismiss`, { reason: ' ' })).statusCode,
    ).toBe(400)
    const gone = await as('process-owner', 'POST', `/api/findings/${id}/dismiss`, { reason: '一次性情况' })
    expect(gone.json()).toMatchObject({
      status: 'dismissed',
      turns: [{ to: 'dismissed', reason: '一次性情况' }],
    })
    const back = await as('process-owner', 'POST', `/api/findings/${id}/reopen`, { reason: '又发生' })
    expect(back.json()).toMatchObject({ status: 'open', turns: [{}, { to: 'open', by: 'process-owner' }] })
    const unknown = await as('process-owner', 'POST', '/api/findings/none/reopen', { reason: 'x' })
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'finding-not-found'])
  })
})
