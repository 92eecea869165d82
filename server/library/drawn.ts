/**
 * Drawings offered for processes whose states nobody has placed.
 *
 * Promises: what an owner placed is his: for that nothing is offered, and nothing is ever stored with a draft or version.
 * Must not: lay out (`Drawings` does).
 */
import { readLayout } from '../../machines/drawing/places.ts'
import type { DrawingView } from '../../machines/wire/drawing.ts'
import type { DrawingOrder } from '../pictures/draw-view.ts'
import type { Drawings } from '../pictures/drawings.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'

export type Drawn = {
  /**
   * Of what would be edited: the draft, else the latest version. Undefined where its owner placed it, or no drawing could
   * be made. Problems: process-not-found.
   */
  of(process: string, language: DrawingOrder['language']): Promise<DrawingView | undefined>
  /** After a change: so that it is there when somebody opens the process. Never throws. */
  ahead(process: string): void
  /** The same for every process in use. */
  allAhead(): Promise<void>
}

export function createDrawn(library: Library, drawings: Pick<Drawings, 'draw' | 'ahead'>): Drawn {
  async function unplaced(process: string): Promise<Omit<DrawingOrder, 'language'> | undefined> {
    const found = (await library.draft(process)) ?? (await library.latest(process))
    if (found === undefined) {
      if (!(await library.processes()).some(({ id }) => id === process)) throw problem('process-not-found')
      return undefined
    }
    if (Object.keys(readLayout(found.layout).states).length > 0) return undefined
    const { calendars } = (await library.settings()).value
    return {
      definition: found.definition,
      calendars: Object.entries(calendars).map(([key, { title }]) => [key, title] as const),
    }
  }
  async function ahead(process: string): Promise<void> {
    const order = await unplaced(process)
    if (order === undefined) return
    for (const language of ['zh', 'en'] as const)
      drawings.ahead(`${process} ${language}`, { ...order, language })
  }
  return {
    async of(process, language) {
      const order = await unplaced(process)
      return order && drawings.draw({ ...order, language })
    },
    ahead: (process) => void ahead(process).catch(() => undefined),
    async allAhead() {
      for (const { id, archivedAt } of await library.processes())
        if (archivedAt === undefined) await ahead(id)
    },
  }
}
