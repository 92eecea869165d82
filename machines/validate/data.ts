/**
 * Fields of jobs and payloads, and settings: keywords that fit the type, defaults that fit the field, titles, use.
 *
 * Must not: check names (`names.ts`).
 */
import { checkValue, own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { ContextSchema, Field } from '../definition/schema.ts'
import type { Model, Sink } from './model.ts'
import { REMOVE } from './report.ts'

/** The keywords of a field that only some types have. */
const KEYWORDS = {
  format: ['string'],
  enum: ['string'],
  minLength: ['string'],
  maxLength: ['string'],
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  items: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  properties: ['object'],
  required: ['object'],
} as const
const keywords: readonly (keyof typeof KEYWORDS)[] = [
  'format',
  'enum',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'items',
  'minItems',
  'maxItems',
  'properties',
  'required',
]
const RANGES = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
] as const

export function checkData(model: Model): void {
  const { definition, sink } = model
  checkFields(sink, definition.schemas.context, '/schemas/context', true)
  for (const [type, event] of Object.entries(definition.schemas.events))
    checkFields(sink, event, child('/schemas/events', type), true)
}

function checkFields(
  sink: Sink,
  { properties = {}, required = [] }: Partial<ContextSchema>,
  pointer: string,
  titled: boolean,
): void {
  required.forEach((name, index) => {
    const at = child(pointer, 'required', index)
    if (!Object.hasOwn(properties, name))
      sink.add('unknown-field', at, { name }, { fix: sink.replacing(at, name, Object.keys(properties)) })
  })
  for (const [name, field] of Object.entries(properties)) {
    const at = child(pointer, 'properties', name)
    if (titled && field.meta === undefined) sink.add('untitled', at)
    checkField(sink, field, at)
  }
}

function checkField(sink: Sink, field: Field, at: string): void {
  for (const key of keywords)
    if (field[key] !== undefined && !KEYWORDS[key].some((type) => type === field.type))
      sink.add(
        'misplaced-keyword',
        child(at, key),
        { key, type: field.type },
        {
          fix: { title: REMOVE, path: child(at, key) },
        },
      )
  for (const [low, high] of RANGES) {
    const [least, most] = [field[low], field[high]]
    if (least !== undefined && most !== undefined && least > most)
      sink.add('empty-range', child(at, low), { low, high })
  }
  if (field.default !== undefined)
    for (const { message } of checkValue(field, field.default))
      sink.add('wrong-default', child(at, 'default'), message)
  checkOptions(sink, field, at)
  if (field.items !== undefined) checkField(sink, field.items, child(at, 'items'))
  if (field.properties !== undefined) checkFields(sink, { ...field, properties: field.properties }, at, false)
}

/** Titles of the values of an `enum`, its own or that of a list's entries. */
function checkOptions(sink: Sink, field: Field, at: string): void {
  const options = field.meta?.options
  const values = field.enum ?? field.items?.enum
  const titled =
    field.enum !== undefined || (field.items?.enum !== undefined && field.items.meta === undefined)
  if (values !== undefined && titled)
    values.forEach((name, index) => {
      const place = field.enum === undefined ? child(at, 'items', 'enum', index) : child(at, 'enum', index)
      if (own(options, name) === undefined) sink.add('untitled-option', place, { name })
    })
  for (const name of Object.keys(options ?? {})) {
    const place = child(at, 'meta', 'options', name)
    if (!(values ?? []).includes(name))
      sink.add('unknown-option', place, { name }, { fix: sink.renaming(place, name, values ?? []) })
  }
}
