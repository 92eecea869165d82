/**
 * What is written in a scenario and can never come to be, as far as it shows without running it: a slip worth a warning.
 *
 * Must not: be asked about a scenario with errors.
 */
import { own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Chosen, Delay, Doing, Happening, Move, Scenario } from './scenario.ts'
import type { Findings } from './scenario-problems.ts'
import type { Setup, Sim } from './sim.ts'
import { isIn, lengthOf } from './standing.ts'

/** @param sim as it begins. */
export function findDead(sim: Sim, findings: Findings): void {
  const { scenario } = sim.setup
  for (const [index, { id, in: places }] of scenario.moves.entries())
    if (places?.every((path) => isOverIn(path, sim)))
      findings.add('scenario-never-offered', child('/moves', index, 'in'), id)
  for (const [index, happening] of scenario.happens.entries())
    if (neverHappens(happening, sim))
      findings.add('scenario-never-happens', child('/happens', index, 'when'), happening.id)
}

/** Entering it ends the rehearsal, so that nothing is chosen there; unless it begins there. */
function isOverIn(path: string, sim: Sim): boolean {
  if (isIn(sim, path)) return false
  const { scenario, compiled } = sim.setup
  if (scenario.until?.some((end) => path === end || path.startsWith(`${end}.`))) return true
  return own(compiled.definition.states, path)?.type === 'final'
}

function neverHappens(happening: Happening, { setup }: Sim): boolean {
  const { when, chance } = happening
  if (chance === 0) return true
  if ('at' in when) return isTooLate(when.at, happening.after, setup.scenario)
  return 'chosen' in when && !canBeChosen(when.chosen, setup)
}

const least = (delay: Delay | undefined): number =>
  delay === undefined ? 0 : lengthOf(typeof delay === 'string' ? delay : delay.least)

const isTooLate = (at: Delay, after: Delay | undefined, { timeLimit }: Scenario): boolean =>
  timeLimit !== undefined && least(at) + least(after) > lengthOf(timeLimit)

/** By the trainee: bare, or with a move that carries it. */
function canBeChosen(chosen: Chosen, { scenario, compiled }: Setup): boolean {
  const carried = (fits: (doing: Doing) => boolean): boolean =>
    scenario.moves.some(({ as }: Move) => as !== undefined && fits(as))
  if (!('event' in chosen)) return true
  if (carried((doing) => doing.do === 'event' && doing.type === chosen.event)) return true
  if (scenario.hidden?.includes(chosen.event)) return false
  const roles = own(compiled.definition.schemas.events, chosen.event)?.meta.roles ?? []
  return roles.some((role) => scenario.start.trainee.roles.some((each) => each === role))
}
