/**
 * Which states a job can come to, and from which it can never end.
 *
 * Promises: never calls a state unreachable or a dead end that is not: guards, checklists and timers count as open,
 * regions beside as being in any of their states.
 * Must not: run the machine. (`simulate/explore.ts` walks real paths.)
 */
import { Key } from '../definition/schema.ts'
import { ancestorsOf, type TreeNode } from '../definition/tree.ts'
import { LIMITS } from './limits.ts'
import type { Model } from './model.ts'
import { isReserved } from './names.ts'
import { fits } from './shapes.ts'

/** Reports unreachable states and dead ends. Too many states are reported elsewhere, and not walked. */
export function checkReachability({ tree, sink }: Model): void {
  if (tree.nodes.length > LIMITS.states + 1 || !tree.nodes.every(isConnected)) return
  const reached = reach([tree.root], true)
  for (const node of tree.nodes)
    if (!reached.has(node) && isNameable(node) && (node.parent === undefined || reached.has(node.parent)))
      sink.conclude('unreachable-state', node.pointer)
  if (!canEnd(reached, tree.root)) {
    sink.conclude('no-end', tree.root.children.length > 0 ? '/states' : '')
    return
  }
  const dead = new Set<TreeNode>()
  for (const node of tree.nodes)
    if (isLeaf(node) && reached.has(node) && !canEnd(reach(aroundOf(node), false), tree.root)) dead.add(node)
  for (const node of topmost(dead, tree.nodes, reached)) sink.conclude('dead-end', node.pointer)
}

/** Its ways lead somewhere, and it begins somewhere. (Else that is the problem, and told elsewhere.) */
const isConnected = (node: TreeNode): boolean =>
  (node.kind !== 'compound' || node.children.length === 0 || node.initial !== undefined) &&
  node.transitions.every(({ unresolved }) => unresolved.length === 0)

/** A state with an impossible key is reported for that; nothing could lead to it. */
const isNameable = ({ key, parent }: TreeNode): boolean =>
  parent === undefined || (fits(Key, key) && !isReserved(key))

const isLeaf = ({ kind, children }: TreeNode): boolean =>
  kind === 'final' || (kind === 'atomic' && children.length === 0)

/** The job ends with a final state right below the root; with a parallel root, when every region is done. */
function canEnd(reached: ReadonlySet<TreeNode>, root: TreeNode): boolean {
  return root.kind === 'parallel'
    ? isDone(root, reached)
    : root.children.some((child) => child.kind === 'final' && reached.has(child))
}

/** Whether `onDone` of a state can come, given the states that can be reached. As XState has it. */
function isDone(node: TreeNode, reached: ReadonlySet<TreeNode>): boolean {
  if (node.kind === 'final') return reached.has(node)
  if (node.kind === 'compound')
    return node.children.some((child) => child.kind === 'final' && reached.has(child))
  if (node.kind !== 'parallel') return false
  const regions = regionsOf(node)
  return regions.length > 0 && regions.every((region) => isDone(region, reached))
}

/** A state with all that is active, or may be, while it is: its ancestors, and the regions beside them. */
function aroundOf(node: TreeNode): TreeNode[] {
  const around = [node]
  let below = node
  for (const above of ancestorsOf(node)) {
    around.push(above)
    if (above.kind === 'parallel')
      for (const region of regionsOf(above)) if (region !== below) around.push(...withDescendants(region))
    below = above
  }
  return around
}

function withDescendants(node: TreeNode): TreeNode[] {
  return [node, ...node.children.flatMap(withDescendants)]
}

/** All states that may become active from the given ones; `entering`: these are entered with their initial states. */
function reach(from: readonly TreeNode[], entering: boolean): Set<TreeNode> {
  const reached = new Set<TreeNode>()
  const pending: TreeNode[] = []
  const waiting = new Set<TreeNode>()
  const entered = new Set<TreeNode>()
  const mark = (node: TreeNode): void => {
    if (reached.has(node)) return
    reached.add(node)
    pending.push(node)
  }
  const enter = (target: TreeNode): void => {
    if (entered.has(target)) return
    entered.add(target)
    for (const node of entry(target)) mark(node)
  }
  for (const node of from) {
    if (entering) enter(node)
    else mark(node)
  }
  for (;;) {
    for (let node = pending.pop(); node !== undefined; node = pending.pop())
      for (const { trigger, targets } of node.transitions) {
        if (trigger.kind === 'done') waiting.add(node)
        else for (const target of targets) enter(target)
      }
    for (const node of waiting)
      if (isDone(node, reached)) {
        waiting.delete(node)
        for (const { trigger, targets } of node.transitions)
          if (trigger.kind === 'done') for (const target of targets) enter(target)
      }
    if (pending.length === 0) return reached
  }
}

/** What becomes active when a state is entered: it, its ancestors with their regions, and its initial states. */
export function entry(target: TreeNode): TreeNode[] {
  const entered = new Set<TreeNode>()
  enterFromAbove(target, entered)
  return [...entered]
}

function enterFromAbove(target: TreeNode, entered: Set<TreeNode>): void {
  let below = target
  for (const above of ancestorsOf(target)) {
    entered.add(above)
    if (above.kind === 'parallel')
      for (const region of regionsOf(above)) if (region !== below) descend(region, entered)
    below = above
  }
  descend(target, entered)
}

/** Entered once only: what a broken definition lets lead into itself ends here. */
function descend(node: TreeNode, entered: Set<TreeNode>): void {
  if (entered.has(node)) return
  entered.add(node)
  if (node.kind === 'parallel') for (const region of regionsOf(node)) descend(region, entered)
  if (node.kind === 'compound' && node.initial !== undefined) descend(node.initial, entered)
  if (node.kind === 'history') {
    const fallback = node.historyDefault ?? node.parent?.initial
    if (fallback !== undefined) enterFromAbove(fallback, entered)
  }
}

/** Regions are entered with their parent; a history state beside them is not. */
const regionsOf = (node: TreeNode): TreeNode[] => node.children.filter(({ kind }) => kind !== 'history')

/** Instead of all dead leaves of a state, the state: one problem for one mistake. */
function topmost(
  dead: ReadonlySet<TreeNode>,
  nodes: readonly TreeNode[],
  reached: ReadonlySet<TreeNode>,
): TreeNode[] {
  const whole = new Set<TreeNode>()
  for (const node of nodes.toReversed()) {
    const below = node.children.filter((child) => child.kind !== 'history' && reached.has(child))
    if (dead.has(node) || (below.length > 0 && below.every((child) => whole.has(child)))) whole.add(node)
  }
  return nodes.filter((node) => whole.has(node) && !(node.parent !== undefined && whole.has(node.parent)))
}
