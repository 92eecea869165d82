/**
 * The command that takes a parent away and leaves what is in it.
 *
 * Promises: the process does what it did. What the parent did for its states each of them does now; where that cannot
 * be (`canDissolve`), the command is refused.
 */
import { matchesDescriptor } from '../../../machines/definition/descriptor.ts'
import { child, tokensOf } from '../../../machines/definition/pointer.ts'
import { isBelow, resolveTarget, type Tree, type TreeNode } from '../../../machines/definition/tree.ts'
import { treeOf } from '../document.ts'
import { settled } from '../guards.ts'
import {
  at,
  edit,
  entriesOf,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  member,
  textOf,
  withMember,
} from '../json.ts'
import { canDissolve, require } from '../questions.ts'
import { editState, freeName, type Inner, joined, requireInner } from '../states.ts'
import { follow, placesAfter, targetText } from '../targets.ts'
import { type Command, command } from './command.ts'

/**
 * Takes a parent away and leaves what is in it, each state with the ways out that the parent gave it.
 */
export const dissolveState = (path: string): Command =>
  command('state.dissolve', 'Dissolve the group', '拆除状态组', (document) => {
    require(canDissolve(document, path))
    const { definition } = document
    const tree = treeOf(definition)
    const node = requireInner(tree, path)
    const { parent } = node
    const beside = parent.children.filter((one) => one !== node).map(({ key }) => key)
    const keys = new Map<TreeNode, string>()
    for (const below of node.children) keys.set(below, freeName(below.key, [...beside, ...keys.values()]))
    const handed = handedDown(definition, tree, node)
    const inner = node.initial
    const shaped = editState(handed, parent.path, (held) => {
      const entries = entriesOf(member(held, 'states')).flatMap(([key, json]): [string, Json][] =>
        key === node.key
          ? [...keys].map(([below, name]) => [name, at(json, 'states', below.key) ?? {}])
          : [[key, json]],
      )
      const begun =
        held.initial === node.key && inner !== undefined ? withMember(held, 'initial', keys.get(inner)) : held
      return withMember(begun, 'states', Object.fromEntries(entries))
    })
    const moved = new Map<string, string | undefined>([[path, undefined]])
    for (const [below, key] of keys) moved.set(below.path, joined(parent.path, key))
    const places = placesAfter(tree, moved)
    const followed = follow({ ...document, definition: handed }, shaped, places)
    return { ...followed, layout: freed(document.layout, followed.layout, node, moved) }
  })

type Boxes = { readonly [path: string]: { readonly x: number; readonly y: number } }

/** What lay in the frame keeps its place on the whole canvas. */
function freed<L extends { readonly states: Boxes }>(
  before: L,
  after: L,
  node: TreeNode,
  moved: ReadonlyMap<string, string | undefined>,
): L {
  const frame = before.states[node.path]
  const boxes = Object.entries(after.states).map(([path, box]) => {
    const isFreed = path !== node.path && [...moved.values()].includes(path)
    return [path, isFreed && frame !== undefined ? { ...box, x: box.x + frame.x, y: box.y + frame.y } : box]
  })
  return { ...after, states: Object.fromEntries(boxes) }
}

/**
 * The definition with a parent's ways out, norms and ends given to its states, and nothing left that names the parent
 * itself.
 */
function handedDown(definition: Json, tree: Tree, node: Inner): Json {
  const json = at(definition, ...tokensOf(node.pointer))
  if (!isObject(json)) return definition
  const mended = withoutNaming(definition, tree, node)
  const parent = at(mended, ...tokensOf(node.pointer))
  return node.children.reduce(
    (held, below) =>
      editState(held, below.path, (state) =>
        withWays(state, isObject(parent) ? parent : json, tree, node, below),
      ),
    mended,
  )
}

/** What led to the parent leads to its first state; who asked whether it is active asks for each of its states. */
function withoutNaming(definition: Json, tree: Tree, node: Inner): Json {
  const first = node.initial
  let changed = definition
  for (const source of tree.nodes) {
    for (const { pointer } of source.transitions) {
      const held = at(changed, ...tokensOf(pointer))
      if (!isObject(held)) continue
      const aimed = first === undefined ? held : aimedAt(held, tree, source, node, first)
      const guard = member(aimed, 'guard')
      const asked = guard === undefined ? undefined : askingEach(guard, node)
      const made = withMember(aimed, 'guard', asked)
      if (made !== held) changed = edit(changed, tokensOf(pointer), () => made)
    }
    if (source.historyDefault === node && first !== undefined)
      changed = edit(changed, tokensOf(child(source.pointer, 'target')), () =>
        targetText(tree, source, first),
      )
  }
  return changed
}

function aimedAt(
  transition: JsonObject,
  tree: Tree,
  source: TreeNode,
  node: TreeNode,
  first: TreeNode,
): JsonObject {
  const given = member(transition, 'target')
  const means = (text: Json): boolean =>
    typeof text === 'string' && resolveTarget(tree, source, text) === node
  if (!listOf(given).some(means)) return transition
  const texts = listOf(given).map((text) => (means(text) ? targetText(tree, source, first) : text))
  return withMember(transition, 'target', Array.isArray(given) ? texts : texts[0])
}

/** `stateIn` of the parent as `stateIn` of any of its states. The parent has no checklist: that is done. */
function askingEach(guard: Json, node: TreeNode): Json | undefined {
  const left = settled(guard, { states: new Set(), items: new Set() })
  const params = member(guard, 'params')
  if (!isObject(guard) || !isObject(params) || typeof left === 'boolean') return guard
  const names = textOf(member(params, 'state')) === node.path
  switch (guard.type) {
    case 'and':
    case 'or':
      return withMember(guard, 'params', {
        ...params,
        guards: listOf(member(params, 'guards')).map((part) => askingEach(part, node) ?? ALWAYS),
      })
    case 'not':
      return withMember(guard, 'params', {
        ...params,
        guard: askingEach(member(params, 'guard') ?? ALWAYS, node) ?? ALWAYS,
      })
    case 'stateIn':
      return names ? anyOf(node) : guard
    case 'checklistDone':
      return names && member(params, 'items') === undefined ? undefined : guard
    default:
      return guard
  }
}

const ALWAYS: Json = { '@expr': 'true', '@lang': 'cel' }
function anyOf(node: TreeNode): Json {
  const guards = node.children.map(({ path }): Json => ({ type: 'stateIn', params: { state: path } }))
  const [only] = guards
  return guards.length === 1 && only !== undefined ? only : { type: 'or', params: { guards } }
}

/** A state with the ways out of its parent after its own. */
function withWays(
  state: JsonObject,
  parent: JsonObject,
  tree: Tree,
  node: TreeNode,
  below: TreeNode,
): JsonObject {
  if (below.kind === 'final') return withEnd(state, parent, tree, node, below)
  const copy = (ways: Json): Json[] => listOf(ways).map((way) => asOf(way, tree, node, below))
  let made = state
  for (const [descriptor, ways] of entriesOf(member(parent, 'on'))) {
    const on = member(made, 'on')
    const own = isObject(on) ? on : {}
    const list = [...waysOf(own, descriptor), ...copy(ways)]
    made = withMember(made, 'on', withMember(own, descriptor, list.length === 1 ? (list[0] ?? []) : list))
  }
  const always = member(parent, 'always')
  if (always !== undefined)
    made = withMember(made, 'always', [...listOf(member(made, 'always')), ...copy(always)])
  return withNorms(made, parent)
}

/** A state's own ways for a descriptor come first, and those of its wildcards, which went before its parent's. */
function waysOf(own: JsonObject, descriptor: string): Json[] {
  const wild = Object.keys(own)
    .filter((key) => key !== descriptor && matchesDescriptor(key, descriptor))
    .toSorted((one, other) => other.length - one.length)
  return [descriptor, ...wild].flatMap((key) => [...listOf(member(own, key))])
}

/** A parent's way as its child's: the child's own targets named from the child, itself entered anew. */
function asOf(way: Json, tree: Tree, node: TreeNode, below: TreeNode): Json {
  if (!isObject(way)) return way
  const given = member(way, 'target')
  const targets = listOf(given).map((text) =>
    typeof text === 'string' ? resolveTarget(tree, node, text) : undefined,
  )
  const texts = listOf(given).map((text, index) => {
    const target = targets[index]
    return target === undefined ? text : targetText(tree, below, target)
  })
  const within = targets.some(
    (target) => target !== undefined && (target === below || isBelow(target, below)),
  )
  const aimed = given === undefined ? way : withMember(way, 'target', Array.isArray(given) ? texts : texts[0])
  return within ? { ...aimed, reenter: true } : aimed
}

/** An end within becomes a step that goes on at once, as the parent did when it was done. */
function withEnd(
  state: JsonObject,
  parent: JsonObject,
  tree: Tree,
  node: TreeNode,
  below: TreeNode,
): JsonObject {
  const ways = listOf(member(parent, 'onDone')).map((way) => asOf(way, tree, node, below))
  const [only] = ways
  const step = withMember(state, 'type', undefined)
  return withMember(step, 'always', ways.length === 1 ? only : ways)
}

function withNorms(state: JsonObject, parent: JsonObject): JsonObject {
  const norms = listOf(at(parent, 'meta', 'norms'))
  const meta = member(state, 'meta')
  if (norms.length === 0 || !isObject(meta)) return state
  const all = [...new Set([...listOf(member(meta, 'norms')), ...norms])]
  return withMember(state, 'meta', withMember(meta, 'norms', all))
}
