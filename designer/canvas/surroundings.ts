/**
 * The places of a group shown alone and of the stubs beside it: what leads out to the right, what only leads in to the
 * left, each at the height of the state it is joined to.
 *
 * Promises: pure; the places of what lies in the group are as they were. These places are of the picture, never stored.
 */
import { arrange, type Places } from '../../machines/drawing/arrange.ts'
import { type ChartGraph, type PlacedState, stateId } from '../../machines/drawing/graph.ts'
import { isWithin, type View } from './view.ts'

/** Room for the labels of the lines to the stubs. */
const ROOM = 230
const GAP = 22

/** Places by which `view` is drawn. */
export function placesIn(view: View, graph: ChartGraph, places: Places): Places {
  const { home, stubs, model } = view
  if (home === '') return places
  const inside = Object.fromEntries(Object.entries(places).filter(([path]) => isWithin(path, home)))
  const { width, height } = places[home] ?? {}
  const group = {
    x: 0,
    y: 0,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
  const own: Places = { ...inside, [home]: group }
  if (stubs.size === 0) return own
  const bare: ChartGraph = { ...graph, edges: new Map(), marks: new Map() }
  const { states } = arrange(bare, model, own).chart
  const frame = states.find(({ state }) => state.path === home)
  if (frame === undefined) return own
  const out = new Set(
    model.transitions.filter(({ source }) => isWithin(source, home)).flatMap(({ targets }) => targets),
  )
  const right = column(
    [...stubs].filter((path) => out.has(path)),
    view,
    graph,
    states,
  )
  const left = column(
    [...stubs].filter((path) => !out.has(path)),
    view,
    graph,
    states,
  )
  const placed = [
    ...right.map(({ path, y }) => [path, { x: frame.x + frame.width - CORNER + ROOM, y }] as const),
    ...left.map(({ path, y, width: wide }) => [path, { x: frame.x - CORNER - ROOM - wide, y }] as const),
  ]
  return { ...own, ...Object.fromEntries(placed) }
}
/** Where a drawing begins; places count from there. */
const CORNER = 16

/** Stubs one below the other, each near the first state inside that it is joined to. */
function column(
  paths: readonly string[],
  { model }: View,
  graph: ChartGraph,
  states: readonly PlacedState[],
): { path: string; y: number; width: number }[] {
  const wished = paths.map((path) => {
    const way = model.transitions.find(({ source, targets }) => source === path || targets.includes(path))
    const partner = way?.source === path ? way.targets[0] : way?.source
    const state = states.find((each) => each.state.path === partner)
    const box = graph.boxes.get(stateId(path))?.box
    const height = box?.height ?? 0
    const middle = state === undefined ? 0 : state.y + state.height / 2
    return { path, y: middle - height / 2 - CORNER, width: box?.width ?? 0, height }
  })
  let free = Number.NEGATIVE_INFINITY
  return wished
    .toSorted((one, other) => one.y - other.y)
    .map(({ path, y, width, height }) => {
      const at = Math.round(Math.max(y, free))
      free = at + height + GAP
      return { path, y: at, width }
    })
}
