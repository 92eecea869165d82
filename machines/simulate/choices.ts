/**
 * What may be chosen at a moment of a rehearsal: what the process offers, what it bars, and what is forbidden, all alike,
 * so that knowing the rule matters.
 *
 * Promises: the same choices in the same order as long as the state lasts; which forbidden ones are among them, and the
 * order, come from the seed.
 * Must not: tell a trainee which is which; `open` and `reasons` are for practice and for the owner.
 */
import { allowed } from '../advance/allowed.ts'
import { itemsOf } from '../advance/view.ts'
import { hashOf } from '../definition/hash.ts'
import { NORM_BY_ID } from '../norms.ts'
import { actorOf, everyone } from './people.ts'
import { type Move, TRAINEE } from './scenario.ts'
import type { Choice, Sim } from './sim.ts'
import { activeOf, holds, isIn, surroundingsOf } from './standing.ts'

/** How many forbidden things of the catalogue are mixed in beside the scenario's own. */
const FORBIDDEN_AT_ONCE = 2

/** Whether a move of the scenario can be made now. */
export function isOffered(sim: Sim, move: Move): boolean {
  if (move.again !== true && (sim.moved[move.id] ?? 0) > 0) return false
  if (move.in !== undefined && !move.in.some((path) => isIn(sim, path))) return false
  return holds(sim, move.if)
}

const keyOf = (choice: Choice): string => {
  switch (choice.is) {
    case 'event':
      return `event ${choice.type}`
    case 'tick':
      return `tick ${choice.item}`
    case 'move':
      return `move ${choice.move}`
    default:
      return `prohibited ${choice.norm}`
  }
}

/** All choices of the present moment; none once the run is over. */
export function choices(sim: Sim): Choice[] {
  if (sim.over !== undefined || sim.job.status !== 'active') return []
  const { scenario, mode, seed } = sim.setup
  const moves = scenario.moves.filter((move) => isOffered(sim, move))
  const taken = notBare(sim, moves)
  const bare = [...events(sim), ...ticks(sim)].filter((choice) => !taken.has(keyOf(choice)))
  if (mode === 'owner') return bare
  const all: Choice[] = [
    ...moves.map(({ id, text }): Choice => ({ is: 'move', move: id, text })),
    ...bare,
    ...forbidden(sim, new Set(moves.flatMap(({ breaks = [] }) => breaks))),
  ]
  return shuffled(all, `${seed} ${activeOf(sim).join(' ')}`, keyOf)
}

/** Events and items that a move words, and events that the scenario keeps for others. */
function notBare({ setup }: Sim, moves: readonly Move[]): Set<string> {
  if (setup.mode === 'owner') return new Set()
  const worded = moves.flatMap(({ as }) =>
    as?.do === 'event' ? [`event ${as.type}`] : as?.do === 'tick' ? [`tick ${as.item}`] : [],
  )
  return new Set([...worded, ...(setup.scenario.hidden ?? []).map((type) => `event ${type}`)])
}

/** Whether an event or an item may be chosen without a move; whether the process takes it is another matter. */
export function isBare(
  sim: Sim,
  what: { do: 'event'; type: string } | { do: 'tick' | 'untick'; item: string },
): boolean {
  const moves = sim.setup.scenario.moves.filter((move) => isOffered(sim, move))
  return !notBare(sim, moves).has(what.do === 'event' ? `event ${what.type}` : `tick ${what.item}`)
}

function events(sim: Sim): Choice[] {
  const { scenario, mode } = sim.setup
  const { events: declared } = sim.compiled.definition.schemas
  const actor = mode === 'owner' ? everyone(scenario) : actorOf(scenario, TRAINEE)
  return allowed(sim.compiled, sim.job, surroundingsOf(sim, actor)).flatMap((one): Choice[] => {
    const { type, title, open, reasons, payload } = one
    const roles = declared[type]?.meta.roles ?? []
    return roles.some((role) => actor.roles.includes(role))
      ? [{ is: 'event', type, title, open, reasons, payload }]
      : []
  })
}

function ticks(sim: Sim): Choice[] {
  const { scenario, mode } = sim.setup
  const actor = mode === 'owner' ? everyone(scenario) : actorOf(scenario, TRAINEE)
  const roles: readonly string[] = actor.roles
  return itemsOf(sim.compiled, sim.job, surroundingsOf(sim, actor))
    .filter(
      (item) => !item.done && (item.roles.length === 0 || item.roles.some((one) => roles.includes(one))),
    )
    .map(({ id, title, evidence, required, done }) => ({
      is: 'tick',
      item: id,
      title,
      evidence,
      required,
      done,
    }))
}

/** The prohibitions that can be reported on jobs of the process. */
export const prohibitionsOf = ({ compiled }: Pick<Sim, 'compiled'>): string[] =>
  (compiled.definition.meta.reportable ?? []).filter((norm) => NORM_BY_ID.get(norm)?.kind === 'prohibition')

function forbidden(sim: Sim, worded: ReadonlySet<string>): Choice[] {
  const norms = prohibitionsOf(sim).filter((norm) => !worded.has(norm))
  const lot = `${sim.setup.seed} forbidden ${activeOf(sim).join(' ')}`
  return shuffled(norms, lot, (norm) => norm)
    .slice(0, FORBIDDEN_AT_ONCE)
    .flatMap((norm): Choice[] => {
      const found = NORM_BY_ID.get(norm)
      return found === undefined ? [] : [{ is: 'prohibited', norm, text: { en: found.en, zh: found.zh } }]
    })
}

/** An order by chance that depends on the lot and the things themselves alone. */
function shuffled<Thing>(things: readonly Thing[], lot: string, keyed: (thing: Thing) => string): Thing[] {
  return things
    .map((thing) => ({ thing, rank: hashOf(`${lot} ${keyed(thing)}`) }))
    .sort((one, other) => one.rank.localeCompare(other.rank))
    .map(({ thing }) => thing)
}
