/**
 * States that are being dragged or resized, as they are drawn until the mouse is let go.
 *
 * Promises: they snap to the lines beside them; Alt held, they go where the mouse is. Must not: change the document.
 */
import { useRef, useState } from 'react'
import type { Arranged, Places } from '../../machines/drawing/arrange.ts'
import type { PlacedState, Point, Rect } from '../../machines/drawing/graph.ts'
import { placesFor, sizedBy } from './resize.ts'
import { type Guide, REACH, type Sides, snapMove, snapSides, stretched } from './snap.ts'

type Held = { readonly places: Places; readonly by: Point; readonly guides: readonly Guide[] }
/** How the mouse is held while it moves. */
export type Hand = { readonly free: boolean; readonly zoom: number }

export type Preview = {
  /** Places of what is held; undefined while nothing is. */
  readonly shifted: Places | undefined
  readonly guides: readonly Guide[]
  /** The drawing as it is when nothing is held, also while something is. */
  still(arranged: Arranged | undefined): Arranged | undefined
  drag(paths: readonly string[], by: Point, hand: Hand): void
  resize(path: string, sides: Sides, by: Point, origin: Point, hand: Hand): void
  /** What was held last, and how far it was dragged. */
  letGo(): { readonly places: Places; readonly by: Point } | undefined
}

export function usePreview(): Preview {
  const [held, setHeld] = useState<Held>()
  const latest = useRef<Held>(undefined)
  const rest = useRef<Arranged>(undefined)
  const hold = (next: Held | undefined): void => {
    latest.current = next
    setHeld(next)
  }
  const shifted = held?.places
  return {
    shifted,
    guides: held?.guides ?? NONE,
    still(arranged) {
      if (shifted === undefined) rest.current = arranged
      return rest.current
    },
    drag(paths, by, { free, zoom }) {
      const arranged = rest.current
      if (arranged === undefined) return
      const outer = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)))
      const moving = arranged.chart.states.filter(({ state }) => outer.includes(state.path))
      const box = around(moving)
      const snapped =
        free || box === undefined
          ? { by: { x: 0, y: 0 }, guides: [] }
          : snapMove({ ...box, x: box.x + by.x, y: box.y + by.y }, besides(arranged, moving), REACH / zoom)
      const whole = { x: by.x + snapped.by.x, y: by.y + snapped.by.y }
      const moved = outer.flatMap((path) => {
        const place = arranged.places[path]
        return place === undefined
          ? []
          : [[path, { ...place, x: place.x + whole.x, y: place.y + whole.y }] as const]
      })
      hold({ places: Object.fromEntries(moved), by: whole, guides: snapped.guides })
    },
    resize(path, sides, by, origin, { free, zoom }) {
      const arranged = rest.current
      const placed = arranged?.chart.states.find(({ state }) => state.path === path)
      if (arranged === undefined || placed === undefined) return
      const snapped = free
        ? { by: { x: 0, y: 0 }, guides: [] }
        : snapSides(stretched(placed, sides, by), sides, besides(arranged, [placed]), REACH / zoom)
      const whole = { x: by.x + snapped.by.x, y: by.y + snapped.by.y }
      const to = sizedBy(placed, arranged.chart, sides, whole)
      hold({
        places: placesFor(placed, to, sides, origin, arranged.places),
        by: whole,
        guides: snapped.guides,
      })
    },
    letGo() {
      const last = latest.current
      hold(undefined)
      return last
    },
  }
}
const NONE: readonly Guide[] = []

function around(boxes: readonly Rect[]): Rect | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

/** What lies in the same parent as what moves. */
function besides({ chart }: Arranged, moving: readonly PlacedState[]): PlacedState[] {
  const parents = new Set(moving.map(({ state }) => state.parent))
  const own = new Set(moving.map(({ state }) => state.path))
  return chart.states.filter(({ state }) => parents.has(state.parent) && !own.has(state.path))
}
