/**
 * Where initial dots and forks stand in a drawing whose states were placed.
 *
 * Promises: pure and total; a mark whose state and group stand as before, or were moved together, keeps its place
 * among them. Must not: place states or lines.
 */
import {
  type ChartGraph,
  type PlacedChart,
  type PlacedMark,
  type Point,
  type Rect,
  stateId,
} from './graph.ts'
import { DOT, FORK } from './metrics.ts'

/** Above the state that a mark leads to. */
export const DOT_ABOVE = 30
const FORK_ABOVE = 46

/** `rects`: of states by the ids of the graph; those of the marks are added. */
export function placeMarks(
  chart: PlacedChart,
  graph: ChartGraph,
  rects: Map<string, Rect>,
  before: PlacedChart | undefined,
): void {
  const leadsTo = firstTargets(graph.edges.values(), graph)
  const known = new Map((before?.marks ?? []).map((mark) => [mark.id, mark]))
  const wasLeading = firstTargets(before?.edges ?? [], graph)
  const places = new Map(chart.states.map((placed) => [stateId(placed.state.path), placed]))
  const old = new Map((before?.states ?? []).map((placed) => [stateId(placed.state.path), placed]))
  for (const [id, kind] of graph.marks) {
    const targetId = leadsTo.get(id) ?? ''
    const target = places.get(targetId)
    if (target === undefined) continue
    const stood = known.get(id)
    const around = stateId(target.state.parent ?? '')
    const shift =
      wasLeading.get(id) === targetId
        ? commonShift(target, old.get(targetId), places.get(around), old.get(around))
        : undefined
    const made = stood !== undefined && shift !== undefined ? moved(stood, shift) : markAt(id, kind, target)
    chart.marks.push(made)
    rects.set(id, made)
  }
}

function firstTargets(
  edges: Iterable<{ source: string; target: string }>,
  graph: ChartGraph,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { source, target } of edges)
    if (graph.marks.has(source) && !found.has(source)) found.set(source, target)
  return found
}

/** By how much a state and the group around it moved alike; undefined where they did not. */
function commonShift(
  state: Rect,
  oldState: Rect | undefined,
  group: Rect | undefined,
  oldGroup: Rect | undefined,
): Point | undefined {
  if (oldState === undefined || group === undefined || oldGroup === undefined) return undefined
  const shift = { x: state.x - oldState.x, y: state.y - oldState.y }
  const isAlike =
    Math.abs(group.x - oldGroup.x - shift.x) < ROUNDED && Math.abs(group.y - oldGroup.y - shift.y) < ROUNDED
  return isAlike ? shift : undefined
}
/** Stored places are whole numbers, each from its group's corner. */
const ROUNDED = 1.5

const moved = (mark: PlacedMark, { x, y }: Point): PlacedMark =>
  x === 0 && y === 0 ? mark : { ...mark, x: mark.x + x, y: mark.y + y }

function markAt(id: string, kind: PlacedMark['kind'], target: Rect): PlacedMark {
  const size = kind === 'initial' ? { width: DOT, height: DOT } : FORK
  const rise = kind === 'initial' ? DOT_ABOVE : FORK_ABOVE
  const x =
    kind === 'initial'
      ? target.x + Math.min(24, target.width / 2) - DOT / 2
      : target.x + target.width / 2 - size.width / 2
  return { id, kind, ...size, x, y: target.y - rise }
}
