/** Data folders that older releases wrote, opened by the present one. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { SHIPPED } from '../../machines/processes/index.ts'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/server.ts'
import { openLibrary } from '../../server/store/library/open-library.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'
import { migrate } from '../../server/store/sqlite/migrations.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { checkFolder } from '../../server/upkeep/check-folder.ts'
import { unpack } from './folder.ts'
import { GOLDEN_TOKEN } from './token.ts'

const kept = (await readdir(import.meta.dirname)).filter((name) => /^schema-\d+\.json$/.test(name))

async function opened(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-golden-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await unpack(await readFile(join(import.meta.dirname, name), 'utf8'), folder)
  return folder
}

/** How often what came of which norm for whom, and the job's next timer. */
function factsOf(folder: string) {
  const db = new DatabaseSync(join(folder, 'jobs.sqlite'))
  try {
    const { user_version: schema } = db.prepare('PRAGMA user_version').get() ?? {}
    const facts = db.prepare(
      `SELECT job, norm, outcome, day, process, engineer, customer, place, count(*) AS n FROM norm_facts
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
    )
    const timers = db.prepare(
      Number(schema) < 13
        ? 'SELECT job, min(due_at) AS at FROM timers GROUP BY job ORDER BY job'
        : 'SELECT row AS job, timer_at AS at FROM jobs WHERE timer_at IS NOT NULL ORDER BY row',
    )
    return { facts: facts.all(), timers: timers.all() }
  } finally {
    db.close()
  }
}

async function serve(dataDir: string) {
  const server = await startServer({
    config: readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      // A manual clock stands where it stood.
      FIELDCHART_CLOCK: 'manual',
      FIELDCHART_ADMIN_TOKEN: GOLDEN_TOKEN,
    }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped: SHIPPED,
    pid: process.pid,
  })
  onTestFinished(() => server.stop())
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(server.address + path, {
      method,
      headers: {
        authorization: `Bearer ${GOLDEN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.status, `${method} ${path}`).toBeLessThan(300)
    return answer.json()
  }
  return { ...server, ask }
}

it('is kept for the present schema: after a step of the schema, `node test/golden/make.ts`', () => {
  const fresh = new DatabaseSync(':memory:')
  onTestFinished(() => fresh.close())
  migrate(fresh, 'memory')
  const schema = fresh.prepare('PRAGMA user_version').get()?.user_version
  expect(kept).toContain(`schema-${schema}.json`)
  expect(kept.length).toBeGreaterThan(2)
})

it.each(kept)('%s says the same of norms and timers once it is opened', async (name) => {
  const folder = await opened(name)
  const before = factsOf(folder)
  const { ask, stop } = await serve(folder)
  const named = before.facts.flatMap(({ customer }) => (customer === '' ? [] : [String(customer)]))
  expect(named).not.toEqual([])
  for (const customer of new Set(named)) {
    const report = await ask('GET', `/api/norm-report?by=norm&customer=${encodeURIComponent(customer)}`)
    const told = report.rows.reduce(
      (sum: number, count: Record<'met' | 'late' | 'broken', number>) =>
        sum + count.met + count.late + count.broken,
      0,
    )
    const counted = before.facts.flatMap((fact) => (fact.customer === customer ? [Number(fact.n)] : []))
    expect([customer, told]).toEqual([customer, counted.reduce((sum, n) => sum + n, 0)])
  }
  await stop()
  expect(before.facts.length).toBeGreaterThan(0)
  expect(before.timers.length).toBeGreaterThan(0)
  expect(factsOf(folder)).toEqual(before)
})

it.each(kept)('%s opens, and work goes on', async (name) => {
  const folder = await opened(name)
  const { ask, stop } = await serve(folder)
  const { jobs } = await ask('GET', '/api/jobs?process=complaint&limit=100')
  const ids: string[] = jobs.map(({ id }: { id: string }) => id)
  expect(ids).toHaveLength(3)
  for (const id of ids) {
    const { seq, breaches } = await ask('GET', `/api/jobs/${id}`)
    await ask('POST', `/api/jobs/${id}/notes`, { text: '升级之后 · After the upgrade' })
    expect(breaches).toEqual([])
    expect((await ask('GET', `/api/jobs/${id}`)).seq).toBe(seq + 1)
  }
  await ask('POST', '/api/clock', { advance: 'P30D' })
  for (const id of ids) expect((await ask('GET', `/api/jobs/${id}`)).breaches).not.toEqual([])
  await stop()
  expect((await checkFolder(folder)).findings).toEqual([])
})
