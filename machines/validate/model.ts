/**
 * A well-shaped definition laid out for the passes that look at its meaning: every guard, action, checklist item and
 * expression with its place.
 *
 * Promises: built once; the passes only read it and report through `sink`.
 * Must not: find problems itself.
 */
import { matchesDescriptor } from '../definition/descriptor.ts'
import { child } from '../definition/pointer.ts'
import type { Action, ChecklistItem, Definition, Expression, Guard } from '../definition/schema.ts'
import { buildTree, type Tree, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import type { ValidationContext } from './context.ts'
import type { Report } from './report.ts'
import type { Structure } from './structure.ts'

/** A report whose pointers lead into what came in, and that keeps quiet about what is known to be broken. */
export type Sink = Pick<Report, 'add' | 'nearest' | 'replacing' | 'renaming'> & {
  /** As `add`, for what is concluded from something not being there: only while nothing had to be left out. */
  conclude: Report['add']
  isMended(path: string): boolean
  /** Whether anything at or below `path` is. */
  hasMended(path: string): boolean
}

export type PlacedGuard = { guard: Guard; pointer: string; events: readonly string[]; depth: number }
export type PlacedAction = {
  action: Action
  pointer: string
  events: readonly string[]
  source: TreeNode
}
export type PlacedItem = { item: ChecklistItem; pointer: string; state: TreeNode }

export type Model = {
  definition: Definition
  tree: Tree
  context: ValidationContext
  sink: Sink
  transitions: readonly TreeTransition[]
  guards: readonly PlacedGuard[]
  actions: readonly PlacedAction[]
  items: readonly PlacedItem[]
  /** The process each link leads to, by the first action that starts one. */
  links: ReadonlyMap<string, string>
}

export function buildModel(definition: Definition, context: ValidationContext, sink: Sink): Model {
  const tree = buildTree(definition)
  const transitions = tree.nodes.flatMap((node) => node.transitions)
  const actions = placedActions(definition, tree)
  const links = new Map<string, string>()
  for (const { action } of actions)
    if (action.type === 'startJob' && !links.has(action.params.link))
      links.set(action.params.link, action.params.process)
  return {
    definition,
    tree,
    context,
    sink,
    transitions,
    guards: transitions.flatMap((transition) => guardsOf(definition, transition)),
    actions,
    items: tree.nodes.flatMap(itemsOf),
    links,
  }
}

/** A sink over a report: pointers are led back to the input by `structure`. */
export function sinkOver(report: Report, structure: Structure): Sink {
  const { original, isMended, hasMended, isWhole } = structure
  const add: Report['add'] = (code, path, values, extra) => {
    if (isMended(path)) return
    const fix = extra?.fix
    report.add(code, original(path), values, {
      ...extra,
      fix: fix === undefined ? undefined : { ...fix, path: original(fix.path) },
    })
  }
  return {
    add,
    conclude(...problem) {
      if (isWhole) add(...problem)
    },
    isMended,
    hasMended,
    nearest: (word, known) => report.nearest(word, known),
    replacing: (path, word, known) => report.replacing(path, word, known),
    renaming: (path, word, known) => report.renaming(path, word, known),
  }
}

/** The declared events that may be at hand when a transition is taken; none where no event causes it. */
function eventsOf(definition: Definition, { trigger }: TreeTransition): string[] {
  if (trigger.kind !== 'on') return []
  return Object.keys(definition.schemas.events).filter((type) => matchesDescriptor(trigger.descriptor, type))
}

/** A guard with all guards inside it, outermost first. */
function guardsOf(definition: Definition, transition: TreeTransition): PlacedGuard[] {
  const guard = transition.transition.guard
  if (guard === undefined) return []
  const events = eventsOf(definition, transition)
  const found: PlacedGuard[] = []
  const pending: PlacedGuard[] = [{ guard, pointer: child(transition.pointer, 'guard'), events, depth: 1 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next)
    const { guard: here, pointer, depth } = next
    if ('@expr' in here) continue
    if (here.type === 'not')
      pending.push({
        guard: here.params.guard,
        pointer: child(pointer, 'params', 'guard'),
        events,
        depth: depth + 1,
      })
    if (here.type === 'and' || here.type === 'or')
      here.params.guards.forEach((part, index) => {
        pending.push({
          guard: part,
          pointer: child(pointer, 'params', 'guards', index),
          events,
          depth: depth + 1,
        })
      })
  }
  return found
}

function placedActions(definition: Definition, tree: Tree): PlacedAction[] {
  const placed: PlacedAction[] = []
  const collect = (
    actions: readonly Action[] | undefined,
    pointer: string,
    events: readonly string[],
    source: TreeNode,
  ): void => {
    actions?.forEach((action, index) => {
      placed.push({ action, pointer: child(pointer, index), events, source })
    })
  }
  for (const node of tree.nodes) {
    collect(node.node.entry, child(node.pointer, 'entry'), [], node)
    collect(node.node.exit, child(node.pointer, 'exit'), [], node)
    for (const transition of node.transitions)
      collect(
        transition.transition.actions,
        child(transition.pointer, 'actions'),
        eventsOf(definition, transition),
        node,
      )
  }
  return placed
}

function itemsOf(state: TreeNode): PlacedItem[] {
  const { meta } = state.node
  if (meta === undefined || !('checklist' in meta)) return []
  return (meta.checklist ?? []).map((item, index) => ({
    item,
    pointer: child(state.pointer, 'meta', 'checklist', index),
    state,
  }))
}

export const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '@expr')
