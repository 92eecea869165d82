/**
 * Lines and labels between states that stand where someone put them.
 *
 * Promises: pure and total; a line whose ends stand to each other as before keeps its course unless a state came in
 * its way, and is then the very same object, so that what did not change need not be drawn anew.
 * Must not: place states.
 */
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
import { Ground } from './ground.ts'
import { LABEL } from './metrics.ts'
import { piecesOf } from './near.ts'
import { barsBetween, isBarred, routeBetween } from './route.ts'

const NO_SHIFT: Point = { x: 0, y: 0 }

/** `rects`: of states and marks, by the ids of the graph. `before`: an earlier drawing of the same process. */
export function drawLines(
  graph: ChartGraph,
  rects: ReadonlyMap<string, Rect>,
  states: readonly PlacedState[],
  before: PlacedChart | undefined,
): PlacedEdge[] {
  const old = oldRects(before)
  const moved = states.filter((state) => isLeaf(state) && !stands(state, old.get(stateId(state.state.path))))
  const ground = new Ground(before, states, moved)
  const ways = waysOf(graph, rects)
  const earlier = new Map((before?.edges ?? []).map((edge) => [edge.id, edge]))
  const kept = ways.map(({ plan, source, target }) => {
    const line = earlier.get(plan.id)
    const shift = shiftOf(source, target, old.get(plan.source), old.get(plan.target))
    const points = line && keptLine(line, shift, ground, barsBetween(source, target))
    return { line, points, edge: line && points && keptEdge(plan, line, points) }
  })
  ground.settle(kept)
  return ways.map(({ plan, source, target, lane }, index) => {
    const { edge, points } = kept[index] ?? {}
    if (edge !== undefined) return edge
    const led = points ?? routeBetween(source, target, ground, lane)
    const made = labelled(plan, led, ground)
    ground.add(points === undefined ? led : [], made.labels)
    return made
  })
}

type Way = {
  readonly plan: EdgePlan
  readonly source: Rect
  readonly target: Rect
  /** Which of several lines between the same two. */
  readonly lane: number
}

function waysOf(graph: ChartGraph, rects: ReadonlyMap<string, Rect>): Way[] {
  const lanes = new Map<string, number>()
  const ways: Way[] = []
  for (const plan of graph.edges.values()) {
    const [source, target] = [rects.get(plan.source), rects.get(plan.target)]
    if (source === undefined || target === undefined) continue
    const pair = plan.source < plan.target ? `${plan.source}>${plan.target}` : `${plan.target}>${plan.source}`
    const lane = lanes.get(pair) ?? 0
    lanes.set(pair, lane + 1)
    ways.push({ plan, source, target, lane })
  }
  return ways
}

const isLeaf = ({ state }: PlacedState): boolean => state.children.length === 0
const oldRects = (before: PlacedChart | undefined): ReadonlyMap<string, Rect> =>
  new Map<string, Rect>([
    ...(before?.states ?? []).map((one): [string, Rect] => [stateId(one.state.path), one]),
    ...(before?.marks ?? []).map((one): [string, Rect] => [one.id, one]),
  ])

const alike = (one: number, other: number): boolean => Math.abs(one - other) < 1.5
/** Where it stood, as large as it was. */
const stands = (now: Rect, then: Rect | undefined): boolean =>
  then !== undefined &&
  now.x === then.x &&
  now.y === then.y &&
  now.width === then.width &&
  now.height === then.height

/** By how much both ends moved alike; undefined where they did not. */
function shiftOf(
  source: Rect,
  target: Rect,
  oldSource: Rect | undefined,
  oldTarget: Rect | undefined,
): Point | undefined {
  if (oldSource === undefined || oldTarget === undefined) return undefined
  if (stands(source, oldSource) && stands(target, oldTarget)) return NO_SHIFT
  const shift = { x: source.x - oldSource.x, y: source.y - oldSource.y }
  const isSame =
    alike(target.x - oldTarget.x, shift.x) &&
    alike(target.y - oldTarget.y, shift.y) &&
    isAsLarge(source, oldSource) &&
    isAsLarge(target, oldTarget)
  return isSame ? shift : undefined
}
type Sized = Pick<Rect, 'width' | 'height'>
const isAsLarge = (now: Sized, then: Sized): boolean =>
  alike(now.width, then.width) && alike(now.height, then.height)

/** The line of an earlier drawing, moved along, where no state came in its way. */
function keptLine(
  line: PlacedEdge,
  shift: Point | undefined,
  ground: Ground,
  bars: (box: Rect) => boolean,
): Point[] | undefined {
  if (shift === undefined) return undefined
  if (shift === NO_SHIFT) return ground.isBarredNow(line, bars) ? undefined : line.points
  const points = line.points.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }))
  return isBarred(points, ground, bars) ? undefined : points
}

/** A kept line with labels that say as much as before, at their places on it; undefined where they do not. */
function keptEdge(plan: EdgePlan, line: PlacedEdge, points: Point[]): PlacedEdge | undefined {
  const [from, to] = [line.points[0], points[0]]
  if (from === undefined || to === undefined || plan.labels.length !== line.labels.length) return undefined
  const labels = plan.labels.flatMap(({ transition, box }, index): PlacedLabel[] => {
    const before = line.labels[index]
    if (before === undefined || !isAsLarge(box, before)) return []
    if (points === line.points && before.box === box && before.transition === transition) return [before]
    const place = { x: before.x + to.x - from.x, y: before.y + to.y - from.y }
    return [{ transition, box, ...place, width: box.width, height: box.height }]
  })
  if (labels.length < plan.labels.length) return undefined
  const isVerySame =
    points === line.points &&
    plan.transitions === line.transitions &&
    plan.source === line.source &&
    plan.target === line.target &&
    labels.every((label, index) => label === line.labels[index])
  return isVerySame ? line : { ...plan, points, labels }
}

/** The labels of a line where they cover nothing, else where they cover the least. */
function labelled({ labels, ...plan }: EdgePlan, points: Point[], ground: Ground): PlacedEdge {
  if (labels.length === 0) return { ...plan, points, labels: [] }
  const width = Math.max(...labels.map(({ box }) => box.width))
  const height = labels.reduce((sum, { box }) => sum + box.height + LABEL.gap, -LABEL.gap)
  const pieces = piecesOf(points).toSorted((one, other) => long(other) - long(one))
  let best: { x: number; y: number; covers: number } | undefined
  for (const spot of spotsFor(pieces, { width, height })) {
    const covers = ground.covers(spot)
    if (best === undefined || covers < best.covers) best = { x: spot.x, y: spot.y, covers }
    if (covers === 0) break
  }
  let y = best?.y ?? 0
  const placed = labels.map(({ transition, box }): PlacedLabel => {
    const x = (best?.x ?? 0) + (width - box.width) / 2
    const label = { transition, box, x, y, width: box.width, height: box.height }
    y += box.height + LABEL.gap
    return label
  })
  return { ...plan, points, labels: placed }
}
/** On the line, and, for where it is short and crowded, beside it. */
function* spotsFor(
  pieces: readonly (readonly [Point, Point])[],
  { width, height }: { width: number; height: number },
): Generator<Rect> {
  const at = ([from, to]: readonly [Point, Point], share: number, aside: -1 | 0 | 1): Rect => ({
    x: from.x + (to.x - from.x) * share - width / 2 + (from.x === to.x ? aside * (width / 2 + ASIDE) : 0),
    y: from.y + (to.y - from.y) * share - height / 2 + (from.x === to.x ? 0 : aside * (height / 2 + ASIDE)),
    width,
    height,
  })
  for (const piece of pieces) for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) yield at(piece, share, 0)
  for (const piece of pieces)
    for (const share of [0.5, 0.3, 0.7]) for (const aside of [-1, 1] as const) yield at(piece, share, aside)
  // It is crowded: anywhere along the line.
  for (const aside of [0, -1, 1] as const)
    for (const piece of pieces)
      for (let step = 1; step < STEPS; step += 1) yield at(piece, step / STEPS, aside)
}
const STEPS = 20
/** Between a line and a label beside it. */
const ASIDE = 3
const long = ([from, to]: [Point, Point]): number => Math.hypot(to.x - from.x, to.y - from.y)
