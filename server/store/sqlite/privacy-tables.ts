/**
 * Forgetting what is personal in SQLite.
 *
 * Promises: every table that holds words of a job, or its customer's name, is gone through; sums by customer stay sums.
 * Must not: begin or end a transaction where one is open (`group-commit.ts` does), or look through a large table in one go.
 *
 * Pages that are given free are overwritten as that happens (`secure_delete`, set where the database is opened), also by every
 * change of a job before; what is left is the search's own segments and the log, which `scrub` sees to.
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Finding } from '../../../machines/wire/findings.ts'
import type { Survey } from '../../../machines/wire/reviews.ts'
import type { MigrationRun } from '../migration-port.ts'
import {
  type ErasedJob,
  erasedFinding,
  erasedRun,
  erasedSearch,
  erasedSurvey,
  inJson,
  JobWaits,
  type PrivacyStore,
} from '../privacy-port.ts'
import type { GroupCommit } from './group-commit.ts'
import type { JobWriter } from './job-writer.ts'
import { BUSY_MS } from './open-database.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'

const parseFinding = (json: string): Finding => JSON.parse(json)
const parseSurvey = (json: string): Survey => JSON.parse(json)
const parseRun = (json: string): MigrationRun => JSON.parse(json)

/** Rows looked through in one go: some milliseconds. */
const PORTION = 1000
/** Pages of the search's index written in one go. */
const MERGE_PAGES = 64

/** A backup of a large folder reads for a minute. */
const [MOST_TRIES, AGAIN_MS] = [600, 500]

const NORMS = ['met', 'late', 'broken', 'none'] as const
/** Tables that name a customer, and which of their rows are of a job. Facts of norms are kept by change. */
const OF_CHANGES = 'change IN (SELECT change FROM history WHERE job = ?1)'
const NAMED = [
  ['norm_facts', OF_CHANGES],
  ['job_ends', 'job = ?1'],
  ['work_facts', 'job = ?1'],
] as const

export class PrivacyTables {
  readonly #db: DatabaseSync
  readonly #writer: JobWriter
  readonly #sql: Prepared

  constructor(db: DatabaseSync, writer: JobWriter) {
    this.#db = db
    this.#sql = preparedOn(db)
    this.#writer = writer
  }

  /* ---------------------------------------------------------------- to find */

  async jobsHolding(texts: readonly string[]): Promise<string[]> {
    const sought = texts.map(inJson)
    const holding = sought.map(() => new Set<number>())
    const some = sought.map(() => 'instr(entry, ?)').join(' OR ')
    await this.#walk('history', 'change', 'job, entry', `AND (${some})`, sought, (row) => {
      for (const [at, each] of sought.entries())
        if (text(row, 'entry').includes(each)) holding[at]?.add(integer(row, 'job'))
    })
    const [first = new Set<number>(), ...others] = holding
    return [...first]
      .filter((job) => others.every((each) => each.has(job)))
      .sort((a, b) => a - b)
      .flatMap((job) => this.#sql('SELECT id FROM jobs WHERE row = ?').all(job))
      .map((row) => text(row, 'id'))
  }

  async filesNamed(files: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    if (files.length === 0) return found
    await this.#walk('history', 'change', 'entry', `AND instr(entry, '"file":')`, [], (row) => {
      for (const file of files) if (text(row, 'entry').includes(file)) found.add(file)
    })
    return found
  }

  quietSince(process: string, before: string, limit: number): string[] {
    return this.#sql(
      `SELECT id FROM jobs WHERE process = ? AND status <> 'active' AND erased = 0 AND updated_at < ?
       ORDER BY updated_at LIMIT ?`,
    )
      .all(process, before, limit)
      .map((row) => text(row, 'id'))
  }

  /** All rows of a table by portions of `key`; others are answered in between. */
  async #walk(
    table: 'history' | 'idempotency',
    key: 'change' | 'rowid',
    columns: string,
    where: string,
    values: readonly string[],
    each: (row: Row) => void,
  ): Promise<void> {
    const { last } = this.#sql(`SELECT coalesce(max(${key}), 0) AS last FROM ${table}`).get() ?? {}
    const page = this.#sql(`SELECT ${columns} FROM ${table} WHERE ${key} > ? AND ${key} <= ? ${where}`)
    for (let at = 0; at < Number(last); at += PORTION) {
      for (const row of page.all(at, at + PORTION, ...values)) each(row)
      await setImmediate()
    }
  }

  /* --------------------------------------------------------------- to erase */

  erase(jobs: readonly ErasedJob[], standIn: string): { changeIds: number[] } {
    for (const { change } of jobs) this.#requireTold(change.job.id)
    const rows = jobs.map(({ change }) => this.#row(change.job.id))
    const customers = this.#customers(rows)
    const written = this.#writer.write({ changes: jobs.map(({ change }) => change), outbox: [] })
    for (const [at, { change, entries }] of jobs.entries()) {
      const row = rows[at]
      if (row === undefined) continue
      for (const entry of entries)
        this.#sql('UPDATE history SET entry = ? WHERE job = ? AND seq = ?').run(
          JSON.stringify(entry),
          row,
          entry.seq,
        )
      this.#customer(row, change.index.customer ?? '')
      this.#around(change.job.id, standIn)
    }
    this.#customersGone(customers, standIn)
    return written
  }

  #row(id: string): number | undefined {
    const row = this.#sql('SELECT row FROM jobs WHERE id = ?').get(id)
    return row && integer(row, 'row')
  }

  #requireTold(id: string): void {
    const waiting = this.#sql('SELECT 1 AS found FROM outbox WHERE job = ? AND dead = 0 LIMIT 1').get(id)
    if (waiting !== undefined) throw new JobWaits(id)
  }

  #customers(rows: readonly (number | undefined)[]): Set<string> {
    const known = NAMED.map(([table, ofJob]) => `SELECT customer FROM ${table} WHERE ${ofJob}`).join(
      ' UNION ',
    )
    const named = this.#sql(`${known} UNION SELECT coalesce(customer_name, '') FROM jobs WHERE row = ?1`)
    const names = rows.flatMap((row) => (row === undefined ? [] : named.all(row)))
    return new Set(names.map((row) => text(row, 'customer')).filter((name) => name !== ''))
  }

  /** What was counted for him is counted for nobody in particular. */
  #customer(row: number, standIn: string): void {
    const shares = [
      `SELECT customer AS who, day, process, ${NORMS.map((norm) => `sum(outcome = '${norm}') AS ${norm}`).join(', ')}
       FROM norm_facts WHERE ${OF_CHANGES} GROUP BY 1, 2, 3`,
      `SELECT customer AS who, day, process, ${NORMS.map((norm) => `${norm === 'none' ? 'count(*)' : '0'} AS ${norm}`).join(', ')}
       FROM job_nones JOIN job_ends USING (job) WHERE job = ? GROUP BY 1, 2, 3`,
    ]
    for (const share of shares)
      for (const sums of this.#sql(share).all(row)) {
        const [who, day, process] = [text(sums, 'who'), text(sums, 'day'), text(sums, 'process')]
        const counts = NORMS.map((norm) => integer(sums, norm))
        this.#sql(
          `UPDATE norm_people SET ${NORMS.map((norm) => `${norm} = ${norm} - ?`).join(', ')}
           WHERE kind = 'customer' AND who = ? AND day = ? AND process = ?`,
        ).run(...counts, who, day, process)
        this.#sql(
          `INSERT INTO norm_people (kind, who, day, process, ${NORMS.join(', ')}) VALUES ('customer', ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET ${NORMS.map((norm) => `${norm} = ${norm} + excluded.${norm}`).join(', ')}`,
        ).run(standIn, day, process, ...counts)
        this.#sql(
          `DELETE FROM norm_people WHERE kind = 'customer' AND who = ? AND met + late + broken + none = 0`,
        ).run(who)
      }
    this.#norms(row, standIn)
    for (const [table, ofJob] of NAMED)
      this.#sql(`UPDATE ${table} SET customer = ?2 WHERE ${ofJob}`).run(row, standIn)
  }

  /** Before its facts are. */
  #norms(row: number, standIn: string): void {
    const names = this.#sql(`SELECT DISTINCT customer FROM norm_facts WHERE ${OF_CHANGES}`).all(row)
    for (const name of names)
      this.#sql('DELETE FROM norm_customers WHERE customer = ? AND job = ?').run(text(name, 'customer'), row)
    if (names.length > 0)
      this.#sql('INSERT INTO norm_customers VALUES (?, ?) ON CONFLICT DO NOTHING').run(standIn, row)
  }

  /** What is kept of a job beside its history. Messages are named by the job that sent them. */
  #around(id: string, standIn: string): void {
    const [from, to] = [`${id}.`, `${id}/`]
    this.#sql('DELETE FROM outbox WHERE job = ?').run(id)
    this.#sql('DELETE FROM inbox WHERE n IN (SELECT n FROM notices WHERE id >= ? AND id < ?)').run(from, to)
    this.#sql('DELETE FROM notices WHERE id >= ? AND id < ?').run(from, to)
    this.#sql(
      `UPDATE moves SET result = json_set(result, '$.notes', json('[]'))
       WHERE run IN (SELECT row FROM migrations) AND job = ?`,
    ).run(id)
    for (const row of this.#sql('SELECT row, finding FROM findings WHERE job = ?').all(id))
      this.#sql('UPDATE findings SET finding = ? WHERE row = ?').run(
        JSON.stringify(erasedFinding(parseFinding(text(row, 'finding')), standIn)),
        integer(row, 'row'),
      )
  }

  /** Of whom no job is left that names him. */
  #customersGone(customers: ReadonlySet<string>, standIn: string): void {
    const gone = new Set(
      [...customers].filter(
        (name) =>
          this.#sql('SELECT 1 AS found FROM jobs WHERE customer_name = ? LIMIT 1').get(name) === undefined,
      ),
    )
    if (gone.size === 0) return
    for (const name of gone)
      for (const row of this.#sql('SELECT row, survey FROM surveys WHERE customer = ?').all(name))
        this.#sql('UPDATE surveys SET customer = ?, survey = ? WHERE row = ?').run(
          standIn,
          JSON.stringify(erasedSurvey(parseSurvey(text(row, 'survey')), standIn)),
          integer(row, 'row'),
        )
    for (const row of this.#sql('SELECT row, run FROM migrations').all()) {
      const run = erasedRun(parseRun(text(row, 'run')), gone, standIn)
      if (run !== undefined)
        this.#sql('UPDATE migrations SET run = ? WHERE row = ?').run(JSON.stringify(run), integer(row, 'row'))
    }
    for (const row of this.#sql('SELECT row, search FROM views').all()) {
      const search = erasedSearch(text(row, 'search'), gone, standIn)
      if (search !== undefined)
        this.#sql('UPDATE views SET search = ? WHERE row = ?').run(search, integer(row, 'row'))
    }
  }

  /* ----------------------------------------------------- to leave no trace */

  /** Keys of stored answers that hold any of these. */
  async answersHolding(texts: readonly string[]): Promise<string[]> {
    const sought = texts.map(inJson)
    const keys: string[] = []
    await this.#walk('idempotency', 'rowid', 'key, response', '', [], (row) => {
      if (sought.some((each) => text(row, 'response').includes(each))) keys.push(text(row, 'key'))
    })
    return keys
  }

  forgetAnswers(keys: readonly string[]): void {
    for (const key of keys) this.#sql('DELETE FROM idempotency WHERE key = ?').run(key)
  }

  /** Entries of the search's index that were deleted are in it until its segments are merged. True: there is more to do. */
  merge(isFirst: boolean): boolean {
    const before = this.#changes()
    this.#sql("INSERT INTO job_text (job_text, rank) VALUES ('merge', ?)").run(
      isFirst ? -MERGE_PAGES : MERGE_PAGES,
    )
    // As its documentation says: less than two, and there was nothing to do.
    return this.#changes() - before >= 2
  }

  #changes(): number {
    return Number(this.#sql('SELECT total_changes() AS n').get()?.n)
  }

  /** Not within a transaction. Writes the log back and empties it; false where somebody reads it, as a backup does. */
  emptyLog(): boolean {
    this.#db.exec('PRAGMA busy_timeout = 0')
    try {
      const { busy } = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
      return busy === 0
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`)
    }
  }
}

/** The tables as the port has them. */
export const privacyStore = (tables: PrivacyTables, group: GroupCommit): PrivacyStore => ({
  jobsHolding: (texts) => tables.jobsHolding(texts),
  quietSince: async (process, before, limit) => tables.quietSince(process, before, limit),
  eraseJobs: (jobs, standIn) => group.run(() => tables.erase(jobs, standIn)),
  forgetAnswers: async (texts) => {
    const keys = await tables.answersHolding(texts)
    if (keys.length > 0) await group.run(() => tables.forgetAnswers(keys))
  },
  filesNamed: (files) => tables.filesNamed(files),
  scrub: async () => {
    for (let more = await group.run(() => tables.merge(true)); more; )
      more = await group.run(() => tables.merge(false))
    for (let tries = 0; !tables.emptyLog(); tries += 1) {
      if (tries >= MOST_TRIES) throw new Error('the log could not be emptied: something reads the database')
      await setTimeout(AGAIN_MS)
    }
  },
})
