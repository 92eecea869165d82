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
const matches = (descriptor: string, event: string): boolean => {
  if (descriptor === '*' || descriptor === '.*') return true
  const base = baseOf(descriptor)
  return event === base || event.startsWith(`${base}.`)
}
const isSystems = (name: string): boolean => /^(?:done|error)(?:\.|$)/.test(name)
const transitionsOf = (element: Element): Element[] =>
  element.children.filter(({ name }) => name === 'transition')

export class Triggers {
  readonly #newcomer: Newcomer
  readonly #events: readonly string[]

  constructor(document: Element, newcomer: Newcomer) {
    this.#newcomer = newcomer
    this.#events = namedEvents(document)
  }

  of(state: ScxmlState, tree: ScxmlTree): Triggered {
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
    this.#doneOfOthers(state, tree, found)
    return found
  }

  #foreign(given: { element: Element; descriptors: string[] }[], state: ScxmlState, found: Triggered): void {
    for (const { element, descriptors } of given)
      for (const descriptor of descriptors) {
        if (baseOf(descriptor) === `done.state.${state.id}`) found.done.push(element)
        else if (isSystems(descriptor) && !isDone(descriptor)) found.lost.push({ element, name: descriptor })
      }
    const own = given.flatMap(({ descriptors }) =>
      descriptors.filter((one) => one !== '*' && one !== '.*' && !isSystems(one)),
    )
    const events = this.#events.filter((event) => own.some((descriptor) => matches(descriptor, event)))
    for (const event of events)
      for (const { element, descriptors } of given)
        if (descriptors.some((descriptor) => matches(descriptor, event)))
          push(found.on, this.#newcomer.event(event, element.place, 'outside'), element)
    for (const { element, descriptors } of given)
      if (descriptors.some((descriptor) => descriptor === '*' || descriptor === '.*'))
        push(found.on, '*', element)
  }

  /** A state above may wait for this one's end: the way out of both is the same from here. */
  #doneOfOthers(state: ScxmlState, tree: ScxmlTree, found: Triggered): void {
    for (let above = state.parent; above !== undefined; above = above.parent)
      for (const element of transitionsOf(above.element))
        if (
          words(element.attributes.get('event')).some((word) => baseOf(word) === `done.state.${state.id}`) &&
          leaves(element, above, tree)
        )
          found.done.push(element)
    for (const element of transitionsOf(state.element))
      for (const word of words(element.attributes.get('event'))) {
        if (
          !isDone(word) ||
          element.attributes.get(ours('done')) !== undefined ||
          element.attributes.get(ours('end')) !== undefined
        )
          continue
        const other = tree.byId.get(baseOf(word).slice('done.state.'.length))
        const isCarried =
          other === state || (other !== undefined && isIn(other, state) && leaves(element, state, tree))
        if (!isCarried) found.lost.push({ element, name: word })
      }
  }
}

/** No target, or one outside: taken from below it leaves the same states. */
const leaves = (element: Element, source: ScxmlState, tree: ScxmlTree): boolean =>
  words(element.attributes.get('target')).every((id) => {
    const target = tree.byId.get(id)
    return target !== undefined && !isIn(target, source)
  })

function push(groups: Map<string, Element[]>, key: string, element: Element): void {
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
