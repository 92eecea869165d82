/** Where the eye first falls on a drawing. */
import type { ReactFlowInstance } from '@xyflow/react'
import type { PlacedChart, PlacedState } from '../../machines/drawing/graph.ts'
import type { ChartNode } from './nodes.tsx'
import type { TransitionEdge } from './transition-edge.tsx'

/** Smaller than this nothing can be read. */
const READABLE = 0.55
/** Beside a job's states. */
const LOOK = 0.85

/**
 * The whole drawing where it can be read so; of a large one the job's states, or else its beginning.
 */
export function lookAt(
  flow: ReactFlowInstance<ChartNode, TransitionEdge>,
  chart: PlacedChart,
  active: readonly string[],
): void {
  const pane = document.querySelector('.chart .react-flow')?.getBoundingClientRect()
  if (pane === undefined) return
  const whole = Math.min(pane.width / chart.width, pane.height / chart.height)
  if (whole >= READABLE) {
    const zoom = Math.min(whole, 1.15)
    void flow.setViewport({
      x: (pane.width - chart.width * zoom) / 2,
      y: (pane.height - chart.height * zoom) / 2,
      zoom,
    })
    return
  }
  const centre = centreOf(
    chart.states.filter((each) => active.includes(each.state.path)),
    { width: pane.width / LOOK, height: pane.height / LOOK },
  )
  if (centre !== undefined) {
    void flow.setCenter(centre.x, centre.y, { zoom: LOOK })
    return
  }
  const start = chart.marks.find((mark) => mark.id === 'i:')
  const zoom = Math.max(READABLE, Math.min(pane.width / chart.width, 1))
  const middle = start === undefined ? chart.width / 2 : start.x
  const x =
    chart.width * zoom <= pane.width ? (pane.width - chart.width * zoom) / 2 : pane.width / 2 - middle * zoom
  void flow.setViewport({ x: Math.min(x, 16), y: 0, zoom })
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
