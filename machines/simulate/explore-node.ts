/**
 * A place in a search: a job as it stands, and what was done to bring it there from the place before.
 *
 * Promises: only the real engine moves it, on a clock that stops at every timer; nothing that came in is changed.
 * Must not: choose what to do.
 */
import { advance, start } from '../advance/advance.ts'
import type { Certificate } from '../advance/job.ts'
import { type Actor, type Advanced, type Command, type Fields, type Job, SYSTEM } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { CalendarSet } from '../time/calendar.ts'
import type { Truth } from './explore-truth.ts'
import { statesOf } from './standing.ts'
import { nextTimer } from './virtual-clock.ts'

/** One thing done: who, when, what. Timers come among them as commands of the system. */
export type Act = { readonly at: number; readonly actor: Actor; readonly command: Command }

/** All that is the same wherever the search stands. */
export type World = {
  readonly compiled: Compiled
  readonly version: number
  readonly calendars: CalendarSet
  /** Of all persons, by id. */
  readonly people: Readonly<Record<string, Certificate[]>>
  /** Commands given so far. */
  counted: number
  /** Answers of parts of guards, kept. */
  readonly told: Map<string, Truth>
}

export type Place = {
  readonly job: Job
  readonly now: number
  readonly leaves: readonly string[]
  /** With all states above; the root by its empty path. */
  readonly active: ReadonlySet<string>
  readonly before?: Place
  /** Since the place before. */
  readonly acts: readonly Act[]
  readonly taken: readonly string[]
  readonly depth: number
}

const JOB = 'sim'
/** Between two acts: short of all deadlines, and enough to tell their order. */
export const PAUSE = 1000
/** More at one stretch is a process that does not rest. */
const MOST_TIMERS = 200

type Way = { job: Job; now: number; leaves: readonly string[]; acts: Act[]; taken: string[] }

function placed(way: Way, before: Place | undefined): Place {
  return {
    ...way,
    active: new Set(['', ...statesOf(way.leaves)]),
    ...(before === undefined ? {} : { before }),
    depth: (before?.depth ?? 0) + 1,
  }
}

function absorb(way: Way, act: Act, advanced: Advanced): boolean {
  if (!advanced.ok) return false
  way.job = advanced.job
  way.leaves = advanced.entry.active
  way.acts.push(act)
  way.taken.push(...advanced.entry.taken)
  return true
}

function command(world: World, way: Way, actor: Actor, what: Command): boolean {
  world.counted++
  const { compiled, calendars, people } = world
  const advanced = advance(compiled, way.job, what, { now: way.now, actor, people: { ...people }, calendars })
  return absorb(way, { at: way.now, actor, command: what }, advanced)
}

/** Lets time pass, with all that is due until then. */
function pass(world: World, way: Way, to: number): void {
  for (let count = 0; count < MOST_TIMERS; count++) {
    const due = nextTimer(way)
    if (due === undefined || due.at > to) break
    way.now = Math.max(way.now, due.at)
    // The process refuses it: it would be due for ever.
    if (!command(world, way, SYSTEM, { kind: 'timer', token: due.token }))
      way.job = { ...way.job, timers: way.job.timers.filter(({ token }) => token !== due.token) }
  }
  way.now = Math.max(way.now, to)
}

/** A job at its start; nothing where the process refuses the fields. */
export function begun(world: World, fields: Fields, actor: Actor, now: number): Place | undefined {
  const { compiled, version, calendars, people } = world
  world.counted++
  const surroundings = { now, actor, people: { ...people }, calendars }
  const started = start(compiled, { id: JOB, version, fields }, surroundings)
  if (!started.ok) return undefined
  const { job, entry } = started
  const way: Way = { job, now, leaves: entry.active, acts: [], taken: [...entry.taken] }
  way.acts.push({ at: now, actor, command: { kind: 'start', fields } })
  return placed(way, undefined)
}

export type Wanted = { readonly actor: Actor; readonly command: Command }

/** What comes of waiting and then doing; nothing where any of it is refused. */
export function onward(
  world: World,
  from: Place,
  wait: number,
  wanted: readonly Wanted[],
): Place | undefined {
  const way: Way = { job: from.job, now: from.now, leaves: from.leaves, acts: [], taken: [] }
  pass(world, way, from.now + wait)
  for (const [count, { actor, command: what }] of wanted.entries()) {
    if (count > 0) pass(world, way, way.now + PAUSE)
    if (!command(world, way, actor, what)) return undefined
  }
  // What is due at this very moment comes before anything else can be done.
  pass(world, way, way.now)
  return way.acts.length === 0 && way.now === from.now ? undefined : placed(way, from)
}

/** A place for each of the acts, up to the first that is refused: a while apart, for scenarios tell what is done by its time. */
export function along(world: World, acts: readonly Act[]): readonly Place[] {
  const [first, ...rest] = acts
  if (first?.command.kind !== 'start') return []
  const start = begun(world, first.command.fields, first.actor, first.at)
  if (start === undefined) return []
  const places = [start]
  let from = start
  let before = first.at
  for (const { at, actor, command: what } of rest) {
    const wanted = what.kind === 'timer' ? [] : [{ actor, command: what }]
    const place = onward(world, from, Math.max(PAUSE, at - before), wanted)
    if (place === undefined) break
    before = at
    from = place
    places.push(place)
  }
  return places
}

/** All acts from the start. */
export function actsTo(place: Place): readonly Act[] {
  const parts: (readonly Act[])[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.before) parts.push(at.acts)
  return parts.reverse().flat()
}

/** All transitions taken since the start. */
export function takenTo(place: Place): ReadonlySet<string> {
  const taken = new Set<string>()
  for (let at: Place | undefined = place; at !== undefined; at = at.before)
    for (const pointer of at.taken) taken.add(pointer)
  return taken
}
