/**
 * The drawing where its owner put it: states at their places, lines and labels led between them.
 *
 * Promises: pure and total; a state with a place stands exactly there, one without gets a free spot and moves no
 * other; a group is as large as what lies in it. A line whose ends stand to each other as before keeps its course.
 * Must not: run ELK, change a layout, or know the DOM.
 */

import type { StateBox } from './boxes.ts'
import {
  type ChartGraph,
  type PlacedChart,
  type PlacedState,
  type Point,
  type Rect,
  stateId,
} from './graph.ts'
import { drawLines } from './lines.ts'
import { DOT_ABOVE, placeMarks } from './marks.ts'
import { GROUP, HISTORY } from './metrics.ts'
import type { ChartModel, ChartState } from './model.ts'
import { divide } from './place.ts'
import type { Box } from './places.ts'

export type Places = { readonly [path: string]: Box }
/** `places`: those of all states, also of those that had none. */
export type Arranged = { readonly chart: PlacedChart; readonly places: Places }

/** Between a state and one put below or beside it. */
const GAP = { below: 64, beside: 44 } as const
const CORNER: Point = { x: 16, y: 16 }

/** The drawing of a definition with its places. `before`: an earlier drawing, whose lines are kept where they fit. */
export function arrange(
  graph: ChartGraph,
  model: ChartModel,
  places: Places,
  before?: PlacedChart,
): Arranged {
  const { placed: states, places: complete } = placeStates(graph, model, places)
  const chart: PlacedChart = {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
    states: [...states.values()],
    marks: [],
    edges: [],
    dividers: [],
  }
  for (const frame of chart.states)
    if (frame.state.kind === 'parallel') divide(chart, frame, graph.edges.values())
  if (before !== undefined) chart.states = sameStates(chart.states, before.states)
  const rects = new Map<string, Rect>(chart.states.map((placed) => [stateId(placed.state.path), placed]))
  placeMarks(chart, graph, rects, before)
  chart.edges = drawLines(graph, rects, chart.states, before)
  return { chart: withBounds(chart), places: complete }
}

/** Where a layout put each state, from its parent's corner: what is stored once something was moved. */
export function placesOf(chart: PlacedChart): Places {
  const origins = originsOf(chart)
  const boxes = chart.states.map(({ state, x, y, width, height }): [string, Box] => {
    const from = state.path === '' ? { x, y } : (origins.get(state.parent ?? '') ?? CORNER)
    const place = { x: Math.round(x - from.x), y: Math.round(y - from.y) }
    // A group keeps the room its layout gave to the lines within.
    return [
      state.path,
      state.children.length === 0
        ? place
        : { ...place, width: Math.round(width), height: Math.round(height) },
    ]
  })
  return Object.fromEntries(boxes)
}
/** A laid-out drawing counts from the corners of its states. */
const originsOf = (chart: PlacedChart): Map<string, Point> =>
  new Map(chart.states.map(({ state, x, y }) => [state.path, state.path === '' ? CORNER : { x, y }]))

type Extent = { left: number; top: number; right: number; bottom: number }

function placeStates(
  graph: ChartGraph,
  model: ChartModel,
  places: Places,
): { placed: Map<string, PlacedState>; places: Places } {
  const found = new Map<string, Point>()
  const extents = new Map<string, Extent>()
  // Children come after their parents in the model: from the last to the first, each knows what lies in it.
  for (const state of [...model.states.values()].toReversed()) {
    const box = graph.boxes.get(stateId(state.path))?.box
    if (box === undefined) continue
    extents.set(state.path, extentOf(state, box, model, places, extents, found))
  }
  const origins = new Map<string, Point>()
  const placed = new Map<string, PlacedState>()
  for (const state of model.states.values()) {
    const drawn = graph.boxes.get(stateId(state.path))
    const extent = extents.get(state.path)
    if (drawn === undefined || extent === undefined) continue
    const above = state.parent === undefined ? undefined : origins.get(state.parent)
    const own = found.get(state.path) ?? CORNER
    const origin = above === undefined ? CORNER : { x: above.x + own.x, y: above.y + own.y }
    origins.set(state.path, origin)
    placed.set(state.path, {
      ...drawn,
      open: false,
      x: origin.x + extent.left,
      y: origin.y + extent.top,
      width: extent.right - extent.left,
      height: extent.bottom - extent.top,
    })
  }
  const complete = [...found].map(([path, at]): [string, Box] => {
    const place = placeOf(places, path)
    return [path, place === undefined ? { ...at, auto: true } : { ...place, ...at }]
  })
  return { placed, places: Object.fromEntries(complete) }
}

/** The room a state takes, from its own origin; its children get their places on the way. */
function extentOf(
  state: ChartState,
  box: StateBox,
  model: ChartModel,
  places: Places,
  extents: ReadonlyMap<string, Extent>,
  found: Map<string, Point>,
): Extent {
  if (state.kind === 'history') return { left: 0, top: 0, right: HISTORY, bottom: HISTORY }
  // A folded group is as large as what is told of it; its room is kept for when it is opened.
  const stored = state.holds === undefined ? placeOf(places, state.path) : undefined
  const least = {
    right: Math.max(box.width, stored?.width ?? 0),
    bottom: Math.max(box.height, stored?.height ?? 0),
  }
  if (state.children.length === 0) return { left: 0, top: 0, ...least }
  const head = box.height + GROUP.headGap
  const taken: { path: string; rect: Rect }[] = []
  const put = (path: string, at: Point): void => {
    const extent = extents.get(path)
    if (extent === undefined) return
    found.set(path, at)
    taken.push({
      path,
      rect: {
        x: at.x + extent.left,
        y: at.y + extent.top,
        width: extent.right - extent.left,
        height: extent.bottom - extent.top,
      },
    })
  }
  for (const path of state.children) {
    const place = placeOf(places, path)
    if (place !== undefined) put(path, place)
  }
  for (const path of state.children) if (!found.has(path)) put(path, spotFor(path, state, model, taken, head))
  // Regions fill their parent from border to border.
  const parallel = state.kind === 'parallel'
  const side = parallel ? 0 : GROUP.padX
  const above = parallel ? head - GROUP.headGap / 2 : head
  const below = parallel ? 0 : GROUP.padBottom
  return {
    left: Math.min(...taken.map(({ rect }) => rect.x - side), 0),
    top: Math.min(...taken.map(({ rect }) => rect.y - above), 0),
    right: Math.max(...taken.map(({ rect }) => rect.x + rect.width + side), least.right),
    bottom: Math.max(...taken.map(({ rect }) => rect.y + rect.height + below), least.bottom, head),
  }
}
const placeOf = (places: Places, path: string): Box | undefined =>
  Object.hasOwn(places, path) ? places[path] : undefined

/** Below the state that leads to it, else below all; regions stand side by side. */
function spotFor(
  path: string,
  parent: ChartState,
  model: ChartModel,
  taken: readonly { path: string; rect: Rect }[],
  head: number,
): Point {
  const last = taken.at(-1)?.rect
  if (last === undefined)
    return { x: GROUP.padX + 10, y: head + (parent.initial === undefined ? 0 : DOT_ABOVE) }
  if (parent.kind === 'parallel') {
    const right = Math.max(...taken.map(({ rect }) => rect.x + rect.width))
    return { x: right + GAP.beside, y: Math.min(...taken.map(({ rect }) => rect.y)) }
  }
  const leading = model.transitions.find(({ targets }) => targets.includes(path))?.source
  const beside = taken.find((each) => each.path === leading)?.rect ?? last
  const bottom = Math.max(...taken.map(({ rect }) => rect.y + rect.height))
  const below = { x: beside.x, y: beside.y + beside.height + GAP.below }
  const free = taken.every(
    ({ rect }) =>
      below.y > rect.y + rect.height ||
      below.y + 80 < rect.y ||
      below.x > rect.x + rect.width + 8 ||
      below.x + 160 < rect.x,
  )
  return free ? below : { x: beside.x, y: bottom + GAP.below }
}

/** States that stand as they stood are the very same objects, so that they need not be drawn anew. */
function sameStates(states: readonly PlacedState[], before: readonly PlacedState[]): PlacedState[] {
  const known = new Map(before.map((placed) => [placed.state.path, placed]))
  return states.map((placed) => {
    const old = known.get(placed.state.path)
    const isSame =
      old !== undefined &&
      old.state === placed.state &&
      old.box === placed.box &&
      old.open === placed.open &&
      isSamePlace(placed, old)
    return isSame ? old : placed
  })
}
const isSamePlace = (one: Rect, other: Rect): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height

function withBounds(chart: PlacedChart): PlacedChart {
  let [x, y] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const hold = (box: Point & Partial<Rect>): void => {
    x = Math.min(x, box.x)
    y = Math.min(y, box.y)
    right = Math.max(right, box.x + (box.width ?? 0))
    bottom = Math.max(bottom, box.y + (box.height ?? 0))
  }
  for (const state of chart.states) hold(state)
  for (const mark of chart.marks) hold(mark)
  for (const { labels, points } of chart.edges) {
    for (const label of labels) hold(label)
    for (const point of points) hold(point)
  }
  return { ...chart, x: x - 16, y: y - 16, width: right - x + 32, height: bottom - y + 32 }
}
