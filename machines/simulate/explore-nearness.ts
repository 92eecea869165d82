/**
 * How near a place is to each transition: a count of the steps that would bring it about if nothing done were ever undone.
 *
 * Promises: the same place and answers give the same counts. A count without end means that no way is seen, not that there is none.
 * Must not: run the machine, or be taken for the length of a way.
 */
import type { TreeTransition } from '../definition/tree.ts'
import { isAlong } from './explore-features.ts'
import type { Maker, Need, Needs } from './explore-needs.ts'
import type { Place } from './explore-node.ts'
import type { Truth } from './explore-truth.ts'

const FAR = Number.POSITIVE_INFINITY
const ROUNDS = 60
const STEP = 1
/** Nobody has to do anything for it. */
const BY_ITSELF = 0.25
/** For items that bar a way out which is at hand. */
const TICKS = 0.5
/** For a timer that does not run: its state must be entered anew. */
const AGAIN = 4

export class Nearness {
  readonly #needs: Needs
  readonly #place: Place
  /** What the atoms of the reading come to there. */
  readonly #truths: readonly Truth[]
  /** By state: the least count to it, and the step that enters it so. */
  readonly #state: Float64Array
  readonly #enteredBy: Int32Array
  /** By step. */
  readonly #cost: Float64Array

  /** @param barred steps that must not be on the way */
  constructor(needs: Needs, place: Place, truths: readonly Truth[], barred: ReadonlySet<number> = new Set()) {
    this.#needs = needs
    this.#place = place
    this.#truths = truths
    this.#state = new Float64Array(needs.places.size).fill(FAR)
    this.#enteredBy = new Int32Array(needs.places.size).fill(-1)
    this.#cost = new Float64Array(needs.steps.length).fill(FAR)
    for (const [node, index] of needs.places) if (place.active.has(node.path)) this.#state[index] = 0
    this.#reckon(barred)
  }

  #index = (pointer: string): number =>
    this.#needs.steps.findIndex(({ placed }) => placed.pointer === pointer)

  /** Steps to a transition. */
  to(pointer: string): number {
    return this.#costOf(this.#index(pointer))
  }

  /** Whether all that a transition asks holds already, wherever the job stands. */
  isReady(pointer: string): boolean {
    const need = this.#needs.steps[this.#index(pointer)]?.need
    return need !== undefined && this.#owed(need) === 0
  }

  #costOf = (step: number): number => this.#cost[step] ?? FAR
  #farFrom = (state: number): number => this.#state[state] ?? FAR
  #holds = (index: number, want: boolean): boolean => (this.#truths[index] === 'true') === want

  #cheapest(index: number, want: boolean): { maker?: Maker; price: number } {
    let best: { maker?: Maker; price: number } = { price: FAR }
    for (const maker of this.#needs.makers[index]?.[want ? 'yes' : 'no'] ?? []) {
      const price = 'step' in maker ? this.#costOf(maker.step) : maker.price
      if (price < best.price) best = { maker, price }
    }
    return best
  }

  #owed = (need: Need): number => {
    switch (need.kind) {
      case 'free':
        return 0
      case 'atom':
        return this.#holds(need.index, need.want) ? 0 : this.#cheapest(need.index, need.want).price
      case 'links': {
        const under = this.#place.job.links.filter(
          ({ link, status }) => link === need.link && status === 'active',
        )
        return under.length > 1 ? 0 : Math.min(FAR, ...need.makers.map(this.#costOf))
      }
      case 'all':
        return need.parts.reduce((sum, part) => sum + this.#owed(part), 0)
      case 'any':
        return Math.min(...need.parts.map(this.#owed))
    }
  }

  /** What bars a transition of a state that is active: items not ticked, a timer that does not run. */
  #bars(): (placed: TreeTransition) => number {
    const { job, active } = this.#place
    const { checklist } = job.snapshot.context
    const items = [...this.#needs.compiled.items.values()].filter(
      ({ item, state }) => item.required !== false && active.has(state) && !Object.hasOwn(checklist, item.id),
    )
    const running = new Set(job.timers.flatMap(({ delay, fired }) => (fired ? [] : [delay])))
    return ({ source, targets, trigger, transition }) => {
      const ticks =
        targets.length > 0 &&
        transition.meta?.waivesChecklist !== true &&
        items.some(({ state }) => isAlong(state, source.path))
      const again = trigger.kind === 'after' && !running.has(trigger.delay)
      return (ticks ? TICKS : 0) + (again ? AGAIN : 0)
    }
  }

  #reckon(barred: ReadonlySet<number>): void {
    const bars = this.#bars()
    const nearest = (states: readonly number[]): number => Math.min(FAR, ...states.map(this.#farFrom))
    for (let round = 0, changed = true; changed && round < ROUNDS; round++) {
      changed = false
      for (const [index, { placed, need, enters, ends }] of this.#needs.steps.entries()) {
        const source = this.#farFrom(this.#needs.place(placed.source))
        if (source === FAR || barred.has(index)) continue
        const done = ends.reduce((sum, states) => sum + nearest(states), 0)
        const own = placed.trigger.kind === 'always' ? BY_ITSELF : STEP
        const price = source + done + (source === 0 ? bars(placed) : 0) + this.#owed(need) + own
        if (price >= this.#costOf(index)) continue
        this.#cost[index] = price
        changed = true
        for (const entry of enters)
          if (price < this.#farFrom(entry)) {
            this.#state[entry] = price
            this.#enteredBy[entry] = index
          }
      }
    }
  }

  /** Transitions that a straight way to one would take, and `=name` of fields that it would have set right by hand. */
  plan(pointer: string): ReadonlySet<string> {
    const { steps } = this.#needs
    const found = new Set<number>()
    const hands = new Set<string>()
    const least = (all: readonly number[], far: (one: number) => number): number | undefined =>
      all.toSorted((one, other) => far(one) - far(other))[0]
    const visitState = (state: number | undefined): void => {
      if (state === undefined || this.#farFrom(state) === 0) return
      visit(this.#enteredBy[state])
    }
    const visitNeed = (need: Need): void => {
      if (this.#owed(need) === 0) return
      if (need.kind === 'atom') {
        const { maker } = this.#cheapest(need.index, need.want)
        if (maker !== undefined && 'step' in maker) visit(maker.step)
        else for (const field of maker?.hand ?? []) hands.add(`=${field}`)
      }
      if (need.kind === 'links') visit(least(need.makers, this.#costOf))
      if (need.kind === 'all') for (const part of need.parts) visitNeed(part)
      if (need.kind === 'any')
        for (const part of need.parts
          .toSorted((one, other) => this.#owed(one) - this.#owed(other))
          .slice(0, 1))
          visitNeed(part)
    }
    const visit = (index: number | undefined): void => {
      const step = index === undefined ? undefined : steps[index]
      if (index === undefined || step === undefined || found.has(index)) return
      found.add(index)
      visitState(this.#needs.place(step.placed.source))
      for (const states of step.ends) visitState(least(states, this.#farFrom))
      visitNeed(step.need)
    }
    visit(this.#index(pointer))
    return new Set([...[...found].flatMap((index) => steps[index]?.placed.pointer ?? []), ...hands])
  }
}
