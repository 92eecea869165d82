/**
 * Steps of attempts under way: the trainee's own, and what a trainer who watches throws in.
 *
 * Promises: a step is durable before it is acknowledged; the same steps again change nothing; an examination goes forward
 * only, and no faster than a page can. To be called one at a time for an attempt.
 * Must not: decide what a step does (`machines/simulate`).
 */
import { isDeepStrictEqual } from 'node:util'
import { type Act, type Step, TRAINEE } from '../../machines/simulate/scenario.ts'
import type { Sim, SimFault } from '../../machines/simulate/sim.ts'
import { lengthOf } from '../../machines/simulate/standing.ts'
import type { AddSteps, StepsAdded } from '../../machines/wire/training.ts'
import { problem } from '../problem-details.ts'
import type { StoredAttempt, TrainingStore } from '../store/training-port.ts'
import { type AttemptRuns, gone, replayed } from './attempt-runs.ts'
import { type Merged, mergeSteps } from './step-merge.ts'

/** More than any run has; each is replayed again and again. */
const MOST_STEPS = 2000
/** Of all steps of an attempt, as JSON. */
const MOST_BYTES = 2 * 1024 * 1024
/** The fastest a page runs. */
const FASTEST = 600
/** Between two steps. */
const LONGEST_MS = 100 * 24 * 3600 * 1000
/** What a connection may hold back and let through at once. */
const SLACK_MS = 10_000

type StepDeps = { store: TrainingStore; runs: AttemptRuns; now(): number; wallNow(): number }
export type AttemptSteps = {
  /** Problems: attempt-closed, attempt-behind, step-impossible, attempt-too-fast, attempt-too-long. */
  add(stored: StoredAttempt, body: AddSteps): Promise<StepsAdded>
  /** Problems: attempt-closed, step-impossible, attempt-too-long. */
  throwIn(stored: StoredAttempt, act: Act): Promise<StepsAdded>
}

export function createAttemptSteps({ store, runs, now, wallNow }: StepDeps): AttemptSteps {
  function requirePace({ record }: StoredAttempt, sim: Sim): void {
    if (record.mode !== 'examination') return
    const real = wallNow() - Date.parse(record.begunAt) + SLACK_MS
    // The clock was set back under the examination: how long it has taken cannot be told.
    if (real < 0) return
    if (sim.now - sim.startedAt > real * FASTEST) throw problem('attempt-too-fast')
  }

  async function keep({ record, steps }: StoredAttempt, next: Sim, from: number, thrown?: Act) {
    if (next.steps.length > MOST_STEPS || JSON.stringify(next.steps).length > MOST_BYTES)
      throw problem('attempt-too-long')
    const written = await store.changeSteps(record.id, {
      expected: steps.length,
      from,
      steps: next.steps.slice(from),
      activeAt: new Date(now()).toISOString(),
      ...(thrown === undefined ? {} : { thrown }),
    })
    if (written) return
    runs.drop(record.id)
    throw problem('attempt-behind', { count: steps.length, steps })
  }

  return {
    add: async (stored, body) => {
      const { record, steps: present } = stored
      if (record.status !== 'open') throw problem('attempt-closed')
      const live = await runs.live(record, present)
      const back = record.mode === 'practice'
      const merged = mergeSteps(present, body, back)
      // What is sent after the end is left out, so nothing is missing.
      const isAfter = live.sim.over !== undefined && (!back || isOn(merged, present.length))
      if (merged.is === 'repeat' || isAfter) return told(live.sim)
      if (merged.is === 'behind') throw problem('attempt-behind', { ...told(live.sim), steps: present })
      const { keep: from, add } = merged
      requirePossible(live.sim, add, record.thrown ?? [], from)
      if (from + add.length > MOST_STEPS) throw problem('attempt-too-long')
      const base = from === present.length ? live.sim : replayed(live.setup, present.slice(0, from))
      const next = gone(base, add)
      requirePace(stored, next)
      await keep(stored, next, from)
      runs.keep(record.id, { ...live, sim: next })
      return told(next)
    },
    throwIn: async (stored, act) => {
      const { record, steps: present } = stored
      if (record.status !== 'open') throw problem('attempt-closed')
      const live = await runs.live(record, present)
      const index = present.length
      if (live.sim.over !== undefined) throw problem('step-impossible', { index, fault: 'over', reasons: [] })
      requireKnown(live.sim, act, index)
      const next = gone(live.sim, [{ what: { do: 'happen', act } }])
      await keep(stored, next, index, act)
      runs.keep(record.id, { ...live, sim: next })
      return told(next)
    },
  }
}

/** It goes on where the others end. */
const isOn = (merged: Merged, count: number): boolean => merged.is === 'go' && merged.keep === count

const told = (sim: Sim): StepsAdded => ({
  count: sim.steps.length,
  ...(sim.over === undefined ? {} : { over: sim.over.why }),
})

/** Nobody waits for years, sends what the process does not have, or does what only a trainer does, unless he did it in this attempt before. */
function requirePossible(
  { compiled }: Sim,
  steps: readonly Step[],
  thrown: readonly Act[],
  index: number,
): void {
  for (const [at, { what, after }] of steps.entries()) {
    const impossible = (fault: SimFault) =>
      problem('step-impossible', { index: index + at, fault, reasons: [] })
    if (after !== undefined && lengthOf(after) > LONGEST_MS) throw impossible('bad-time')
    const isUnknown =
      what.do === 'event'
        ? !Object.hasOwn(compiled.definition.schemas.events, what.type)
        : (what.do === 'tick' || what.do === 'untick') && !compiled.items.has(what.item)
    if (isUnknown) throw impossible('not-offered')
    if (what.do === 'happen' && !thrown.some((act) => isDeepStrictEqual(act, what.act)))
      throw impossible('not-in-this-mode')
  }
}

/** Nobody acts who is not in the scenario. */
function requireKnown({ setup }: Sim, act: Act, index: number): void {
  const by = 'by' in act ? act.by : undefined
  if (by === undefined || by === TRAINEE || Object.hasOwn(setup.scenario.cast, by)) return
  throw problem('step-impossible', { index, fault: 'not-offered', reasons: [] })
}
