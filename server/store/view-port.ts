/**
 * The views that people keep of lists: which filters, columns and order, under a name.
 *
 * Promises asked of an adapter: a person has his own and no other; a view saved again keeps its place.
 * Must not: know what a view shows. To the store its address is text.
 */
export type SavedView = {
  id: string
  name: string
  /** The page's search, as it stands in the address. */
  search: string
}

export interface ViewStore {
  /** Oldest first. */
  views(person: string): Promise<SavedView[]>
  /** New, or in place of the one with its id. */
  saveView(person: string, view: SavedView): Promise<void>
  /** Whether it was there. */
  dropView(person: string, id: string): Promise<boolean>
}
