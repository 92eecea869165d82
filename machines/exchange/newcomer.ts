/**
 * A process from another tool, on its way to being a definition: its events, fields and delays as they turn up.
 *
 * Promises: every event that anything waits for or raises is declared, every delay in figures has a name; nobody may
 * send an event from outside until a person says who (`roles-needed`).
 * Must not: know the form of the file.
 */

import { humanised, Namer } from './names.ts'
import type { Notes } from './note.ts'
import { isRecord, type Json } from './plain.ts'

/** What came with the file, where it was one of ours. */
export type Known = { events: Json; fields: Json; delays: Json; required?: unknown; hasSchemas: boolean }

type Event = { place: string; outside: boolean; inside: boolean; payload: Set<string> }

const DAY_MS = 86_400_000

/** ISO 8601 of a count of milliseconds. */
function isoOf(ms: number): string {
  if (ms > 0 && ms % DAY_MS === 0) return `PT${ms / 3_600_000}H`
  if (ms > 0 && ms % 3_600_000 === 0) return `PT${ms / 3_600_000}H`
  if (ms > 0 && ms % 60_000 === 0) return `PT${ms / 60_000}M`
  return `PT${(ms / 1000).toFixed(3).replace(/\.?0+$/, '')}S`
}

export class Newcomer {
  readonly notes: Notes
  readonly known: Known
  readonly #eventNames: Namer
  readonly #fieldNames: Namer
  readonly #delayNames: Namer
  readonly #events = new Map<string, Event>()
  readonly #fields = new Map<string, Json>()
  readonly #delays = new Map<string, Json>()

  constructor(notes: Notes, known: Known) {
    this.notes = notes
    this.known = known
    this.#eventNames = new Namer('event', Object.keys(known.events))
    this.#fieldNames = new Namer('field', Object.keys(known.fields))
    this.#delayNames = new Namer('delay', Object.keys(known.delays))
  }

  /** The name of an event that is waited for (`outside`) or raised by the process itself. */
  event(original: string, place: string, by: 'outside' | 'inside'): string {
    const name = this.#eventNames.name(original)
    if (Object.hasOwn(this.known.events, name)) return name
    const event = this.#events.get(name) ?? { place, outside: false, inside: false, payload: new Set() }
    if (!this.#events.has(name) && name !== original)
      this.notes.add('renamed', place, { from: original, to: name })
    event[by] = true
    this.#events.set(name, event)
    return name
  }

  /** A descriptor of `on`: a name, `*`, or `name.*`. */
  descriptor(original: string, place: string): string {
    if (original === '*') return '*'
    if (!original.endsWith('.*')) return this.event(original, place, 'outside')
    const base = original.slice(0, -2)
    const names = new Namer('event')
    const name = names.name(base)
    if (name !== base) this.notes.add('renamed', place, { from: original, to: `${name}.*` })
    return `${name}.*`
  }

  /** The name of a field that begins with a value; declared with a guess at its type where it is new. */
  field(original: string, value: unknown, place: string): string {
    return this.#declared(original, value, place, true)
  }
  /** The name of a field that is set later, to a value like this one. */
  assigned(original: string, value: unknown, place: string): string {
    return this.#declared(original, value, place, false)
  }
  #declared(original: string, value: unknown, place: string, isDefault: boolean): string {
    const name = this.#fieldNames.name(original)
    if (Object.hasOwn(this.known.fields, name) || this.#fields.has(name)) return name
    if (name !== original) this.notes.add('renamed', place, { from: original, to: name })
    const { type, sure } = typeOf(value)
    if (!sure) this.notes.add('type-guessed', place, { name, type })
    this.#fields.set(name, {
      type,
      ...(!isDefault || value === null || value === undefined ? {} : { default: value }),
      meta: { title: { en: humanised(original) } },
    })
    return name
  }
  /** The name of a field that is there, if it is. */
  fieldNamed(original: string): string | undefined {
    const name = this.#fieldNames.name(original)
    return Object.hasOwn(this.known.fields, name) || this.#fields.has(name) ? name : undefined
  }

  /** A delay in milliseconds, or by a name. */
  delay(given: number | string, place: string): string {
    if (typeof given === 'string') {
      const name = this.#delayNames.name(given)
      if (Object.hasOwn(this.known.delays, name) || this.#delays.has(name)) return name
      if (name !== given) this.notes.add('renamed', place, { from: given, to: name })
      if (!this.known.hasSchemas) this.notes.add('unknown-delay', place, { name })
      return name
    }
    const ms = Math.max(0, given)
    const name = this.#delayNames.name(`after${String(ms).replace('.', '_')}ms`)
    this.#delays.set(name, {
      duration: isoOf(ms),
      meta: { title: { en: `After ${ms / 1000} s`, zh: `${ms / 1000} 秒后` }, kind: 'step' },
    })
    return name
  }

  /** A delay that an expression tells. */
  computedDelay(expression: string): string {
    const name = this.#delayNames.name(`computed ${expression}`)
    this.#delays.set(name, {
      duration: { '@expr': expression, '@lang': 'cel' },
      meta: { title: { en: 'Computed', zh: '计算得出' }, kind: 'step' },
    })
    return name
  }

  /** What a condition reads of the payload of an event that is not declared. */
  payloadOf(event: string, name: string): void {
    this.#events.get(event)?.payload.add(name)
  }

  schemas(): Json {
    const events = [...this.#events].map(([name, event]) => {
      if (event.outside && !event.inside) this.notes.add('roles-needed', event.place, { name })
      return [
        name,
        {
          ...(event.payload.size === 0
            ? {}
            : { properties: Object.fromEntries([...event.payload].map((key) => [key, { type: 'string' }])) }),
          meta: { title: { en: humanised(name) }, roles: event.inside ? ['system'] : [] },
        },
      ] as const
    })
    return {
      context: {
        properties: { ...this.known.fields, ...Object.fromEntries(this.#fields) },
        ...(this.known.required === undefined ? {} : { required: this.known.required }),
      },
      events: { ...this.known.events, ...Object.fromEntries(events) },
    }
  }

  /** Undefined where there is none. */
  delays(): Json | undefined {
    const delays = { ...this.known.delays, ...Object.fromEntries(this.#delays) }
    return Object.keys(delays).length === 0 ? undefined : delays
  }
}

function typeOf(value: unknown): { type: string; sure: boolean } {
  switch (typeof value) {
    case 'string':
      return { type: 'string', sure: true }
    case 'boolean':
      return { type: 'boolean', sure: true }
    case 'number':
      return Number.isInteger(value) ? { type: 'integer', sure: false } : { type: 'number', sure: true }
    default:
      if (Array.isArray(value)) return { type: 'array', sure: true }
      return isRecord(value) ? { type: 'object', sure: true } : { type: 'string', sure: false }
  }
}
