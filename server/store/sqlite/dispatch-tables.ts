/**
 * Jobs that are handed out, in SQLite.
 *
 * Promises: a plan follows its job in the transaction of the change; every question is answered from an index.
 * Must not: begin or end a transaction (`group-commit.ts` does).
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { NO_DUE } from '../cursor.ts'
import type { DispatchStore, PlannedRow, WaitingQuery } from '../dispatch-port.ts'
import type { JobIndex, Within } from '../port.ts'
import { words } from '../search.ts'
import { pairsQuery } from './pairs.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'
import { withinParts } from './within.ts'

type Standing = { row: number; process: string; status: string; index: JobIndex }

const JOB = 'jobs.id, jobs.process, jobs.version, jobs.seq, jobs.status, jobs.summary'
const parseIndex = (json: string): JobIndex => JSON.parse(json)
const PLACE = { process: 'plans.process', region: 'plans.region' }
const STATUSES = ['active', 'done', 'cancelled', 'failed'] as const

export class DispatchTables implements DispatchStore {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  put(before: Standing | undefined, after: Standing): void {
    const is = planRow(after)
    const was = before === undefined ? undefined : planRow(before)
    if (JSON.stringify(is) === JSON.stringify(was)) return
    if (is === undefined) this.#sql('DELETE FROM plans WHERE job = ?').run(after.row)
    else this.#sql('INSERT OR REPLACE INTO plans VALUES (?, ?, ?, ?, ?, ?, ?)').run(...is)
  }

  async waiting({ process, region, text: searched = '', within, limit }: WaitingQuery) {
    const wanted = words(searched)
    const parts: [string, ...SQLInputValue[]][] = [
      ["plans.assignee = '' AND plans.active = 1 AND plans.rests = 0"],
      ...(process === undefined ? [] : [['plans.process = ?', process] satisfies [string, string]]),
      ...(region === undefined ? [] : [['plans.region = ?', region] satisfies [string, string]]),
      ...withinParts(within, PLACE),
      ...(wanted.length === 0
        ? []
        : [
            [
              'plans.job IN (SELECT rowid FROM job_text WHERE job_text MATCH ?)',
              pairsQuery(wanted),
            ] satisfies [string, string],
          ]),
    ]
    const where = parts.map(([condition]) => condition).join(' AND ')
    const values = parts.flatMap(([, ...bound]) => bound)
    // Once through the index for both: the search is the dear part of it.
    const found = this.#sql(`SELECT plans.job FROM plans WHERE ${where} ORDER BY plans.at, plans.job`)
      .all(...values)
      .map((row) => integer(row, 'job'))
    const rows = this.#sql(
      `SELECT ${JOB} FROM json_each(?) AS wanted JOIN jobs ON jobs.row = wanted.value ORDER BY wanted.key`,
    ).all(JSON.stringify(found.slice(0, limit)))
    return { rows: rows.map(plannedRow), total: found.length }
  }

  async waitingRegions(within?: readonly Within[]): Promise<string[]> {
    const [[reach, ...reached] = ['1']] = withinParts(within, PLACE)
    return this.#sql(
      `SELECT DISTINCT region FROM plans WHERE assignee = '' AND active = 1 AND rests = 0 AND region <> '' AND ${reach}
       ORDER BY region`,
    )
      .all(...reached)
      .map((row) => text(row, 'region'))
  }

  async planned(from: string, to: string): Promise<PlannedRow[]> {
    return this.#sql(
      `SELECT ${JOB} FROM plans JOIN jobs ON jobs.row = plans.job
       WHERE plans.assignee <> '' AND plans.at >= ? AND plans.at < ? ORDER BY plans.at, plans.job`,
    )
      .all(from, to)
      .map(plannedRow)
  }

  async plannedJob(id: string): Promise<PlannedRow | undefined> {
    const row = this.#sql(`SELECT ${JOB} FROM jobs JOIN plans ON plans.job = jobs.row WHERE jobs.id = ?`).get(
      id,
    )
    return row && plannedRow(row)
  }

  async loads(): Promise<ReadonlyMap<string, number>> {
    const rows = this.#sql(
      `SELECT assignee, count(*) AS n FROM plans WHERE assignee <> '' AND active = 1 GROUP BY assignee`,
    ).all()
    return new Map(rows.map((row) => [text(row, 'assignee'), integer(row, 'n')]))
  }
}

/** In the order of the columns. */
function planRow({ row, process, status, index }: Standing): SQLInputValue[] | undefined {
  const { plan, assignee = '', region = '', suspended } = index
  if (plan === undefined) return undefined
  const active = status === 'active' ? 1 : 0
  return [row, assignee, active, suspended === true ? 1 : 0, process, region, plan.at ?? NO_DUE]
}

function plannedRow(row: Row): PlannedRow {
  const named = text(row, 'status')
  const status = STATUSES.find((each) => each === named)
  if (status === undefined) throw new TypeError(`a job of status ${named}`)
  return {
    id: text(row, 'id'),
    process: text(row, 'process'),
    version: integer(row, 'version'),
    seq: integer(row, 'seq'),
    status,
    index: parseIndex(text(row, 'summary')),
  }
}
