/**
 * The jobs of a folder, each replayed from its history (E5) and held against its snapshot, its row and its timers.
 *
 * Promises: one consistent view, also of a database that a server is writing; nothing is written; jobs are read one at a
 * time, so that a folder of any size fits.
 * Must not: repair.
 */
import { DatabaseSync } from 'node:sqlite'
import type { Entry, Evidence, Job } from '../../machines/advance/job.ts'
import { type Replayed, replay, replays } from '../../machines/advance/replay.ts'
import { ERASED_FILE } from '../../machines/erase/stand-in.ts'
import { armedTimers } from '../store/commit-rules.ts'
import { nextOf } from '../store/sqlite/job-row.ts'
import { named, opening } from '../store/sqlite/opening.ts'
import { integer, optionalText, type Row, text } from '../store/sqlite/rows.ts'
import type { Shelves } from './check-library.ts'
import type { Found } from './found.ts'

const parseEntry = (json: string): Entry => JSON.parse(json)
const parseJob = (json: string): Job => JSON.parse(json)

/** Jobs read at a time. */
const BATCH = 500

/** A view of the database that stands still while `look` runs. */
export async function lookInto<T>(file: string, look: (db: DatabaseSync) => Promise<T> | T): Promise<T> {
  const db = opening(file, () => new DatabaseSync(file, { readOnly: true, timeout: 5_000 }))
  try {
    db.exec('BEGIN')
    return await look(db)
  } catch (error) {
    throw named(file, error)
  } finally {
    db.close()
  }
}

/** @returns the files that the jobs name as evidence, each with a job that names it */
export function checkJobs(db: DatabaseSync, shelves: Shelves, found: Found): Map<string, string> {
  for (const { integrity_check: said } of db.prepare('PRAGMA integrity_check').all())
    if (said !== 'ok') found.add('jobs.sqlite', String(said))
  for (const { table } of db.prepare('PRAGMA foreign_key_check').all())
    found.add('jobs.sqlite', `a row of ${table} belongs to nothing`)

  const files = new Map<string, string>()
  const page = db.prepare(
    'SELECT row, id, seq, process, version, status, timer_at, timer_token, job FROM jobs WHERE row > ? ORDER BY row LIMIT ?',
  )
  const history = db.prepare('SELECT seq, version, entry FROM history WHERE job = ? ORDER BY seq')
  let after = 0
  for (let rows = page.all(after, BATCH); rows.length > 0; rows = page.all(after, BATCH))
    for (const row of rows) {
      after = integer(row, 'row')
      const job = readJob(row, found)
      const kept = history.all(after)
      const entries = readEntries(text(row, 'id'), kept, found)
      found.count('jobs')
      found.count('entries', entries?.length ?? 0)
      if (job === undefined || entries === undefined) continue
      const [first] = kept
      checkJob(
        job,
        { json: text(row, 'job'), began: first ? integer(first, 'version') : 0, entries },
        shelves,
        found,
      )
      checkTimers(job, row, found)
      for (const file of evidenceOf(entries)) files.set(file, job.id)
    }
  return files
}

function readJob(row: Row, found: Found): Job | undefined {
  const id = text(row, 'id')
  let job: Job
  try {
    job = parseJob(text(row, 'job'))
  } catch {
    found.add(`job ${id}`, 'its snapshot is not JSON')
    return undefined
  }
  for (const name of ['id', 'seq', 'process', 'version', 'status'] as const)
    if (row[name] !== job[name])
      found.add(`job ${id}`, `is filed with ${name} ${row[name]}, its snapshot has ${job[name]}`)
  return job
}

/** `undefined`: they cannot be replayed, and why is said. */
function readEntries(id: string, rows: Row[], found: Found): Entry[] | undefined {
  const entries: Entry[] = []
  for (const row of rows) {
    const seq = integer(row, 'seq')
    const due = entries.length + 1
    if (seq !== due) {
      found.add(`job ${id}, seq ${due}`, 'the entry is missing')
      return undefined
    }
    try {
      entries.push(parseEntry(text(row, 'entry')))
    } catch {
      found.add(`job ${id}, seq ${seq}`, 'the entry is not JSON')
      return undefined
    }
  }
  return entries
}

/** `json`: the snapshot as it is stored; `began`: the version that the job was started on. */
type Kept = { json: string; began: number; entries: Entry[] }

function checkJob(job: Job, kept: Kept, shelves: Shelves, found: Found): void {
  const { id, seq } = job
  const { json, entries } = kept
  if (entries.length !== seq) {
    found.add(`job ${id}`, `is at seq ${seq}, its history ends at ${entries.length}`)
    return
  }
  // A rule looked at what was personal: by that entry's own word those before it make another job.
  if (!replays(entries)) {
    found.count('erased')
    return
  }
  const again = replayed(job, kept, shelves)
  if (!again.ok) found.add(`job ${id}, seq ${again.seq}`, `cannot be replayed: ${again.why}`)
  else if (JSON.stringify(again.job) !== json) found.add(`job ${id}`, 'its history gives another snapshot')
}

function replayed({ process, seq }: Job, { began, entries }: Kept, shelves: Shelves): Replayed {
  try {
    return replay((version) => shelves.version(process, version), began, entries, shelves.calendars)
  } catch (error) {
    return { ok: false, seq, why: error instanceof Error ? error.message : String(error) }
  }
}

/** The next to fire is kept beside the job, so that it is found. */
function checkTimers(job: Job, row: Row, found: Found): void {
  const armed = armedTimers({ job })
  found.count('timers', armed.length)
  const next = nextOf(armed)
  const [token, at] = [optionalText(row, 'timer_token'), optionalText(row, 'timer_at')]
  if (next === undefined && token === undefined && at === undefined) return
  if (next === undefined) found.add(`job ${job.id}`, `timer ${token} is kept, and not armed`)
  else if (token === undefined) found.add(`job ${job.id}`, `timer ${next.token} is armed, and not kept`)
  else if (token !== next.token || at !== next.dueAt)
    found.add(`job ${job.id}`, `timer ${token} is kept for ${at}; the next is ${next.token} at ${next.dueAt}`)
}

function evidenceOf(entries: readonly Entry[]): string[] {
  const given = entries.flatMap(({ command }): (Evidence | undefined)[] =>
    command.kind === 'tick' || command.kind === 'attach' ? [command.evidence] : [],
  )
  return given.flatMap((evidence) =>
    evidence?.file === undefined || evidence.file === ERASED_FILE ? [] : [evidence.file],
  )
}
