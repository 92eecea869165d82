/**
 * What a store keeps of the life of processes: how long states last, which norms were kept, where they were broken.
 *
 * Promises asked of an adapter: all of it follows a job's change in the same commit, so that it is never behind and
 * never ahead of the history it can be made again from; days are those of `Trace.day`.
 * Must not: know statecharts or norms. What a change means is told by its trace (`server/jobs/trace-job.ts`).
 */

import type { Within } from './port.ts'
import type { Work } from './review-port.ts'

/** `late`: a deadline ran out. `broken`: any other breach. */
export const FACT_OUTCOMES = ['met', 'late', 'broken'] as const
type FactOutcome = (typeof FACT_OUTCOMES)[number]
/** `none`: the job ended without the norm ever having come up. */
export type NormOutcome = FactOutcome | 'none'
/** One time that a norm came up. `place`: a transition's pointer or a state's path. */
export type NormFact = { norm: string; outcome: FactOutcome; place?: string }

/** What a change of a job adds to the life of its process. */
export type Trace = {
  /** `2026-03-02`, where the organisation is. */
  day: string
  /** Who the job is assigned to after the change. */
  engineer?: string
  customer?: string
  facts: NormFact[]
  /** Of a job that is over: the norms that its process can meet. */
  meetable?: string[]
  /** What it tells of people's work. */
  work?: Work
}

/** Days, both part of it. */
export type DayRange = { from?: string; to?: string }
export type LifeQuery = DayRange & { process: string; version?: number }
/** Of the visits that ended in the range. */
export type StateTime = { path: string; visits: number; medianMs: number; p90Ms: number }
export type PlaceCount = { place: string; norm: string; outcome: FactOutcome; n: number }

export type NormKey = 'norm' | 'process' | 'engineer' | 'customer' | 'month' | 'day'
export type NormFilter = DayRange & {
  norm?: string
  process?: string
  engineer?: string
  customer?: string
  /** As in `JobFilter`. */
  within?: readonly Within[]
}
/** `met`, `late` and `broken` are times, `none` is jobs. An engineer or customer that was not known is ''. */
export type NormCount = { keys: Partial<Record<NormKey, string>> } & Record<NormOutcome, number>
export type NormJob = {
  job: string
  process: string
  norm: string
  day: string
  engineer: string
  customer: string
  place: string
}
export type NormJobQuery = NormFilter & { outcome: NormOutcome; limit: number; cursor?: string }
export type NormJobPage = { jobs: NormJob[]; next?: string }

export interface LifeStore {
  stateTimes(query: LifeQuery): Promise<StateTime[]>
  /** Jobs whose deadline ran out in a state that still lasts, by the path of that state. */
  overdueByState(process: string, version?: number): Promise<Record<string, number>>
  /** Late and broken, by place. */
  breachPlaces(query: LifeQuery): Promise<PlaceCount[]>
  /** Grouped by `by`, in no order. */
  normCounts(filter: NormFilter, by: readonly NormKey[]): Promise<NormCount[]>
  /** Newest first. Throws `BadCursor`. */
  normJobs(query: NormJobQuery): Promise<NormJobPage>
}
