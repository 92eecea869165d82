/**
 * What an attempt that is over adds to the sums of the training room.
 *
 * Must not: count what was done before the trainee came in.
 */
import type { ScoreCard } from '../../machines/simulate/score-card.ts'
import type { Sim } from '../../machines/simulate/sim.ts'
import { statesOf } from '../../machines/simulate/standing.ts'
import { type AttemptTally, NORM_RESULTS } from '../store/training-port.ts'

/** @param day where the organisation is */
export function tallyOf(sim: Sim, card: ScoreCard, day: string): AttemptTally {
  const transitions: Record<string, number> = {}
  const states: Record<string, number> = {}
  const one = (counts: Record<string, number>, place: string): void => {
    counts[place] = (counts[place] ?? 0) + 1
  }
  const before = sim.entries.findLast(({ at }) => Date.parse(at) < sim.startedAt)
  const own = sim.entries.filter(({ at }) => Date.parse(at) >= sim.startedAt)
  let present = statesOf(before?.active ?? [])
  // Where he comes in, he is.
  for (const path of present) one(states, path)
  for (const { taken, active } of own) {
    for (const pointer of taken) one(transitions, pointer)
    const next = statesOf(active)
    for (const path of next) if (!present.has(path)) one(states, path)
    present = next
  }
  const norms = card.norms.flatMap(({ norm, result }) => {
    const counted = NORM_RESULTS.find((known) => known === result)
    return counted === undefined ? [] : [{ norm, result: counted }]
  })
  return { day, norms, transitions, states }
}
