/**
 * A run made again from its steps, and a scenario's known runs held against what it says of them: what makes scenarios tests.
 *
 * Promises: a step that is not possible any more is told with its place, not thrown.
 * Must not: know where the process came from.
 */
import type { Reason } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { begin, take } from './run.ts'
import type { KnownRun, Scenario, Step } from './scenario.ts'
import { scoreOf } from './score.ts'
import type { ScoreCard } from './score-card.ts'
import type { Setup, Sim, SimFault } from './sim.ts'
import { activeOf, statesOf } from './standing.ts'

export type Rerun =
  | { ok: true; sim: Sim }
  /** `step` -1: it could not begin. */
  | { ok: false; step: number; fault: SimFault; reasons: readonly Reason[]; sim?: Sim }

/** The same run again. */
export function replaySteps(setup: Setup, steps: readonly Step[]): Rerun {
  const begun = begin(setup)
  if (!begun.ok) return { ok: false, step: -1, fault: begun.fault, reasons: begun.reasons }
  let { sim } = begun
  for (const [index, step] of steps.entries()) {
    const taken = take(sim, step)
    if (!taken.ok) return { ok: false, step: index, fault: taken.fault, reasons: taken.reasons, sim }
    sim = taken.sim
  }
  return { ok: true, sim }
}

export type Expectations = KnownRun['expect']
export type RunResult = {
  scenario: string
  run: string
  /** It came out as the scenario says. */
  ok: boolean
  expected: Expectations
  /** What came of it; absent where it could not begin. */
  found?: Expectations & { points: number }
  fault?: { step: number; why: SimFault; reasons: readonly Reason[] }
}

/** What a run came to, in the terms of `expect`. */
export function outcomeOf(sim: Sim, card: ScoreCard): Expectations {
  return {
    passed: card.passed,
    status: sim.job.status,
    active: [...activeOf(sim)],
    broken: card.norms
      .filter(({ result }) => result === 'broken' || result === 'late' || result === 'tried')
      .map(({ norm }) => norm),
  }
}

/** States may be named by their parents, and regions that do not matter left out. */
const same = (expected: Expectations, found: Expectations): boolean => {
  const states = statesOf(found.active)
  return (
    expected.passed === found.passed &&
    expected.status === found.status &&
    expected.active.every((path) => states.has(path)) &&
    [...expected.broken].sort().join() === [...found.broken].sort().join()
  )
}

/** All known runs of a scenario, as examinations. `compiled`: a version or a draft. */
export function checkRuns(
  scenario: Scenario,
  compiled: Compiled,
  version: number,
  calendars: CalendarSet,
): RunResult[] {
  const setup: Setup = { scenario, compiled, version, calendars, seed: scenario.seed, mode: 'examination' }
  return Object.entries(scenario.runs).map(([run, known]) => {
    const again = replaySteps(setup, known.steps)
    const { sim } = again
    const card = sim === undefined ? undefined : scoreOf(sim)
    const found =
      sim === undefined || card === undefined
        ? {}
        : { found: { ...outcomeOf(sim, card), points: card.points } }
    const fault = again.ok ? {} : { fault: { step: again.step, why: again.fault, reasons: again.reasons } }
    const ok = again.ok && found.found !== undefined && same(known.expect, found.found)
    return { scenario: scenario.id, run, ok, expected: known.expect, ...found, ...fault }
  })
}
