/**
 * The steps that every change of a job goes through: load, advance, start what it starts, commit, tell.
 *
 * Promises: a job and all that its command started are committed together or not at all (E3); nobody is told
 * before the commit (E1, E6).
 * Must not: know HTTP, or decide whether a command is allowed (`machines/advance`).
 */
import { advance, start } from '../../machines/advance/advance.ts'
import type {
  Actor,
  Advanced,
  Certificate,
  Command,
  Entry,
  Fields,
  Job,
  Reason,
  RefusalCode,
  Surroundings,
} from '../../machines/advance/job.ts'
import { payloadOf, personsNamed } from '../../machines/advance/view.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import { type Migrate, planMove } from '../../machines/migrate/move.ts'
import { may, type Right } from '../access/policy.ts'
import { type Asker, actorAt, isLimited } from '../access/scope.ts'
import { problem, problemOfRefusal } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { Commit, JobChange, JobStore, NewOutboxItem } from '../store/port.ts'
import type { ErasedJob } from '../store/privacy-port.ts'
import type { Place } from '../store/within.ts'
import { indexJob, placeOf } from './index-job.ts'
import { noticesOf } from './notices.ts'
import { processVersion } from './process-versions.ts'
import { traceJob } from './trace-job.ts'
import { Turns } from './turns.ts'

export type JobDeps = {
  store: JobStore
  library: Library
  /** Epoch milliseconds. */
  now(): number
  /** A fresh job id. */
  newId(): string
}

/** What one commit did, for those who must be told. */
export type Committed = {
  lastChangeId: number
  nextDue?: string
  outbox: boolean
  entries: readonly Entry[]
  /** What was carried out, of which process. */
  commands: readonly { process: string; kind: Command['kind'] }[]
}

/** A command that the process does not allow. */
export type Refused = { process: string; kind: Command['kind']; code: RefusalCode }

/** A job with everything that its command brought about, not yet committed. */
export type Prepared = { job: Job; entry: Entry; compiled: Compiled; changes: JobChange[] }

/** How many jobs one command may start, one starting the next. */
const MAX_STARTED = 20

export class JobWork {
  readonly deps: JobDeps
  readonly turns = new Turns()
  readonly #listeners = new Set<(committed: Committed) => void>()
  readonly #refused = new Set<(refused: Refused) => void>()

  constructor(deps: JobDeps) {
    this.deps = deps
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told of every refusal, a dry run's as well. */
  onRefused(listener: (refused: Refused) => void): () => void {
    this.#refused.add(listener)
    return () => this.#refused.delete(listener)
  }

  /** Problems: job-not-found. */
  async load(id: string): Promise<{ job: Job; compiled: Compiled }> {
    const job = await this.deps.store.load(id)
    if (job === undefined) throw problem('job-not-found')
    const { compiled } = await processVersion(this.deps.library, job.process, job.version)
    return { job, compiled }
  }

  /**
   * As `load`, with whoever asks as the engine takes him: with the roles that hold for the job. Problems: job-not-found
   * where none of them lets him read it, so that ids cannot be probed; forbidden where none has the right.
   */
  async loadFor(
    id: string,
    asker: Asker,
    right: Right,
  ): Promise<{ job: Job; compiled: Compiled; actor: Actor }> {
    const { job, compiled } = await this.load(id)
    return { job, compiled, actor: reaching(asker, right, placeOf(compiled, job)) }
  }

  async surroundings(
    compiled: Compiled,
    job: Job | undefined,
    actor: Actor,
    payload: Fields = {},
  ): Promise<Surroundings> {
    const settings = await this.deps.library.settings()
    const people: Record<string, Certificate[]> = {}
    const named = job === undefined ? [] : personsNamed(compiled, job, payload)
    for (const id of named) people[id] = (await this.deps.library.person(id))?.certificates ?? []
    return {
      now: this.deps.now(),
      actor,
      calendars: settings.calendarSet,
      ...(named.length === 0 ? {} : { people }),
    }
  }

  /** Problems: refused and its kin; process-not-found where a started process is missing. */
  async prepareStart(
    process: string,
    version: number | undefined,
    actor: Actor,
    given: { id: string; fields: Fields; parent?: { job: string; process: string } },
  ): Promise<Prepared> {
    const found = await processVersion(this.deps.library, process, version)
    const surroundings = await this.surroundings(found.compiled, undefined, actor)
    return this.#complete(
      start(found.compiled, { ...given, version: found.version }, surroundings),
      { compiled: found.compiled, expectedSeq: 0, kind: 'start' },
      surroundings,
    )
  }

  /** Problems: refused and its kin. */
  async prepare(
    job: Job,
    compiled: Compiled,
    command: Command,
    actor: Actor,
    deviceAt?: string,
  ): Promise<Prepared> {
    const surroundings = {
      ...(await this.surroundings(compiled, job, actor, payloadOf(compiled, command))),
      ...(deviceAt === undefined ? {} : { deviceAt }),
    }
    const asked = { compiled, expectedSeq: job.seq, kind: command.kind }
    return this.#complete(advance(compiled, job, command, surroundings), asked, surroundings)
  }

  /**
   * A job put on another version, with what came of it in words; or why it cannot be. Problems: as `prepareStart`,
   * where the move starts a job.
   */
  async prepareMove(
    job: Job,
    from: Compiled,
    to: Compiled,
    command: Migrate,
    actor: Actor,
  ): Promise<{ prepared?: Prepared; notes: Reason[] }> {
    const surroundings = await this.surroundings(to, job, actor)
    const moved = planMove(from, to, job, command, surroundings)
    if (!moved.ok) return { notes: moved.refusal.reasons }
    return {
      prepared: await this.#complete(
        moved,
        { compiled: to, expectedSeq: job.seq, kind: command.kind },
        surroundings,
      ),
      notes: moved.notes,
    }
  }

  async #complete(
    advanced: Advanced,
    { compiled, expectedSeq, kind }: { compiled: Compiled; expectedSeq: number; kind: Command['kind'] },
    { actor, calendars }: Surroundings,
  ): Promise<Prepared> {
    if (!advanced.ok) {
      const { code } = advanced.refusal
      for (const listener of this.#refused) listener({ process: compiled.definition.id, kind, code })
      throw problemOfRefusal(advanced.refusal)
    }
    const { job, entry } = advanced
    const index = indexJob(compiled, job, entry.active)
    const trace = traceJob(compiled, job, entry, calendars.timeZone)
    const changes: JobChange[] = [{ job, expectedSeq, entry, index, trace }]
    for (const effect of entry.effects) {
      if (effect.type !== 'startJob') continue
      if (changes.length > MAX_STARTED) throw problem('refused', { code: 'too-many-jobs', reasons: [] })
      const { process, job: id, fields } = effect
      const parent = { job: job.id, process: job.process }
      const started = await this.prepareStart(process, undefined, actor, { id, fields, parent })
      changes.push(...started.changes)
    }
    return { job, entry, compiled, changes }
  }

  /** Commits and tells. Throws `SeqConflict`. */
  async commit(changes: JobChange[], more: Omit<Commit, 'changes' | 'outbox'> = {}): Promise<void> {
    const outbox = changes.flatMap((change) => [...messagesOf(change.entry), ...noticesOf(change)])
    await this.adopt({ changes, outbox, ...more })
  }

  /** Commits what was prepared elsewhere by the same rules, as it is, and tells. Throws `SeqConflict`. */
  async adopt(commit: Commit): Promise<void> {
    const { changeIds } = await this.deps.store.commit(commit)
    this.#tell(commit, changeIds)
  }

  /** A history put in the place of another, and told as its last entry. Throws `SeqConflict`, `JobWaits`. */
  async adoptErased(job: ErasedJob, standIn: string): Promise<void> {
    const { changeIds } = await this.deps.store.privacy.eraseJobs([job], standIn)
    this.#tell({ changes: [job.change], outbox: [] }, changeIds)
  }

  #tell(commit: Pick<Commit, 'changes' | 'outbox'>, changeIds: readonly number[]): void {
    const entries = commit.changes.map((change) => change.entry)
    const due = entries.flatMap((entry) => entry.armed.map((timer) => timer.dueAt)).sort()[0]
    const committed: Committed = {
      lastChangeId: changeIds.at(-1) ?? 0,
      outbox: commit.outbox.length > 0,
      entries,
      commands: commit.changes.map(({ job, entry }) => ({ process: job.process, kind: entry.command.kind })),
      ...(due === undefined ? {} : { nextDue: due }),
    }
    for (const listener of this.#listeners) listener(committed)
  }
}

function reaching(asker: Asker, right: Right, place: Place): Actor {
  const actor = actorAt(asker, place)
  // Whom no limit keeps out was let in by his roles already; an actor of our own (a timer) has rights to nothing.
  if (!isLimited(asker)) return actor
  if (!may(actor.roles, 'jobs:read')) throw problem('job-not-found')
  if (!may(actor.roles, right)) throw problem('forbidden', { right })
  return actor
}

/** Messages between jobs. */
const messagesOf = (entry: Entry): NewOutboxItem[] =>
  entry.effects.flatMap((effect) =>
    effect.type === 'signal' || effect.type === 'linkEnded'
      ? [{ id: effect.id, job: effect.job, kind: effect.type, body: effect, notBefore: entry.at }]
      : [],
  )
