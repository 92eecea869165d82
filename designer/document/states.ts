/**
 * Taking hold of states: found, put in, taken out, with what their parent must know of it.
 *
 * Promises: a parent that gets its first state begins with it, and one that loses its first state begins with
 * another; one that loses all becomes a plain state.
 * Must not: change targets (`targets.ts`).
 */

import { tokensOf } from '../../machines/definition/pointer.ts'
import { Key } from '../../machines/definition/schema.ts'
import type { Tree, TreeNode } from '../../machines/definition/tree.ts'
import { isReserved } from '../../machines/validate/names.ts'
import { fits } from '../../machines/validate/shapes.ts'
import { treeOf } from './document.ts'
import {
  edit,
  isObject,
  type Json,
  type JsonObject,
  keysOf,
  member,
  unlessEmpty,
  withMember,
} from './json.ts'
import { DocumentError } from './problem.ts'

/** @throws DocumentError where there is no such state */
export function requireState(tree: Tree, path: string): TreeNode {
  const node = tree.byPath.get(path)
  if (node === undefined) throw new DocumentError(`there is no state “${path}”`, `没有状态“${path}”`)
  return node
}

/** A state that lies in another: any but the process itself. */
export type Inner = TreeNode & { parent: TreeNode }
const isInner = (node: TreeNode): node is Inner => node.parent !== undefined

/** As `requireState`; the process itself is refused. */
export function requireInner(tree: Tree, path: string): Inner {
  const node = requireState(tree, path)
  if (!isInner(node))
    throw new DocumentError('this cannot be done with the whole process', '不能对整个流程执行此操作')
  return node
}

/** The definition with a state's JSON put through `change`. */
export function editState(definition: Json, path: string, change: (node: JsonObject) => JsonObject): Json {
  const node = requireState(treeOf(definition), path)
  return edit(definition, tokensOf(node.pointer), (held) => (isObject(held) ? change(held) : held))
}

export const joined = (parent: string, key: string): string => (parent === '' ? key : `${parent}.${key}`)

/** @throws DocumentError on a key that no path can hold, or that is taken */
export function requireFreeKey(parent: TreeNode, key: string): void {
  if (isReserved(key) || !fits(Key, key))
    throw new DocumentError(
      `“${key}” cannot be a key: a letter first, then letters, digits, - and _ (at most 80)`,
      `“${key}”不能用作标识：以字母开头，只含字母、数字、- 和 _，不超过 80 个字符`,
    )
  if (parent.children.some((sibling) => sibling.key === key))
    throw new DocumentError(`there is a state “${key}” here already`, `此处已有状态“${key}”`)
}

/** `base`, or `base2`, `base3` and so on, which none of `taken` is. */
export function freeName(base: string, taken: Iterable<string>): string {
  const names = new Set(taken)
  if (!names.has(base)) return base
  const [, stem = base, count = '1'] = /^(.*?)(\d*)$/.exec(base) ?? []
  for (let number = Number(count === '' ? 1 : count) + 1; ; number++) {
    const name = `${stem.slice(0, 70)}${number}`
    if (!names.has(name)) return name
  }
}

/** Puts a state among the children of another, before the child `before` or last. */
export function insertChild(
  definition: Json,
  parent: string,
  key: string,
  node: Json,
  before?: string,
): Json {
  const isHistory = member(node, 'type') === 'history' || member(node, 'history') !== undefined
  return editState(definition, parent, (held) => {
    const states = member(held, 'states')
    const entries = isObject(states) ? Object.entries(states) : []
    const index = entries.findIndex(([name]) => name === before)
    const made = Object.fromEntries(entries.toSpliced(index < 0 ? entries.length : index, 0, [key, node]))
    const { type } = held
    const host = type === 'atomic' ? withMember(held, 'type', undefined) : held
    const hasInitial = keysOf(states).some((name) => name === member(held, 'initial'))
    const begins = type === 'parallel' || hasInitial || isHistory ? host : withMember(host, 'initial', key)
    return withMember(begins, 'states', made)
  })
}

/** Takes a state out of its parent. `next`: the sibling that comes first instead, if it was the first. */
export function removeChild(definition: Json, path: string, next?: string): Json {
  const node = requireInner(treeOf(definition), path)
  const isRoot = node.parent.parent === undefined
  return editState(definition, node.parent.path, (held) => {
    const states = member(held, 'states')
    if (!isObject(states)) return held
    const left = withMember(states, node.key, undefined)
    const others = node.parent.children.filter(({ key, kind }) => key !== node.key && kind !== 'history')
    const first = others.find(({ key }) => key === next) ?? others[0]
    const begun = held.initial === node.key ? withMember(held, 'initial', first?.key) : held
    if (unlessEmpty(left) !== undefined) return withMember(begun, 'states', left)
    if (isRoot) return withMember(begun, 'states', left)
    const { type } = begun
    const plain = type === 'parallel' || type === 'compound' ? withMember(begun, 'type', undefined) : begun
    return withMember(withMember(plain, 'states', undefined), 'initial', undefined)
  })
}

/** Of several states, those that lie in none of the others, in document order, each once. */
export function outermost(tree: Tree, paths: readonly string[]): Inner[] {
  const chosen = new Set(paths)
  for (const path of chosen) requireInner(tree, path)
  const covered = (node: TreeNode): boolean => {
    for (let above = node.parent; above !== undefined; above = above.parent)
      if (chosen.has(above.path)) return true
    return false
  }
  return tree.nodes.filter(isInner).filter((node) => chosen.has(node.path) && !covered(node))
}
