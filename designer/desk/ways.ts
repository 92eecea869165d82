/**
 * Which events may lead a job from where it is into a state.
 *
 * Promises: read off the definition alone: the event's transitions, what their targets enter first, and where conditions
 * may lead on from there at once. `surely`: there is no other end than this state.
 * Must not: judge conditions; the server does.
 */
import type { Definition } from '../../machines/definition/schema.ts'
import { buildTree, type Tree, type TreeNode } from '../../machines/definition/tree.ts'
import { withAround } from '../jobs/job-list-events.ts'

export type Way = { event: string; surely: boolean }

const read = new WeakMap<Definition, Tree>()
function treeOf(definition: Definition): Tree {
  const tree = read.get(definition) ?? buildTree(definition)
  read.set(definition, tree)
  return tree
}

/** The states that a job is at rest in, those within others after them, in the order of the definition. */
export const leavesOf = (definition: Definition): TreeNode[] =>
  treeOf(definition).nodes.filter(
    ({ path, kind, children }) => path !== '' && kind !== 'history' && children.length === 0,
  )

/** Where a job may come to rest that enters a state. */
function endsOf(target: TreeNode): ReadonlySet<TreeNode> {
  const ends = new Set<TreeNode>()
  const seen = new Set<TreeNode>()
  const pending = [target]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (node.kind === 'history') {
      const before = node.historyDefault ?? node.parent?.initial
      if (before !== undefined) pending.push(before)
      continue
    }
    if (node.children.length === 0) ends.add(node)
    else if (node.kind === 'parallel') pending.push(...node.children)
    else if (node.initial !== undefined) pending.push(node.initial)
    for (const { trigger, targets } of node.transitions)
      if (trigger.kind === 'always') pending.push(...targets)
    // The end of a group leads on, too.
    if (node.kind === 'final' && node.parent !== undefined)
      for (const { trigger, targets } of node.parent.transitions)
        if (trigger.kind === 'done') pending.push(...targets)
  }
  return ends
}

/** Ways into a state, or into one within it. */
export function waysTo(definition: Definition, active: readonly string[], path: string): Way[] {
  return waysFrom(definition, active).flatMap(({ event, ends }) => {
    const there = ends.filter((end) => end === path || end.startsWith(`${path}.`))
    return there.length === 0 ? [] : [{ event, surely: there.length === ends.length }]
  })
}

/** Every event that the states of a job take, with where it may lead. */
export function waysFrom(
  definition: Definition,
  active: readonly string[],
): { event: string; ends: string[] }[] {
  const { byPath } = treeOf(definition)
  const ways = new Map<string, Set<string>>()
  for (const node of new Set(active.flatMap((path) => withAround(byPath.get(path))))) {
    for (const { trigger, targets } of node.transitions) {
      if (trigger.kind !== 'on') continue
      const ends = ways.get(trigger.descriptor) ?? new Set()
      for (const target of targets) for (const end of endsOf(target)) ends.add(end.path)
      ways.set(trigger.descriptor, ends)
    }
  }
  return [...ways].map(([event, ends]) => ({ event, ends: [...ends] }))
}
