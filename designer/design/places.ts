/**
 * From a pointer into the definition to what can be selected, and to what people call it.
 *
 * Promises: never throws, however broken the definition; what lies within a transition or state leads to that one.
 */
import { isWithin, tokensOf } from '../../machines/definition/pointer.ts'
import type { Tree, TreeNode, TreeTransition } from '../../machines/definition/tree.ts'
import { treeOf } from '../document/document.ts'
import { at, isObject, type Json } from '../document/json.ts'
import { type Words, words } from '../document/problem.ts'
import { titleOf } from '../document/questions.ts'
import type { Selected } from './design-api.ts'

/** What to select for a pointer: the innermost transition or state around it, else the place itself. */
export function selectedAt(definition: Json, pointer: string): Selected {
  if (pointer === '' || !isObject(definition)) return { kind: 'state', path: '' }
  const tree = treeOf(definition)
  const way = transitionAt(tree, pointer)
  if (way !== undefined) return { kind: 'transition', pointer: way.pointer }
  const node = stateAt(tree, pointer)
  return node.parent === undefined ? { kind: 'place', pointer } : { kind: 'state', path: node.path }
}

/** The pointer of what is selected; undefined where it is no longer there. */
export function pointerOf(definition: Json, selected: Selected): string | undefined {
  if (selected.kind !== 'state') return selected.pointer
  return isObject(definition) ? treeOf(definition).byPath.get(selected.path)?.pointer : undefined
}

/** What people call the place: the state's title, the trigger, or the declaration's own title. */
export function placeName(definition: Json, pointer: string): Words | undefined {
  if (!isObject(definition)) return undefined
  const tree = treeOf(definition)
  const way = transitionAt(tree, pointer)
  const node = way?.source ?? stateAt(tree, pointer)
  const state = titleOf(definition, node)
  if (way === undefined) return node.parent === undefined ? declared(definition, pointer) : state
  const by = triggerName(definition, way)
  return words(`${state.en} › ${by.en}`, `${state.zh} › ${by.zh}`)
}

const DECLARED = [['schemas', 'context', 'properties'], ['schemas', 'events'], ['delays'], ['settings']]

/** The field, event, delay or setting that a pointer leads into. */
function declared(definition: Json, pointer: string): Words | undefined {
  const tokens = tokensOf(pointer)
  const place = DECLARED.find((steps) => steps.every((step, index) => tokens[index] === step))
  const name = place === undefined ? undefined : tokens[place.length]
  return place === undefined || name === undefined ? undefined : named(definition, place, name)
}

function triggerName(definition: Json, { trigger }: TreeTransition): Words {
  if (trigger.kind === 'on') return named(definition, ['schemas', 'events'], trigger.descriptor)
  if (trigger.kind === 'after') return named(definition, ['delays'], trigger.delay)
  return trigger.kind === 'always' ? words('at once', '自动') : words('when finished', '完成时')
}

function named(definition: Json, place: readonly string[], name: string): Words {
  const title = at(definition, ...place, name, 'meta', 'title')
  const [en, zh] = [at(title, 'en'), at(title, 'zh')].map((said) =>
    typeof said === 'string' ? said : undefined,
  )
  return words(en ?? zh ?? name, zh ?? en ?? name)
}

const longest = <T extends { pointer: string }>(found: readonly T[]): T | undefined =>
  found.reduce<T | undefined>(
    (best, one) => (best === undefined || one.pointer.length > best.pointer.length ? one : best),
    undefined,
  )
const around = <T extends { pointer: string }>(all: readonly T[], pointer: string): T | undefined =>
  longest(all.filter((one) => isWithin(pointer, one.pointer)))

const stateAt = (tree: Tree, pointer: string): TreeNode => around(tree.nodes, pointer) ?? tree.root
function transitionAt(tree: Tree, pointer: string): TreeTransition | undefined {
  return around(
    tree.nodes.flatMap(({ transitions }) => transitions),
    pointer,
  )
}
