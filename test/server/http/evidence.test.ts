import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createWorld, form, PNG, tokenOf, type World } from './harness.ts'

const upload = (
  world: World,
  id: string,
  fields: Record<string, string>,
  file?: Parameters<typeof form>[1],
) => {
  const { payload, contentType } = form(fields, file)
  return world.app.inject({
    method: 'POST',
    url: `/api/jobs/${id}/evidence`,
    headers: { authorization: `Bearer ${tokenOf('engineer')}`, 'content-type': contentType },
    payload,
  })
}
const photo = { name: 'case.png', type: 'image/png', content: PNG }
const sha = createHash('sha256').update(PNG).digest('hex')

describe('evidence', () => {
  it('is attached, kept by its content, and sent back as what it is', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const answer = await upload(world, id, { kind: 'photo', title: 'the case' }, photo)
    expect(answer.statusCode).toBe(200)
    expect(answer.json().job.evidence).toMatchObject([
      { by: 'engineer', title: 'the case', evidence: { kind: 'photo', file: sha } },
    ])
    const read = await world.as('engineer', 'GET', `/api/evidence/${sha}`)
    expect(read.rawPayload.equals(PNG)).toBe(true)
    expect(read.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(read.headers['content-disposition']).toContain('inline')
    expect((await world.as('customer', 'GET', `/api/evidence/${sha}`)).statusCode).toBe(403)
  })
  it('may be a signature, and serve as the evidence of a tick', async () => {
    const world = await createWorld()
    const id = await world.errand()
    await upload(world, id, { kind: 'signature', signedBy: '李伟' }, photo)
    const unknown = await world.as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, {
      evidence: { kind: 'text', text: 'x', file: 'a'.repeat(64) },
    })
    expect([unknown.statusCode, unknown.json().errors[0].pointer]).toEqual([400, '/evidence/file'])
    const ticked = await world.as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, {
      evidence: { kind: 'text', text: 'x', file: sha },
    })
    expect(ticked.statusCode).toBe(200)
  })
  it('may come without a file', async () => {
    const world = await createWorld()
    const body = { evidence: { kind: 'serial', text: 'SN-1' }, title: 'new board' }
    const answer = await world.as('engineer', 'POST', `/api/jobs/${await world.errand()}/evidence`, body)
    expect(answer.json().job.evidence).toMatchObject([{ evidence: { kind: 'serial', text: 'SN-1' } }])
  })
  it.each([
    ['a page that calls itself a picture', Buffer.from('<html><script>alert(1)</script></html>')],
    [
      'a program that calls itself a picture',
      Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(200)]),
    ],
    [
      'a picture that can hold script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ],
    ['random bytes', Buffer.from('0102030405060708', 'hex')],
  ])('is refused where it is %s', async (_what, content) => {
    const world = await createWorld()
    const id = await world.errand()
    const answer = await upload(world, id, { kind: 'photo' }, { ...photo, content })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'media-type'])
    const { evidence } = (await world.as('engineer', 'GET', `/api/jobs/${id}`)).json()
    expect(evidence).toEqual([])
    const hash = createHash('sha256').update(content).digest('hex')
    expect((await world.as('engineer', 'GET', `/api/evidence/${hash}`)).statusCode).toBe(404)
  })
  it('over ten megabytes is refused', async () => {
    const world = await createWorld()
    const content = Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])
    const answer = await upload(world, await world.errand(), { kind: 'photo' }, { ...photo, content })
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'too-large'])
  })
  it.each([
    ['an empty file', { kind: 'photo' }, { ...photo, content: Buffer.alloc(0) }],
    ['an unknown kind', { kind: 'film' }, photo],
    ['neither file nor text', { title: 'x' }, undefined],
    ['a field nobody knows', { kind: 'photo', colour: 'red' }, photo],
  ])('with %s is refused', async (_what, fields, file) => {
    const world = await createWorld()
    const answer = await upload(world, await world.errand(), { ...fields }, file)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'body-invalid'])
  })
  it('for a job that is not there is not even read', async () => {
    const world = await createWorld()
    expect((await upload(world, 'none', { kind: 'photo' }, photo)).json().code).toBe('job-not-found')
    expect((await world.as('engineer', 'GET', `/api/evidence/${sha}`)).json().code).toBe('evidence-not-found')
  })
  it('that is a paper is saved rather than shown', async () => {
    const world = await createWorld()
    const content = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
    const answer = await upload(world, await world.errand(), { kind: 'photo' }, { ...photo, content })
    const { file } = answer.json().job.evidence[0].evidence
    const read = await world.as('engineer', 'GET', `/api/evidence/${file}`)
    expect(read.headers['content-type']).toBe('application/pdf')
    expect(read.headers['content-disposition']).toContain('attachment')
  })
})
