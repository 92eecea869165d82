/**
 * Taking places out of a definition, so that nothing empty is left where something was.
 *
 * Promises: several places at once, in any order. A transition, action, list or message that has lost its last part
 * goes too.
 * Must not: ask whether anything else rests on what goes.
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import { at, edit, isList, isObject, type Json, unlessEmpty } from './json.ts'

/** Holders that mean nothing when they are empty. */
const PRUNED = new Set(['on', 'after', 'always', 'onDone', 'entry', 'exit', 'actions', 'required', 'summary'])
/** Holders of named things, whose names must not be taken for those above. */
const NAMED = new Set(['states', 'properties', 'events', 'delays', 'settings'])

/** The definition without what the pointers name. Those that name nothing are passed over. */
export function withoutPlaces(definition: Json, pointers: Iterable<string>): Json {
  const places = [...new Set(pointers)].map(tokensOf).toSorted(lastFirst)
  return places.reduce(withoutPlace, definition)
}

/** Later entries of a list before earlier ones, what is within before what is around it. */
function lastFirst(one: readonly string[], other: readonly string[]): number {
  for (const [index, step] of one.entries()) {
    const against = other[index]
    if (against === undefined) return -1
    if (step === against) continue
    const [first, second] = [Number(step), Number(against)]
    if (Number.isInteger(first) && Number.isInteger(second)) return second - first
    return step < against ? 1 : -1
  }
  return one.length < other.length ? 1 : 0
}

function withoutPlace(definition: Json, steps: readonly string[]): Json {
  if (steps.length === 0 || at(definition, ...steps) === undefined) return definition
  const left = edit(definition, steps, () => undefined)
  const holder = steps.slice(0, -1)
  const held = at(left, ...holder)
  if ((!isList(held) && !isObject(held)) || unlessEmpty(held) !== undefined) return left
  const next = emptied(left, holder)
  return next === undefined ? left : withoutPlace(left, next)
}

/** What goes with a holder that has become empty. */
function emptied(definition: Json, holder: readonly string[]): readonly string[] | undefined {
  const [around, key] = holder.slice(-2)
  if (around === undefined || key === undefined) return PRUNED.has(around ?? '') ? holder : undefined
  if (isNamed(holder)) return undefined
  const action = holder.slice(0, -1)
  if (key === 'context' && at(definition, ...action, 'type') === '@xstate.assign') return action
  if (key === 'to' && around === 'params') return holder.slice(0, -2)
  const isTransitionList = (around === 'on' || around === 'after') && !isNamed(action)
  return PRUNED.has(key) || isTransitionList ? holder : undefined
}

const isNamed = (place: readonly string[]): boolean => {
  const around = place.at(-2)
  return around !== undefined && NAMED.has(around) && !NAMED.has(place.at(-3) ?? '')
}
