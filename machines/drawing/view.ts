/**
 * A placed drawing as it is sent and kept, and back again.
 *
 * Promises: pure; with the graph of the same definition in the same language, what comes back is the drawing that went
 * in, to the last digit: places are rounded once they are the owner's, and must not be rounded apart.
 * Must not: tell what is in a box: the graph does.
 */
import type { DrawingView } from '../wire/drawing.ts'
import type { ChartGraph, PlacedChart, PlacedEdge, PlacedState, Point, Rect } from './graph.ts'
import { stateId } from './graph.ts'

const rectOf = ({ x, y, width, height }: Rect): Rect => ({ x, y, width, height })

export function drawingView(chart: PlacedChart): DrawingView {
  return {
    width: chart.width,
    height: chart.height,
    states: chart.states.map(({ state, open, ...rect }) => ({
      path: state.path,
      ...rectOf(rect),
      ...(open ? { open } : {}),
    })),
    marks: chart.marks.map(({ id, ...rect }) => ({ id, ...rectOf(rect) })),
    lines: chart.edges.map(({ id, points, labels }) => ({
      id,
      points: points.flatMap(({ x, y }) => [x, y]),
      labels: labels.map(rectOf),
    })),
    dividers: chart.dividers,
  }
}

/** Undefined where the drawing is not one of all that the graph holds, and of nothing else. */
export function chartFrom(graph: ChartGraph, view: DrawingView): PlacedChart | undefined {
  const states = view.states.flatMap(({ path, open = false, ...rect }): PlacedState[] => {
    const drawn = graph.boxes.get(stateId(path))
    return drawn === undefined ? [] : [{ ...drawn, ...rect, open }]
  })
  const marks = view.marks.flatMap(({ id, ...rect }): PlacedChart['marks'] => {
    const kind = graph.marks.get(id)
    return kind === undefined ? [] : [{ id, kind, ...rect }]
  })
  const edges = view.lines.flatMap((line): PlacedEdge[] => lineFrom(graph, line))
  const isWhole =
    isEach(states, view.states, graph.boxes) &&
    isEach(marks, view.marks, graph.marks) &&
    isEach(edges, view.lines, graph.edges)
  if (!isWhole) return undefined
  return { x: 0, y: 0, width: view.width, height: view.height, states, marks, edges, dividers: view.dividers }
}

const isEach = (
  found: readonly unknown[],
  told: readonly unknown[],
  all: ReadonlyMap<string, unknown>,
): boolean => found.length === told.length && found.length === all.size

function lineFrom(graph: ChartGraph, { id, points, labels }: DrawingView['lines'][number]): PlacedEdge[] {
  const plan = graph.edges.get(id)
  if (plan === undefined || plan.labels.length !== labels.length) return []
  return [
    {
      ...plan,
      points: points.flatMap((x, index): Point[] => {
        const y = points[index + 1]
        return index % 2 === 1 || y === undefined ? [] : [{ x, y }]
      }),
      labels: plan.labels.flatMap((label, index) => {
        const rect = labels[index]
        return rect === undefined ? [] : [{ ...label, ...rect }]
      }),
    },
  ]
}
