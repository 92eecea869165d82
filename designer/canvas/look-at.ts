/** Where the eye first falls on a drawing. */
import type { ReactFlowInstance } from '@xyflow/react'
import type { PlacedChart, PlacedState, Rect } from '../../machines/drawing/graph.ts'
import type { ChartNode } from './nodes.tsx'
import type { TransitionEdge } from './transition-edge.tsx'

/** Down to this the whole of a drawing says more than a part: titles can still be told apart. */
const WHOLE = 0.4
/** What is shown of a larger one can be read. */
const READ = 0.8
/** No larger than it was drawn for. */
const MOST = 1.15

export type Sight = 'whole' | 'part'
type Pane = { readonly width: number; readonly height: number }

/**
 * Shows the whole drawing where it can be made out so; of a larger one the job's states, or else its beginning.
 *
 * @param left what of the pane is covered at its left
 */
export function lookAt(
  flow: Pick<ReactFlowInstance<ChartNode, TransitionEdge>, 'setViewport' | 'setCenter'>,
  pane: Pane | undefined,
  chart: PlacedChart,
  { active = [], left = 0 }: { active?: readonly string[] | undefined; left?: number } = {},
): Sight {
  if (pane === undefined) return 'whole'
  const room = { width: pane.width - left, height: pane.height }
  const whole = Math.min(room.width / chart.width, room.height / chart.height)
  if (whole >= WHOLE) {
    void flow.setViewport(wholeOf(pane, chart, left))
    return 'whole'
  }
  const centre = centreOf(
    chart.states.filter((each) => active.includes(each.state.path)),
    { width: pane.width / READ, height: pane.height / READ },
  )
  if (centre !== undefined) void flow.setCenter(centre.x, centre.y, { zoom: READ })
  else void flow.setViewport(beginning(room, chart, left))
  return 'part'
}

/** Where all of a drawing is in view, in the middle of what is not covered. */
export function wholeOf(pane: Pane, chart: Rect, left: number): { x: number; y: number; zoom: number } {
  const room = { width: pane.width - left, height: pane.height }
  const zoom = Math.min(room.width / chart.width, room.height / chart.height, MOST)
  return {
    x: left + (room.width - chart.width * zoom) / 2 - chart.x * zoom,
    y: (room.height - chart.height * zoom) / 2 - chart.y * zoom,
    zoom,
  }
}

/** The upper edge, and across as much as there is room for, with the initial state in it. */
function beginning(room: Pane, chart: PlacedChart, left: number): { x: number; y: number; zoom: number } {
  const zoom = Math.min(READ, Math.max(room.width / chart.width, 0.7))
  const start = chart.marks.find((mark) => mark.id === 'i:') ?? chart
  const across = room.width / zoom
  const down = room.height / zoom
  const x =
    chart.width <= across
      ? chart.x - (across - chart.width) / 2
      : Math.max(chart.x, Math.min(start.x - across / 3, chart.x + chart.width - across))
  const y = start.y - chart.y < down * 0.6 ? chart.y : start.y - down / 4
  return { x: left - x * zoom, y: -y * zoom, zoom }
}

/** The middle of all where they fit the room together, else of the first. */
function centreOf(
  states: readonly PlacedState[],
  room: { width: number; height: number },
): { x: number; y: number } | undefined {
  const [first] = states
  if (first === undefined) return undefined
  const left = Math.min(...states.map((each) => each.x))
  const right = Math.max(...states.map((each) => each.x + each.width))
  const top = Math.min(...states.map((each) => each.y))
  const bottom = Math.max(...states.map((each) => each.y + each.height))
  if (right - left < room.width && bottom - top < room.height)
    return { x: (left + right) / 2, y: (top + bottom) / 2 }
  return { x: first.x + first.width / 2, y: first.y + first.height / 2 }
}
