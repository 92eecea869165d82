/**
 * Rounds of `always` transitions that never come to rest.
 *
 * Promises: an error only where nothing can stop the round (no guard on it, none before it); a warning where guards
 * could, but nothing on the round changes what they see.
 * Must not: evaluate a guard. (The engine has its own limit for what cannot be seen from here.)
 */
import type { Action } from '../definition/schema.ts'
import { isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { LIMITS } from './limits.ts'
import type { Model } from './model.ts'
import { entry } from './reachability.ts'

/** Enough for any process of people; bounds the work on a hostile one. */
const MOST_GUARDS = 50

type Edge = { to: TreeNode; by: TreeTransition }
type Edges = ReadonlyMap<TreeNode, readonly Edge[]>

export function checkLoops({ tree, sink }: Model): void {
  if (tree.nodes.length > LIMITS.states + 1) return
  const edges = edgesOf(tree.nodes)
  const reported = new Set<string>()
  const report = (
    code: 'always-loop' | 'always-loop-likely',
    counts: (by: TreeTransition) => boolean,
  ): void => {
    for (const { pointer } of roundsOf(tree.nodes, edges, counts)) {
      if (reported.has(pointer)) continue
      reported.add(pointer)
      sink.add(code, pointer)
    }
  }
  report('always-loop', isCertain)
  // Guards that are the same word for word open and shut together, so each is looked at with what has none.
  const idle = new Map(
    tree.nodes.flatMap(alwaysOf).flatMap((by) => (changesNothing(by) ? [[by, guardOf(by)] as const] : [])),
  )
  for (const guard of [...new Set(['', ...idle.values()])].slice(0, MOST_GUARDS))
    report('always-loop-likely', (by) => idle.get(by) === '' || idle.get(by) === guard)
}

const alwaysOf = (node: TreeNode): TreeTransition[] =>
  node.transitions.filter(({ trigger }) => trigger.kind === 'always')
export const isUnguarded = ({ transition: { guard } }: TreeTransition): boolean =>
  guard === undefined || ('@expr' in guard && guard['@expr'].trim() === 'true')
const isCertain = (by: TreeTransition): boolean => by.index === 0 && isUnguarded(by)
const guardOf = (by: TreeTransition): string => (isUnguarded(by) ? '' : JSON.stringify(by.transition.guard))

/** No field is set, nor anything raised, neither on the way nor in the states it leaves and enters. */
function changesNothing({ source, targets, transition }: TreeTransition): boolean {
  const touched = [source, ...targets.flatMap(entry)]
  const actions: Action[] = [
    ...(transition.actions ?? []),
    ...touched.flatMap(({ node }) => [...(node.entry ?? []), ...(node.exit ?? [])]),
  ]
  return actions.every(({ type }) => type !== '@xstate.assign' && type !== '@xstate.raise')
}

/** From each state to the states whose own `always` is looked at next. */
function edgesOf(nodes: readonly TreeNode[]): Edges {
  return new Map(
    nodes.map((node) => [
      node,
      alwaysOf(node).flatMap((by) => {
        // A way down into oneself, or to nowhere, leaves this very transition at hand.
        const stays = by.unresolved.length === 0 && by.targets.every((target) => isBelow(target, node))
        const active = new Set([...(stays ? [node] : []), ...by.targets.flatMap(entry)])
        return [...active].filter((to) => alwaysOf(to).length > 0).map((to) => ({ to, by }))
      }),
    ]),
  )
}

/** The transition that closes each round, found by walking depth first without recursion. */
function roundsOf(
  nodes: readonly TreeNode[],
  edges: Edges,
  counts: (by: TreeTransition) => boolean,
): TreeTransition[] {
  const closing: TreeTransition[] = []
  const state = new Map<TreeNode, 'open' | 'done'>()
  const stack: { node: TreeNode; rest: Edge[] }[] = []
  const open = (node: TreeNode): void => {
    state.set(node, 'open')
    stack.push({ node, rest: (edges.get(node) ?? []).filter(({ by }) => counts(by)).toReversed() })
  }
  for (const start of nodes) {
    if (!state.has(start)) open(start)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        state.set(top.node, 'done')
        stack.pop()
      } else if (state.get(next.to) === 'open') closing.push(next.by)
      else if (!state.has(next.to)) open(next.to)
    }
  }
  return closing
}
