/**
 * Work and reviews in SQLite: facts and their sums by month, the work log, what was decided and answered, surveys.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Entry } from '../../../machines/advance/job.ts'
import { WORK_KINDS, type WorkFact, type WorkKind } from '../../../machines/review/facts.ts'
import type { WorkSum } from '../../../machines/review/measures.ts'
import { type Months, monthsOf } from '../../../machines/review/period.ts'
import type { ReviewSay, Survey } from '../../../machines/wire/reviews.ts'
import type { Trace } from '../life-port.ts'
import type { FeedItem } from '../port.ts'
import type {
  LogQuery,
  ReviewStore,
  SurveyQuery,
  WorkFactQuery,
  WorkFactRow,
  WorkQuery,
} from '../review-port.ts'
import type { GroupCommit } from './group-commit.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'

const parseEntry = (json: string): Entry => JSON.parse(json)
const parseSay = (json: string): ReviewSay => JSON.parse(json)
const parseSurvey = (json: string): Survey => JSON.parse(json)

type Place = { row: number; process: string }

export class ReviewTables {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  /** @param change the id of the history entry. */
  put(job: Place, trace: Trace | undefined, change: number): void {
    if (trace?.work === undefined) return
    const { worker, facts } = trace.work
    if (worker !== undefined)
      this.#sql('INSERT INTO work_log VALUES (?, ?, ?)').run(worker, trace.day, change)
    for (const fact of facts) this.#fact(job, trace, fact)
  }

  #fact({ row, process }: Place, { day, customer = '' }: Trace, fact: WorkFact): void {
    const { person, kind, value, norm = '' } = fact
    if (kind === 'helped' && this.#helpedAlready(row, person, day)) return
    this.#sql(
      `INSERT INTO work_facts (job, person, kind, day, process, customer, norm, value)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(row, person, kind, day, process, customer, norm, value)
    this.#sql(
      `INSERT INTO work_months VALUES (?, ?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET n = n + 1, sum = sum + excluded.sum`,
    ).run(day.slice(0, 7), person, kind, process, value)
  }

  #helpedAlready(job: number, person: string, day: string): boolean {
    const found = this.#sql(
      "SELECT 1 AS found FROM work_facts WHERE person = ? AND kind = 'helped' AND day = ? AND job = ?",
    ).get(person, day, job)
    return found !== undefined
  }

  sums({ from, to, person }: WorkQuery): WorkSum[] {
    return this.#sql(
      `SELECT person, process, kind, sum(n) AS n, sum(sum) AS sum FROM work_months
       WHERE month BETWEEN ?1 AND ?2 AND (?3 IS NULL OR person = ?3) GROUP BY person, process, kind HAVING sum(n) > 0`,
    )
      .all(from, to, person ?? null)
      .map((row) => ({
        person: text(row, 'person'),
        process: text(row, 'process'),
        kind: kindOf(row),
        n: integer(row, 'n'),
        sum: integer(row, 'sum'),
      }))
  }

  facts({ person, from, to, kinds, limit }: WorkFactQuery): WorkFactRow[] {
    return this.#sql(
      `SELECT jobs.id AS id, f.process AS process, kind, day, f.customer AS customer, norm, value
       FROM work_facts AS f JOIN jobs ON jobs.row = f.job
       WHERE person = ? AND kind IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?
       ORDER BY day DESC, f.row DESC LIMIT ?`,
    )
      .all(person, JSON.stringify(kinds), `${from}-01`, `${to}-31`, limit)
      .map((row) => ({
        job: text(row, 'id'),
        process: text(row, 'process'),
        kind: kindOf(row),
        day: text(row, 'day'),
        customer: text(row, 'customer'),
        norm: text(row, 'norm'),
        value: integer(row, 'value'),
      }))
  }

  customers(person: string, { from, to }: Months): string[] {
    return this.#sql(
      `SELECT DISTINCT customer FROM work_facts
       WHERE person = ? AND kind = 'done' AND day BETWEEN ? AND ? AND customer <> '' ORDER BY customer`,
    )
      .all(person, `${from}-01`, `${to}-31`)
      .map((row) => text(row, 'customer'))
  }

  log({ person, day, after, limit }: LogQuery): FeedItem[] {
    return this.#sql(
      `SELECT history.change AS change, process, version, entry FROM work_log
       JOIN history ON history.change = work_log.change
       WHERE person = ? AND day = ? AND work_log.change > ? ORDER BY work_log.change LIMIT ?`,
    )
      .all(person, day, after, limit)
      .map((row) => ({
        id: integer(row, 'change'),
        entry: parseEntry(text(row, 'entry')),
        process: text(row, 'process'),
        version: integer(row, 'version'),
      }))
  }

  says(person: string, period: string): ReviewSay[] {
    return this.#sql('SELECT say FROM review_says WHERE person = ? AND period = ? ORDER BY n')
      .all(person, period)
      .map((row) => parseSay(text(row, 'say')))
  }

  saysOf(period: string): { person: string; says: ReviewSay[] }[] {
    const byPerson = new Map<string, ReviewSay[]>()
    for (const row of this.#sql(
      'SELECT person, say FROM review_says WHERE period = ? ORDER BY person, n',
    ).all(period)) {
      const says = byPerson.get(text(row, 'person')) ?? []
      says.push(parseSay(text(row, 'say')))
      byPerson.set(text(row, 'person'), says)
    }
    return [...byPerson].map(([person, says]) => ({ person, says }))
  }

  periods(person: string): string[] {
    return this.#sql(
      'SELECT DISTINCT period, first_month FROM review_says WHERE person = ? ORDER BY first_month DESC, period',
    )
      .all(person)
      .map((row) => text(row, 'period'))
  }

  say(person: string, period: string, expected: number, say: ReviewSay): boolean {
    const { changes } = this.#sql(
      `INSERT INTO review_says SELECT ?1, ?2, ?3, ?4, ?5
       WHERE (SELECT count(*) FROM review_says WHERE person = ?1 AND period = ?2) = ?3`,
    ).run(person, period, expected, monthsOf(period).from, JSON.stringify(say))
    return changes > 0
  }

  survey(id: string): Survey | undefined {
    const row = this.#sql('SELECT survey FROM surveys WHERE id = ?').get(id)
    return row && parseSurvey(text(row, 'survey'))
  }

  surveys({ from, to, customer, limit }: SurveyQuery): Survey[] {
    const parts: [string, SQLInputValue][] = []
    if (from !== undefined) parts.push(['first_month >= ?', from])
    if (to !== undefined) parts.push(['last_month <= ?', to])
    if (customer !== undefined) parts.push(['customer = ?', customer])
    const where = parts.length === 0 ? '' : `WHERE ${parts.map(([part]) => part).join(' AND ')}`
    return this.#sql(`SELECT survey FROM surveys ${where} ORDER BY row DESC LIMIT ?`)
      .all(...parts.map(([, value]) => value), limit)
      .map((row) => parseSurvey(text(row, 'survey')))
  }

  saveSurvey(survey: Survey): void {
    const { from, to } = monthsOf(survey.period)
    this.#sql(
      `INSERT INTO surveys (id, customer, first_month, last_month, survey) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (id) DO UPDATE SET customer = ?2, first_month = ?3, last_month = ?4, survey = ?5`,
    ).run(survey.id, survey.customer, from, to, JSON.stringify(survey))
  }
}

function kindOf(row: Row): WorkKind {
  const name = text(row, 'kind')
  const kind = WORK_KINDS.find((each) => each === name)
  if (kind === undefined) throw new TypeError(`column kind: ${name}`)
  return kind
}

/** The tables as the port has them. */
export const reviewStore = (tables: ReviewTables, group: GroupCommit): ReviewStore => ({
  sums: async (query) => tables.sums(query),
  facts: async (query) => tables.facts(query),
  customers: async (person, months) => tables.customers(person, months),
  log: async (query) => tables.log(query),
  says: async (person, period) => tables.says(person, period),
  saysOf: async (period) => tables.saysOf(period),
  periods: async (person) => tables.periods(person),
  say: (person, period, expected, say) => group.run(() => tables.say(person, period, expected, say)),
  survey: async (id) => tables.survey(id),
  surveys: async (query) => tables.surveys(query),
  saveSurvey: (survey) => group.run(() => tables.saveSurvey(survey)),
})
