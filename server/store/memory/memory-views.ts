/**
 * The views of people in memory: part of the memory store.
 */
import { erasedSearch } from '../privacy-port.ts'
import type { SavedView, ViewStore } from '../view-port.ts'

export class MemoryViews implements ViewStore {
  readonly #people = new Map<string, Map<string, SavedView>>()

  async views(person: string): Promise<SavedView[]> {
    return [...(this.#people.get(person)?.values() ?? [])].map((view) => ({ ...view }))
  }

  async saveView(person: string, view: SavedView): Promise<void> {
    const own = this.#people.get(person) ?? new Map<string, SavedView>()
    this.#people.set(person, own.set(view.id, { ...view }))
  }

  erase(customers: ReadonlySet<string>, standIn: string): void {
    for (const views of this.#people.values())
      for (const [id, view] of views) {
        const search = erasedSearch(view.search, customers, standIn)
        if (search !== undefined) views.set(id, { ...view, search })
      }
  }

  async dropView(person: string, id: string): Promise<boolean> {
    return this.#people.get(person)?.delete(id) ?? false
  }
}
