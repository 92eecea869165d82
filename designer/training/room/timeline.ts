/**
 * The moments of a rehearsal as a tree: each step makes one, any can be gone back to, and going on from an old one is a branch.
 *
 * Promises: nothing is ever lost from the tree; the way to any moment is a list of steps that replays to it; the same step
 * taken again from the same moment leads to the moment that is there already.
 * Must not: know React, a clock or the server.
 */
import { take } from '../../../machines/simulate/run.ts'
import type { Step } from '../../../machines/simulate/scenario.ts'
import type { Sim, SimFault } from '../../../machines/simulate/sim.ts'

export type Moment = {
  /** Its place in `moments`. */
  readonly id: number
  readonly parent: number | undefined
  /** What led here; the first moment has none. */
  readonly step: Step | undefined
  readonly sim: Sim
}
export type Timeline = {
  readonly moments: readonly Moment[]
  readonly here: number
  /** What a reader called the branch that ends in a moment. */
  readonly names: Readonly<Record<number, string>>
}
type Grown =
  | { readonly ok: true; readonly timeline: Timeline }
  | { readonly ok: false; readonly fault: SimFault }

/** A tree of one moment: the beginning. */
export const plant = (sim: Sim): Timeline => ({
  moments: [{ id: 0, parent: undefined, step: undefined, sim }],
  here: 0,
  names: {},
})

/** The moment of an id; the beginning where there is none. @throws never of a planted tree */
export function momentOf({ moments }: Timeline, id: number): Moment {
  const found = moments[id] ?? moments[0]
  if (found === undefined) throw new RangeError('a timeline without a beginning')
  return found
}

export const present = (timeline: Timeline): Moment => momentOf(timeline, timeline.here)

/** To a moment that is there. */
export const goTo = (timeline: Timeline, id: number): Timeline =>
  timeline.moments[id] === undefined ? timeline : { ...timeline, here: id }

export const childrenOf = ({ moments }: Timeline, id: number): Moment[] =>
  moments.filter(({ parent }) => parent === id)

const isSame = (one: Step | undefined, other: Step): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other)

/** One step on from where one stands. */
export function grow(timeline: Timeline, step: Step): Grown {
  const { here, moments } = timeline
  const known = childrenOf(timeline, here).find((child) => isSame(child.step, step))
  if (known !== undefined) return { ok: true, timeline: goTo(timeline, known.id) }
  const taken = take(present(timeline).sim, step)
  if (!taken.ok) return { ok: false, fault: taken.fault }
  const moment: Moment = { id: moments.length, parent: here, step, sim: taken.sim }
  return { ok: true, timeline: { ...timeline, moments: [...moments, moment], here: moment.id } }
}

/** From the beginning to a moment, both included. */
export function wayTo(timeline: Timeline, id: number): Moment[] {
  const way: Moment[] = []
  let at: Moment | undefined = momentOf(timeline, id)
  while (at !== undefined) {
    way.push(at)
    at = at.parent === undefined ? undefined : timeline.moments[at.parent]
  }
  return way.reverse()
}

/** The steps that lead to a moment. */
export const stepsTo = (timeline: Timeline, id = timeline.here): Step[] =>
  wayTo(timeline, id).flatMap(({ step }) => (step === undefined ? [] : [step]))

/** Goes these steps from the beginning, growing where the tree does not know them. `gone`: how many could be gone. */
export function follow(timeline: Timeline, steps: readonly Step[]): { timeline: Timeline; gone: number } {
  let going = goTo(timeline, 0)
  for (const [index, step] of steps.entries()) {
    const grown = grow(going, step)
    if (!grown.ok) return { timeline: going, gone: index }
    going = grown.timeline
  }
  return { timeline: going, gone: steps.length }
}

/** Where branches end: moments from which nothing was gone on, in the order they came. */
export function endsOf({ moments }: Timeline): Moment[] {
  const parents = new Set(moments.map(({ parent }) => parent))
  return moments.filter(({ id }) => !parents.has(id))
}

/** The last moment that two ways have in common. */
export function forkOf(timeline: Timeline, one: number, other: number): Moment {
  const others = new Set(wayTo(timeline, other).map(({ id }) => id))
  return wayTo(timeline, one).findLast(({ id }) => others.has(id)) ?? momentOf(timeline, 0)
}

/** Calls the branch that ends in a moment something; an empty name takes it back. */
export function nameBranch(timeline: Timeline, id: number, name: string): Timeline {
  const { [id]: _was, ...others } = timeline.names
  return { ...timeline, names: name.trim() === '' ? others : { ...others, [id]: name.trim() } }
}

/** The tree as plain JSON: each moment by its parent and step. */
export type StoredTimeline = {
  moments: { parent: number; step: Step }[]
  here: number
  names: Record<string, string>
}
export const stored = ({ moments, here, names }: Timeline): StoredTimeline => ({
  moments: moments.flatMap(({ parent, step }) =>
    parent === undefined || step === undefined ? [] : [{ parent, step }],
  ),
  here,
  names: { ...names },
})

/** The tree made again; undefined where a step is not possible any more. */
export function restored(beginning: Sim, { moments, here, names }: StoredTimeline): Timeline | undefined {
  let timeline = plant(beginning)
  for (const [index, { parent, step }] of moments.entries()) {
    if (parent < 0 || parent > index) return undefined
    const grown = grow(goTo(timeline, parent), step)
    if (!grown.ok || grown.timeline.moments.length !== index + 2) return undefined
    timeline = grown.timeline
  }
  return { ...goTo(timeline, here), names }
}
