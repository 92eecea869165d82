/** What every log of the audit must do, and what its file must do besides. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AuditNote, broken } from '../../server/store/audit-port.ts'
import { createMemoryAudit } from '../../server/store/memory/memory-audit.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'

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
})
