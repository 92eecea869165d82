/**
 * Checklists: somebody may tick each item, and a required one bars some way out.
 *
 * Must not: ask when an item is required (that may depend on the job).
 */
import { exitedInTheEnd } from '../compile/exits.ts'
import { child } from '../definition/pointer.ts'
import { ancestorsOf, isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import type { Model, PlacedItem } from './model.ts'

export function checkChecklists(model: Model): void {
  const { definition, items, sink, transitions } = model
  const isConnected = transitions.every(({ unresolved }) => unresolved.length === 0)
  const staff = Object.values(definition.schemas.events)
    .flatMap((event) => event.meta.roles)
    .some((role) => role !== 'system' && role !== 'customer')
  const barred = new Map<TreeNode, boolean>()
  const asked = askedElsewhere(model)
  for (const placed of items) {
    const { item, pointer, state } = placed
    if (item.roles === undefined ? !staff : item.roles.length === 0)
      sink.conclude('nobody-ticks', item.roles === undefined ? pointer : child(pointer, 'roles'))
    if (!isConnected || item.required === false || asked(placed)) continue
    const bars = barred.get(state) ?? barsSomething(model, state)
    barred.set(state, bars)
    if (!bars) sink.conclude('item-bars-nothing', pointer)
  }
}

/** Whether some way by which people or the process itself leave the state asks for its items. */
function barsSomething({ transitions }: Model, state: TreeNode): boolean {
  const active = new Set([state.path])
  const asks = ({ trigger, transition, source }: TreeTransition): boolean =>
    trigger.kind !== 'after' &&
    transition.meta?.waivesChecklist !== true &&
    (source === state || isBelow(source, state) || ancestorsOf(state).includes(source))
  return transitions.some(
    (transition) => asks(transition) && exitedInTheEnd(transition, active).has(state.path),
  )
}

/** Items that a guard or an expression asks for by itself. */
function askedElsewhere({ guards, definition }: Model): (placed: PlacedItem) => boolean {
  const items = new Set<string>()
  const states = new Set<string>()
  let all = false
  for (const { guard } of guards) {
    if ('@expr' in guard || guard.type !== 'checklistDone') continue
    if (guard.params?.items === undefined && guard.params?.state === undefined) all = true
    for (const id of guard.params?.items ?? []) items.add(id)
    if (guard.params?.state !== undefined) states.add(guard.params.state)
  }
  for (const [, id] of JSON.stringify(definition.states).matchAll(/\bchecklist\s*\.\s*(\w+)/g))
    if (id !== undefined) items.add(id)
  return ({ item, state }) => all || items.has(item.id) || states.has(state.path)
}
