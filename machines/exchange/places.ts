/**
 * The states of a foreign file as a tree, and what its names of targets mean there.
 *
 * Promises: names that had to be changed are found by what they were.
 * Must not: know guards, actions or events.
 */
import { child } from '../definition/pointer.ts'
import { Namer } from './names.ts'
import { isRecord, type Json, own, string } from './plain.ts'

export type Place = {
  raw: Json
  /** JSON pointer into the file. */
  pointer: string
  rawKey: string
  key: string
  parent?: Place
  children: Place[]
  /** Children by the key they have in the file. */
  byKey: Map<string, Place>
}

/** The tree below a config, parents before children. Depth is bounded by whoever parsed the file. */
export function placesOf(config: Json, id: string): Place[] {
  const root: Place = {
    raw: config,
    pointer: '',
    rawKey: string(config.id) ?? id,
    key: id,
    children: [],
    byKey: new Map(),
  }
  const all: Place[] = []
  const pending = [root]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    all.push(place)
    const states = own(place.raw, 'states')
    if (!isRecord(states)) continue
    const names = new Namer('state', Object.keys(states))
    for (const [rawKey, raw] of Object.entries(states)) {
      const below: Place = {
        raw: isRecord(raw) ? raw : {},
        pointer: child(place.pointer, 'states', rawKey),
        rawKey,
        key: names.name(rawKey),
        parent: place,
        children: [],
        byKey: new Map(),
      }
      place.children.push(below)
      place.byKey.set(rawKey, below)
    }
    pending.push(...place.children.toReversed())
  }
  return all
}

export const pathOf = (place: Place): string[] =>
  place.parent === undefined ? [] : [...pathOf(place.parent), place.key]
const rootOf = (place: Place): Place => (place.parent === undefined ? place : rootOf(place.parent))

function below(from: Place | undefined, keys: readonly string[]): Place | undefined {
  let place = from
  for (const key of keys) place = place?.byKey.get(key)
  return place
}

/** Resolves as XState does; `ids`: places by their explicit `id`. */
export function targetOf(target: string, source: Place, ids: ReadonlyMap<string, Place>): Place | undefined {
  if (target.startsWith('#')) {
    const name = target.slice(1)
    const whole = ids.get(name)
    if (whole !== undefined) return whole
    const [id = '', ...keys] = name.split('.')
    const named = id === rootOf(source).rawKey ? rootOf(source) : ids.get(id)
    return below(named, keys)
  }
  if (target.startsWith('.')) return below(source, target.slice(1).split('.'))
  const keys = target.split('.')
  return below(source.parent, [target]) ?? below(source.parent, keys)
}
