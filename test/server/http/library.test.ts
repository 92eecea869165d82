import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { NORMS } from '../../../machines/norms.ts'
import { seedLibrary } from '../../../server/library/seed.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import { createWorld, ERRAND, START } from './harness.ts'

const renamed = (en: string, id = 'errand'): Definition => ({
  ...ERRAND,
  id,
  meta: { ...ERRAND.meta, title: { en, zh: en } },
})
const DRAFT = '/api/processes/errand/draft'
const fresh = { 'if-none-match': '*' }
const at = (revision: number) => ({ 'if-match': `"${revision}"` })

describe('processes', () => {
  it('are listed with their latest version, draft and jobs by state', async () => {
    const { as, errand } = await createWorld()
    await errand()
    const { processes } = (await as('customer', 'GET', '/api/processes')).json()
    expect(processes.map(({ id }: { id: string }) => id)).toEqual(['complaint', 'errand'])
    expect(processes[1]).toMatchObject({
      title: { en: 'Errand' },
      latest: { version: 1, author: '@fieldchart', note: 'first' },
      draft: false,
      jobs: { active: 1, byState: { open: 1 } },
    })
  })
  it('show each version with its definition', async () => {
    const { as } = await createWorld()
    const { versions } = (await as('engineer', 'GET', '/api/processes/errand/versions')).json()
    expect(versions).toMatchObject([{ version: 1, jobs: {} }])
    const version = (await as('engineer', 'GET', '/api/processes/errand/versions/1')).json()
    expect(version).toMatchObject({ process: 'errand', hash: versions[0].hash, definition: { id: 'errand' } })
  })
  it.each([
    ['/api/processes/none', 'process-not-found'],
    ['/api/processes/none/versions', 'process-not-found'],
    ['/api/processes/none/versions/1', 'process-not-found'],
    ['/api/processes/errand/versions/2', 'version-not-found'],
    ['/api/processes/none/draft', 'draft-not-found'],
    ['/api/processes/errand/draft', 'draft-not-found'],
  ])('answers 404 for %s', async (url, code) => {
    const { as } = await createWorld()
    const answer = await as('process-owner', 'GET', url)
    expect([answer.statusCode, answer.json().code]).toEqual([404, code])
  })
  it('are made from a draft, valid or not', async () => {
    const { as } = await createWorld()
    const made = await as('process-owner', 'POST', '/api/processes', {
      definition: { id: 'new-one', half: 'done' },
    })
    expect([made.statusCode, made.headers.etag]).toEqual([201, '"1"'])
    expect((await as('process-owner', 'GET', '/api/processes/new-one')).json()).toMatchObject({
      title: { en: 'new-one' },
      draft: true,
    })
    const twice = await as('process-owner', 'POST', '/api/processes', { definition: { id: 'new-one' } })
    expect([twice.statusCode, twice.json().code]).toEqual([409, 'exists'])
    for (const definition of [null, 7, {}, { id: '../etc' }, { id: 'Ünder' }, { id: 'constructor ' }])
      expect((await as('process-owner', 'POST', '/api/processes', { definition })).statusCode).toBe(400)
  })
})

describe('drafts', () => {
  it('have ETags; a stale save names both revisions and overwrites nothing', async () => {
    const { as } = await createWorld()
    const first = await as(
      'process-owner',
      'PUT',
      DRAFT,
      { definition: renamed('one'), layout: { x: 1 } },
      fresh,
    )
    expect([first.statusCode, first.headers.etag]).toEqual([200, '"1"'])
    const second = await as('process-owner', 'PUT', DRAFT, { definition: renamed('two') }, at(1))
    expect(second.headers.etag).toBe('"2"')
    const stale = await as('administrator', 'PUT', DRAFT, { definition: renamed('three') }, at(1))
    expect([stale.statusCode, stale.json()]).toMatchObject([
      412,
      { code: 'draft-stale', expected: 1, current: 2 },
    ])
    const read = await as('trainer', 'GET', DRAFT)
    expect([read.headers.etag, read.json()]).toMatchObject([
      '"2"',
      { definition: renamed('two'), updatedBy: 'process-owner' },
    ])
  })
  it('ask which revision is meant', async () => {
    const { as } = await createWorld()
    const save = await as('process-owner', 'PUT', DRAFT, { definition: {} })
    expect([save.statusCode, save.json().code]).toEqual([428, 'precondition-required'])
    await as('process-owner', 'PUT', DRAFT, { definition: {} }, fresh)
    expect((await as('process-owner', 'DELETE', DRAFT)).statusCode).toBe(428)
    expect((await as('process-owner', 'PUT', DRAFT, { definition: {} }, fresh)).json()).toMatchObject({
      code: 'draft-stale',
      expected: 0,
      current: 1,
    })
    expect((await as('process-owner', 'DELETE', DRAFT, undefined, at(9))).statusCode).toBe(412)
    expect((await as('process-owner', 'DELETE', DRAFT, undefined, at(1))).statusCode).toBe(204)
    expect((await as('process-owner', 'GET', DRAFT)).statusCode).toBe(404)
  })
  it('of a process that is not there are not saved', async () => {
    const { as } = await createWorld()
    const answer = await as('process-owner', 'PUT', '/api/processes/none/draft', { definition: {} }, fresh)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'process-not-found'])
  })
  it('one of twenty racing saves wins', async () => {
    const { as } = await createWorld()
    await as('process-owner', 'PUT', DRAFT, { definition: {} }, fresh)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => as('process-owner', 'PUT', DRAFT, { definition: { n } }, at(1))),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(19)
  })
})

describe('publishing', () => {
  const publish = `${DRAFT}/publish`
  it('makes the next version of a valid draft; running jobs keep theirs', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    await as('process-owner', 'PUT', DRAFT, { definition: renamed('Two'), layout: { a: 1 } }, fresh)
    const checked = (await as('process-owner', 'POST', `${DRAFT}/validate`)).json()
    expect(checked).toMatchObject({ revision: 1, valid: true })
    const done = await as('process-owner', 'POST', publish, { note: 'a better title' })
    expect(done.statusCode).toBe(201)
    expect(done.headers.location).toBe('/api/processes/errand/versions/2')
    expect(done.json()).toMatchObject({
      version: 2,
      author: 'process-owner',
      note: 'a better title',
      layout: { a: 1 },
    })
    expect((await as('process-owner', 'GET', DRAFT)).statusCode).toBe(404)
    expect((await as('engineer', 'GET', `/api/jobs/${id}`)).json().version).toBe(1)
    const next = await as('dispatcher', 'POST', '/api/jobs', { process: 'errand', fields: { what: 'x' } })
    expect(next.json().version).toBe(2)
  })
  it('refuses an invalid draft with all its problems', async () => {
    const { as } = await createWorld()
    await as(
      'process-owner',
      'PUT',
      DRAFT,
      { definition: { ...ERRAND, initial: 'nowhere', colour: 1 } },
      fresh,
    )
    const answer = await as('process-owner', 'POST', publish, { note: 'x' })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'draft-invalid'])
    expect(answer.json().problems.length).toBeGreaterThan(1)
    expect((await as('process-owner', 'GET', DRAFT)).statusCode).toBe(200)
  })
  it('refuses what is the same, another process, or another revision', async () => {
    const { as } = await createWorld()
    await as('process-owner', 'PUT', DRAFT, { definition: ERRAND }, fresh)
    expect((await as('process-owner', 'POST', publish, { note: 'x' })).json()).toMatchObject({
      code: 'nothing-changed',
      version: 1,
    })
    await as('process-owner', 'PUT', DRAFT, { definition: renamed('x', 'other') }, at(1))
    const other = (await as('process-owner', 'POST', publish, { note: 'x' })).json()
    expect([other.code, other.problems[0].path]).toEqual(['draft-invalid', '/id'])
    const stale = await as('process-owner', 'POST', publish, { note: 'x' }, at(1))
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'draft-stale'])
    expect((await as('process-owner', 'POST', publish, {})).statusCode).toBe(400)
  })
})

describe('shipped processes', () => {
  const empty = () => openMemoryLibrary({ timeZone: 'Asia/Shanghai', calendars: {} })
  it('are published once, and again only where they changed', async () => {
    const library = await empty()
    expect(await seedLibrary(library, [ERRAND], START)).toEqual(['errand v1'])
    expect(await seedLibrary(library, [ERRAND], START)).toEqual([])
    expect(await seedLibrary(library, [renamed('better')], START)).toEqual(['errand v2'])
  })
  it('never come over what people made of them', async () => {
    const library = await empty()
    await seedLibrary(library, [ERRAND], START)
    const own = {
      definition: renamed('ours'),
      note: '',
      author: 'wang',
      publishedAt: new Date(START).toISOString(),
    }
    await library.publish('errand', 0, own)
    expect(await seedLibrary(library, [renamed('better')], START)).toEqual([])
    const drafted = await empty()
    await seedLibrary(drafted, [ERRAND], START)
    await drafted.saveDraft('errand', 0, { definition: {}, updatedAt: own.publishedAt, updatedBy: 'wang' })
    expect(await seedLibrary(drafted, [renamed('better')], START)).toEqual([])
  })
})

describe('settings', () => {
  it('bar a calendar whose name is none, whatever stands there', async () => {
    const { as } = await createWorld()
    const { timeZone, calendars, revision } = (await as('engineer', 'GET', '/api/settings')).json()
    for (const name of ['', 'a\nb', '7']) {
      const body = { timeZone, calendars: { ...calendars, [name]: {} } }
      const said = await as('administrator', 'PUT', '/api/settings', body, at(revision))
      expect([name, said.statusCode]).toEqual([name, 400])
    }
  })

  it('are saved under their ETag', async () => {
    const { as } = await createWorld()
    const read = await as('engineer', 'GET', '/api/settings')
    const { revision, hash, ...body } = read.json()
    expect(read.headers.etag).toBe(`"${revision}"`)
    const next = { ...body, timeZone: 'Europe/Berlin' }
    expect((await as('administrator', 'PUT', '/api/settings', next)).statusCode).toBe(428)
    const saved = await as('administrator', 'PUT', '/api/settings', next, at(revision))
    expect(saved.json()).toMatchObject({ timeZone: 'Europe/Berlin', revision: revision + 1 })
    expect(saved.json().hash).not.toBe(hash)
    const stale = await as('administrator', 'PUT', '/api/settings', body, at(revision))
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'precondition-failed'])
  })
  it('that count time wrongly are refused', async () => {
    const { as } = await createWorld()
    const answer = await as(
      'administrator',
      'PUT',
      '/api/settings',
      { timeZone: 'Mars/Base', calendars: {} },
      at(1),
    )
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'settings-invalid'])
    expect(answer.json().problems[0].path).toBe('/timeZone')
  })
})

it('GET /api/norms has the whole catalogue, with where each bites in what is published now', async () => {
  const { as } = await createWorld()
  const { norms } = (await as('auditor', 'GET', '/api/norms')).json()
  expect(norms).toHaveLength(NORMS.length)
  const effects = norms.find(({ id }: { id: string }) => id === 'GN-04').effects
  expect(effects).toContainEqual(expect.objectContaining({ process: 'errand', kind: 'reportable' }))
})
