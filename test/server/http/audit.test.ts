/** Whatever changes people, tokens, processes, settings or the clock is on record, by whom, and in a chain. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { auditedLibrary } from '../../../server/access/audited-library.ts'
import { broken } from '../../../server/store/audit-port.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import { StaleRevision } from '../../../server/store/library-port.ts'
import { createMemoryAudit } from '../../../server/store/memory/memory-audit.ts'
import { createWorld, type World } from './harness.ts'

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
