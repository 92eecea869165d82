/**
 * Whether states can be active together.
 *
 * Must not: know a job, or what its events do.
 */
import { isBelow, type TreeNode } from '../definition/tree.ts'

/** The targets below a state, by the child that each lies in. */
export function byChild(node: TreeNode, targets: readonly TreeNode[]): Map<TreeNode, TreeNode[]> {
  const ways = new Map<TreeNode, TreeNode[]>()
  for (const target of targets) {
    const child = node.children.find((each) => each === target || isBelow(target, each))
    if (child !== undefined) ways.set(child, [...(ways.get(child) ?? []), target])
  }
  return ways
}

/** Whether all targets in a state can be active together. */
export function agree(node: TreeNode, targets: readonly TreeNode[]): boolean {
  const ways = byChild(
    node,
    targets.filter((target) => target !== node),
  )
  if (node.kind !== 'parallel' && ways.size > 1) return false
  return [...ways].every(([child, below]) => agree(child, below))
}
