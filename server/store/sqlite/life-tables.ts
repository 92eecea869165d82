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
import { integer, text } from './rows.ts'

/** What the tables need of a job before or after a change. */
export type Standing = {
  row: number
  process: string
  version: number
  status: string
  index: Pick<JobIndex, 'active' | 'overdueIn'>
}

const parseNorms = (json: string): string[] => JSON.parse(json)

export class LifeTables {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
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
      ).run(after.process, before?.version ?? after.version, path, day, stepOf(ms), ms)
    }
    for (const path of is)
      if (!was.has(path)) this.#sql('INSERT INTO open_visits VALUES (?, ?, ?)').run(after.row, path, at)
  }

  #fact({ row, process, version }: Standing, trace: Trace, { norm, outcome, place = '' }: NormFact): void {
    const { day, engineer = '', customer = '' } = trace
    this.#sql(
      `INSERT INTO norm_facts (job, norm, outcome, day, process, engineer, customer, place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(row, norm, outcome, day, process, engineer, customer, place)
    this.#countNorm(process, norm, day, outcome)
    for (const [kind, who] of [
      ['engineer', engineer],
      ['customer', customer],
    ] as const)
      this.#sql('INSERT INTO norm_people VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1').run(
        kind,
        who,
        day,
        process,
        outcome,
      )
    if (outcome === 'met' || place === '') return
    this.#sql(
      'INSERT INTO place_breaches VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
    ).run(process, version, day, place, norm, outcome)
  }

  #countNorm(process: string, norm: string, day: string, outcome: NormOutcome): void {
    this.#sql('INSERT INTO norm_days VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1').run(
      process,
      norm,
      day,
      outcome,
    )
  }

  #ended({ row, process }: Standing, { meetable = [], day, engineer = '', customer = '' }: Trace): void {
    const came = new Set(
      this.#sql('SELECT DISTINCT norm FROM norm_facts WHERE job = ?')
        .all(row)
        .map((fact) => text(fact, 'norm')),
    )
    const none = meetable.filter((norm) => !came.has(norm))
    this.#sql('INSERT INTO job_ends VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      row,
      day,
      process,
      engineer,
      customer,
      none.length,
      JSON.stringify(none),
    )
    for (const norm of none) this.#countNorm(process, norm, day, 'none')
  }

  /** What is reported of a job that was over by then. */
  #cameUpAfterAll({ row, process }: Standing, { facts }: Trace): void {
    if (facts.length === 0) return
    const end = this.#sql('SELECT day, none, nones FROM job_ends WHERE job = ?').get(row)
    if (!end || integer(end, 'nones') === 0) return
    const none = parseNorms(text(end, 'none'))
    const came = new Set(facts.map(({ norm }) => norm))
    const left = none.filter((norm) => !came.has(norm))
    if (left.length === none.length) return
    this.#sql('UPDATE job_ends SET nones = ?, none = ? WHERE job = ?').run(
      left.length,
      JSON.stringify(left),
      row,
    )
    for (const norm of none)
      if (came.has(norm))
        this.#sql(
          "UPDATE norm_days SET n = n - 1 WHERE process = ? AND norm = ? AND day = ? AND outcome = 'none'",
        ).run(process, norm, text(end, 'day'))
  }
}
