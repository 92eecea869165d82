/**
 * What changed between two JSON values, as the few steps that make the one of the other.
 *
 * Promises: `applyPatches(before, difference(before, after))` is `after`, the order of keys too; what did not change
 * is not carried, and is shared. Patches are JSON themselves. Pointers are RFC 6901; the steps are those of RFC 6902
 * with three of our own: a key renamed in its place, the order of keys, a run of list entries exchanged.
 * Must not: know what a document is.
 */
import Type, { type Static } from 'typebox'
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import {
  edit,
  isList,
  isObject,
  isSame,
  type Json,
  type JsonList,
  type JsonObject,
  withKeys,
} from './json.ts'
import { DocumentError } from './problem.ts'

const closed = { additionalProperties: false } as const

export const Patch = Type.Union([
  /** Sets a member or the whole; new members come last. */
  Type.Object({ op: Type.Literal('put'), path: Type.String(), value: Type.Unknown() }, closed),
  Type.Object({ op: Type.Literal('remove'), path: Type.String() }, closed),
  /** Of the object at `path`. */
  Type.Object(
    { op: Type.Literal('rename'), path: Type.String(), from: Type.String(), to: Type.String() },
    closed,
  ),
  Type.Object({ op: Type.Literal('order'), path: Type.String(), keys: Type.Array(Type.String()) }, closed),
  /** Of the list at `path`: `remove` entries from `index` on give way to `insert`. */
  Type.Object(
    {
      op: Type.Literal('splice'),
      path: Type.String(),
      index: Type.Integer({ minimum: 0 }),
      remove: Type.Integer({ minimum: 0 }),
      insert: Type.Array(Type.Unknown()),
    },
    closed,
  ),
])
type Stored = Static<typeof Patch>
export type Patch =
  | { op: 'put'; path: string; value: Json }
  | { op: 'splice'; path: string; index: number; remove: number; insert: JsonList }
  | Exclude<Stored, { op: 'put' } | { op: 'splice' }>

/** The steps from `before` to `after`. */
export function difference(before: Json, after: Json, path = ''): Patch[] {
  if (before === after) return []
  if (isObject(before) && isObject(after)) return betweenObjects(before, after, path)
  if (isList(before) && isList(after)) return betweenLists(before, after, path)
  return [{ op: 'put', path, value: after }]
}

function betweenObjects(before: JsonObject, after: JsonObject, path: string): Patch[] {
  const patches: Patch[] = []
  const renamed = renamedKeys(before, after)
  for (const [from, to] of renamed) patches.push({ op: 'rename', path, from, to })
  const order: string[] = []
  for (const [key, value] of Object.entries(before)) {
    const name = renamed.get(key) ?? key
    const now = Object.hasOwn(after, name) ? after[name] : undefined
    if (now === undefined) patches.push({ op: 'remove', path: child(path, key) })
    else {
      order.push(name)
      patches.push(...difference(value, now, child(path, name)))
    }
  }
  const taken = new Set(order)
  for (const [key, value] of Object.entries(after)) {
    if (taken.has(key)) continue
    order.push(key)
    patches.push({ op: 'put', path: child(path, key), value })
  }
  const keys = Object.keys(after)
  if (keys.some((key, index) => key !== order[index])) patches.push({ op: 'order', path, keys })
  return patches
}

/** Keys that went away while another came with the very same value. */
function renamedKeys(before: JsonObject, after: JsonObject): Map<string, string> {
  const renamed = new Map<string, string>()
  const come = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  if (come.length === 0) return renamed
  for (const [key, value] of Object.entries(before)) {
    if (Object.hasOwn(after, key) || typeof value !== 'object') continue
    const name = come.find((one) => ![...renamed.values()].includes(one) && isSame(after[one], value))
    if (name !== undefined) renamed.set(key, name)
  }
  return renamed
}

function betweenLists(before: JsonList, after: JsonList, path: string): Patch[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end]))
    end++
  const old = before.slice(start, before.length - end)
  const now = after.slice(start, after.length - end)
  if (old.length === now.length)
    return now.flatMap((entry, index) => {
      const was = old[index]
      return was === undefined ? [] : difference(was, entry, child(path, start + index))
    })
  return [{ op: 'splice', path, index: start, remove: old.length, insert: now }]
}

/** @throws DocumentError where a step finds no such place: the value is not the one the steps were made for. */
export const applyPatches = (value: Json, patches: readonly Patch[]): Json =>
  patches.reduce<Json>(applyPatch, value)

function applyPatch(value: Json, patch: Patch): Json {
  const steps = tokensOf(patch.path)
  switch (patch.op) {
    case 'put':
      return edit(value, steps, () => patch.value)
    case 'remove':
      return edit(value, steps, (held) => {
        if (held === undefined) throw misfit(patch)
        return undefined
      })
    case 'rename':
      return edit(value, steps, (held) => {
        if (!isObject(held) || !Object.hasOwn(held, patch.from)) throw misfit(patch)
        return withKeys(held, (key) => (key === patch.from ? patch.to : key))
      })
    case 'order':
      return edit(value, steps, (held) => ordered(held, patch))
    case 'splice':
      return edit(value, steps, (held) => {
        if (!isList(held) || patch.index + patch.remove > held.length) throw misfit(patch)
        return held.toSpliced(patch.index, patch.remove, ...patch.insert)
      })
  }
}

function ordered(held: Json | undefined, patch: Extract<Patch, { op: 'order' }>): Json {
  if (!isObject(held) || Object.keys(held).length !== patch.keys.length) throw misfit(patch)
  return Object.fromEntries(
    patch.keys.map((key) => {
      const value = Object.hasOwn(held, key) ? held[key] : undefined
      if (value === undefined) throw misfit(patch)
      return [key, value]
    }),
  )
}

const misfit = (patch: Patch): DocumentError =>
  new DocumentError(
    `a step does not fit the document: ${patch.op} at ${patch.path}`,
    `步骤与文档不符：${patch.op}，位置 ${patch.path}`,
    patch.path,
  )
