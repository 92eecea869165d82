/**
 * Attempts: somebody rehearses a scenario, step by step, and the server counts what it was worth.
 *
 * Promises: an attempt keeps the scenario, the version, the calendars and the chance it began with; one change of an attempt at
 * a time; whoever watches is told of each.
 * Must not: decide what a step does or what a run is worth (`machines/simulate`).
 */
import type { Actor } from '../../machines/advance/job.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import type { Act, Scenario } from '../../machines/simulate/scenario.ts'
import type {
  AddSteps,
  AttemptPage,
  AttemptView,
  FinishAttempt,
  StartAttempt,
  StepsAdded,
} from '../../machines/wire/training.ts'
import { may } from '../access/policy.ts'
import { Turns } from '../jobs/turns.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { AttemptQuery, AttemptRecord, StoredAttempt, TrainingStore } from '../store/training-port.ts'
import { createAttemptEnds } from './attempt-ends.ts'
import { AttemptRuns, begun } from './attempt-runs.ts'
import { createAttemptSteps } from './attempt-steps.ts'
import { namesOf, summaryOf, viewOf } from './attempt-views.ts'
import type { Grant } from './certificates.ts'
import { requireSound } from './sound.ts'
import { attemptKey, sessionKey, type TrainingBell } from './training-bell.ts'

const IDLE_MS = 24 * 3600 * 1000
const SWEEP = 100

export type KeptScenario = { revision: number; scenario: Scenario }
/** What an attempt is made for. `present`: he is in this session already, by this attempt. */
export type Purpose = { assignment?: string; session?: string; present?: string }
export type AttemptDeps = {
  store: TrainingStore
  library: Library
  /** As it is in the library now. */
  scenario(id: string): Promise<KeptScenario | undefined>
  /** What the attempt is for. Problems: assignment-not-found, assignment-other, session-not-found, session-closed. */
  purpose(body: StartAttempt, by: Actor): Promise<Purpose>
  grant: Grant
  bell: TrainingBell
  engine: string
  /** The server's time. */
  now(): number
  /** Real time. */
  wallNow(): number
  newId(): string
  /** A whole number of 32 bits by chance. */
  newSeed(): number
}

export type AttemptsPort = {
  /** Problems: scenario-not-found, scenario-cannot-start, process-not-found, version-not-found; those of `purpose`. */
  start(body: StartAttempt, by: Actor): Promise<AttemptView>
  /** One's own, or anybody's for those entitled to results. Problems: attempt-not-found. */
  get(id: string, by: Actor): Promise<AttemptView>
  /** As `get`, as it is stored. */
  stored(id: string, by: Actor): Promise<StoredAttempt>
  /** Newest first. One's own, where one is not entitled to all. Throws `BadCursor`. */
  list(query: AttemptQuery, by: Actor): Promise<AttemptPage>
  /** Problems: attempt-not-found, and those of `AttemptSteps`. */
  addSteps(id: string, body: AddSteps, by: Actor): Promise<StepsAdded>
  /** By a trainer. Problems: as `addSteps`. */
  throwIn(id: string, act: Act): Promise<StepsAdded>
  /** Problems: attempt-not-found, and those of `AttemptEnds`. */
  finish(id: string, body: FinishAttempt, by: Actor): Promise<AttemptView>
  /** Closes what was left open for a day; returns how many. */
  sweep(): Promise<number>
}

export function createAttempts(deps: AttemptDeps): AttemptsPort {
  const { store, library, engine, bell } = deps
  const runs = new AttemptRuns(library, store)
  const steps = createAttemptSteps({ ...deps, runs })
  const ends = createAttemptEnds({ ...deps, runs })
  const turns = new Turns()
  const iso = (ms: number): string => new Date(ms).toISOString()

  async function found(id: string): Promise<StoredAttempt> {
    const stored = await store.attempt(id)
    if (stored === undefined) throw problem('attempt-not-found')
    return stored
  }
  /** Whose it is not learns nothing of it. */
  async function own(id: string, by: Actor): Promise<StoredAttempt> {
    const stored = await found(id)
    if (stored.record.person !== by.id) throw problem('attempt-not-found')
    return stored
  }
  async function seen(id: string, by: Actor): Promise<StoredAttempt> {
    return may(by.roles, 'training:results') ? found(id) : own(id, by)
  }
  const view = (stored: StoredAttempt, by: Actor): Promise<AttemptView> =>
    viewOf({ runs, library, engine }, stored, stored.record.person === by.id)

  function changed({ id, session }: Pick<AttemptRecord, 'id' | 'session'>): void {
    bell.ring(attemptKey(id), { attempt: id })
    if (session !== undefined) bell.ring(sessionKey(session), { attempt: id })
  }
  /** One at a time, and told whatever came of it. */
  const change = <Result>(id: string, work: (stored: StoredAttempt) => Promise<Result>, by?: Actor) =>
    turns.take(id, async () => {
      const stored = by === undefined ? await found(id) : await own(id, by)
      try {
        return await work(stored)
      } finally {
        changed(stored.record)
      }
    })

  async function start(body: StartAttempt, by: Actor): Promise<AttemptView> {
    const kept = await deps.scenario(body.scenario)
    if (kept === undefined) throw problem('scenario-not-found')
    const { present, ...purpose } = await deps.purpose(body, by)
    if (present !== undefined) return view(await own(present, by), by)
    const { scenario, revision } = kept
    const { version, compiled } = await requireSound(library, scenario)
    const { calendarSet } = await library.settings()
    const { mode } = body
    const seed = deps.newSeed()
    const sim = begun({ scenario, compiled, version, calendars: calendarSet, seed, mode })
    const at = iso(deps.now())
    const record: AttemptRecord = {
      id: deps.newId(),
      scenario: scenario.id,
      revision,
      content: hashOf(scenario),
      title: scenario.title,
      process: scenario.process,
      version,
      hash: compiled.hash,
      calendars: calendarSet.hash,
      engine,
      seed,
      mode,
      person: by.id,
      ...purpose,
      status: 'open',
      startedAt: at,
      begunAt: iso(deps.wallNow()),
      activeAt: at,
    }
    await store.createAttempt(record, scenario)
    runs.keep(record.id, { scenario, setup: sim.setup, sim })
    changed(record)
    return view({ record, steps: [] }, by)
  }

  return {
    start,
    stored: seen,
    get: async (id, by) => view(await seen(id, by), by),
    list: async (query, by) => {
      const mayAll = may(by.roles, 'training:results')
      if (!mayAll && (query.person ?? by.id) !== by.id) throw problem('forbidden')
      const { attempts, next } = await store.attempts(mayAll ? query : { ...query, person: by.id })
      const names = await namesOf(library)
      return {
        attempts: attempts.map((record) => summaryOf(record, names)),
        ...(next === undefined ? {} : { next }),
      }
    },
    addSteps: (id, body, by) => change(id, (stored) => steps.add(stored, body), by),
    throwIn: (id, act) => change(id, (stored) => steps.throwIn(stored, act)),
    finish: async (id, body, by) => {
      await change(id, (stored) => ends.finish(stored, body), by)
      return view(await found(id), by)
    },
    sweep: async () => {
      const ids = await store.idle(iso(deps.now() - IDLE_MS), SWEEP)
      for (const id of ids) await change(id, ends.leave)
      return ids.length
    },
  }
}
