/**
 * One record kept by lowdb: read once, changed one writer after the other.
 *
 * Promises: what is seen is what is on disk; a change is seen after it was written, and not at all if writing
 * failed; no change is dropped for a later one. What is seen is frozen.
 * Must not: write what it could not read again: every record is checked against its schema both ways.
 */
import { type Adapter, Low } from 'lowdb'
import type { Static, TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { LibraryCorrupt } from '../library-port.ts'

/** Where records are kept, by name: `people`, `processes/fault`. */
export interface Place {
  adapter(name: string): Adapter<unknown>
  /** Names of the records right below a folder. */
  names(folder: string): Promise<string[]>
  /** What people know the record by: a file's path. */
  describe(name: string): string
}

export type Check<S extends TSchema> = Validator<Record<never, never>, S>

export class Shelf<S extends TSchema> {
  readonly #name: string
  readonly #low: Low<unknown>
  readonly #check: Check<S>
  #present: Static<S> | undefined
  #last: Promise<unknown> = Promise.resolve()

  private constructor(place: Place, name: string, check: Check<S>) {
    this.#name = place.describe(name)
    this.#low = new Low<unknown>(place.adapter(name), null)
    this.#check = check
  }

  /** Throws `LibraryCorrupt`. */
  static async open<S extends TSchema>(place: Place, name: string, check: Check<S>): Promise<Shelf<S>> {
    const shelf = new Shelf(place, name, check)
    await shelf.#low.read()
    if (shelf.#low.data !== null) shelf.#present = shelf.#checked(shelf.#low.data, 'read')
    return shelf
  }

  /** A record that is written anew, whatever was there. */
  static blank<S extends TSchema>(place: Place, name: string, check: Check<S>): Shelf<S> {
    return new Shelf(place, name, check)
  }

  get present(): Static<S> | undefined {
    return this.#present
  }

  /** For messages. */
  get description(): string {
    return this.#name
  }

  /**
   * Makes the next record from the present one and writes it. `make` runs when all changes before it are done;
   * it changes nothing by throwing.
   */
  change(make: (present: Static<S> | undefined) => Static<S> | Promise<Static<S>>): Promise<Static<S>> {
    const run = async (): Promise<Static<S>> => {
      // Through JSON, so that what is seen now is what will be read after a restart.
      const json: unknown = JSON.parse(JSON.stringify(await make(this.#present)))
      const next = this.#checked(json, 'write')
      this.#low.data = next
      await this.#low.write()
      this.#present = next
      return next
    }
    const done = this.#last.then(run, run)
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.#last
  }

  #checked(record: unknown, reading: 'read' | 'write'): Static<S> {
    if (this.#check.Check(record)) return freeze(record)
    const [first] = this.#check.Errors(record)
    const reason = first ? `${first.instancePath || 'the record'} ${first.message}` : 'not what it must be'
    if (reading === 'write') throw new TypeError(`${this.#name}: ${reason}`)
    throw new LibraryCorrupt(this.#name, reason)
  }
}

/** Freezes JSON all the way down. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}
