/**
 * Which transitions of an SCXML state wait for what, as groups of ours.
 *
 * Promises: decides as SCXML does. There the first transition in document order whose event matches is taken, and
 * `error` matches `error.timeout` too; here each event has a list of its own. So every event that the file names
 * gets the list of all that match it, in order.
 * Must not: read conditions or content.
 */
import type { Newcomer } from './newcomer.ts'
import { isDone, ours } from './scxml-names.ts'
import { isIn, type ScxmlState, type ScxmlTree } from './scxml-places.ts'
import type { Element } from './xml.ts'

const MOST_WORDS = 20
/** More would only be a trap: a definition has 500 states and 200 events. */
const MOST_WAITS = 200_000

export type Triggered = {
  on: Map<string, Element[]>
  always: Element[]
  after: Map<string, Element[]>
  done: Element[]
  /** Those that wait for what nothing here sends. */
  lost: { element: Element; name: string }[]
}

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '')
/** `visit`, `visit.` and `visit.*` mean the same to SCXML. */
const baseOf = (descriptor: string): string => descriptor.replace(/\.\*?$/, '')
const isAny = (descriptor: string): boolean => descriptor === '*' || descriptor === '.*'
/** `visit.booked` is meant by `visit` too. Beyond some words nobody means it so. */
const prefixesOf = (event: string): string[] => {
  const parts = event.split('.', MOST_WORDS)
  return [...parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.')), event]
}
const isSystems = (name: string): boolean => /^(?:done|error)(?:\.|$)/.test(name)
const transitionsOf = (element: Element): Element[] =>
  element.children.filter(({ name }) => name === 'transition')

export class Triggers {
  readonly #newcomer: Newcomer
  /** The events that a descriptor means. */
  readonly #meant = new Map<string, string[]>()
  readonly #tree: ScxmlTree
  /** Transitions that wait for the end of a state, by its id. */
  readonly #awaiting = new Map<string, { element: Element; source: ScxmlState }[]>()
  #left = MOST_WAITS

  constructor(document: Element, tree: ScxmlTree, newcomer: Newcomer) {
    this.#newcomer = newcomer
    this.#tree = tree
    for (const event of namedEvents(document))
      for (const prefix of prefixesOf(event)) push(this.#meant, prefix, event)
    for (const source of tree.all)
      for (const element of transitionsOf(source.element))
        for (const word of words(element.attributes.get('event')))
          if (
            isDone(word) &&
            element.attributes.get(ours('done')) === undefined &&
            element.attributes.get(ours('end')) === undefined
          )
            push(this.#awaiting, baseOf(word).slice('done.state.'.length), { element, source })
  }

  of(state: ScxmlState): Triggered {
    const found: Triggered = { on: new Map(), always: [], after: new Map(), done: [], lost: [] }
    const foreign: { element: Element; descriptors: string[] }[] = []
    for (const element of transitionsOf(state.element)) {
      const { attributes } = element
      if (attributes.get(ours('end')) !== undefined) continue
      const event = attributes.get('event')
      const after = attributes.get(ours('after'))
      const said = attributes.get(ours('on'))
      if (after !== undefined) push(found.after, after, element)
      else if (attributes.get(ours('done')) === 'true') found.done.push(element)
      else if (said !== undefined && said === event) push(found.on, said, element)
      else if (event === undefined || event.trim() === '') found.always.push(element)
      else foreign.push({ element, descriptors: words(event) })
    }
    this.#foreign(foreign, state, found)
    this.#ends(state, found)
    return found
  }

  #foreign(given: { element: Element; descriptors: string[] }[], state: ScxmlState, found: Triggered): void {
    const lists = new Map<string, Element[]>()
    for (const { descriptors } of given)
      for (const event of descriptors.flatMap((each) => this.#affordable(each))) lists.set(event, [])
    for (const { element, descriptors } of given) {
      const meant = new Set(
        descriptors.flatMap((each) => (isAny(each) ? this.#all(lists) : this.#affordable(each))),
      )
      for (const event of meant) lists.get(event)?.push(element)
      if (descriptors.some(isAny)) push(found.on, '*', element)
      else if (meant.size === 0 && this.#left <= 0) found.lost.push({ element, name: descriptors.join(' ') })
      for (const descriptor of descriptors)
        if (isSystems(descriptor) && !isDone(descriptor)) found.lost.push({ element, name: descriptor })
    }
    for (const [event, elements] of lists)
      if (elements.length > 0)
        found.on.set(
          this.#newcomer.event(event, elements[0]?.place ?? state.element.place, 'outside'),
          elements,
        )
  }

  /** The events that a descriptor means, as long as there is no more than anyone would draw. */
  #affordable(descriptor: string): readonly string[] {
    if (isAny(descriptor) || isSystems(descriptor)) return []
    const meant = this.#meant.get(baseOf(descriptor)) ?? []
    this.#left -= meant.length
    return this.#left < 0 ? [] : meant
  }
  #all(lists: ReadonlyMap<string, unknown>): string[] {
    this.#left -= lists.size
    return this.#left < 0 ? [] : [...lists.keys()]
  }

  /** A state above may wait for this one's end too: the way out of both is the same from here. */
  #ends(state: ScxmlState, found: Triggered): void {
    for (const { element, source } of this.#awaiting.get(state.id) ?? [])
      if (source === state || (isIn(state, source) && leaves(element, source, this.#tree)))
        found.done.push(element)
    for (const element of transitionsOf(state.element))
      for (const word of words(element.attributes.get('event'))) {
        if (!isDone(word)) continue
        const id = baseOf(word).slice('done.state.'.length)
        const other = this.#tree.byId.get(id)
        const isKnown = this.#awaiting.get(id)?.some((each) => each.element === element) ?? false
        const isCarried =
          other === state || (other !== undefined && isIn(other, state) && leaves(element, state, this.#tree))
        if (isKnown && !isCarried) found.lost.push({ element, name: word })
      }
  }
}

/** No target, or one outside: taken from below it leaves the same states. */
const leaves = (element: Element, source: ScxmlState, tree: ScxmlTree): boolean =>
  words(element.attributes.get('target')).every((id) => {
    const target = tree.byId.get(id)
    return target !== undefined && !isIn(target, source)
  })

function push<Value>(groups: Map<string, Value[]>, key: string, element: Value): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [element])
  else group.push(element)
}

/** Every event that the file waits for, raises or sends, each once. */
function namedEvents(document: Element): string[] {
  const found = new Set<string>()
  const pending = [document]
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (element.name === 'transition' || element.name === 'raise' || element.name === 'send')
      for (const word of words(element.attributes.get('event'))) {
        const base = baseOf(word)
        if (
          base !== '*' &&
          base !== '' &&
          !isSystems(base) &&
          element.attributes.get(ours('after')) === undefined
        )
          found.add(base)
      }
    pending.push(...element.children.toReversed())
  }
  return [...found]
}
