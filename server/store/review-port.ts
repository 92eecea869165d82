/**
 * What a store keeps for reviews: what was done by whom, what was decided and answered, what customers said.
 *
 * Promises asked of an adapter: facts and the work log follow a job's change in the same commit; sums are kept by
 * month, so that a year is as quick to ask for as a month; what was decided or answered is never changed or removed.
 * Must not: know what a fact means (`machines/review`), or who may read it.
 */
import type { WorkFact, WorkKind } from '../../machines/review/facts.ts'
import type { WorkSum } from '../../machines/review/measures.ts'
import type { Months } from '../../machines/review/period.ts'
import type { ReviewSay, Survey } from '../../machines/wire/reviews.ts'
import type { FeedItem } from './port.ts'

/** What a change of a job tells of people's work. */
export type Work = {
  /** Who made the change, for his work log; absent where nobody did. */
  worker?: string
  facts: WorkFact[]
}

export type WorkQuery = Months & { person?: string }
export type WorkFactRow = {
  job: string
  process: string
  kind: WorkKind
  day: string
  customer: string
  norm: string
  value: number
}
export type WorkFactQuery = Months & { person: string; kinds: readonly WorkKind[]; limit: number }
export type LogQuery = { person: string; day: string; after: number; limit: number }
export type SurveyQuery = Partial<Months> & { customer?: string; limit: number }

export interface ReviewStore {
  /** By person, process and kind, in no order. `helped` counts each job once a day. */
  sums(query: WorkQuery): Promise<WorkSum[]>
  /** Newest first. */
  facts(query: WorkFactQuery): Promise<WorkFactRow[]>
  /** Customers for whom he finished jobs, each once, by name. */
  customers(person: string, months: Months): Promise<string[]>
  /** What a person did on a day, in the order of the commits, after a change's id. */
  log(query: LogQuery): Promise<FeedItem[]>
  /** Oldest first. */
  says(person: string, period: string): Promise<ReviewSay[]>
  /** All that was said of a period, by person. */
  saysOf(period: string): Promise<{ person: string; says: ReviewSay[] }[]>
  /** Periods that something was said of, latest month first. */
  periods(person: string): Promise<string[]>
  /** As the next; false, and nothing written: there are not `expected` of them. */
  say(person: string, period: string, expected: number, say: ReviewSay): Promise<boolean>
  survey(id: string): Promise<Survey | undefined>
  /** Newest first; those whose own period lies within the months. */
  surveys(query: SurveyQuery): Promise<Survey[]>
  saveSurvey(survey: Survey): Promise<void>
}
