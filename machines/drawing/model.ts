/**
 * A definition read for drawing: its tree (`machines/definition/tree.ts`) with all that a drawing shows of each
 * state and transition, without words or sizes.
 *
 * Promises: never throws and always ends, also on a broken, empty or hostile definition (a draft may be anything);
 * what cannot be resolved is kept as `unresolved`, so that the page can show it instead of hiding it.
 * Must not: know a language, a font, ELK, React or the DOM, or judge a definition (that is `machines/validate`).
 */
import type {
  Action,
  ChecklistItem,
  Definition,
  Delay,
  Expression,
  Guard,
  Text,
} from '../definition/schema.ts'
import { buildTree, type TreeNode, type TreeTransition } from '../definition/tree.ts'

type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
export type ChartState = {
  /** From the root, dotted; '' is the process itself. */
  path: string
  key: string
  parent: string | undefined
  kind: StateKind
  /** A direct child of a parallel state. */
  region: boolean
  depth: number
  history: 'shallow' | 'deep'
  title: Text | undefined
  description: Text | undefined
  norms: string[]
  checklist: ChecklistItem[]
  entry: Action[]
  exit: Action[]
  /** Child paths in the order of the definition. */
  children: string[]
  /** The path of the initial child, for a compound state. */
  initial: string | undefined
  tags: string[]
  /** Of a group drawn folded, as one box: how many states lie in it. */
  holds?: number
  /** Stands for a state outside of what is drawn. */
  stub?: true
}

export type Trigger =
  | { kind: 'event'; type: string; title: Text | undefined }
  | { kind: 'after'; delay: string; definition: Delay | undefined }
  | { kind: 'always' }
  | { kind: 'done' }
  /** A history state's default way. */
  | { kind: 'default' }

export type ChartTransition = {
  /** JSON pointer into the definition. */
  pointer: string
  source: string
  /** Paths. Empty: the actions run and no state is left. */
  targets: string[]
  /** Targets that name no state. */
  unresolved: string[]
  trigger: Trigger
  title: Text | undefined
  guard: Guard | undefined
  actions: Action[]
  norms: string[]
  reenter: boolean
  waivesChecklist: boolean
  /** Its turn, from 1, where several open on the same trigger: the first whose guard holds is taken. */
  order?: number
}

export type ChartModel = {
  id: string
  title: Text | undefined
  states: Map<string, ChartState>
  transitions: ChartTransition[]
  /** Titles of fields, of events' payloads and of checklist items, for expressions in words. */
  fields: Map<string, Text>
  payload: Map<string, Text>
  items: Map<string, Text>
  settings: Map<string, { title: Text | undefined; value: unknown }>
  certificates: Map<string, Text>
  /** There was more than is drawn. */
  cut: boolean
}

export const MAX_STATES = 1000
const MAX_TRANSITIONS = 4000
const MAX_DEPTH = 24

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const record = (value: unknown): Json => (isRecord(value) ? value : {})
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const strings = (value: unknown): string[] => list(value).filter((each) => typeof each === 'string')
const own = (object: unknown, key: string): unknown =>
  isRecord(object) && Object.hasOwn(object, key) ? object[key] : undefined
/** The tree takes any JSON object; whether it is a definition is for the validator to say. */
const isReadable = (value: unknown): value is Definition => isRecord(value)

export const asText = (value: unknown): Text | undefined => {
  if (!isRecord(value)) return undefined
  const en = string(value.en)
  const zh = string(value.zh)
  if (en === undefined && zh === undefined) return undefined
  return { ...(en === undefined ? {} : { en }), ...(zh === undefined ? {} : { zh }) }
}
const isAction = (value: unknown): value is Action => isRecord(value) && typeof value.type === 'string'
const actions = (value: unknown): Action[] => list(value).filter(isAction)
const isGuard = (value: unknown): value is Guard =>
  isRecord(value) && (typeof value.type === 'string' || isExpression(value))
const isExpression = (value: unknown): value is Expression =>
  isRecord(value) && typeof value['@expr'] === 'string'
function checklistItem(value: unknown): ChecklistItem[] {
  if (!isRecord(value) || typeof value.id !== 'string') return []
  const { id, required } = value
  const evidence = EVIDENCE.find((kind) => kind === value.evidence)
  return [
    {
      id,
      title: asText(value.title) ?? { en: id },
      norms: strings(value.norms),
      ...(typeof required === 'boolean' || isExpression(required) ? { required } : {}),
      ...(evidence === undefined ? {} : { evidence }),
    },
  ]
}
const EVIDENCE = ['none', 'text', 'number', 'photo', 'signature', 'serial'] as const
const isDelay = (value: unknown): value is Delay => isRecord(value) && value.duration !== undefined

/** Reads any JSON as a definition. `cut` tells that limits were met. */
export function readChart(definition: unknown): ChartModel {
  const model: ChartModel = {
    id: string(own(definition, 'id')) ?? '',
    title: asText(own(own(definition, 'meta'), 'title')),
    states: new Map(),
    transitions: [],
    fields: new Map(),
    payload: new Map(),
    items: new Map(),
    settings: new Map(),
    certificates: new Map(),
    cut: false,
  }
  if (!isReadable(definition)) return model
  const tree = buildTree(definition)
  readNames(model, definition)
  for (const node of tree.nodes) {
    const above = node.parent
    if (model.states.has(node.path)) continue
    if (model.states.size >= MAX_STATES || node.depth > MAX_DEPTH) model.cut = true
    else if (above === undefined || model.states.has(above.path)) addState(model, node)
  }
  for (const node of tree.nodes) if (model.states.has(node.path)) addTransitions(model, definition, node)
  return model
}

function readNames(model: ChartModel, definition: Definition): void {
  const schemas = own(definition, 'schemas')
  const note = (into: Map<string, Text>, properties: unknown): void => {
    for (const [name, field] of Object.entries(record(properties))) {
      const title = asText(own(own(field, 'meta'), 'title'))
      if (title !== undefined && !into.has(name)) into.set(name, title)
    }
  }
  note(model.fields, own(own(schemas, 'context'), 'properties'))
  for (const event of Object.values(record(own(schemas, 'events'))))
    note(model.payload, own(event, 'properties'))
  for (const [name, setting] of Object.entries(record(own(own(definition, 'meta'), 'settings'))))
    model.settings.set(name, { title: asText(own(setting, 'title')), value: own(setting, 'value') })
  for (const [kind, title] of Object.entries(record(own(own(definition, 'meta'), 'certificates')))) {
    const text = asText(title)
    if (text !== undefined) model.certificates.set(kind, text)
  }
}

function addState(model: ChartModel, tree: TreeNode): void {
  const { node, path, parent } = tree
  const meta = record(node.meta)
  const kind = kindOf(tree)
  const checklist = list(meta.checklist).flatMap(checklistItem)
  for (const { id, title } of checklist) model.items.set(id, title)
  model.states.set(path, {
    path,
    // A definition without an id has a root without a key.
    key: string(tree.key) ?? '',
    parent: parent?.path,
    kind,
    region: parent?.kind === 'parallel',
    depth: tree.depth,
    history: 'history' in node && node.history === 'deep' ? 'deep' : 'shallow',
    title: asText(meta.title),
    description: asText(meta.description),
    norms: strings(meta.norms),
    checklist,
    entry: actions(node.entry),
    exit: actions(node.exit),
    children: [],
    initial: kind === 'compound' ? tree.initial?.path : undefined,
    tags: strings(own(node, 'tags')),
  })
  if (parent !== undefined) model.states.get(parent.path)?.children.push(path)
}

/** A misspelt type is drawn as what it looks like. */
function kindOf(tree: TreeNode): StateKind {
  const { kind } = tree
  if (kind === 'parallel' || kind === 'final' || kind === 'history') return kind
  return tree.depth === 0 || tree.children.length > 0 ? 'compound' : 'atomic'
}

function addTransitions(model: ChartModel, definition: Definition, node: TreeNode): void {
  const add = (transition: ChartTransition): void => {
    if (model.transitions.length < MAX_TRANSITIONS) model.transitions.push(transition)
    else model.cut = true
  }
  if (node.historyDefault !== undefined) add(defaultWay(node, node.historyDefault))
  const turns = Map.groupBy(node.transitions, ({ trigger }) => JSON.stringify(trigger))
  for (const each of node.transitions) {
    const rivals = turns.get(JSON.stringify(each.trigger))?.length ?? 0
    const way = readTransition(model, definition, each)
    add(rivals > 1 ? { ...way, order: each.index + 1 } : way)
  }
}

const defaultWay = (node: TreeNode, target: TreeNode): ChartTransition => ({
  pointer: `${node.pointer}/target`,
  source: node.path,
  targets: [target.path],
  unresolved: [],
  trigger: { kind: 'default' },
  title: undefined,
  guard: undefined,
  actions: [],
  norms: [],
  reenter: false,
  waivesChecklist: false,
})

function readTransition(model: ChartModel, definition: Definition, tree: TreeTransition): ChartTransition {
  const { transition } = tree
  const meta = record(transition.meta)
  const targets = new Set(tree.targets.map((target) => target.path).filter((path) => model.states.has(path)))
  return {
    pointer: tree.pointer,
    source: tree.source.path,
    targets: [...targets],
    unresolved: tree.unresolved,
    trigger: readTrigger(definition, tree),
    title: asText(meta.title),
    guard: isGuard(transition.guard) ? transition.guard : undefined,
    actions: actions(transition.actions),
    norms: strings(meta.norms),
    reenter: transition.reenter === true,
    waivesChecklist: meta.waivesChecklist === true,
  }
}

function readTrigger(definition: Definition, { trigger }: TreeTransition): Trigger {
  if (trigger.kind === 'on') {
    const event = own(own(own(definition, 'schemas'), 'events'), trigger.descriptor)
    return { kind: 'event', type: trigger.descriptor, title: asText(own(own(event, 'meta'), 'title')) }
  }
  if (trigger.kind !== 'after') return { kind: trigger.kind }
  const delay = own(own(definition, 'delays'), trigger.delay)
  return { kind: 'after', delay: trigger.delay, definition: isDelay(delay) ? delay : undefined }
}
