/**
 * What each kind of state must and must not have: an initial state, states within, ways out, a history's default.
 *
 * Must not: ask which states are reached (`reachability.ts`).
 */
import { child } from '../definition/pointer.ts'
import type { TreeNode } from '../definition/tree.ts'
import { LIMITS } from './limits.ts'
import type { Model, Sink } from './model.ts'
import { REMOVE } from './report.ts'

const EXITS = ['on', 'always', 'after', 'onDone'] as const
const CONTENT = [...EXITS, 'entry', 'exit', 'initial', 'states'] as const

export function checkStates({ definition, tree, sink }: Model): void {
  const states = tree.nodes.length - 1
  if (states > LIMITS.states) sink.add('too-many-states', '/states', { count: states, limit: LIMITS.states })
  const events = Object.keys(definition.schemas.events).length
  if (events > LIMITS.events)
    sink.add('too-many-events', '/schemas/events', { count: events, limit: LIMITS.events })
  // The topmost that lie too deep: those below them are too deep for the same reason.
  for (const node of tree.nodes)
    if (node.depth === LIMITS.stateDepth + 1)
      sink.add('states-too-deep', node.pointer, { limit: LIMITS.stateDepth })
  for (const node of tree.nodes) checkState(sink, node)
}

function checkState(sink: Sink, node: TreeNode): void {
  if (node.kind === 'compound') checkCompound(sink, node)
  else if (node.node.initial !== undefined && node.kind !== 'history')
    sink.add(
      'needless-initial',
      child(node.pointer, 'initial'),
      {},
      {
        fix: { title: REMOVE, path: child(node.pointer, 'initial') },
      },
    )
  if (node.kind === 'parallel' && regions(node).length === 0)
    sink.add('no-states', node.pointer, { kind: 'parallel' })
  if (node.kind === 'atomic' && node.children.length > 0)
    sink.add('atomic-with-states', child(node.pointer, 'states'))
  if (node.kind === 'final') checkFinal(sink, node)
  if (node.kind === 'history') checkHistory(sink, node)
  else
    for (const key of ['history', 'target'] as const)
      if (key in node.node) sink.add('history-only', child(node.pointer, key), { key })
}

const regions = (node: TreeNode): TreeNode[] => node.children.filter(({ kind }) => kind !== 'history')

function checkCompound(sink: Sink, node: TreeNode): void {
  if (regions(node).length === 0) {
    sink.add('no-states', node.pointer, { kind: 'compound' })
    return
  }
  const { initial } = node.node
  const keys = regions(node).map(({ key }) => key)
  const [first = ''] = keys
  const at = child(node.pointer, 'initial')
  if (initial === undefined && sink.isMended(at)) return
  if (initial === undefined)
    sink.add(
      'missing-initial',
      node.pointer,
      {},
      {
        fix: { title: { en: `Begin with “${first}”`, zh: `以“${first}”为初始状态` }, path: at, value: first },
      },
    )
  else if (!keys.includes(initial))
    sink.add('unknown-initial', at, { name: initial }, { fix: sink.replacing(at, initial, keys) })
}

function checkFinal(sink: Sink, node: TreeNode): void {
  for (const key of EXITS)
    if (key in node.node)
      sink.add(
        'final-with-exits',
        child(node.pointer, key),
        {},
        {
          fix: { title: REMOVE, path: child(node.pointer, key) },
        },
      )
  if (node.children.length > 0) sink.add('needless-states', child(node.pointer, 'states'), { kind: 'final' })
}

function checkHistory(sink: Sink, node: TreeNode): void {
  for (const key of CONTENT)
    if (key in node.node) sink.add('history-with-content', child(node.pointer, key), { key })
  if (!('target' in node.node) || node.node.target === undefined) {
    if (node.parent?.kind === 'compound') sink.add('history-without-default', node.pointer)
    return
  }
  const { target } = node.node
  const at = child(node.pointer, 'target')
  const beside = node.parent?.children ?? []
  const below = node.historyDefault
  if (below === undefined) {
    const keys = beside.filter((one) => one !== node).map(({ key }) => key)
    sink.add('unknown-target', at, { name: target }, { fix: sink.replacing(at, target, keys) })
  } else if (below.kind === 'history' || !isInside(below, node.parent) || target.startsWith('.'))
    sink.add('history-target', at)
}

function isInside(node: TreeNode, above: TreeNode | undefined): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at === above) return true
  return false
}
