/**
 * What each transition of a process needs, and what brings that about: transitions that enter a state or write a field, time, ticks, a
 * correction by hand.
 *
 * Promises: read from the definition alone; the same definition gives the same needs.
 * Must not: know where a job stands, or run the machine.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Action, Guard } from '../definition/schema.ts'
import { ancestorsOf, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { outlineOf } from '../expression/outline.ts'
import { ABSENT, Abstract } from './explore-abstract.ts'
import type { Place } from './explore-node.ts'
import { before } from './explore-proof.ts'
import { actionsOf, enteredBy, pathsIn, type Reading, textsOf } from './explore-reading.ts'
import type { Truth } from './explore-truth.ts'

/** What must be so for a transition, as far as it can be worked towards. */
export type Need =
  | { readonly kind: 'free' }
  | { readonly kind: 'atom'; readonly index: number; readonly want: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Need[] }
  /** More than one job of a link under way: one of them is about to end. */
  | { readonly kind: 'links'; readonly link: string; readonly makers: readonly number[] }

export type Step = {
  readonly placed: TreeTransition
  readonly need: Need
  /** States that it enters, by their places. */
  readonly enters: readonly number[]
  /** For `onDone`: its parts, each with the final states one of which must be reached. */
  readonly ends: readonly (readonly number[])[]
}
/** What brings a fact about: a transition, or something that can be done anywhere at a price. */
export type Maker = { readonly step: number } | { readonly price: number; readonly hand?: readonly string[] }

const FREE: Need = { kind: 'free' }
/** Time and ticks come at any place; a correction by hand is the last resort. */
const BY_WAITING = 1
const BY_TICKING = 1
const BY_LINKING = 2
const BY_HAND = 6

export class Needs {
  readonly compiled: Compiled
  /** All states, by their places. */
  readonly places: ReadonlyMap<TreeNode, number>
  /** One for each transition. */
  readonly steps: readonly Step[]
  /** By atom of the reading, for wanted true and wanted false. */
  readonly makers: readonly { readonly yes: readonly Maker[]; readonly no: readonly Maker[] }[]
  readonly #reading: Reading
  readonly #abstract: Abstract
  /** By the event that tells of its end: the link. */
  readonly #endings: ReadonlyMap<string, string>
  readonly #atoms: ReadonlyMap<string, number>
  /** Atoms whose answer changes as time passes. */
  readonly #timely: readonly number[]

  constructor(compiled: Compiled, reading: Reading) {
    this.compiled = compiled
    this.#reading = reading
    this.#abstract = new Abstract(compiled)
    this.#endings = new Map(
      [...compiled.transitions.values()].flatMap(({ transition: { actions } }) =>
        actionsOf(actions).flatMap((action) =>
          action.type === 'startJob' && action.params.onEnd !== undefined
            ? [[action.params.onEnd, action.params.link] as const]
            : [],
        ),
      ),
    )
    this.places = new Map(compiled.tree.nodes.map((node, place) => [node, place]))
    this.#atoms = new Map(reading.atoms.map((atom, index) => [JSON.stringify(atom), index]))
    this.#timely = [...reading.atoms.entries()].flatMap(([index, atom]) =>
      /\bnow\b/.test(JSON.stringify(atom)) ? [index] : [],
    )
    this.steps = [...compiled.transitions.values()].map((placed) => this.#step(placed))
    this.makers = reading.atoms.map((atom) => ({
      yes: this.#makersOf(atom, true),
      no: this.#makersOf(atom, false),
    }))
  }

  /** A state by its place among all. */
  place = (node: TreeNode): number => this.places.get(node) ?? 0

  #step(placed: TreeTransition): Step {
    const { source, trigger, transition } = placed
    const earlier = before(placed).map((other) => this.#need(other.transition.guard, false))
    return {
      placed,
      need: {
        kind: 'all',
        parts: [this.#need(transition.guard, true), ...this.#left(placed), ...this.#rest(placed), ...earlier],
      },
      enters: [...new Set(enteredBy(placed))].map(this.place),
      ends: trigger.kind === 'done' ? partsOf(source).map((part) => finals(part).map(this.place)) : [],
    }
  }

  /** What is waited for is taken where the job rests: nothing must carry it off by itself before. */
  #rest({ source, trigger }: TreeTransition): readonly Need[] {
    if (trigger.kind !== 'on' && trigger.kind !== 'after') return []
    return [source, ...ancestorsOf(source)].flatMap(({ transitions }) =>
      transitions.flatMap((each) =>
        each.trigger.kind === 'always' ? [this.#need(each.transition.guard, false)] : [],
      ),
    )
  }

  /** At the end of a linked job it counts as ended already: where it must be under way, another of its kind must be. */
  #left({ trigger, transition: { guard } }: TreeTransition): readonly Need[] {
    if (guard === undefined || trigger.kind !== 'on') return []
    const link = this.#endings.get(trigger.descriptor)
    if (link === undefined || !textsOf(guard).includes(`links.${link}.status == 'active'`)) return []
    const makers = [...this.compiled.transitions.values()].flatMap(({ transition: { actions } }, step) =>
      actionsOf(actions).some((action) => action.type === 'startJob' && action.params.link === link)
        ? [step]
        : [],
    )
    return [{ kind: 'links', link, makers }]
  }

  #need(guard: Guard | undefined, want: boolean): Need {
    if (guard === undefined) return FREE
    if ('@expr' in guard) {
      const text = guard['@expr']
      const read = outlineOf(text)
      if (!read.ok) return FREE
      const { outline } = read
      if (outline.kind !== 'and' && outline.kind !== 'or') return this.#atom(text, want)
      const parts = outline.parts.map(({ range }) => this.#atom(text.slice(range.start, range.end), want))
      return { kind: (outline.kind === 'and') === want ? 'all' : 'any', parts }
    }
    switch (guard.type) {
      case 'and':
      case 'or': {
        const parts = guard.params.guards.map((each) => this.#need(each, want))
        return { kind: (guard.type === 'and') === want ? 'all' : 'any', parts }
      }
      case 'not':
        return this.#need(guard.params.guard, !want)
      default:
        return this.#known(guard, want)
    }
  }

  #atom = (text: string, want: boolean): Need => this.#known({ '@expr': text, '@lang': 'cel' }, want)

  /** Those that look at who acts or at what is sent can be met by whoever chooses that. */
  #known(atom: Guard, want: boolean): Need {
    const index = this.#atoms.get(JSON.stringify(atom))
    return index === undefined ? FREE : { kind: 'atom', index, want }
  }

  #makersOf(atom: Guard, want: boolean): readonly Maker[] {
    if (!('@expr' in atom)) {
      if (atom.type === 'checklistDone') return [{ price: BY_TICKING }]
      if (atom.type === 'within') return [{ price: BY_WAITING }]
      if (atom.type === 'stateIn') return this.#entering(atom.params.state, want)
    }
    const text = textsOf(atom).join(' ')
    const makers: Maker[] = []
    if (/\bnow\b/.test(text)) makers.push({ price: BY_WAITING })
    if (/\bchecklist\b/.test(text)) makers.push({ price: BY_TICKING })
    if (/\blinks\b/.test(text)) makers.push({ price: BY_LINKING })
    const fields = new Set(
      pathsIn(text).flatMap((path) => (path.startsWith('job.') ? [path.split('.')[1] ?? ''] : [])),
    )
    if (!('@expr' in atom) && atom.type === 'qualified' && atom.params.of !== undefined)
      fields.add(atom.params.of)
    for (const [step, { placed }] of this.steps.entries())
      if (
        this.#writes(placed).some(
          ([field, value]) => fields.has(field) && this.#may(atom, field, value, want),
        )
      )
        makers.push({ step })
    const { properties } = this.compiled.definition.schemas.context
    const hand = [...fields].filter((field) => properties[field]?.meta?.locked !== true)
    if (hand.length > 0) makers.push({ price: BY_HAND, hand })
    return makers
  }

  #entering(path: string, want: boolean): readonly Maker[] {
    const node = this.compiled.tree.byPath.get(path)
    if (node === undefined || !want) return [{ price: BY_WAITING }]
    const place = this.place(node)
    return this.steps.flatMap(({ enters }, step) => (enters.includes(place) ? [{ step }] : []))
  }

  /** What a transition assigns, with what its states assign on entry. */
  #writes(placed: TreeTransition): readonly (readonly [string, unknown])[] {
    const actions: readonly Action[] = [
      ...actionsOf(placed.transition.actions),
      ...enteredBy(placed).flatMap(({ node }) => actionsOf(node.entry)),
    ]
    return actions.flatMap((action) =>
      action.type === '@xstate.assign' ? Object.entries(action.context) : [],
    )
  }

  /** Whether writing this can make an atom so. A value that is reckoned can be any. */
  #may(atom: Guard, field: string, value: unknown, want: boolean): boolean {
    if (typeof value === 'object' && value !== null) return true
    const told = this.#abstract.of(atom, { [field]: value === null ? ABSENT : value })
    return told === 'open' || told === (want ? 'true' : 'false')
  }

  /** Steps that are sure to undo what a transition asks. */
  breakersOf(pointer: string): ReadonlySet<number> {
    const own = this.steps.find(({ placed }) => placed.pointer === pointer)
    const wanted = own === undefined ? [] : atomsIn(own.need)
    const found = this.steps.flatMap(({ placed }, step) => {
      const writes = this.#writes(placed)
      const breaks = wanted.some(({ index, want }) => {
        const atom = this.#reading.atoms[index]
        const fields = atom === undefined ? [] : textsOf(atom).flatMap(pathsIn)
        return writes.some(
          ([field, value]) =>
            atom !== undefined && fields.includes(`job.${field}`) && !this.#may(atom, field, value, want),
        )
      })
      return breaks ? [step] : []
    })
    return new Set(found)
  }

  /** What a plan looks at, as it stands: answers of guards, the time, and what its delays are reckoned from. */
  looks(plan: ReadonlySet<string>, truths: readonly Truth[], { job }: Place): readonly string[] {
    const { fields } = job.snapshot.context
    const atoms = new Set(this.#timely)
    const read = new Set<string>()
    for (const pointer of plan) {
      for (const index of this.#reading.asks.get(pointer) ?? []) atoms.add(index)
      const trigger = this.compiled.transitions.get(pointer)?.trigger
      if (trigger?.kind === 'after')
        for (const name of JSON.stringify(this.compiled.definition.delays?.[trigger.delay]).match(
          /job\.\w+/g,
        ) ?? [])
          read.add(name.slice(4))
    }
    return [
      ...[...atoms].map((index) => `${index}${truths[index]}`),
      ...[...read].map((name) => `${name}${JSON.stringify(fields[name])}`),
    ]
  }
}

/** All that must be so; of what may be so in several ways, nothing. */
function atomsIn(need: Need): readonly Extract<Need, { kind: 'atom' }>[] {
  if (need.kind === 'atom') return [need]
  return need.kind === 'all' ? need.parts.flatMap(atomsIn) : []
}

/** What must come to its end for a state to be done. */
const partsOf = (node: TreeNode): readonly TreeNode[] =>
  node.kind === 'parallel' ? node.children.filter(({ kind }) => kind !== 'history').flatMap(partsOf) : [node]

const finals = (node: TreeNode): readonly TreeNode[] =>
  node.kind === 'final' ? [node] : node.children.filter(({ kind }) => kind === 'final')
