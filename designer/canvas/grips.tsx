/** What a state is pulled larger or smaller by, and the lines that it snaps to meanwhile. */
import { useStore } from '@xyflow/react'
import { type CSSProperties, type PointerEvent as Pointer, type ReactElement, useRef } from 'react'
import type { Point, Rect } from '../../machines/drawing/graph.ts'
import { InViewport } from './in-viewport.tsx'
import type { Grip } from './resize.ts'
import type { Guide, Sides } from './snap.ts'

/** On the screen, whatever the zoom. */
const SIZE = 10
const useZoom = (): number => useStore(({ transform }) => transform[2])

/** Grips at the corners, and strips along the edges; a double click fits the state to its content. */
export function Grips({
  box,
  grips,
  toPoint,
  pull,
  drop,
  refit,
}: {
  box: Rect
  grips: readonly Grip[]
  toPoint(event: { clientX: number; clientY: number }): Point
  pull(sides: Sides, by: Point, free: boolean): void
  drop(): void
  refit(): void
}): ReactElement {
  const zoom = useZoom()
  const from = useRef<Point>(undefined)
  return (
    <InViewport>
      {grips.flatMap(({ id, sides }) =>
        spots(box, sides, SIZE / zoom).map(({ key, style }) => (
          <div
            key={`${id}${key}`}
            className="canvas-size nodrag nopan"
            data-grip={id}
            aria-hidden="true"
            style={style}
            onDoubleClick={(event) => {
              event.stopPropagation()
              refit()
            }}
            onPointerDown={(event: Pointer<HTMLDivElement>) => {
              event.stopPropagation()
              event.currentTarget.setPointerCapture(event.pointerId)
              from.current = toPoint(event)
            }}
            onPointerMove={(event) => {
              if (from.current === undefined) return
              const to = toPoint(event)
              pull(sides, { x: to.x - from.current.x, y: to.y - from.current.y }, event.altKey)
            }}
            onPointerUp={() => {
              if (from.current !== undefined) drop()
              from.current = undefined
            }}
          />
        )),
      )}
    </InViewport>
  )
}

/** A square at a corner; along an edge two strips, for in its middle transitions are drawn from. */
function spots(
  box: Rect,
  { left, right, top, bottom }: Sides,
  size: number,
): { key: string; style: CSSProperties }[] {
  const across = left === true || right === true
  const down = top === true || bottom === true
  const x = left === true ? box.x : box.x + box.width
  const y = top === true ? box.y : box.y + box.height
  const at = (key: string, rect: Rect) => ({
    key,
    style: { transform: `translate(${rect.x}px, ${rect.y}px)`, width: rect.width, height: rect.height },
  })
  if (across && down) return [at('', { x: x - size / 2, y: y - size / 2, width: size, height: size })]
  if (across) {
    const length = Math.max(0, box.height / 2 - size * 1.5)
    const strip = { x: x - size / 2, width: size, height: length }
    return [
      at('1', { ...strip, y: box.y + size / 2 }),
      at('2', { ...strip, y: box.y + box.height - size / 2 - length }),
    ]
  }
  const length = Math.max(0, box.width / 2 - size * 1.5)
  const strip = { y: y - size / 2, height: size, width: length }
  return [
    at('1', { ...strip, x: box.x + size / 2 }),
    at('2', { ...strip, x: box.x + box.width - size / 2 - length }),
  ]
}

export function Guides({ guides }: { guides: readonly Guide[] }): ReactElement {
  const zoom = useZoom()
  return (
    <InViewport>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis}${at} ${from}`}
          className="canvas-guide"
          style={
            axis === 'x'
              ? { transform: `translate(${at}px, ${from}px)`, width: 1 / zoom, height: to - from }
              : { transform: `translate(${from}px, ${at}px)`, height: 1 / zoom, width: to - from }
          }
        />
      ))}
    </InViewport>
  )
}
