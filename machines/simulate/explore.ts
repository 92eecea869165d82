/**
 * Exploration: short ways through a process until every transition has been taken, or it is known why it cannot be.
 *
 * Promises: the real engine takes every step; the same in gives the same paths; "cannot be reached" is proven, what was merely not
 * found is called so. Must not: read a clock, draw, or change a definition.
 */
import { SYSTEM } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { Field } from '../definition/schema.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { draw } from './chance.ts'
import { detours, type Trodden, troddenTo } from './explore-detours.ts'
import { featuresOf, Seen } from './explore-features.ts'
import { type KnownWay, recast } from './explore-known.ts'
import { type Here, type Move, movesFrom, type Search } from './explore-moves.ts'
import { Needs } from './explore-needs.ts'
import { type Act, actsTo, along, begun, onward, type Place, takenTo, type World } from './explore-node.ts'
import { actorFor, cast, certificatesOf } from './explore-people.ts'
import { Prover, type Unreachable } from './explore-proof.ts'
import { Pursuit } from './explore-pursuit.ts'
import { readingOf } from './explore-reading.ts'
import { later, valuesOf } from './values.ts'

type Found = {
  readonly pointer: string
} & (
  | { readonly is: 'taken'; readonly path: number }
  | ({ readonly is: 'unreachable' } & Unreachable)
  | ({ readonly is: 'not-found' } & Unreachable)
)

export type Path = { readonly acts: readonly Act[]; readonly taken: readonly string[] }

export type Exploration = {
  readonly transitions: readonly Found[]
  readonly paths: readonly Path[]
  /** Commands tried. */
  readonly steps: number
}

export type ExploreOptions = {
  readonly version: number
  readonly calendars: CalendarSet
  /** When the jobs start: best a moment of working time. */
  readonly now: number
  /** What is known to be possible: its places are begun from, its transitions count as taken where the acts can be done again. */
  readonly known?: readonly KnownWay[]
  /** For the order in which ways are tried once the straight ones are through. */
  readonly seed?: number
  /** Commands tried at most. */
  readonly most?: number
  /** Told now and then: how many transitions are taken, of how many. */
  readonly progress?: (taken: number, of: number, steps: number) => void
}

const MOST = 200_000
const EVERY = 500
/** Commands of one search before it begins anew from all that was reached, in another order. */
const ROUND = 3000
/** Commands of one pursuit, more in later rounds. */
const CHASE = 200
/** Pursuits of the rounds, in turn. */
const KINDS = [{}, { hold: true }, { fine: true }] as const
/** Commands of detours from known ways. */
const STRAY = 20_000
const NIGHT = 16 * 3600 * 1000

/** Without a move: a place whose moves have not been looked for. */
type Waiting = { from: Place; move?: Move; towards?: Here['towards'] }
/** Moves of a kind that was tried more often than this wait no longer. */
const LAST_TURN = 60

class Explorer {
  readonly #world: World
  readonly #search: Search
  readonly #open: Set<string>
  readonly #seen = new Seen()
  readonly #tries = new Map<string, number>()
  readonly #waiting: Waiting[][] = []
  readonly #promising: { from: Place; move: Move }[] = []
  readonly #firsts: Map<string, Place>
  #random: number

  constructor(world: World, search: Search, open: Set<string>, firsts: Map<string, Place>, seed: number) {
    this.#firsts = firsts
    this.#random = seed
    this.#world = world
    this.#search = search
    this.#open = open
  }

  /** Whether a place is the first that came by one of its transitions. */
  note(place: Place): boolean {
    let first = false
    for (const pointer of place.taken) {
      if (this.#firsts.has(pointer)) continue
      this.#firsts.set(pointer, place)
      this.#open.delete(pointer)
      first = true
    }
    return first
  }

  /** What came of a move: kept where it shows anything new. */
  arrive(place: Place): void {
    const first = this.note(place)
    const features = featuresOf(this.#world, this.#search.reading, place, this.#open)
    const news = this.#seen.newsOf(features)
    const { towards } = features
    if (news > 0 || first) this.#wait({ from: place, towards }, news === 2 || first ? 0 : 2)
  }

  #wait(waiting: Waiting, turn: number): void {
    this.#waiting[turn] ??= []
    this.#waiting[turn].push(waiting)
  }

  #lookAround(from: Place, towards: Here['towards']): void {
    for (const move of movesFrom(this.#search, { place: from, towards })) {
      if (move.opens.length > 0) this.#promising.push({ from, move })
      else this.#wait({ from, move }, this.#turnOf(move))
    }
  }

  #turnOf = ({ kind, turn }: Move): number => Math.min(LAST_TURN, turn + (this.#tries.get(kind) ?? 0))

  #next(): { from: Place; move: Move } | undefined {
    for (;;) {
      const promising = this.#promising.shift()
      if (promising !== undefined) {
        if (promising.move.opens.some((pointer) => this.#open.has(pointer))) return promising
        this.#wait(promising, this.#turnOf(promising.move))
        continue
      }
      const turn = this.#waiting.findIndex((queue) => queue !== undefined && queue.length > 0)
      const next = this.#drawn(this.#waiting[turn] ?? [])
      if (next === undefined) return undefined
      const { from, move } = next
      if (move === undefined) this.#lookAround(from, next.towards ?? new Map())
      else if (this.#turnOf(move) <= turn) return { from, move }
      else this.#wait(next, this.#turnOf(move))
    }
  }

  /** The one that waits longest; with a seed any. */
  #drawn(queue: Waiting[]): Waiting | undefined {
    if (this.#random === 0) return queue.shift()
    const { value, state } = draw(this.#random)
    this.#random = state
    return queue.splice(Math.floor(value * queue.length), 1)[0]
  }

  run(most: number, progress: (steps: number) => void): void {
    let told = 0
    while (this.#open.size > 0 && this.#world.counted < most) {
      const next = this.#next()
      if (next === undefined) return
      const { from, move } = next
      this.#tries.set(move.kind, (this.#tries.get(move.kind) ?? 0) + 1)
      const place = onward(this.#world, from, move.wait, move.wanted)
      if (place !== undefined) this.arrive(place)
      if (this.#world.counted - told > EVERY) {
        told = this.#world.counted
        progress(told)
      }
    }
  }
}

/** Fields to start with: the plainest, and each value that matters, of what a person may give. */
function* starts(world: World, search: Search, now: number): Generator<Record<string, unknown>> {
  const { properties, required = [] } = world.compiled.definition.schemas.context
  const people = search.actors.slice(0, 4).map(({ id }) => id)
  const around = { now, job: {}, settings: world.compiled.settings, people }
  const free = Object.entries(properties)
  const values = ([name, field]: [string, Field], place = 0) =>
    valuesOf(field, later({ ...around, kin: search.reading.kin.get(`job.${name}`) }, place))
  const least = Object.fromEntries(
    free.flatMap((entry) => (required.includes(entry[0]) ? [[entry[0], values(entry)[0]]] : [])),
  )
  yield least
  for (const entry of free) {
    if (!search.reading.telling.has(entry[0])) continue
    for (const value of values(entry)) yield { ...least, [entry[0]]: value }
  }
  yield Object.fromEntries(
    free.flatMap((entry, place) => {
      const [first] = values(entry, place)
      return first === undefined ? [] : [[entry[0], first]]
    }),
  )
}

const endingsOf = ({ tree }: Compiled): ReadonlySet<string> => {
  const text = JSON.stringify(tree.nodes.map(({ node }) => ('type' in node ? node : {})))
  return new Set(
    [...text.matchAll(/"onEnd":"([^"]+)"/g)].flatMap(([, type]) => (type === undefined ? [] : [type])),
  )
}

/** Explores a process. */
export function explore(compiled: Compiled, options: ExploreOptions): Exploration {
  const { version, calendars, now, most = MOST, progress } = options
  const persons = cast(compiled, now)
  const people = Object.fromEntries(persons.map((person) => [person.key, certificatesOf(person, now)]))
  const world: World = { compiled, version, calendars, people, counted: 0, told: new Map() }
  const reading = readingOf(compiled)
  const prover = new Prover(compiled, reading)
  const unreachable = prover.atOnce()
  const open = new Set([...compiled.transitions.keys()].filter((pointer) => !unreachable.has(pointer)))
  const search: Search = {
    world,
    reading,
    actors: persons.map((person) => actorFor(person, now)),
    open,
    endings: endingsOf(compiled),
    minded:
      JSON.stringify(compiled.definition).includes('now') || reading.atoms.some((atom) => !('@expr' in atom)),
  }
  const firsts = new Map<string, Place>()
  const first = [now, now + NIGHT].flatMap((at) =>
    [...starts(world, search, at)].flatMap(
      (fields) => begun(world, fields, search.actors[0] ?? SYSTEM, at) ?? [],
    ),
  )
  const trodden = (options.known ?? []).map((way): Trodden => {
    const acts = recast(way, compiled, search.actors)
    return { acts, places: along(world, acts) }
  })
  const wayside = trodden.flatMap(({ places }) => places)
  const of = open.size
  const strayed = new Set<Place>()
  const ends: Place[] = []
  const pursuit = new Pursuit(search, new Needs(compiled, reading))
  for (let round = 0; open.size > 0 && world.counted < most; round++) {
    const explorer = new Explorer(world, search, open, firsts, round === 0 ? 0 : (options.seed ?? 7) + round)
    for (const place of [...first, ...wayside]) explorer.arrive(place)
    for (const place of new Set(firsts.values())) explorer.arrive(place)
    const before = world.counted
    explorer.run(Math.min(most, before + (round === 0 ? ROUND : ROUND / 4)), (steps) =>
      progress?.(firsts.size, of, steps),
    )
    if (round > 0) {
      const news = covering(firsts).filter((place) => !strayed.has(place))
      for (const place of news) strayed.add(place)
      const ways = [...(round === 1 ? trodden : []), ...news.map(troddenTo)]
      const until = Math.min(most, world.counted + STRAY)
      ends.push(...detours(search, pursuit, ways, until, (place) => explorer.note(place)))
    }
    const places = [...new Set([...first, ...wayside, ...ends, ...firsts.values()])]
    for (const goal of [...open]) {
      const left = Math.min(CHASE * 2 ** round, most - world.counted)
      if (open.has(goal))
        pursuit.after(goal, places, { ...KINDS[round % KINDS.length], most: left }, (place) =>
          explorer.note(place),
        )
      progress?.(firsts.size, of, world.counted)
    }
    if (world.counted === before) break
  }
  return told(compiled, firsts, unreachable, world.counted)
}

/** Ends of ways that take between them all that was taken. */
function covering(firsts: ReadonlyMap<string, Place>): readonly Place[] {
  const left = new Set(firsts.keys())
  // The longest first: they take most on their way.
  return [...new Set(firsts.values())]
    .toSorted((a, b) => b.depth - a.depth)
    .filter((place) => {
      const taken = [...takenTo(place)]
      const serves = taken.some((pointer) => left.has(pointer))
      for (const pointer of taken) left.delete(pointer)
      return serves
    })
}

function told(
  compiled: Compiled,
  firsts: ReadonlyMap<string, Place>,
  unreachable: ReadonlyMap<string, Unreachable>,
  steps: number,
): Exploration {
  const paths = covering(firsts).map((place): Path => ({ acts: actsTo(place), taken: [...takenTo(place)] }))
  const transitions = [...compiled.transitions.keys()].map((pointer): Found => {
    const path = paths.findIndex(({ taken }) => taken.includes(pointer))
    if (path >= 0) return { pointer, is: 'taken', path }
    const why = unreachable.get(pointer)
    if (why !== undefined) return { pointer, is: 'unreachable', ...why }
    return {
      pointer,
      is: 'not-found',
      why: 'not-found',
      message: { en: `Not found in ${steps} tries`, zh: `尝试 ${steps} 次仍未找到` },
    }
  })
  return { transitions, paths, steps }
}
