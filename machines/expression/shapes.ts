/**
 * Shapes of data as expressions see them: from a definition's fields to types, from JSON to values and back.
 *
 * Promises: a value that does not fit its shape is passed on as it is, so that reading it is an error and not
 * reading it is none. Nothing is read from a prototype.
 * Must not: judge a definition, or let a field's name reach an object's prototype (values are maps).
 */
import { Duration } from '@marcbachmann/cel-js/evaluator'
import type { Field } from '../definition/schema.ts'
import { DAY, dayFromText, fromLocal, zoneOf } from '../time/zone.ts'

export type Shape =
  | { readonly kind: 'string' | 'double' | 'int' | 'bool' | 'timestamp' | 'date' | 'map' | 'dyn' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Fields }
export type Fields = ReadonlyMap<string, Shape>

export const STRING: Shape = { kind: 'string' }
export const BOOL: Shape = { kind: 'bool' }
export const DYN: Shape = { kind: 'dyn' }
const TIMESTAMP: Shape = { kind: 'timestamp' }

/** Deeper fields are anything; a definition so deep is refused elsewhere. */
const DEEPEST = 12
/** What an expression may read of one list or text; the estimate of its cost relies on it (`cost.ts`). */
export const MOST_ITEMS = 1000
const LONGEST_TEXT = 100_000

/** Stands for a list or text too long to be read. */
class TooLong {}

function shapeOf(field: Field, depth = 0): Shape {
  switch (field.type) {
    case 'string':
      if (field.format === 'date-time') return TIMESTAMP
      return field.format === 'date' ? { kind: 'date' } : STRING
    case 'number':
      return { kind: 'double' }
    case 'integer':
      return { kind: 'int' }
    case 'boolean':
      return BOOL
    case 'array':
      return {
        kind: 'list',
        of: field.items === undefined || depth > DEEPEST ? DYN : shapeOf(field.items, depth + 1),
      }
    case 'object':
      if (field.properties === undefined || depth > DEEPEST) return { kind: 'map' }
      return { kind: 'object', fields: shapesOf(field.properties, depth + 1) }
    default:
      return DYN
  }
}

export const shapesOf = (properties: Readonly<Record<string, Field>> | undefined, depth = 0): Fields =>
  new Map(Object.entries(properties ?? {}).map(([name, field]) => [name, shapeOf(field, depth)]))

/** Two shapes of the same key have the same type. A date is a timestamp once it is read. */
export function keyOf(shape: Shape): string {
  if (shape.kind === 'list') return `list<${keyOf(shape.of)}>`
  if (shape.kind === 'date') return 'timestamp'
  if (shape.kind !== 'object') return shape.kind
  const fields = [...shape.fields].map(([name, one]) => `${JSON.stringify(name)}:${keyOf(one)}`)
  return `{${fields.sort().join(',')}}`
}

/** A value as expressions hold it, from JSON; `undefined` for what is not set. */
export type Convert = (value: unknown, timeZone: string) => unknown
/** The class whose instances are the objects of a shape. */
export type ObjectClass = new () => Map<string, unknown>

const OFFSET = /[zZ]$|[+-]\d\d:?\d\d$/

/** How values of a shape come in. `classOf` knows the class of every object shape in it. */
function converter(shape: Shape, classOf: (key: string) => ObjectClass | undefined): Convert {
  switch (shape.kind) {
    case 'int':
      return (value) => (Number.isSafeInteger(value) ? BigInt(Number(value)) : (value ?? undefined))
    case 'timestamp':
      return readTimestamp
    case 'date':
      return readDate
    case 'string':
      return (value) =>
        typeof value === 'string' && value.length > LONGEST_TEXT ? new TooLong() : (value ?? undefined)
    case 'double':
    case 'bool':
      return (value) => value ?? undefined
    case 'list':
      return listConverter(converter(shape.of, classOf))
    case 'object':
      return objectConverter(classOf(keyOf(shape)) ?? Map, shape.fields, classOf)
    default:
      return (value) => untyped(value, 0)
  }
}

function listConverter(item: Convert): Convert {
  return (value, timeZone) => {
    if (!Array.isArray(value)) return value ?? undefined
    if (value.length > MOST_ITEMS) return new TooLong()
    return value.map((one: unknown) => item(one, timeZone) ?? null)
  }
}

/** How objects of a class come in; only these of their fields are read. */
export function objectConverter(
  ObjectOf: ObjectClass,
  fields: Fields,
  classOf: (key: string) => ObjectClass | undefined,
): Convert {
  const readers = [...fields].map(([name, shape]) => [name, converter(shape, classOf)] as const)
  return (value, timeZone) => {
    if (typeof value !== 'object' || value === null) return value ?? undefined
    const object = new ObjectOf()
    for (const [name, read] of readers) {
      const found = read(own(value, name), timeZone)
      if (found !== undefined) object.set(name, found)
    }
    return object
  }
}

/** A member of an object's own; `undefined` where there is none. */
export const own = (object: object, name: string): unknown =>
  Object.getOwnPropertyDescriptor(object, name)?.value

function readTimestamp(value: unknown): unknown {
  // Without an offset a moment would depend on the machine that reads it.
  if (typeof value !== 'string' || !OFFSET.test(value)) return value ?? undefined
  const moment = new Date(value)
  return Number.isNaN(moment.getTime()) ? value : moment
}

/** Midnight in the organisation's zone. */
function readDate(value: unknown, timeZone: string): unknown {
  const day = typeof value === 'string' ? dayFromText(value) : undefined
  return day === undefined ? (value ?? undefined) : new Date(fromLocal(zoneOf(timeZone), day * DAY).first)
}

function untyped(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? new TooLong() : value
  if (typeof value !== 'object' || value === null) return value ?? undefined
  if (depth > DEEPEST) return new TooLong()
  if (Array.isArray(value)) {
    if (value.length > MOST_ITEMS) return new TooLong()
    return value.map((one: unknown) => untyped(one, depth + 1) ?? null)
  }
  const entries = Object.entries(value)
  if (entries.length > MOST_ITEMS) return new TooLong()
  return new Map(
    entries
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([name, one]) => [name, untyped(one, depth + 1)]),
  )
}

/**
 * Plain JSON from what an expression came to: moments in ISO 8601, lengths of time as ISO 8601 durations.
 *
 * @throws TypeError on what JSON cannot hold.
 */
export function toJson(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value
      throw new TypeError('the result is not a finite number')
    case 'bigint': {
      const number = Number(value)
      if (Number.isSafeInteger(number)) return number
      throw new TypeError('the result is too large a number')
    }
    case 'object':
      return value === null ? null : objectToJson(value)
    default:
      throw new TypeError(`the result is not a value: ${typeof value}`)
  }
}

function objectToJson(value: object): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Duration) return durationToJson(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, one]) => [String(name), toJson(one)]))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJson(one)]))
  throw new TypeError('the result is not a value that can be kept')
}

function durationToJson(duration: Duration): string {
  const milliseconds = Math.trunc(duration.valueOf())
  return `${milliseconds < 0 ? '-' : ''}PT${Math.abs(milliseconds) / 1000}S`
}
