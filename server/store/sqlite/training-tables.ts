/**
 * The training room in SQLite: attempts with their steps, assignments, live sessions.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Scenario, Step } from '../../../machines/simulate/scenario.ts'
import type { ScoreCard } from '../../../machines/simulate/score-card.ts'
import type {
  Assignment,
  AssignmentCount,
  AttemptEnd,
  AttemptQuery,
  AttemptRecord,
  AttemptRecords,
  StepChange,
  StoredAttempt,
  TrainingSession,
  TrainingStore,
} from '../training-port.ts'
import { attemptCursor, attemptPlace } from '../training-rules.ts'
import type { GroupCommit } from './group-commit.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'
import { TrainingSums } from './training-sums.ts'

const parseScenario = (json: string): Scenario => JSON.parse(json)
const parseRecord = (json: string): AttemptRecord => JSON.parse(json)
const parseStep = (json: string): Step => JSON.parse(json)
const parseCard = (json: string): ScoreCard => JSON.parse(json)
const parseAssignment = (json: string): Assignment => JSON.parse(json)
const parseSession = (json: string): TrainingSession => JSON.parse(json)

const FILTERS = ['scenario', 'person', 'process', 'mode', 'status', 'assignment', 'session'] as const

class TrainingTables {
  readonly #sql: Prepared
  readonly sums: TrainingSums

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
    this.sums = new TrainingSums((sql) => this.#sql(sql))
  }

  create(record: AttemptRecord, content: Scenario): void {
    this.#sql('INSERT OR IGNORE INTO training_contents VALUES (?, ?)').run(
      record.content,
      JSON.stringify(content),
    )
    const { id, scenario, process, person, mode, status, assignment = null, session = null } = record
    this.#sql(
      `INSERT INTO attempts (id, scenario, process, person, mode, status, assignment, session, active_at, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[id, scenario, process, person, mode, status, assignment, session],
      record.activeAt,
      JSON.stringify(record),
    )
  }

  content(hash: string): Scenario | undefined {
    const row = this.#sql('SELECT content FROM training_contents WHERE hash = ?').get(hash)
    return row && parseScenario(text(row, 'content'))
  }

  #find(id: string): { row: number; record: AttemptRecord } | undefined {
    const row = this.#sql('SELECT row, active_at, record FROM attempts WHERE id = ?').get(id)
    return row && { row: integer(row, 'row'), record: recordOf(row) }
  }

  attempt(id: string): StoredAttempt | undefined {
    const found = this.#find(id)
    if (found === undefined) return undefined
    const steps = this.#sql('SELECT step FROM attempt_steps WHERE attempt = ? ORDER BY n')
      .all(found.row)
      .map((row) => parseStep(text(row, 'step')))
    const card = this.#sql('SELECT card FROM attempt_cards WHERE attempt = ?').get(found.row)
    return {
      record: found.record,
      steps,
      ...(card === undefined ? {} : { card: parseCard(text(card, 'card')) }),
    }
  }

  attempts({ limit, cursor, ...filter }: AttemptQuery): AttemptRecords {
    const parts: string[] = []
    const values: SQLInputValue[] = []
    if (cursor !== undefined) {
      parts.push('row < ?')
      values.push(attemptPlace(cursor))
    }
    for (const name of FILTERS) {
      const value = filter[name]
      if (value === undefined) continue
      parts.push(`${name} = ?`)
      values.push(value)
    }
    const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`
    const rows = this.#sql(
      `SELECT row, active_at, record FROM attempts ${where} ORDER BY row DESC LIMIT ?`,
    ).all(...values, limit + 1)
    const last = rows[limit - 1]
    return {
      attempts: rows.slice(0, limit).map(recordOf),
      ...(last !== undefined && rows.length > limit ? { next: attemptCursor(integer(last, 'row')) } : {}),
    }
  }

  changeSteps(id: string, { expected, from, steps, activeAt, thrown }: StepChange): boolean {
    const found = this.#find(id)
    if (found === undefined || found.record.status !== 'open') return false
    const { row, record } = found
    const count = this.#sql('SELECT count(*) AS n FROM attempt_steps WHERE attempt = ?').get(row)
    if (count === undefined || integer(count, 'n') !== expected) return false
    this.#sql('DELETE FROM attempt_steps WHERE attempt = ? AND n >= ?').run(row, from)
    for (const [index, step] of steps.entries())
      this.#sql('INSERT INTO attempt_steps VALUES (?, ?, ?)').run(row, from + index, JSON.stringify(step))
    this.#sql('UPDATE attempts SET active_at = ? WHERE row = ?').run(activeAt, row)
    if (thrown !== undefined)
      this.#sql('UPDATE attempts SET record = ? WHERE row = ?').run(
        JSON.stringify({ ...record, thrown: [...(record.thrown ?? []), thrown] }),
        row,
      )
    return true
  }

  end(id: string, { card, tally, ...end }: AttemptEnd): boolean {
    const found = this.#find(id)
    if (found === undefined || found.record.status !== 'open') return false
    const { row } = found
    const record: AttemptRecord = { ...found.record, ...end }
    this.#sql('UPDATE attempts SET status = ?, points = ?, record = ? WHERE row = ?').run(
      record.status,
      record.points ?? null,
      JSON.stringify(record),
      row,
    )
    if (card !== undefined)
      this.#sql('INSERT INTO attempt_cards VALUES (?, ?)').run(row, JSON.stringify(card))
    if (tally !== undefined) this.sums.add(record, tally)
    return true
  }

  idle(before: string, limit: number): string[] {
    return this.#sql(
      "SELECT id FROM attempts WHERE status = 'open' AND active_at < ? ORDER BY active_at LIMIT ?",
    )
      .all(before, limit)
      .map((row) => text(row, 'id'))
  }

  saveAssignment(assignment: Assignment): void {
    this.#sql(
      'INSERT INTO assignments (id, assignment) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET assignment = ?2',
    ).run(assignment.id, JSON.stringify(assignment))
  }

  assignment(id: string): Assignment | undefined {
    const row = this.#sql('SELECT assignment FROM assignments WHERE id = ?').get(id)
    return row && parseAssignment(text(row, 'assignment'))
  }

  assignments(limit: number): Assignment[] {
    return this.#sql('SELECT assignment FROM assignments ORDER BY row DESC LIMIT ?')
      .all(limit)
      .map((row) => parseAssignment(text(row, 'assignment')))
  }

  counts(assignments: readonly string[], person: string | undefined): AssignmentCount[] {
    return this.#sql(
      `SELECT assignment, person, count(*) AS attempts, sum(status = 'open') AS open,
              sum(status = 'passed') AS passed, sum(status = 'failed') AS failed, max(points) AS points
       FROM attempts WHERE assignment IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR person = ?2)
       GROUP BY assignment, person`,
    )
      .all(JSON.stringify(assignments), person ?? null)
      .map((row) => ({
        assignment: text(row, 'assignment'),
        person: text(row, 'person'),
        attempts: integer(row, 'attempts'),
        open: integer(row, 'open'),
        passed: integer(row, 'passed'),
        failed: integer(row, 'failed'),
        ...(row.points === null ? {} : { points: integer(row, 'points') }),
      }))
  }

  createSession(session: TrainingSession): boolean {
    const { changes } = this.#sql(
      'INSERT OR IGNORE INTO training_sessions (code, session) VALUES (?, ?)',
    ).run(session.code, JSON.stringify(session))
    return changes > 0
  }

  session(code: string): TrainingSession | undefined {
    const row = this.#sql('SELECT session FROM training_sessions WHERE code = ?').get(code)
    return row && parseSession(text(row, 'session'))
  }

  sessions(limit: number): TrainingSession[] {
    return this.#sql('SELECT session FROM training_sessions ORDER BY row DESC LIMIT ?')
      .all(limit)
      .map((row) => parseSession(text(row, 'session')))
  }

  closeSession(code: string, at: string): boolean {
    const session = this.session(code)
    if (session === undefined || session.closedAt !== undefined) return false
    const closed: TrainingSession = { ...session, closedAt: at }
    this.#sql('UPDATE training_sessions SET session = ? WHERE code = ?').run(JSON.stringify(closed), code)
    return true
  }
}

const recordOf = (row: Row): AttemptRecord => ({
  ...parseRecord(text(row, 'record')),
  activeAt: text(row, 'active_at'),
})

/** The tables as the port has them. */
export function trainingStore(db: DatabaseSync, group: GroupCommit): TrainingStore {
  const tables = new TrainingTables(db)
  return {
    createAttempt: (record, content) => group.run(() => tables.create(record, content)),
    content: async (hash) => tables.content(hash),
    attempt: async (id) => tables.attempt(id),
    attempts: async (query) => tables.attempts(query),
    changeSteps: (id, change) => group.run(() => tables.changeSteps(id, change)),
    endAttempt: (id, end) => group.run(() => tables.end(id, end)),
    idle: async (before, limit) => tables.idle(before, limit),
    saveAssignment: (assignment) => group.run(() => tables.saveAssignment(assignment)),
    assignment: async (id) => tables.assignment(id),
    assignments: async (limit) => tables.assignments(limit),
    assignmentCounts: async (ids, person) => tables.counts(ids, person),
    createSession: (session) => group.run(() => tables.createSession(session)),
    session: async (code) => tables.session(code),
    sessions: async (limit) => tables.sessions(limit),
    closeSession: (code, at) => group.run(() => tables.closeSession(code, at)),
    peopleSums: async (filter) => tables.sums.people(filter),
    normSums: async (filter) => tables.sums.norms(filter),
    placeSums: async (filter) => tables.sums.places(filter),
  }
}
