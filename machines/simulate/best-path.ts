/**
 * The shortest way to pass a scenario, counted in acts: a search over the run itself, broadest first.
 *
 * Promises: what is found was run as an examination and passed with no norm broken; the same in gives the same out. Moments that differ
 * in nothing but the time are one, so it is the shortest of the ways told apart; waiting is no act. Where the search grew too large it is
 * `knownPath`.
 * Must not: read a clock, or take the place of the server's count.
 */
import { fromTransition } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { canonicalJson } from '../definition/hash.ts'
import { type Candidates, candidatesOf } from './best-choices.ts'
import { doneAt } from './expectations.ts'
import { isFlawless, isUnbroken, trimmed } from './flawless.ts'
import { begin, passTime, take } from './run.ts'
import type { Step } from './scenario.ts'
import { scoreOf } from './score.ts'
import type { Setup, Sim } from './sim.ts'
import { activeOf, durationOf } from './standing.ts'
import { nextDue } from './virtual-clock.ts'

export type BestPath = { readonly steps: readonly Step[]; readonly acts: number }

/** Steps tried at most: some seconds. */
const MOST = 30_000
/** How many due times are waited for between two acts, at most. */
const MOST_DUE = 25

type Place = { readonly sim: Sim; readonly key: string; readonly passes: boolean }
type Onward = { readonly type: 'step'; readonly step: Step }

/** A moment of a working day looks like any other here. */
const timeless = (json: string): string => json.replace(/"\d{4}-\d{2}-\d{2}T[^"]*"/g, '"time"')

/** All that what comes next depends on, besides the time. */
function keyOf(sim: Sim): string {
  const { fields, checklist } = sim.job.snapshot.context
  const { must = [], rubric } = sim.setup.scenario
  const counted = sim.marks.filter(({ norm }) => (rubric.norms[norm] ?? 0) > 0).map(({ norm }) => norm)
  return timeless(
    canonicalJson({
      active: activeOf(sim),
      ticked: Object.keys(checklist).sort(),
      fields,
      links: sim.job.links.map(({ link, status }) => `${link} ${status}`),
      moved: sim.moved,
      coming: sim.coming.map(({ happening }) => happening),
      happened: sim.happened,
      kept: [...new Set(counted)].sort(),
      done: must.filter((one) => doneAt(sim, one) !== undefined).map(({ id }) => id),
      over: sim.over?.why ?? null,
    }),
  )
}

/** The moments at which something new can be chosen while nothing is done, the present one first. */
function waits(sim: Sim): Sim[] {
  const found = [sim]
  const seen = new Set([keyOf(sim)])
  let present = sim
  for (let count = 0; count < MOST_DUE && present.over === undefined; count++) {
    const due = nextDue(present)
    if (due === undefined || due.is === 'limit') break
    present = passTime(present, due.at)
    if (!isUnbroken(present)) break
    const key = keyOf(present)
    if (seen.has(key)) continue
    seen.add(key)
    found.push(present)
  }
  return found
}

class Search {
  readonly #onward = new Map<Place, Map<string, Place>>()
  readonly #candidates: Candidates
  /** Ways of one length come one after the other: once one passes, none that is looked at later is shorter. */
  #isFound = false
  tried = 0

  constructor(candidates: Candidates) {
    this.#candidates = candidates
  }

  /** Where waiting alone passes, that is the end; it is no act. */
  placed(sim: Sim): Place {
    const last = sim.over === undefined ? (waits(sim).at(-1) ?? sim) : sim
    const end = isFlawless(last) ? passed(sim, last) : sim
    return { sim: end, key: keyOf(end), passes: end.over !== undefined && isFlawless(end) }
  }

  eventsOf(place: Place): Onward[] {
    if (this.#isFound || place.sim.over !== undefined || this.tried > MOST) return []
    const ways = new Map<string, Place>()
    const events: Onward[] = []
    for (const moment of waits(place.sim)) {
      for (const step of this.#candidates(moment)) {
        const whole = { ...step, after: durationOf(moment.now - place.sim.now) }
        const next = this.#tryOut(place.sim, whole) ?? this.#later(place.sim, step)
        if (next === undefined || next.key === place.key) continue
        const event: Onward = { type: 'step', step: next.sim.steps.at(place.sim.steps.length) ?? whole }
        ways.set(canonicalJson(event.step), next)
        events.push(event)
        if (next.passes) this.#isFound = true
      }
    }
    this.#onward.set(place, ways)
    return events
  }

  /** As long after as in a known run: where the time itself is asked for, nothing that is due tells it. */
  #later = (sim: Sim, step: Step): Place | undefined =>
    step.after === undefined ? undefined : this.#tryOut(sim, step)

  #tryOut(sim: Sim, step: Step): Place | undefined {
    this.tried++
    const taken = take(sim, step)
    return taken.ok && isUnbroken(taken.sim) ? this.placed(taken.sim) : undefined
  }

  onward = (place: Place, { step }: Onward): Place =>
    this.#onward.get(place)?.get(canonicalJson(step)) ?? place
}

/** The wait at the end is a step of its own. */
function passed(sim: Sim, last: Sim): Sim {
  if (last === sim) return sim
  const waited = take(sim, { after: durationOf(last.now - sim.now), what: { do: 'wait' } })
  return waited.ok ? waited.sim : sim
}

/** Found at once: the shortest of the scenario's own runs, without what it can do without. `undefined`: none is flawless. */
export function knownPath(setup: Omit<Setup, 'mode'>): BestPath | undefined {
  const ways = Object.values(setup.scenario.runs).flatMap(
    ({ steps }) => trimmed({ ...setup, mode: 'examination' }, steps) ?? [],
  )
  return ways.map(pathOf).sort((a, b) => a.acts - b.acts)[0]
}

/** Takes seconds, or a minute. `undefined`: no way is known. */
export function bestPath(setup: Omit<Setup, 'mode'>): BestPath | undefined {
  const begun = begin({ ...setup, mode: 'examination' })
  if (!begun.ok) return undefined
  const search = new Search(candidatesOf(setup.scenario))
  const first = search.placed(begun.sim)
  const logic = fromTransition((place: Place, event: Onward) => search.onward(place, event), first)
  const [found] = getShortestPaths(logic, {
    events: ({ context }) => search.eventsOf(context),
    serializeState: ({ context }) => context.key,
    toState: ({ context }) => context.passes,
    // The search stops by itself before.
    limit: 2 * MOST,
  })
  return found === undefined ? knownPath(setup) : pathOf(found.state.context.sim)
}

const pathOf = (sim: Sim): BestPath => ({ steps: sim.steps, acts: scoreOf(sim).acts })
