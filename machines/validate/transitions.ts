/**
 * Transitions: where they lead, what they answer to, and whether one before takes all there is to take.
 *
 * Must not: look inside guards and actions (`references.ts`).
 */
import { isWildcard, matchesDescriptor } from '../definition/descriptor.ts'
import { child } from '../definition/pointer.ts'
import { EventType } from '../definition/schema.ts'
import {
  ancestorsOf,
  isBelow,
  resolveTarget,
  type Tree,
  type TreeNode,
  type TreeTransition,
} from '../definition/tree.ts'
import { isUnguarded } from './loops.ts'
import type { Model, Sink } from './model.ts'
import { isReserved } from './names.ts'
import { type Fix, REMOVE } from './report.ts'
import { fits } from './shapes.ts'

export function checkTransitions(model: Model): void {
  const { definition, tree, sink, transitions } = model
  for (const transition of transitions) {
    checkTargets(sink, tree, transition)
    if (transition.trigger.kind === 'done' && !canBeDone(transition.source))
      sink.conclude('done-never', transition.pointer)
  }
  checkDescriptors(model)
  for (const node of tree.nodes) checkShadows(sink, node)
  const descriptors = new Set(
    transitions.flatMap(({ trigger }) => (trigger.kind === 'on' ? [trigger.descriptor] : [])),
  )
  for (const [type, event] of Object.entries(definition.schemas.events)) {
    const pointer = child('/schemas/events', type)
    const taken = [...descriptors].some((descriptor) => matchesDescriptor(descriptor, type))
    if (!taken) sink.conclude('unused-event', pointer)
    if (event.meta.roles.length === 0) sink.conclude('no-roles', child(pointer, 'meta', 'roles'))
  }
}

function checkTargets(
  sink: Sink,
  tree: Tree,
  { source, transition, pointer, targets }: TreeTransition,
): void {
  const given = transition.target
  if (given === undefined) return
  const at = child(pointer, 'target')
  const names = Array.isArray(given) ? given : [given]
  names.forEach((name, index) => {
    if (resolveTarget(tree, source, name) !== undefined) return
    const place = Array.isArray(given) ? child(at, index) : at
    sink.add('unknown-target', place, { name }, { fix: betterTarget(sink, place, name, source, tree) })
  })
  for (const [index, one] of targets.entries())
    for (const other of targets.slice(index + 1))
      if (!areTogether(one, other)) sink.add('targets-conflict', at, { one: one.path, other: other.path })
}

/** A state of that very name elsewhere in the process, else the nearest spelling of one within reach. */
function betterTarget(
  sink: Sink,
  place: string,
  name: string,
  source: TreeNode,
  tree: Tree,
): Fix | undefined {
  const key = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1)
  const [namesake, ...more] = tree.nodes.filter((node) => node.parent !== undefined && node.key === key)
  if (namesake !== undefined && more.length === 0) {
    const value =
      namesake.node.id === undefined ? `#${tree.root.key}.${namesake.path}` : `#${namesake.node.id}`
    return { title: { en: `Use “${value}”`, zh: `改为“${value}”` }, path: place, value }
  }
  return sink.replacing(place, name, [
    ...(source.parent?.children ?? []).map((sibling) => sibling.key),
    ...source.children.map((below) => `.${below.key}`),
    ...[...tree.byId.keys()].map((id) => `#${id}`),
    ...tree.nodes.map((node) => `#${tree.root.key}.${node.path}`),
  ])
}

/** Two states can be active at once in different regions of a parallel state only. */
function areTogether(one: TreeNode, other: TreeNode): boolean {
  if (one === other || isBelow(one, other) || isBelow(other, one)) return false
  const above = new Set(ancestorsOf(one))
  return ancestorsOf(other).find((node) => above.has(node))?.kind === 'parallel'
}

const canBeDone = (node: TreeNode): boolean =>
  node.kind === 'compound'
    ? node.children.some(({ kind }) => kind === 'final')
    : node.kind === 'parallel' &&
      node.children.every(
        (region) => region.kind === 'history' || region.kind === 'final' || canBeDone(region),
      )

function checkDescriptors({ definition, transitions, sink }: Model): void {
  const types = Object.keys(definition.schemas.events)
  const seen = new Set<string>()
  for (const { source, trigger } of transitions) {
    if (trigger.kind !== 'on') continue
    const { descriptor } = trigger
    const place = child(source.pointer, 'on', descriptor)
    if (seen.has(place)) continue
    seen.add(place)
    const plain = descriptor.endsWith('.*') ? descriptor.slice(0, -2) : descriptor
    if (descriptor === '*' || types.some((type) => matchesDescriptor(descriptor, type))) continue
    if (isReserved(plain)) sink.add('reserved-name', place, { name: plain })
    else if (!fits(EventType, plain)) sink.add('bad-descriptor', place, { name: descriptor })
    else {
      const fix = isWildcard(descriptor) ? undefined : sink.renaming(place, descriptor, types)
      sink.add('unknown-event', place, { name: descriptor }, { fix })
    }
  }
}

/**
 * A transition after an unguarded one with the same trigger. Where a required checklist item bars the earlier one
 * and not the later, the later has its chance.
 */
function checkShadows(sink: Sink, node: TreeNode): void {
  const open = new Map<string, TreeTransition>()
  for (const transition of node.transitions) {
    const key = keyOf(transition)
    const before = open.get(key)
    if (before === undefined) {
      if (isUnguarded(transition)) open.set(key, transition)
    } else if (!(mayBeBarred(before) && transition.transition.meta?.waivesChecklist === true))
      sink.add(
        'shadowed-transition',
        transition.pointer,
        {},
        {
          fix: { title: REMOVE, path: transition.pointer },
        },
      )
  }
}

const keyOf = ({ trigger }: TreeTransition): string =>
  trigger.kind === 'on'
    ? `on ${trigger.descriptor}`
    : trigger.kind === 'after'
      ? `after ${trigger.delay}`
      : trigger.kind

const mayBeBarred = ({ transition, targets }: TreeTransition): boolean =>
  transition.meta?.waivesChecklist !== true && targets.length > 0
