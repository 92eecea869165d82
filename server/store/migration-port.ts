/**
 * What a store keeps of moves of many jobs to another version: the run, and what came of each job.
 *
 * Promises asked of an adapter: a job's outcome is written with the job's own change or not at all, so that after a
 * power cut a run goes on where it was; of two outcomes of one job in one run the later stands.
 * Must not: know what a mapping means.
 */
import type { Actor, Reason } from '../../machines/advance/job.ts'
import type { Mapping } from '../../machines/migrate/mapping.ts'
import type { JobFilter } from './port.ts'

/** Which jobs: those that all of it fits. `jobs`: these alone. */
export type MigrationFilter = Omit<JobFilter, 'process' | 'version' | 'status'> & { jobs?: string[] }
/** `failed`: it broke off by a fault of ours. */
type MigrationStatus = 'running' | 'stopped' | 'done' | 'failed'

export type MigrationRun = {
  id: string
  process: string
  from: number
  to: number
  mapping: Mapping
  filter: MigrationFilter
  /** Tells what would come of each job; no job is moved. */
  dryRun: boolean
  note?: string
  /** Who began it, with what he was entitled to then: entries name him, also after a restart. */
  actor: Actor
  startedAt: string
  /** Of the last change of status. */
  updatedAt: string
  status: MigrationStatus
  /** Jobs that it concerned when it began. */
  total: number
  /** Where it goes on: what `list` gave. Absent: at the beginning. */
  cursor?: string
  error?: string
}

/** `moved`: in a dry run, would be. `refused`: `notes` says why. `passed`: over or moved already, when it came to it. */
export type MoveOutcome = 'moved' | 'refused' | 'passed'
export type MoveResult = {
  run: string
  job: string
  outcome: MoveOutcome
  /** Leaf paths before, and after. */
  from: string[]
  to?: string[]
  notes: Reason[]
  /** The job's, after it. */
  seq: number
  at: string
}
export type MoveQuery = { run: string; after?: string; limit: number; outcome?: MoveOutcome; state?: string }
/** How many jobs that were in these states came to what. */
export type MoveCount = { outcome: MoveOutcome; from: string[]; n: number }

export interface MigrationStore {
  /** New, or changed. Resolves when durable. */
  saveMigration(run: MigrationRun): Promise<void>
  migration(id: string): Promise<MigrationRun | undefined>
  /** Of one process, or of all; newest first. */
  migrations(process?: string): Promise<MigrationRun[]>
  /** By job id; `after` is the last one of the page before. `state`: a path, with all below it. */
  moveResults(query: MoveQuery): Promise<MoveResult[]>
  moveCounts(run: string): Promise<MoveCount[]>
  /** With all its outcomes. */
  forgetMigration(id: string): Promise<void>
}
