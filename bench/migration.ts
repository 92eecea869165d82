/**
 * Moving running jobs to another version, beside other work: at least 200 jobs a second, and nobody else waits longer
 * than 250 ms for a change of his own (95th percentile).
 *
 * Prints ratios to these limits, for these machines are noisy. `node bench/migration.ts [jobs]`, 5,000 by default.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '../machines/advance/job.ts'
import type { Definition } from '../machines/definition/schema.ts'
import { phoneCall } from '../machines/processes/phone-call/process.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import { createJobs } from '../server/jobs/advance-job.ts'
import { JobWork } from '../server/jobs/job-work.ts'
import { createMigrations } from '../server/jobs/migrations.ts'
import { openMemoryLibrary } from '../server/store/library/open-library.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'

const COUNT = Number(process.argv[2] ?? 5000)
const JOBS_A_SECOND = 200
const WAIT_MS = 250

const actor: Actor = { id: 'bench', name: 'bench', roles: ['hotline-agent', 'process-owner'] }
const log = {
  error: (details: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  info: () => {},
}
const print = (line: string) => process.stdout.write(`${line}\n`)
const next: Definition = { ...phoneCall, description: 'the next version' }

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-bench-'))
try {
  const { timeZone, calendars } = DEFAULT_CALENDARS
  const library = await openMemoryLibrary({ timeZone, calendars })
  for (const definition of [phoneCall, next])
    await library.publish(phoneCall.id, 0, {
      definition,
      note: '',
      author: 'bench',
      publishedAt: new Date().toISOString(),
    })
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  let ids = 0
  const work = new JobWork({ store, library, now: () => Date.now(), newId: () => `job${++ids}` })
  const jobs = createJobs(work)
  const migrations = createMigrations(work, log)
  for (let made = 0; made < COUNT; made += 200)
    await Promise.all(
      Array.from({ length: Math.min(200, COUNT - made) }, () =>
        jobs.create({ process: phoneCall.id, version: 1 }, actor, {}),
      ),
    )

  for (const dryRun of [true, false]) {
    const begun = performance.now()
    const { id } = await migrations.begin(phoneCall.id, { from: 1, to: 2 }, actor, dryRun)
    const ended = migrations.idle()
    const waits: number[] = []
    let running = true
    const others = (async () => {
      for (let n = 1; running; n += 1) {
        const asked = performance.now()
        await jobs.act(`job${(n % COUNT) + 1}`, { kind: 'note', text: 'n' }, actor, {})
        waits.push(performance.now() - asked)
        await sleep(5)
      }
    })()
    await ended
    running = false
    const seconds = (performance.now() - begun) / 1000
    await others
    const { counts } = await migrations.get(phoneCall.id, id)
    const wait = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0
    const rate = COUNT / seconds
    print(
      `${dryRun ? 'dry run' : 'move'} of ${COUNT}: ${JSON.stringify(counts)}, ${Math.round(rate)} a second ` +
        `(${(rate / JOBS_A_SECOND).toFixed(1)} of the limit), others wait ${wait.toFixed(0)} ms (${(wait / WAIT_MS).toFixed(2)} of the limit)`,
    )
  }
  await store.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
