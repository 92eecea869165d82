/**
 * Two people's versions of one draft made one, change by change.
 *
 * Promises: what only one of them changed is taken; what both changed alike is taken once; what they changed
 * differently is a conflict with all three versions, and `merged` holds mine there until it is decided. Nothing of
 * either is lost without being named. `merge(base, x, base)` and `merge(base, base, x)` are `x`.
 * Must not: judge the outcome. A state that one renamed and the other led to is for the validator to find.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import type { Document } from './document.ts'
import { documentJson, readLayout } from './document.ts'
import {
  edit,
  isAlike,
  isList,
  isObject,
  isSame,
  type Json,
  type JsonList,
  type JsonObject,
  member,
  textOf,
} from './json.ts'

/** An absent version: that side has nothing there. */
export type Conflict = {
  /** Into `merged`. */
  readonly pointer: string
  readonly base?: Json
  readonly mine?: Json
  readonly theirs?: Json
}
export type Merge = { readonly merged: Json; readonly conflicts: readonly Conflict[] }

/** Three versions of the same place. */
type Three = { base: Json | undefined; mine: Json | undefined; theirs: Json | undefined }
type Outcome = { value: Json | undefined; conflicts: Conflict[] }

/** What `mine` and `theirs` made of `base`, together. */
export function merge(base: Json, mine: Json, theirs: Json): Merge {
  const { value, conflicts } = mergeAt({ base, mine, theirs }, '')
  return { merged: value === undefined ? mine : value, conflicts }
}

/** As `merge`, with places on the canvas: where both moved a state, mine stands, and nobody is asked. */
export function mergeDocuments(
  base: Document,
  mine: Document,
  theirs: Document,
): { document: Document; conflicts: readonly Conflict[] } {
  const { merged, conflicts } = merge(base.definition, mine.definition, theirs.definition)
  const layoutOf = (document: Document): Json => member(documentJson(document), 'layout') ?? {}
  const places = merge(layoutOf(base), layoutOf(mine), layoutOf(theirs)).merged
  return { document: { definition: merged, layout: readLayout(places) }, conflicts }
}

/** A conflict decided: the chosen version stands in `merged`. */
export function decided(merged: Json, conflict: Conflict, side: 'base' | 'mine' | 'theirs'): Json {
  return edit(merged, tokensOf(conflict.pointer), () => conflict[side])
}

function mergeAt(three: Three, pointer: string): Outcome {
  const settled = oneSided(three)
  if (settled !== undefined) return { value: settled.value, conflicts: [] }
  const { base, mine, theirs } = three
  if (isObject(base) && isObject(mine) && isObject(theirs)) return mergeObjects(base, mine, theirs, pointer)
  if (isList(base) && isList(mine) && isList(theirs)) return mergeLists(base, mine, theirs, pointer)
  return conflict(three, pointer)
}

/** The outcome where at most one side changed anything, or both the same. */
function oneSided({ base, mine, theirs }: Three): { value: Json | undefined } | undefined {
  if (isSame(base, theirs)) return { value: mine }
  if (isSame(base, mine)) return { value: theirs }
  if (isAlike(mine, theirs) || isAlike(base, theirs)) return { value: mine }
  return isAlike(base, mine) ? { value: theirs } : undefined
}

function conflict({ base, mine, theirs }: Three, pointer: string): Outcome {
  const versions = {
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { mine }),
    ...(theirs === undefined ? {} : { theirs }),
  }
  return { value: mine, conflicts: [{ pointer, ...versions }] }
}

function mergeObjects(base: JsonObject, mine: JsonObject, theirs: JsonObject, pointer: string): Outcome {
  const conflicts: Conflict[] = []
  const made: [string, Json][] = []
  // Keys of the base that are in neither are gone on both sides.
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const three = { base: member(base, key), mine: member(mine, key), theirs: member(theirs, key) }
    const merged = mergeAt(three, child(pointer, key))
    conflicts.push(...merged.conflicts)
    if (merged.value !== undefined) made.push([key, merged.value])
  }
  return { value: Object.fromEntries(made), conflicts }
}

function mergeLists(base: JsonList, mine: JsonList, theirs: JsonList, pointer: string): Outcome {
  const lists = [base, mine, theirs]
  if (lists.every(isSet)) return { value: mergeSets(base, mine, theirs), conflicts: [] }
  if (lists.every(hasIds)) return mergeById(base, mine, theirs, pointer)
  return mergeRuns(base, mine, theirs, pointer) ?? conflict({ base, mine, theirs }, pointer)
}

/** Names, each once: norms, roles, required fields. */
const isSet = (list: JsonList): boolean =>
  list.every((entry) => typeof entry === 'string') && new Set(list).size === list.length

const mergeSets = (base: JsonList, mine: JsonList, theirs: JsonList): JsonList => [
  ...mine.filter((entry) => !base.includes(entry) || theirs.includes(entry)),
  ...theirs.filter((entry) => !base.includes(entry) && !mine.includes(entry)),
]

const idOf = (entry: Json): string | undefined => textOf(member(entry, 'id'))
const hasIds = (list: JsonList): boolean => {
  const ids = list.map(idOf)
  return ids.every((id) => id !== undefined) && new Set(ids).size === ids.length
}

/** Checklist items go by their ids. One side's deletion against the other's change puts the whole list in question. */
function mergeById(base: JsonList, mine: JsonList, theirs: JsonList, pointer: string): Outcome {
  const entry = (list: JsonList, id: string): Json | undefined => list.find((one) => idOf(one) === id)
  const ids = new Set([...mine, ...theirs].flatMap((one) => idOf(one) ?? []))
  const conflicts: Conflict[] = []
  const made: Json[] = []
  for (const id of ids) {
    const three = { base: entry(base, id), mine: entry(mine, id), theirs: entry(theirs, id) }
    const merged = mergeAt(three, child(pointer, made.length))
    const isTorn = merged.conflicts.some((one) => one.pointer === child(pointer, made.length))
    if (isTorn) return conflict({ base, mine, theirs }, pointer)
    conflicts.push(...merged.conflicts)
    if (merged.value !== undefined) made.push(merged.value)
  }
  return { value: made, conflicts }
}

type Run = { start: number; end: number; put: JsonList }

/** The one run of a list that was exchanged. */
function runOf(base: JsonList, changed: JsonList): Run {
  const shorter = Math.min(base.length, changed.length)
  let start = 0
  while (start < shorter && isAlike(base[start], changed[start])) start++
  let end = 0
  while (end < shorter - start && isAlike(base[base.length - 1 - end], changed[changed.length - 1 - end]))
    end++
  return { start, end: base.length - end, put: changed.slice(start, changed.length - end) }
}

/** Both runs exchanged, where they do not touch; entry by entry, where none came or went. */
function mergeRuns(base: JsonList, mine: JsonList, theirs: JsonList, pointer: string): Outcome | undefined {
  const [one, other] = [runOf(base, mine), runOf(base, theirs)]
  const [first, second] = one.start <= other.start ? [one, other] : [other, one]
  if (
    first.end < second.start ||
    (first.end === second.start && first.end > first.start && second.end > second.start)
  )
    return {
      value: [
        ...base.slice(0, first.start),
        ...first.put,
        ...base.slice(first.end, second.start),
        ...second.put,
        ...base.slice(second.end),
      ],
      conflicts: [],
    }
  if (base.length !== mine.length || base.length !== theirs.length) return undefined
  const entries = base.map((entry, index) =>
    mergeAt({ base: entry, mine: mine[index], theirs: theirs[index] }, child(pointer, index)),
  )
  return {
    value: entries.flatMap(({ value }) => (value === undefined ? [] : [value])),
    conflicts: entries.flatMap(({ conflicts }) => conflicts),
  }
}
