/**
 * Lists and counts of jobs: from a filter to SQL.
 *
 * Promises: every value is bound, never written into the SQL; the same filter gives the same statement.
 * Must not: read jobs that a page does not show. The sorting indexes carry the columns filtered by.
 */
import type { SQLInputValue } from 'node:sqlite'
import { type Position, SORTS } from '../cursor.ts'
import type { JobFilter, JobSort } from '../port.ts'
import { words } from '../search.ts'
import { pairsQuery } from './pairs.ts'
import { withinParts } from './within.ts'

export type Sql = { text: string; values: SQLInputValue[] }
type Part = [condition: string, ...values: SQLInputValue[]]

const COLUMN = { createdAt: 'created_at', updatedAt: 'updated_at', dueAt: 'due_at' } as const

type Broad = ReadonlySet<string>
type Page = { sort: JobSort; limit: number; after: Position | undefined; broad: Broad }

/** One row more than asked for tells whether there is a next page. */
export function listSql(filter: JobFilter, { sort, limit, after, broad }: Page): Sql {
  const { field, descending } = SORTS[sort]
  const column = COLUMN[field]
  const direction = descending ? 'DESC' : 'ASC'
  const parts = conditions(filter, broad)
  if (after) parts.push([`(${column}, id) ${descending ? '<' : '>'} (?, ?)`, after.value, after.id])
  return {
    text: `SELECT id, ${column} AS sorted, summary, job FROM jobs${where(parts)} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
    values: [...values(parts), limit + 1],
  }
}

/** Rows of process, status, overdue and n. */
export function countSql(filter: JobFilter, broad: Broad): Sql {
  const parts = conditions(filter, broad)
  const counted =
    Object.entries(filter).every(([name, value]) => value === undefined || COUNTED.has(name)) &&
    (filter.within ?? []).every(({ regions }) => regions === undefined)
  return {
    text: `SELECT process, status, overdue, ${counted ? 'sum(n)' : 'count(*)'} AS n FROM ${
      counted ? 'job_counts' : 'jobs'
    }${where(parts)} GROUP BY process, status, overdue`,
    values: values(parts),
  }
}
const COUNTED: ReadonlySet<string> = new Set(['process', 'version', 'status', 'overdue', 'within'])

function conditions(filter: JobFilter, broad: Broad): Part[] {
  const parts: Part[] = []
  const { process, version, status, assignee, region, customer, overdue, suspended } = filter
  if (process !== undefined) parts.push(['process = ?', process])
  if (version !== undefined) parts.push(['version = ?', version])
  if (status !== undefined) parts.push(['status = ?', status])
  if (assignee !== undefined) parts.push(['assignee = ?', assignee])
  if (region !== undefined) parts.push(['region = ?', region])
  if (customer !== undefined) parts.push(['customer_name = ?', customer])
  if (overdue !== undefined) parts.push(['overdue = ?', overdue ? 1 : 0])
  if (suspended !== undefined) parts.push(['suspended = ?', suspended ? 1 : 0])
  if (filter.createdFrom !== undefined) parts.push(['created_at >= ?', filter.createdFrom])
  if (filter.createdTo !== undefined) parts.push(['created_at < ?', filter.createdTo])
  if (filter.dueFrom !== undefined || filter.dueTo !== undefined) parts.push(["due_at < 'never'"])
  if (filter.dueFrom !== undefined) parts.push(['due_at >= ?', filter.dueFrom])
  if (filter.dueTo !== undefined) parts.push(['due_at < ?', filter.dueTo])
  parts.push(...withinParts(filter.within))
  for (const { rows, bound } of memberships(filter)) {
    // With `+` SQLite walks an index of jobs and asks of each whether it is in the set; without, it begins with
    // the set. The first is right where the set is large: no 50,000 jobs are read and sorted to show 50.
    parts.push([`${broad.has(rows) ? '+' : ''}row IN (${rows})`, ...bound])
  }
  return parts
}

/** A filter that another table answers, as the rows of the jobs that pass. */
type Membership = { rows: string; bound: SQLInputValue[] }

function memberships({ state, text }: JobFilter): Membership[] {
  const found: Membership[] = []
  // `/` follows `.`: everything below a state lies between `state.` and `state/`.
  if (state !== undefined) {
    found.push({
      rows: 'SELECT job FROM job_states WHERE path = ? UNION ALL SELECT job FROM job_states WHERE path > ? AND path < ?',
      bound: [state, `${state}.`, `${state}/`],
    })
  }
  const wanted = words(text ?? '')
  if (wanted.length > 0) {
    found.push({ rows: 'SELECT rowid FROM job_text WHERE job_text MATCH ?', bound: [pairsQuery(wanted)] })
  }
  return found
}

/** From this many jobs on a membership is broad. */
const BROAD = 1_000

/** The memberships that are broad, told by counting no further than that. */
export function broadOnes(filter: JobFilter, count: (sql: Sql) => number): ReadonlySet<string> {
  const broad = memberships(filter).filter(({ rows, bound }) => {
    const text = `SELECT count(*) AS n FROM (SELECT 1 FROM (${rows}) LIMIT ${BROAD})`
    return count({ text, values: bound }) >= BROAD
  })
  return new Set(broad.map(({ rows }) => rows))
}

const where = (parts: Part[]): string =>
  parts.length === 0 ? '' : ` WHERE ${parts.map(([condition]) => condition).join(' AND ')}`
const values = (parts: Part[]): SQLInputValue[] => parts.flatMap(([, ...bound]) => bound)
