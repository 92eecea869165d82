/**
 * What a store can do to forget what is personal: find the histories that hold it, put others in their place, and leave nothing behind.
 *
 * Promises asked of an adapter:
 * - `eraseJobs` is one commit or nothing: histories, jobs, the search, sums by customer, messages, results of moves, findings,
 *   surveys of a customer of whom no other job is left.
 * - After `scrub` no file of the store holds a byte of what was erased before, in no free page and in no log.
 * - The two that look through all there is do so in portions: others are answered meanwhile.
 * Must not: decide what is personal; what comes in is what is kept.
 */
import type { Entry } from '../../machines/advance/job.ts'
import type { Finding } from '../../machines/wire/findings.ts'
import type { Survey } from '../../machines/wire/reviews.ts'
import type { MigrationRun } from './migration-port.ts'
import type { JobChange } from './port.ts'

/** `change`: the entry that says that it was done; `entries`: all before it, by their old numbers. */
export type ErasedJob = { change: JobChange; entries: readonly Entry[] }

/** Messages of this job have not yet been delivered, and hold what they hold. */
export class JobWaits extends Error {
  readonly job: string
  constructor(job: string) {
    super(`job ${job} still has messages to deliver`)
    this.name = 'JobWaits'
    this.job = job
  }
}

export interface PrivacyStore {
  /** Ids of the jobs in whose histories all of these texts stand, anywhere, each within some entry. */
  jobsHolding(texts: readonly string[]): Promise<string[]>
  /** Ids of jobs that are over, to which nothing happened since `before`, and in which something may be personal; longest quiet first. */
  quietSince(process: string, before: string, limit: number): Promise<string[]>
  /** Throws `SeqConflict`, `JobWaits`, `StorageFailing`: then nothing was written. */
  eraseJobs(jobs: readonly ErasedJob[], standIn: string): Promise<{ changeIds: number[] }>
  /** Forgets stored answers to idempotency keys that hold any of these texts. */
  forgetAnswers(texts: readonly string[]): Promise<void>
  /** Those of these files that some history still names. */
  filesNamed(files: readonly string[]): Promise<ReadonlySet<string>>
  scrub(): Promise<void>
}

/** As it stands within JSON. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

export const erasedFinding = (finding: Finding, standIn: string): Finding => ({
  ...finding,
  text: standIn,
  turns: finding.turns.map((turn) => ({ ...turn, reason: standIn })),
})

export const erasedSurvey = (survey: Survey, standIn: string): Survey => ({
  ...survey,
  customer: standIn,
  ...(survey.respondent === undefined ? {} : { respondent: standIn }),
  ...(survey.comment === undefined ? {} : { comment: standIn }),
  ...(survey.withdrawn === undefined ? {} : { withdrawn: { ...survey.withdrawn, reason: standIn } }),
})

/** `undefined`: it does not name him. */
export function erasedRun(run: MigrationRun, customers: ReadonlySet<string>, standIn: string) {
  const { customer, text } = run.filter
  const named = (value: string | undefined): boolean => value !== undefined && customers.has(value)
  if (!named(customer) && !named(text)) return undefined
  return {
    ...run,
    filter: {
      ...run.filter,
      ...(named(customer) ? { customer: standIn } : {}),
      ...(named(text) ? { text: standIn } : {}),
    },
  }
}

/** The page's search of a saved view without what names him; `undefined`: it does not. */
export function erasedSearch(
  search: string,
  customers: ReadonlySet<string>,
  standIn: string,
): string | undefined {
  const parts = new URLSearchParams(search)
  const naming = [...parts].filter(([, value]) => customers.has(value))
  if (naming.length === 0) return undefined
  for (const [name] of naming) parts.set(name, standIn)
  return search.startsWith('?') ? `?${parts}` : String(parts)
}
