/**
 * Scenarios of the training room, each a file of its own.
 *
 * Promises: revisions only grow, also over a scenario that was deleted and made anew.
 * Must not: judge a scenario.
 */
import { LibraryCorrupt, type ScenarioInput, type ScenarioRecord, StaleRevision } from '../library-port.ts'
import { ScenarioFile } from './records.ts'
import { type Place, Shelf } from './shelf.ts'

const openOne = (place: Place, id: string) => Shelf.open(place, `scenarios/${id}`, ScenarioFile)
type One = Awaited<ReturnType<typeof openOne>>
type Kept = NonNullable<One['present']>

function recordOf(kept: Kept | undefined): ScenarioRecord | undefined {
  if (kept?.scenario === undefined) return undefined
  const { scenario, ...said } = kept
  return Object.freeze({ ...said, scenario })
}

export class ScenarioShelves {
  readonly #place: Place
  readonly #byId = new Map<string, One>()

  private constructor(place: Place) {
    this.#place = place
  }

  /** Throws `LibraryCorrupt`. */
  static async open(place: Place): Promise<ScenarioShelves> {
    const shelves = new ScenarioShelves(place)
    for (const id of await place.names('scenarios')) {
      const shelf = await openOne(place, id)
      const { present, description } = shelf
      if (present !== undefined && present.id !== id)
        throw new LibraryCorrupt(description, `the file is of scenario ${present.id}`)
      shelves.#byId.set(id, shelf)
    }
    return shelves
  }

  all(): ScenarioRecord[] {
    return [...this.#byId.values()]
      .flatMap(({ present }) => recordOf(present) ?? [])
      .sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  find(id: string): ScenarioRecord | undefined {
    return recordOf(this.#byId.get(id)?.present)
  }

  revision(id: string): number {
    return this.#byId.get(id)?.present?.revision ?? 0
  }

  async #shelf(id: string): Promise<One> {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const opened = await openOne(this.#place, id)
    // Another may have opened it meanwhile: one queue of writers for a file.
    const first = this.#byId.get(id) ?? opened
    this.#byId.set(id, first)
    return first
  }

  async save(expected: number, input: ScenarioInput): Promise<ScenarioRecord> {
    const { id } = input.scenario
    const shelf = await this.#shelf(id)
    const saved = await shelf.change((kept) => {
      assertAt(id, kept, expected)
      return { ...input, id, revision: (kept?.revision ?? 0) + 1 }
    })
    const record = recordOf(saved)
    if (record === undefined) throw new TypeError('unreachable')
    return record
  }

  async delete(id: string, expected: number): Promise<void> {
    const shelf = await this.#shelf(id)
    await shelf.change((kept) => {
      assertAt(id, kept, expected)
      if (kept?.scenario === undefined) throw new StaleRevision(`scenario ${id}`, expected, 0)
      const { scenario: _scenario, ...said } = kept
      return { ...said, revision: kept.revision + 1 }
    })
  }
}

/** What was deleted counts as not there. */
function assertAt(id: string, kept: Kept | undefined, expected: number): void {
  const current = kept?.scenario === undefined ? 0 : kept.revision
  if (current !== expected) throw new StaleRevision(`scenario ${id}`, expected, current)
}
