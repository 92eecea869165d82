/**
 * What changed between two definitions, as marks on their drawings.
 *
 * Promises: a figure that a deadline or a condition reads (a setting, a delay) marks the transitions that follow from
 * it, so that such a change is seen where it acts. What is drawn nowhere (a field, a role) marks nothing.
 * Must not: find what changed (`document/diff.ts` does).
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { TreeNode, TreeTransition } from '../../machines/definition/tree.ts'
import type { Mark, Marks } from '../canvas/marks.ts'
import type { Difference } from '../document/difference.ts'
import { treeOf } from '../document/document.ts'
import { at, isObject, type Json } from '../document/json.ts'
import { matchStates } from '../document/matching.ts'
import { selectedAt } from './places.ts'

/** The marks of both drawings: removed things are on the old one, added ones on the new, changed ones on both. */
export function marksOf(
  before: Json,
  after: Json,
  found: readonly Difference[],
): { before: Marks; after: Marks } {
  if (!isObject(before) || !isObject(after)) return { before: new Map(), after: new Map() }
  const [old, now] = [new Map<string, Mark>(), new Map<string, Mark>()]
  const { origins } = matchStates(before, after)
  for (const one of found) {
    const [definition, marks] = one.kind === 'removed' ? [before, old] : [after, now]
    for (const key of keysOf(definition, one)) put(marks, key, one.kind)
  }
  for (const [key, mark] of now) {
    const origin = mark === 'changed' ? origins.get(key) : undefined
    if (origin !== undefined) put(old, origin, 'changed')
  }
  return { before: old, after: now }
}

/** What is new or gone says more than that something in it changed. */
function put(marks: Map<string, Mark>, key: string, mark: Mark): void {
  if (mark !== 'changed' || !marks.has(key)) marks.set(key, mark)
}

/** Everything drawn that a difference shows on, in the definition its pointer leads into. */
function keysOf(definition: Json, { subject, pointer, kind, state }: Difference): string[] {
  if (subject === 'state') return kind === 'changed' ? [state ?? ''] : wholeOf(definition, state ?? '')
  if (subject === 'item') return [state ?? '']
  if (subject === 'delay') return following(definition, nameIn(pointer, 1), [])
  if (subject === 'setting') return following(definition, undefined, [nameIn(pointer, 2)])
  if (subject === 'event') return onEvent(definition, nameIn(pointer, 2))
  const chosen = selectedAt(definition, pointer)
  if (chosen.kind === 'transition') return [chosen.pointer]
  return chosen.kind === 'state' && chosen.path !== '' ? [chosen.path] : []
}

const nameIn = (pointer: string, index: number): string => tokensOf(pointer)[index] ?? ''

/** A state that came or went, with all that is in it. */
function wholeOf(definition: Json, path: string): string[] {
  const found: string[] = []
  const pending = [treeOf(definition).byPath.get(path)].filter((node) => node !== undefined)
  for (let node: TreeNode | undefined = pending.pop(); node !== undefined; node = pending.pop()) {
    found.push(node.path, ...node.transitions.map(({ pointer }) => pointer))
    pending.push(...node.children)
  }
  return found
}

const transitionsOf = (definition: Json): TreeTransition[] =>
  treeOf(definition).nodes.flatMap(({ transitions }) => transitions)

const onEvent = (definition: Json, event: string): string[] =>
  transitionsOf(definition).flatMap(({ trigger, pointer }) =>
    trigger.kind === 'on' && trigger.descriptor === event ? [pointer] : [],
  )

/** The transitions after a delay, and those that read one of the settings, also by a delay that does. */
function following(definition: Json, delay: string | undefined, settings: readonly string[]): string[] {
  const reads = (value: Json | undefined): boolean =>
    settingsIn(value).some((name) => settings.includes(name))
  return transitionsOf(definition).flatMap(({ trigger, pointer }) => {
    const isAfter =
      trigger.kind === 'after' && (trigger.delay === delay || reads(at(definition, 'delays', trigger.delay)))
    return isAfter || reads(at(definition, ...tokensOf(pointer))) ? [pointer] : []
  })
}

const settingsIn = (value: Json | undefined): string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(/\bsettings\s*(?:\.\s*(\w+)|\[\s*\\?["'](\w+))/g)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? '',
  )
