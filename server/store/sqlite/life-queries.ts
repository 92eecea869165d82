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
  PlaceCount,
  StateTime,
} from '../life-port.ts'
import { FACT_OUTCOMES } from '../life-port.ts'
import { decodePlace, encodePlace, percentile, type Step } from '../life-rules.ts'
import { integer, type Row, text } from './rows.ts'
import { withinJobs, withinParts } from './within.ts'

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

/** How a key is read of a row. */
const COLUMN: Record<NormKey, string> = {
  norm: 'norm',
  process: 'process',
  engineer: 'engineer',
  customer: 'customer',
  month: 'substr(day, 1, 7)',
  day: 'day',
}
const OUTCOMES = [...FACT_OUTCOMES, 'none'] as const
/** What a row adds to the four numbers: where they are kept, fact by fact, and job by job. */
const KEPT = OUTCOMES.map((outcome) => `coalesce(sum(${outcome}), 0) AS ${outcome}`).join(', ')
const COUNTED = `${FACT_OUTCOMES.map((outcome) => `count(*) FILTER (WHERE outcome = '${outcome}') AS ${outcome}`).join(', ')}, 0 AS none`
const NEVER = '0 AS met, 0 AS late, 0 AS broken, count(*) AS none'
/** Those of a customer are found by his jobs. */
const factsFor = ({ customer }: NormFilter): Part =>
  customer === undefined || customer === ''
    ? ['norm_facts']
    : [
        `(SELECT norm_facts.* FROM norm_customers AS his CROSS JOIN history ON history.job = his.job
           CROSS JOIN norm_facts ON norm_facts.change = history.change WHERE his.customer = ?) AS norm_facts`,
        customer,
      ]
const NONES = 'job_nones JOIN job_ends ON job_ends.job = job_nones.job'

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
    for (const row of this.#sums(filter, by)) {
      const keys = Object.fromEntries(by.map((key) => [key, text(row, `key_${key}`)]))
      const name = JSON.stringify(Object.values(keys))
      const count = counts.get(name) ?? { keys, met: 0, late: 0, broken: 0, none: 0 }
      for (const outcome of OUTCOMES) count[outcome] += integer(row, outcome)
      counts.set(name, count)
    }
    return [...counts.values()].filter(({ met, late, broken, none }) => met + late + broken + none > 0)
  }

  #sums(filter: NormFilter, by: readonly NormKey[]): Row[] {
    const people = (['engineer', 'customer'] as const).filter(
      (kind) => filter[kind] !== undefined || by.includes(kind),
    )
    const [kind] = people
    // Sums are kept by process; of which region a job is, only the job knows.
    const byRegion = filter.within?.some(({ regions }) => regions !== undefined) === true
    const parts = [
      ...equal('process', filter.process),
      ...days(filter),
      ...(byRegion ? [] : withinParts(filter.within)),
    ]
    if (kind === undefined && !byRegion)
      return this.#grouped(['norm_days'], by, COLUMN, [...equal('norm', filter.norm), ...parts], KEPT)
    if (
      kind !== undefined &&
      people.length === 1 &&
      filter.norm === undefined &&
      !by.includes('norm') &&
      !byRegion
    )
      return this.#grouped(
        ['norm_people'],
        by,
        { ...COLUMN, [kind]: 'who' },
        [['kind = ?', kind], ...equal('who', filter[kind]), ...parts],
        KEPT,
      )
    const reached = (row: string) => (byRegion ? withinJobs(filter.within, row) : [])
    const named = (['norm', 'engineer', 'customer'] as const).flatMap((key) => equal(key, filter[key]))
    const facts = factsFor(filter)
    return [
      ...this.#grouped(facts, by, COLUMN, [...named, ...parts, ...reached('norm_facts.job')], COUNTED),
      ...this.#grouped([NONES], by, COLUMN, [...named, ...parts, ...reached('job_ends.job')], NEVER),
    ]
  }

  #grouped(
    [table, ...of]: Part,
    by: readonly NormKey[],
    columns: Record<NormKey, string>,
    parts: readonly Part[],
    sums: string,
  ): Row[] {
    const keys = by.map((key) => `${columns[key]} AS key_${key}`)
    const groups = by.map((key) => columns[key]).join(', ')
    return this.#all(
      `SELECT ${[...keys, sums].join(', ')} FROM ${table}${where(parts)}${groups === '' ? '' : ` GROUP BY ${groups}`}`,
      [...of, ...values(parts)],
    )
  }

  normJobs(query: NormJobQuery): NormJobPage {
    const after = query.cursor === undefined ? undefined : decodePlace(query.cursor)
    const ended = query.outcome === 'none'
    const table = ended ? 'job_ends' : 'norm_facts'
    const [from, ...of] = ended ? (['job_ends'] satisfies Part) : factsFor(query)
    // The newest first: by day, and within a day in the order in which they came.
    const order = ended ? [`${table}.job`] : [`${table}.change`, `${table}.n`]
    const { norm } = query
    const parts: Part[] = [
      ...(ended ? [] : [['outcome = ?', query.outcome] satisfies Part]),
      ...(ended ? never(norm) : equal('norm', norm)),
      ...equal(`${table}.process`, query.process),
      ...equal('engineer', query.engineer),
      ...equal('customer', query.customer),
      ...days(query),
      ...withinParts(query.within, { process: 'jobs.process', region: 'jobs.region' }),
      ...(after === undefined ? [] : [earlier(['day', ...order], [after.day, after.row, after.n])]),
    ]
    const rows = this.#all(
      `SELECT ${order[0]} AS at, ${order[1] ?? 0} AS n, jobs.id AS id, ${table}.process AS process, ${ended ? "'' AS norm, '' AS place" : 'norm, place'},
         day, engineer, customer
       FROM ${from} CROSS JOIN jobs ON jobs.row = ${table}.job${where(parts)}
       ORDER BY day DESC, ${order.join(' DESC, ')} DESC LIMIT ?`,
      [...of, ...values(parts), query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      jobs: page.map((found) => normJobOf(found, norm)),
      ...(last && rows.length > query.limit
        ? { next: encodePlace({ day: text(last, 'day'), row: integer(last, 'at'), n: integer(last, 'n') }) }
        : {}),
    }
  }
}

/** Before a place, by as many columns as there are. */
const earlier = (columns: readonly string[], [...place]: SQLInputValue[]): Part => [
  `(${columns}) < (${columns.map(() => '?')})`,
  ...place.slice(0, columns.length),
]

/** The jobs that ended without the norm. */
const never = (norm: string | undefined): Part[] =>
  norm === undefined
    ? []
    : [['EXISTS (SELECT 1 FROM job_nones WHERE job_nones.job = job_ends.job AND norm = ?)', norm]]

const normJobOf = (row: Row, norm: string | undefined): NormJob => ({
  job: text(row, 'id'),
  process: text(row, 'process'),
  norm: norm ?? text(row, 'norm'),
  day: text(row, 'day'),
  engineer: text(row, 'engineer'),
  customer: text(row, 'customer'),
  place: text(row, 'place'),
})
