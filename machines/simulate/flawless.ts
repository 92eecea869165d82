/**
 * What a trainer would call flawless, and a known run without what it can do without.
 *
 * Promises: what is trimmed is still flawless, and no act of it can be left out alone; the same in gives the same out.
 * Must not: look for another way than the run's own (`best-path.ts` does).
 */
import { addDuration } from '../time/duration.ts'
import { replaySteps } from './known-runs.ts'
import type { Step } from './scenario.ts'
import { scoreOf } from './score.ts'
import type { Setup, Sim } from './sim.ts'
import { durationOf } from './standing.ts'

/** Nothing broken or refused so far. */
export const isUnbroken = ({ marks, refused }: Sim): boolean =>
  refused === 0 && marks.every(({ is }) => is === 'met')

/** Passed, every expectation kept, nothing broken. */
export function isFlawless(sim: Sim): boolean {
  if (sim.over?.why !== 'job' && sim.over?.why !== 'until') return false
  const card = scoreOf(sim)
  return card.passed && isUnbroken(sim) && [...card.must, ...card.mustNot].every(({ kept }) => kept)
}

const waitOf = ({ after }: Step): number => (after === undefined ? 0 : addDuration(0, after, 'UTC'))

/** What comes after it is done when it was done before. */
function without(steps: readonly Step[], index: number): Step[] {
  const [dropped, next] = [steps[index], steps[index + 1]]
  if (dropped === undefined || next === undefined) return steps.toSpliced(index, 1)
  const wait = waitOf(dropped) + waitOf(next)
  return steps.toSpliced(index, 2, wait === 0 ? next : { ...next, after: durationOf(wait) })
}

/**
 * A run shortened act by act.
 *
 * @returns `undefined` where the run itself is not flawless
 */
export function trimmed(setup: Setup, steps: readonly Step[]): Sim | undefined {
  const flawless = (tried: readonly Step[]): Sim | undefined => {
    const run = replaySteps(setup, tried)
    return run.ok && isFlawless(run.sim) ? run.sim : undefined
  }
  let best = flawless(steps)
  for (let before: Sim | undefined; best !== before; ) {
    before = best
    // From behind: what an act was needed for is gone before it is its turn.
    for (let index = (best?.steps.length ?? 0) - 1; best !== undefined && index >= 0; index--)
      best = flawless(without(best.steps, index)) ?? best
  }
  return best
}
