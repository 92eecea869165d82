/**
 * What routes may ask of jobs. The use cases stand in `advance-job.ts`.
 *
 * Promises: every answer is already durable; every refusal is an `ApiProblem`. A job beyond the limits of whoever asks is
 * not found; a role counts only for the jobs that it reaches.
 * Must not: know HTTP beyond the numbers that come in as plain values.
 */
import type { Command, Entry } from '../../machines/advance/job.ts'
import type { Carried } from '../../machines/wire/carry.ts'
import type { JobDetail, JobList, JobView } from '../../machines/wire/jobs.ts'
import type { Right } from '../access/policy.ts'
import type { Asker, Scope } from '../access/scope.ts'
import type { FeedFilter, FeedItem, JobQuery } from '../store/port.ts'

export type Idempotency = { key: string; fingerprint: string }
export type Conditions = {
  /** The job's seq, from `If-Match`. */
  ifMatch?: number
  idempotency?: Idempotency
  /** Tell what would happen, change nothing. */
  dryRun?: boolean
  /** When it was done by the clock of the sender's device. */
  deviceAt?: string
}
/** `replayed`: the stored answer of the same idempotency key. */
export type JobOutcome = { job: JobView; entry: Entry; replayed: boolean }

export type JobsPort = {
  /** Problems: process-not-found, version-not-found, refused, role-missing, beyond-limits, idempotency-*. */
  create(
    body: { process: string; version?: number; fields?: Record<string, unknown> },
    asker: Asker,
    conditions: Conditions,
  ): Promise<JobOutcome>
  /** Any command but `start`, `timer`, `linkEnded`, `migrate` and `erase`. Problems: person-not-found, job-not-found, refused, role-missing,
   * payload-invalid, precondition-failed, forbidden (with roles that do not reach the job), idempotency-*. */
  act(job: string, command: PersonCommand, asker: Asker, conditions: Conditions): Promise<JobOutcome>
  get(job: string, asker: Asker): Promise<JobDetail>
  /** All that the engine needs to go on with a job elsewhere. Problems: job-not-found. */
  carry(job: string, asker: Asker): Promise<Carried>
  /** Filtered as the query says; limits come in it (`within`). */
  list(query: JobQuery): Promise<JobList>
  /** Problems: job-not-found; forbidden. For whoever reads something of a job by another way. */
  mustReach(job: string, right: Right, asker: Asker): Promise<void>
  history(job: string, after: number, limit: number): Promise<Entry[]>
  /** The version that a job began on. */
  startedOn(job: string): Promise<number | undefined>
  changes(after: number, limit: number, filter?: FeedFilter): Promise<FeedItem[]>
  countByState(process: string, version?: number, within?: Scope): Promise<Record<string, number>>
  /** Called after each commit with the ids of its changes. Returns how to stop listening. */
  onCommitted(listener: (lastChangeId: number) => void): () => void
}
export type PersonCommand = Exclude<Command, { kind: 'start' | 'timer' | 'linkEnded' | 'migrate' | 'erase' }>
