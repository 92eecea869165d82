/**
 * Commands that take states away: deleted with what is in them, or dissolved so that what is in them stays.
 *
 * Promises: no target, first state, history default or named guard is left that names a state which is gone. (An
 * expression that reads a checklist item which is gone stays as it is, for nobody can say what it should ask instead;
 * `whatPointsAt` shows it beforehand, the validator afterwards.)
 */

import { child, isWithin, tokensOf } from '../../../machines/definition/pointer.ts'
import { isBelow, resolveTarget, type Tree, type TreeNode } from '../../../machines/definition/tree.ts'
import { treeOf } from '../document.ts'
import { type Gone, settled } from '../guards.ts'
import { at, edit, isObject, type Json, type JsonObject, listOf, member, withMember } from '../json.ts'
import { DocumentError } from '../problem.ts'
import { referencesIn } from '../references.ts'
import { withoutPlaces } from '../removal.ts'
import { type Inner, outermost, removeChild, requireState } from '../states.ts'
import { follow, placesAfter, targetText } from '../targets.ts'
import { type Command, command } from './command.ts'

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
