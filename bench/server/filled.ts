/**
 * A data folder with many jobs, made once and kept under the temporary folder by the hash of what it is made of.
 *
 * The jobs are made by `start` and `advance` and put in through the store's own port; of ten, eight are over. Two in
 * ten run and have their timers armed: for 100,000 jobs at least 20,000.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { advance } from '../../machines/advance/advance.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { indexJob } from '../../server/jobs/index-job.ts'
import { traceJob } from '../../server/jobs/trace-job.ts'
import type { JobChange } from '../../server/store/port.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { BEFORE, begun, CLOCK, done, FIELDS, surroundings, visit } from './measured.ts'

const REGIONS = ['east', 'north', 'south', 'west', 'centre']
const TEMPLATES = 50
const IN_A_COMMIT = 200
/** Stands in the templates for what each job has of its own. */
const ID = 'job-of-the-bench'
const CUSTOMER = 'customer of the bench'
/** Of each ten. */
const RUNNING = 2
const PERIOD_MS = 365 * 24 * 3600 * 1000
const RECENT_MS = 3600 * 1000

export const jobId = (n: number): string => `bench-${n}`
/** Numbers of the jobs that run. */
export const running = (jobs: number): number[] =>
  Array.from({ length: jobs }, (_, n) => n).filter((n) => n % 10 < RUNNING)

/** The folder, filled where there is none yet: as it stands at `CLOCK`, with no timer due. */
export async function filledFolder(jobs: number): Promise<string> {
  const shape = createHash('sha256')
    .update(JSON.stringify([visit.hash, FIELDS, BEFORE, REGIONS, TEMPLATES, RUNNING, CLOCK]))
    .update(schemaOf())
    .digest('hex')
    .slice(0, 16)
  const folder = join(tmpdir(), `fieldchart-bench-${jobs}-${shape}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making)
  const store = openSqliteStore(join(making, 'jobs.sqlite'))
  const templates = [true, false].map((runs) =>
    Array.from({ length: TEMPLATES }, (_, n) => JSON.stringify(template(n, runs))),
  )
  for (let n = 0; n < jobs; n += IN_A_COMMIT) {
    const numbers = Array.from({ length: Math.min(IN_A_COMMIT, jobs - n) }, (_, k) => n + k)
    await Promise.all(
      numbers.map(async (number) => {
        const kind = templates[number % 10 < RUNNING ? 0 : 1] ?? []
        const text = (kind[number % TEMPLATES] ?? '')
          .replaceAll(ID, jobId(number))
          .replaceAll(CUSTOMER, `Customer ${number % 5000}`)
        const changes: JobChange[] = JSON.parse(text)
        // One after the other: a later change of a job wants the one before.
        for (const change of changes) await store.commit({ changes: [change], outbox: [] })
      }),
    )
  }
  await store.close()
  renameSync(making, folder)
  return folder
}

function template(n: number, runs: boolean): JobChange[] {
  const at = CLOCK - Math.floor(((n + 1) * (runs ? RECENT_MS : PERIOD_MS)) / TEMPLATES)
  const fields = {
    ...FIELDS,
    customerName: CUSTOMER,
    region: REGIONS[n % REGIONS.length] ?? '',
    ...(n % 3 === 0 ? {} : { engineer: `engineer${n % 40}` }),
  }
  const started = begun(ID, fields, at)
  const later = advance(
    visit,
    started.job,
    runs ? BEFORE : { kind: 'cancel', reason: 'The customer called it off.' },
    surroundings(runs ? at + 60_000 : at + 3600_000),
  )
  return [started, done(later)].map(({ job, entry }, index) => ({
    job,
    entry,
    expectedSeq: index,
    index: indexJob(visit, job, entry.active),
    trace: traceJob(visit, job, entry, DEFAULT_CALENDARS.timeZone),
  }))
}

/** As a fresh store makes it. */
function schemaOf(): string {
  const file = join(tmpdir(), `fieldchart-bench-schema-${process.pid}.sqlite`)
  try {
    void openSqliteStore(file).close()
    const db = new DatabaseSync(file)
    const rows = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()
    db.close()
    return JSON.stringify(rows)
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  }
}
