/**
 * Lists of jobs: from a filter to SQL.
 *
 * Promises: every value is bound, never written into the SQL; the same filter gives the same statement.
 * Must not: read jobs that a page does not show. The sorting indexes carry the columns filtered by.
 */
import type { SQLInputValue } from 'node:sqlite'
import { NO_DUE, type Position, SORTS } from '../cursor.ts'
import type { JobFilter, JobSort } from '../port.ts'
import { words } from '../search.ts'
import { pairsQuery } from './pairs.ts'
import { integer, type Row } from './rows.ts'
import { withinParts } from './within.ts'

export type Sql = { text: string; values: SQLInputValue[] }
export type Part = [condition: string, ...values: SQLInputValue[]]

const COLUMN = { createdAt: 'created_at', updatedAt: 'updated_at', dueAt: 'due_at' } as const

/** How far parts of a filter reach, by what names them: the SQL of a membership, or a column. */
export type Reach = {
  broad: Pick<ReadonlySet<string>, 'has'>
  vast: Pick<ReadonlySet<string>, 'has'>
  /** The rows of memberships that are neither, as JSON, so that they are sought once. */
  few: ReadonlyMap<string, string>
}
type Page = { sort: JobSort; limit: number; after: Position | undefined; reach: Reach }

/** One row more than asked for tells whether there is a next page. */
export function listSql(filter: JobFilter, { sort, limit, after, reach }: Page): Sql {
  const { field, descending } = SORTS[sort]
  const column = COLUMN[field]
  const direction = descending ? 'DESC' : 'ASC'
  const parts = conditions(filter, reach, column)
  if (after) parts.push([`(${column}, id) ${descending ? '<' : '>'} (?, ?)`, after.value, after.id])
  return {
    text: `SELECT id, ${column} AS sorted, summary, job FROM jobs${where(parts)} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
    values: [...values(parts), limit + 1],
  }
}

/** @param sorted the column that a page is sorted by; a count has none. */
export function conditions(filter: JobFilter, { broad, vast, few }: Reach, sorted?: string): Part[] {
  const parts: Part[] = []
  const { process, version, status, assignee, region, customer, overdue, suspended } = filter
  if (process !== undefined) parts.push(['process = ?', process])
  if (version !== undefined) parts.push(['version = ?', version])
  if (status !== undefined) parts.push(['status = ?', status])
  if (assignee !== undefined) parts.push(['assignee = ?', assignee])
  if (region !== undefined) parts.push(['region = ?', region])
  if (customer !== undefined)
    parts.push([`${broad.has('customer_name') ? '+' : ''}customer_name = ?`, customer])
  if (overdue !== undefined) parts.push(['overdue = ?', overdue ? 1 : 0])
  if (suspended !== undefined) parts.push(['suspended = ?', suspended ? 1 : 0])
  for (const { column, least, below } of ranges(filter)) {
    const name = `${sorted !== undefined && sorted !== column && broad.has(column) ? '+' : ''}${column}`
    if (least !== undefined) parts.push([`${name} >= ?`, least])
    parts.push([`${name} < ?`, below])
  }
  parts.push(...withinParts(filter.within))
  for (const { rows, bound } of memberships(filter)) {
    // With `+` SQLite walks an index of jobs and asks of each whether it is in the set; without, it begins with
    // the set. The first is right where the set is large: no 50,000 jobs are read and sorted to show 50. A page of
    // a vast set of states does not even gather it.
    const found = few.get(rows)
    if (found !== undefined) parts.push(['row IN (SELECT value FROM json_each(?))', found])
    else if (sorted !== undefined && rows === IN_STATE && vast.has(rows) && filter.state !== undefined)
      parts.push(stands(filter.state))
    else parts.push([`${broad.has(rows) ? '+' : ''}row IN (${rows})`, ...bound])
  }
  return parts
}

type Range = { column: 'created_at' | 'due_at'; least: string | undefined; below: string }
function ranges({ createdFrom, createdTo, dueFrom, dueTo }: JobFilter): Range[] {
  const range = (column: Range['column'], least?: string, below?: string): Range[] =>
    least === undefined && below === undefined ? [] : [{ column, least, below: below ?? NO_DUE }]
  return [...range('created_at', createdFrom, createdTo), ...range('due_at', dueFrom, dueTo)]
}

/** A filter that another table answers, as the rows of the jobs that pass. */
type Membership = { rows: string; bound: SQLInputValue[] }

const IN_STATE =
  'SELECT job FROM job_states WHERE path = ? UNION ALL SELECT job FROM job_states WHERE path > ? AND path < ?'

// `/` follows `.`: everything below a state lies between `state.` and `state/`.
const below = (state: string): string[] => [`${state}.`, `${state}/`]

function memberships({ state, text }: JobFilter): Membership[] {
  const found: Membership[] = []
  if (state !== undefined) found.push({ rows: IN_STATE, bound: [state, ...below(state)] })
  const wanted = words(text ?? '')
  if (wanted.length > 0) {
    found.push({ rows: 'SELECT rowid FROM job_text WHERE job_text MATCH ?', bound: [pairsQuery(wanted)] })
  }
  return found
}

/** Asked of each job in turn: whether it stands in the state. The few paths there are below it are found first. */
const stands = (state: string): Part => {
  const [from = '', to = ''] = below(state)
  const next = '(SELECT min(path) FROM job_states WHERE path > '
  return [
    `EXISTS (
      WITH RECURSIVE paths (path) AS (
        VALUES (?) UNION ALL SELECT ${next}? AND path < ?) UNION ALL
        SELECT ${next}paths.path AND path < ?) FROM paths WHERE path >= ?
      ) SELECT 1 FROM paths CROSS JOIN job_states AS s ON s.path = paths.path AND s.job = jobs.row)`,
    state,
    from,
    to,
    to,
    from,
  ]
}

/** From this many jobs on a part is broad, and vast. */
const BROAD = 1_000
const VAST = 10_000

/** How far each part reaches, told by looking no further than that. */
export function reachOf(filter: JobFilter, all: (sql: Sql) => Row[]): Reach {
  const broad = new Set<string>()
  const vast = new Set<string>()
  const few = new Map<string, string>()
  const isVast = (rows: string, bound: SQLInputValue[]): boolean => {
    const text = `SELECT count(*) AS n FROM (SELECT 1 FROM (${rows}) LIMIT ${VAST})`
    return all({ text, values: bound }).some((row) => integer(row, 'n') >= VAST)
  }
  for (const { rows, bound } of memberships(filter)) {
    const found = all({ text: `SELECT * FROM (${rows}) LIMIT ${BROAD}`, values: bound })
    if (found.length < BROAD) few.set(rows, JSON.stringify(found.flatMap((row) => Object.values(row))))
    else broad.add(rows)
    if (rows === IN_STATE && found.length >= BROAD && isVast(rows, bound)) vast.add(rows)
  }
  if (filter.customer !== undefined) {
    const text = `SELECT 1 FROM jobs WHERE customer_name = ? LIMIT ${BROAD}`
    if (all({ text, values: [filter.customer] }).length >= BROAD) broad.add('customer_name')
  }
  for (const { column, least, below } of ranges(filter)) {
    const text = `SELECT 1 FROM jobs WHERE ${column} >= ? AND ${column} < ? LIMIT ${BROAD}`
    if (all({ text, values: [least ?? '', below] }).length >= BROAD) broad.add(column)
  }
  return { broad, vast, few }
}

export const where = (parts: Part[]): string =>
  parts.length === 0 ? '' : ` WHERE ${parts.map(([condition]) => condition).join(' AND ')}`
export const values = (parts: Part[]): SQLInputValue[] => parts.flatMap(([, ...bound]) => bound)
