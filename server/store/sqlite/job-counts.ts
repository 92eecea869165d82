/**
 * Counts of jobs: from a filter to SQL.
 *
 * Promises: as lists do (`job-lists.ts`); jobs are counted one by one only where the kept counts do not tell, and then the fewer
 * of those that pass and those that do not.
 * Must not: write.
 */
import type { JobFilter, Within } from '../port.ts'
import { conditions, type Part, type Reach, type Sql, values, where } from './job-lists.ts'
import { integer, type Row } from './rows.ts'
import { EVERYWHERE } from './standing-counts.ts'
import { withinParts } from './within.ts'

/** What is needed to know the quickest way. */
type Asked = { reach(filter: JobFilter): Reach; all(sql: Sql): Row[] }

/** Rows of process, status, overdue and n. */
export function countSql(filter: JobFilter, { reach, all }: Asked): Sql {
  if (isCounted(filter)) {
    const { state = EVERYWHERE, ...rest } = filter
    return summed('standing_counts', 'sum(n)', [['path = ?', state], ...conditions(rest, reach(rest))])
  }
  const { createdFrom, createdTo, ...rest } = filter
  const outside: Part[] = [
    ...(createdFrom === undefined ? [] : [['created_at < ?', createdFrom] satisfies Part]),
    ...(createdTo === undefined ? [] : [['created_at >= ?', createdTo] satisfies Part]),
  ]
  const mostPass = (): boolean => counted(all, outside) < total(all) / 2
  if (outside.length === 0 || rest.state !== undefined || !isCounted(rest) || !mostPass())
    return summed('jobs', 'count(*)', conditions(filter, reach(filter)))
  const parts = conditions(rest, reach(rest))
  const without = outside.map(([condition]) => ` UNION ALL SELECT ${KEPT}, -1 FROM jobs WHERE ${condition}`)
  const table = `(SELECT ${KEPT}, n FROM standing_counts WHERE path = ''${without.join('')})`
  return { ...summed(table, 'sum(n)', parts), values: [...values(outside), ...values(parts)] }
}

/** Rows of path and n: active jobs by leaf path. Only the counts by standing know regions, and they know outer states, too. */
export function countByStateSql(
  process: string,
  version: number | undefined,
  within: readonly Within[] | undefined,
): Sql {
  const parts: Part[] = [
    ['process = ?', process],
    ...(version === undefined ? [] : [['version = ?', version] satisfies Part]),
  ]
  const limits = withinParts(within)
  if (limits.length > 0) parts.push(["status = 'active'"], [IS_LEAF], ...limits)
  const table = limits.length > 0 ? 'standing_counts' : 'state_counts'
  return {
    text: `SELECT path, sum(n) AS n FROM ${table}${where(parts)} GROUP BY path HAVING sum(n) > 0`,
    values: values(parts),
  }
}
const IS_LEAF =
  'EXISTS (SELECT 1 FROM state_counts AS leaf WHERE (leaf.process, leaf.version, leaf.path) = (standing_counts.process, standing_counts.version, standing_counts.path))'

const KEPT = 'process, version, status, overdue, suspended, region'
const COUNTED: ReadonlySet<string> = new Set(['process', 'version', 'status', 'overdue', 'suspended'])

const summed = (table: string, n: string, parts: Part[]): Sql => ({
  text: `SELECT process, status, overdue, ${n} AS n FROM ${table}${where(parts)} GROUP BY process, status, overdue`,
  values: values(parts),
})

/** Whether the kept counts answer it. There '' is every state, and no region. */
const isCounted = ({ state, region, within = [], ...rest }: JobFilter): boolean =>
  Object.entries(rest).every(([name, value]) => value === undefined || COUNTED.has(name)) &&
  state !== EVERYWHERE &&
  region !== '' &&
  !within.some(({ regions = [] }) => regions.includes(''))

const added = (rows: Row[]): number => rows.reduce((sum, row) => sum + integer(row, 'n'), 0)
const total = (all: Asked['all']): number =>
  added(all({ text: "SELECT n FROM standing_counts WHERE path = ''", values: [] }))
/** A job that is both before and after, where a range ends before it begins, counts twice: then most do not pass. */
const counted = (all: Asked['all'], parts: Part[]): number =>
  added(
    parts.flatMap((part) =>
      all({ text: `SELECT count(*) AS n FROM jobs${where([part])}`, values: values([part]) }),
    ),
  )
