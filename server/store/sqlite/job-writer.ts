/**
 * Writes one commit into the tables: job, history, timers, counts, search, outbox, idempotency, moves (E3).
 *
 * Promises: nothing is written where `commit-rules.ts` objects; counts and search follow the job in the same
 * transaction.
 * Must not: begin or end a transaction (`group-commit.ts` does), or wait for anything.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isSample } from '../../../machines/advance/sample.ts'
import { assertApplies } from '../commit-rules.ts'
import type { Commit, IdempotencyRecord, JobChange, JobIndex, NewOutboxItem } from '../port.ts'
import { haystack } from '../search.ts'
import type { DispatchTables } from './dispatch-tables.ts'
import { FILED, type Filed, filedAs, filedOf } from './job-row.ts'
import type { LifeTables } from './life-tables.ts'
import type { MigrationTables } from './migration-tables.ts'
import { pairs } from './pairs.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { ReviewTables } from './review-tables.ts'
import { integer, text } from './rows.ts'
import { StandingCounts } from './standing-counts.ts'

/** What counts and indexes hold of a job at present. */
type Known = {
  row: number
  process: string
  version: number
  status: string
  sample: boolean
  index: JobIndex
  filed: Filed
}

const parseIndex = (json: string): JobIndex => JSON.parse(json)

export class JobWriter {
  readonly #sql: Prepared

  readonly #migrations: MigrationTables
  readonly #life: LifeTables
  readonly #reviews: ReviewTables
  readonly #dispatch: DispatchTables
  readonly #standing: StandingCounts

  constructor(db: DatabaseSync, migrations: MigrationTables, life: LifeTables, dispatch: DispatchTables) {
    this.#sql = preparedOn(db)
    this.#migrations = migrations
    this.#life = life
    this.#reviews = new ReviewTables(db)
    this.#dispatch = dispatch
    this.#standing = new StandingCounts(db)
  }

  /** Throws as `assertApplies` does. */
  write(commit: Commit): { changeIds: number[] } {
    assertApplies(commit, {
      seq: (job) => {
        const row = this.#sql('SELECT seq FROM jobs WHERE id = ?').get(job)
        return row ? integer(row, 'seq') : 0
      },
      hasKey: (key) => this.#sql('SELECT 1 AS found FROM idempotency WHERE key = ?').get(key) !== undefined,
    })
    const changeIds = commit.changes.map((change) => this.#change(change))
    for (const item of commit.outbox) this.#outbox(item)
    this.delivered(commit.delivered ?? [])
    if (commit.idempotency) this.remember(commit.idempotency)
    if (commit.moves) this.#migrations.put(commit.moves)
    return { changeIds }
  }

  /** Of two answers to one key the first stays. */
  remember({ key, fingerprint, response, at }: IdempotencyRecord): void {
    this.#sql('INSERT INTO idempotency VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
      key,
      fingerprint,
      JSON.stringify(response),
      at,
    )
  }

  forget(before: string): void {
    this.#sql('DELETE FROM idempotency WHERE at < ?').run(before)
  }

  delivered(ids: readonly string[]): void {
    for (const id of ids) this.#sql('DELETE FROM outbox WHERE id = ?').run(id)
  }

  /** Without `retryAt` the item is dead: kept to be looked at, never tried again. */
  failed(id: string, error: string, retryAt: string | undefined): void {
    this.#sql(
      `UPDATE outbox SET attempts = attempts + 1, last_error = ?, not_before = coalesce(?, not_before), dead = ?
       WHERE id = ?`,
    ).run(error, retryAt ?? null, retryAt === undefined ? 1 : 0, id)
  }

  #outbox({ id, job, kind, body, notBefore }: NewOutboxItem): void {
    this.#sql('INSERT INTO outbox (id, job, kind, body, not_before) VALUES (?, ?, ?, ?, ?)').run(
      id,
      job,
      kind,
      JSON.stringify(body),
      notBefore,
    )
  }

  /** Returns the change id. */
  #change(change: JobChange): number {
    const summary = JSON.stringify(change.index)
    const filed = filedOf(change, summary)
    const before = change.expectedSeq === 0 ? undefined : this.#known(change, summary)
    const row = before ? this.#update(change, before, filed) : this.#insert(change, filed)
    const after: Known = {
      row,
      process: change.job.process,
      version: change.job.version,
      status: change.job.status,
      sample: isSample(change.job.id),
      index: change.index,
      filed,
    }
    this.#states(before, after)
    this.#counts(before, after)
    this.#search(change.job.id, before, after)
    this.#dispatch.put(before, after)
    const id = this.#history(change, row)
    this.#life.put(before, after, change.trace, { at: change.entry.at, change: id })
    this.#reviews.put(after, change.trace, id)
    return id
  }

  /** Most events change nothing of what counts and indexes hold: it is read as text, and parsed only where it differs. */
  #known({ job: { id }, index }: JobChange, summary: string): Known {
    const row = this.#sql(`SELECT row, ${FILED.join(', ')} FROM jobs WHERE id = ?`).get(id)
    if (!row) throw new TypeError(`job ${id} is gone`)
    const known = text(row, 'summary')
    return {
      row: integer(row, 'row'),
      process: text(row, 'process'),
      version: integer(row, 'version'),
      status: text(row, 'status'),
      sample: isSample(id),
      index: known === summary ? index : parseIndex(known),
      filed: filedAs(row),
    }
  }

  #insert({ job }: JobChange, filed: Filed): number {
    const columns = ['id', 'seq', 'created_at', 'updated_at', 'job', ...FILED]
    const { lastInsertRowid } = this.#sql(
      `INSERT INTO jobs (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(
      job.id,
      job.seq,
      job.createdAt,
      job.updatedAt,
      JSON.stringify(job),
      ...FILED.map((column) => filed[column]),
    )
    return Number(lastInsertRowid)
  }

  /** Only columns that changed are named: SQLite writes to the indexes of all that are, and most events change one or none. */
  #update({ job }: JobChange, before: Known, filed: Filed): number {
    const changed = FILED.filter((column) => filed[column] !== before.filed[column])
    const columns = ['seq', 'updated_at', 'erased', 'job', ...changed]
    this.#sql(`UPDATE jobs SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE row = ?`).run(
      job.seq,
      job.updatedAt,
      // What comes after it may tell of somebody again.
      job.erased?.seq === job.seq ? 1 : 0,
      JSON.stringify(job),
      ...changed.map((column) => filed[column]),
      before.row,
    )
    return before.row
  }

  #states(before: Known | undefined, after: Known): void {
    const was = new Set(before?.index.active)
    const is = new Set(after.index.active)
    for (const path of was) {
      if (is.has(path)) continue
      this.#sql('DELETE FROM job_states WHERE path = ? AND job = ?').run(path, after.row)
    }
    for (const path of is) {
      if (was.has(path)) continue
      this.#sql('INSERT INTO job_states (path, job) VALUES (?, ?)').run(path, after.row)
    }
  }

  #counts(before: Known | undefined, after: Known): void {
    this.#standing.put(before, after)
    const kept =
      before &&
      before.process === after.process &&
      before.version === after.version &&
      before.status === after.status
    if (kept && before.index.active.join() === after.index.active.join()) return
    if (before?.status === 'active') this.#countStates(before, -1)
    if (after.status === 'active') this.#countStates(after, 1)
  }

  #countStates({ process, version, index }: Known, by: 1 | -1): void {
    for (const path of index.active) {
      const changed = this.#sql(
        'UPDATE state_counts SET n = n + ? WHERE process = ? AND version = ? AND path = ?',
      ).run(by, process, version, path).changes
      if (changed === 0)
        this.#sql('INSERT INTO state_counts VALUES (?, ?, ?, ?)').run(process, version, path, by)
    }
  }

  #search(id: string, before: Known | undefined, after: Known): void {
    if (before?.filed.summary === after.filed.summary) return
    const searched = haystack(id, after.index)
    if (before && haystack(id, before.index) === searched) return
    if (before) this.#sql('DELETE FROM job_text WHERE rowid = ?').run(after.row)
    this.#sql('INSERT INTO job_text (rowid, pairs) VALUES (?, ?)').run(after.row, pairs(searched))
  }

  #history({ job, entry }: JobChange, row: number): number {
    const { lastInsertRowid } = this.#sql(
      'INSERT INTO history (job, seq, process, version, entry) VALUES (?, ?, ?, ?, ?)',
    ).run(row, entry.seq, job.process, job.version, JSON.stringify(entry))
    return Number(lastInsertRowid)
  }
}
