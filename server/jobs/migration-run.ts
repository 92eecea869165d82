/**
 * One migration carried on to its end: batch by batch, job by job.
 *
 * Promises: `migrations.ts` says them; here they are kept. A job whose own fault it is does not hold up the rest; a fault
 * of the store ends the run as `failed`, to be resumed.
 * Must not: begin, stop or describe runs.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Job, Reason } from '../../machines/advance/job.ts'
import { viewOf } from '../../machines/advance/view.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import { ApiProblem } from '../problem-details.ts'
import type { MigrationRun, MoveResult } from '../store/migration-port.ts'
import { SeqConflict } from '../store/port.ts'
import type { JobWork, Prepared } from './job-work.ts'
import type { Log } from './outbox.ts'
import { processVersion } from './process-versions.ts'

/** Few enough that a request that comes in meanwhile does not feel them. */
const BATCH = 20
/** Where it goes on after a restart is noted this often: looking at a few jobs twice does no harm. */
const NOTED_EVERY = 10
/** Another server on the same store may get there first, again and again. */
const MOST_TRIES = 5

type Versions = { from: Compiled; to: Compiled }

/** Until the end, or until it is halted; the record says how far it came. Never rejects. */
export async function carryOn(
  work: JobWork,
  begun: MigrationRun,
  halted: AbortSignal,
  log: Log,
): Promise<void> {
  const { store, library } = work.deps
  let run = begun
  const save = (changed: Partial<MigrationRun>) => {
    run = { ...run, ...changed, updatedAt: new Date(work.deps.now()).toISOString() }
    return store.saveMigration(run)
  }
  try {
    const versions = {
      from: (await processVersion(library, run.process, run.from)).compiled,
      to: (await processVersion(library, run.process, run.to)).compiled,
    }
    for (let batch = 1; !halted.aborted; batch += 1) {
      const { jobs, next } = await batchOf(work, run)
      await moveAll(work, run, versions, jobs, log)
      const { cursor: _cursor, ...rest } = run
      if (next === undefined) {
        run = rest
        return await save({ status: 'done' })
      }
      run = { ...rest, cursor: next }
      if (batch % NOTED_EVERY === 0) await save({})
      await nextTurn()
    }
    await save({})
  } catch (error) {
    log.error({ migration: run.id, error }, 'a migration broke off')
    await save({ status: 'failed', error: String(error) }).catch((again: unknown) =>
      log.error({ migration: run.id, error: again }, 'that a migration broke off could not be noted'),
    )
  }
}

/** Ids of the next jobs, in the order in which they were made: those that come in meanwhile come last. */
async function batchOf(work: JobWork, run: MigrationRun): Promise<{ jobs: string[]; next?: string }> {
  const { process, from, cursor } = run
  const { jobs: named, ...filter } = run.filter
  if (named !== undefined) {
    const at = Number(cursor ?? 0)
    const jobs = named.slice(at, at + BATCH)
    return at + BATCH < named.length ? { jobs, next: String(at + BATCH) } : { jobs }
  }
  const page = await work.deps.store.list({
    ...filter,
    process,
    version: from,
    status: 'active',
    sort: 'createdAt',
    limit: BATCH,
    ...(cursor === undefined ? {} : { cursor }),
  })
  const jobs = page.jobs.map(({ job }) => job.id)
  return page.next === undefined ? { jobs } : { jobs, next: page.next }
}

/** Together, so that their commits share a sync. */
async function moveAll(
  work: JobWork,
  run: MigrationRun,
  versions: Versions,
  jobs: readonly string[],
  log: Log,
): Promise<void> {
  const told = await Promise.all(
    jobs.map((id) => work.turns.take(id, () => moveOne(work, run, versions, id, log))),
  )
  const moves = told.filter((result) => result !== undefined)
  if (moves.length > 0) await work.deps.store.commit({ changes: [], outbox: [], moves })
}

/** What is still to be written down; nothing where it was written with the job. */
async function moveOne(
  work: JobWork,
  run: MigrationRun,
  versions: Versions,
  id: string,
  log: Log,
): Promise<MoveResult | undefined> {
  for (let tries = 1; ; tries += 1) {
    const job = await work.deps.store.load(id)
    if (job === undefined) return undefined
    const judged = await judge(work, run, versions, job, log)
    if (judged.prepared === undefined || run.dryRun) return judged.result
    try {
      await work.commit(judged.prepared.changes, { moves: [judged.result] })
      return undefined
    } catch (error) {
      if (!(error instanceof SeqConflict) || tries >= MOST_TRIES) throw error
    }
  }
}

type Judged = { result: MoveResult; prepared?: Prepared }

async function judge(
  work: JobWork,
  run: MigrationRun,
  { from, to }: Versions,
  job: Job,
  log: Log,
): Promise<Judged> {
  const result = (outcome: MoveResult['outcome'], notes: Reason[], after?: Prepared): MoveResult => ({
    run: run.id,
    job: job.id,
    outcome,
    from: activeOf(from, job, run),
    ...(after === undefined ? {} : { to: after.entry.active }),
    notes,
    seq: after === undefined || run.dryRun ? job.seq : after.job.seq,
    at: new Date(work.deps.now()).toISOString(),
  })
  if (job.status !== 'active' || job.process !== run.process || job.version !== run.from)
    return { result: result('passed', []) }
  const command = {
    kind: 'migrate' as const,
    version: run.to,
    hash: to.hash,
    mapping: run.mapping,
    run: run.id,
  }
  try {
    const { prepared, notes } = await work.prepareMove(job, from, to, command, run.actor)
    if (prepared === undefined) return { result: result('refused', notes) }
    return { result: result('moved', notes, prepared), prepared }
  } catch (error) {
    return { result: result('refused', [fault(error, job, log)]) }
  }
}

/** Of a job on another version nothing is told but that. */
const activeOf = (from: Compiled, job: Job, run: MigrationRun): string[] =>
  job.process === run.process && job.version === run.from ? viewOf(from, job).active : []

/** What the move would have started cannot be; or the fault is ours, and is one job's alone. */
function fault(error: unknown, job: Job, log: Log): Reason {
  if (error instanceof ApiProblem) {
    const { detail } = error
    const message =
      typeof detail === 'object' ? detail : { en: detail ?? error.code, zh: detail ?? error.code }
    return { code: error.code, message }
  }
  log.error({ job: job.id, error }, 'a job could not be judged for its move')
  return {
    code: 'internal',
    message: { en: 'Something went wrong here; it was logged', zh: '服务器内部出错，已记入日志' },
  }
}
