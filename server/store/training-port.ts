/**
 * What a store keeps of the training room: attempts with their steps, assignments, live sessions, and what came of attempts
 * added up by month and day.
 *
 * Promises asked of an adapter:
 * - A change is durable before it resolves, and whole; a write that says "false" wrote nothing.
 * - The steps of an attempt change only where the writer knew how many there were; an attempt ends once.
 * - An attempt's end and what it adds to the sums are one commit.
 * Must not: know what a step means, or what a score is made of.
 */
import type { Text } from '../../machines/definition/schema.ts'
import type { Act, Scenario, Step } from '../../machines/simulate/scenario.ts'
import type { ScoreCard } from '../../machines/simulate/score-card.ts'
import type { AttemptMode, AttemptStatus, NewAssignment } from '../../machines/wire/training.ts'

/** All that a run depends on is named here; what is named by a hash is kept under it. */
export type AttemptRecord = {
  id: string
  scenario: string
  revision: number
  /** Hash of the scenario as it was when the attempt began. */
  content: string
  title: Text
  process: string
  version: number
  /** Of the definition. */
  hash: string
  calendars: string
  engine: string
  seed: number
  mode: AttemptMode
  person: string
  assignment?: string
  session?: string
  status: AttemptStatus
  startedAt: string
  /** In real time, by which nobody can run faster than a page does. */
  begunAt: string
  /** Of the last step. */
  activeAt: string
  /** By a trainer who watched. */
  thrown?: Act[]
  endedAt?: string
  points?: number
  certificate?: { kind: string; validUntil: string }
}
export type StoredAttempt = { record: AttemptRecord; steps: Step[]; card?: ScoreCard }

export type StepChange = {
  /** How many steps the writer knew of. */
  expected: number
  /** This many stay. */
  from: number
  steps: readonly Step[]
  activeAt: string
  /** Added to those that were. */
  thrown?: Act
}

export const NORM_RESULTS = ['met', 'late', 'broken', 'tried'] as const
type NormResult = (typeof NORM_RESULTS)[number]
/** What an attempt that is over adds to the sums. */
export type AttemptTally = {
  /** `YYYY-MM-DD` where the organisation is. */
  day: string
  norms: { norm: string; result: NormResult }[]
  /** By JSON pointer, how often. */
  transitions: Record<string, number>
  /** By path. */
  states: Record<string, number>
}
export type AttemptEnd = {
  status: Exclude<AttemptStatus, 'open'>
  endedAt: string
  points?: number
  certificate?: { kind: string; validUntil: string }
  card?: ScoreCard
  tally?: AttemptTally
}

type AttemptFilter = {
  scenario?: string
  person?: string
  process?: string
  mode?: AttemptMode
  status?: AttemptStatus
  assignment?: string
  session?: string
}
export type AttemptQuery = AttemptFilter & { limit: number; cursor?: string }
/** Newest first. */
export type AttemptRecords = { attempts: AttemptRecord[]; next?: string }

export type Assignment = NewAssignment & {
  id: string
  title: Text
  process: string
  by: string
  createdAt: string
  withdrawnAt?: string
}
/** What one person did for an assignment. */
export type AssignmentCount = {
  assignment: string
  person: string
  attempts: number
  open: number
  passed: number
  failed: number
  /** The best. */
  points?: number
}

export type TrainingSession = {
  code: string
  scenario: string
  title: Text
  mode: AttemptMode
  trainer: string
  openedAt: string
  closedAt?: string
}

/** Days, both within; `people`: only theirs. */
export type SumFilter = {
  from?: string
  to?: string
  process?: string
  mode?: AttemptMode
  people?: readonly string[]
}
export type PersonSum = {
  person: string
  attempts: number
  passed: number
  failed: number
  /** Sum over those that were passed or failed. */
  points: number
  lastAt: string
}
export type NormSum = { norm: string } & Record<NormResult, number>
export type PlaceSum = { version: number; kind: 'transition' | 'state'; place: string; n: number }

export interface TrainingStore {
  /** `content`: the scenario, kept once under its hash. */
  createAttempt(record: AttemptRecord, content: Scenario): Promise<void>
  content(hash: string): Promise<Scenario | undefined>
  attempt(id: string): Promise<StoredAttempt | undefined>
  /** Throws `BadCursor`. */
  attempts(query: AttemptQuery): Promise<AttemptRecords>
  /** False: there is another number of steps, or the attempt is over. */
  changeSteps(id: string, change: StepChange): Promise<boolean>
  /** False: it was over already. */
  endAttempt(id: string, end: AttemptEnd): Promise<boolean>
  /** Ids of open attempts without a step since. */
  idle(before: string, limit: number): Promise<string[]>

  saveAssignment(assignment: Assignment): Promise<void>
  assignment(id: string): Promise<Assignment | undefined>
  /** Newest first. */
  assignments(limit: number): Promise<Assignment[]>
  assignmentCounts(assignments: readonly string[], person?: string): Promise<AssignmentCount[]>

  /** False: there is one of this code. */
  createSession(session: TrainingSession): Promise<boolean>
  session(code: string): Promise<TrainingSession | undefined>
  /** Newest first. */
  sessions(limit: number): Promise<TrainingSession[]>
  /** False: it was closed already. */
  closeSession(code: string, at: string): Promise<boolean>

  peopleSums(filter: SumFilter): Promise<PersonSum[]>
  normSums(filter: SumFilter): Promise<NormSum[]>
  placeSums(filter: SumFilter & { process: string }): Promise<PlaceSum[]>
}
