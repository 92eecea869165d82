/**
 * All transitions of a large drawing seen from far off, where no label can be read: a few shapes instead of hundreds.
 *
 * Promises: lines lie where they lie near by, what is selected, marked or has a problem is seen, and each can be chosen.
 * Must not: route, or draw what React Flow draws as well.
 */
import { memo, type ReactElement, useMemo, useRef } from 'react'
import type { PlacedChart, PlacedEdge, Point } from '../../machines/drawing/graph.ts'
import { arrowHead, roundedPath } from '../../machines/drawing/path.ts'
import { NO_FLAWS } from './flaws.ts'
import { EDGES_ABOVE, type Shown } from './flow-parts.tsx'
import { InViewport } from './in-viewport.tsx'
import { NO_MARKS, sharedMark } from './marks.ts'

/** From here on the largest text of a label is three pixels high. */
export const FAR_ZOOM = 0.25
/** What takes the mouse for all lines. */
export const FAR_REACH = 'chart-far-reach'
/** How far beside a line a click still means it, in pixels of the screen. */
const REACH = 7

type Asked = {
  chart: PlacedChart
  chosen: string | undefined
  shown: Shown
  /** Lines do not take the mouse away from what it drags. */
  isDragging: boolean
}

export const FarLines = memo(function FarLines({ chart, chosen, shown, isDragging }: Asked): ReactElement {
  const { still, moving } = useApart(chart.edges, isDragging)
  return (
    <InViewport>
      <svg className="chart-far chart-far-still" aria-hidden="true">
        {still.map((bunch, index) => (
          // A bunch is told by its place: what moved out of it comes back to it.
          <Lines key={String(index)} edges={bunch} chosen={chosen} shown={shown} />
        ))}
      </svg>
      <svg className="chart-far" style={{ zIndex: EDGES_ABOVE }} aria-hidden="true">
        {isDragging ? null : <Reach edges={chart.edges} />}
        <Lines edges={moving} chosen={chosen} shown={shown} />
      </svg>
    </InViewport>
  )
})

type Bunch = readonly PlacedEdge[]
const NONE: Bunch = []
/**
 * Lines that are one shape: a move writes and paints anew the bunches of what moved. Those that follow each other in the
 * definition lie near each other.
 */
const BUNCH = 40

/** In bunches; one of the very same lines as before is the very same object. */
function inBunches(edges: readonly PlacedEdge[], before: readonly Bunch[]): readonly Bunch[] {
  return Array.from({ length: Math.ceil(edges.length / BUNCH) }, (_, index) => {
    const made = edges.slice(index * BUNCH, (index + 1) * BUNCH)
    const old = before[index]
    const isSame = old?.length === made.length && made.every((edge, at) => edge === old[at])
    return isSame ? old : made
  })
}

type Apart = {
  readonly of: readonly PlacedEdge[]
  readonly rest: ReadonlySet<PlacedEdge>
  /** By their ids. */
  readonly moved: Set<string>
  still: readonly Bunch[]
}
const atRest = (edges: readonly PlacedEdge[], before: readonly Bunch[]): Apart => ({
  of: edges,
  rest: new Set(edges),
  moved: new Set(),
  still: inBunches(edges, before),
})

/** What a drag has led anew, apart from the many lines that stay: those need not be painted with every move. */
function useApart(
  edges: readonly PlacedEdge[],
  isDragging: boolean,
): { still: readonly Bunch[]; moving: Bunch } {
  const held = useRef<Apart>(undefined)
  const last = held.current
  const isOver = !isDragging && (last?.of !== edges || last.moved.size > 0)
  const now = last === undefined || isOver ? atRest(edges, last?.still ?? []) : last
  held.current = now
  if (!isDragging) return { still: now.still, moving: NONE }
  const fresh = edges.filter((edge) => !now.rest.has(edge) && !now.moved.has(edge.id))
  if (fresh.length > 0) {
    for (const { id } of fresh) now.moved.add(id)
    now.still = now.still.map((bunch) =>
      bunch.some(({ id }) => now.moved.has(id)) ? bunch.filter(({ id }) => !now.moved.has(id)) : bunch,
    )
  }
  return { still: now.still, moving: edges.filter(({ id }) => now.moved.has(id)) }
}

const Reach = memo(function Reach({ edges }: { edges: readonly PlacedEdge[] }): ReactElement {
  return (
    <path
      d={edges.map((edge) => drawnOf(edge).line).join('')}
      className={FAR_REACH}
      style={{ strokeWidth: (2 * REACH) / FAR_ZOOM, pointerEvents: 'stroke' }}
    />
  )
})

type Drawn = { edges: readonly PlacedEdge[]; chosen: string | undefined; shown: Shown }
const Lines = memo(function Lines({ edges, chosen, shown }: Drawn): ReactElement {
  const shapes = useMemo(() => shapesOf(edges, chosen, shown), [edges, chosen, shown])
  return (
    <>
      {shapes.lines.map(({ look, line, arrows }) => (
        <g key={look.join(' ')} data-chosen={look[0] === 'chosen'}>
          <path d={line} className="chart-far-line" data-kind={look[1]} data-mark={look[2]} />
          <path d={arrows} className="chart-far-arrow" data-mark={look[2]} />
        </g>
      ))}
      <path d={shapes.labels} className="chart-far-label" />
      <path d={shapes.flawed} className="chart-far-label" data-flaw />
    </>
  )
})

type Look = readonly [chosen: 'chosen' | 'other', kind: string, mark: string | undefined]
type Alike = { readonly look: Look; line: string; arrows: string }

function shapesOf(
  edges: readonly PlacedEdge[],
  chosen: string | undefined,
  { marks = NO_MARKS, flaws = NO_FLAWS }: Shown,
): { lines: Alike[]; labels: string; flawed: string } {
  const lines = new Map<string, Alike>()
  let labels = ''
  let flawed = ''
  for (const edge of edges) {
    const pointers = edge.transitions.map(({ pointer }) => pointer)
    const isChosen = chosen !== undefined && pointers.includes(chosen)
    const kind = edge.kind === 'default' ? 'default' : 'transition'
    const look: Look = [isChosen ? 'chosen' : 'other', kind, sharedMark(pointers, marks)]
    const alike = lines.get(look.join(' ')) ?? { look, line: '', arrows: '' }
    lines.set(look.join(' '), alike)
    const drawn = drawnOf(edge)
    alike.line += drawn.line
    alike.arrows += drawn.arrow
    for (const { transition, x, y, width, height } of edge.labels) {
      const box = `M${x} ${y}h${width}v${height}h${-width}z`
      if (flaws.has(transition.pointer)) flawed += box
      else labels += box
    }
  }
  return { lines: [...lines.values()], labels, flawed }
}

/** A line that did not change is not written again. */
function drawnOf(edge: PlacedEdge): { line: string; arrow: string } {
  const known = drawings.get(edge)
  if (known !== undefined) return known
  const made = { line: roundedPath(edge.points), arrow: edge.arrow ? arrowHead(edge.points) : '' }
  drawings.set(edge, made)
  return made
}
const drawings = new WeakMap<PlacedEdge, { line: string; arrow: string }>()

/** The line of a transition that passes nearest to a point. */
export function lineAt(edges: readonly PlacedEdge[], point: Point): PlacedEdge | undefined {
  const distances = edges
    .filter(({ transitions }) => transitions.length > 0)
    .map((edge) => ({ edge, distance: distanceTo(edge.points, point) }))
  return distances.toSorted((one, other) => one.distance - other.distance)[0]?.edge
}

function distanceTo(points: readonly Point[], { x, y }: Point): number {
  const pieces = points.slice(1).map((to, index) => {
    const from = points[index] ?? to
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const length = dx * dx + dy * dy
    const along =
      length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length))
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy)
  })
  return Math.min(...pieces)
}
