/**
 * What can be written at a place of the text: keys and values by the definition's schema, names by the process itself.
 *
 * Promises: works on text that cannot be read yet; what is taken leaves the commas around it right. Never throws.
 * Must not: know an editor.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import { Definition, type Text } from '../../machines/definition/schema.ts'
import type { Json } from '../document/json.ts'
import type { LeafNode, ObjectNode, Span, TextNode } from './json-read.ts'
import { keysFor, type Named, namesFor, type Outside } from './known-names.ts'
import {
  descriptionOf,
  isObjectSchema,
  isRecord,
  narrowed,
  patternOf,
  propertiesOf,
  recordValues,
  type Schema,
  schemaOf,
  schemasAt,
  typeOf,
  valuesOf,
} from './schema-at.ts'

export type Suggestion = {
  /** What the list shows. */
  readonly label: string
  /** What is compared with what is typed already, without quotation marks. */
  readonly match: string
  readonly title?: Text | undefined
  readonly kind: 'key' | 'value' | 'name'
  /** What is written instead of `from` to `to`; `cursor`: where in it the cursor goes. */
  readonly insert: string
  readonly cursor: number
  readonly isRequired: boolean
  /** Where something can be suggested next. */
  readonly goesOn: boolean
}
export type Suggestions = Span & {
  readonly options: readonly Suggestion[]
  /** A comma that is missing before. */
  readonly comma?: number
}

export const DEFINITION: Schema = schemaOf(Definition)

/** @param root of the text, as far as it reads */
export function suggest(
  text: string,
  root: TextNode,
  offset: number,
  definition: Json,
  outside: Outside,
): Suggestions | undefined {
  const spot = spotAt(text, root, offset)
  if (spot === undefined) return undefined
  const tokens = tokensOf(spot.pointer)
  const options =
    spot.kind === 'key'
      ? keys(text, spot, narrowed(schemasAt(DEFINITION, root, tokens), without(spot)), definition)
      : values(schemasAt(DEFINITION, root, tokens), spot.pointer, definition, outside)
  if (options.length === 0) return undefined
  const { from, to } = spot
  const before = text.slice(0, from).trimEnd()
  const lacksComma = spot.isNew && !/[,{[:]$/.test(before) && before !== ''
  return { from, to, options, ...(lacksComma ? { comma: before.length } : {}) }
}

type Spot = Span &
  (
    | {
        readonly kind: 'key'
        readonly pointer: string
        readonly object: ObjectNode
        readonly isNew: boolean
        readonly hasValue: boolean
      }
    | { readonly kind: 'value'; readonly pointer: string; readonly isNew: boolean }
  )

/** What is being written at an offset. */
function spotAt(text: string, root: TextNode, offset: number): Spot | undefined {
  let pointer = ''
  let node = root
  for (;;) {
    if (node.kind === 'leaf') return { kind: 'value', pointer, isNew: false, ...written(text, node, offset) }
    if (offset <= node.from || (offset >= node.to && isClosed(text, node))) return undefined
    const next: Spot | { pointer: string; node: TextNode } | undefined =
      node.kind === 'list' ? inList(node, pointer, offset) : inObject(text, node, pointer, offset)
    if (next === undefined || 'kind' in next) return next
    pointer = next.pointer
    node = next.node
  }
}
const isClosed = (text: string, { kind, to }: TextNode): boolean =>
  text[to - 1] === (kind === 'list' ? ']' : '}')
const holds = ({ from, to }: Span, offset: number): boolean => offset > from && offset <= to
const isLeaf = (node: TextNode): node is LeafNode => node.kind === 'leaf'

type Step = Spot | { pointer: string; node: TextNode } | undefined

function inList(list: Extract<TextNode, { kind: 'list' }>, pointer: string, offset: number): Step {
  const index = list.entries.findIndex(
    (entry) => holds(entry, offset) || (isLeaf(entry) && offset === entry.from),
  )
  const entry = list.entries[index]
  if (entry !== undefined) return { pointer: child(pointer, index), node: entry }
  const at = list.entries.filter(({ to }) => to < offset).length
  return { kind: 'value', pointer: child(pointer, at), isNew: true, from: offset, to: offset }
}

function inObject(text: string, object: ObjectNode, pointer: string, offset: number): Step {
  for (const { key, keySpan, node } of object.entries) {
    const hasValue = node !== undefined
    if (offset >= keySpan.from && offset <= keySpan.to)
      return { kind: 'key', pointer, object, isNew: !hasValue, hasValue, ...written(text, keySpan, offset) }
    if (node !== undefined && (holds(node, offset) || (isLeaf(node) && offset === node.from)))
      return { pointer: child(pointer, key), node }
    if (node !== undefined && offset > keySpan.to && offset <= node.from) return undefined
  }
  const before = text.slice(object.from, offset).trimEnd()
  if (before.endsWith(':')) {
    const entry = object.entries.findLast(({ keySpan }) => keySpan.to < offset)
    if (entry === undefined || entry.node !== undefined) return undefined
    return { kind: 'value', pointer: child(pointer, entry.key), isNew: false, from: offset, to: offset }
  }
  return { kind: 'key', pointer, object, isNew: true, hasValue: false, from: offset, to: offset }
}

/** What is replaced: a text whose end is missing would take the rest of its line along. */
function written(text: string, { from, to }: Span, offset: number): Span {
  const isUnclosed = text[from] === '"' && (to - from < 2 || text[to - 1] !== '"')
  return { from, to: isUnclosed ? offset : to }
}

/** The object without the key that is being written. */
const without = (spot: Extract<Spot, { kind: 'key' }>): ObjectNode => ({
  ...spot.object,
  entries: spot.object.entries.filter(({ keySpan }) => keySpan.from !== spot.from),
})

function keys(
  text: string,
  spot: Extract<Spot, { kind: 'key' }>,
  found: readonly Schema[],
  definition: Json,
): Suggestion[] {
  const taken = new Set(without(spot).entries.map(({ key }) => key))
  const objects = found.filter(isObjectSchema)
  const declared = propertiesOf(objects)
    .filter(({ key }) => !taken.has(key))
    .toSorted((one, other) => Number(other.required) - Number(one.required))
    .map(({ key, required, schema }) => keyOption(text, spot, key, schema, undefined, required))
  const [record] = objects.filter(isRecord)
  if (record === undefined) return declared
  const names = keysFor(definition, spot.pointer).filter(({ name }) => !taken.has(name))
  return [
    ...declared,
    ...names.map(({ name, title }) => keyOption(text, spot, name, recordValues(record), title, false)),
  ]
}

function keyOption(
  text: string,
  { to, hasValue }: Extract<Spot, { kind: 'key' }>,
  key: string,
  schema: readonly Schema[],
  title: Text | undefined,
  isRequired: boolean,
): Suggestion {
  const name = JSON.stringify(key)
  const told = titleOr(title, schema)
  const option = {
    label: key,
    match: key,
    kind: 'key' as const,
    isRequired,
    ...(told === undefined ? {} : { title: told }),
  }
  if (hasValue) return { ...option, insert: name, cursor: name.length, goesOn: false }
  const [empty, inner] = emptyValue(schema)
  const isFollowed = /^\s*["\w]/.test(text.slice(to))
  return {
    ...option,
    insert: `${name}: ${empty}${isFollowed ? ',' : ''}`,
    cursor: name.length + 2 + inner,
    goesOn: true,
  }
}
function titleOr(title: Text | undefined, schema: readonly Schema[]): Text | undefined {
  if (title !== undefined) return title
  const said = schema.map(descriptionOf).find((each) => each !== undefined)
  return said === undefined ? undefined : { en: said }
}

/** What a value begins as, and where in it the cursor goes. */
function emptyValue(schema: readonly Schema[]): readonly [string, number] {
  const types = new Set(
    schema.map((each) =>
      valuesOf(each.part).some((value) => typeof value === 'string') ? 'string' : typeOf(each),
    ),
  )
  if (types.size === 1 || types.has('object')) {
    if (types.has('object')) return ['{}', 1]
    if (types.has('array')) return ['[]', 1]
    if (types.has('string')) return ['""', 1]
  }
  return types.has('string') ? ['""', 1] : ['', 0]
}

function values(found: readonly Schema[], pointer: string, definition: Json, outside: Outside): Suggestion[] {
  const fixed = found.flatMap(({ part }) => valuesOf(part))
  const isFlag = found.some((schema) => typeOf(schema) === 'boolean')
  const patterns = [...new Set(found.filter((schema) => typeOf(schema) === 'string').map(patternOf))]
  const names = patterns.flatMap((pattern) => namesFor(definition, pointer, pattern, outside))
  const shapes = found.flatMap((schema) => {
    const type = typeOf(schema)
    return type === 'object' ? ['{}'] : type === 'array' ? ['[]'] : []
  })
  return [
    ...[...new Set([...fixed, ...(isFlag ? [true, false] : [])])].map((value) => valueOption(value)),
    ...distinct(names).map(({ name, title }) => ({ ...valueOption(name), kind: 'name' as const, title })),
    ...[...new Set(shapes)].map((insert) => ({
      label: insert,
      match: insert,
      kind: 'value' as const,
      insert,
      cursor: 1,
      isRequired: false,
      goesOn: true,
    })),
  ]
}
const distinct = (names: readonly Named[]): Named[] => [
  ...new Map(names.map((each) => [each.name, each])).values(),
]
function valueOption(value: unknown): Suggestion {
  const insert = JSON.stringify(value)
  return {
    label: String(value),
    match: String(value),
    kind: 'value',
    insert,
    cursor: insert.length,
    isRequired: false,
    goesOn: false,
  }
}
