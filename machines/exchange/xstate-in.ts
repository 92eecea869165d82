/**
 * A machine config of XState 5 in JSON as a draft of ours: from `xstate-out.ts`, from Stately, or written by hand.
 *
 * Promises: never throws; the states and transitions are the same; a guard, action or delay whose meaning is code
 * elsewhere keeps its name, so that the validator bars publishing until a person has said what it means: a guard
 * is never dropped, for that would open a way. All else that is lost is noted.
 * Must not: run or trust anything of the file.
 */
import { Check } from 'typebox/value'
import { child } from '../definition/pointer.ts'
import { ProcessMeta, StateMeta, TransitionMeta } from '../definition/schema.ts'
import { humanised, Namer } from './names.ts'
import { Newcomer } from './newcomer.ts'
import { type Imported, Notes } from './note.ts'
import { type Place, pathOf, placesOf, targetOf } from './places.ts'
import { given, isEmpty, isRecord, type Json, list, own, parseJson, record, string } from './plain.ts'
import { CodeReader } from './xstate-code.ts'

/** Never throws. */
export function fromXState(text: string): Imported {
  const notes = new Notes()
  const value = parseJson(text, notes)
  const config = isRecord(value) && isRecord(value.machine) ? value.machine : value
  if (!isRecord(config)) {
    if (value !== undefined) notes.add('no-machine', '')
    return { notes: notes.list() }
  }
  return { definition: new Reader(config, notes).definition(), notes: notes.list() }
}

const STATE_KEYS = new Set([
  ...['id', 'type', 'history', 'target', 'initial', 'states', 'on', 'always', 'after', 'onDone', 'entry'],
  ...['exit', 'tags', 'description', 'meta'],
])
/** What says nothing about behaviour, or is read elsewhere. */
const ROOT_KEYS = new Set([
  'context',
  'version',
  '$schema',
  'schemas',
  'delays',
  'predictableActionArguments',
])
const TRANSITION_KEYS = new Set([
  ...['target', 'guard', 'cond', 'actions', 'reenter', 'internal', 'description', 'meta', 'event'],
])
const WORKS = new Set(['invoke', 'spawn', 'activities'])
const TYPES = new Set(['atomic', 'compound', 'parallel', 'final', 'history'])

class Reader {
  readonly #config: Json
  readonly #notes: Notes
  readonly #id: string
  readonly #places: Place[]
  readonly #ids = new Map<string, Place>()
  readonly #stateIds: Namer
  readonly #newcomer: Newcomer
  readonly #renamed: boolean
  readonly #code: CodeReader

  constructor(config: Json, notes: Notes) {
    this.#config = config
    this.#notes = notes
    const asked = string(config.id) ?? 'imported'
    this.#id = new Namer('process').name(asked)
    if (this.#id !== asked) notes.add('renamed', '/id', { from: asked, to: this.#id })
    this.#places = placesOf(config, this.#id)
    this.#stateIds = new Namer('state')
    for (const place of this.#places) {
      const id = string(place.raw.id)
      if (id !== undefined && place.parent !== undefined && !this.#ids.has(id)) this.#ids.set(id, place)
      if (place.key !== place.rawKey && place.parent !== undefined)
        notes.add('renamed', place.pointer, { from: place.rawKey, to: place.key })
    }
    this.#renamed = this.#places.some(({ key, rawKey }) => key !== rawKey)
    const ours = record(own(config.meta, 'fieldchart'))
    const schemas = record(isRecord(ours.schemas) ? ours.schemas : config.schemas)
    const context = record(schemas.context)
    this.#newcomer = new Newcomer(notes, {
      events: record(schemas.events),
      fields: record(context.properties),
      delays: record(isRecord(ours.delays) ? ours.delays : config.delays),
      required: context.required,
      hasSchemas: isRecord(schemas.context),
    })
    this.#code = new CodeReader(this.#newcomer, (state, place) => this.#stateNamed(state, place))
    if (!isRecord(schemas.context))
      for (const [name, value] of Object.entries(record(config.context)))
        this.#newcomer.field(name, value, child('/context', name))
  }

  definition(): Json {
    const [root] = this.#places
    const state = root === undefined ? {} : this.#state(root)
    const { fieldchart, ...meta } = record(this.#config.meta)
    return given({
      $schema: own(fieldchart, '$schema') ?? this.#config.$schema,
      id: this.#id,
      ...state,
      states: record(state.states),
      schemas: this.#newcomer.schemas(),
      delays: this.#newcomer.delays(),
      meta: Check(ProcessMeta, meta) ? meta : this.#foreignMeta(meta),
    })
  }

  #foreignMeta(meta: Json): Json {
    if (Object.keys(meta).length > 0) this.#notes.add('meta-not-carried', '/meta')
    return { title: { en: humanised(string(this.#config.id) ?? this.#id) } }
  }

  #state(place: Place): Json {
    const { raw, pointer, parent } = place
    for (const [key, value] of Object.entries(raw))
      if (!STATE_KEYS.has(key) && !(parent === undefined && ROOT_KEYS.has(key)) && !isEmpty(value))
        this.#notes.add(WORKS.has(key) ? 'work-not-carried' : 'not-carried', child(pointer, key), {
          what: key,
        })
    const type = string(raw.type)
    if (type !== undefined && !TYPES.has(type))
      this.#notes.add('not-carried', child(pointer, 'type'), { what: type })
    const initial = this.#initial(place)
    const states = Object.fromEntries(place.children.map((each) => [each.key, this.#state(each)]))
    const begun = initial.step === undefined ? states : { ...states, [initial.key ?? '']: initial.step }
    return given({
      id: parent === undefined ? undefined : this.#stateId(place),
      type: type !== undefined && TYPES.has(type) ? type : undefined,
      history: this.#history(raw),
      target: this.#historyDefault(place),
      initial: initial.key,
      states: isRecord(raw.states) || parent === undefined ? begun : undefined,
      on: this.#grouped(place, 'on'),
      always: this.#transitions(raw.always, place, child(pointer, 'always')),
      after: this.#grouped(place, 'after'),
      onDone: this.#transitions(raw.onDone, place, child(pointer, 'onDone')),
      entry: this.#code.actions(raw.entry, child(pointer, 'entry')),
      exit: this.#code.actions(raw.exit, child(pointer, 'exit')),
      tags: raw.tags === undefined ? undefined : list(raw.tags).filter((tag) => typeof tag === 'string'),
      description: string(raw.description),
      ...(parent === undefined ? {} : { meta: this.#stateMeta(place) }),
    })
  }

  /** XState lets a state name any id; ours are keys. */
  #stateId(place: Place): string | undefined {
    const id = string(place.raw.id)
    if (id === undefined || this.#ids.get(id) !== place) return undefined
    const name = this.#stateIds.name(id)
    if (name !== id) this.#notes.add('renamed', child(place.pointer, 'id'), { from: id, to: name })
    return name
  }

  #history(raw: Json): unknown {
    if (raw.history === true) return 'shallow'
    return raw.history === 'shallow' || raw.history === 'deep' ? raw.history : undefined
  }

  #historyDefault(place: Place): string | undefined {
    const target = string(place.raw.target)
    return target === undefined ? undefined : this.#target(target, place, child(place.pointer, 'target'))
  }

  /** A start that is a transition of its own, or lies deeper, becomes a first step. */
  #initial(place: Place): { key?: string; step?: Json } {
    const at = child(place.pointer, 'initial')
    const raw = place.raw.initial
    const name = string(raw) ?? string(own(raw, 'target'))
    if (name === undefined) return {}
    const direct = place.children.find(({ rawKey }) => rawKey === name)
    const actions = list(own(raw, 'actions'))
    if (direct !== undefined && actions.length === 0) return { key: direct.key }
    const target = direct ?? targetOf(name.startsWith('#') ? name : `.${name}`, place, this.#ids)
    if (target === undefined) {
      this.#notes.add('unknown-target', at, { name })
      return { key: name }
    }
    const keys = new Namer(
      'state',
      place.children.map(({ key }) => key),
    )
    this.#notes.add('started-by-step', at, { name })
    const always = given({
      target: `#${[this.#id, ...pathOf(target)].join('.')}`,
      actions: this.#code.actions(own(raw, 'actions'), child(at, 'actions')),
    })
    return {
      key: keys.name('begin step'),
      step: { always: [always], meta: { title: { en: 'Begin', zh: '开始' } } },
    }
  }

  #stateMeta({ raw, pointer, rawKey }: Place): Json | undefined {
    if (Check(StateMeta, raw.meta)) return raw.meta
    if (raw.meta !== undefined && !isEmpty(raw.meta))
      this.#notes.add('meta-not-carried', child(pointer, 'meta'))
    // One of ours has its titles, or went without.
    return this.#newcomer.known.hasSchemas ? undefined : { title: { en: humanised(rawKey) } }
  }

  #grouped(place: Place, kind: 'on' | 'after'): Json | undefined {
    const raw = place.raw[kind]
    if (raw === undefined || raw === null) return undefined
    const at = child(place.pointer, kind)
    // XState 4 also wrote lists with the trigger inside.
    const entries = Array.isArray(raw)
      ? raw.flatMap((each, index): [string, unknown, string][] => {
          const key = own(each, kind === 'on' ? 'event' : 'delay')
          return typeof key === 'string' || typeof key === 'number'
            ? [[String(key), each, child(at, index)]]
            : []
        })
      : Object.entries(record(raw)).map(([key, each]): [string, unknown, string] => [
          key,
          each,
          child(at, key),
        ])
    const groups = new Map<string, unknown>()
    for (const [key, each, where] of entries) {
      const name = kind === 'on' ? this.#descriptor(key, where) : this.#delayName(key, where)
      if (name === undefined) continue
      const made = this.#transitions(each === null ? {} : each, place, where) ?? {}
      const before = groups.get(name)
      groups.set(name, before === undefined ? made : [...list(before), ...list(made)])
    }
    return Object.fromEntries(groups)
  }

  #descriptor(key: string, at: string): string | undefined {
    if (/^(xstate|done|error)\./.test(key) && !Object.hasOwn(this.#newcomer.known.events, key)) {
      this.#notes.add('event-not-carried', at, { name: key })
      return undefined
    }
    return this.#newcomer.descriptor(key, at)
  }
  #delayName(key: string, at: string): string {
    return this.#newcomer.delay(/^\d+(\.\d+)?$/.test(key) ? Number(key) : key, at)
  }

  #transitions(raw: unknown, place: Place, at: string): Json | Json[] | undefined {
    if (raw === undefined || raw === null) return undefined
    if (!Array.isArray(raw)) return this.#transition(raw, place, at)
    return raw.map((each, index) => this.#transition(each, place, child(at, index)))
  }

  #transition(raw: unknown, place: Place, at: string): Json {
    if (typeof raw === 'string') return { target: this.#target(raw, place, at) }
    if (!isRecord(raw)) return {}
    for (const [key, value] of Object.entries(raw))
      if (!TRANSITION_KEYS.has(key) && !isEmpty(value))
        this.#notes.add('not-carried', child(at, key), { what: key })
    const guard = raw.guard ?? raw.cond
    const meta = Check(TransitionMeta, raw.meta) ? raw.meta : undefined
    if (meta === undefined && raw.meta !== undefined && !isEmpty(raw.meta))
      this.#notes.add('meta-not-carried', child(at, 'meta'))
    return given({
      target: this.#targets(raw.target, place, child(at, 'target')),
      guard:
        guard === undefined || guard === null
          ? undefined
          : this.#code.guard(guard, place, child(at, 'guard')),
      actions: this.#code.actions(raw.actions, child(at, 'actions')),
      reenter: typeof raw.reenter === 'boolean' ? raw.reenter : raw.internal === false ? true : undefined,
      description: string(raw.description),
      meta,
    })
  }

  #targets(raw: unknown, place: Place, at: string): unknown {
    if (raw === undefined || raw === null) return undefined
    if (typeof raw === 'string') return this.#target(raw, place, at)
    const targets = list(raw).flatMap((each) =>
      typeof each === 'string' ? [this.#target(each, place, at)] : [],
    )
    return targets.length === 0 ? undefined : targets
  }

  #target(target: string, place: Place, at: string): string {
    const found = targetOf(target, place, this.#ids)
    if (found === undefined) {
      this.#notes.add('unknown-target', at, { name: target })
      return target
    }
    const id = string(found.raw.id)
    const isPlain = !this.#renamed && (id === undefined || this.#stateIds.name(id) === id)
    return isPlain ? target : `#${[this.#id, ...pathOf(found)].join('.')}`
  }

  /** The path of a state that a `stateIn` names. */
  #stateNamed(state: string, place: Place): string | undefined {
    const [root] = this.#places
    if (root === undefined) return undefined
    const found = state.startsWith('#')
      ? targetOf(state, place, this.#ids)
      : targetOf(`.${state}`, root, this.#ids)
    return found === undefined ? undefined : pathOf(found).join('.')
  }
}
