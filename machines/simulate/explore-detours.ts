/**
 * Detours: what is known to be possible, begun otherwise. Where an act does not follow any more, a short pursuit brings about what it did.
 *
 * Promises: the real engine takes every step; the same in gives the same out.
 * Must not: try more than it is allowed.
 */
import type { Fields } from '../advance/job.ts'
import type { Search } from './explore-moves.ts'
import { type Act, begun, onward, PAUSE, type Place } from './explore-node.ts'
import type { Pursuit } from './explore-pursuit.ts'
import { pathsIn, textsOf } from './explore-reading.ts'

/** What was done, and where each act led. */
export type Trodden = { readonly acts: readonly Act[]; readonly places: readonly Place[] }
type Arrived = (place: Place) => void

/** Commands to get back on the way. */
const BACK = 400
/** Detours from one way at most. */
const MOST_CHANGES = 12

/** Fields of the start whose few values decide on the way to what is looked for. */
function deciding({ world, reading, open }: Search): readonly string[] {
  const { transitions, definition } = world.compiled
  const near = [...open].flatMap((pointer) => [
    ...(transitions.get(pointer) === undefined ? [] : [pointer]),
    ...(reading.leading.get(pointer) ?? []).map((placed) => placed.pointer),
  ])
  const read = near.flatMap((pointer) => {
    const guard = transitions.get(pointer)?.transition.guard
    return guard === undefined ? [] : textsOf(guard).flatMap(pathsIn)
  })
  const names = new Set(read.flatMap((path) => (path.startsWith('job.') ? [path.split('.')[1] ?? ''] : [])))
  return [...names].filter((name) => {
    const field = definition.schemas.context.properties[name]
    return field?.type === 'boolean' || field?.enum !== undefined
  })
}

function changes(search: Search, fields: Fields): readonly Fields[] {
  const { properties } = search.world.compiled.definition.schemas.context
  return deciding(search)
    .flatMap((name) => {
      const field = properties[name]
      const values: readonly unknown[] = field?.type === 'boolean' ? [true, false] : (field?.enum ?? [])
      return values.filter((value) => value !== fields[name]).map((value) => ({ ...fields, [name]: value }))
    })
    .slice(0, MOST_CHANGES)
}

/** Goes a known way from another start, as far as it goes; where it came to. */
function tread(
  search: Search,
  pursuit: Pursuit,
  way: Trodden,
  fields: Fields,
  arrived: Arrived,
): Place | undefined {
  const [first] = way.acts
  if (first === undefined) return undefined
  const place = begun(search.world, fields, first.actor, first.at)
  // What a process takes back as it begins changes nothing.
  if (place === undefined || isAlike(place, way.places[0])) return undefined
  arrived(place)
  return goOn(search, pursuit, way, 1, place, arrived)
}

/** Goes on with a way's acts from one on, as far as it goes; where it came to. */
function goOn(
  search: Search,
  pursuit: Pursuit,
  { acts, places }: Trodden,
  from: number,
  place: Place,
  arrived: Arrived,
): Place {
  const { world } = search
  let before = acts[from - 1]?.at ?? 0
  let here = place
  for (const [offset, { at, actor, command }] of acts.slice(from).entries()) {
    const wait = Math.max(PAUSE, at - before)
    before = at
    // Timers go off by themselves as time passes.
    const wanted = command.kind === 'timer' ? [] : [{ actor, command }]
    const next = onward(world, here, wait, wanted)
    const goal = places[from + offset]?.taken.find((pointer) => world.compiled.transitions.has(pointer))
    const on: Place | undefined =
      next === undefined && goal !== undefined ? backTo(pursuit, goal, here, arrived) : (next ?? here)
    if (on === undefined) return here
    if (on === next) arrived(on)
    here = on
  }
  return here
}

const isAlike = (one: Place, other: Place | undefined): boolean =>
  JSON.stringify(one.job.snapshot.context.fields) === JSON.stringify(other?.job.snapshot.context.fields)

/** The way that a search found to a place. */
export function troddenTo(end: Place): Trodden {
  const chain: Place[] = []
  for (let at: Place | undefined = end; at !== undefined; at = at.before) chain.push(at)
  const steps = chain.reverse().flatMap((place) => place.acts.map((act) => ({ act, place })))
  return { acts: steps.map(({ act }) => act), places: steps.map(({ place }) => place) }
}

function backTo(pursuit: Pursuit, goal: string, place: Place, arrived: Arrived): Place | undefined {
  let last: Place | undefined
  const found = pursuit.after(goal, [place], { most: BACK }, (each) => {
    arrived(each)
    last = each
  })
  return found ? last : undefined
}

/** Goes all known ways otherwise, the longest first, until nothing is looked for or `until` commands were given; where they came to. */
export function detours(
  search: Search,
  pursuit: Pursuit,
  ways: readonly Trodden[],
  until: number,
  arrived: Arrived,
): readonly Place[] {
  const ends: Place[] = []
  for (const way of ways.toSorted((one, other) => other.acts.length - one.acts.length)) {
    const [first] = way.acts
    if (first?.command.kind !== 'start') continue
    for (const fields of changes(search, first.command.fields)) {
      if (search.open.size === 0 || search.world.counted >= until) return ends
      const end = tread(search, pursuit, way, fields, arrived)
      if (end !== undefined) ends.push(end)
    }
  }
  return ends
}
