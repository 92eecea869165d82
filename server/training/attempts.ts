/**
 * Attempts: somebody rehearses a scenario, step by step, and the server counts what it was worth.
 *
 * Promises: a step is durable before it is acknowledged; a repeat of the same steps changes nothing; what counts is what the
 * server has replayed itself from the steps. An examination goes forward only, no faster than a page can, and ends once.
 * Must not: decide what a step does (`machines/simulate`), or trust a figure that was sent.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../machines/advance/job.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import type { Act, Scenario, Step } from '../../machines/simulate/scenario.ts'
import { scoreOf } from '../../machines/simulate/score.ts'
import type { ScoreCard } from '../../machines/simulate/score-card.ts'
import type { Sim } from '../../machines/simulate/sim.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type {
  AddSteps,
  AttemptPage,
  AttemptView,
  FinishAttempt,
  StartAttempt,
  StepsAdded,
} from '../../machines/wire/training.ts'
import { may } from '../access/policy.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { Turns } from '../jobs/turns.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { AttemptEnd, AttemptQuery, StoredAttempt, TrainingStore } from '../store/training-port.ts'
import { AttemptRuns, begun, gone, replayed } from './attempt-runs.ts'
import { namesOf, summaryOf, viewOf } from './attempt-views.ts'
import type { Grant } from './certificates.ts'
import { mergeSteps } from './step-merge.ts'
import { tallyOf } from './tally.ts'

/** More than any run has; each is replayed again and again. */
const MOST_STEPS = 2000
/** Of all steps of an attempt, as JSON. */
const MOST_BYTES = 2 * 1024 * 1024
/** The fastest a page runs. */
const FASTEST = 600
/** What a connection may hold back and let through at once. */
const SLACK_MS = 10_000
const IDLE_MS = 24 * 3600 * 1000
const SWEEP = 100

export type KeptScenario = { revision: number; scenario: Scenario }
export type AttemptDeps = {
  store: TrainingStore
  library: Library
  /** As it is in the library now. */
  scenario(id: string): Promise<KeptScenario | undefined>
  engine: string
  /** The server's time. */
  now(): number
  /** Real time. */
  wallNow(): number
  newId(): string
  /** A whole number of 32 bits by chance. */
  newSeed(): number
  /** The assignment it is for. Problems: assignment-not-found, assignment-other. */
  assignment(body: StartAttempt, by: Actor): Promise<string | undefined>
  grant: Grant
}

export type AttemptsPort = {
  /** Problems: scenario-not-found, scenario-cannot-start, process-not-found, version-not-found; those of `assignment`. */
  start(body: StartAttempt, by: Actor): Promise<AttemptView>
  /** One's own, or anybody's for those entitled to results. Problems: attempt-not-found. */
  get(id: string, by: Actor): Promise<AttemptView>
  /** Newest first. One's own, where one is not entitled to all. Problems: bad-cursor by the store's `BadCursor`. */
  list(query: AttemptQuery, by: Actor): Promise<AttemptPage>
  /** Problems: attempt-not-found, attempt-closed, attempt-behind, step-impossible, attempt-too-fast, attempt-too-long. */
  addSteps(id: string, body: AddSteps, by: Actor): Promise<StepsAdded>
  /** Problems: attempt-not-found, attempt-closed, attempt-forged, attempt-unreplayable. */
  finish(id: string, body: FinishAttempt, by: Actor): Promise<AttemptView>
  /** Closes what was left open for a day; returns how many. */
  sweep(): Promise<number>
}

export function createAttempts(deps: AttemptDeps): AttemptsPort {
  const { store, library, engine } = deps
  const runs = new AttemptRuns(library, store)
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
  const view = (stored: StoredAttempt, by: Actor): Promise<AttemptView> =>
    viewOf({ runs, library, engine }, stored, stored.record.person === by.id)

  async function start(body: StartAttempt, by: Actor): Promise<AttemptView> {
    const kept = await deps.scenario(body.scenario)
    if (kept === undefined) throw problem('scenario-not-found')
    const { scenario, revision } = kept
    const { version, compiled } = await processVersion(library, scenario.process, scenario.version)
    const { calendarSet } = await library.settings()
    const assignment = await deps.assignment(body, by)
    const seed = deps.newSeed()
    const { mode } = body
    const sim = begun({ scenario, compiled, version, calendars: calendarSet, seed, mode })
    const at = iso(deps.now())
    const record: StoredAttempt['record'] = {
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
      ...(assignment === undefined ? {} : { assignment }),
      status: 'open',
      startedAt: at,
      begunAt: iso(deps.wallNow()),
      activeAt: at,
    }
    await store.createAttempt(record, scenario)
    runs.keep(record.id, { scenario, setup: sim.setup, sim })
    return view({ record, steps: [] }, by)
  }

  /** What only a trainer does, unless he did it in this attempt before. */
  function requireOwnDoing(steps: readonly Step[], thrown: readonly Act[], index: number): void {
    for (const [at, { what }] of steps.entries())
      if (what.do === 'happen' && !thrown.some((act) => isDeepStrictEqual(act, what.act)))
        throw problem('step-impossible', { index: index + at, fault: 'not-in-this-mode', reasons: [] })
  }

  function requirePace({ record }: StoredAttempt, sim: Sim): void {
    if (record.mode !== 'examination') return
    const real = deps.wallNow() - Date.parse(record.begunAt) + SLACK_MS
    if (sim.now - sim.startedAt > real * FASTEST) throw problem('attempt-too-fast')
  }

  async function addSteps(id: string, body: AddSteps, by: Actor): Promise<StepsAdded> {
    const stored = await own(id, by)
    const { record, steps: present } = stored
    if (record.status !== 'open') throw problem('attempt-closed')
    const { scenario, setup, sim } = await runs.live(record, present)
    const told = (run: Sim): StepsAdded => ({
      count: run.steps.length,
      ...(run.over === undefined ? {} : { over: run.over.why }),
    })
    const merged = mergeSteps(present, body, record.mode === 'practice')
    if (merged.is === 'behind') throw problem('attempt-behind', { ...told(sim), steps: present })
    if (merged.is === 'repeat') return told(sim)
    const { keep, add } = merged
    requireOwnDoing(add, record.thrown ?? [], keep)
    if (keep + add.length > MOST_STEPS) throw problem('attempt-too-long')
    const base = keep === present.length ? sim : replayed(setup, present.slice(0, keep))
    const next = gone(base, add)
    requirePace(stored, next)
    if (JSON.stringify(next.steps).length > MOST_BYTES) throw problem('attempt-too-long')
    await keepSteps(stored, next, keep)
    runs.keep(id, { scenario, setup, sim: next })
    return told(next)
  }

  async function keepSteps({ record, steps }: StoredAttempt, next: Sim, from: number): Promise<void> {
    const written = await store.changeSteps(record.id, {
      expected: steps.length,
      from,
      steps: next.steps.slice(from),
      activeAt: iso(deps.now()),
    })
    if (written) return
    runs.drop(record.id)
    throw problem('attempt-behind', { count: steps.length, steps })
  }

  /** Counted from the first step to the last, whatever is held in memory. */
  async function counted({ record, steps }: StoredAttempt): Promise<{ sim: Sim; card: ScoreCard }> {
    const setup = await runs.setupOf(record, await runs.scenarioOf(record))
    const sim = replayed(setup, steps)
    return { sim, card: scoreOf(sim) }
  }

  async function tallied(sim: Sim, card: ScoreCard, endedAt: string) {
    const { timeZone } = (await library.settings()).value
    return tallyOf(sim, card, dayAt(endedAt, timeZone))
  }

  async function close({ record }: StoredAttempt, end: AttemptEnd): Promise<void> {
    if (!(await store.endAttempt(record.id, end))) throw problem('attempt-closed')
    runs.drop(record.id)
  }

  /** By what it is worth, and what follows from that. */
  async function closeCounted(stored: StoredAttempt, { sim, card }: { sim: Sim; card: ScoreCard }) {
    const endedAt = iso(deps.now())
    const { mode, person } = stored.record
    const { grants } = sim.setup.scenario
    // First, since it harms nothing twice: were it second, a crash between the two could lose it.
    const certificate =
      mode === 'examination' && card.passed && grants !== undefined
        ? await deps.grant(person, grants)
        : undefined
    await close(stored, {
      status: card.passed ? 'passed' : 'failed',
      endedAt,
      points: card.points,
      card,
      ...(certificate === undefined ? {} : { certificate }),
      tally: await tallied(sim, card, endedAt),
    })
  }

  async function finish(id: string, { claimed }: FinishAttempt, by: Actor): Promise<AttemptView> {
    const stored = await own(id, by)
    const isClaimed = ({ points, passed }: ScoreCard): boolean =>
      claimed === undefined || (claimed.points === points && claimed.passed === passed)
    if (stored.record.status !== 'open') {
      // The answer to the first finish may have been lost on the way.
      if (stored.card !== undefined && stored.record.status !== 'void' && isClaimed(stored.card))
        return view(stored, by)
      throw problem('attempt-closed')
    }
    const result = await counted(stored)
    // A page of another release may count otherwise and mean no harm.
    if (stored.record.engine === engine && !isClaimed(result.card)) {
      await close(stored, { status: 'void', endedAt: iso(deps.now()), card: result.card })
      const { points, passed } = result.card
      throw problem('attempt-forged', { claimed, counted: { points, passed } })
    }
    await closeCounted(stored, result)
    return view(await found(id), by)
  }

  /** An examination that was over is counted: going away does not undo a fault. */
  async function leave(id: string): Promise<void> {
    const stored = await found(id)
    if (stored.record.status !== 'open') return
    const endedAt = iso(deps.now())
    const result = await counted(stored).catch(() => undefined)
    if (result === undefined) return close(stored, { status: 'void', endedAt })
    const { sim, card } = result
    if (stored.record.mode === 'examination' && sim.over !== undefined) return closeCounted(stored, result)
    await close(stored, { status: 'left', endedAt, card, tally: await tallied(sim, card, endedAt) })
  }

  return {
    start,
    get: async (id, by) => {
      const stored = await found(id)
      if (stored.record.person !== by.id && !may(by.roles, 'training:results'))
        throw problem('attempt-not-found')
      return view(stored, by)
    },
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
    addSteps: (id, body, by) => turns.take(id, () => addSteps(id, body, by)),
    finish: (id, body, by) => turns.take(id, () => finish(id, body, by)),
    sweep: async () => {
      const ids = await store.idle(iso(deps.now() - IDLE_MS), SWEEP)
      for (const id of ids) await turns.take(id, () => leave(id))
      return ids.length
    },
  }
}
