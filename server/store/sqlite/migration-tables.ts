/**
 * Migrations of jobs in SQLite: runs, and what came of each job.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { MigrationRun, MoveCount, MoveOutcome, MoveQuery, MoveResult } from '../migration-port.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'

const parseRun = (json: string): MigrationRun => JSON.parse(json)
const parseResult = (json: string): MoveResult => JSON.parse(json)
const parsePaths = (json: string): string[] => JSON.parse(json)
const OUTCOMES: readonly MoveOutcome[] = ['moved', 'refused', 'passed']

export class MigrationTables {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  put(results: readonly MoveResult[]): void {
    for (const result of results)
      this.#sql(
        `INSERT INTO moves (run, job, outcome, came_from, result)
         SELECT row, ?2, ?3, ?4, ?5 FROM migrations WHERE id = ?1
         ON CONFLICT (run, job) DO UPDATE SET outcome = ?3, came_from = ?4, result = ?5`,
      ).run(result.run, result.job, result.outcome, JSON.stringify(result.from), JSON.stringify(result))
  }

  save(run: MigrationRun): void {
    this.#sql(
      `INSERT INTO migrations (id, process, run) VALUES (?1, ?2, ?3)
       ON CONFLICT (id) DO UPDATE SET run = ?3`,
    ).run(run.id, run.process, JSON.stringify(run))
  }

  forget(id: string): void {
    this.#sql('DELETE FROM moves WHERE run = (SELECT row FROM migrations WHERE id = ?)').run(id)
    this.#sql('DELETE FROM migrations WHERE id = ?').run(id)
  }

  find(id: string): MigrationRun | undefined {
    const row = this.#sql('SELECT run FROM migrations WHERE id = ?').get(id)
    return row && parseRun(text(row, 'run'))
  }

  list(process: string | undefined): MigrationRun[] {
    return this.#sql('SELECT run FROM migrations WHERE ?1 IS NULL OR process = ?1 ORDER BY row DESC')
      .all(process ?? null)
      .map((row) => parseRun(text(row, 'run')))
  }

  results({ run, after = '', limit, outcome, state }: MoveQuery): MoveResult[] {
    const values: SQLInputValue[] = [run, after]
    let where = 'run = (SELECT row FROM migrations WHERE id = ?) AND job > ?'
    if (outcome !== undefined) {
      where += ' AND outcome = ?'
      values.push(outcome)
    }
    if (state !== undefined) {
      // `/` follows `.`: everything below a state lies between `state.` and `state/`.
      where += ' AND EXISTS (SELECT 1 FROM json_each(came_from) WHERE value = ? OR (value > ? AND value < ?))'
      values.push(state, `${state}.`, `${state}/`)
    }
    return this.#sql(`SELECT result FROM moves WHERE ${where} ORDER BY job LIMIT ?`)
      .all(...values, limit)
      .map((row) => parseResult(text(row, 'result')))
  }

  counts(run: string): MoveCount[] {
    return this.#sql(
      `SELECT outcome, came_from, count(*) AS n FROM moves
       WHERE run = (SELECT row FROM migrations WHERE id = ?) GROUP BY outcome, came_from`,
    )
      .all(run)
      .map((row) => ({
        outcome: outcomeOf(row),
        from: parsePaths(text(row, 'came_from')),
        n: integer(row, 'n'),
      }))
  }
}

function outcomeOf(row: Row): MoveOutcome {
  const name = text(row, 'outcome')
  const outcome = OUTCOMES.find((each) => each === name)
  if (outcome === undefined) throw new TypeError(`column outcome: ${name}`)
  return outcome
}
