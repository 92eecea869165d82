/**
 * What is left of a guard when states and checklist items that it asks for are no more.
 *
 * Promises: the guard that is left holds whenever the old one would have held without them: nobody is ever in a state
 * that is gone, and an item that is gone is asked of nobody.
 * Must not: look into expressions; one that names what is gone stays, and the validator shows it.
 */
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  member,
  stringsOf,
  textOf,
  withMember,
} from './json.ts'

export type Gone = { readonly states: ReadonlySet<string>; readonly items: ReadonlySet<string> }

/** `true` and `false` where it is settled; the very same guard where nothing changed. */
export function settled(guard: Json, gone: Gone): Json | boolean {
  const params = member(guard, 'params')
  if (!isObject(guard) || !isObject(params)) return guard
  switch (guard.type) {
    case 'and':
    case 'or':
      return several(guard, params, gone)
    case 'not': {
      const inner = member(params, 'guard')
      if (inner === undefined) return guard
      const left = settled(inner, gone)
      if (typeof left === 'boolean') return !left
      return withMember(guard, 'params', withMember(params, 'guard', left))
    }
    case 'stateIn':
      return gone.states.has(textOf(member(params, 'state')) ?? '') ? false : guard
    case 'checklistDone':
      return checklist(guard, params, gone)
    default:
      return guard
  }
}

function several(guard: JsonObject, params: JsonObject, gone: Gone): Json | boolean {
  const guards = member(params, 'guards')
  if (!isList(guards)) return guard
  const decides = guard.type === 'or'
  const left: Json[] = []
  for (const part of guards) {
    const is = settled(part, gone)
    if (is === decides) return decides
    if (typeof is !== 'boolean') left.push(is)
  }
  if (left.length === guards.length && left.every((part, index) => part === guards[index])) return guard
  const [only] = left
  if (only === undefined) return !decides
  return left.length === 1 ? only : withMember(guard, 'params', withMember(params, 'guards', left))
}

function checklist(guard: JsonObject, params: JsonObject, gone: Gone): Json | boolean {
  if (member(params, 'items') === undefined)
    return gone.states.has(textOf(member(params, 'state')) ?? '') ? true : guard
  const items = stringsOf(member(params, 'items'))
  const left = items.filter((item) => !gone.items.has(item))
  if (left.length === items.length) return guard
  return left.length === 0 ? true : withMember(guard, 'params', withMember(params, 'items', left))
}
