/**
 * Names that break something: those of `Object.prototype`, those of the machine, those that no path or expression can
 * hold, and those given twice.
 *
 * Must not: ask whether a name is used.
 */
import type { TSchema } from 'typebox'
import { child } from '../definition/pointer.ts'
import { EventType, type Field, FieldName, Key } from '../definition/schema.ts'
import type { Model, Sink } from './model.ts'
import { fits } from './shapes.ts'

const RESERVED_PREFIXES = ['xstate.', 'fieldchart.']
/** Words that CEL reads as something else, also after a dot. */
const CEL_WORDS = new Set(['true', 'false', 'null', 'in'])

/** A name that every JavaScript object answers to: as a key it finds what nobody put there. */
export const isReserved = (name: string): boolean =>
  name === 'prototype' || Reflect.has(Object.prototype, name)

const NAME_WORDS = {
  field: {
    en: 'a small letter, then letters, digits and _ (at most 80)',
    zh: '以小写字母开头，只含字母、数字和 _,不超过 80 个字符',
  },
  event: {
    en: 'words with dots between, like visit.booked (at most 120)',
    zh: '以点号分隔的单词，例如 visit.booked，不超过 120 个字符',
  },
  key: {
    en: 'a letter, then letters, digits, - and _ (at most 80)',
    zh: '以字母开头，只含字母、数字、- 和 _,不超过 80 个字符',
  },
}

export function checkNames(model: Model): void {
  const { definition, sink, tree } = model
  for (const node of tree.nodes) {
    if (node.parent === undefined) continue
    if (isReserved(node.key)) sink.add('reserved-name', node.pointer, { name: node.key })
    else if (!fits(Key, node.key)) sink.add('bad-state-key', node.pointer, { name: node.key })
  }
  checkEvents(model)
  checkFieldNames(sink, definition.schemas.context.properties, '/schemas/context/properties')
  for (const key of Object.keys(definition.delays ?? {}))
    checkName(sink, key, child('/delays', key), Key, NAME_WORDS.key)
  for (const key of Object.keys(definition.meta.settings ?? {}))
    checkName(sink, key, child('/meta/settings', key), FieldName, NAME_WORDS.field)
  for (const { action, pointer } of model.actions) {
    if (action.type === 'startJob' && (isReserved(action.params.link) || action.params.link === 'parent'))
      sink.add('reserved-name', child(pointer, 'params', 'link'), { name: action.params.link })
    if (action.type === '@xstate.raise' && action.id !== undefined && isReserved(action.id))
      sink.add('reserved-name', child(pointer, 'id'), { name: action.id })
  }
  checkIds(model)
}

function checkName(
  sink: Sink,
  name: string,
  pointer: string,
  schema: TSchema,
  expected: { en: string; zh: string },
): void {
  if (isReserved(name) || (schema === FieldName && CEL_WORDS.has(name)))
    sink.add('reserved-name', pointer, { name })
  else if (!fits(schema, name)) sink.add('bad-name', pointer, { name, expected })
}

function checkEvents({ definition, sink }: Model): void {
  for (const [type, event] of Object.entries(definition.schemas.events)) {
    const pointer = child('/schemas/events', type)
    const prefix = RESERVED_PREFIXES.find((reserved) => type.startsWith(reserved))
    if (prefix !== undefined) sink.add('reserved-event', pointer, { prefix })
    else checkName(sink, type, pointer, EventType, NAME_WORDS.event)
    checkFieldNames(sink, event.properties ?? {}, child(pointer, 'properties'))
  }
}

function checkFieldNames(sink: Sink, properties: Record<string, Field>, pointer: string): void {
  for (const [name, field] of Object.entries(properties)) {
    const at = child(pointer, name)
    checkName(sink, name, at, FieldName, NAME_WORDS.field)
    checkInnerNames(sink, field, at)
  }
}

function checkInnerNames(sink: Sink, field: Field, pointer: string): void {
  if (field.items !== undefined) checkInnerNames(sink, field.items, child(pointer, 'items'))
  checkFieldNames(sink, field.properties ?? {}, child(pointer, 'properties'))
}

/** Ids of states share one space with the process id, and so do all checklist items. */
function checkIds({ tree, items, sink }: Model): void {
  const ids = new Set([tree.root.key])
  for (const { node, pointer, parent } of tree.nodes) {
    if (parent === undefined || node.id === undefined) continue
    if (isReserved(node.id)) sink.add('reserved-name', child(pointer, 'id'), { name: node.id })
    else if (ids.has(node.id)) sink.add('duplicate-id', child(pointer, 'id'), { name: node.id })
    ids.add(node.id)
  }
  const taken = new Set<string>()
  for (const { item, pointer } of items) {
    const at = child(pointer, 'id')
    if (isReserved(item.id) || CEL_WORDS.has(item.id)) sink.add('reserved-name', at, { name: item.id })
    else if (taken.has(item.id)) sink.add('duplicate-item', at, { name: item.id })
    taken.add(item.id)
  }
}
