/**
 * Commands on transitions: drawn, led elsewhere, put in another order, changed, taken away.
 *
 * Transitions are named by their JSON pointer, as in the tree and in problems.
 */

import { tokensOf } from '../../../machines/definition/pointer.ts'
import type { Action, Guard, Transition, TransitionMeta } from '../../../machines/definition/schema.ts'
import { resolveTarget, type Tree, type TreeTransition } from '../../../machines/definition/tree.ts'
import { treeOf } from '../document.ts'
import {
  at,
  edit,
  isList,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  member,
  toJson,
  withMember,
} from '../json.ts'
import { DocumentError } from '../problem.ts'
import { canConnect, require, type Trigger } from '../questions.ts'
import { withoutPlaces } from '../removal.ts'
import { requireState } from '../states.ts'
import { targetText } from '../targets.ts'
import { type Command, definitionCommand } from './command.ts'

const stepsOf = (trigger: Trigger): string[] => {
  switch (trigger.kind) {
    case 'on':
      return ['on', trigger.descriptor]
    case 'after':
      return ['after', trigger.delay]
    case 'always':
      return ['always']
    case 'done':
      return ['onDone']
  }
}

/** @throws DocumentError where there is no such transition */
function requireTransition(definition: Json, pointer: string): TreeTransition & { json: JsonObject } {
  const tree = treeOf(definition)
  const placed = tree.nodes.flatMap((node) => node.transitions).find((one) => one.pointer === pointer)
  const json = at(definition, ...tokensOf(pointer))
  if (placed === undefined || !isObject(json))
    throw new DocumentError('there is no such transition', '没有这条转移', pointer)
  return { ...placed, json }
}

function inserted(
  definition: Json,
  source: string,
  trigger: Trigger,
  transition: Json,
  index = Number.POSITIVE_INFINITY,
): Json {
  const node = requireState(treeOf(definition), source)
  return edit(definition, [...tokensOf(node.pointer), ...stepsOf(trigger)], (held) =>
    held === undefined
      ? transition
      : listOf(held).toSpliced(Math.min(index, listOf(held).length), 0, transition),
  )
}

const aimed = (tree: Tree, source: string, targets: readonly string[]): Json | undefined => {
  const from = requireState(tree, source)
  const texts = targets.map((path) => targetText(tree, from, requireState(tree, path)))
  return texts.length > 1 ? texts : texts[0]
}

const asDocument = (definition: Json) => ({ definition, layout: { states: {} } })

export type NewTransition = {
  source: string
  trigger: Trigger
  /** Paths of states; none: the actions run and no state is left. */
  targets?: readonly string[]
  /** Its place among those of the same trigger; default: last. */
  index?: number
  rest?: Omit<Transition, 'target'>
}

/** Draws a transition. */
export const connect = ({ source, trigger, targets = [], index, rest = {} }: NewTransition): Command =>
  definitionCommand('transition.add', 'Connect', '添加转移', (definition) => {
    require(canConnect(asDocument(definition), source, undefined, trigger.kind))
    for (const target of targets) require(canConnect(asDocument(definition), source, target, trigger.kind))
    const target = aimed(treeOf(definition), source, targets)
    const transition = toJson({ ...(target === undefined ? {} : { target }), ...rest })
    return inserted(definition, source, trigger, transition, index)
  })

/** Leads a transition from another state, to another one, or both. `which`: of several targets. */
export const reconnect = (
  pointer: string,
  ends: { source?: string; target?: string | null; which?: number },
): Command =>
  definitionCommand('transition.reconnect', 'Lead elsewhere', '改接转移', (definition) => {
    const { json, source, trigger } = requireTransition(definition, pointer)
    const from = ends.source ?? source.path
    require(canConnect(asDocument(definition), from, ends.target ?? undefined, trigger.kind))
    const tree = treeOf(definition)
    const to = requireState(tree, from)
    const texts = listOf(member(json, 'target')).map((text) => {
      const meant = typeof text === 'string' ? resolveTarget(tree, source, text) : undefined
      return meant === undefined
        ? text
        : targetText(tree, to, meant, typeof text === 'string' ? text : undefined)
    })
    const { which = 0, target } = ends
    if (target !== undefined)
      texts.splice(which, 1, ...(target === null ? [] : [targetText(tree, to, requireState(tree, target))]))
    const [first, ...more] = texts
    const moved = withMember(json, 'target', more.length === 0 ? first : texts)
    if (from === source.path) return edit(definition, tokensOf(pointer), () => moved)
    return inserted(withoutPlaces(definition, [pointer]), from, trigger, moved)
  })

/** Another event, delay or kind of trigger. */
export const setTrigger = (pointer: string, trigger: Trigger): Command =>
  definitionCommand('transition.trigger', 'Change the trigger', '修改触发方式', (definition) => {
    const { json, source, trigger: old } = requireTransition(definition, pointer)
    if (stepsOf(old).join('/') === stepsOf(trigger).join('/')) return definition
    require(canConnect(asDocument(definition), source.path, undefined, trigger.kind))
    return inserted(withoutPlaces(definition, [pointer]), source.path, trigger, json)
  })

/** Another place among the transitions of the same trigger: the first whose guard holds is taken. */
export const moveTransition = (pointer: string, index: number): Command =>
  definitionCommand('transition.order', 'Change the order', '调整优先顺序', (definition) => {
    const { index: from, json } = requireTransition(definition, pointer)
    const list = tokensOf(pointer).slice(0, -1)
    const held = at(definition, ...list)
    if (!isList(held)) return definition
    const to = Math.max(0, Math.min(index, held.length - 1))
    return edit(definition, list, () => held.toSpliced(from, 1).toSpliced(to, 0, json))
  })

export const removeTransitions = (pointers: readonly string[]): Command =>
  definitionCommand('transition.delete', 'Delete transitions', '删除转移', (definition) => {
    for (const pointer of pointers) requireTransition(definition, pointer)
    return withoutPlaces(definition, pointers)
  })

const setPart = (
  pointer: string,
  key: string,
  value: unknown,
  [en, zh]: readonly [string, string],
  merge?: string,
): Command =>
  definitionCommand(
    'transition.part',
    en,
    zh,
    (definition) => {
      const { json } = requireTransition(definition, pointer)
      const made = withMember(json, key, value === undefined ? undefined : toJson(value))
      return made === json ? definition : edit(definition, tokensOf(pointer), () => made)
    },
    merge,
  )

/** The condition; `undefined` lets it be taken always. Letters typed into one condition are one step. */
export const setGuard = (pointer: string, guard: Guard | undefined): Command =>
  setPart(
    pointer,
    'guard',
    guard,
    ['Change the condition', '修改条件'],
    guard === undefined ? undefined : `transition.guard ${pointer}`,
  )

export const setActions = (pointer: string, actions: readonly Action[]): Command =>
  setPart(pointer, 'actions', actions.length === 0 ? undefined : actions, ['Change the actions', '修改动作'])

/** Whether its source is left and entered anew, which starts its delays again. */
export const setReenter = (pointer: string, reenter: boolean): Command =>
  setPart(pointer, 'reenter', reenter ? true : undefined, ['Change re-entry', '修改重新进入'])

/** Title, description, norms, whether it stands open with an open checklist. */
export const setTransitionMeta = (pointer: string, meta: TransitionMeta | undefined): Command =>
  setPart(
    pointer,
    'meta',
    meta === undefined || Object.keys(meta).length === 0 ? undefined : meta,
    ['Change the transition', '修改转移'],
    `transition.meta ${pointer}`,
  )
