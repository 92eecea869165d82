/**
 * What must hold before a commit may be applied, the same for every adapter.
 *
 * Promises: throws before anything is written, so that an adapter never has to take back half a commit.
 * Must not: write, or know how an adapter keeps what it knows.
 */
import type { Timer } from '../../machines/advance/job.ts'
import { type Commit, type JobChange, KeyTaken, SeqConflict } from './port.ts'

/** What a commit is judged by. */
export type Stored = {
  /** 0 where there is no such job. */
  seq(job: string): number
  hasKey(idempotencyKey: string): boolean
}

/**
 * @throws SeqConflict where a job is not at the seq its change builds on (E2)
 * @throws KeyTaken where the idempotency key has its answer already
 * @throws TypeError where a change contradicts itself: a fault of the caller, not of a race
 */
export function assertApplies(commit: Commit, stored: Stored): void {
  if (commit.idempotency && stored.hasKey(commit.idempotency.key)) throw new KeyTaken(commit.idempotency.key)
  const staged = new Map<string, number>()
  for (const change of commit.changes) {
    const { job, expectedSeq } = change
    assertCoherent(change)
    const actual = staged.get(job.id) ?? stored.seq(job.id)
    if (actual !== expectedSeq) throw new SeqConflict(job.id, actual)
    staged.set(job.id, job.seq)
  }
}

function assertCoherent({ job, entry, expectedSeq }: JobChange): void {
  if (job.seq !== expectedSeq + 1) throw new TypeError(`job ${job.id}: seq ${job.seq} after ${expectedSeq}`)
  if (entry.job !== job.id || entry.seq !== job.seq) {
    throw new TypeError(`job ${job.id}, seq ${job.seq}: entry is of ${entry.job}, seq ${entry.seq}`)
  }
}

/** The timers that may still fire: a job that is over has none, one that is suspended none that runs. */
export const armedTimers = ({ job }: Pick<JobChange, 'job'>): Timer[] =>
  job.status === 'active' && job.suspended === undefined ? job.timers.filter((timer) => !timer.fired) : []
