/**
 * Moves of many jobs to another version: begun, carried on in small batches, stopped, resumed, looked at.
 *
 * Promises: each job is moved whole or not at all, on its present seq, with its outcome in the same commit; one that
 * changed meanwhile is judged as it stands then. A run is a record: after a stop, a restart or a power cut it goes
 * on. Other work goes on between the batches. One run of a process moves jobs at a time; dry runs move none.
 * Must not: decide where a job goes (`machines/migrate`), or know HTTP.
 */
import { checkMapping } from '../../machines/migrate/check-mapping.ts'
import type {
  MigrationDetail,
  MigrationView,
  MovedJobs,
  StartMigration,
} from '../../machines/wire/migrations.ts'
import { type Asker, actorAt } from '../access/scope.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { MigrationFilter, MigrationRun, MoveCount, MoveOutcome } from '../store/migration-port.ts'
import type { JobWork } from './job-work.ts'
import { carryOn } from './migration-run.ts'
import type { Log } from './outbox.ts'
import { processVersion } from './process-versions.ts'

type ResultQuery = { after?: string; limit: number; outcome?: MoveOutcome; state?: string }
export type MigrationsPort = {
  /** Problems: process-not-found, version-not-found, mapping-invalid, migration-running. */
  begin(process: string, body: StartMigration, actor: Asker, dryRun: boolean): Promise<MigrationDetail>
  /** Newest first. */
  list(process: string): Promise<MigrationView[]>
  /** Problems: migration-not-found, also below. */
  get(process: string, id: string): Promise<MigrationDetail>
  results(process: string, id: string, query: ResultQuery): Promise<MovedJobs>
  /** Resolves when nothing more is moved. Problems: migration-over. */
  stop(process: string, id: string): Promise<MigrationDetail>
  /** Problems: migration-over, migration-running. */
  resume(process: string, id: string): Promise<MigrationDetail>
}
export type Migrations = MigrationsPort & {
  /** Carries on what was under way when the server stopped. */
  start(): Promise<void>
  /** For the server's stop: what is under way stays so, and goes on after the next start. */
  halt(): Promise<void>
  /** Resolves when no run is under way. */
  idle(): Promise<void>
}

/** Dry runs are for looking at; these many of a process are kept. */
const DRY_RUNS_KEPT = 5

export function createMigrations(work: JobWork, log: Log): Migrations {
  const { store, library } = work.deps
  const underWay = new Map<string, { halted: AbortController; ended: Promise<void> }>()
  const now = () => new Date(work.deps.now()).toISOString()

  async function find(process: string, id: string): Promise<MigrationRun> {
    const run = await store.migration(id)
    if (run === undefined || run.process !== process) throw problem('migration-not-found')
    return run
  }

  function launch(run: MigrationRun): void {
    const halted = new AbortController()
    const ended = carryOn(work, run, halted.signal, log).finally(() => underWay.delete(run.id))
    underWay.set(run.id, { halted, ended })
  }

  async function halt(id: string): Promise<void> {
    const running = underWay.get(id)
    running?.halted.abort()
    await running?.ended
  }

  async function requireNone(process: string): Promise<void> {
    const other = (await store.migrations(process)).find(
      ({ status, dryRun }) => status === 'running' && !dryRun,
    )
    if (other !== undefined) throw problem('migration-running', { migration: other.id })
  }

  async function concerned({ process, from, filter: { jobs, ...filter } }: MigrationRun): Promise<number> {
    if (jobs !== undefined) return jobs.length
    return (await store.count({ ...filter, process, version: from, status: 'active' })).total
  }

  async function forgetOldDryRuns(process: string): Promise<void> {
    const old = (await store.migrations(process)).filter(({ dryRun, id }) => dryRun && !underWay.has(id))
    for (const { id } of old.slice(DRY_RUNS_KEPT)) await store.forgetMigration(id)
  }

  async function view(run: MigrationRun): Promise<MigrationDetail> {
    const counts = await store.moveCounts(run.id)
    const { actor, cursor: _cursor, error: _error, ...told } = run
    return { ...told, by: actor.id, counts: total(counts), states: byState(counts) }
  }

  return {
    // One at a time per process: of two that begin together one finds the other.
    begin: (process, body, actor, dryRun) =>
      work.turns.take(`migrations of ${process}`, async () => {
        const from = await processVersion(library, process, body.from)
        const to = await processVersion(library, process, body.to)
        const mapping = body.mapping ?? {}
        const errors = [
          ...(from.version === to.version
            ? [{ pointer: '/to', message: { en: 'is the version they are on', zh: '与原版本相同' } }]
            : []),
          ...checkMapping(from.compiled, to.compiled, mapping).map(({ pointer, message }) => ({
            pointer: `/mapping${pointer}`,
            message,
          })),
        ]
        if (errors.length > 0) throw problem('mapping-invalid', { errors })
        if (dryRun) await forgetOldDryRuns(process)
        else await requireNone(process)
        const at = now()
        const begun: MigrationRun = {
          id: work.deps.newId(),
          process,
          from: from.version,
          to: to.version,
          mapping,
          filter: utc(body.filter ?? {}),
          dryRun,
          ...(body.note === undefined ? {} : { note: body.note }),
          actor: actorAt(actor, { process }),
          startedAt: at,
          updatedAt: at,
          status: 'running',
          total: 0,
        }
        const run = { ...begun, total: await concerned(begun) }
        await store.saveMigration(run)
        launch(run)
        return view(run)
      }),

    list: async (process) => {
      const runs = await store.migrations(process)
      return Promise.all(
        runs.map(async (run) => {
          const { states: _states, ...told } = await view(run)
          return told
        }),
      )
    },

    get: async (process, id) => view(await find(process, id)),

    results: async (process, id, { limit, ...query }) => {
      await find(process, id)
      // One more than asked for tells whether there is a next page.
      const found = await store.moveResults({ run: id, limit: limit + 1, ...query })
      const jobs = found.slice(0, limit).map(({ run: _run, ...told }) => told)
      const last = jobs.at(-1)
      return found.length > limit && last !== undefined ? { jobs, next: last.job } : { jobs }
    },

    stop: async (process, id) => {
      const { status } = await find(process, id)
      if (status !== 'running') throw problem('migration-over', { status })
      await halt(id)
      const left = await find(process, id)
      // It may have come to its end meanwhile.
      if (left.status === 'running')
        await store.saveMigration({ ...left, status: 'stopped', updatedAt: now() })
      return view(await find(process, id))
    },

    resume: (process, id) =>
      work.turns.take(`migrations of ${process}`, async () => {
        const { error: _error, ...run } = await find(process, id)
        if (run.status !== 'stopped' && run.status !== 'failed')
          throw problem('migration-over', { status: run.status })
        if (!run.dryRun) await requireNone(process)
        const again: MigrationRun = { ...run, status: 'running', updatedAt: now() }
        await store.saveMigration(again)
        launch(again)
        return view(again)
      }),

    start: async () => {
      for (const run of await store.migrations()) if (run.status === 'running') launch(run)
    },
    halt: async () => {
      await Promise.all([...underWay.keys()].map(halt))
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ ended }) => ended))
    },
  }
}

/** Times as the store compares them: UTC with milliseconds. */
function utc(filter: MigrationFilter): MigrationFilter {
  const times = Object.entries({ createdFrom: filter.createdFrom, createdTo: filter.createdTo }).flatMap(
    ([name, time]) => {
      if (time === undefined) return []
      const ms = Date.parse(time)
      if (Number.isNaN(ms))
        throw problem('body-invalid', {
          errors: [wrongAt(`/filter/${name}`, 'must be a date-time', '须为日期时间')],
        })
      return [[name, new Date(ms).toISOString()] as const]
    },
  )
  return { ...filter, ...Object.fromEntries(times) }
}

const none = (): Record<MoveOutcome, number> => ({ moved: 0, refused: 0, passed: 0 })

function total(counts: readonly MoveCount[]): Record<MoveOutcome, number> {
  const sum = none()
  for (const { outcome, n } of counts) sum[outcome] += n
  return sum
}

function byState(counts: readonly MoveCount[]): MigrationDetail['states'] {
  const states = new Map<string, Record<MoveOutcome, number>>()
  for (const { outcome, from, n } of counts)
    for (const path of from) {
      const sum = states.get(path) ?? none()
      sum[outcome] += n
      states.set(path, sum)
    }
  return [...states].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => ({ path, ...sum }))
}
