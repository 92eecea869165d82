/**
 * SCXML as a draft of ours: from `scxml-out.ts`, or from any tool that writes it.
 *
 * Promises: never throws; states, parallel regions, history, starts and transitions decide as SCXML says (the first
 * that matches in document order, by whole words of the event's name); a condition that is no CEL is kept as it is
 * written, so that the validator bars publishing instead of a way standing open.
 * Must not: run or fetch anything of the file.
 */
import { Check } from 'typebox/value'
import { ProcessMeta, StateMeta, TransitionMeta } from '../definition/schema.ts'
import { guardFrom, type StateIds } from './condition.ts'
import { humanised, Namer } from './names.ts'
import { Newcomer } from './newcomer.ts'
import { type Imported, Notes } from './note.ts'
import { given, isRecord, type Json, LONGEST_FILE, list, own, record, string } from './plain.ts'
import { ContentReader, literalFrom } from './scxml-content.ts'
import { readData } from './scxml-data.ts'
import { OURS, ours } from './scxml-names.ts'
import { isIn, kindOf, type ScxmlState, type ScxmlTree, scxmlTree } from './scxml-places.ts'
import { Triggers } from './scxml-triggers.ts'
import { type Element, readXml } from './xml.ts'

/** Never throws. */
export function fromScxml(text: string): Imported {
  const notes = new Notes()
  if (text.length > LONGEST_FILE) {
    notes.add('too-large', '')
    return { notes: notes.list() }
  }
  const read = readXml(text)
  if ('error' in read) {
    const { code, place, what } = read.error
    notes.add(code, place, { what, why: what })
    return { notes: notes.list() }
  }
  if (read.root.name !== 'scxml') {
    notes.add('no-machine', read.root.place)
    return { notes: notes.list() }
  }
  return { definition: new Reader(read.root, notes).definition(), notes: notes.list() }
}

/** What our own element says of the element it stands in. */
function metaOf(element: Element): Json {
  const found = element.children.find(({ name, space }) => name === 'meta' && space === OURS)
  return record(found === undefined ? undefined : literalFrom(found.text)?.value)
}

const STATE_CHILDREN = new Set([
  ...[
    'state',
    'parallel',
    'final',
    'history',
    'initial',
    'onentry',
    'onexit',
    'transition',
    'datamodel',
    'meta',
  ],
])
const WORKS = new Set(['invoke', 'script'])

class Reader {
  readonly #document: Element
  readonly #notes: Notes
  readonly #tree: ScxmlTree
  readonly #ids: StateIds
  readonly #newcomer: Newcomer
  readonly #content: ContentReader
  readonly #triggers: Triggers
  readonly #meta: Json
  readonly #id: string
  readonly #isOurs: boolean

  constructor(document: Element, notes: Notes) {
    this.#document = document
    this.#notes = notes
    this.#meta = metaOf(document)
    const asked = document.attributes.get('name') ?? 'imported'
    this.#id = new Namer('process').name(asked)
    if (this.#id !== asked) notes.add('renamed', document.place, { from: asked, to: this.#id })
    const whole = document.children.find(({ attributes }) => attributes.get(ours('root')) === 'true')
    this.#isOurs = whole !== undefined && isRecord(this.#meta.schemas)
    this.#tree = scxmlTree(whole ?? document, this.#id, notes)
    this.#ids = {
      idOf: (path) => path,
      pathOf: (id) => this.#tree.byId.get(id)?.path,
    }
    const schemas = record(this.#meta.schemas)
    const context = record(schemas.context)
    this.#newcomer = new Newcomer(notes, {
      events: record(schemas.events),
      fields: record(context.properties),
      delays: record(this.#meta.delays),
      required: context.required,
      hasSchemas: isRecord(schemas.context),
    })
    if (!this.#isOurs) readData(document, this.#newcomer, notes)
    const isCel = this.#isOurs || document.attributes.get('datamodel') === 'cel'
    this.#content = new ContentReader({ newcomer: this.#newcomer, isCel })
    this.#triggers = new Triggers(document, this.#tree, this.#newcomer)
  }

  definition(): Json {
    const { root } = this.#tree
    const state = this.#state(root)
    const { meta } = this.#meta
    return given({
      $schema: this.#meta.$schema,
      id: this.#id,
      ...state,
      states: record(state.states),
      schemas: this.#newcomer.schemas(),
      delays: this.#newcomer.delays(),
      meta: Check(ProcessMeta, meta)
        ? meta
        : { title: { en: humanised(this.#document.attributes.get('name') ?? this.#id) } },
    })
  }

  #state(state: ScxmlState): Json {
    const { element, parent, kind } = state
    const about = metaOf(element)
    for (const each of element.children)
      if (!STATE_CHILDREN.has(each.name))
        this.#notes.add(WORKS.has(each.name) ? 'work-not-carried' : 'not-carried', each.place, {
          what: `<${each.name}>`,
        })
    const empty = record(about.empty)
    const shared = {
      id: parent === undefined ? undefined : element.attributes.get(ours('id')),
      description: string(about.description),
      tags: about.tags,
      meta: parent === undefined ? undefined : this.#stateMeta(state, about.meta),
    }
    if (kind === 'history') return given({ ...empty, ...shared, ...this.#history(state) })
    const begin = this.#initial(state)
    const states = Object.fromEntries(state.children.map((each) => [each.key, this.#state(each)]))
    const begun = begin.step === undefined ? states : { ...states, [begin.key ?? '']: begin.step }
    return given({
      ...empty,
      ...shared,
      type: this.#type(state),
      initial: begin.key,
      states: state.children.length > 0 ? begun : empty.states,
      ...this.#transitions(state),
      entry: this.#blocks(element, 'onentry') ?? empty.entry,
      exit: this.#blocks(element, 'onexit') ?? empty.exit,
    })
  }

  #type({ element, kind, children }: ScxmlState): string | undefined {
    const said = element.attributes.get(ours('type'))
    if (kind === 'parallel' || kind === 'final') return kind
    return said === 'atomic' || (said === 'compound' && children.length > 0) ? said : undefined
  }

  #stateMeta({ id, key }: ScxmlState, meta: unknown): unknown {
    if (Check(StateMeta, meta)) return meta
    return this.#isOurs ? undefined : { title: { en: humanised(id === '' ? key : id) } }
  }

  /** Several blocks run one after the other. */
  #blocks(element: Element, name: string): unknown[] | undefined {
    const found = element.children
      .filter((each) => each.name === name)
      .flatMap((each) => this.#content.actions(each, undefined) ?? [])
    return found.length === 0 ? undefined : found
  }

  #history(state: ScxmlState): Json {
    const { element } = state
    const way = element.children.find(({ name }) => name === 'transition')
    const names = (way?.attributes.get('target') ?? '').split(/\s+/).filter((name) => name !== '')
    const said = way?.attributes.get(ours('target'))
    const deep = element.attributes.get('type') === 'deep'
    const history =
      this.#isOurs && !deep ? element.attributes.get(ours('history')) : deep ? 'deep' : 'shallow'
    const [first] = names
    if (way !== undefined && this.#content.actions(way, undefined) !== undefined)
      this.#notes.add('not-carried', way.place, { what: '<history> <transition>' })
    // Where a parallel state's regions all begin anew, no target says the same.
    const isWhole = names.length > 1 && state.parent?.kind === 'parallel'
    if (said === '' || isWhole || first === undefined) return given({ type: 'history', history })
    if (names.length > 1) this.#notes.add('one-default', element.place, { name: first })
    const place = this.#tree.byId.get(first)
    if (place === undefined) this.#notes.add('unknown-target', element.place, { name: first })
    return given({ type: 'history', history, target: said ?? this.#named(first) })
  }

  #named(id: string): string {
    const place = this.#tree.byId.get(id)
    if (place === undefined) return id
    return place.path === '' ? `#${this.#id}` : `#${this.#id}.${place.path}`
  }

  /** A start with actions, with several targets or deeper than the children becomes a first step. */
  #initial(state: ScxmlState): { key?: string; step?: Json } {
    const { element, children, kind } = state
    if (kind === 'parallel') {
      const said = element.attributes.get(ours('initial'))
      return said === undefined ? {} : { key: said }
    }
    const way = element.children
      .find(({ name }) => name === 'initial')
      ?.children.find(({ name }) => name === 'transition')
    const names = (way?.attributes.get('target') ?? element.attributes.get('initial') ?? '')
      .split(/\s+/)
      .filter((name) => name !== '')
    const [first, ...others] = names
    if (first === undefined) {
      const begin = this.#isOurs ? undefined : children.find((each) => each.kind !== 'history')
      return begin === undefined ? {} : { key: begin.key }
    }
    const place = this.#tree.byId.get(first)
    const actions = way === undefined ? undefined : this.#content.actions(way, undefined)
    if (place?.parent === state && others.length === 0 && actions === undefined) return { key: place.key }
    if (place === undefined) {
      this.#notes.add('unknown-target', element.place, { name: first })
      return { key: first }
    }
    this.#notes.add('started-by-step', element.place, { name: names.join(' ') })
    const keys = new Namer(
      'state',
      children.map(({ key }) => key),
    )
    const targets = names.map((name) => this.#named(name))
    const always = given({ target: others.length === 0 ? targets[0] : targets, actions })
    return {
      key: keys.name('begin step'),
      step: { always: [always], meta: { title: { en: 'Begin', zh: '开始' } } },
    }
  }

  #transitions(state: ScxmlState): Json {
    const { on, always, after, done, lost } = this.#triggers.of(state)
    for (const { element, name } of lost) this.#notes.add('event-not-carried', element.place, { name })
    const empty = record(metaOf(state.element).empty)
    const all = (elements: readonly Element[], event?: string): unknown => {
      const made = elements.map((element) => this.#transition(element, state, event))
      const [only] = elements
      const isSingle = elements.length === 1 && only?.attributes.get(ours('single')) === 'true'
      return isSingle ? made[0] : made
    }
    const grouped = (groups: ReadonlyMap<string, Element[]>, isEvent: boolean): Json | undefined =>
      groups.size === 0
        ? undefined
        : Object.fromEntries(
            [...groups].map(([key, elements]) => [key, all(elements, isEvent ? key : undefined)]),
          )
    return given({
      on: grouped(on, true) ?? empty.on,
      always: always.length === 0 ? empty.always : all(always),
      after: grouped(after, false) ?? empty.after,
      onDone: done.length === 0 ? empty.onDone : all(done),
    })
  }

  #transition(element: Element, state: ScxmlState, event: string | undefined): Json {
    const about = metaOf(element)
    const { attributes } = element
    const names = (attributes.get('target') ?? '').split(/\s+/).filter((name) => name !== '')
    for (const name of names)
      if (!this.#tree.byId.has(name)) this.#notes.add('unknown-target', element.place, { name })
    const empty = record(about.empty)
    return given({
      target: this.#targets(element, names),
      guard: this.#guard(element, about, event),
      actions: this.#content.actions(element, event) ?? empty.actions,
      reenter: this.#reenter(element, state, names),
      description: string(about.description),
      meta: Check(TransitionMeta, about.meta) ? about.meta : undefined,
    })
  }

  /** Our own spelling holds as long as it means the targets that are written. */
  #targets({ attributes }: Element, names: readonly string[]): unknown {
    const named = names.map((name) => this.#named(name))
    const said = literalFrom(attributes.get(ours('target')) ?? '')?.value
    const spelt = list(said).filter((each) => typeof each === 'string')
    if (this.#isOurs && spelt.length === named.length && spelt.length > 0) {
      const means = spelt.every((each, index) => lastOf(each) === lastOf(named[index] ?? ''))
      if (means) return said
    }
    return named.length <= 1 ? named[0] : named
  }

  /** An external transition of SCXML leaves its source; ours says so where it would not by itself. */
  #reenter({ attributes }: Element, state: ScxmlState, names: readonly string[]): boolean | undefined {
    const said = attributes.get(ours('reenter'))
    if (this.#isOurs && said === 'true') return true
    if (this.#isOurs && (said === 'false' || attributes.get('type') === 'internal'))
      return said === undefined ? undefined : false
    const targets = names.flatMap((name) => this.#tree.byId.get(name) ?? [])
    if (targets.length === 0 || !targets.every((target) => isIn(target, state))) return undefined
    const isInternal =
      attributes.get('type') === 'internal' &&
      kindOf(state.element) !== undefined &&
      state.children.length > 0 &&
      targets.every((target) => target !== state)
    return isInternal ? undefined : true
  }

  #guard(element: Element, about: Json, event: string | undefined): unknown {
    const cond = element.attributes.get('cond')
    if (cond === undefined || cond.trim() === '') return undefined
    const kept = about.guard
    if (this.#isOurs && own(kept, 'cond') === cond) return own(kept, 'guard')
    const read = guardFrom(cond, this.#ids, this.#content.leaf(event))
    if (read.ok) return read.guard
    if (read.unknownState !== undefined)
      this.#notes.add('unknown-target', element.place, { name: read.unknownState })
    this.#notes.add('expression-kept', element.place, { text: cond })
    return { '@expr': cond, '@lang': 'cel' }
  }
}

/** The key that a target ends with. */
const lastOf = (target: string): string => target.split(/[.#]/).at(-1) ?? ''
