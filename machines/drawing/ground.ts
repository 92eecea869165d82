/**
 * The states, lines and labels that a new line is led between: an earlier drawing, with what changed since.
 *
 * Promises: answers as if all had been looked at. What is known of the earlier drawing is kept for the next time it is
 * asked about, as a drag asks with every frame.
 * Must not: decide what stays and what is led anew.
 */
import type { PlacedChart, PlacedEdge, PlacedState, Point, Rect } from './graph.ts'
import { LinesNear, RectsNear } from './near.ts'
import { isBarred, runsThrough, type Surroundings } from './route.ts'

class Layer {
  readonly states: RectsNear<Rect>
  readonly lines = new LinesNear()
  readonly labels = new RectsNear<Rect>()

  constructor(states: Iterable<Rect> = []) {
    this.states = new RectsNear(states)
  }
}

const layers = new WeakMap<PlacedChart, Layer>()

function layerOf(chart: PlacedChart): Layer {
  const known = layers.get(chart)
  if (known !== undefined) return known
  const layer = new Layer(chart.states.filter(isInnermost))
  for (const edge of chart.edges) {
    layer.lines.add(edge.points, edge)
    for (const label of edge.labels) layer.labels.add(label)
  }
  layers.set(chart, layer)
  return layer
}

/** What became of a line of the earlier drawing: the same edge, at least its course, or neither. */
type Kept = {
  readonly line: PlacedEdge | undefined
  readonly points: readonly Point[] | undefined
  readonly edge: PlacedEdge | undefined
}

/** So few are looked at one by one. */
const FEW = 6

export class Ground implements Surroundings {
  readonly #then: Layer
  readonly #now: Layer
  /** States, lines and labels of the earlier drawing that are not there any more. */
  readonly #gone = new Set<unknown>()
  readonly #before: PlacedChart | undefined
  readonly #moved: readonly Rect[]
  readonly #states: readonly PlacedState[]
  #headings: RectsNear<Rect> | undefined

  /** `moved`: those of the innermost of `states` that did not stand there before. */
  constructor(
    before: PlacedChart | undefined,
    states: readonly PlacedState[],
    moved: readonly PlacedState[],
  ) {
    this.#states = states
    this.#before = before
    this.#then = before === undefined ? new Layer() : layerOf(before)
    this.#now = new Layer(moved)
    this.#moved = moved
    const stay = new Set(states.filter(isInnermost).map(({ state }) => state.path))
    for (const { state } of moved) stay.delete(state.path)
    for (const placed of before?.states ?? []) if (!stay.has(placed.state.path)) this.#gone.add(placed)
  }

  /** Whether a line that stayed where it was runs through a state that came in its way. */
  isBarredNow({ points }: PlacedEdge, bars: (box: Rect) => boolean): boolean {
    if (this.#moved.length > FEW)
      return isBarred(points, { states: (area, counts) => this.#now.states.count(area, counts) }, bars)
    return this.#moved.some(
      (box) => points.some((to, index) => runsThrough(points[index - 1] ?? to, to, box)) && bars(box),
    )
  }

  /** Takes away what was not kept, and adds what was moved along. Before any line is led. */
  settle(kept: readonly Kept[]): void {
    const stay = new Set(kept.map(({ line, edge }) => (edge?.points === line?.points ? line : undefined)))
    for (const line of this.#before?.edges ?? []) {
      if (stay.has(line)) continue
      this.#gone.add(line)
      for (const label of line.labels) this.#gone.add(label)
    }
    for (const { line, points, edge } of kept)
      if (points !== undefined && !stay.has(line)) this.add(points, edge?.labels ?? [])
  }

  add(points: readonly Point[], labels: readonly Rect[]): void {
    this.#now.lines.add(points)
    for (const label of labels) this.#now.labels.add(label)
  }

  states(area: Rect, counts: (box: Rect) => boolean): number {
    const isThere = (box: Rect): boolean => counts(box) && !this.#gone.has(box)
    return this.#then.states.count(area, isThere) + this.#now.states.count(area, counts)
  }
  along(from: Point, to: Point): number {
    return this.#then.lines.countAlong(from, to, this.#gone) + this.#now.lines.countAlong(from, to)
  }
  #headingsNow(): RectsNear<Rect> {
    this.#headings ??= new RectsNear(this.#states.filter((state) => !isInnermost(state)).map(headingOf))
    return this.#headings
  }
  /** How many states, labels and headings of groups a label would cover. */
  covers(spot: Rect): number {
    const isCovered = (box: Rect): boolean => overlaps(spot, box)
    const wasCovered = (box: Rect): boolean => isCovered(box) && !this.#gone.has(box)
    return (
      this.states(spot, isCovered) +
      this.#headingsNow().count(spot, isCovered) +
      this.#then.labels.count(spot, wasCovered) +
      this.#now.labels.count(spot, isCovered)
    )
  }
}

const isInnermost = ({ state }: PlacedState): boolean => state.children.length === 0
const headingOf = ({ x, y, box: { width, height } }: PlacedState): Rect => ({ x, y, width, height })

const overlaps = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
