/**
 * The states of a definition as a tree: parents, kinds, transitions and what their targets mean.
 *
 * Promises: one reading of a definition for the validator, the engine's compiler and the drawing. Targets mean
 * what they mean to XState. Tolerant: a target, `initial` or shape that makes no sense leaves a gap (an entry
 * in `unresolved`, no `initial`), never an exception, so that the validator can report it.
 * Must not: judge (`validate/`), or recurse over the input (its depth is a stranger's choice).
 */
import { child } from './pointer.ts'
import type { Definition, StateNode, Transition } from './schema.ts'

type NodeKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

export type TreeNode = {
  /** The key in the parent's `states`; of the root, the process id. */
  key: string
  /** From the root, `repairing.opened`; of the root, the empty string. */
  path: string
  /** JSON pointer into the definition. */
  pointer: string
  parent?: TreeNode
  kind: NodeKind
  node: StateNode | Definition
  children: TreeNode[]
  /** What a compound state enters first, where it names a child of its own. */
  initial?: TreeNode
  /** A history state's default, where it names a state. */
  historyDefault?: TreeNode
  /** In document order: `on`, `always`, `after`, `onDone`. */
  transitions: TreeTransition[]
  /** 0 for the root. */
  depth: number
}

type Trigger =
  | { kind: 'on'; descriptor: string }
  | { kind: 'always' }
  /** `delay` is a key of the definition's `delays`. */
  | { kind: 'after'; delay: string }
  | { kind: 'done' }

export type TreeTransition = {
  source: TreeNode
  trigger: Trigger
  transition: Transition
  /** JSON pointer to the transition itself: `/states/a/on/go` or `/states/a/on/go/1`. */
  pointer: string
  /** Its place among the transitions of the same trigger. */
  index: number
  targets: TreeNode[]
  unresolved: string[]
}

export type Tree = {
  root: TreeNode
  /** All states with the root, parents before children, in document order. */
  nodes: TreeNode[]
  byPath: ReadonlyMap<string, TreeNode>
  /** By explicit `id`, the root's process id among them; of duplicates the first. */
  byId: ReadonlyMap<string, TreeNode>
}

/** The tree of a definition. Never throws on a value that was JSON. */
export function buildTree(definition: Definition): Tree {
  const root: TreeNode = {
    key: definition.id,
    path: '',
    pointer: '',
    kind: kindOf(definition),
    node: definition,
    children: [],
    transitions: [],
    depth: 0,
  }
  const nodes: TreeNode[] = []
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node)
    node.children = childrenOf(node)
    pending.push(...node.children.toReversed())
  }
  const tree: Tree = {
    root,
    nodes,
    byPath: new Map(nodes.map((node) => [node.path, node])),
    byId: idsOf(nodes),
  }
  for (const node of nodes) {
    linkInitial(node)
    if ('target' in node.node && typeof node.node.target === 'string') {
      const target = resolveTarget(tree, node, node.node.target)
      if (target !== undefined) node.historyDefault = target
    }
    node.transitions = transitionsOf(tree, node)
  }
  return tree
}

/**
 * The state a transition's target means, seen from its source: `#id` and `#id.below` from the state with that id
 * (or the process), `.below` from the source itself, `sibling` and `sibling.below` from the source's parent.
 * Undefined where there is none. (From the root a plain key means nothing, as in XState.)
 */
export function resolveTarget(
  tree: Pick<Tree, 'byId'>,
  source: TreeNode,
  target: string,
): TreeNode | undefined {
  if (target.startsWith('#')) {
    const [id = '', ...below] = target.slice(1).split('.')
    return descend(tree.byId.get(id), below)
  }
  if (target.startsWith('.')) return descend(source, target.slice(1).split('.'))
  return descend(source.parent, target.split('.'))
}

/** The ancestors of a state, nearest first, the root last. */
export function ancestorsOf(node: TreeNode): TreeNode[] {
  const ancestors: TreeNode[] = []
  for (let above = node.parent; above !== undefined; above = above.parent) ancestors.push(above)
  return ancestors
}

/** Whether `node` lies below `ancestor` (a state does not lie below itself). */
export const isBelow = (node: TreeNode, ancestor: TreeNode): boolean =>
  node.depth > ancestor.depth && ancestorsOf(node).includes(ancestor)

/**
 * Whether what the transition leads to is entered anew, though it may be where one was. A way from the inside of a state to
 * its history does: XState would see that it leads to where one is, leave nothing, and enter it a second time.
 */
export const entersAnew = ({ source, targets, transition }: TreeTransition): boolean =>
  transition.reenter === true ||
  targets.some(({ kind, parent }) => kind === 'history' && parent !== undefined && isBelow(source, parent))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As XState tells it: by `type`, else by having states, else by `history`. */
function kindOf(node: StateNode | Definition): NodeKind {
  if (node.type !== undefined) return node.type
  if (isRecord(node.states) && Object.keys(node.states).length > 0) return 'compound'
  return 'history' in node && node.history !== undefined ? 'history' : 'atomic'
}

function childrenOf(parent: TreeNode): TreeNode[] {
  const states = parent.node.states
  if (states === undefined || !isRecord(states)) return []
  return Object.entries(states).flatMap(([key, node]) =>
    isRecord(node)
      ? [
          {
            key,
            path: parent.path === '' ? key : `${parent.path}.${key}`,
            pointer: child(parent.pointer, 'states', key),
            parent,
            kind: kindOf(node),
            node,
            children: [],
            transitions: [],
            depth: parent.depth + 1,
          },
        ]
      : [],
  )
}

function idsOf(nodes: readonly TreeNode[]): ReadonlyMap<string, TreeNode> {
  const byId = new Map<string, TreeNode>()
  for (const node of nodes) {
    const id = node.node.id
    if (typeof id === 'string' && !byId.has(id)) byId.set(id, node)
  }
  return byId
}

function linkInitial(node: TreeNode): void {
  const initial = node.children.find((below) => below.key === node.node.initial)
  if (initial !== undefined) node.initial = initial
}

function descend(from: TreeNode | undefined, keys: readonly string[]): TreeNode | undefined {
  let node = from
  for (const key of keys) node = node?.children.find((below) => below.key === key)
  return node
}

function transitionsOf(tree: Tree, source: TreeNode): TreeTransition[] {
  const { node, pointer } = source
  const found: TreeTransition[] = []
  const collect = (trigger: Trigger, place: string, given: Transition | Transition[] | undefined): void => {
    const list = Array.isArray(given) ? given : given === undefined ? [] : [given]
    list.forEach((transition, index) => {
      if (!isRecord(transition)) return
      found.push({
        source,
        trigger,
        transition,
        pointer: Array.isArray(given) ? child(place, index) : place,
        index,
        ...targetsOf(tree, source, transition),
      })
    })
  }
  for (const [descriptor, given] of Object.entries(node.on ?? {}))
    collect({ kind: 'on', descriptor }, child(pointer, 'on', descriptor), given)
  collect({ kind: 'always' }, child(pointer, 'always'), node.always)
  for (const [delay, given] of Object.entries(node.after ?? {}))
    collect({ kind: 'after', delay }, child(pointer, 'after', delay), given)
  if ('onDone' in node) collect({ kind: 'done' }, child(pointer, 'onDone'), node.onDone)
  return found
}

function targetsOf(
  tree: Tree,
  source: TreeNode,
  transition: Transition,
): { targets: TreeNode[]; unresolved: string[] } {
  const given = transition.target
  const names = (Array.isArray(given) ? given : [given]).filter((name) => typeof name === 'string')
  const targets: TreeNode[] = []
  const unresolved: string[] = []
  for (const name of names) {
    const target = resolveTarget(tree, source, name)
    if (target === undefined) unresolved.push(name)
    else targets.push(target)
  }
  return { targets, unresolved }
}
