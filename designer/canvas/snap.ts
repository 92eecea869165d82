/**
 * Lines that a state snaps to while it is dragged or resized: edges and middles of the states beside it, and gaps as
 * wide as those beside it.
 *
 * Promises: pure; the nearest line within reach wins, each direction for itself; without one, the grid.
 * Must not: move anything.
 */
import type { Point, Rect } from '../../machines/drawing/graph.ts'

/** A line to be shown: upright where `axis` is `x`. */
export type Guide = {
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}
export type Snapped = { readonly by: Point; readonly guides: readonly Guide[] }

const GRID = 4
/** On the screen; on the drawing it shrinks as one zooms in. */
export const REACH = 6

type Axis = { readonly at: 'x' | 'y'; readonly size: 'width' | 'height' }
const ACROSS: Axis = { at: 'x', size: 'width' }
const DOWN: Axis = { at: 'y', size: 'height' }
const other = (axis: Axis): Axis => (axis === ACROSS ? DOWN : ACROSS)

const linesOf = (box: Rect, { at, size }: Axis): [number, number, number] => [
  box[at],
  box[at] + box[size] / 2,
  box[at] + box[size],
]
const onGrid = (value: number): number => Math.round(value / GRID) * GRID

/** How far to move so that `moving` (where it would be without snapping) snaps. */
export function snapMove(moving: Rect, beside: readonly Rect[], reach: number): Snapped {
  const across = shiftAlong(moving, beside, ACROSS, reach)
  const down = shiftAlong(moving, beside, DOWN, reach)
  const by = {
    x: across ?? onGrid(moving.x) - moving.x,
    y: down ?? onGrid(moving.y) - moving.y,
  }
  const there = { ...moving, x: moving.x + by.x, y: moving.y + by.y }
  return {
    by,
    guides: [
      ...(across === undefined ? [] : shared(there, beside, ACROSS)),
      ...(down === undefined ? [] : shared(there, beside, DOWN)),
    ],
  }
}

/** The lines it shares with others; where it shares none, the gaps that are alike. */
function shared(there: Rect, beside: readonly Rect[], axis: Axis): Guide[] {
  const lines = guidesOf(there, beside, axis)
  return lines.length > 0 ? lines : gapGuides(there, beside, axis)
}

function shiftAlong(moving: Rect, beside: readonly Rect[], axis: Axis, reach: number): number | undefined {
  const mine = linesOf(moving, axis)
  const shifts = [
    ...beside.flatMap((box) => linesOf(box, axis).flatMap((line) => mine.map((own) => line - own))),
    ...gapShifts(moving, beside, axis),
  ]
  return nearest(shifts, reach)
}
const nearest = (shifts: readonly number[], reach: number): number | undefined =>
  shifts
    .filter((shift) => Math.abs(shift) <= reach)
    .reduce<number | undefined>(
      (best, shift) => (best === undefined || Math.abs(shift) < Math.abs(best) ? shift : best),
      undefined,
    )

/** In one row with two others: as far from the next as those are from each other, or in the middle between them. */
function gapShifts(moving: Rect, beside: readonly Rect[], axis: Axis): number[] {
  const { at, size } = axis
  const row = rowOf(moving, beside, axis)
  return row.slice(1).flatMap((second, index) => {
    const first = row[index]
    if (first === undefined) return []
    const gap = second[at] - first[at] - first[size]
    if (gap <= 0) return []
    return [
      second[at] + second[size] + gap - moving[at],
      first[at] - gap - moving[size] - moving[at],
      (first[at] + first[size] + second[at] - moving[size]) / 2 - moving[at],
    ]
  })
}

/** Those that it would meet if it were pushed along, in their order. */
function rowOf(moving: Rect, beside: readonly Rect[], axis: Axis): Rect[] {
  const cross = other(axis)
  return beside
    .filter(
      (box) =>
        box[cross.at] < moving[cross.at] + moving[cross.size] &&
        moving[cross.at] < box[cross.at] + box[cross.size],
    )
    .toSorted((one, two) => one[axis.at] - two[axis.at])
}

/** The gaps in its row that are as wide as one beside it, as lines across them. */
function gapGuides(there: Rect, beside: readonly Rect[], axis: Axis): Guide[] {
  const { at, size } = axis
  const cross = other(axis)
  const row = [...rowOf(there, beside, axis), there].toSorted((one, two) => one[at] - two[at])
  const gaps = row.slice(1).flatMap((second, index) => {
    const first = row[index]
    return first === undefined
      ? []
      : [{ from: first[at] + first[size], to: second[at], own: [first, second].includes(there) }]
  })
  const own = gaps.filter((gap) => gap.own).map(({ from, to }) => to - from)
  const alike = gaps.filter(({ from, to }) => own.some((width) => Math.abs(width - (to - from)) < 0.01))
  return alike.length < 2
    ? []
    : alike.map(({ from, to }) => ({ axis: cross.at, at: there[cross.at] + there[cross.size] / 2, from, to }))
}

/** The lines that a state now shares with others, as long as both. */
function guidesOf(there: Rect, beside: readonly Rect[], axis: Axis): Guide[] {
  const cross = other(axis)
  const mine = linesOf(there, axis)
  const found = new Map<number, Guide>()
  for (const box of beside)
    for (const line of linesOf(box, axis)) {
      const own = mine.find((value) => Math.abs(value - line) < 0.01)
      if (own === undefined) continue
      const known = found.get(line)
      found.set(line, {
        axis: axis.at,
        at: line,
        from: Math.min(there[cross.at], box[cross.at], known?.from ?? Number.POSITIVE_INFINITY),
        to: Math.max(
          there[cross.at] + there[cross.size],
          box[cross.at] + box[cross.size],
          known?.to ?? Number.NEGATIVE_INFINITY,
        ),
      })
    }
  return [...found.values()]
}

/** Which edges of a state are being dragged. */
export type Sides = {
  readonly left?: boolean
  readonly right?: boolean
  readonly top?: boolean
  readonly bottom?: boolean
}

/** As `snapMove`, for the dragged edges of a state that is being resized. */
export function snapSides(box: Rect, sides: Sides, beside: readonly Rect[], reach: number): Snapped {
  const edge = (axis: Axis, near: boolean | undefined, far: boolean | undefined): number | undefined => {
    if (near !== true && far !== true) return 0
    const own = near === true ? box[axis.at] : box[axis.at] + box[axis.size]
    return nearest(
      beside.flatMap((each) => linesOf(each, axis).map((line) => line - own)),
      reach,
    )
  }
  const across = edge(ACROSS, sides.left, sides.right)
  const down = edge(DOWN, sides.top, sides.bottom)
  const gridded = (axis: Axis, near: boolean | undefined): number => {
    const own = near === true ? box[axis.at] : box[axis.at] + box[axis.size]
    return onGrid(own) - own
  }
  const by = { x: across ?? gridded(ACROSS, sides.left), y: down ?? gridded(DOWN, sides.top) }
  const there = stretched(box, sides, by)
  const moves = {
    x: sides.left === true || sides.right === true,
    y: sides.top === true || sides.bottom === true,
  }
  return {
    by,
    guides: [
      ...(moves.x && across !== undefined ? guidesOf(there, beside, ACROSS) : []),
      ...(moves.y && down !== undefined ? guidesOf(there, beside, DOWN) : []),
    ],
  }
}

/** A box with some of its edges moved. */
export const stretched = (box: Rect, { left, right, top, bottom }: Sides, by: Point): Rect => ({
  x: box.x + (left === true ? by.x : 0),
  y: box.y + (top === true ? by.y : 0),
  width: box.width + (right === true ? by.x : left === true ? -by.x : 0),
  height: box.height + (bottom === true ? by.y : top === true ? -by.y : 0),
})
