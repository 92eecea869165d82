/**
 * The life of processes in SQLite, kept up with every change of a job.
 *
 * Promises: every sum follows the job in the transaction of its change.
 * Must not: begin or end a transaction (`group-commit.ts` does), or answer questions (`life-queries.ts` does).
 */
import type { DatabaseSync } from 'node:sqlite'
import type { NormFact, Trace } from '../life-port.ts'
import { stepOf, withOuter } from '../life-rules.ts'
import type { JobIndex } from '../port.ts'
import { NormSums } from './norm-sums.ts'
import { type Prepared, preparedOn } from './prepared.ts'
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

/** Facts are kept by change. */
const OF_JOB = 'change IN (SELECT change FROM history WHERE job = ?)'

const noneOf = (norm: string) => ({ norm, outcome: 'none' }) as const

export class LifeTables {
  readonly #sums: NormSums
  readonly #sample: SampleTables
  readonly #sql: Prepared

  constructor(db: DatabaseSync, sample: SampleTables) {
    this.#sql = preparedOn(db)
    this.#sums = new NormSums(db)
    this.#sample = sample
  }

  /** After the change is in the history. @param made when, and as what. */
  put(
    before: Standing | undefined,
    after: Standing,
    trace: Trace | undefined,
    made: { at: string; change: number },
  ): void {
    this.#overdue(before, after)
    if (trace === undefined) return
    this.#visits(before, after, trace, made.at)
    this.#facts(after, trace, made.change)
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

  #facts(after: Standing, trace: Trace, change: number): void {
    const { facts, customer } = trace
    if (facts.length === 0) return
    for (const [n, fact] of facts.entries()) this.#fact(after, trace, fact, [change, n])
    this.#sums.add({ ...trace, process: after.process }, facts, 1)
    // Written to no page where the job is known to be his, as it nearly always is.
    if (customer)
      this.#sql('INSERT INTO norm_customers VALUES (?, ?) ON CONFLICT DO NOTHING').run(customer, after.row)
  }

  #fact(
    { row, process, version, sample }: Standing,
    trace: Trace,
    { norm, outcome, place = '' }: NormFact,
    key: readonly [change: number, n: number],
  ): void {
    const { day, engineer = '', customer = '' } = trace
    this.#sql('INSERT INTO norm_facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      ...key,
      row,
      norm,
      outcome,
      day,
      process,
      engineer,
      customer,
      place,
    )
    if (outcome === 'met' || place === '') return
    this.#sql(
      'INSERT INTO place_breaches VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
    ).run(process, version, day, place, norm, outcome)
    if (sample) this.#sample.noteBreach(row, { process, version, day, place, norm, outcome })
  }

  #ended({ row, process }: Standing, trace: Trace): void {
    const { meetable = [], day, engineer = '', customer = '' } = trace
    const came = new Set(
      this.#sql(`SELECT DISTINCT norm FROM norm_facts WHERE ${OF_JOB}`)
        .all(row)
        .map((fact) => text(fact, 'norm')),
    )
    this.#sql('INSERT INTO job_ends VALUES (?, ?, ?, ?, ?)').run(row, day, process, engineer, customer)
    const never = meetable.filter((norm) => !came.has(norm))
    for (const norm of never) this.#sql('INSERT INTO job_nones VALUES (?, ?)').run(row, norm)
    this.#sums.add({ ...trace, process }, never.map(noneOf), 1)
  }

  /** What is reported of a job that was over by then. */
  #cameUpAfterAll({ row, process }: Standing, { facts }: Trace): void {
    for (const { norm } of facts) {
      const { changes } = this.#sql('DELETE FROM job_nones WHERE job = ? AND norm = ?').run(row, norm)
      if (changes === 0) continue
      const end = this.#sql('SELECT day, engineer, customer FROM job_ends WHERE job = ?').get(row)
      if (!end) continue
      const ended = {
        process,
        day: text(end, 'day'),
        engineer: text(end, 'engineer'),
        customer: text(end, 'customer'),
      }
      this.#sums.add(ended, [noneOf(norm)], -1)
    }
  }
}
