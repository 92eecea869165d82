/**
 * What the server asks of a store of jobs. One contract suite (`test/server/store-contract.ts`) holds every adapter.
 *
 * Promises asked of an adapter:
 * - `commit` is all or nothing (E3), durable before it resolves (E1), and gives change ids in commit order.
 * - A change whose `expectedSeq` is not the stored one rejects the whole commit with `SeqConflict` (E2).
 * - The record of an idempotency key is part of the commit it belongs to.
 * Must not: know statecharts. A store keeps JSON and finds it again.
 */
import type { Entry, Job, JobStatus, Timer } from '../../machines/advance/job.ts'
import type { Plan } from '../../machines/dispatch/plan.ts'
import type { DispatchStore } from './dispatch-port.ts'
import type { FindingStore } from './finding-port.ts'
import type { GuideStore } from './guide-port.ts'
import type { StorageHealth } from './health-port.ts'
import type { LifeStore, Trace } from './life-port.ts'
import type { MigrationStore, MoveResult } from './migration-port.ts'
import type { NoticeStore } from './notice-port.ts'
import type { PrivacyStore } from './privacy-port.ts'
import type { ReviewStore } from './review-port.ts'
import type { SampleStore } from './sample-port.ts'
import type { TrainingStore } from './training-port.ts'
import type { ViewStore } from './view-port.ts'
import type { WebhookStore } from './webhook-port.ts'

/** What lists and filters need of a job; made from it by `server/jobs/index-job.ts` at every commit. */
export type JobIndex = {
  /** Leaf paths. */
  active: string[]
  assignee?: string
  region?: string
  /** The customer's name. */
  customer?: string
  /** Present where the job rests. */
  suspended?: true
  /** The earliest deadline that is armed, or that ran out while its state lasts. */
  dueAt?: string
  overdue: boolean
  /** Paths of the states whose deadline ran out; absent where there are none. */
  overdueIn?: string[]
  /** Of a job that a dispatcher hands out. */
  plan?: Plan
  /** Lower-case text of what a job is found by, for the search. */
  text: string
}

export type JobChange = {
  job: Job
  /** 0: the job is new. */
  expectedSeq: number
  entry: Entry
  index: JobIndex
  /** Without it the change adds nothing to the life of its process. */
  trace?: Trace
}

export type Commit = {
  changes: JobChange[]
  outbox: NewOutboxItem[]
  /** Outbox items done with by this commit. */
  delivered?: string[]
  idempotency?: IdempotencyRecord
  /** What came of jobs in a migration. Results of a run that was forgotten are left out. */
  moves?: MoveResult[]
}

/** A change of the feed. `id` grows by commit order, without regard to the job. */
export type FeedItem = { id: number; entry: Entry; process: string; version: number }

export type NewOutboxItem = { id: string; job: string; kind: string; body: unknown; notBefore: string }
export type OutboxItem = NewOutboxItem & { attempts: number; lastError?: string; dead: boolean }

export type IdempotencyRecord = {
  /** Person and key. */
  key: string
  /** Hash of method, path and body. */
  fingerprint: string
  response: { status: number; body: unknown; headers: Record<string, string> }
  at: string
}

export type JobSort = 'createdAt' | '-createdAt' | 'updatedAt' | '-updatedAt' | 'dueAt'
export type JobFilter = {
  process?: string
  version?: number
  /** A path: jobs in it or below it. */
  state?: string
  status?: JobStatus
  assignee?: string
  region?: string
  /** The whole name. */
  customer?: string
  overdue?: boolean
  suspended?: boolean
  /** All words must occur in the index text or the id. */
  text?: string
  /** Times as in a job: UTC with milliseconds. `…From` is part of the range, `…To` is not. */
  createdFrom?: string
  createdTo?: string
  dueFrom?: string
  dueTo?: string
  /** Only what passes any of these (`server/access/scope.ts`); none pass an empty list. */
  within?: readonly Within[]
}
/** Jobs of one of the processes, and of one of the regions; a job without a region is of none. */
export type Within = { readonly processes?: readonly string[]; readonly regions?: readonly string[] }
export type FeedFilter = { job?: string; process?: string; within?: readonly Within[] }
export type JobQuery = JobFilter & { sort: JobSort; limit: number; cursor?: string }
export type JobPage = { jobs: { job: Job; index: JobIndex }[]; next?: string }
export type JobCounts = {
  total: number
  byStatus: Record<string, number>
  byProcess: Record<string, number>
  overdue: number
}

export class SeqConflict extends Error {
  readonly job: string
  readonly actual: number
  constructor(job: string, actual: number) {
    super(`job ${job} is at seq ${actual}`)
    this.name = 'SeqConflict'
    this.job = job
    this.actual = actual
  }
}

/** A record of this idempotency key exists: another request with it came first, nothing was written. */
export class KeyTaken extends Error {
  readonly key: string
  constructor(key: string) {
    super(`idempotency key ${key} has an answer already`)
    this.name = 'KeyTaken'
    this.key = key
  }
}
/** A cursor that no page of this sort ever gave. */
export class BadCursor extends Error {
  constructor() {
    super('this cursor is not one of this list')
    this.name = 'BadCursor'
  }
}

export interface JobStore extends MigrationStore, NoticeStore, LifeStore, SampleStore, GuideStore, ViewStore {
  readonly health: StorageHealth
  readonly dispatch: DispatchStore
  readonly reviews: ReviewStore
  readonly findings: FindingStore
  readonly training: TrainingStore
  readonly webhooks: WebhookStore
  readonly privacy: PrivacyStore
  /** Resolves when durable. Throws `SeqConflict`, `KeyTaken`, `StorageFailing`, or any error: then nothing was written. */
  commit(commit: Commit): Promise<{ changeIds: number[] }>
  load(id: string): Promise<Job | undefined>
  /** Throws `BadCursor`. */
  list(query: JobQuery): Promise<JobPage>
  count(filter: JobFilter): Promise<JobCounts>
  /** Active jobs per leaf path, for one process and, if named, one version; of those that pass `within`. */
  countByState(process: string, version?: number, within?: readonly Within[]): Promise<Record<string, number>>
  /** Entries with `seq > after`, oldest first. */
  history(job: string, after: number, limit: number): Promise<Entry[]>
  /** The version that a job began on; moves to others are in its history. */
  startedOn(job: string): Promise<number | undefined>
  /** Feed items with `id > after`, in order. */
  changes(after: number, limit: number, filter?: FeedFilter): Promise<FeedItem[]>
  lastChangeId(): Promise<number>
  /** Armed timers of active jobs with `dueAt <= now`, earliest first, ties by token. */
  dueTimers(now: string, limit: number): Promise<{ job: string; timer: Timer }[]>
  /** The earliest armed `dueAt`. */
  nextDue(): Promise<string | undefined>
  outboxDue(now: string, limit: number): Promise<OutboxItem[]>
  /** Earliest `notBefore` of an item that is neither delivered nor dead. */
  outboxNext(): Promise<string | undefined>
  outboxDelivered(ids: string[]): Promise<void>
  outboxFailed(id: string, error: string, retryAt: string | undefined): Promise<void>
  idempotent(key: string): Promise<IdempotencyRecord | undefined>
  /** Records an answer that changed nothing (a refusal), so that a retry gets the same; the first one stays. */
  remember(record: IdempotencyRecord): Promise<void>
  /** Forgets idempotency records older than this. */
  forget(before: string): Promise<void>
  close(): Promise<void>
}
