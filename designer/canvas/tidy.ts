/**
 * A layout of some states only: the selected ones, or those that nobody has placed yet.
 *
 * Promises: pure; what comes out names the given states alone, so that nothing else moves. Several states are laid out
 * among themselves, as large as they are, and stay where the first of them was; new ones come near what leads to them,
 * and on nothing that was there.
 * Must not: run ELK; `partGraph` is what it is given, and `tidied` reads its answer.
 */
import type { Places } from '../../machines/drawing/arrange.ts'
import {
  type ChartGraph,
  type PlacedChart,
  type PlacedState,
  type Point,
  type Rect,
  stateId,
} from '../../machines/drawing/graph.ts'
import { GROUP } from '../../machines/drawing/metrics.ts'
import { isWithin } from './view.ts'

/** States to be laid out together, all in the same parent. */
export type Part = { readonly parent: string; readonly paths: readonly string[] }

/** Around a block of new states. */
const MARGIN = 40
const BELOW = 64

/** The selection as parts: one group alone means what lies in it. */
export function partsOf(chart: PlacedChart, selected: readonly string[]): Part[] {
  const chosen = chart.states.filter(({ state }) => selected.includes(state.path))
  const outer = chosen.filter(
    ({ state }) =>
      !chosen.some((each) => each.state.path !== state.path && isWithin(state.path, each.state.path)),
  )
  const [only, ...others] = outer
  if (only !== undefined && others.length === 0)
    return only.state.children.length < 2 ? [] : [{ parent: only.state.path, paths: only.state.children }]
  return byParent(outer).filter(({ paths }) => paths.length > 1)
}

/** States that nobody has placed, by their parents; within one that is new itself, all are. */
export function newParts(chart: PlacedChart, places: Places): Part[] {
  const isNew = ({ path, parent, stub }: PlacedState['state']): boolean =>
    parent !== undefined && stub !== true && (places[path] === undefined || places[path].auto === true)
  return byParent(chart.states.filter(({ state }) => isNew(state)))
}

function byParent(states: readonly PlacedState[]): Part[] {
  const groups = Map.groupBy(states, ({ state }) => state.parent ?? '')
  return [...groups].map(([parent, inside]) => ({ parent, paths: inside.map(({ state }) => state.path) }))
}

/** A part as a graph for ELK: each state a box of its present size, with the ways among them. */
export function partGraph(chart: PlacedChart, { paths }: Part): ChartGraph {
  const graph: ChartGraph = {
    elk: { id: '$part', children: [], edges: [] },
    boxes: new Map(),
    edges: new Map(),
    marks: new Map(),
  }
  for (const placed of chart.states) {
    const { state, box, width, height } = placed
    if (!paths.includes(state.path)) continue
    graph.boxes.set(stateId(state.path), { state, box })
    graph.elk.children?.push({ id: stateId(state.path), width, height })
  }
  for (const { id, from, to, labels } of waysAmong(chart, paths)) {
    const width = Math.max(0, ...labels.map((label) => label.width))
    const height = labels.reduce((sum, label) => sum + label.height, 0)
    graph.elk.edges?.push({
      id,
      sources: [stateId(from)],
      targets: [stateId(to)],
      ...(labels.length === 0 ? {} : { labels: [{ id: `${id}:label`, text: ' ', width, height }] }),
    })
  }
  return graph
}

type Way = { id: string; from: string; to: string; labels: readonly Rect[] }
/** Ways between two of the states, or from within one to within the other. */
function waysAmong(chart: PlacedChart, paths: readonly string[]): Way[] {
  const host = (id: string): string | undefined => paths.find((path) => isWithin(id.slice(2), path))
  return chart.edges.flatMap(({ id, source, target, labels }) => {
    const [from, to] = [host(source), host(target)]
    return from === undefined || to === undefined || from === to ? [] : [{ id, from, to, labels }]
  })
}

/**
 * The places of a part after `laidOut`.
 *
 * @param fresh new ones go near what leads to them, the others stay about where they were
 */
export function tidied(
  chart: PlacedChart,
  places: Places,
  part: Part,
  laidOut: readonly PlacedState[],
  fresh: boolean,
): Places {
  const now = chart.states.filter(({ state }) => part.paths.includes(state.path))
  const from = cornerOf(now)
  const block = boundsOf(laidOut)
  const beside = chart.states.filter(
    ({ state }) => state.parent === part.parent && !part.paths.includes(state.path),
  )
  const to = fresh && beside.length > 0 ? spotFor(block, beside, chart, part) : from
  const moved = laidOut.flatMap(({ state, x, y }): [string, { x: number; y: number }][] => {
    const place = places[state.path]
    const was = now.find((each) => each.state.path === state.path)
    if (place === undefined || was === undefined) return []
    return [
      [
        state.path,
        {
          x: Math.round(place.x + to.x + x - block.x - was.x),
          y: Math.round(place.y + to.y + y - block.y - was.y),
        },
      ],
    ]
  })
  return Object.fromEntries(moved)
}

const cornerOf = (boxes: readonly Rect[]): Point => ({
  x: Math.min(...boxes.map(({ x }) => x)),
  y: Math.min(...boxes.map(({ y }) => y)),
})
function boundsOf(boxes: readonly Rect[]): Rect {
  const { x, y } = cornerOf(boxes)
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

/** The free spot nearest to below what leads to the block, else to below all. */
function spotFor(block: Rect, beside: readonly PlacedState[], chart: PlacedChart, part: Part): Point {
  const siblings = beside.map(({ state }) => state.path)
  const leading = waysAmong(chart, [...siblings, ...part.paths])
    .filter(({ from, to }) => siblings.includes(from) && part.paths.includes(to))
    .map(({ from }) => from)
  const above = beside.filter(({ state }) => leading.includes(state.path))
  const all = boundsOf(beside)
  const near = above.length === 0 ? all : boundsOf(above)
  const wish = {
    x: above.length === 0 ? all.x : near.x + near.width / 2 - block.width / 2,
    y: near.y + near.height + BELOW,
  }
  const frame = chart.states.find(({ state }) => state.path === part.parent)
  const least = {
    x: (frame?.x ?? 0) + GROUP.padX,
    y: (frame?.y ?? 0) + (frame?.box.height ?? 0) + GROUP.headGap,
  }
  return freeSpot(block, beside, { x: Math.max(wish.x, least.x), y: Math.max(wish.y, least.y) }, least)
}

/** Where a block of that size lies on none of `taken`, as near to `wish` as there is. */
export function freeSpot(
  { width, height }: { width: number; height: number },
  taken: readonly Rect[],
  wish: Point,
  least: Point,
): Point {
  const xs = [wish.x, ...taken.flatMap((box) => [box.x + box.width + MARGIN, box.x - width - MARGIN])]
  const ys = [wish.y, ...taken.flatMap((box) => [box.y + box.height + MARGIN, box.y - height - MARGIN])]
  const free = ({ x, y }: Point): boolean =>
    taken.every(
      (box) =>
        x >= box.x + box.width + MARGIN - 1 ||
        x + width + MARGIN - 1 <= box.x ||
        y >= box.y + box.height + MARGIN - 1 ||
        y + height + MARGIN - 1 <= box.y,
    )
  const far = ({ x, y }: Point): number => Math.abs(x - wish.x) + Math.abs(y - wish.y)
  const spots = xs
    .flatMap((x) => ys.map((y) => ({ x, y })))
    .filter((spot) => spot.x >= least.x && spot.y >= least.y && free(spot))
  const below = { x: wish.x, y: Math.max(...taken.map((box) => box.y + box.height)) + MARGIN }
  return spots.toSorted((one, other) => far(one) - far(other))[0] ?? below
}
