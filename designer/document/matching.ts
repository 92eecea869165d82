/**
 * Which state and which name of an old definition is which of a new one, renamed and moved ones too.
 *
 * Promises: each is matched once at most; what keeps its place and name is itself.
 * Must not: say what changed (`diff.ts`).
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { TreeNode } from '../../machines/definition/tree.ts'
import { DECLARED, KIND_OF, PLACE_OF } from './clip.ts'
import { treeOf } from './document.ts'
import { at, entriesOf, isAlike, type Json, member } from './json.ts'
import type { NameKind } from './references.ts'

/** New paths by old ones, and old ones by new ones. */
export type Matching = {
  readonly places: ReadonlyMap<string, string>
  readonly origins: ReadonlyMap<string, string>
}

/** States by their paths; else under the same parent by title or content; else anywhere by key and title. */
export function matchStates(before: Json, after: Json): Matching {
  const old = treeOf(before)
  const tree = treeOf(after)
  const places = new Map<string, string>([['', '']])
  const origins = new Map<string, string>([['', '']])
  const pair = (node: TreeNode, next: TreeNode): void => {
    places.set(node.path, next.path)
    origins.set(next.path, node.path)
  }
  const isFree = (next: TreeNode): boolean => next.parent !== undefined && !origins.has(next.path)
  const jsonOf = (definition: Json, node: TreeNode): Json | undefined =>
    at(definition, ...tokensOf(node.pointer))
  const titleOf = (definition: Json, node: TreeNode): Json | undefined =>
    at(jsonOf(definition, node), 'meta', 'title')
  const isTitledAlike = (node: TreeNode, next: TreeNode): boolean => {
    const title = titleOf(before, node)
    return title !== undefined && isAlike(title, titleOf(after, next))
  }
  const beside = (node: TreeNode): TreeNode[] => {
    const above = node.parent === undefined ? undefined : places.get(node.parent.path)
    return above === undefined ? [] : (tree.byPath.get(above)?.children ?? [])
  }
  const rules: ((node: TreeNode) => TreeNode | undefined)[] = [
    (node) => beside(node).find((next) => isFree(next) && next.key === node.key),
    (node) => beside(node).find((next) => isFree(next) && isTitledAlike(node, next)),
    (node) => beside(node).find((next) => isFree(next) && isAlike(jsonOf(before, node), jsonOf(after, next))),
    (node) => tree.nodes.find((next) => isFree(next) && next.key === node.key && isTitledAlike(node, next)),
  ]
  // Twice: what was found elsewhere brings its children along.
  for (const rule of [...rules, ...rules.slice(0, 3)])
    for (const node of old.nodes) {
      if (node.parent === undefined || places.has(node.path)) continue
      const next = rule(node)
      if (next !== undefined) pair(node, next)
    }
  return { places, origins }
}

/** What is declared, by kind: new names by old ones, where only the name changed. */
export function matchNames(before: Json, after: Json): ReadonlyMap<NameKind, ReadonlyMap<string, string>> {
  return new Map(
    DECLARED.map((kind) => {
      const [old, now] = [at(before, ...PLACE_OF[kind]), at(after, ...PLACE_OF[kind])]
      const taken = new Set<string>()
      const renamed = entriesOf(old).flatMap(([name, value]): [string, string][] => {
        if (member(now, name) !== undefined) return []
        const match = entriesOf(now).find(
          ([other, next]) => member(old, other) === undefined && !taken.has(other) && isAlike(next, value),
        )
        if (match === undefined) return []
        taken.add(match[0])
        return [[name, match[0]]]
      })
      return [KIND_OF[kind], new Map(renamed)]
    }),
  )
}
