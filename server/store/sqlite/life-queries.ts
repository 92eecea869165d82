/**
 * Questions about the life of processes, from a filter to SQL.
 *
 * Promises: every value is bound, never written into the SQL. The narrowest sum that can answer is read: facts one by
 * one only where a person or customer is asked for together with a norm.
 * Must not: write.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type {
  DayRange,
  LifeQuery,
  NormCount,
  NormFilter,
  NormJob,
  NormJobPage,
  NormJobQuery,
  NormKey,
  NormOutcome,
  PlaceCount,
  StateTime,
} from '../life-port.ts'
import { FACT_OUTCOMES } from '../life-port.ts'
import { decodePlace, encodePlace, percentile, type Step } from '../life-rules.ts'
import { integer, type Row, text } from './rows.ts'

type Part = [condition: string, ...values: SQLInputValue[]]

const where = (parts: readonly Part[]): string =>
  parts.length === 0 ? '' : ` WHERE ${parts.map(([condition]) => condition).join(' AND ')}`
const values = (parts: readonly Part[]): SQLInputValue[] => parts.flatMap(([, ...bound]) => bound)
const equal = (column: string, value: SQLInputValue | undefined): Part[] =>
  value === undefined ? [] : [[`${column} = ?`, value]]
const days = ({ from, to }: DayRange): Part[] => [
  ...(from === undefined ? [] : [['day >= ?', from] satisfies Part]),
  ...(to === undefined ? [] : [['day <= ?', to] satisfies Part]),
]

/** How a key is read of a row of each table; a norm of `job_ends` comes from its list. */
const COLUMN: Record<NormKey, string> = {
  norm: 'norm',
  process: 'process',
  engineer: 'engineer',
  customer: 'customer',
  month: 'substr(day, 1, 7)',
  day: 'day',
}
const quoted = (norm: string): string => JSON.stringify(norm)

export class LifeQueries {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  #all(sql: string, bound: SQLInputValue[]): Row[] {
    return this.#db.prepare(sql).all(...bound)
  }

  stateTimes(query: LifeQuery): StateTime[] {
    const parts = [...equal('process', query.process), ...equal('version', query.version), ...days(query)]
    const rows = this.#all(
      `SELECT path, step, sum(n) AS n, sum(ms) AS ms FROM visit_times${where(parts)} GROUP BY path, step`,
      values(parts),
    )
    const byPath = new Map<string, Step[]>()
    for (const row of rows) {
      const path = text(row, 'path')
      const steps = byPath.get(path) ?? []
      steps.push({ step: integer(row, 'step'), n: integer(row, 'n'), ms: integer(row, 'ms') })
      byPath.set(path, steps)
    }
    return [...byPath].map(([path, steps]) => ({
      path,
      visits: steps.reduce((sum, { n }) => sum + n, 0),
      medianMs: percentile(steps, 0.5),
      p90Ms: percentile(steps, 0.9),
    }))
  }

  overdueByState(process: string, version: number | undefined): Record<string, number> {
    const parts = [...equal('process', process), ...equal('version', version)]
    const rows = this.#all(
      `SELECT path, sum(n) AS n FROM overdue_counts${where(parts)} GROUP BY path HAVING sum(n) > 0`,
      values(parts),
    )
    return Object.fromEntries(rows.map((row) => [text(row, 'path'), integer(row, 'n')]))
  }

  breachPlaces(query: LifeQuery): PlaceCount[] {
    const parts = [...equal('process', query.process), ...equal('version', query.version), ...days(query)]
    return this.#all(
      `SELECT place, norm, outcome, sum(n) AS n FROM place_breaches${where(parts)} GROUP BY place, norm, outcome`,
      values(parts),
    ).flatMap((row) => {
      const outcome = FACT_OUTCOMES.find((each) => each === text(row, 'outcome'))
      return outcome === undefined
        ? []
        : [{ place: text(row, 'place'), norm: text(row, 'norm'), outcome, n: integer(row, 'n') }]
    })
  }

  normCounts(filter: NormFilter, by: readonly NormKey[]): NormCount[] {
    const counts = new Map<string, NormCount>()
    const add = (rows: readonly Row[]): void => {
      for (const row of rows) {
        const keys = Object.fromEntries(by.map((key) => [key, text(row, `key_${key}`)]))
        const name = JSON.stringify(Object.values(keys))
        const count = counts.get(name) ?? { keys, met: 0, late: 0, broken: 0, none: 0 }
        const outcome = outcomeOf(text(row, 'outcome'))
        count[outcome] += integer(row, 'n')
        counts.set(name, count)
      }
    }
    add(this.#facts(filter, by))
    if (involves(filter, by, 'engineer') || involves(filter, by, 'customer')) add(this.#nones(filter, by))
    return [...counts.values()].filter(({ met, late, broken, none }) => met + late + broken + none > 0)
  }

  #facts(filter: NormFilter, by: readonly NormKey[]): Row[] {
    const people = (['engineer', 'customer'] as const).filter((kind) => involves(filter, by, kind))
    const [kind] = people
    const parts = [...equal('process', filter.process), ...days(filter)]
    if (kind === undefined)
      return this.#grouped('norm_days', by, COLUMN, [...equal('norm', filter.norm), ...parts], 'sum(n)')
    if (people.length === 1 && !involves(filter, by, 'norm'))
      return this.#grouped(
        'norm_people',
        by,
        { ...COLUMN, [kind]: 'who' },
        [['kind = ?', kind], ...equal('who', filter[kind]), ...parts],
        'sum(n)',
      )
    const named = (['norm', 'engineer', 'customer'] as const).flatMap((key) => equal(key, filter[key]))
    return this.#grouped('norm_facts', by, COLUMN, [...named, ...parts], 'count(*)')
  }

  #grouped(
    table: string,
    by: readonly NormKey[],
    columns: Record<NormKey, string>,
    parts: readonly Part[],
    n: string,
  ): Row[] {
    const keys = by.map((key) => `${columns[key]} AS key_${key}`)
    const groups = [...by.map((key) => columns[key]), 'outcome']
    return this.#all(
      `SELECT ${[...keys, 'outcome', `${n} AS n`].join(', ')} FROM ${table}${where(parts)} GROUP BY ${groups.join(', ')}`,
      values(parts),
    )
  }

  /** Jobs that ended without the norm, of an engineer or customer. */
  #nones(filter: NormFilter, by: readonly NormKey[]): Row[] {
    const { norm } = filter
    const unfold = norm === undefined && by.includes('norm')
    const columns = { ...COLUMN, norm: norm === undefined ? 'each.value' : '?' }
    const parts: Part[] = [
      ...(['process', 'engineer', 'customer'] as const).flatMap((key) => equal(key, filter[key])),
      ...days(filter),
      ...(norm === undefined ? [] : [['instr(none, ?) > 0', quoted(norm)] satisfies Part]),
    ]
    const keys = by.map((key) => `${columns[key]} AS key_${key}`)
    const groups = by.filter((key) => key !== 'norm' || unfold).map((key) => columns[key])
    const n = norm === undefined && !unfold ? 'sum(nones)' : 'count(*)'
    const bound = by.includes('norm') && norm !== undefined ? [norm] : []
    return this.#all(
      `SELECT ${[...keys, "'none' AS outcome", `coalesce(${n}, 0) AS n`].join(', ')}
       FROM job_ends${unfold ? ', json_each(none) AS each' : ''}${where(parts)}
       ${groups.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${groups.join(', ')}`}`,
      [...bound, ...values(parts)],
    )
  }

  normJobs(query: NormJobQuery): NormJobPage {
    const after = query.cursor === undefined ? undefined : decodePlace(query.cursor)
    const ended = query.outcome === 'none'
    const table = ended ? 'job_ends' : 'norm_facts'
    const row = ended ? `${table}.job` : `${table}.row`
    const { norm } = query
    const parts: Part[] = [
      ...(ended ? [] : [['outcome = ?', query.outcome] satisfies Part]),
      ...(norm === undefined ? [] : ended ? [] : equal('norm', norm)),
      ...(norm !== undefined && ended ? [['instr(none, ?) > 0', quoted(norm)] satisfies Part] : []),
      ...equal(`${table}.process`, query.process),
      ...equal('engineer', query.engineer),
      ...equal('customer', query.customer),
      ...days(query),
      ...(after === undefined ? [] : [[`(day, ${row}) < (?, ?)`, after.day, after.row] satisfies Part]),
    ]
    const rows = this.#all(
      `SELECT ${row} AS at, jobs.id AS id, ${table}.process AS process, ${ended ? "'' AS norm, '' AS place" : 'norm, place'},
         day, engineer, customer
       FROM ${table} CROSS JOIN jobs ON jobs.row = ${table}.job${where(parts)} ORDER BY day DESC, ${row} DESC LIMIT ?`,
      [...values(parts), query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      jobs: page.map((found) => normJobOf(found, norm)),
      ...(last && rows.length > query.limit
        ? { next: encodePlace(text(last, 'day'), integer(last, 'at')) }
        : {}),
    }
  }
}

const involves = (filter: NormFilter, by: readonly NormKey[], key: 'norm' | 'engineer' | 'customer') =>
  filter[key] !== undefined || by.includes(key)

function outcomeOf(name: string): NormOutcome {
  return name === 'none' ? 'none' : (FACT_OUTCOMES.find((each) => each === name) ?? 'broken')
}

const normJobOf = (row: Row, norm: string | undefined): NormJob => ({
  job: text(row, 'id'),
  process: text(row, 'process'),
  norm: norm ?? text(row, 'norm'),
  day: text(row, 'day'),
  engineer: text(row, 'engineer'),
  customer: text(row, 'customer'),
  place: text(row, 'place'),
})
