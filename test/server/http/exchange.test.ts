import { describe, expect, it } from 'vitest'
import { toScxml } from '../../../machines/exchange/scxml-out.ts'
import { drawPicture } from '../../../server/pictures/draw-picture.ts'
import { createWorld, ERRAND } from './harness.ts'

const VERSION = '/api/processes/errand/versions/1/export'
const IMPORT = '/api/processes/import'

describe('export', () => {
  it.each([
    ['json', 'application/json', 'attachment', 'errand-v1.json', '"id": "errand"'],
    ['xstate', 'application/json', 'attachment', 'errand-v1.xstate.json', '"fieldchart"'],
    ['ts', 'text/plain', 'attachment', 'errand-v1.ts', 'setup({'],
    ['scxml', 'application/scxml+xml', 'attachment', 'errand-v1.scxml', '<scxml '],
    ['mermaid', 'text/plain', 'attachment', 'errand-v1.mmd', 'stateDiagram-v2'],
    ['handbook', 'text/html', 'inline', 'errand-v1.html', '<!doctype html>'],
    ['markdown', 'text/markdown', 'attachment', 'errand-v1.md', '# Errand'],
  ])('%s', async (format, type, how, file, holds) => {
    const { as } = await createWorld()
    const answer = await as('engineer', 'GET', `${VERSION}?format=${format}&language=en`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(`${type}; charset=utf-8`)
    expect(answer.headers['content-disposition']).toBe(`${how}; filename="${file}"`)
    expect(answer.body).toContain(holds)
  })
  it.each([
    ['svg', 'image/svg+xml', 'errand-v1.svg'],
    ['png', 'image/png', 'errand-v1.png'],
  ] as const)('%s is what the command line makes, as the owner placed it', async (format, type, file) => {
    const { as, library } = await createWorld()
    const layout = { states: { open: { x: 40, y: 60 }, done: { x: 400, y: 60 } } }
    const about = { note: '', author: 'x', publishedAt: '2026-03-02T01:00:00.000Z' }
    const placed = { ...ERRAND, id: 'placed' }
    await library.publish('placed', 0, { definition: placed, layout, ...about })
    for (const [definition, stored] of [[ERRAND], [placed, layout]] as const) {
      const url = VERSION.replace('errand', definition.id)
      const answer = await as('engineer', 'GET', `${url}?format=${format}&language=zh&scale=0.5`)
      expect([answer.statusCode, answer.headers['content-type']?.toString().split(';')[0]]).toEqual([
        200,
        type,
      ])
      expect(answer.headers['content-disposition']).toBe(
        `attachment; filename="${file.replace('errand', definition.id)}"`,
      )
      const drawn = await drawPicture({ definition, layout: stored, language: 'zh', format, scale: 0.5 })
      expect('made' in drawn && Buffer.compare(drawn.made, answer.rawPayload)).toBe(0)
    }
  })
  it('a picture beyond the limits is a problem that names the largest there may be', async () => {
    const { as, library } = await createWorld()
    const layout = { states: { open: { x: 0, y: 0 }, done: { x: 3000, y: 3000 } } }
    const about = { note: '', author: 'x', publishedAt: '2026-03-02T01:00:00.000Z' }
    await library.publish('wide', 0, { definition: { ...ERRAND, id: 'wide' }, layout, ...about })
    const url = '/api/processes/wide/versions/1/export?format=png'
    const answer = await as('engineer', 'GET', `${url}&scale=4`, undefined, { 'accept-language': 'zh' })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'picture-too-large'])
    expect(answer.json().detail).toContain(String(answer.json().most))
    expect((await as('engineer', 'GET', `${url}&scale=40`)).json().code).toBe('body-invalid')
  })
  it('knows no other version or form, and nobody unknown', async () => {
    const { as } = await createWorld()
    expect((await as('engineer', 'GET', VERSION.replace('/1/', '/2/'))).json().code).toBe('version-not-found')
    expect((await as('engineer', 'GET', VERSION.replace('errand', 'none'))).json().code).toBe(
      'process-not-found',
    )
    expect((await as('engineer', 'GET', `${VERSION}?format=exe`)).statusCode).toBe(400)
    expect((await as(undefined, 'GET', VERSION)).statusCode).toBe(401)
  })
})

describe('import', () => {
  it('makes a draft of a file, under an id of its own, and says what was left out', async () => {
    const { as } = await createWorld()
    const made = await as('process-owner', 'POST', `${IMPORT}?format=scxml`, {
      text: toScxml(ERRAND),
      id: 'trip',
    })
    expect([made.statusCode, made.headers.etag, made.headers.location]).toEqual([
      201,
      '"1"',
      '/api/processes/trip/draft',
    ])
    expect(made.json()).toMatchObject({ draft: { process: 'trip', definition: { id: 'trip' } }, notes: [] })
    const { valid } = (await as('process-owner', 'POST', '/api/processes/trip/draft/validate')).json()
    expect(valid).toBe(true)
    const foreign = { text: '{"id":"m","initial":"a","states":{"a":{"entry":"log"}}}' }
    const other = await as('process-owner', 'POST', `${IMPORT}?format=xstate`, foreign)
    expect(other.json().notes).toMatchObject([
      { severity: 'error', code: 'unknown-action', place: '/states/a/entry' },
    ])
  })
  it('overwrites nothing', async () => {
    const { as } = await createWorld()
    const twice = await as('process-owner', 'POST', `${IMPORT}?format=json`, { text: JSON.stringify(ERRAND) })
    expect([twice.statusCode, twice.json().code]).toEqual([409, 'exists'])
  })
  it('with dryRun shows what would be and keeps nothing', async () => {
    const { as } = await createWorld()
    const body = { text: JSON.stringify(ERRAND), id: 'trip' }
    const shown = await as('process-owner', 'POST', `${IMPORT}?format=json&dryRun=true`, body)
    expect([shown.statusCode, shown.json().definition.id]).toEqual([200, 'trip'])
    expect((await as('process-owner', 'GET', '/api/processes/trip')).statusCode).toBe(404)
  })
  it('refuses what it cannot read, what is too large, and who may not write', async () => {
    const { as } = await createWorld()
    const bomb = await as('process-owner', 'POST', `${IMPORT}?format=scxml`, { text: '<!DOCTYPE a><a/>' })
    expect([bomb.statusCode, bomb.json().code, bomb.json().errors[0].pointer]).toEqual([
      400,
      'body-invalid',
      '/text',
    ])
    const deep = await as('process-owner', 'POST', IMPORT, { text: '['.repeat(100_000) })
    expect(deep.statusCode).toBe(400)
    const large = await as('process-owner', 'POST', IMPORT, { text: `"${'a'.repeat(5_000_000)}"` })
    expect(large.statusCode).toBe(400)
    const nobody = await as('engineer', 'POST', IMPORT, { text: '{}' })
    expect(nobody.statusCode).toBe(403)
  })
})
