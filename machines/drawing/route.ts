/**
 * A transition's line between two states that someone placed by hand: right angles, around the states in its way.
 *
 * Promises: pure and total; always a line, the shortest of those tried that cross the fewest states and run on the
 * fewest other lines. Must not: place states or labels.
 */
import type { Point, Rect } from './graph.ts'
import { piecesOf } from './near.ts'

type Side = 'top' | 'bottom' | 'left' | 'right'
const SIDES: readonly Side[] = ['bottom', 'right', 'left', 'top']
/** How far a line leaves its state before it turns. */
const STUB = 18
/** Between lines side by side. */
const LANE = 22
const COST = { bend: 30, crossing: 500, through: 4000, along: 160 } as const

const middle = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
const clamp = (value: number, low: number, high: number): number =>
  low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high)
const holds = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** Whether a piece of a line runs through the inside of a box. */
export function runsThrough(from: Point, to: Point, box: Rect, slack = 3): boolean {
  return (
    Math.max(from.x, to.x) > box.x + slack &&
    Math.min(from.x, to.x) < box.x + box.width - slack &&
    Math.max(from.y, to.y) > box.y + slack &&
    Math.min(from.y, to.y) < box.y + box.height - slack
  )
}
/** What a line has to keep clear of. */
export type Surroundings = {
  /** How many states in an area are counted by `counts`; it is asked of those that are no obstacle, too. */
  states(area: Rect, counts: (box: Rect) => boolean): number
  /** How many lines already drawn run beside a piece of one. */
  along(from: Point, to: Point): number
}

/** @param lane which of several lines between the same two states */
export function routeBetween(source: Rect, target: Rect, around: Surroundings, lane = 0): Point[] {
  if (source === target) return loop(source, lane)
  const isNested = holds(source, target) || holds(target, source)
  const lines = holds(source, target)
    ? inward(source, target, lane)
    : holds(target, source)
      ? inward(target, source, lane).map((line) => line.toReversed())
      : detours(source, target, lane)
  const ends = isNested ? [] : [source, target]
  const isNear = nearBetween(source, target)
  const bars = barsBetween(source, target)
  const isObstacle = (box: Rect): boolean => isNear(box) && bars(box)
  let best: { line: Point[]; cost: number } | undefined
  for (const line of lines) {
    const cost = costOf(line, ends, around, isObstacle, best?.cost ?? Number.POSITIVE_INFINITY)
    if (best === undefined || cost < best.cost) best = { line, cost }
  }
  return best?.line ?? [middle(source), middle(target)]
}

/** Whether a state can bar a line between two: it is neither of them, and lies within none of them. */
export const barsBetween =
  (source: Rect, target: Rect) =>
  (box: Rect): boolean =>
    box !== source && box !== target && !holds(target, box) && !holds(source, box)

/** States far off bar none of the lines that are tried. */
function nearBetween(source: Rect, target: Rect): (box: Rect) => boolean {
  const reach = 60
  const left = Math.min(source.x, target.x) - reach
  const top = Math.min(source.y, target.y) - reach
  const right = Math.max(source.x + source.width, target.x + target.width) + reach
  const bottom = Math.max(source.y + source.height, target.y + target.height) + reach
  return (box) => box.x < right && box.y < bottom && box.x + box.width > left && box.y + box.height > top
}

/** What a line costs; from `limit` on, no more than that it does. */
function costOf(
  line: readonly Point[],
  ends: readonly Rect[],
  around: Surroundings,
  isObstacle: (box: Rect) => boolean,
  limit: number,
): number {
  const pieces = piecesOf(line)
  let cost = (line.length - 2) * COST.bend
  for (const [from, to] of pieces) cost += Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
  for (const [from, to] of pieces) {
    if (cost >= limit) return cost
    for (const end of ends) if (runsThrough(from, to, end, 1)) cost += COST.through
    const crossed = (box: Rect): boolean => runsThrough(from, to, box, -3) && isObstacle(box)
    cost += COST.crossing * around.states(areaOf(from, to, 6), crossed)
    cost += COST.along * around.along(from, to)
  }
  return cost
}
/** The area a piece of a line fills, with room around it. */
const areaOf = (from: Point, to: Point, room: number): Rect => ({
  x: Math.min(from.x, to.x) - room,
  y: Math.min(from.y, to.y) - room,
  width: Math.abs(to.x - from.x) + room * 2,
  height: Math.abs(to.y - from.y) + room * 2,
})

/** Whether a line runs through a state that bars it. */
export const isBarred = (
  points: readonly Point[],
  around: Pick<Surroundings, 'states'>,
  bars: (box: Rect) => boolean,
): boolean =>
  piecesOf(points).some(
    ([from, to]) => around.states(areaOf(from, to, 0), (box) => runsThrough(from, to, box) && bars(box)) > 0,
  )

/** Out at the right and in again. */
function loop(box: Rect, lane: number): Point[] {
  const right = box.x + box.width
  const reach = right + 28 + lane * LANE
  const top = box.y + Math.min(14, box.height / 4)
  const bottom = box.y + Math.min(box.height - 6, 14 + Math.max(22, box.height / 3))
  return [
    { x: right, y: top },
    { x: reach, y: top },
    { x: reach, y: bottom },
    { x: right, y: bottom },
  ]
}

/** From the border of a state straight to one within it. */
function inward(outer: Rect, inner: Rect, lane: number): Point[][] {
  const at = middle(inner)
  const x = clamp(at.x + lane * LANE, inner.x + 8, inner.x + inner.width - 8)
  const y = clamp(at.y + lane * LANE, inner.y + 8, inner.y + inner.height - 8)
  return [
    [
      { x: outer.x, y },
      { x: inner.x, y },
    ],
    [
      { x: outer.x + outer.width, y },
      { x: inner.x + inner.width, y },
    ],
    [
      { x, y: outer.y + outer.height },
      { x, y: inner.y + inner.height },
    ],
    [
      { x, y: outer.y },
      { x, y: inner.y },
    ],
  ]
}

function detours(source: Rect, target: Rect, lane: number): Point[][] {
  const found: Point[][] = straight(source, target, lane)
  for (const out of SIDES)
    for (const into of SIDES) {
      const from = port(source, out, lane)
      const to = port(target, into, lane)
      const left = away(from, out)
      const reached = away(to, into)
      for (const between of turns(left, reached, source, target, lane))
        found.push(plain([from, left, ...between, reached, to]))
    }
  return found
}

/** Where the two face each other, a single piece. */
function straight(source: Rect, target: Rect, lane: number): Point[][] {
  const found: Point[][] = []
  const low = Math.max(source.x, target.x) + 8
  const high = Math.min(source.x + source.width, target.x + target.width) - 8
  if (low <= high) {
    const x = clamp((low + high) / 2 + lane * LANE, low, high)
    const down = source.y + source.height <= target.y
    const up = target.y + target.height <= source.y
    if (down || up)
      found.push([
        { x, y: down ? source.y + source.height : source.y },
        { x, y: down ? target.y : target.y + target.height },
      ])
  }
  const first = Math.max(source.y, target.y) + 8
  const last = Math.min(source.y + source.height, target.y + target.height) - 8
  if (first <= last) {
    const y = clamp((first + last) / 2 + lane * LANE, first, last)
    const right = source.x + source.width <= target.x
    const left = target.x + target.width <= source.x
    if (right || left)
      found.push([
        { x: right ? source.x + source.width : source.x, y },
        { x: right ? target.x : target.x + target.width, y },
      ])
  }
  return found
}

function port(box: Rect, side: Side, lane: number): Point {
  const at = middle(box)
  const x = clamp(at.x + lane * LANE, box.x + 8, box.x + box.width - 8)
  const y = clamp(at.y + lane * (LANE / 2), box.y + 6, box.y + box.height - 6)
  if (side === 'top') return { x, y: box.y }
  if (side === 'bottom') return { x, y: box.y + box.height }
  return side === 'left' ? { x: box.x, y } : { x: box.x + box.width, y }
}
const away = ({ x, y }: Point, side: Side): Point => ({
  x: side === 'left' ? x - STUB : side === 'right' ? x + STUB : x,
  y: side === 'top' ? y - STUB : side === 'bottom' ? y + STUB : y,
})

function turns(from: Point, to: Point, source: Rect, target: Rect, lane: number): Point[][] {
  const extra = STUB + 10 + lane * LANE
  const xs = [
    (from.x + to.x) / 2,
    Math.min(source.x, target.x) - extra,
    Math.max(source.x + source.width, target.x + target.width) + extra,
  ]
  const ys = [
    (from.y + to.y) / 2,
    Math.min(source.y, target.y) - extra,
    Math.max(source.y + source.height, target.y + target.height) + extra,
  ]
  return [
    [{ x: to.x, y: from.y }],
    [{ x: from.x, y: to.y }],
    ...xs.map((x) => [
      { x, y: from.y },
      { x, y: to.y },
    ]),
    ...ys.map((y) => [
      { x: from.x, y },
      { x: to.x, y },
    ]),
  ]
}

/** Without points that stand on the line between their neighbours. */
function plain(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    const before = kept.at(-2)
    const onLine =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    // A line that turns back on itself keeps its turn: its cost shows it.
    if (onLine && !turnsBack(before, last, point)) kept.pop()
    kept.push(point)
  }
  return kept
}
const turnsBack = (one: Point, two: Point, three: Point): boolean =>
  (two.x - one.x) * (three.x - two.x) < 0 || (two.y - one.y) * (three.y - two.y) < 0
