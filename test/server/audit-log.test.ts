/** What every log of the audit must do, and what its file must do besides. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AuditNote, broken } from '../../server/store/audit-port.ts'
import { createMemoryAudit } from '../../server/store/memory/memory-audit.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'

/** Reading them all takes three times as long where nothing else runs. */
const MOST_MS = 40

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-audit-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'audit.sqlite')
}
const note = (kind: string, actor = 'lin'): AuditNote => ({
  at: '2026-03-02T01:00:00.000Z',
  actor,
  kind,
  subject: '周',
  outcome: 'meant',
  detail: { roles: { from: [], to: ['engineer'] } },
})

describe.each([
  ['in memory', async () => createMemoryAudit()],
  ['in its file', async () => openAuditFile(await newFile())],
])('a log of the audit %s', (_name, open) => {
  it('chains what many append at once, and finds it by kind and actor', async () => {
    const log = await open()
    expect(await log.head()).toBeUndefined()
    const kinds = ['a', 'b', 'a', 'b', 'a']
    await Promise.all(kinds.map((kind, at) => log.append(note(kind, at < 3 ? 'lin' : 'zhou'))))
    const entries = await log.list({ after: 0, limit: 9 })
    expect(entries.map(({ n, kind }) => `${n}${kind}`)).toEqual(['1a', '2b', '3a', '4b', '5a'])
    entries.forEach((entry, at) => {
      expect(broken(entries[at - 1], entry)).toBeUndefined()
    })
    expect(await log.head()).toEqual(entries.at(-1))
    const found = async (query: object) =>
      (await log.list({ after: 0, limit: 9, ...query })).map(({ n }) => n)
    expect(await found({ kind: 'a' })).toEqual([1, 3, 5])
    expect(await found({ actor: 'zhou' })).toEqual([4, 5])
    expect(await found({ kind: 'a', actor: 'zhou', after: 4 })).toEqual([5])
    expect(await found({ after: 1, limit: 2 })).toEqual([2, 3])
    await log.close()
  })

  it('tells each change once, newest first, with what came of it, by any filter and from either side', async () => {
    const log = await open()
    const change = async (kind: string, subject: string, day: number, more: Partial<AuditNote> = {}) => {
      const said = { ...note(kind), subject, at: `2026-03-0${day}T01:00:00.000Z`, ...more }
      const { n } = await log.append(said)
      return (outcome: 'done' | 'failed') => log.append({ ...said, outcome, of: n })
    }
    await (await change('person.save', '周', 1))('done')
    const other = await change('process.publish', 'visit', 2)
    await change('person.save', '周', 3, { actor: 'zhou' })
    await other('failed')
    await change('data.restore', 'data', 4, { outcome: 'done' })

    const found = async (query: object) =>
      (await log.changes({ limit: 9, ...query })).map(
        ({ entry, ended }) => `${entry.n}${entry.kind[0]} ${ended?.outcome ?? entry.outcome}`,
      )
    const all = ['6d done', '4p meant', '3p failed', '1p done']
    expect(await found({})).toEqual(all)
    expect(await found({ limit: 2 })).toEqual(all.slice(0, 2))
    expect(await found({ before: 4 })).toEqual(all.slice(2))
    expect(await found({ after: 1, limit: 2 })).toEqual(all.slice(1, 3))
    expect(await found({ after: 0, limit: 1 })).toEqual(all.slice(3))
    expect(await found({ kind: 'person.' })).toEqual([all[1], all[3]])
    expect(await found({ kind: 'person.sav' })).toEqual([])
    expect(await found({ kind: 'process.publish' })).toEqual([all[2]])
    expect(await found({ subject: '周', actor: 'zhou' })).toEqual([all[1]])
    expect(await found({ from: '2026-03-02T01:00:00.000Z', to: '2026-03-04T01:00:00.000Z' })).toEqual(
      all.slice(1, 3),
    )
    await log.close()
  })
})

describe('the file of the audit', () => {
  it('goes on where it ended, and refuses to change or forget', async () => {
    const file = await newFile()
    const first = openAuditFile(file)
    const entry = await first.append(note('a'))
    await first.close()
    const second = openAuditFile(file)
    expect(await second.append(note('b'))).toMatchObject({ n: 2, prev: entry.hash })
    await second.close()
    const db = new DatabaseSync(file)
    expect(() => db.exec('DELETE FROM audit')).toThrow('the audit is not changed')
    expect(() => db.exec("UPDATE audit SET kind = 'c'")).toThrow('the audit is not changed')
    db.close()
  })

  it('finds a page of any filter among 100,000 changes without reading them all', async () => {
    const file = await newFile()
    await openAuditFile(file).close()
    const db = new DatabaseSync(file)
    db.exec(`
      WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200000)
      INSERT INTO audit SELECT n, kind, actor, json_object(
        'n', n, 'prev', hex(zeroblob(32)), 'at', strftime('%Y-%m-%dT%H:%M:%fZ', 1750000000 + n * 60, 'unixepoch'),
        'actor', actor, 'kind', kind, 'subject', 's' || (n / 200), 'outcome', iif(n % 2, 'meant', 'done'),
        'of', iif(n % 2, NULL, n - 1), 'detail', json_object('changed', json_array('roles', 'tokens')),
        'hash', hex(randomblob(32)))
      FROM (SELECT n, iif(n % 4 < 2, 'person.save', 'clock.move') AS kind, 'p' || (n % 99) AS actor FROM numbers)
    `)
    db.close()
    const log = openAuditFile(file)
    const slow: string[] = []
    const day = (n: number): string => new Date((1750000000 + n * 60) * 1000).toISOString()
    for (const query of [
      {},
      { before: 1000 },
      { after: 100_000 },
      { kind: 'person.' },
      { kind: 'nothing.' },
      { kind: 'clock.move', actor: 'p7' },
      { subject: 's500' },
      { to: day(900) },
      { from: day(199_990) },
      { from: day(100_000), to: day(100_200), kind: 'person.' },
    ]) {
      let best = Number.POSITIVE_INFINITY
      for (let times = 0; times < 3; times += 1) {
        const begun = performance.now()
        await log.changes({ limit: 51, ...query })
        best = Math.min(best, performance.now() - begun)
      }
      if (best > MOST_MS) slow.push(`${JSON.stringify(query)}: ${Math.round(best)} ms`)
    }
    await log.close()
    expect(slow).toEqual([])
  })
})
