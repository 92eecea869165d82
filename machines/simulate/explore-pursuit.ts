/**
 * Pursuit: one transition is looked for from the places nearest to it, step by step nearer, until it is taken.
 *
 * Promises: the real engine takes every step; the same in gives the same out.
 * Must not: try more than it is allowed, or call anything impossible.
 */
import { type Features, featuresOf } from './explore-features.ts'
import { type Move, movesFrom, type Search } from './explore-moves.ts'
import { Nearness } from './explore-nearness.ts'
import type { Needs } from './explore-needs.ts'
import { onward, type Place } from './explore-node.ts'

type Seen = { readonly place: Place; readonly features: Features; readonly nearness: Nearness }
/** Without a move: a place whose moves have not been looked for. */
type Waiting = { readonly from: Seen; readonly move?: Move }

/** What a move counts that no straight way would make. */
const ASIDE = 4
/** What each further way to do the same counts, so that the first goes ahead. */
const VARIANT = 0.4
/** What each place more counts that stands where others stood already: from there others must go on as well. */
const CROWD = 0.5
const GRAIN = 4

/** What goes on by itself there, as far as a plan looks at it. */
const armed = ({ job }: Place, plan: ReadonlySet<string>): readonly string[] => [
  ...job.timers.flatMap(({ delay, fired }) =>
    [...plan].some((pointer) => pointer.includes(`/after/${delay}`)) ? [`${delay}@${fired}`] : [],
  ),
  ...job.links.map(({ link, status }) => `${link}=${status}`),
]

export class Pursuit {
  readonly #search: Search
  readonly #needs: Needs
  readonly #known = new WeakMap<Place, Seen>()

  constructor(search: Search, needs: Needs) {
    this.#search = search
    this.#needs = needs
  }

  /**
   * Looks for one transition. What came of each command is given to `arrived`; so is the one that takes it.
   * @param fine places count as the same only where they are alike to all guards; else where they are as near in the same way
   * @param hold only by places where what it asks holds already: what must not be undone on a long way is not lost on a short one
   * @param most commands at most
   */
  after(
    goal: string,
    places: readonly Place[],
    { fine = false, hold = false, most }: { fine?: boolean; hold?: boolean; most: number },
    arrived: (place: Place) => void,
  ): boolean {
    const { world } = this.#search
    const until = world.counted + most
    const queues: Waiting[][] = []
    const signs = new Set<string>()
    const tries = new Map<string, number>()
    const crowds = new Map<string, number>()

    const put = (waiting: Waiting, far: number): void => {
      if (far === Number.POSITIVE_INFINITY) return
      const turn = Math.floor(far * GRAIN)
      queues[turn] ??= []
      queues[turn].push(waiting)
    }
    const barred = hold ? this.#needs.breakersOf(goal) : undefined
    const look = (place: Place): Seen => {
      const seen = this.#look(place)
      return barred === undefined
        ? seen
        : { ...seen, nearness: new Nearness(this.#needs, place, seen.features.truths, barred) }
    }
    const farFrom = ({ nearness }: Seen): number => nearness.to(goal)
    const open = (seen: Seen): void => {
      const { place, features, nearness } = seen
      if (hold && !nearness.isReady(goal)) return
      const far = farFrom(seen)
      const plan = nearness.plan(goal)
      const sign = [
        ...features.leaves,
        ...(fine
          ? features.holds
          : [far, ...plan, ...this.#needs.looks(plan, features.truths, place), ...armed(place, plan)]),
      ].join(' ')
      if (signs.has(sign)) return
      signs.add(sign)
      const variants = new Map<string, number>()
      const crowd = crowds.get(place.leaves[0] ?? '') ?? 0
      crowds.set(place.leaves[0] ?? '', crowd + 1)
      for (const move of movesFrom(this.#search, { place, towards: features.towards })) {
        const straight = move.always || move.through.some((pointer) => plan.has(pointer))
        const worn = tries.get(`${place.leaves.join()} ${move.kind}`) ?? 0
        const group = move.through.join() || (move.kind.split(' ', 1)[0] ?? '')
        const later = variants.get(group) ?? 0
        variants.set(group, later + 1)
        put({ from: seen, move }, far + (straight ? 0 : ASIDE) + worn + later * VARIANT + crowd * CROWD)
      }
    }
    for (const place of places) {
      const from = look(place)
      put({ from }, farFrom(from))
    }
    while (world.counted < until) {
      const next = queues.find((queue) => queue !== undefined && queue.length > 0)?.shift()
      if (next === undefined) return false
      const { from, move } = next
      if (move === undefined) {
        open(from)
        continue
      }
      const kind = `${from.place.leaves.join()} ${move.kind}`
      tries.set(kind, (tries.get(kind) ?? 0) + 1)
      const place = onward(world, from.place, move.wait, move.wanted)
      if (place === undefined) continue
      arrived(place)
      if (place.taken.includes(goal)) return true
      const seen = look(place)
      put({ from: seen }, farFrom(seen))
    }
    return false
  }

  #look(place: Place): Seen {
    const known = this.#known.get(place)
    if (known !== undefined) return known
    const { world, reading, open } = this.#search
    const features = featuresOf(world, reading, place, open)
    const seen = { place, features, nearness: new Nearness(this.#needs, place, features.truths) }
    this.#known.set(place, seen)
    return seen
  }
}
