/** Whatever changes people, tokens, processes, settings or the clock is on record, by whom, and in a chain. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { AuditEntry } from '../../../machines/wire/audit.ts'
import { auditedLibrary } from '../../../server/access/audited-library.ts'
import { createPeople } from '../../../server/access/people.ts'
import { randomIds } from '../../../server/ids.ts'
import { broken } from '../../../server/store/audit-port.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import { StaleRevision } from '../../../server/store/library-port.ts'
import { createMemoryAudit } from '../../../server/store/memory/memory-audit.ts'
import { createWorld, type Method, type World } from './harness.ts'

const headOf = async (world: World): Promise<{ n: number; hash: string }> =>
  (await world.as('auditor', 'GET', '/api/audit/head')).json()
const since = async (world: World, after: number, query = '') =>
  (await world.as('auditor', 'GET', `/api/audit?after=${after}${query}`)).json().entries

describe('the audit', () => {
  it('tells who changed a person, a role and a token, and neither the secret nor what he is called', async () => {
    const world = await createWorld()
    const { n } = await headOf(world)
    const made = await world.as('administrator', 'POST', '/api/people', {
      id: 'zhou',
      name: '周敏',
      roles: ['engineer'],
    })
    const { token } = (
      await world.as('administrator', 'POST', '/api/people/zhou/tokens', { name: 'van' })
    ).json()
    const etag = (await world.as('administrator', 'GET', '/api/people/zhou')).headers.etag
    await world.as(
      'administrator',
      'PATCH',
      '/api/people/zhou',
      { roles: ['engineer', 'dispatcher'] },
      { 'if-match': String(etag) },
    )
    expect(made.statusCode).toBe(201)
    const entries = await since(world, n)
    expect(entries).toMatchObject([
      { actor: 'administrator', kind: 'person.save', subject: 'zhou', outcome: 'meant' },
      { outcome: 'done', of: n + 1 },
      { outcome: 'meant', detail: { changed: ['tokens'], tokensMade: [expect.any(String)] } },
      { outcome: 'done' },
      { outcome: 'meant', detail: { roles: { from: ['engineer'], to: ['engineer', 'dispatcher'] } } },
      { outcome: 'done' },
    ])
    expect(token).toMatch(/^fc_/)
    expect(JSON.stringify(entries)).not.toContain('周敏')
    expect(JSON.stringify(entries)).not.toContain(token)
  })

  it('tells of settings, of the clock, each with what came of it', async () => {
    const world = await createWorld()
    const { n } = await headOf(world)
    const settings = await world.as('administrator', 'GET', '/api/settings')
    const { timeZone, calendars } = settings.json()
    const saved = await world.as(
      'administrator',
      'PUT',
      '/api/settings',
      { timeZone, calendars },
      {
        'if-match': String(settings.headers.etag),
      },
    )
    expect(saved.statusCode).toBe(200)
    await world.as('administrator', 'POST', '/api/clock', { advance: 'PT1H' })
    const kinds = (await since(world, n)).map(({ kind, outcome }: Record<string, string>) => [kind, outcome])
    expect(kinds).toContainEqual(['clock.move', 'done'])
    expect(kinds).toContainEqual(['settings.save', 'done'])
  })

  it('is a chain that its head ends, and is read in pages, by kind and by actor', async () => {
    const world = await createWorld()
    await world.as('administrator', 'POST', '/api/people', { id: 'lin', name: 'Lin', roles: [] })
    const entries = await since(world, 0, '&limit=500')
    entries.forEach((entry: Parameters<typeof broken>[1], at: number) => {
      expect(broken(entries[at - 1], entry)).toBeUndefined()
    })
    expect(await headOf(world)).toMatchObject({ n: entries.length, hash: entries.at(-1).hash })
    const page = (await world.as('auditor', 'GET', '/api/audit?limit=1')).json()
    expect([page.entries.length, page.next]).toEqual([1, 1])
    expect(await since(world, 0, '&actor=administrator')).toHaveLength(2)
    expect(await since(world, 0, '&kind=nothing')).toEqual([])
    expect((await world.as('engineer', 'GET', '/api/audit')).statusCode).toBe(403)
  })

  it('tells each change once, newest first, with what came of it', async () => {
    const world = await createWorld()
    const changes = async (query = '') =>
      (await world.as('auditor', 'GET', `/api/audit/changes?${query}`)).json()
    for (const id of ['one', 'two', 'three'])
      await world.as('administrator', 'POST', '/api/people', { id, name: id, roles: ['engineer'] })
    const newest = await changes('limit=2')
    expect(newest).toMatchObject({
      changes: [
        { kind: 'person.save', subject: 'three', outcome: 'done', detail: { made: true } },
        { subject: 'two', outcome: 'done' },
      ],
      newer: false,
      older: true,
    })
    const { n } = newest.changes[1]
    expect(newest.changes[1].ended.n).toBe(n + 1)
    const older = await changes(`limit=1&before=${n}`)
    expect(older).toMatchObject({ changes: [{ subject: 'one' }], newer: true, older: true })
    expect(await changes(`limit=1&after=${older.changes[0].n}`)).toMatchObject({
      changes: [{ subject: 'two' }],
      newer: true,
      older: true,
    })
    expect(await changes('limit=1&after=0')).toMatchObject({ newer: true, older: false })
    expect((await changes('kind=person.&subject=two')).changes).toHaveLength(1)
    expect((await changes('from=2030-01-01T00:00:00%2B08:00')).changes).toEqual([])
    expect((await world.as('auditor', 'GET', '/api/audit/changes?from=soon')).statusCode).toBe(400)
    expect((await world.as('dispatcher', 'GET', '/api/audit/changes')).statusCode).toBe(403)
  })

  it('knows a change that was cut off from one that is under way', async () => {
    const audit = createMemoryAudit()
    const world = await createWorld({ deps: { audit } })
    const at = new Date(world.wall.now()).toISOString()
    await audit.append({ at, actor: 'lin', kind: 'person.save', subject: 'zhou', outcome: 'meant' })
    const outcome = async () =>
      (await world.as('auditor', 'GET', '/api/audit/changes')).json().changes[0].outcome
    expect(await outcome()).toBe('under-way')
    world.wall.set(world.wall.now() + 61_000)
    expect(await outcome()).toBe('cut-off')
  })

  it('tells the version that was published, and why somebody did what he did', async () => {
    const world = await createWorld()
    const change = async (kind: string) =>
      (await world.as('auditor', 'GET', `/api/audit/changes?kind=${kind}`)).json().changes[0]
    expect(await change('process.publish')).toMatchObject({
      actor: 'system',
      ended: { detail: { version: 1 } },
    })
    await world.as(
      'administrator',
      'PUT',
      '/api/processes/errand/archived',
      { archived: true },
      {
        'x-reason': encodeURIComponent('不再使用：见 7 月 3 日会议'),
      },
    )
    expect(await change('process.archive')).toMatchObject({
      actor: 'administrator',
      reason: '不再使用：见 7 月 3 日会议',
    })
  })

  it('tells who lets whom know what outside, without a secret and without the path', async () => {
    const world = await createWorld()
    const ask = async (method: Method, path: string, body?: object) =>
      (await world.as('administrator', method, `/api/webhooks${path}`, body)).json()
    const url = 'https://hooks.example.com/T0/secret-path'
    const { webhook, secret } = await ask('POST', '', { url, events: ['job.ended'] })
    const { n } = await headOf(world)
    await ask('PATCH', `/${webhook.id}`, { events: ['job.created'], process: 'errand' })
    const second = await ask('POST', `/${webhook.id}/rotate`)
    await ask('POST', `/${webhook.id}/resend`, {})
    await ask('PATCH', `/${webhook.id}`, { enabled: false })
    await world.as('administrator', 'DELETE', `/api/webhooks/${webhook.id}`)
    await world.as('administrator', 'DELETE', `/api/webhooks/${webhook.id}`)
    const entries = await since(world, 0)
    const meant = entries.filter(
      (entry: AuditEntry) => entry.subject === webhook.id && entry.outcome === 'meant',
    )
    const host = 'hooks.example.com'
    expect(meant).toMatchObject([
      { kind: 'webhook.create', actor: 'administrator', detail: { host, events: ['job.ended'] } },
      {
        kind: 'webhook.change',
        detail: { changed: ['events', 'process'], events: ['job.created'], process: 'errand' },
      },
      { kind: 'webhook.secret', detail: { host } },
      { kind: 'webhook.resend', detail: { host } },
      { kind: 'webhook.change', detail: { changed: ['enabled'], enabled: false } },
      { kind: 'webhook.delete', detail: { host } },
    ])
    expect(await since(world, n)).toHaveLength(10)
    for (const hidden of [secret, second.secret, 'secret-path'])
      expect(JSON.stringify(entries)).not.toContain(hidden)
  })

  it('tells that the provider of sign-in made somebody and changed his roles, and that a sample day came and went', async () => {
    const world = await createWorld()
    const { library } = world
    const clock = world.wall
    const people = createPeople({ library, clock, jobClock: clock, ids: randomIds, changed: () => undefined })
    const account = { issuer: 'https://id.example.com', subject: 'a-4711', name: '周敏' }
    const { n } = await headOf(world)
    await people.meet({ ...account, roles: ['engineer'] })
    await people.meet({ ...account, roles: ['dispatcher'] })
    const entries = await since(world, n)
    expect(entries).toMatchObject([
      { actor: 'system', outcome: 'meant', detail: { via: 'provider', made: true, account: 'given' } },
      { outcome: 'done' },
      { detail: { via: 'provider', roles: { from: ['engineer'], to: ['dispatcher'] } } },
      { outcome: 'done' },
    ])
    for (const hidden of ['a-4711', '周敏']) expect(JSON.stringify(entries)).not.toContain(hidden)

    await world.as('administrator', 'DELETE', '/api/sample')
    const [last] = (await world.as('auditor', 'GET', '/api/audit/changes?limit=1')).json().changes
    expect(last).toMatchObject({ actor: 'administrator', kind: 'sample.remove', outcome: 'done' })
  })

  it('tells of roles that end somewhere, certificates, and who may no longer sign in', async () => {
    const world = await createWorld()
    const { n } = await headOf(world)
    const limits = [{ role: 'dispatcher', regions: ['浦东'] }]
    await world.as('administrator', 'PATCH', '/api/people/dispatcher', { limits })
    await world.as('administrator', 'PUT', '/api/people/dispatcher/certificates/electrician', {
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    })
    await world.as('administrator', 'DELETE', '/api/people/dispatcher/certificates/electrician')
    await world.as('administrator', 'PATCH', '/api/people/dispatcher', { disabled: true })
    const meant = (await since(world, n)).filter((entry: AuditEntry) => entry.outcome === 'meant')
    expect(meant.map((entry: AuditEntry) => entry.detail)).toMatchObject([
      { limits: { from: [], to: limits } },
      { certificatesGiven: [{ kind: 'electrician', validUntil: '2027-01-01T00:00:00.000Z' }] },
      { certificatesTaken: ['electrician'] },
      { disabled: true },
    ])
  })

  it('says of somebody new with the id of another that he was to be made, and was not', async () => {
    const world = await createWorld()
    await world.as('administrator', 'POST', '/api/people', { id: 'engineer', name: 'Wu', roles: [] })
    const [last] = (await world.as('auditor', 'GET', '/api/audit/changes?limit=1')).json().changes
    expect(last).toMatchObject({ subject: 'engineer', outcome: 'failed', detail: { made: true } })
    expect(last.detail.roles).toBeUndefined()
  })

  it('says of a change that failed that it failed', async () => {
    const { timeZone, calendars } = DEFAULT_CALENDARS
    const log = createMemoryAudit()
    const library = auditedLibrary(await openMemoryLibrary({ timeZone, calendars }), log, () => 0)
    await expect(library.saveSettings(99, { timeZone, calendars })).rejects.toThrow(StaleRevision)
    expect(await log.list({ after: 0, limit: 9 })).toMatchObject([
      { n: 1, actor: 'system', kind: 'settings.save', outcome: 'meant' },
      { n: 2, outcome: 'failed', of: 1 },
    ])
  })

  it('bars a change that cannot be put on record', async () => {
    const { timeZone, calendars } = DEFAULT_CALENDARS
    const inner = await openMemoryLibrary({ timeZone, calendars })
    const full = { ...createMemoryAudit(), append: () => Promise.reject(new Error('disk full')) }
    const library = auditedLibrary(inner, full, () => 0)
    await expect(library.saveManualClock('2026-03-02T01:00:00.000Z')).rejects.toThrow('disk full')
    expect(await inner.manualClock()).toBeUndefined()
  })
})
