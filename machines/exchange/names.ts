/**
 * Names from other worlds made into names of ours: states, events, fields, processes.
 *
 * Promises: what is lawful already stays as it is; two different names stay different.
 * Must not: note anything; who asks compares.
 */
import { EventType, FieldName, Key } from '../definition/schema.ts'
import { isReserved } from '../validate/names.ts'
import { fits } from '../validate/shapes.ts'

const CEL_WORDS = new Set(['true', 'false', 'null', 'in'])

const isKey = (name: string): boolean => fits(Key, name) && !isReserved(name)
const isEvent = (name: string): boolean =>
  fits(EventType, name) && !isReserved(name) && !/^(xstate|fieldchart)\./.test(name)
const isField = (name: string): boolean => fits(FieldName, name) && !isReserved(name) && !CEL_WORDS.has(name)
const isProcess = (name: string): boolean => /^[a-z][a-z0-9-]{0,79}$/.test(name) && !isReserved(name)

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
/** SHOUTED words are said in a normal voice. */
const calm = (text: string): string =>
  /[a-z]/.test(text) || !/[A-Z]{2}/.test(text) ? text : text.toLowerCase()
const signs = (text: string, other: string): string =>
  text
    .slice(0, 400)
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_-]+/g, other)
    .replace(/^[^A-Za-z]+/, '')
    .replace(/[-_]+$/, '')
    .slice(0, 60)

const keyOf = (name: string): string => signs(name, '_')
const fieldOf = (name: string): string => lowerFirst(calm(signs(name, '_').replaceAll('-', '_')))
const processOf = (name: string): string =>
  signs(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll('_', '-'), '-').toLowerCase()
const eventOf = (name: string): string =>
  name
    .slice(0, 400)
    .split('.')
    .map((word) => lowerFirst(calm(signs(word, '_'))))
    .filter((word) => word !== '')
    .join('.')
    .slice(0, 100)
    .replace(/\.$/, '')

const KINDS = {
  state: { lawful: isKey, from: keyOf, fallback: 'state' },
  event: { lawful: isEvent, from: eventOf, fallback: 'event' },
  field: { lawful: isField, from: fieldOf, fallback: 'field' },
  delay: { lawful: isKey, from: keyOf, fallback: 'delay' },
  process: { lawful: isProcess, from: processOf, fallback: 'imported' },
} as const

/** One name space: gives each original name one lawful name, always the same. */
export class Namer {
  readonly #kind: (typeof KINDS)[keyof typeof KINDS]
  readonly #given = new Map<string, string>()
  readonly #taken = new Set<string>()
  /** Where counting goes on for a base, so that many alike cost no more than few. */
  readonly #next = new Map<string, number>()

  /** `lawful`: names that will be asked for too, and keep their spelling. */
  constructor(kind: keyof typeof KINDS, lawful: Iterable<string> = []) {
    this.#kind = KINDS[kind]
    for (const name of lawful) if (this.#kind.lawful(name)) this.#give(name, name)
  }

  name(original: string): string {
    const known = this.#given.get(original)
    if (known !== undefined) return known
    const name = this.fresh(original)
    this.#given.set(original, name)
    return name
  }

  /** A name that nobody has yet, also for an original that has one. */
  fresh(original: string): string {
    const { lawful, from, fallback } = this.#kind
    const made = lawful(original) ? original : from(original)
    const base = lawful(made) ? made : lawful(`${fallback}_${made}`) ? `${fallback}_${made}` : fallback
    let name = base
    let next = this.#next.get(base) ?? 2
    for (; this.#taken.has(name); next += 1) name = `${base}${next}`
    this.#next.set(base, next)
    this.#taken.add(name)
    return name
  }

  #give(original: string, name: string): void {
    this.#given.set(original, name)
    this.#taken.add(name)
  }
}

/** `waitingForParts` and `waiting_for-parts` as words, for a title. */
export const humanised = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
