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
import { LABEL } from './metrics.ts'
import { LinesNear, piecesOf, RectsNear } from './near.ts'
import { barsBetween, isBarred, routeBetween } from './route.ts'

const NO_SHIFT: Point = { x: 0, y: 0 }

/** `rects`: of states and marks, by the ids of the graph. `before`: an earlier drawing of the same process. */
export function drawLines(
  graph: ChartGraph,
  rects: ReadonlyMap<string, Rect>,
  states: readonly PlacedState[],
  before: PlacedChart | undefined,
): PlacedEdge[] {
  const leaves = states.filter(({ state }) => state.children.length === 0)
  const old = oldRects(before)
  const earlier = new Map((before?.edges ?? []).map((edge) => [edge.id, edge]))
  const moved = leaves.filter((leaf) => !stands(leaf, old.get(stateId(leaf.state.path))))
  const [all, fresh] = [new RectsNear<Rect>(leaves), new RectsNear<Rect>(moved)]
  const lines = new LinesNear()
  // Labels keep clear of states and of each other.
  const covered = new RectsNear<Rect>(leaves)
  const lanes = new Map<string, number>()
  const drawn: PlacedEdge[] = []
  for (const plan of graph.edges.values()) {
    const [source, target] = [rects.get(plan.source), rects.get(plan.target)]
    if (source === undefined || target === undefined) continue
    const pair = plan.source < plan.target ? `${plan.source}>${plan.target}` : `${plan.target}>${plan.source}`
    const lane = lanes.get(pair) ?? 0
    lanes.set(pair, lane + 1)
    const line = earlier.get(plan.id)
    const shift = shiftOf(source, target, old.get(plan.source), old.get(plan.target))
    const kept = keptLine(line, shift, shift === NO_SHIFT ? fresh : all, barsBetween(source, target))
    const points = kept ?? routeBetween(source, target, { states: all, lines }, lane)
    const edge =
      kept === undefined || line === undefined
        ? labelled(plan, points, covered)
        : (keptEdge(plan, line, points) ?? labelled(plan, points, covered))
    lines.add(points)
    for (const label of edge.labels) covered.add(label)
    drawn.push(edge)
  }
  return drawn
}

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
  line: PlacedEdge | undefined,
  shift: Point | undefined,
  inTheWay: RectsNear<Rect>,
  bars: (box: Rect) => boolean,
): Point[] | undefined {
  if (line === undefined || shift === undefined) return undefined
  const points =
    shift === NO_SHIFT ? line.points : line.points.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }))
  return isBarred(points, inTheWay, bars) ? undefined : points
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
function labelled({ labels, ...plan }: EdgePlan, points: Point[], covered: RectsNear<Rect>): PlacedEdge {
  if (labels.length === 0) return { ...plan, points, labels: [] }
  const width = Math.max(...labels.map(({ box }) => box.width))
  const height = labels.reduce((sum, { box }) => sum + box.height + LABEL.gap, -LABEL.gap)
  const pieces = piecesOf(points).toSorted((one, other) => long(other) - long(one))
  let best: { x: number; y: number; covers: number } | undefined
  for (const [from, to] of pieces)
    for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      if (best?.covers === 0) break
      const x = from.x + (to.x - from.x) * share - width / 2
      const y = from.y + (to.y - from.y) * share - height / 2
      const spot = { x, y, width, height }
      const covers = covered.count(spot, (box) => overlaps(spot, box))
      if (best === undefined || covers < best.covers) best = { x, y, covers }
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
const long = ([from, to]: [Point, Point]): number => Math.hypot(to.x - from.x, to.y - from.y)
const overlaps = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
