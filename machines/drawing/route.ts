/**
 * A transition's line between two states that someone placed by hand: right angles, around the states in its way.
 *
 * Promises: pure and total; always a line, the shortest of those tried that cross the fewest states and run on the
 * fewest other lines. Must not: place states or labels.
 */
import type { Point, Rect } from './graph.ts'

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
export const piecesOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).flatMap((to, index): [Point, Point][] => {
    const from = points[index]
    return from === undefined ? [] : [[from, to]]
  })

/**
 * @param obstacles states in the way, without the two themselves and what holds or lies in them
 * @param taken lines already drawn
 * @param lane which of several lines between the same two states
 */
export function routeBetween(
  source: Rect,
  target: Rect,
  obstacles: readonly Rect[],
  taken: readonly (readonly Point[])[],
  lane = 0,
): Point[] {
  if (source === target) return loop(source, lane)
  const lines = holds(source, target)
    ? inward(source, target, lane)
    : holds(target, source)
      ? inward(target, source, lane).map((line) => line.toReversed())
      : around(source, target, lane)
  const ends = holds(source, target) || holds(target, source) ? [] : [source, target]
  const near = obstaclesNear(obstacles, source, target)
  const lengths = taken.flatMap(piecesOf)
  let best: { line: Point[]; cost: number } | undefined
  for (const line of lines) {
    const cost = costOf(line, ends, near, lengths, best?.cost ?? Number.POSITIVE_INFINITY)
    if (best === undefined || cost < best.cost) best = { line, cost }
  }
  return best?.line ?? [middle(source), middle(target)]
}

function obstaclesNear(obstacles: readonly Rect[], source: Rect, target: Rect): Rect[] {
  const reach = 60
  const left = Math.min(source.x, target.x) - reach
  const top = Math.min(source.y, target.y) - reach
  const right = Math.max(source.x + source.width, target.x + target.width) + reach
  const bottom = Math.max(source.y + source.height, target.y + target.height) + reach
  return obstacles.filter(
    (box) => box.x < right && box.y < bottom && box.x + box.width > left && box.y + box.height > top,
  )
}

function costOf(
  line: readonly Point[],
  ends: readonly Rect[],
  obstacles: readonly Rect[],
  taken: readonly (readonly [Point, Point])[],
  limit: number,
): number {
  let cost = (line.length - 2) * COST.bend
  for (const [from, to] of piecesOf(line)) {
    cost += Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
    if (cost >= limit) return cost
    for (const end of ends) if (runsThrough(from, to, end, 1)) cost += COST.through
    for (const box of obstacles) if (runsThrough(from, to, grown(box, 6))) cost += COST.crossing
    for (const [start, stop] of taken) if (runsAlong(from, to, start, stop)) cost += COST.along
  }
  return cost
}
const grown = (box: Rect, by: number): Rect => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + by * 2,
  height: box.height + by * 2,
})

/** Two pieces on nearly the same line, one beside the other. */
function runsAlong(from: Point, to: Point, start: Point, stop: Point): boolean {
  const near = 7
  const upright = from.x === to.x && start.x === stop.x
  const level = from.y === to.y && start.y === stop.y
  const [across, along] = upright ? (['x', 'y'] as const) : (['y', 'x'] as const)
  if (!upright && !level) return false
  if (Math.abs(from[across] - start[across]) > near) return false
  const shared =
    Math.min(Math.max(from[along], to[along]), Math.max(start[along], stop[along])) -
    Math.max(Math.min(from[along], to[along]), Math.min(start[along], stop[along]))
  return shared > near
}

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

function around(source: Rect, target: Rect, lane: number): Point[][] {
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
