/** What became of a state or transition between two versions, for a drawing of the difference. */

import type { PlacedChart } from '../../machines/drawing/graph.ts'

export type Mark = 'added' | 'changed' | 'removed'
/** By a state's path, or a transition's pointer. */
export type Marks = ReadonlyMap<string, Mark>

export const NO_MARKS: Marks = new Map()

/** The mark of a line that several transitions share. */
export function sharedMark(pointers: readonly string[], marks: Marks): Mark | undefined {
  const found = pointers.map((pointer) => marks.get(pointer))
  const [first] = found
  if (found.every((mark) => mark === first)) return first
  return found.some((mark) => mark !== undefined) ? 'changed' : undefined
}

/** Where a difference is to be seen: the marked states, or else the states that marked transitions start from. */
export function markedStates(chart: PlacedChart, marks: Marks = NO_MARKS): string[] {
  const states = chart.states.flatMap(({ state }) => (marks.has(state.path) ? [state.path] : []))
  if (states.length > 0) return states
  return chart.edges.flatMap(({ transitions }) =>
    transitions.flatMap(({ pointer, source }) => (marks.has(pointer) ? [source] : [])),
  )
}
