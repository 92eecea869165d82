/**
 * What a store knows of jobs that are handed out: those that wait for somebody, and those of a stretch of time.
 *
 * Promises asked of an adapter: kept with every commit from `JobIndex.plan`; answered from an index, however many jobs
 * there are.
 * Must not: know people, or whom a job suits.
 */

import type { Job } from '../../machines/advance/job.ts'
import type { JobIndex, Within } from './port.ts'

export type PlannedRow = Pick<Job, 'id' | 'process' | 'version' | 'seq' | 'status'> & {
  index: JobIndex
}
export type WaitingQuery = {
  process?: string
  region?: string
  /** As in `JobFilter`. */
  text?: string
  within?: readonly Within[]
  limit: number
}

export interface DispatchStore {
  /** Active jobs with a plan that nobody has and that do not rest; the earliest first, those without a time last. */
  waiting(query: WaitingQuery): Promise<{ rows: PlannedRow[]; total: number }>
  /** Regions of all that wait. */
  waitingRegions(within?: readonly Within[]): Promise<string[]>
  /** Jobs that somebody has, planned for `from` and later, but before `to`; by time. */
  planned(from: string, to: string): Promise<PlannedRow[]>
  /** The row of one job; undefined: it has no plan. */
  plannedJob(id: string): Promise<PlannedRow | undefined>
  /** Active jobs with a plan, by who has them. */
  loads(): Promise<ReadonlyMap<string, number>>
}
