/**
 * What spares React Flow work on large drawings: it draws anew only what changed, measures nothing that is known, and
 * draws only what is in view.
 *
 * Promises: what is in view is drawn as it would be without this.
 * Must not: know a language, or decide what a node or an edge looks like.
 */
import { type NodeHandle, Position } from '@xyflow/react'
import { type ReactElement, useCallback, useRef } from 'react'
import type { PlacedChart, PlacedEdge, Rect } from '../../machines/drawing/graph.ts'

/** From so many states on, what is out of view is not drawn. Fewer are all drawn, so that Tab reaches each. */
const LARGE = 100
export const isLarge = (chart: PlacedChart): boolean => chart.states.length >= LARGE

type Sized = { readonly width: number; readonly height: number }
export const measuredAs = ({ width, height }: Sized): { measured: Sized } => ({ measured: { width, height } })

/** What no line begins or ends at. */
export const NO_HANDLES: NodeHandle[] = []
/** The size of a dot on a border, in the style sheet. */
const DOT = 11
/** The dots on the borders of a state, from which transitions are drawn. */
export function borderHandles({ width, height }: Sized): NodeHandle[] {
  const dot = (position: Position, x: number, y: number): NodeHandle => ({
    id: position,
    type: 'source',
    position,
    x: x - DOT / 2,
    y: y - DOT / 2,
    width: DOT,
    height: DOT,
  })
  return [
    dot(Position.Top, width / 2, 0),
    dot(Position.Right, width, height / 2),
    dot(Position.Bottom, width / 2, height),
    dot(Position.Left, 0, height / 2),
  ]
}

/** In the middle: lines are led by the drawing, React Flow only has to know that there is an end. */
export const endHandles = ({ width, height }: Sized): NodeHandle[] =>
  (['source', 'target'] as const).map((type) => ({
    type,
    position: Position.Top,
    x: width / 2,
    y: height / 2,
    width: 1,
    height: 1,
  }))

/** The node that stands for the room a line and its labels take. */
export const roomId = (edge: string): string => `r:${edge}`

/**
 * The room of each line as a hidden node to begin and end at: React Flow takes a line to be in view where the box
 * around its ends is, and lines go further than that.
 */
export const roomsOf = ({ edges }: PlacedChart): Room[] =>
  edges.map((edge) => {
    const room = rooms.get(edge) ?? roomFor(edge)
    rooms.set(edge, room)
    return room
  })

const rooms = new WeakMap<PlacedEdge, Room>()
type Room = ReturnType<typeof roomFor>

function roomFor(edge: PlacedEdge) {
  const { x, y, width, height } = boundsOf(edge)
  return {
    id: roomId(edge.id),
    type: 'room' as const,
    hidden: true,
    position: { x, y },
    width,
    height,
    ...measuredAs({ width, height }),
    handles: endHandles({ width, height }),
    selectable: false,
    focusable: false,
    draggable: false,
    data: {},
  }
}

function boundsOf({ points, labels }: PlacedEdge): Rect {
  const corners = [
    ...points,
    ...labels.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  ]
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  return {
    x,
    y,
    width: Math.max(1, ...corners.map((corner) => corner.x - x)),
    height: Math.max(1, ...corners.map((corner) => corner.y - y)),
  }
}

/** The same function always, which does what the latest one given does: React Flow tells all it draws of a new one. */
export function useSteady<Given extends unknown[], Result>(
  work: (...given: Given) => Result,
): (...given: Given) => Result {
  const latest = useRef(work)
  latest.current = work
  return useCallback((...given: Given) => latest.current(...given), [])
}

/** A list in which what is as it was in the list before is the very same object, and so is a list of the very same. */
export function useSame<T extends { readonly id: string }>(next: readonly T[]): T[] {
  const last = useRef<{ made: readonly T[]; kept: T[] }>(undefined)
  if (last.current?.made === next) return last.current.kept
  const known = new Map(last.current?.kept.map((one) => [one.id, one]))
  const made = next.map((one) => {
    const old = known.get(one.id)
    return old !== undefined && isAlike(one, old, 3) ? old : one
  })
  const before = last.current?.kept
  const isSame = before?.length === made.length && made.every((one, index) => one === before[index])
  const kept = isSame ? before : made
  last.current = { made: next, kept }
  return kept
}

const isThing = (value: unknown): value is object => typeof value === 'object' && value !== null

function isAlike(one: unknown, other: unknown, depth: number): boolean {
  if (Object.is(one, other)) return true
  if (depth === 0 || !isThing(one) || !isThing(other)) return false
  if (one instanceof Map || other instanceof Map) return isSameMap(one, other, depth)
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isAlike(Reflect.get(one, name), Reflect.get(other, name), depth - 1))
  )
}

/** A map has no names of its own: it is told by what is in it. */
const isSameMap = (one: object, other: object, depth: number): boolean =>
  one instanceof Map &&
  other instanceof Map &&
  one.size === other.size &&
  [...one].every(([key, value]) => other.has(key) && isAlike(value, other.get(key), Math.max(1, depth - 1)))

/** An element as it was when the drawing stood still: what shows nothing of a drag need not be drawn by it. */
export function useStill(element: ReactElement | null, isMoving: boolean): ReactElement | null {
  const last = useRef(element)
  if (!isMoving) last.current = element
  return last.current
}
