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
  type EdgePlan,
  type PlacedChart,
  type PlacedEdge,
  type PlacedLabel,
  type PlacedState,
  type Point,
  type Rect,
  stateId,
} from './graph.ts'
import { DOT, FORK, GROUP, HISTORY, LABEL } from './metrics.ts'
import type { ChartModel, ChartState } from './model.ts'
import { divide } from './place.ts'
import type { Box } from './places.ts'
import { piecesOf, routeBetween, runsThrough } from './route.ts'

export type Places = { readonly [path: string]: Box }
/** `places`: those of all states, also of those that had none. */
export type Arranged = { readonly chart: PlacedChart; readonly places: Places }

/** Between a state and one put below or beside it. */
const GAP = { below: 64, beside: 44, dot: 30 } as const
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
  for (const frame of chart.states) if (frame.state.kind === 'parallel') divide(chart, frame)
  const rects = new Map<string, Rect>(chart.states.map((placed) => [stateId(placed.state.path), placed]))
  placeMarks(chart, graph, rects)
  routeAll(chart, graph, rects, before)
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
  const complete = [...found].map(([path, at]): [string, Box] => [path, { ...placeOf(places, path), ...at }])
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
  const stored = placeOf(places, state.path)
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
    return { x: GROUP.padX + 10, y: head + (parent.initial === undefined ? 0 : GAP.dot) }
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

function placeMarks(chart: PlacedChart, graph: ChartGraph, rects: Map<string, Rect>): void {
  for (const [id, kind] of graph.marks) {
    const edge = [...graph.edges.values()].find(({ source }) => source === id)
    const target = edge === undefined ? undefined : rects.get(edge.target)
    if (target === undefined) continue
    const size = kind === 'initial' ? { width: DOT, height: DOT } : FORK
    const rise = kind === 'initial' ? GAP.dot : 46
    const mark = {
      id,
      kind,
      ...size,
      x:
        kind === 'initial'
          ? target.x + Math.min(24, target.width / 2) - DOT / 2
          : target.x + target.width / 2 - size.width / 2,
      y: target.y - rise,
    }
    chart.marks.push(mark)
    rects.set(id, mark)
  }
}

function routeAll(
  chart: PlacedChart,
  graph: ChartGraph,
  rects: ReadonlyMap<string, Rect>,
  before: PlacedChart | undefined,
): void {
  const leaves = chart.states.filter(({ state }) => state.children.length === 0)
  const old = new Map<string, Rect>(
    before === undefined
      ? []
      : [
          ...before.states.map((one): [string, Rect] => [stateId(one.state.path), one]),
          ...before.marks.map((one): [string, Rect] => [one.id, one]),
        ],
  )
  const lines = new Map((before?.edges ?? []).map((edge) => [edge.id, edge]))
  const lanes = new Map<string, number>()
  const taken: Point[][] = []
  for (const plan of graph.edges.values()) {
    const source = rects.get(plan.source)
    const target = rects.get(plan.target)
    if (source === undefined || target === undefined) continue
    const obstacles = leaves.filter(
      (leaf) => leaf !== source && leaf !== target && !within(leaf, target) && !within(leaf, source),
    )
    const pair = [plan.source, plan.target].toSorted().join('>')
    const lane = lanes.get(pair) ?? 0
    lanes.set(pair, lane + 1)
    const line = lines.get(plan.id)
    const kept = keptLine(line, old.get(plan.source), old.get(plan.target), source, target, obstacles)
    const points = kept ?? routeBetween(source, target, obstacles, taken, lane)
    taken.push(points)
    const labels = kept === undefined || line === undefined ? undefined : keptLabels(plan, line, points)
    chart.edges.push(
      labels === undefined ? labelled(plan, points, leaves, chart.edges) : { ...plan, points, labels },
    )
  }
}
const within = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const alike = (one: number, other: number): boolean => Math.abs(one - other) < 1.5

/** The line of an earlier drawing, moved along, where both ends moved alike and no state came in its way. */
function keptLine(
  line: PlacedEdge | undefined,
  oldSource: Rect | undefined,
  oldTarget: Rect | undefined,
  source: Rect,
  target: Rect,
  obstacles: readonly Rect[],
): Point[] | undefined {
  if (line === undefined || oldSource === undefined || oldTarget === undefined) return undefined
  const shift = { x: source.x - oldSource.x, y: source.y - oldSource.y }
  const same =
    alike(target.x - oldTarget.x, shift.x) &&
    alike(target.y - oldTarget.y, shift.y) &&
    [
      [source, oldSource],
      [target, oldTarget],
    ].every(
      ([now, then]) =>
        now !== undefined &&
        then !== undefined &&
        alike(now.width, then.width) &&
        alike(now.height, then.height),
    )
  if (!same) return undefined
  const points = line.points.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }))
  const barred = piecesOf(points).some(([from, to]) => obstacles.some((box) => runsThrough(from, to, box)))
  return barred ? undefined : points
}

/** Labels that say as much as before stay on their line. */
function keptLabels(plan: EdgePlan, line: PlacedEdge, points: readonly Point[]): PlacedLabel[] | undefined {
  const [from, to] = [line.points[0], points[0]]
  if (from === undefined || to === undefined || plan.labels.length !== line.labels.length) return undefined
  const labels = plan.labels.flatMap(({ transition, box }, index): PlacedLabel[] => {
    const before = line.labels[index]
    return before === undefined || !alike(before.width, box.width) || !alike(before.height, box.height)
      ? []
      : [
          {
            transition,
            box,
            x: before.x + to.x - from.x,
            y: before.y + to.y - from.y,
            width: box.width,
            height: box.height,
          },
        ]
  })
  return labels.length === plan.labels.length ? labels : undefined
}

/** The labels of a line where they cover nothing, else at its middle. */
function labelled(
  { labels, ...plan }: EdgePlan,
  points: Point[],
  leaves: readonly Rect[],
  drawn: readonly PlacedEdge[],
): PlacedEdge {
  if (labels.length === 0) return { ...plan, points, labels: [] }
  const width = Math.max(...labels.map(({ box }) => box.width))
  const height = labels.reduce((sum, { box }) => sum + box.height + LABEL.gap, -LABEL.gap)
  const others = drawn.flatMap((edge) => edge.labels)
  const pieces = piecesOf(points).toSorted((one, other) => long(other) - long(one))
  const spots = pieces.flatMap(([from, to]) =>
    [0.5, 0.3, 0.7, 0.15, 0.85].map((share) => ({
      x: from.x + (to.x - from.x) * share - width / 2,
      y: from.y + (to.y - from.y) * share - height / 2,
      width,
      height,
    })),
  )
  const covers = (spot: Rect): number => [...leaves, ...others].filter((box) => overlaps(spot, box)).length
  const spot =
    spots.find((each) => covers(each) === 0) ?? spots.toSorted((one, other) => covers(one) - covers(other))[0]
  let y = spot?.y ?? 0
  const placed = labels.map(({ transition, box }): PlacedLabel => {
    const label = {
      transition,
      box,
      x: (spot?.x ?? 0) + (width - box.width) / 2,
      y,
      width: box.width,
      height: box.height,
    }
    y += box.height + LABEL.gap
    return label
  })
  return { ...plan, points, labels: placed }
}
const long = ([from, to]: [Point, Point]): number => Math.hypot(to.x - from.x, to.y - from.y)
const overlaps = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

function withBounds(chart: PlacedChart): PlacedChart {
  const boxes: Rect[] = [...chart.states, ...chart.marks, ...chart.edges.flatMap((edge) => edge.labels)]
  const points = chart.edges.flatMap((edge) => edge.points)
  const x = Math.min(...boxes.map((box) => box.x), ...points.map((point) => point.x)) - 16
  const y = Math.min(...boxes.map((box) => box.y), ...points.map((point) => point.y)) - 16
  const right = Math.max(...boxes.map((box) => box.x + box.width), ...points.map((point) => point.x)) + 16
  const bottom = Math.max(...boxes.map((box) => box.y + box.height), ...points.map((point) => point.y)) + 16
  return { ...chart, x, y, width: right - x, height: bottom - y }
}
