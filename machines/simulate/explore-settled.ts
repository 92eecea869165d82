/**
 * Proof that a state is never entered with a condition true that is asked on entry: it was asked where every way in begins, and nothing on
 * the way or inside touches what it reads.
 *
 * Promises: never calls settled what can come about without moving a job by hand.
 * Must not: run the machine.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Action } from '../definition/schema.ts'
import { ancestorsOf, isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { actionsOf, enteredBy, pathsIn, textsOf } from './explore-reading.ts'

/** What a transition may enter. */
type Entered = (placed: TreeTransition) => readonly TreeNode[]

const exitOf = ({ node }: TreeNode): readonly Action[] => ('exit' in node ? actionsOf(node.exit) : [])

/** Fields that may be written as a transition is taken: by itself, by what it leaves, by what it enters. */
function writtenBy(
  placed: TreeTransition,
  nodes: readonly TreeNode[],
  entered: Entered,
): ReadonlySet<string> {
  const { source, transition } = placed
  const remembers = placed.targets.some(({ kind }) => kind === 'history')
  const left = [source, ...ancestorsOf(source), ...nodes.filter((node) => isBelow(node, source))]
  const actions = [
    ...actionsOf(transition.actions),
    ...left.flatMap(exitOf),
    ...(remembers ? entered(placed) : enteredBy(placed)).flatMap(({ node }) => actionsOf(node.entry)),
  ]
  return new Set(
    actions.flatMap((action) => (action.type === '@xstate.assign' ? Object.keys(action.context) : [])),
  )
}

/** The fields that a guard reads, where it reads nothing else and nobody may set them right by hand. */
function lockedFields({ definition }: Compiled, placed: TreeTransition): ReadonlySet<string> | undefined {
  const { guard } = placed.transition
  if (guard === undefined || !('@expr' in guard)) return undefined
  const paths = textsOf(guard).flatMap(pathsIn)
  const { properties } = definition.schemas.context
  const fields = new Set<string>()
  for (const path of paths) {
    const [root, name = ''] = path.split('.')
    if (root === 'settings') continue
    if (root !== 'job' || properties[name]?.meta?.locked !== true) return undefined
    fields.add(name)
  }
  return fields
}

/** Resting there, the condition is false: it is asked first of all on entry and after every step. */
const asksFirst = (node: TreeNode, guard: string): boolean =>
  node.kind === 'atomic' &&
  node.transitions.some(
    ({ trigger, index, transition }) =>
      trigger.kind === 'always' && index === 0 && JSON.stringify(transition.guard) === guard,
  )

/** Whether a transition is taken while a state is active, and leaves it so. */
function stays(placed: TreeTransition, state: TreeNode): boolean {
  const { source, targets } = placed
  const within = source === state || isBelow(state, source) || isBelow(source, state)
  if (within) return targets.length === 0 || source !== state
  const shared = ancestorsOf(source).find((each) => isBelow(state, each))
  return shared?.kind === 'parallel'
}

/** Whether an `always` asks for what can never be so by then. */
export function isSettled(compiled: Compiled, placed: TreeTransition, entered: Entered): boolean {
  const { source, trigger, transition } = placed
  const fields = lockedFields(compiled, placed)
  if (trigger.kind !== 'always' || source.kind !== 'atomic' || fields === undefined) return false
  const { nodes, root } = compiled.tree
  const first = nodes.some((node) => node.initial === source && (node === root || isInitial(node)))
  if (first) return false
  const guard = JSON.stringify(transition.guard)
  return nodes.every((node) =>
    node.transitions.every((each) => {
      const touches = [...writtenBy(each, nodes, entered)].some((field) => fields.has(field))
      const enters = each !== placed && entered(each).includes(source)
      if (enters && (touches || !asksFirst(each.source, guard))) return false
      return !(touches && stays(each, source))
    }),
  )
}

/** Entered as a job begins. */
const isInitial = (node: TreeNode): boolean =>
  node.parent === undefined ||
  ((node.parent.kind === 'parallel' || node.parent.initial === node) && isInitial(node.parent))
