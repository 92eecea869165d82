/**
 * Commands on checklists. An item is named by its id, which is unique in the process.
 */

import { child, tokensOf } from '../../../machines/definition/pointer.ts'
import type { ChecklistItem } from '../../../machines/definition/schema.ts'
import { FieldName } from '../../../machines/definition/schema.ts'
import { isReserved } from '../../../machines/validate/names.ts'
import { fits } from '../../../machines/validate/shapes.ts'
import { treeOf } from '../document.ts'
import { settled } from '../guards.ts'
import {
  at,
  edit,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  member,
  toJson,
  withMember,
} from '../json.ts'
import { DocumentError } from '../problem.ts'
import { mapReferences, referencesIn } from '../references.ts'
import { withoutPlaces } from '../removal.ts'
import { editState } from '../states.ts'
import { type Command, definitionCommand } from './command.ts'

/** Where each item of that id stands. */
const placesOf = (definition: Json, id: string): string[] =>
  referencesIn(definition)
    .filter(({ kind, how, name }) => kind === 'item' && how === 'declares' && name === id)
    .map(({ pointer }) => child('', ...tokensOf(pointer).slice(0, -1)))

function requireItem(definition: Json, id: string): string {
  const [place] = placesOf(definition, id)
  if (place === undefined) throw new DocumentError(`there is no checklist item “${id}”`, `没有检查项“${id}”`)
  return place
}

function requireFree(definition: Json, id: string): void {
  if (isReserved(id) || !fits(FieldName, id) || ['true', 'false', 'null', 'in'].includes(id))
    throw new DocumentError(`“${id}” cannot be the id of an item`, `“${id}”不能用作检查项标识`)
  if (placesOf(definition, id).length > 0)
    throw new DocumentError(`there is an item “${id}” already`, `检查项“${id}”已存在`)
}

const editList = (
  definition: Json,
  path: string,
  change: (items: readonly Json[]) => readonly Json[],
): Json =>
  editState(definition, path, (held) => {
    const meta = member(held, 'meta')
    const items = change(listOf(member(meta, 'checklist')))
    const made = withMember(isObject(meta) ? meta : {}, 'checklist', items.length === 0 ? undefined : items)
    return withMember(held, 'meta', Object.keys(made).length === 0 ? undefined : made)
  })

/** A new item on a state's checklist, at `index` or last. */
export const addItem = (path: string, item: ChecklistItem, index?: number): Command =>
  definitionCommand('item.add', 'Add a checklist item', '添加检查项', (definition) => {
    requireFree(definition, item.id)
    return editList(definition, path, (items) => items.toSpliced(index ?? items.length, 0, toJson(item)))
  })

/** All of an item but its id. */
export const changeItem = (id: string, item: Omit<ChecklistItem, 'id'>): Command =>
  definitionCommand(
    'item.change',
    'Change the checklist item',
    '修改检查项',
    (definition) => edit(definition, tokensOf(requireItem(definition, id)), () => toJson({ ...item, id })),
    `item.change ${id}`,
  )

/** Another id; guards and expressions follow. */
export const renameItem = (from: string, to: string): Command =>
  definitionCommand('item.rename', 'Rename the checklist item', '重命名检查项', (definition) => {
    requireItem(definition, from)
    if (from === to) return definition
    requireFree(definition, to)
    return mapReferences(definition, ({ kind, name }) => (kind === 'item' && name === from ? to : name))
  })

/** Another place on its checklist. */
export const moveItem = (id: string, index: number): Command =>
  definitionCommand('item.order', 'Change the order of the checklist', '调整检查项顺序', (definition) => {
    const steps = tokensOf(requireItem(definition, id))
    const from = Number(steps.at(-1))
    return edit(definition, steps.slice(0, -1), (held) => {
      const item = at(held, from)
      if (item === undefined) return held
      return listOf(held).toSpliced(from, 1).toSpliced(Math.max(0, index), 0, item)
    })
  })

/** Takes an item away; guards no longer ask for it. An expression that reads it stays, and is shown as broken. */
export const removeItem = (id: string): Command =>
  definitionCommand('item.remove', 'Delete the checklist item', '删除检查项', (definition) => {
    requireItem(definition, id)
    const without = withoutAsking(definition, id)
    return withoutPlaces(without, placesOf(without, id))
  })

function withoutAsking(definition: Json, id: string): Json {
  const gone = { states: new Set<string>(), items: new Set([id]) }
  return treeOf(definition)
    .nodes.flatMap(({ transitions }) => transitions)
    .reduce((held, { pointer }) => {
      const transition = at(held, ...tokensOf(pointer))
      const guard = member(transition, 'guard')
      if (!isObject(transition) || guard === undefined) return held
      const left = settled(guard, gone)
      if (left === guard) return held
      return edit(held, tokensOf(pointer), () => withGuard(transition, left))
    }, definition)
}

/** `not` of an item that nobody is asked for never holds: it stays as written, for the owner to decide. */
const withGuard = (transition: JsonObject, left: Json | boolean): JsonObject =>
  left === false ? transition : withMember(transition, 'guard', left === true ? undefined : left)
