/**
 * What stands in a job's history where something personal stood.
 *
 * Promises: pure; a stand-in is of the type that the field asks for, so that the process takes it; two values that were the same
 * have the same stand-in, two that were not have different ones, because guards compare them; nothing of the value is left in it, its
 * length neither.
 * Must not: decide what is personal (`personal.ts` does).
 */
import { own } from '../definition/check-value.ts'
import type { Field } from '../definition/schema.ts'

/** For words that nothing compares: notes, reasons, what somebody said. */
export const ERASED = '***'
/** The hash of a file that is gone. No file has it. */
export const ERASED_FILE = '0'.repeat(64)

const NO_MOMENT = '1970-01-01T00:00:00.000Z'
const NO_DAY = '1970-01-01'
/** Shorter ones would be found within words that have nothing to do with them. */
const SHORTEST = 2

/** What was erased before stays as it is. */
const isStandIn = (text: string): boolean => /^\*+\d*$|^erased\d*@example\.invalid$/.test(text)

type Fields = Readonly<Record<string, unknown>>
export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class StandIns {
  readonly #counts = new Map<string, number>()
  /** Longest first: a name may hold another. */
  readonly #sought: readonly string[]

  /**
   * @param texts personal ones, sought in all words that are left
   * @param customer his name: it always has the same stand-in, so that all who were erased count as one
   */
  constructor(texts: Iterable<string>, customer?: string) {
    if (customer !== undefined) this.#counts.set(customer, 1)
    this.#sought = [...new Set(texts)]
      .filter((text) => text.trim().length >= SHORTEST && !isStandIn(text))
      .sort((one, other) => other.length - one.length)
  }

  /** Of a personal value. `field` undefined: nobody has said what it is. Empty stays empty: that nothing was given is nobody's secret. */
  value(field: Field | undefined, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.value(field?.items, each))
    if (isRecord(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          this.value(own(field?.properties ?? {}, name), each),
        ]),
      )
    if (typeof value === 'string') return value === '' || isStandIn(value) ? value : this.#text(field, value)
    if (typeof value === 'number') return field?.minimum ?? 0
    return typeof value === 'boolean' ? false : value
  }

  #text(field: Field | undefined, value: string): string {
    if (field?.enum !== undefined) return field.enum[0] ?? value
    switch (field?.format) {
      case 'date-time':
        return NO_MOMENT
      case 'date':
        return NO_DAY
      case 'duration':
        return 'PT0S'
      case 'email':
        return `erased${this.#count(value)}@example.invalid`
      default: {
        const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = field ?? {}
        const text = `${ERASED}${this.#count(value)}`.padStart(minLength, '*')
        return text.length > maxLength ? text.slice(text.length - maxLength) : text
      }
    }
  }

  /** The first has no number: most jobs tell of one person. */
  #count(value: string): string {
    const n = this.#counts.get(value) ?? this.#counts.size + 1
    this.#counts.set(value, n)
    return n === 1 ? '' : String(n)
  }

  /** A value that is not personal itself, without what personal texts it holds. Choices and times stay. */
  kept(field: Field | undefined, value: unknown): unknown {
    if (typeof value === 'string')
      return field?.enum === undefined && field?.format === undefined ? this.without(value) : value
    if (Array.isArray(value)) return value.map((each) => this.kept(field?.items, each))
    if (isRecord(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          this.kept(own(field?.properties ?? {}, name), each),
        ]),
      )
    return value
  }

  without(text: string): string {
    return this.#sought.reduce((left, sought) => left.replaceAll(sought, ERASED), text)
  }

  /** A personal text that is still in there. */
  leftIn(json: string): string | undefined {
    return this.#sought.find((sought) => json.includes(JSON.stringify(sought).slice(1, -1)))
  }
}
