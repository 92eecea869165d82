/**
 * The checklist items of a definition: where each stands, whether it is required now, who may tick it.
 *
 * Must not: change a job.
 */
import type { ChecklistItem, Definition, Role } from '../definition/schema.ts'
import type { Tree, TreeNode } from '../definition/tree.ts'
import type { ExpressionEnvironment } from '../expression/expression.ts'
import { type Frame, type Standing, variablesOf } from './frame.ts'

export type PlacedItem = {
  item: ChecklistItem
  /** The state's path. */
  state: string
  roles: readonly Role[]
  /** Whether it must be ticked before its state is left. Required where the expression cannot be told. */
  required(frame: Frame, standing: Standing): boolean
}

/** Customers confirm what is theirs by events or by items that name them; the rest is the staff's. */
function tickers(definition: Definition): Role[] {
  const roles = Object.values(definition.schemas.events).flatMap((event) => event.meta.roles)
  return [...new Set(roles)].filter((role) => role !== 'system' && role !== 'customer')
}

export const checklistOf = (node: TreeNode): readonly ChecklistItem[] =>
  node.node.meta !== undefined && 'checklist' in node.node.meta ? (node.node.meta.checklist ?? []) : []

/** All items by id. */
export function placeItems(
  definition: Definition,
  tree: Tree,
  expressions: ExpressionEnvironment,
): ReadonlyMap<string, PlacedItem> {
  const staff = tickers(definition)
  const placed = new Map<string, PlacedItem>()
  for (const node of tree.nodes)
    for (const item of checklistOf(node))
      placed.set(item.id, {
        item,
        state: node.path,
        roles: item.roles ?? staff,
        required: requirement(item, expressions),
      })
  return placed
}

function requirement(item: ChecklistItem, expressions: ExpressionEnvironment): PlacedItem['required'] {
  const required = item.required ?? true
  if (typeof required === 'boolean') return () => required
  const program = expressions.program(required['@expr'])
  return (frame, standing) => {
    const evaluation = program.evaluate(variablesOf(frame, standing))
    return !evaluation.ok || evaluation.value === true
  }
}

/** Required items that stand open in the given states. */
export function openItems(
  items: ReadonlyMap<string, PlacedItem>,
  states: ReadonlySet<string>,
  frame: Frame,
  standing: Standing,
): PlacedItem[] {
  const open: PlacedItem[] = []
  for (const placed of items.values())
    if (
      states.has(placed.state) &&
      !Object.hasOwn(standing.checklist, placed.item.id) &&
      placed.required(frame, standing)
    )
      open.push(placed)
  return open
}
