/**
 * How a draft looked last in this browser: where its lines ran, so that a drawing that is opened again looks as it did
 * and need not be led anew.
 *
 * Promises: what is read back has the shape of a drawing; the newest of a person's tabs is kept.
 * Must not: be needed, or throw: a browser that keeps nothing draws all lines anew.
 */
import Type from 'typebox'
import { Check } from 'typebox/value'
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import { browserDatabase } from './browser-database.ts'

export type LocalDrawings = {
  read(): Promise<PlacedChart | undefined>
  write(chart: PlacedChart): Promise<void>
}

const STORE = 'drawings'
const within = browserDatabase('fieldchart-drawings', {
  make: (database) => database.createObjectStore(STORE).createIndex('at', 'at'),
})
/** The newest processes: what a person works on. */
const KEPT = 30
/** To be raised when a drawing's shape changes: older ones are not read. */
const FORMAT = 1

const Rect = { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() }
const Label = Type.Object({ ...Rect, box: Type.Object({}), transition: Type.Object({}) })
const State = Type.Object({
  ...Rect,
  state: Type.Object({ path: Type.String(), children: Type.Array(Type.String()) }),
  box: Type.Object({ width: Type.Number(), height: Type.Number() }),
})
const Line = Type.Object({
  id: Type.String(),
  source: Type.String(),
  target: Type.String(),
  points: Type.Array(Type.Object({ x: Type.Number(), y: Type.Number() })),
  labels: Type.Array(Label),
})
const Row = Type.Object({
  format: Type.Literal(FORMAT),
  at: Type.Number(),
  chart: Type.Object({
    ...Rect,
    states: Type.Array(State),
    marks: Type.Array(Type.Object({ ...Rect, id: Type.String() })),
    edges: Type.Array(Line),
    dividers: Type.Array(Type.Unknown()),
  }),
})
type Kept = { readonly format: typeof FORMAT; readonly at: number; readonly chart: PlacedChart }

/** What an earlier drawing is asked for is checked; the rest is told anew from the definition. */
const isKept = (row: unknown): row is Kept => Check(Row, row)

/** Of one person's draft of a process (IndexedDB). */
export function browserDrawings(person: string, process: string, now: () => number): LocalDrawings {
  const key = `${person}/${process}`
  return {
    async read() {
      try {
        const row: unknown = await within(STORE, 'readonly', (store) => store.get(key))
        return isKept(row) ? row.chart : undefined
      } catch {
        return undefined
      }
    },
    async write(chart) {
      try {
        const row: Kept = { format: FORMAT, at: now(), chart }
        await within(STORE, 'readwrite', (store) => store.put(row, key))
        await forgetOldest()
      } catch {
        // Where nothing can be kept, lines are led anew.
      }
    },
  }
}

async function forgetOldest(): Promise<void> {
  const keys = await within(STORE, 'readonly', (store) => store.index('at').getAllKeys())
  for (const key of keys.slice(0, -KEPT)) await within(STORE, 'readwrite', (store) => store.delete(key))
}
