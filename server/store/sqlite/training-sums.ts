/**
 * What attempts came to, added up by month and day, in SQLite.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type {
  AttemptRecord,
  AttemptTally,
  NormSum,
  PersonSum,
  PlaceSum,
  SumFilter,
} from '../training-port.ts'
import { stretchesOf } from '../training-rules.ts'
import { integer, type Row, text } from './rows.ts'

/** Stands for all persons together, where sums of all are kept. */
const EVERYBODY = ''

type Prepare = (sql: string) => StatementSync

export class TrainingSums {
  readonly #sql: Prepare

  constructor(prepare: Prepare) {
    this.#sql = prepare
  }

  add(record: AttemptRecord, tally: AttemptTally): void {
    const { day } = tally
    this.#addTo({ grain: 'day', period: day }, record, tally)
    this.#addTo({ grain: 'month', period: day.slice(0, 7) }, record, tally)
  }

  #addTo({ grain, period }: { grain: string; period: string }, record: AttemptRecord, tally: AttemptTally) {
    const { process, person, mode, version, status, points = 0, endedAt = '' } = record
    const [passed, failed] = [status === 'passed' ? 1 : 0, status === 'failed' ? 1 : 0]
    this.#sql(
      `INSERT INTO training_people VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET attempts = attempts + 1, passed = passed + excluded.passed,
         failed = failed + excluded.failed, points = points + excluded.points, last_at = max(last_at, excluded.last_at)`,
    ).run(grain, period, process, person, mode, passed, failed, points, endedAt)
    for (const { norm, result } of tally.norms)
      this.#sql(
        `INSERT INTO training_norms VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7 = 'met', ?7 = 'late', ?7 = 'broken', ?7 = 'tried')
         ON CONFLICT DO UPDATE SET met = met + excluded.met, late = late + excluded.late,
           broken = broken + excluded.broken, tried = tried + excluded.tried`,
      ).run(grain, period, process, person, mode, norm, result)
    const places = [
      ...Object.entries(tally.transitions).map(([place, n]) => ['transition', place, n] as const),
      ...Object.entries(tally.states).map(([place, n]) => ['state', place, n] as const),
    ]
    for (const [kind, place, n] of places)
      for (const who of [person, EVERYBODY])
        this.#sql(
          `INSERT INTO training_places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET n = n + excluded.n`,
        ).run(process, grain, who, period, version, mode, kind, place, n)
  }

  people(filter: SumFilter): PersonSum[] {
    const { rows, values } = rowsOf('training_people', filter)
    return this.#sql(
      `SELECT person, sum(attempts) AS attempts, sum(passed) AS passed, sum(failed) AS failed, sum(points) AS points,
              max(last_at) AS last_at FROM ${rows} GROUP BY person`,
    )
      .all(...values)
      .map((row) => ({
        person: text(row, 'person'),
        attempts: integer(row, 'attempts'),
        passed: integer(row, 'passed'),
        failed: integer(row, 'failed'),
        points: integer(row, 'points'),
        lastAt: text(row, 'last_at'),
      }))
  }

  norms(filter: SumFilter): NormSum[] {
    const { rows, values } = rowsOf('training_norms', filter)
    return this.#sql(
      `SELECT norm, sum(met) AS met, sum(late) AS late, sum(broken) AS broken, sum(tried) AS tried
       FROM ${rows} GROUP BY norm ORDER BY norm`,
    )
      .all(...values)
      .map((row) => ({
        norm: text(row, 'norm'),
        met: integer(row, 'met'),
        late: integer(row, 'late'),
        broken: integer(row, 'broken'),
        tried: integer(row, 'tried'),
      }))
  }

  places(filter: SumFilter & { process: string }): PlaceSum[] {
    const { rows, values } = rowsOf('training_places', { people: [EVERYBODY], ...filter })
    return this.#sql(`SELECT version, kind, place, sum(n) AS n FROM ${rows} GROUP BY version, kind, place`)
      .all(...values)
      .map((row) => ({
        version: integer(row, 'version'),
        kind: kindOf(row),
        place: text(row, 'place'),
        n: integer(row, 'n'),
      }))
  }
}

/** The rows of each stretch by themselves: together they would not be found by their key. */
function rowsOf(table: string, { from, to, process, mode, people }: SumFilter) {
  const parts = ['grain = ? AND period BETWEEN ? AND ?']
  const narrowed: SQLInputValue[] = []
  const also = (condition: string, value: SQLInputValue | undefined): void => {
    if (value === undefined) return
    parts.push(condition)
    narrowed.push(value)
  }
  also('process = ?', process)
  also('mode = ?', mode)
  also('person IN (SELECT value FROM json_each(?))', people && JSON.stringify(people))
  const stretches = stretchesOf(from, to)
  const one = `SELECT * FROM ${table} WHERE ${parts.join(' AND ')}`
  return {
    rows: `(${stretches.map(() => one).join(' UNION ALL ')})`,
    values: stretches.flatMap((each) => [each.grain, each.from, each.to, ...narrowed]),
  }
}

const kindOf = (row: Row): PlaceSum['kind'] => (text(row, 'kind') === 'state' ? 'state' : 'transition')
