/**
 * A state made larger or smaller by its edges, as places to be stored.
 *
 * Promises: pure; never smaller than what is written or lies in it; what lies in it stays where it is, also when the
 * left or upper edge is moved. Must not: store anything.
 */

import type { Places } from '../../machines/drawing/arrange.ts'
import type { PlacedChart, PlacedState, Point, Rect } from '../../machines/drawing/graph.ts'
import { GROUP } from '../../machines/drawing/metrics.ts'
import type { Box } from '../../machines/drawing/places.ts'
import { type Sides, stretched } from './snap.ts'

export type Grip = { readonly id: string; readonly sides: Sides }
const CORNERS: readonly Grip[] = [
  { id: 'se', sides: { right: true, bottom: true } },
  { id: 'e', sides: { right: true } },
  { id: 's', sides: { bottom: true } },
]
const OTHERS: readonly Grip[] = [
  { id: 'nw', sides: { left: true, top: true } },
  { id: 'ne', sides: { right: true, top: true } },
  { id: 'sw', sides: { left: true, bottom: true } },
  { id: 'n', sides: { top: true } },
  { id: 'w', sides: { left: true } },
]

/** What a state can be pulled by. The regions of a parallel state fill it, so it grows to the right and down. */
export function gripsOf({ state, open }: PlacedState): readonly Grip[] {
  if (state.parent === undefined || state.kind === 'history' || open || state.stub === true) return []
  return state.kind === 'parallel' && state.children.length > 0 ? CORNERS : [...CORNERS, ...OTHERS]
}

/** Where a state ends up whose edges are moved by so much. */
export function sizedBy(placed: PlacedState, chart: PlacedChart, sides: Sides, by: Point): Rect {
  const wished = stretched(placed, sides, by)
  const { box, state } = placed
  const group = state.children.length > 0
  const least = {
    width: box.width,
    height: group ? box.height + GROUP.headGap + GROUP.padBottom : box.height,
  }
  const inside = chart.states.filter((each) => each.state.parent === state.path)
  const free = inside.length === 0 || state.kind === 'parallel'
  const right = placed.x + placed.width
  const bottom = placed.y + placed.height
  const ends = {
    left: free ? right - least.width : Math.min(...inside.map(({ x }) => x - GROUP.padX)),
    top: free ? bottom - least.height : Math.min(...inside.map(({ y }) => y - box.height - GROUP.headGap)),
    right: free ? 0 : Math.max(...inside.map(({ x, width }) => x + width + GROUP.padX)),
    bottom: free ? 0 : Math.max(...inside.map(({ y, height }) => y + height + GROUP.padBottom)),
  }
  const x = sides.left === true ? Math.min(wished.x, ends.left, right - least.width) : placed.x
  const y = sides.top === true ? Math.min(wished.y, ends.top, bottom - least.height) : placed.y
  const end = sides.right === true ? Math.max(wished.x + wished.width, ends.right, x + least.width) : right
  const foot =
    sides.bottom === true ? Math.max(wished.y + wished.height, ends.bottom, y + least.height) : bottom
  return { x, y, width: end - x, height: foot - y }
}

/**
 * The places that make a state that large: its own, and those of what lies in it where its corner moves.
 *
 * @param origin where the state's own corner lies, which its children count from
 */
export function placesFor(
  placed: PlacedState,
  to: Rect,
  sides: Sides,
  origin: Point,
  places: Places,
): Places {
  const { path, children } = placed.state
  const place = places[path]
  if (place === undefined) return {}
  const corner = { x: sides.left === true ? to.x : origin.x, y: sides.top === true ? to.y : origin.y }
  const shift = { x: Math.round(corner.x - origin.x), y: Math.round(corner.y - origin.y) }
  const across = sides.left === true || sides.right === true
  const down = sides.top === true || sides.bottom === true
  const own: Box = {
    ...byHand(place),
    x: place.x + shift.x,
    y: place.y + shift.y,
    ...(across ? { width: Math.round(to.x + to.width - corner.x) } : {}),
    ...(down ? { height: Math.round(to.y + to.height - corner.y) } : {}),
  }
  const inner = (shift.x === 0 && shift.y === 0 ? [] : children).flatMap((child): [string, Box][] => {
    const at = places[child]
    return at === undefined ? [] : [[child, { ...at, x: at.x - shift.x, y: at.y - shift.y }]]
  })
  return Object.fromEntries([[path, own], ...inner])
}

const byHand = ({ auto: _, ...place }: Box): Box => place
