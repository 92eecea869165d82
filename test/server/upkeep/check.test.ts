/** A folder that a server wrote is without findings; whatever is changed by hand is found, and where. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { checkFolder } from '../../../server/upkeep/check-folder.ts'
import { scratch, serve, written } from './folder.ts'

function change(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'jobs.sqlite'), { enableForeignKeyConstraints: false })
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}
function edit(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}
function evidenceFile(folder: string): string {
  const [found] = readdirSync(join(folder, 'evidence'), { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile(),
  )
  if (found === undefined) throw new Error('no evidence')
  return join(found.parentPath, found.name)
}
const findingsOf = async (folder: string) => (await checkFolder(folder)).findings

describe('a check of a folder', () => {
  it('finds nothing in what a server wrote, and says what it looked at', async () => {
    const { findings, counts } = await checkFolder(await written())
    expect(findings).toEqual([])
    expect(counts).toMatchObject({ jobs: 3, versions: 1, timers: 1, 'evidence files': 1 })
    expect(counts.entries).toBe(6)
  })

  it('finds nothing in a folder in use', async () => {
    const folder = join(await scratch(), 'data')
    const server = await serve(folder)
    await server.errand('stamps')
    expect((await checkFolder(folder)).counts.jobs).toBe(1)
    expect(await findingsOf(folder)).toEqual([])
  })

  const planted: [string, (folder: string) => void, RegExp][] = [
    [
      'an edited entry',
      (folder) => change(folder, "UPDATE history SET entry = replace(entry, '邮票', '信封')"),
      /^job \S+: its history gives another snapshot$/,
    ],
    [
      'an entry deleted in between',
      (folder) => change(folder, 'DELETE FROM history WHERE seq = 1 AND job = 1'),
      /^job \S+, seq 1: the entry is missing$/,
    ],
    [
      'a tail cut off',
      (folder) => change(folder, 'DELETE FROM history WHERE seq = 2 AND job = 2'),
      /^job \S+: is at seq 2, its history ends at 1$/,
    ],
    [
      'a changed snapshot',
      (folder) => change(folder, `UPDATE jobs SET job = replace(job, '"paper"', '"gold"')`),
      /^job \S+: its history gives another snapshot$/,
    ],
    [
      'a job filed under another status',
      (folder) => change(folder, "UPDATE jobs SET status = 'done' WHERE row = 1"),
      /^job \S+: is filed with status done, its snapshot has active$/,
    ],
    [
      'a timer taken away',
      (folder) => change(folder, 'UPDATE jobs SET timer_at = NULL, timer_token = NULL'),
      /^job \S+: timer \S+ is armed, and not kept$/,
    ],
    [
      'a timer that fires too late',
      (folder) =>
        change(folder, "UPDATE jobs SET timer_at = '2999-01-01T00:00:00.000Z' WHERE timer_at IS NOT NULL"),
      /^job \S+: timer \S+ is kept for 2999-\S+; the next is \S+ at \S+$/,
    ],
    [
      'another evidence file',
      (folder) => writeFileSync(evidenceFile(folder), 'another'),
      /^evidence\/\S+: does not have the content it was taken in with$/,
    ],
    [
      'a missing evidence file',
      (folder) => rmSync(evidenceFile(folder)),
      /^job \S+: its evidence [0-9a-f]{64} is missing$/,
    ],
    [
      'a changed version',
      (folder) => edit(folder, 'library/versions/errand/1.json', '"minor"', '"major"'),
      /^library\/versions\/errand\/1\.json: its definition does not have the hash/,
    ],
    [
      'a missing version',
      (folder) => rmSync(join(folder, 'library/versions/errand/1.json')),
      /^library\/versions\/errand\/1\.json: is missing$/,
    ],
    [
      'a library file that is not what it must be',
      (folder) => edit(folder, 'library/people.json', '"roles"', '"rolls"'),
      /^library\/people\.json: is not what it must be by its schema$/,
    ],
    [
      'a file that is none of a library',
      (folder) => writeFileSync(join(folder, 'library/other.json'), '{}'),
      /^library\/other\.json: is no file of a library$/,
    ],
  ]
  it('finds what was changed by hand', async () => {
    const missed: unknown[] = []
    for (const [name, plant, wanted] of planted) {
      const folder = await written()
      plant(folder)
      const findings = await findingsOf(folder)
      if (!findings.some((finding) => wanted.test(finding))) missed.push([name, findings])
    }
    expect(missed).toEqual([])
  })

  it('finds an audit that was edited, thinned out or cut off', async () => {
    const folder = await written()
    const file = join(folder, 'audit.sqlite')
    const audit = (sql: string) => {
      const db = new DatabaseSync(file)
      db.exec(`DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS audit_lasts; ${sql}`)
      db.close()
    }
    const log = openAuditFile(file)
    const head = await log.head()
    await log.close()
    if (head === undefined) throw new Error('no audit')
    expect((await checkFolder(folder, head)).findings).toEqual([])
    const whole = readFileSync(file)

    audit('DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)')
    expect(await findingsOf(folder)).toEqual([])
    expect((await checkFolder(folder, head)).findings).toEqual([
      `audit: ends at entry ${head.n - 1}; entry ${head.n} was there when its hash was written down`,
    ])
    writeFileSync(file, whole)
    audit('DELETE FROM audit WHERE n = 2')
    expect(await findingsOf(folder)).toEqual(['audit, entry 3: follows entry 1: what was between is missing'])
    writeFileSync(file, whole)
    audit(`UPDATE audit SET entry = replace(entry, '"outcome":"meant"', '"outcome":"failed"') WHERE n = 1`)
    expect(await findingsOf(folder)).toEqual(['audit, entry 1: was changed after it was written'])
  })

  it('refuses what is no data folder', async () => {
    await expect(checkFolder(await scratch())).rejects.toThrow('is no data folder')
  })
})
