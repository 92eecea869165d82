/**
 * Names in expressions and guards, and what stands for a name in the JSON around them: the ground that the walk over
 * a definition (`references.ts`) goes on.
 *
 * Must not: know where in a definition these stand.
 */
import { matchesDescriptor } from '../../machines/definition/descriptor.ts'
import { child } from '../../machines/definition/pointer.ts'
import { mapNames, type NamedVariable } from '../../machines/expression/names.ts'
import {
  at,
  entriesOf,
  isList,
  isObject,
  type Json,
  type JsonObject,
  mapEntries,
  mapMembers,
  member,
  textOf,
  withKeys,
  withMember,
} from './json.ts'

/** `payload`: a name within an event's payload. `state`: by its path. `raise`: the id of a raised event. */
export type NameKind =
  | 'field'
  | 'event'
  | 'payload'
  | 'delay'
  | 'item'
  | 'setting'
  | 'link'
  | 'raise'
  | 'certificate'
  | 'state'

/** What a place does with a name. Only `reads`, `guards` decide something; the rest follows or goes along. */
export type How =
  | 'declares'
  | 'lists'
  | 'reads'
  | 'guards'
  | 'sets'
  | 'tells'
  | 'takes'
  | 'raises'
  | 'waits'
  | 'cancels'

export type Use = {
  readonly kind: NameKind
  readonly name: string
  readonly how: How
  /** JSON pointer into the definition: the text, the expression, the key or the list entry. */
  readonly pointer: string
  /** The state it stands in, by its path; absent outside of states. */
  readonly state?: string
  /** Of a payload: the event's type, or the descriptor under which it is at hand. */
  readonly event?: string
}
/** Gets each name as it is met, and gives the one to stand there. */
export type Visit = (use: Use) => string

const VARIABLE_KIND: Readonly<Record<NamedVariable, NameKind>> = {
  job: 'field',
  event: 'payload',
  checklist: 'item',
  settings: 'setting',
  links: 'link',
}

/** Where the walk is: the state around, and the event at hand. */
export type Spot = { readonly pointer: string; readonly state?: string; readonly event?: string }
export const below = (spot: Spot, ...steps: (string | number)[]): Spot => ({
  ...spot,
  pointer: child(spot.pointer, ...steps),
})

/** Puts every name it is shown through `visit`. */
export class NameWalk {
  protected readonly source: JsonObject
  readonly #visit: Visit

  constructor(source: JsonObject, visit: Visit) {
    this.source = source
    this.#visit = visit
  }

  protected name(kind: NameKind, how: How, name: Json | undefined, spot: Spot): string | undefined {
    return typeof name === 'string' ? this.#visit({ kind, how, name, ...spot }) : undefined
  }

  /** A member that is a name. */
  protected named(object: JsonObject, key: string, kind: NameKind, how: How, spot: Spot): JsonObject {
    const name = this.name(kind, how, member(object, key), below(spot, key))
    return name === undefined ? object : withMember(object, key, name)
  }

  protected names(list: Json | undefined, kind: NameKind, how: How, spot: Spot): Json | undefined {
    if (!isList(list)) return list
    return mapEntries(list, (name, index) => this.name(kind, how, name, below(spot, index)) ?? name)
  }

  /** An object whose keys are names. */
  protected keys(object: JsonObject, kind: NameKind, how: How, spot: Spot, join?: Join): JsonObject {
    const names = new Map(
      Object.keys(object).map((key) => [key, this.name(kind, how, key, below(spot, key)) ?? key]),
    )
    return withKeys(object, (key) => names.get(key) ?? key, join)
  }

  protected expression(value: Json, spot: Spot): Json {
    const text = member(value, '@expr')
    if (!isObject(value) || typeof text !== 'string') return value
    const mapped = mapNames(text, (variable, name) =>
      this.#visit({ kind: VARIABLE_KIND[variable], name, how: 'reads', ...spot }),
    )
    return withMember(value, '@expr', mapped)
  }

  protected values(value: Json, spot: Spot): Json {
    return isObject(value) ? mapMembers(value, (held, key) => this.expression(held, below(spot, key))) : value
  }

  protected guard(guard: Json, spot: Spot): Json {
    if (!isObject(guard)) return guard
    if (member(guard, '@expr') !== undefined) return this.expression(guard, spot)
    const params = member(guard, 'params')
    if (!isObject(params)) return guard
    return withMember(guard, 'params', this.params(textOf(guard.type), params, below(spot, 'params')))
  }

  protected params(type: string | undefined, params: JsonObject, spot: Spot): JsonObject {
    switch (type) {
      case 'and':
      case 'or':
        return mapMembers(params, (held, key) =>
          key === 'guards' && isList(held)
            ? mapEntries(held, (part, index) => this.guard(part, below(spot, key, index)))
            : held,
        )
      case 'not':
        return mapMembers(params, (held, key) =>
          key === 'guard' ? this.guard(held, below(spot, key)) : held,
        )
      case 'stateIn':
        return this.named(params, 'state', 'state', 'guards', spot)
      case 'checklistDone': {
        const items = this.names(member(params, 'items'), 'item', 'guards', below(spot, 'items'))
        return withMember(this.named(params, 'state', 'state', 'guards', spot), 'items', items)
      }
      case 'qualified':
        return this.named(
          this.named(params, 'certificate', 'certificate', 'guards', spot),
          'of',
          this.isPayload(params, spot) ? 'payload' : 'field',
          'guards',
          spot,
        )
      case 'within':
        return mapMembers(this.named(params, 'windows', 'field', 'guards', spot), (held, key) =>
          key === 'at' ? this.expression(held, below(spot, key)) : held,
        )
      default:
        return params
    }
  }

  /** `of` names what the payload carries, before a field of the job. */
  protected isPayload(params: JsonObject, { event }: Spot): boolean {
    const name = textOf(member(params, 'of'))
    if (event === undefined || name === undefined) return false
    return entriesOf(at(this.source, 'schemas', 'events')).some(
      ([type, schema]) => matchesDescriptor(event, type) && at(schema, 'properties', name) !== undefined,
    )
  }

  protected fields(values: JsonObject, spot: Spot): JsonObject {
    const mapped = this.values(values, spot)
    return isObject(mapped) ? mapped : values
  }
}

/** What becomes of two values whose keys become one. */
type Join = (one: Json, other: Json) => Json
