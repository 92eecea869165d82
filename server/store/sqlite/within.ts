/**
 * The limits of whoever asks, as a condition of SQL.
 *
 * Promises: every value is bound, never written into the SQL; an empty list lets nothing pass.
 * Must not: know whose limits they are.
 */
import type { SQLInputValue } from 'node:sqlite'
import type { Within } from '../port.ts'

type Part = [condition: string, ...values: SQLInputValue[]]

/** None where everything passes. @param columns where the table has a job's process and region */
export function withinParts(
  within: readonly Within[] | undefined,
  columns = { process: 'process', region: 'region' },
): Part[] {
  if (within === undefined) return []
  if (within.length === 0) return [['0']]
  const each = within.map(({ processes, regions }) => [
    ...among(columns.process, processes),
    ...among(columns.region, regions),
  ])
  if (each.some((parts) => parts.length === 0)) return []
  const condition = each.map((parts) => `(${parts.map(([text]) => text).join(' AND ')})`).join(' OR ')
  return [[`(${condition})`, ...each.flat().flatMap(([, ...bound]) => bound)]]
}

const among = (column: string, names: readonly string[] | undefined): Part[] =>
  names === undefined ? [] : [[`${column} IN (${names.map(() => '?').join(', ')})`, ...names]]

/** For a table that names a job by its row, or by its id. */
export function withinJobs(
  within: readonly Within[] | undefined,
  job: string,
  by: 'row' | 'id' = 'row',
): Part[] {
  const columns = { process: 'reached.process', region: 'reached.region' }
  return withinParts(within, columns).map(([condition, ...bound]) => [
    `EXISTS (SELECT 1 FROM jobs AS reached WHERE reached.${by} = ${job} AND ${condition})`,
    ...bound,
  ])
}
