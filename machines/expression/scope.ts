/**
 * The names an expression may use at a place, with what people call them: for lists to choose from, and for completion.
 *
 * Promises: the same names and types that the check goes by; titles in both languages, the name itself where there
 * is none. Tolerant of a definition that is still being drawn. What was gathered of a definition is remembered by its
 * identity, so that every label of a drawing can ask.
 * Must not: judge an expression, or be given a definition that is changed in place.
 */
import { own } from '../definition/check-value.ts'
import type { Definition, Field, Text } from '../definition/schema.ts'
import { buildTree } from '../definition/tree.ts'
import type { Words } from './messages.ts'
import { type Fields, type Shape, STRING } from './shapes.ts'
import {
  anyPayload,
  commonPayload,
  OBJECTS,
  VARIABLES,
  type Variable,
  type Vocabulary,
  vocabularyOf,
} from './vocabulary.ts'

/** `timestamp`, `list<string>`, `object`: a type by the name that the check gives it. */
export type TypeName = string
/** A name that may follow a variable. */
export type ScopeName = {
  readonly variable: Variable
  /** After the variable: `['address', 'city']`; none for the variable itself. */
  readonly path: readonly string[]
  readonly type: TypeName
  readonly title: Words
  readonly description?: Words
  /** As declared, for fields and payloads. */
  readonly field?: Field
  /** The value a setting has now. */
  readonly value?: unknown
  /** Values it can have, where they are few. */
  readonly options?: readonly { readonly value: string; readonly title: Words }[]
}
export type Scope = {
  readonly vocabulary: Vocabulary
  /** What all events at hand carry; undefined where no event is at hand. */
  readonly event: Fields | undefined
  readonly names: readonly ScopeName[]
  readonly byPath: ReadonlyMap<string, ScopeName>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text in both languages; the other language where one is missing. A draft's words may be anything. */
export function wordsOf(text: Text | undefined, fallback: string): Words {
  const said = (words: unknown): string | undefined =>
    typeof words === 'string' && words !== '' ? words : undefined
  const [en, zh] = [said(text?.en), said(text?.zh)]
  return { en: en ?? zh ?? fallback, zh: zh ?? en ?? fallback }
}

export function typeName(shape: Shape): TypeName {
  if (shape.kind === 'list') return `list<${typeName(shape.of)}>`
  return shape.kind === 'date' ? 'timestamp' : shape.kind
}

const VARIABLE_WORDS: Readonly<Record<Variable, Words>> = {
  job: { en: 'Job', zh: '工单' },
  event: { en: 'Event', zh: '事件' },
  actor: { en: 'Person acting', zh: '操作人' },
  checklist: { en: 'Checklist', zh: '检查清单' },
  settings: { en: 'Settings', zh: '设置' },
  links: { en: 'Linked jobs', zh: '关联工单' },
  now: { en: 'Now', zh: '当前时间' },
  tz: { en: 'Time zone', zh: '时区' },
}
const VARIABLE_HELP: Readonly<Record<Variable, Words>> = {
  job: { en: 'The fields of this job', zh: '本工单的字段' },
  event: { en: 'What the event carries', zh: '事件携带的数据' },
  actor: { en: 'Who sends the event: id, name, roles', zh: '发送事件的人：编号、姓名、角色' },
  checklist: { en: 'Checklist items: true once ticked', zh: '检查项：勾选后为真' },
  settings: { en: 'Figures of this process that its owner may change', zh: '流程负责人可调整的参数' },
  links: { en: 'Jobs that belong to this one', zh: '与本工单关联的工单' },
  now: { en: 'The moment at which the event happens', zh: '事件发生的时间' },
  tz: { en: "The organisation's time zone", zh: '本单位所在时区' },
}
const ACTOR_WORDS: Readonly<Record<string, Words>> = {
  id: { en: 'Person acting', zh: '操作人' },
  name: { en: 'Name of the person acting', zh: '操作人姓名' },
  roles: { en: 'Roles of the person acting', zh: '操作人的角色' },
}
const LINK_WORDS: Readonly<Record<string, (link: string) => Words>> = {
  job: (link) => ({ en: `Number of the linked job “${link}”`, zh: `关联工单“${link}”的编号` }),
  process: (link) => ({ en: `Process of the linked job “${link}”`, zh: `关联工单“${link}”的流程` }),
  status: (link) => ({ en: `Status of the linked job “${link}”`, zh: `关联工单“${link}”的状态` }),
}
const PARENT: Words = { en: 'The job that started this one', zh: '发起本工单的工单' }
const JOB_STATUS_OPTIONS: NonNullable<ScopeName['options']> = [
  { value: 'active', title: { en: 'Active', zh: '进行中' } },
  { value: 'done', title: { en: 'Done', zh: '已完成' } },
  { value: 'cancelled', title: { en: 'Cancelled', zh: '已取消' } },
  { value: 'failed', title: { en: 'Failed', zh: '已失败' } },
]

type Known = { readonly vocabulary: Vocabulary; readonly names: readonly ScopeName[] }
const known = new WeakMap<Definition, Known>()

/** What does not depend on the events at hand. */
function knownOf(definition: Definition): Known {
  const before = known.get(definition)
  if (before !== undefined) return before
  const vocabulary = vocabularyOf(soundly(definition))
  const items = itemTitles(definition)
  const names = OBJECTS.flatMap((variable) =>
    [...vocabulary[variable]].flatMap(([name, shape]) => namesFor(definition, variable, name, shape, items)),
  )
  const made = { vocabulary, names }
  known.set(definition, made)
  return made
}

/**
 * Everything that an expression may name.
 *
 * @param events the types of events at hand, as the check takes them; none: there is no event
 */
export function scopeOf(definition: Definition, events: readonly string[]): Scope {
  const { vocabulary } = knownOf(definition)
  const event = events.length === 0 ? undefined : commonPayload(vocabulary, events)
  const payload = [...(event ?? [])].flatMap(([name, shape]) =>
    fieldNames('event', [name], shape, payloadField(definition, events, name)),
  )
  return scopeWith(definition, event, payload)
}

/** As if every event were at hand, each name as the first that carries it has it: for telling, not for checking. */
export function widestScope(definition: Definition): Scope {
  const { vocabulary } = knownOf(definition)
  const carried = new Map<string, ScopeName[]>()
  for (const [type, fields] of vocabulary.events)
    for (const [name, shape] of fields)
      if (!carried.has(name))
        carried.set(name, fieldNames('event', [name], shape, payloadField(definition, [type], name)))
  return scopeWith(definition, anyPayload(vocabulary), [...carried.values()].flat())
}

function scopeWith(definition: Definition, event: Fields | undefined, payload: readonly ScopeName[]): Scope {
  const { vocabulary, names } = knownOf(definition)
  const variables = VARIABLES.filter((variable) => variable !== 'event' || event !== undefined)
  const all = [...variables.map(variableName), ...names, ...payload]
  return {
    vocabulary,
    event,
    names: all,
    byPath: new Map(all.map((one) => [keyAt(one.variable, one.path), one])),
  }
}

const variableName = (variable: Variable): ScopeName => ({
  variable,
  path: [],
  type: variable === 'now' ? 'timestamp' : variable === 'tz' ? 'string' : 'object',
  title: VARIABLE_WORDS[variable],
  description: VARIABLE_HELP[variable],
})

const keyAt = (variable: string, path: readonly string[]): string => JSON.stringify([variable, ...path])

/** The parts that the vocabulary reads, there at least. */
function soundly(definition: Definition): Definition {
  const { schemas, meta, states } = definition
  const properties = isRecord(schemas?.context?.properties) ? schemas.context.properties : {}
  const events = isRecord(schemas?.events) ? schemas.events : {}
  return {
    ...definition,
    states: isRecord(states) ? states : {},
    meta: isRecord(meta) ? meta : { title: {} },
    schemas: {
      context: { properties: onlyRecords(properties) },
      events: onlyRecords(events),
    },
  }
}
const onlyRecords = <Held>(record: Record<string, Held>): Record<string, Held> =>
  Object.fromEntries(Object.entries(record).filter(([, held]) => isRecord(held)))

function itemTitles(definition: Definition): ReadonlyMap<string, Text> {
  const titles = new Map<string, Text>()
  for (const { node } of buildTree(definition).nodes) {
    const checklist: unknown = node.meta !== undefined && 'checklist' in node.meta ? node.meta.checklist : []
    if (!Array.isArray(checklist)) continue
    for (const item of checklist)
      if (isRecord(item) && typeof item.id === 'string' && isRecord(item.title))
        titles.set(item.id, item.title)
  }
  return titles
}

function namesFor(
  definition: Definition,
  variable: (typeof OBJECTS)[number],
  name: string,
  shape: Shape,
  items: ReadonlyMap<string, Text>,
): ScopeName[] {
  const entry = { variable, path: [name], type: typeName(shape) }
  switch (variable) {
    case 'job':
      return fieldNames('job', [name], shape, own(definition.schemas.context.properties, name))
    case 'checklist':
      return [{ ...entry, title: wordsOf(items.get(name), name) }]
    case 'settings': {
      const setting = own(definition.meta.settings, name)
      return [{ ...entry, title: wordsOf(setting?.title, name), value: setting?.value }]
    }
    case 'actor':
      return [{ ...entry, title: ACTOR_WORDS[name] ?? wordsOf(undefined, name) }]
    case 'links':
      return linkNames(name, shape)
  }
}

function linkNames(link: string, shape: Shape): ScopeName[] {
  const title = link === 'parent' ? PARENT : { en: `Linked job “${link}”`, zh: `关联工单“${link}”` }
  const parts = ['status', 'process', 'job'].map(
    (part): ScopeName => ({
      variable: 'links',
      path: [link, part],
      type: typeName(STRING),
      title: LINK_WORDS[part]?.(link) ?? wordsOf(undefined, part),
      ...(part === 'status' ? { options: JOB_STATUS_OPTIONS } : {}),
    }),
  )
  return [{ variable: 'links', path: [link], type: typeName(shape), title }, ...parts]
}

const payloadField = (definition: Definition, events: readonly string[], name: string): Field | undefined =>
  events
    .map((type) => own(own(definition.schemas.events, type)?.properties, name))
    .find((field) => field !== undefined)

/** A field and those inside it; deeper than a few steps nobody looks. */
const DEEPEST = 4

function fieldNames(
  variable: 'job' | 'event',
  path: readonly string[],
  shape: Shape,
  field: Field | undefined,
): ScopeName[] {
  const here = { variable, path, type: typeName(shape), ...describe(field, path.at(-1) ?? '') }
  if (shape.kind !== 'object' || path.length >= DEEPEST) return [here]
  return [
    here,
    ...[...shape.fields].flatMap(([name, inner]) =>
      fieldNames(variable, [...path, name], inner, own(field?.properties, name)),
    ),
  ]
}

/** What is said of a declared field. */
export function describe(
  field: Field | undefined,
  name: string,
): Pick<ScopeName, 'title' | 'description' | 'field' | 'options'> {
  const { meta } = field ?? {}
  const title = wordsOf(meta?.title, name)
  return {
    title,
    ...(meta?.description === undefined ? {} : { description: wordsOf(meta.description, name) }),
    ...(field === undefined ? {} : { field }),
    ...(Array.isArray(field?.enum)
      ? { options: field.enum.map((value) => ({ value, title: wordsOf(own(meta?.options, value), value) })) }
      : {}),
  }
}

/** The entry of a path, `job.address.city`; undefined for what may not be named here. */
export const nameAt = (scope: Scope, variable: string, path: readonly string[]): ScopeName | undefined =>
  scope.byPath.get(keyAt(variable, path))
