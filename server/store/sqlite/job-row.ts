/**
 * What a job's row holds beside the job: the columns by which lists, counts and the timers' scheduler find it.
 *
 * Promises: all of it follows from the change alone, so that the row can be made again from the job and its index.
 * Must not: hold SQL, or know an index.
 */
import type { Timer } from '../../../machines/advance/job.ts'
import { armedTimers } from '../commit-rules.ts'
import { NO_DUE } from '../cursor.ts'
import type { JobChange } from '../port.ts'
import type { Row } from './rows.ts'

export const FILED = [
  'process',
  'version',
  'status',
  'overdue',
  'assignee',
  'region',
  'customer_name',
  'suspended',
  'due_at',
  'summary',
  'timer_at',
  'timer_token',
] as const
export type Filed = Record<(typeof FILED)[number], string | number | null>

/** @param summary the change's index as text */
export function filedOf({ job, index }: Pick<JobChange, 'job' | 'index'>, summary: string): Filed {
  const timer = nextOf(armedTimers({ job }))
  return {
    process: job.process,
    version: job.version,
    status: job.status,
    overdue: index.overdue ? 1 : 0,
    assignee: index.assignee ?? null,
    region: index.region ?? null,
    customer_name: index.customer ?? null,
    suspended: index.suspended === true ? 1 : 0,
    due_at: index.dueAt ?? NO_DUE,
    summary,
    timer_at: timer?.dueAt ?? null,
    timer_token: timer?.token ?? null,
  }
}

/** As a row has it. */
export function filedAs(row: Row): Filed {
  const read = (column: keyof Filed): string | number | null => {
    const value = row[column]
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw new TypeError(`column ${column}: ${typeof value}`)
  }
  return {
    process: read('process'),
    version: read('version'),
    status: read('status'),
    overdue: read('overdue'),
    assignee: read('assignee'),
    region: read('region'),
    customer_name: read('customer_name'),
    suspended: read('suspended'),
    due_at: read('due_at'),
    summary: read('summary'),
    timer_at: read('timer_at'),
    timer_token: read('timer_token'),
  }
}

/** As they fire: the earlier first, of those due at one moment by token. */
export const earlier = (a: Timer, b: Timer): number =>
  a.dueAt === b.dueAt ? (a.token < b.token ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1

/** The first of them to fire. */
export const nextOf = (timers: readonly Timer[]): Timer | undefined => [...timers].sort(earlier)[0]
