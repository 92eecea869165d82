/**
 * Every name in a definition that stands for something else in it: where it stands, what kind it is, who uses it.
 *
 * Promises: one walk for listing and for renaming, so that what is not renamed is not listed either. Works on broken
 * definitions: what has not the right shape is passed over and left as it is.
 * Must not: know the targets of transitions (`targets.ts`); their meaning hangs on where they stand.
 */
import { child } from '../../machines/definition/pointer.ts'
import {
  at,
  isList,
  isObject,
  type Json,
  type JsonObject,
  keysOf,
  listOf,
  mapEntries,
  mapMembers,
  member,
  textOf,
  withMember,
} from './json.ts'
import { below, type How, NameWalk, type Spot, type Use, type Visit } from './names.ts'

export type { NameKind, Use, Visit } from './names.ts'

/** The definition with every name put through `visit`; the very same where none changed. */
export function mapReferences(definition: Json, visit: Visit): Json {
  return isObject(definition) ? new Walk(definition, visit).definition() : definition
}

/** All names there are, as they come. */
export function referencesIn(definition: Json): Use[] {
  const found: Use[] = []
  mapReferences(definition, (use) => {
    found.push(use)
    return use.name
  })
  return found
}

/** A single state with all that is in it, as if it stood at `path`. Events and links are looked up in `definition`. */
export function mapStateReferences(definition: Json, node: Json, path: string, visit: Visit): Json {
  if (!isObject(definition)) return node
  return new Walk(definition, visit).state(node, { pointer: '', state: path })
}

class Walk extends NameWalk {
  readonly #ownLinks: ReadonlySet<string>

  constructor(definition: JsonObject, visit: Visit) {
    super(definition, visit)
    this.#ownLinks = linksTo(definition, textOf(definition.id))
  }

  definition(): Json {
    const root = this.state(this.source, { pointer: '', state: '' })
    if (!isObject(root)) return root
    return mapMembers(root, (value, key) => {
      const spot: Spot = { pointer: child('', key) }
      if (key === 'schemas') return this.#schemas(value, spot)
      if (key === 'delays') return this.#delays(value, spot)
      return key === 'meta' ? this.#processMeta(value, spot) : value
    })
  }

  state(node: Json, spot: Spot): Json {
    if (!isObject(node)) return node
    return mapMembers(node, (value, key) => {
      const here = below(spot, key)
      switch (key) {
        case 'states':
          return isObject(value)
            ? mapMembers(value, (inner, name) =>
                this.state(inner, {
                  ...below(here, name),
                  state: spot.state === '' ? name : `${spot.state}.${name}`,
                }),
              )
            : value
        case 'on':
          return this.#keyed(value, here, 'event', 'takes')
        case 'after':
          return this.#keyed(value, here, 'delay', 'waits')
        case 'always':
        case 'onDone':
          return this.#transitions(value, here)
        case 'entry':
        case 'exit':
          return this.#actions(value, here)
        case 'meta':
          return this.#stateMeta(value, here)
        default:
          return value
      }
    })
  }

  #keyed(value: Json, spot: Spot, kind: 'event' | 'delay', how: How): Json {
    if (!isObject(value)) return value
    const inner = mapMembers(value, (transitions, key) =>
      this.#transitions(transitions, {
        ...below(spot, key),
        ...(kind === 'event' ? { event: key } : {}),
      }),
    )
    return this.keys(inner, kind, how, spot, together)
  }

  #transitions(value: Json, spot: Spot): Json {
    if (isList(value))
      return mapEntries(value, (transition, index) => this.#transition(transition, below(spot, index)))
    return this.#transition(value, spot)
  }

  #transition(value: Json, spot: Spot): Json {
    if (!isObject(value)) return value
    return mapMembers(value, (held, key) => {
      if (key === 'guard') return this.guard(held, below(spot, key))
      return key === 'actions' ? this.#actions(held, below(spot, key)) : held
    })
  }

  #actions(value: Json, spot: Spot): Json {
    if (!isList(value)) return value
    return mapEntries(value, (action, index) =>
      isObject(action) ? this.#action(action, below(spot, index)) : action,
    )
  }

  #action(action: JsonObject, spot: Spot): Json {
    const params = member(action, 'params')
    switch (action.type) {
      case '@xstate.assign':
        return mapMembers(action, (held, key) => {
          if (key !== 'context' || !isObject(held)) return held
          return this.keys(this.fields(held, below(spot, key)), 'field', 'sets', below(spot, key))
        })
      case '@xstate.raise': {
        const raised = mapMembers(action, (held, key) =>
          key === 'event' && isObject(held) ? this.#sent(held, 'type', below(spot, key), true) : held,
        )
        const timed = this.named(raised, 'delay', 'delay', 'waits', spot)
        return this.named(timed, 'id', 'raise', 'declares', spot)
      }
      case '@xstate.cancel':
        return this.named(action, 'id', 'raise', 'cancels', spot)
      case 'remind':
      case 'notify':
        return mapMembers(action, (held, key) =>
          key === 'params' && isObject(held) ? this.#message(held, below(spot, key)) : held,
        )
      case 'startJob':
        return isObject(params)
          ? withMember(action, 'params', this.#startJob(params, below(spot, 'params')))
          : action
      case 'signal':
        return isObject(params)
          ? withMember(action, 'params', this.#signal(params, below(spot, 'params')))
          : action
      default:
        return action
    }
  }

  /** An event with its payload: `own` where it is one of this process. */
  #sent(sent: JsonObject, key: string, spot: Spot, own: boolean): JsonObject {
    const event = textOf(member(sent, key))
    const filled = mapMembers(sent, (held, name) => {
      if (name !== 'payload' || !isObject(held)) return held
      const here = below(spot, name)
      const inner = this.fields(held, here)
      if (!own || event === undefined) return inner
      return this.keys(inner, 'payload', 'sets', { ...here, event })
    })
    return own ? this.named(filled, key, 'event', 'raises', spot) : filled
  }

  #message(params: JsonObject, spot: Spot): JsonObject {
    return mapMembers(params, (held, key) =>
      key === 'to' && isList(held)
        ? mapEntries(held, (to, index) =>
            isObject(to) ? this.named(to, 'field', 'field', 'tells', below(spot, key, index)) : to,
          )
        : held,
    )
  }

  #startJob(params: JsonObject, spot: Spot): JsonObject {
    const own = textOf(params.process) === textOf(this.source.id)
    const filled = mapMembers(params, (held, key) => {
      if (key !== 'fields' || !isObject(held)) return held
      const inner = this.fields(held, below(spot, key))
      return own ? this.keys(inner, 'field', 'sets', below(spot, key)) : inner
    })
    const linked = this.named(filled, 'link', 'link', 'declares', spot)
    return this.named(linked, 'onEnd', 'event', 'raises', spot)
  }

  #signal(params: JsonObject, spot: Spot): JsonObject {
    const link = textOf(at(params, 'to', 'link'))
    const sent = this.#sent(params, 'event', spot, link !== undefined && this.#ownLinks.has(link))
    return mapMembers(sent, (held, key) =>
      key === 'to' && isObject(held) ? this.named(held, 'link', 'link', 'reads', below(spot, key)) : held,
    )
  }

  #stateMeta(value: Json, spot: Spot): Json {
    if (!isObject(value)) return value
    return mapMembers(value, (held, key) =>
      key === 'checklist' && isList(held)
        ? mapEntries(held, (item, index) => this.#item(item, below(spot, key, index)))
        : held,
    )
  }

  #item(item: Json, spot: Spot): Json {
    if (!isObject(item)) return item
    const required = member(item, 'required')
    return this.named(
      required === undefined
        ? item
        : withMember(item, 'required', this.expression(required, below(spot, 'required'))),
      'id',
      'item',
      'declares',
      spot,
    )
  }

  #schemas(value: Json, spot: Spot): Json {
    if (!isObject(value)) return value
    return mapMembers(value, (held, key) => {
      const here = below(spot, key)
      if (key === 'context') return this.#properties(held, 'field', here)
      if (key !== 'events' || !isObject(held)) return held
      const inner = mapMembers(held, (schema, event) =>
        this.#properties(schema, 'payload', { ...below(here, event), event }),
      )
      return this.keys(inner, 'event', 'declares', here)
    })
  }

  #properties(schema: Json, kind: 'field' | 'payload', spot: Spot): Json {
    if (!isObject(schema)) return schema
    return mapMembers(schema, (held, key) => {
      if (key === 'required') return this.names(held, kind, 'lists', below(spot, key))
      return key === 'properties' && isObject(held)
        ? this.keys(held, kind, 'declares', below(spot, key))
        : held
    })
  }

  #delays(value: Json, spot: Spot): Json {
    if (!isObject(value)) return value
    const inner = mapMembers(value, (delay, name) =>
      isObject(delay)
        ? mapMembers(delay, (held, key) =>
            key === 'duration' || key === 'from' ? this.expression(held, below(spot, name, key)) : held,
          )
        : delay,
    )
    return this.keys(inner, 'delay', 'declares', spot)
  }

  #processMeta(value: Json, spot: Spot): Json {
    if (!isObject(value)) return value
    const mapped = mapMembers(value, (held, key) => {
      if (key === 'summary') return this.names(held, 'field', 'lists', below(spot, key))
      if (!isObject(held)) return held
      if (key === 'settings') return this.keys(held, 'setting', 'declares', below(spot, key))
      return key === 'certificates' ? this.keys(held, 'certificate', 'declares', below(spot, key)) : held
    })
    const assigned = this.named(mapped, 'assignee', 'field', 'lists', spot)
    return this.named(assigned, 'region', 'field', 'lists', spot)
  }
}

/** Two lists of transitions under one key: one after the other. */
const together = (one: Json, other: Json): Json => [...listOf(one), ...listOf(other)]

/** The links under which jobs of `process` are started. */
function linksTo(definition: Json, process: string | undefined): Set<string> {
  const links = new Set<string>()
  const look = (value: Json): void => {
    const link = textOf(at(value, 'params', 'link'))
    if (member(value, 'type') === 'startJob' && link !== undefined)
      if (process !== undefined && at(value, 'params', 'process') === process) links.add(link)
    if (isList(value)) value.forEach(look)
    else for (const key of keysOf(value)) look(member(value, key) ?? null)
  }
  look(definition)
  return links
}
