/**
 * Commands on one state: added, renamed, made another kind, titled, made the first.
 *
 * Must not: move states between parents (`move.ts`).
 */
import type { StateNode, Text } from '../../../machines/definition/schema.ts'
import type { TreeNode } from '../../../machines/definition/tree.ts'
import { type Box, type Document, treeOf } from '../document.ts'
import {
  isObject,
  type Json,
  type JsonObject,
  mapMembers,
  member,
  toJson,
  withKeys,
  withMember,
} from '../json.ts'
import { DocumentError } from '../problem.ts'
import { canBecome, canHoldStates, type Kind, require } from '../questions.ts'
import {
  editState,
  freeName,
  insertChild,
  joined,
  requireFreeKey,
  requireInner,
  requireState,
} from '../states.ts'
import { follow, placesAfter } from '../targets.ts'
import { type Command, command, definitionCommand } from './command.ts'

export type NewState = {
  parent: string
  kind?: Kind
  /** Default: a free one. */
  key?: string
  title?: Text
  /** The sibling it comes before; default: last. */
  before?: string
  box?: Box
}

const NEW: Readonly<Record<Kind, { key: string; title: Text }>> = {
  atomic: { key: 'state', title: { en: 'New state', zh: '新状态' } },
  compound: { key: 'group', title: { en: 'New group', zh: '新状态组' } },
  parallel: { key: 'parallel', title: { en: 'Side by side', zh: '并行' } },
  final: { key: 'end', title: { en: 'End', zh: '结束' } },
  history: { key: 'resume', title: { en: 'Where it was left', zh: '恢复到离开处' } },
}
const region = (number: number): [string, Json] => [
  `region${number}`,
  { meta: { title: { en: `Region ${number}`, zh: `区域 ${number}` } } },
]
const FIRST: [string, Json] = ['first', { meta: { title: { en: 'First step', zh: '第一步' } } }]

/** What a state has by its kind alone. */
function contentOf(kind: Kind): JsonObject {
  switch (kind) {
    case 'compound':
      return { initial: 'first', states: Object.fromEntries([FIRST]) }
    case 'parallel':
      return { type: 'parallel', states: Object.fromEntries([region(1), region(2)]) }
    case 'final':
      return { type: 'final' }
    case 'history':
      return { type: 'history', history: 'shallow' }
    default:
      return {}
  }
}

/** The key that `addState` gives where none is asked for. */
const freeKey = (host: TreeNode, kind: Kind = 'atomic'): string =>
  freeName(
    NEW[kind].key,
    host.children.map(({ key }) => key),
  )

/** A new state in another, or in the process (`parent: ''`). */
export const addState = ({ parent, kind = 'atomic', key, title, before, box }: NewState): Command =>
  command('state.add', 'Add a state', '添加状态', (document) => {
    require(canHoldStates(document, parent))
    const host = requireState(treeOf(document.definition), parent)
    const name = key ?? freeKey(host, kind)
    requireFreeKey(host, name)
    const node = toJson({ ...contentOf(kind), meta: { title: title ?? NEW[kind].title } })
    const definition = insertChild(document.definition, parent, name, node, before)
    return { definition, layout: placed(document, joined(parent, name), box) }
  })

const placed = ({ layout }: Document, path: string, box: Box | undefined): Document['layout'] =>
  box === undefined ? layout : { states: { ...layout.states, [path]: box } }

/** Another key for a state; every target, guard, first state and place on the canvas follows. */
export const renameState = (path: string, key: string): Command =>
  command('state.rename', 'Rename the state', '重命名状态', (document) => {
    const tree = treeOf(document.definition)
    const node = requireInner(tree, path)
    if (node.key === key) return document
    requireFreeKey(node.parent, key)
    const shaped = editState(document.definition, node.parent.path, (held) => {
      const states = member(held, 'states')
      if (!isObject(states)) return held
      const named = withKeys(states, (name) => (name === node.key ? key : name))
      const kept = withMember(held, 'states', named)
      return kept.initial === node.key ? withMember(kept, 'initial', key) : kept
    })
    return follow(document, shaped, placesAfter(tree, new Map([[path, joined(node.parent.path, key)]])))
  })

/** The process's own id; targets that begin with it follow, and jobs of itself that it starts. */
export const renameProcess = (id: string): Command =>
  command('process.rename', 'Change the process id', '修改流程标识', (document) => {
    if (!/^[a-z][a-z0-9-]{0,79}$/.test(id))
      throw new DocumentError(
        'a process id is small letters, digits and -, a letter first',
        '流程标识由小写字母、数字和 - 组成，以字母开头',
      )
    const tree = treeOf(document.definition)
    const old = member(document.definition, 'id')
    const shaped = editState(document.definition, '', (held) =>
      withMember(old === undefined ? held : ownJobs(held, old, id), 'id', id),
    )
    return follow(document, shaped, placesAfter(tree, new Map()))
  })

function ownJobs(definition: JsonObject, old: Json, id: string): JsonObject {
  const renamed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(renamed)
    if (!isObject(value)) return value
    const inner = mapMembers(value, renamed)
    const params = member(inner, 'params')
    if (inner.type !== 'startJob' || !isObject(params) || params.process !== old) return inner
    return withMember(inner, 'params', withMember(params, 'process', id))
  }
  const made = mapMembers(definition, (value, key) =>
    key === 'schemas' || key === 'meta' ? value : renamed(value),
  )
  const meta = member(made, 'meta')
  return isObject(meta) && old !== undefined && meta.complaint === old
    ? withMember(made, 'meta', withMember(meta, 'complaint', id))
    : made
}

/** The title and description people read; typing into one language is one step. */
export const setStateText = (path: string, key: 'title' | 'description', text: Text | undefined): Command =>
  definitionCommand(
    'state.text',
    key === 'title' ? 'Change the title' : 'Change the description',
    key === 'title' ? '修改名称' : '修改说明',
    (definition) =>
      editState(definition, path, (held) => {
        const meta = member(held, 'meta')
        const made = withMember(
          isObject(meta) ? meta : {},
          key,
          text === undefined ? undefined : toJson(text),
        )
        return withMember(held, 'meta', Object.keys(made).length === 0 ? undefined : made)
      }),
    `state.text ${path} ${key}`,
  )

/** Another kind of state. What that kind cannot have goes (`lostByKind` says beforehand what that is). */
export const changeKind = (path: string, kind: Kind, history: 'shallow' | 'deep' = 'shallow'): Command =>
  definitionCommand('state.kind', 'Change the kind of state', '修改状态类型', (definition) => {
    require(canBecome({ definition, layout: { states: {} } }, path, kind))
    const node = requireState(treeOf(definition), path)
    const changed = editState(definition, path, (held) => ofKind(held, node, kind, history))
    return kind === 'history' && node.parent !== undefined
      ? notFirst(changed, node.parent, node.key)
      : changed
  })

function ofKind(held: JsonObject, node: TreeNode, kind: Kind, history: 'shallow' | 'deep'): JsonObject {
  const gone = new Set<string>(['type', 'history', ...(kind === 'history' ? [] : ['target'])])
  if (kind === 'final' || kind === 'history')
    for (const key of ['on', 'always', 'after', 'onDone', 'initial', 'states']) gone.add(key)
  if (kind === 'history') for (const key of ['entry', 'exit']) gone.add(key)
  if (kind !== 'compound') gone.add('initial')
  if (kind === 'atomic') gone.add('states')
  const kept = Object.fromEntries(Object.entries(held).filter(([key]) => !gone.has(key)))
  if (node.children.length === 0) {
    const made = { ...contentOf(kind), ...kept }
    return kind === 'history' ? { ...made, history } : made
  }
  if (kind === 'parallel') return { type: 'parallel', ...kept }
  const first = node.initial ?? node.children.find((below) => below.kind !== 'history')
  return first === undefined ? kept : { initial: first.key, ...kept }
}

/** A history state comes first nowhere. */
const notFirst = (definition: Json, parent: TreeNode, key: string): Json =>
  editState(definition, parent.path, (held) => {
    if (held.initial !== key) return held
    const other = parent.children.find((below) => below.key !== key && below.kind !== 'history')
    return withMember(held, 'initial', other?.key)
  })

/** The state that its parent begins with. */
export const setInitial = (path: string): Command =>
  definitionCommand('state.initial', 'Begin here', '设为初始状态', (definition) => {
    const node = requireInner(treeOf(definition), path)
    if (node.parent.kind === 'parallel')
      throw new DocumentError('a parallel state begins with all its regions', '并行状态会同时进入所有区域')
    if (node.kind === 'history')
      throw new DocumentError('a history state cannot come first', '历史状态不能作为初始状态')
    return editState(definition, node.parent.path, (held) => withMember(held, 'initial', node.key))
  })

/** Any other part of a state as the panels give it: actions on entry and exit, tags, id, norms and checklist go here. */
export const setStatePart = <Key extends 'entry' | 'exit' | 'tags'>(
  path: string,
  key: Key,
  value: StateNode[Key] | undefined,
): Command =>
  definitionCommand('state.part', PARTS[key].en, PARTS[key].zh, (definition) =>
    editState(definition, path, (held) =>
      withMember(held, key, value === undefined || value.length === 0 ? undefined : toJson(value)),
    ),
  )
const PARTS = {
  entry: { en: 'Change the entry actions', zh: '修改进入动作' },
  exit: { en: 'Change the exit actions', zh: '修改离开动作' },
  tags: { en: 'Change the tags', zh: '修改标签' },
} as const

/** The norms that a state carries out. */
export const setStateNorms = (path: string, norms: readonly string[]): Command =>
  definitionCommand('state.norms', 'Change the norms', '修改所依据的规范', (definition) =>
    editState(definition, path, (held) => {
      const meta = member(held, 'meta')
      const made = withMember(
        isObject(meta) ? meta : {},
        'norms',
        norms.length === 0 ? undefined : [...norms],
      )
      return withMember(held, 'meta', Object.keys(made).length === 0 ? undefined : made)
    }),
  )

/** The id by which targets from afar name a state; those that do follow. */
export const setStateId = (path: string, id: string | undefined): Command =>
  command('state.id', 'Change the state id', '修改状态标识', (document) => {
    const tree = treeOf(document.definition)
    requireInner(tree, path)
    const holder = id === undefined ? undefined : tree.byId.get(id)
    if (holder !== undefined && holder.path !== path)
      throw new DocumentError(`the id “${id}” is taken`, `标识“${id}”已被使用`)
    const shaped = editState(document.definition, path, (held) => withMember(held, 'id', id))
    return follow(document, shaped, placesAfter(tree, new Map()))
  })
