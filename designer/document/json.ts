/**
 * JSON as the document holds it: never changed in place, shared where nothing changed.
 *
 * Promises: what goes through `toJson` is JSON to the last leaf, flat enough to walk by recursion. An edit gives a
 * new value that shares all it did not touch, and the very same value where it changed nothing.
 * Must not: know what a definition is; assign to a key (`__proto__` would be lost).
 */
import { child } from '../../machines/definition/pointer.ts'
import { DocumentError } from './problem.ts'

export type Json = null | boolean | number | string | JsonList | JsonObject
export type JsonList = readonly Json[]
export type JsonObject = { readonly [key: string]: Json }

/** Deeper than any lawful definition by far, and shallow enough for recursion. */
const MAX_DEPTH = 200

export const isList = (value: Json | undefined): value is JsonList => Array.isArray(value)
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value)

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.hasOwn(Object(prototype), 'hasOwnProperty')
}

/**
 * Any value as JSON: a copy without `undefined` members.
 *
 * @throws DocumentError on what JSON cannot hold, or what is nested beyond 200 levels.
 */
export function toJson(value: unknown, pointer = '', depth = 0): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  // JSON has no negative zero.
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value)))
    throw new DocumentError(`this is not JSON (${typeof value})`, `这不是 JSON（${typeof value}）`, pointer)
  if (depth >= MAX_DEPTH)
    throw new DocumentError('this is nested too deeply', '嵌套层数过多', child(pointer).slice(0, 200))
  if (Array.isArray(value))
    return Array.from(value, (entry: unknown, index) => toJson(entry, child(pointer, index), depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== undefined)
      .map(([key, held]: [string, unknown]) => [key, toJson(held, child(pointer, key), depth + 1)]),
  )
}

/** A member of an object, its own. */
export const member = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** What stands below, step by step; undefined where a step leads nowhere. */
export function at(value: Json | undefined, ...steps: readonly (string | number)[]): Json | undefined {
  let held = value
  for (const step of steps) {
    if (isList(held)) held = isIndex(step) ? held[Number(step)] : undefined
    else held = member(held, String(step))
  }
  return held
}
const isIndex = (step: string | number): boolean => /^(0|[1-9]\d*)$/.test(String(step))

export const entriesOf = (value: Json | undefined): [string, Json][] =>
  isObject(value) ? Object.entries(value) : []
export const keysOf = (value: Json | undefined): string[] => (isObject(value) ? Object.keys(value) : [])
/** A list, or a thing by itself as a list of one. */
export const listOf = (value: Json | undefined): JsonList =>
  isList(value) ? value : value === undefined ? [] : [value]
export const stringsOf = (value: Json | undefined): string[] =>
  listOf(value).filter((entry) => typeof entry === 'string')
export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Whether two values are the same, the order of keys too. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((entry, index) => isSame(entry, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  const others = Object.keys(other)
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame(one[key], other[key]))
  )
}

/** Whether two values mean the same: the order of keys aside. */
export function isAlike(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((entry, index) => isAlike(entry, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isAlike(one[key], other[key]))
  )
}

/** With a member set in its place, or last where it is new; `undefined` takes it away. */
export function withMember(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  if (member(object, key) === value) return object
  if (value !== undefined) return { ...object, [key]: value }
  return Object.fromEntries(Object.entries(object).filter(([held]) => held !== key))
}

/** With other names for members, in their places; `join` says what becomes of two that meet. */
export function withKeys(
  object: JsonObject,
  rename: (key: string) => string,
  join?: (one: Json, other: Json) => Json,
): JsonObject {
  const keys = Object.keys(object)
  if (keys.every((key) => rename(key) === key)) return object
  const made = new Map<string, Json>()
  for (const [key, value] of Object.entries(object)) {
    const name = rename(key)
    const held = made.get(name)
    if (held !== undefined && join === undefined)
      throw new DocumentError(`“${name}” is there already`, `“${name}”已存在`)
    made.set(name, held === undefined || join === undefined ? value : join(held, value))
  }
  return Object.fromEntries(made)
}

/** Every member put through `map`; `undefined` takes it away. The same object where nothing changed. */
export function mapMembers(
  object: JsonObject,
  map: (value: Json, key: string) => Json | undefined,
): JsonObject {
  let changed = false
  const made: [string, Json][] = []
  for (const [key, value] of Object.entries(object)) {
    const mapped = map(value, key)
    if (mapped !== value) changed = true
    if (mapped !== undefined) made.push([key, mapped])
  }
  return changed ? Object.fromEntries(made) : object
}

/** Every entry put through `map`; `undefined` takes it away. The same list where nothing changed. */
export function mapEntries(list: JsonList, map: (value: Json, index: number) => Json | undefined): JsonList {
  let changed = false
  const made: Json[] = []
  list.forEach((value, index) => {
    const mapped = map(value, index)
    if (mapped !== value) changed = true
    if (mapped !== undefined) made.push(mapped)
  })
  return changed ? made : list
}

/**
 * What stands at `steps` put through `change`; `undefined` takes it away, objects on the way are made where they are
 * missing.
 *
 * @throws DocumentError where a step leads through something that has no such member.
 */
export function edit(
  value: Json,
  steps: readonly (string | number)[],
  change: (held: Json | undefined) => Json | undefined,
): Json {
  const made = editIn(value, steps, change)
  if (made === undefined)
    throw new DocumentError('the whole document cannot be taken away', '不能删除整个文档')
  return made
}

function editIn(
  value: Json | undefined,
  steps: readonly (string | number)[],
  change: (held: Json | undefined) => Json | undefined,
): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return change(value)
  if (isList(value)) {
    const index = isIndex(step) ? Number(step) : -1
    if (index < 0 || index >= value.length) throw nowhere(step)
    return mapEntries(value, (entry, at) => (at === index ? editIn(entry, rest, change) : entry))
  }
  if (value !== undefined && !isObject(value)) throw nowhere(step)
  const key = String(step)
  const made = editIn(member(value, key), rest, change)
  if (value === undefined) return made === undefined ? undefined : { [key]: made }
  return withMember(value, key, made)
}

const nowhere = (step: string | number): DocumentError =>
  new DocumentError(`there is no place “${step}”`, `没有“${step}”这个位置`)

/** `undefined` in place of an object or list with nothing in it. */
export const unlessEmpty = <T extends Json>(value: T): T | undefined =>
  (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
    ? undefined
    : value
