import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { isNotice } from '../../../server/jobs/outbox.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { played } from './played.ts'

/** Rows of each table; the search index keeps its own books. */
function rows(file: string): Record<string, number> {
  const db = new DatabaseSync(file, { readOnly: true })
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('job_text_'))
  const counts = names.map((name): [string, number] => [
    name,
    Number(db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.n),
  ])
  db.close()
  return Object.fromEntries(counts.filter(([, n]) => n > 0))
}

it('leaves no row of a sample day in any table, whichever are added', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-removal-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'jobs.db')
  const store = openSqliteStore(file)
  const { commits } = await played('2026-03-04T15:00:00+08:00')
  const outbox = commits.flatMap((commit) => commit.outbox)
  await store.commit({ changes: commits.flatMap(({ changes }) => changes), outbox })
  for (const { id, body } of outbox.slice(0, 20))
    if (isNotice(body)) await store.deliverNotice(id, body, ['li', 'wang'])
  const full = rows(file)
  for (const table of ['jobs', 'history', 'outbox', 'notices', 'inbox', 'norm_days', 'visit_times'])
    expect([table, full[table] ?? 0]).not.toEqual([table, 0])
  await store.removeSample()
  expect(rows(file)).toEqual({})
  await store.close()
}, 60_000)
