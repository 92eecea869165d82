/**
 * Whether a trainee did what a scenario expects, or what it must not see.
 *
 * Must not: weigh anything (`score.ts`).
 */
import { type Expectation, TRAINEE } from './scenario.ts'
import type { Sim } from './sim.ts'
import { holds, lengthOf, statesOf } from './standing.ts'

/** When it was done first, if it was and in time; epoch milliseconds. */
export function doneAt(sim: Sim, { what, by }: Pick<Expectation, 'what' | 'by'>): number | undefined {
  const at = firstTime(sim, what)
  if (at === undefined || by === undefined) return at
  return at <= sim.startedAt + lengthOf(by) ? at : undefined
}

function firstTime(sim: Sim, what: Expectation['what']): number | undefined {
  if ('event' in what || 'item' in what) {
    const entry = sim.entries.find(
      ({ command, actor, at }) =>
        actor.id === TRAINEE &&
        Date.parse(at) >= sim.startedAt &&
        ('event' in what
          ? command.kind === 'event' && command.type === what.event
          : command.kind === 'tick' && command.item === what.item),
    )
    return entry === undefined ? undefined : Date.parse(entry.at)
  }
  if ('state' in what) {
    const entry = sim.entries.find(({ active }) => statesOf(active).has(what.state))
    return entry === undefined ? undefined : Math.max(Date.parse(entry.at), sim.startedAt)
  }
  const line = sim.lines.find((one) => {
    if (one.is !== 'did') return false
    return 'move' in what
      ? one.move === what.move
      : one.what.do === 'prohibited' && one.what.norm === what.prohibited
  })
  return line?.at
}

/** Things that must not happen and did, and fail the run at once. */
export const graveFaults = (sim: Sim): Expectation[] =>
  (sim.setup.scenario.mustNot ?? []).filter(
    (one) => one.critical === true && holds(sim, one.if) && doneAt(sim, one) !== undefined,
  )
