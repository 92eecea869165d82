/**
 * Commands that take states away: deleted with what is in them, or dissolved so that what is in them stays.
 *
 * Promises: no target, first state, history default or named guard is left that names a state which is gone. (An
 * expression that reads a checklist item which is gone stays as it is, for nobody can say what it should ask instead;
 * `whatPointsAt` shows it beforehand, the validator afterwards.)
 */

import { matchesDescriptor } from '../../../machines/definition/descriptor.ts'
import { child, isWithin, tokensOf } from '../../../machines/definition/pointer.ts'
import { isBelow, resolveTarget, type Tree, type TreeNode } from '../../../machines/definition/tree.ts'
import { treeOf } from '../document.ts'
import { type Gone, settled } from '../guards.ts'
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
import { DocumentError } from '../problem.ts'
import { canDissolve, require } from '../questions.ts'
import { referencesIn } from '../references.ts'
import { withoutPlaces } from '../removal.ts'
import {
  editState,
  freeName,
  type Inner,
  joined,
  outermost,
  removeChild,
  requireInner,
  requireState,
} from '../states.ts'
import { follow, placesAfter, targetText } from '../targets.ts'
import { type Command, command, definitionCommand } from './command.ts'

/**
 * Deletes states with all that is in them.
 *
 * @param retarget the path of a state that transitions shall lead to instead; without it they are deleted, too
 */
export const deleteStates = (paths: readonly string[], retarget?: string): Command =>
  command('state.delete', 'Delete states', '删除状态', (document) => {
    const { definition } = document
    const tree = treeOf(definition)
    const nodes = outermost(tree, paths)
    const inside = (node: TreeNode): boolean => nodes.some((one) => one === node || isBelow(node, one))
    const instead = retarget === undefined ? undefined : requireState(tree, retarget)
    if (instead !== undefined && (inside(instead) || instead.parent === undefined))
      throw new DocumentError('transitions cannot lead to what is deleted', '转移不能指向要删除的状态')
    const gone: Gone = {
      states: new Set(tree.nodes.filter(inside).map(({ path }) => path)),
      items: itemsOnlyIn(definition, nodes),
    }
    const detached = withoutGone(definition, tree, inside, gone, instead)
    const mended = historiesMended(detached, tree, inside, instead)
    const shaped = nodes.reduce((held, node) => {
      const next = instead?.parent === node.parent ? instead.key : undefined
      return removeChild(held, node.path, next)
    }, mended)
    const moved = new Map(nodes.map((node) => [node.path, undefined]))
    return follow({ ...document, definition: mended }, shaped, placesAfter(tree, moved))
  })

/** Checklist items that only these states declare. */
function itemsOnlyIn(definition: Json, nodes: readonly Inner[]): Set<string> {
  const inside = new Set<string>()
  const outside = new Set<string>()
  for (const { kind, how, name, pointer } of referencesIn(definition)) {
    if (kind !== 'item' || how !== 'declares') continue
    if (nodes.some((node) => isWithin(pointer, node.pointer))) inside.add(name)
    else outside.add(name)
  }
  return inside.difference(outside)
}

/** All transitions that stay, without targets and guards that are gone. */
function withoutGone(
  definition: Json,
  tree: Tree,
  inside: (node: TreeNode) => boolean,
  gone: Gone,
  instead: TreeNode | undefined,
): Json {
  let changed = definition
  const removed: string[] = []
  for (const node of tree.nodes) {
    if (inside(node)) continue
    for (const { pointer } of node.transitions) {
      const held = at(definition, ...tokensOf(pointer))
      if (!isObject(held)) continue
      const aimed = retargeted(held, tree, node, inside, instead)
      const left = aimed === undefined ? undefined : guarded(aimed, gone)
      if (left === undefined) removed.push(pointer)
      else if (left !== held) changed = edit(changed, tokensOf(pointer), () => left)
    }
  }
  return withoutPlaces(changed, removed)
}

function retargeted(
  transition: JsonObject,
  tree: Tree,
  source: TreeNode,
  inside: (node: TreeNode) => boolean,
  instead: TreeNode | undefined,
): JsonObject | undefined {
  const given = member(transition, 'target')
  const texts = listOf(given)
  const isLost = (text: Json): boolean => {
    const target = typeof text === 'string' ? resolveTarget(tree, source, text) : undefined
    return target !== undefined && inside(target)
  }
  if (!texts.some(isLost)) return transition
  const other = instead === undefined ? undefined : targetText(tree, source, instead)
  const kept = texts.flatMap((text) => (isLost(text) ? (other === undefined ? [] : [other]) : [text]))
  const [only, ...more] = [...new Set(kept)]
  if (only === undefined) return undefined
  return withMember(transition, 'target', more.length === 0 ? only : [only, ...more])
}

/** Undefined for a transition that could never be taken. */
function guarded(transition: JsonObject, gone: Gone): JsonObject | undefined {
  const guard = member(transition, 'guard')
  if (guard === undefined) return transition
  const left = settled(guard, gone)
  if (left === false) return undefined
  return left === guard ? transition : withMember(transition, 'guard', left === true ? undefined : left)
}

/** Defaults of history states that led to what is gone. */
function historiesMended(
  definition: Json,
  tree: Tree,
  inside: (node: TreeNode) => boolean,
  instead: TreeNode | undefined,
): Json {
  return tree.nodes.reduce((held, node) => {
    const { historyDefault, parent } = node
    if (historyDefault === undefined || parent === undefined || inside(node) || !inside(historyDefault))
      return held
    const isBeside = instead !== undefined && instead.kind !== 'history' && isBelow(instead, parent)
    const first = parent.initial === undefined || inside(parent.initial) ? undefined : parent.initial
    const next = isBeside ? instead : first
    const text = next === undefined ? undefined : targetText(tree, node, next)
    return edit(held, tokensOf(child(node.pointer, 'target')), () => text)
  }, definition)
}

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

/** Takes away what pointers name, whatever it is; lists and actions that become empty go too. */
export const removePlaces = (pointers: readonly string[], what?: { en: string; zh: string }): Command =>
  definitionCommand('remove', what?.en ?? 'Delete', what?.zh ?? '删除', (definition) =>
    withoutPlaces(definition, pointers),
  )
