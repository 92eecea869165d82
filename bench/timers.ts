/**
 * Timers against their limits: 1,000 due at once within 2 s, and no more than 250 ms late when idle.
 *
 * Prints the time as a ratio to the limit, and to the same number of bare synced commits in the same run, for
 * these machines are noisy. `npm run bench`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Actor } from '../machines/advance/job.ts'
import type { Definition } from '../machines/definition/schema.ts'
import { breach, text } from '../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import { createJobs } from '../server/jobs/advance-job.ts'
import { JobWork } from '../server/jobs/job-work.ts'
import { createOutbox } from '../server/jobs/outbox.ts'
import { createTimers } from '../server/jobs/timers.ts'
import { openMemoryLibrary } from '../server/store/library/open-library.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'

const COUNT = 1000
const LIMIT_MS = 2000
const LATE_MS = 250

const title = { title: text('Waiting', '等待') }
const waiting: Definition = {
  id: 'waiting',
  initial: 'a',
  meta: title,
  states: { a: { after: { soon: { actions: [breach('HV-02')] } }, meta: title } },
  delays: { soon: { duration: 'PT1S' } },
  schemas: { context: { properties: {} }, events: {} },
}
const actor: Actor = { id: 'bench', name: 'bench', roles: ['dispatcher'] }
const log = {
  error: (details: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  info: () => {},
}
const print = (line: string) => process.stdout.write(`${line}\n`)

async function open(folder: string) {
  const clock = { now: Date.now(), real: false }
  const now = () => (clock.real ? Date.now() : clock.now)
  const library = await openMemoryLibrary({
    timeZone: DEFAULT_CALENDARS.timeZone,
    calendars: DEFAULT_CALENDARS.calendars,
  })
  await library.publish('waiting', 0, {
    definition: waiting,
    note: '',
    author: 'bench',
    publishedAt: new Date().toISOString(),
  })
  let ids = 0
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  const work = new JobWork({ store, library, now, newId: () => `job${++ids}` })
  const outbox = createOutbox(work, log)
  const late: number[] = []
  const timers = createTimers(work, outbox.drain, log, { fired: (ms) => late.push(ms) })
  return { clock, store, jobs: createJobs(work), timers, late }
}

/** As many single-row commits, synced one by one: what the disk alone would take. */
function bareCommits(folder: string): number {
  const db = new DatabaseSync(join(folder, 'bare.sqlite'))
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x TEXT)')
  const insert = db.prepare('INSERT INTO t VALUES (?)')
  const begun = performance.now()
  for (let n = 0; n < COUNT; n++) insert.run('x'.repeat(2000))
  const ms = performance.now() - begun
  db.close()
  return ms
}

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-bench-'))
try {
  const { clock, store, jobs, timers, late } = await open(folder)
  await Promise.all(Array.from({ length: COUNT }, () => jobs.create({ process: 'waiting' }, actor, {})))
  clock.now += 60_000
  const bare = bareCommits(folder)
  const begun = performance.now()
  const fired = await timers.fireDue()
  const took = performance.now() - begun
  print(`timers due at once        ${fired}`)
  print(`  of the limit of ${LIMIT_MS} ms   ${(took / LIMIT_MS).toFixed(2)}`)
  print(`  of bare synced commits   ${(took / bare).toFixed(2)}`)

  clock.real = true
  late.length = 0
  await timers.start()
  for (let n = 0; n < 5; n++) {
    await jobs.create({ process: 'waiting' }, actor, {})
    await new Promise((resolve) => setTimeout(resolve, 1300))
  }
  await timers.stop()
  print(`lateness when idle        ${late.length} timers`)
  print(`  worst, of ${LATE_MS} ms         ${(Math.max(...late) / LATE_MS).toFixed(2)}`)
  await store.close()
  if (fired !== COUNT || took > LIMIT_MS || Math.max(...late) > LATE_MS) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
