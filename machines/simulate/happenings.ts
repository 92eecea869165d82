/**
 * What happens by itself: set going by the clock, a state entered or a choice made, and due later or at once.
 *
 * Promises: chance and delays are drawn when a happening is set going, in the order of the scenario, so that they
 * depend on nothing else.
 * Must not: carry out what happens (`run.ts`).
 */
import { draw } from './chance.ts'
import type { Chosen, Delay, Happening } from './scenario.ts'
import type { Coming, Sim } from './sim.ts'
import { holds, lengthOf } from './standing.ts'

export type Occasion = { entered: ReadonlySet<string> } | { chosen: Chosen } | 'start'

const sameChoice = (one: Chosen, other: Chosen): boolean => {
  if ('event' in one) return 'event' in other && one.event === other.event
  if ('item' in one) return 'item' in other && one.item === other.item
  if ('move' in one) return 'move' in other && one.move === other.move
  return 'prohibited' in other && one.prohibited === other.prohibited
}

function isSetGoing({ when }: Happening, occasion: Occasion): boolean {
  if (occasion === 'start') return 'at' in when
  if ('entered' in occasion) return 'enters' in when && occasion.entered.has(when.enters)
  return 'chosen' in when && sameChoice(when.chosen, occasion.chosen)
}

function drawn(delay: Delay | undefined, random: number): { ms: number; random: number } {
  if (delay === undefined) return { ms: 0, random }
  if (typeof delay === 'string') return { ms: lengthOf(delay), random }
  const { value, state } = draw(random)
  const [least, most] = [lengthOf(delay.least), lengthOf(delay.most)]
  return { ms: least + Math.floor(value * Math.max(0, most - least)), random: state }
}

/** All that this occasion sets going, with its time. */
export function setGoing(sim: Sim, occasion: Occasion): Sim {
  let { random, coming, happened } = sim
  for (const happening of sim.setup.scenario.happens) {
    const { id, when, times = 1, chance } = happening
    const before = happened[id] ?? 0
    if (before >= times || !isSetGoing(happening, occasion)) continue
    if (chance !== undefined) {
      const lot = draw(random)
      random = lot.state
      if (lot.value >= chance) continue
    }
    const first = drawn('at' in when ? when.at : undefined, random)
    const then = drawn(happening.after, first.random)
    random = then.random
    happened = { ...happened, [id]: before + 1 }
    coming = [...coming, { happening: id, at: sim.now + first.ms + then.ms, n: nextNumber(coming) }]
  }
  return { ...sim, random, coming, happened }
}

const nextNumber = (coming: readonly Coming[]): number =>
  coming.reduce((most, { n }) => Math.max(most, n), 0) + 1

/** The one due first; of those at one moment, the one set going first. */
export const firstComing = ({ coming }: Sim): Coming | undefined =>
  coming.reduce<Coming | undefined>(
    (first, one) =>
      first === undefined || one.at < first.at || (one.at === first.at && one.n < first.n) ? one : first,
    undefined,
  )

/** What it does now; nothing where its condition fell away meanwhile. */
export function actsOf(sim: Sim, { happening }: Coming, active: ReadonlySet<string>): Happening['does'] {
  const found = sim.setup.scenario.happens.find(({ id }) => id === happening)
  if (found === undefined) return []
  if (found.while !== undefined && !active.has(found.while)) return []
  return holds(sim, found.if) ? found.does : []
}
