/**
 * Sample jobs in SQLite: what they added to sums that other jobs share, and taking all of it away.
 *
 * Promises: after `remove` every table is as if the sample jobs had never been there.
 * Must not: begin or end a transaction (`group-commit.ts` does), or touch a row of any other job.
 *
 * Where a sum cannot be told from the rows of a job (times in states, breaches by version), a sample job's share of it is noted
 * as it is added.
 */
import type { DatabaseSync } from 'node:sqlite'
import { SAMPLE_MARK } from '../../../machines/advance/sample.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer } from './rows.ts'

/** `.` follows `-`: all marked ids lie between the two. */
const marked = (column: string): string =>
  `${column} >= '${SAMPLE_MARK}' AND ${column} < '${SAMPLE_MARK.slice(0, -1)}.'`
const ROWS = `(SELECT row FROM jobs WHERE ${marked('id')})`

const norms = (grouped: string, outcome: (name: string) => string): string =>
  `SELECT ${grouped}, ${['met', 'late', 'broken', 'none'].map((name) => `${outcome(name)} AS ${name}`).join(', ')}`
const came = (name: string): string => `sum(outcome = '${name}')`
const never = (name: string): string => (name === 'none' ? 'count(*)' : '0')
const CHANGES = `(SELECT change FROM history WHERE job IN ${ROWS})`
const FACTS = `FROM norm_facts WHERE change IN ${CHANGES}`
const NONES = `FROM job_nones JOIN job_ends USING (job) WHERE job IN ${ROWS}`
const LESS_NORMS =
  'met = t.met - s.met, late = t.late - s.late, broken = t.broken - s.broken, none = t.none - s.none'
const OF_DAY = 't.process = s.process AND t.norm = s.norm AND t.day = s.day'
const OF_PERSON = 't.kind = s.kind AND t.who = s.who AND t.day = s.day AND t.process = s.process'

/** Table, what is less, by how much, and where. */
const SUMS: readonly (readonly [table: string, set: string, share: string, where: string])[] = [
  [
    'standing_counts',
    'n = t.n - s.n',
    `WITH RECURSIVE places (job, path) AS (
       SELECT row, '' FROM jobs WHERE ${marked('id')}
       UNION SELECT job, path FROM job_states WHERE job IN ${ROWS}
       UNION SELECT job, rtrim(rtrim(path, replace(path, '.', '')), '.') FROM places
     )
     SELECT path, process, version, status, overdue, suspended, coalesce(region, '') AS region, count(*) AS n
     FROM places JOIN jobs ON jobs.row = places.job GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    `t.path = s.path AND t.process = s.process AND t.version = s.version AND t.status = s.status
     AND t.overdue = s.overdue AND t.suspended = s.suspended AND t.region = s.region`,
  ],
  [
    'state_counts',
    'n = t.n - s.n',
    `SELECT process, version, path, count(*) AS n FROM jobs JOIN job_states ON job_states.job = jobs.row
     WHERE ${marked('id')} AND status = 'active' GROUP BY 1, 2, 3`,
    't.process = s.process AND t.version = s.version AND t.path = s.path',
  ],
  [
    'overdue_counts',
    'n = t.n - s.n',
    `SELECT process, version, value AS path, count(*) AS n FROM jobs, json_each(summary, '$.overdueIn')
     WHERE ${marked('jobs.id')} AND status = 'active' GROUP BY 1, 2, 3`,
    't.process = s.process AND t.version = s.version AND t.path = s.path',
  ],
  [
    'visit_times',
    'n = t.n - s.n, ms = t.ms - s.ms',
    'SELECT process, version, path, day, step, count(*) AS n, sum(ms) AS ms FROM sample_visits GROUP BY 1, 2, 3, 4, 5',
    't.process = s.process AND t.version = s.version AND t.path = s.path AND t.day = s.day AND t.step = s.step',
  ],
  [
    'place_breaches',
    'n = t.n - s.n',
    `SELECT process, version, day, place, norm, outcome, count(*) AS n FROM sample_breaches
     GROUP BY 1, 2, 3, 4, 5, 6`,
    `t.process = s.process AND t.version = s.version AND t.day = s.day AND t.place = s.place AND t.norm = s.norm
     AND t.outcome = s.outcome`,
  ],
  ['norm_days', LESS_NORMS, `${norms('process, norm, day', came)} ${FACTS} GROUP BY 1, 2, 3`, OF_DAY],
  ['norm_days', LESS_NORMS, `${norms('process, norm, day', never)} ${NONES} GROUP BY 1, 2, 3`, OF_DAY],
  ...(['engineer', 'customer'] as const).flatMap((kind) => {
    const grouped = `'${kind}' AS kind, ${kind} AS who, day, process`
    return [
      ['norm_people', LESS_NORMS, `${norms(grouped, came)} ${FACTS} GROUP BY 1, 2, 3, 4`, OF_PERSON],
      ['norm_people', LESS_NORMS, `${norms(grouped, never)} ${NONES} GROUP BY 1, 2, 3, 4`, OF_PERSON],
    ] as const
  }),
  [
    'work_months',
    'n = t.n - s.n, sum = t.sum - s.sum',
    `SELECT substr(day, 1, 7) AS month, person, kind, process, count(*) AS n, sum(value) AS sum FROM work_facts
     WHERE job IN ${ROWS} GROUP BY 1, 2, 3, 4`,
    't.month = s.month AND t.person = s.person AND t.kind = s.kind AND t.process = s.process',
  ],
]

/** A sum of nothing is no row. */
const EMPTIED = [
  ...[
    'standing_counts',
    'state_counts',
    'overdue_counts',
    'visit_times',
    'place_breaches',
    'work_months',
  ].map((table) => `DELETE FROM ${table} WHERE n = 0`),
  ...['norm_days', 'norm_people'].map((table) => `DELETE FROM ${table} WHERE met + late + broken + none = 0`),
]

/** In an order that no reference forbids; the jobs themselves at the very end. */
const GONE = [
  ...[
    'sample_visits',
    'sample_breaches',
    'job_nones',
    'job_ends',
    'norm_customers',
    'open_visits',
    'plans',
  ].map((table) => `DELETE FROM ${table} WHERE job IN ${ROWS}`),
  ...['norm_facts', 'work_log'].map((table) => `DELETE FROM ${table} WHERE change IN ${CHANGES}`),
  `DELETE FROM work_facts WHERE job IN ${ROWS}`,
  `DELETE FROM findings WHERE ${marked('job')}`,
  `DELETE FROM history WHERE job IN ${ROWS}`,
  `DELETE FROM job_states WHERE job IN ${ROWS}`,
  `DELETE FROM job_text WHERE rowid IN ${ROWS}`,
  `DELETE FROM moves WHERE ${marked('job')}`,
  `DELETE FROM outbox WHERE ${marked('job')}`,
  // A message is named by the job that sent it.
  `DELETE FROM inbox WHERE n IN (SELECT n FROM notices WHERE ${marked('id')})`,
  `DELETE FROM notices WHERE ${marked('id')}`,
  `DELETE FROM jobs WHERE ${marked('id')}`,
]

type Visit = { process: string; version: number; path: string; day: string; step: number; ms: number }
type PlaceBreach = {
  process: string
  version: number
  day: string
  place: string
  norm: string
  outcome: string
}

export class SampleTables {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  noteVisit(job: number, { process, version, path, day, step, ms }: Visit): void {
    this.#sql('INSERT INTO sample_visits VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      job,
      process,
      version,
      path,
      day,
      step,
      ms,
    )
  }

  noteBreach(job: number, { process, version, day, place, norm, outcome }: PlaceBreach): void {
    this.#sql('INSERT INTO sample_breaches VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      job,
      process,
      version,
      day,
      place,
      norm,
      outcome,
    )
  }

  count(): number {
    const row = this.#sql(`SELECT count(*) AS n FROM jobs WHERE ${marked('id')}`).get()
    return row ? integer(row, 'n') : 0
  }

  remove(): number {
    const n = this.count()
    for (const [table, set, share, where] of SUMS)
      this.#sql(`UPDATE ${table} AS t SET ${set} FROM (${share}) AS s WHERE ${where}`).run()
    for (const sql of GONE) this.#sql(sql).run()
    for (const sql of EMPTIED) this.#sql(sql).run()
    return n
  }
}
