/**
 * The life of processes in SQLite, kept up with every change of a job.
 *
 * Promises: every sum follows the job in the transaction of its change.
 * Must not: begin or end a transaction (`group-commit.ts` does), or answer questions (`life-queries.ts` does).
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { NormFact, NormOutcome, Trace } from '../life-port.ts'
import { stepOf, withOuter } from '../life-rules.ts'
import type { JobIndex } from '../port.ts'
import { text } from './rows.ts'
import type { SampleTables } from './sample-tables.ts'

/** What the tables need of a job before or after a change. */
export type Standing = {
  row: number
  process: string
  version: number
  status: string
  /** Its shares of sums are noted, so that they can be taken away again. */
  sample: boolean
  index: Pick<JobIndex, 'active' | 'overdueIn'>
}

/** In the order of the columns. */
const OUTCOMES: readonly NormOutcome[] = ['met', 'late', 'broken', 'none']
const NORM_DAY = 'process = ? AND norm = ? AND day = ?'
const PERSON_DAY = 'kind = ? AND who = ? AND day = ? AND process = ?'

export class LifeTables {
  readonly #db: DatabaseSync
  readonly #sample: SampleTables
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync, sample: SampleTables) {
    this.#db = db
    this.#sample = sample
  }

  #sql(sql: string): StatementSync {
    const prepared = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, prepared)
    return prepared
  }

  /** @param at when the change was made. */
  put(before: Standing | undefined, after: Standing, trace: Trace | undefined, at: string): void {
    this.#overdue(before, after)
    if (trace === undefined) return
    this.#visits(before, after, trace, at)
    for (const fact of trace.facts) this.#fact(after, trace, fact)
    if (after.status === 'active') return
    if (before === undefined || before.status === 'active') this.#ended(after, trace)
    else this.#cameUpAfterAll(after, trace)
  }

  #overdue(before: Standing | undefined, after: Standing): void {
    const pathsOf = (standing: Standing | undefined): string[] =>
      standing?.status === 'active' ? (standing.index.overdueIn ?? []) : []
    const was = pathsOf(before)
    const is = pathsOf(after)
    if (was.length === 0 && is.length === 0) return
    if (before) for (const path of was) this.#countOverdue(before, path, -1)
    for (const path of is) this.#countOverdue(after, path, 1)
  }

  #countOverdue({ process, version }: Standing, path: string, by: 1 | -1): void {
    const { changes } = this.#sql(
      'UPDATE overdue_counts SET n = n + ? WHERE process = ? AND version = ? AND path = ?',
    ).run(by, process, version, path)
    if (changes === 0)
      this.#sql('INSERT INTO overdue_counts VALUES (?, ?, ?, ?)').run(process, version, path, by)
  }

  #visits(before: Standing | undefined, after: Standing, { day }: Trace, at: string): void {
    const pathsOf = (standing: Standing | undefined) =>
      standing?.status === 'active' ? withOuter(standing.index.active) : new Set<string>()
    const was = pathsOf(before)
    const is = pathsOf(after)
    const version = before?.version ?? after.version
    for (const path of was) {
      if (is.has(path)) continue
      const open = this.#sql('SELECT entered_at FROM open_visits WHERE job = ? AND path = ?').get(
        after.row,
        path,
      )
      if (!open) continue
      this.#sql('DELETE FROM open_visits WHERE job = ? AND path = ?').run(after.row, path)
      const ms = Math.max(0, Date.parse(at) - Date.parse(text(open, 'entered_at')))
      this.#sql(
        `INSERT INTO visit_times VALUES (?, ?, ?, ?, ?, 1, ?)
         ON CONFLICT DO UPDATE SET n = n + 1, ms = ms + excluded.ms`,
      ).run(after.process, version, path, day, stepOf(ms), ms)
      if (after.sample)
        this.#sample.noteVisit(after.row, {
          process: after.process,
          version,
          path,
          day,
          step: stepOf(ms),
          ms,
        })
    }
    for (const path of is)
      if (!was.has(path)) this.#sql('INSERT INTO open_visits VALUES (?, ?, ?)').run(after.row, path, at)
  }

  #fact(
    { row, process, version, sample }: Standing,
    trace: Trace,
    { norm, outcome, place = '' }: NormFact,
  ): void {
    const { day, engineer = '', customer = '' } = trace
    this.#sql(
      `INSERT INTO norm_facts (job, norm, outcome, day, process, engineer, customer, place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(row, norm, outcome, day, process, engineer, customer, place)
    this.#count(process, norm, trace, outcome, 1)
    if (outcome === 'met' || place === '') return
    this.#sql(
      'INSERT INTO place_breaches VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
    ).run(process, version, day, place, norm, outcome)
    if (sample) this.#sample.noteBreach(row, { process, version, day, place, norm, outcome })
  }

  /** Adds to the sums by norm, by engineer and by customer. */
  #count(
    process: string,
    norm: string,
    { day, engineer = '', customer = '' }: Pick<Trace, 'day' | 'engineer' | 'customer'>,
    outcome: NormOutcome,
    by: 1 | -1,
  ): void {
    const up = (table: 'norm_days' | 'norm_people', keys: readonly string[]): void => {
      const named = table === 'norm_days' ? NORM_DAY : PERSON_DAY
      const { changes } = this.#sql(`UPDATE ${table} SET ${outcome} = ${outcome} + ? WHERE ${named}`).run(
        by,
        ...keys,
      )
      if (changes > 0) return
      const first = [...keys, ...OUTCOMES.map((each) => (each === outcome ? by : 0))]
      this.#sql(`INSERT INTO ${table} VALUES (${first.map(() => '?').join(', ')})`).run(...first)
    }
    up('norm_days', [process, norm, day])
    up('norm_people', ['engineer', engineer, day, process])
    up('norm_people', ['customer', customer, day, process])
  }

  #ended({ row, process }: Standing, trace: Trace): void {
    const { meetable = [], day, engineer = '', customer = '' } = trace
    const came = new Set(
      this.#sql('SELECT DISTINCT norm FROM norm_facts WHERE job = ?')
        .all(row)
        .map((fact) => text(fact, 'norm')),
    )
    this.#sql('INSERT INTO job_ends VALUES (?, ?, ?, ?, ?)').run(row, day, process, engineer, customer)
    for (const norm of meetable) {
      if (came.has(norm)) continue
      this.#sql('INSERT INTO job_nones VALUES (?, ?)').run(row, norm)
      this.#count(process, norm, trace, 'none', 1)
    }
  }

  /** What is reported of a job that was over by then. */
  #cameUpAfterAll({ row, process }: Standing, { facts }: Trace): void {
    for (const { norm } of facts) {
      const { changes } = this.#sql('DELETE FROM job_nones WHERE job = ? AND norm = ?').run(row, norm)
      if (changes === 0) continue
      const end = this.#sql('SELECT day, engineer, customer FROM job_ends WHERE job = ?').get(row)
      if (!end) continue
      const ended = {
        day: text(end, 'day'),
        engineer: text(end, 'engineer'),
        customer: text(end, 'customer'),
      }
      this.#count(process, norm, ended, 'none', -1)
    }
  }
}
