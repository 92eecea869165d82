/**
 * The TypeBox schema of a definition, read once into a form that the structural pass can walk.
 *
 * Promises: follows `definition/schema.ts` and holds no key of its own, so that a key added there is known here.
 * Must not: look at a definition.
 */
import Type, { type TSchema } from 'typebox'
import { Definition, Duration, EventType, FieldName, Key, NormId } from '../definition/schema.ts'

export type ObjectShape = {
  kind: 'object'
  properties: ReadonlyMap<string, Shape>
  required: ReadonlySet<string>
}
export type Shape =
  | ObjectShape
  | { kind: 'record'; values: Shape }
  | { kind: 'array'; items: Shape; minItems: number }
  | { kind: 'union'; of: readonly Shape[] }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'string'; pattern?: RegExp; minLength: number; maxLength: number }
  | { kind: 'number'; integer: boolean; minimum: number }
  | { kind: 'boolean' }
  | { kind: 'null' }
  | { kind: 'any' }
  /** A schema that holds itself. */
  | { kind: 'ref'; to(): Shape }

/** Words for what a pattern asks. */
const PATTERNS: readonly (readonly [TSchema, { en: string; zh: string }])[] = [
  [NormId, { en: 'the id of a norm, like PC-01', zh: '规范编号，例如 PC-01' }],
  [Key, { en: 'a letter, then letters, digits, - and _', zh: '以字母开头，只含字母、数字、- 和 _' }],
  [FieldName, { en: 'a small letter, then letters, digits and _', zh: '以小写字母开头，只含字母、数字和 _' }],
  [
    EventType,
    { en: 'words with dots between, like visit.booked', zh: '以点号分隔的小写单词，例如 visit.booked' },
  ],
  [Duration, { en: 'an ISO 8601 duration, like PT30M', zh: 'ISO 8601 时长，例如 PT30M' }],
]
const FALLBACK_FORMAT = {
  en: 'small letters, digits and -, a letter first',
  zh: '以小写字母开头，只含小写字母、数字和 -',
}

const option = (schema: TSchema, key: string): unknown => Object.getOwnPropertyDescriptor(schema, key)?.value
const number = (schema: TSchema, key: string, otherwise: number): number => {
  const value = option(schema, key)
  return typeof value === 'number' ? value : otherwise
}
const patternOf = (schema: TSchema): string | undefined => {
  const pattern = option(schema, 'pattern')
  return typeof pattern === 'string' ? pattern : undefined
}

/** What the pattern of a shape asks, in words. */
export function wordsOf(pattern: RegExp): { en: string; zh: string } {
  const known = PATTERNS.find(([schema]) => regexOf(schema)?.source === pattern.source)
  return known?.[1] ?? FALLBACK_FORMAT
}
/** The pattern and greatest length of a name's schema: for keys of records, which carry none themselves. */
export const fits = (schema: TSchema, name: string): boolean =>
  (regexOf(schema)?.test(name) ?? true) && name.length <= number(schema, 'maxLength', Infinity)

const regexOf = (schema: TSchema): RegExp | undefined => {
  const pattern = patternOf(schema)
  return pattern === undefined ? undefined : new RegExp(pattern, 'u')
}

type Scope = ReadonlyMap<string, () => Shape>

function shapeOf(schema: TSchema, scope: Scope): Shape {
  if (Type.IsCyclic(schema)) {
    const inner = new Map(scope)
    for (const [name, definition] of Object.entries(schema.$defs)) {
      let shape: Shape | undefined
      inner.set(name, () => {
        shape ??= shapeOf(definition, inner)
        return shape
      })
    }
    return refTo(schema.$ref, inner)
  }
  if (Type.IsRef(schema)) return refTo(schema.$ref, scope)
  if (Type.IsUnion(schema)) return { kind: 'union', of: schema.anyOf.map((one) => shapeOf(one, scope)) }
  if (Type.IsObject(schema)) return objectOf(schema, scope)
  if (Type.IsRecord(schema)) {
    const [values = Type.Unknown()] = Object.values(schema.patternProperties)
    return { kind: 'record', values: shapeOf(values, scope) }
  }
  if (Type.IsArray(schema))
    return { kind: 'array', items: shapeOf(schema.items, scope), minItems: number(schema, 'minItems', 0) }
  return scalarOf(schema)
}

function refTo(name: string, scope: Scope): Shape {
  const to = scope.get(name)
  if (to === undefined) throw new TypeError(`the schema refers to an unknown part ${name}`)
  return { kind: 'ref', to }
}

function objectOf(schema: TSchema & { properties: Record<string, TSchema> }, scope: Scope): ObjectShape {
  const required = option(schema, 'required')
  return {
    kind: 'object',
    properties: new Map(
      Object.entries(schema.properties).map(([key, property]) => [key, shapeOf(property, scope)]),
    ),
    required: new Set(Array.isArray(required) ? required.map(String) : []),
  }
}

function scalarOf(schema: TSchema): Shape {
  if (Type.IsEnum(schema)) return { kind: 'choice', values: schema.enum.map(String) }
  if (Type.IsLiteral(schema)) return { kind: 'choice', values: [String(schema.const)] }
  if (Type.IsString(schema)) {
    const pattern = regexOf(schema)
    return {
      kind: 'string',
      minLength: number(schema, 'minLength', 0),
      maxLength: number(schema, 'maxLength', Infinity),
      ...(pattern === undefined ? {} : { pattern }),
    }
  }
  if (Type.IsInteger(schema) || Type.IsNumber(schema))
    return {
      kind: 'number',
      integer: Type.IsInteger(schema),
      minimum: number(schema, 'minimum', -Infinity),
    }
  if (Type.IsBoolean(schema)) return { kind: 'boolean' }
  if (Type.IsNull(schema)) return { kind: 'null' }
  if (Type.IsUnknown(schema)) return { kind: 'any' }
  throw new TypeError(`the validator cannot read this part of the schema: ${JSON.stringify(schema)}`)
}

/** A shape that is no reference. */
export type PlainShape = Exclude<Shape, { kind: 'ref' }>
export const resolve = (shape: Shape): PlainShape => {
  let found = shape
  while (found.kind === 'ref') found = found.to()
  return found
}

export const NORM_PATTERN = regexOf(NormId)?.source
/** A whole definition. */
export const DEFINITION_SHAPE: Shape = shapeOf(Definition, new Map())
