/**
 * Where the keyboard leads on a drawing.
 *
 * Promises: pure; every state and transition can be reached. Must not: select or scroll.
 */
import type { PlacedChart, PlacedState, Point } from '../../machines/drawing/graph.ts'
import type { ChartModel } from '../../machines/drawing/model.ts'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/**
 * The state that an arrow leads to: the nearest one ahead that a transition joins to this one, else the nearest beside
 * it, else the nearest anywhere. A group before what lies in it, for Enter goes in.
 */
export function stateTowards(
  chart: PlacedChart,
  model: ChartModel,
  path: string,
  arrow: Arrow,
): string | undefined {
  const from = chart.states.find(({ state }) => state.path === path)
  if (from === undefined || path === '')
    return chart.states.find(({ state }) => state.parent !== undefined)?.state.path
  const joined = new Set(
    model.transitions.flatMap(({ source, targets }) => [
      ...(source === path ? targets : []),
      ...(targets.includes(path) ? [source] : []),
    ]),
  )
  const isAround = (other: string): boolean => other === '' || isWithin(path, other) || isWithin(other, path)
  const others = chart.states.filter(({ state }) => !isAround(state.path))
  return (
    nearest(
      from,
      others.filter(({ state: { path: other } }) => joined.has(other) && !liesInOneOf(joined, other)),
      arrow,
      STEEP,
    ) ??
    nearest(
      from,
      others.filter(({ state }) => state.parent === from.state.parent),
      arrow,
    ) ??
    nearest(from, others, arrow)
  )?.state.path
}
const isWithin = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`)
const liesInOneOf = (groups: ReadonlySet<string>, path: string): boolean =>
  groups.values().some((group) => group !== path && isWithin(path, group))

/** What is more to the side than ahead is in another direction. */
const STEEP = 1

function nearest(
  from: PlacedState,
  others: readonly PlacedState[],
  arrow: Arrow,
  steep = Number.POSITIVE_INFINITY,
): PlacedState | undefined {
  const start = middleOf(from)
  const ahead = others.flatMap((other) => {
    const end = middleOf(other)
    const dx = end.x - start.x
    const dy = end.y - start.y
    const [along, across] =
      arrow === 'ArrowDown'
        ? [dy, dx]
        : arrow === 'ArrowUp'
          ? [-dy, dx]
          : arrow === 'ArrowRight'
            ? [dx, dy]
            : [-dx, dy]
    return along > 4 && Math.abs(across) <= along * steep
      ? [{ other, far: along + Math.abs(across) * 2 }]
      : []
  })
  return ahead.toSorted((one, other) => one.far - other.far)[0]?.other
}
const middleOf = (box: PlacedState): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

/** The next way out of a state (`in`: into it), round and round; `back`: the one before. */
export function nextWay(
  model: ChartModel,
  path: string,
  current: string | undefined,
  { side = 'out', back = false }: { side?: 'out' | 'in'; back?: boolean } = {},
): string | undefined {
  const ways = model.transitions.filter(
    ({ source, targets, trigger }) =>
      (side === 'out' ? source === path : targets.includes(path)) && trigger.kind !== 'default',
  )
  const index = ways.findIndex(({ pointer }) => pointer === current)
  const next = index < 0 ? (back ? ways.length - 1 : 0) : (index + (back ? ways.length - 1 : 1)) % ways.length
  return ways[next]?.pointer
}

/** The innermost state at a point; `not`: states that are being dragged, with what lies in them. */
export function stateAt(chart: PlacedChart, point: Point, not: readonly string[] = []): string {
  const held = (path: string): boolean => not.some((each) => path === each || path.startsWith(`${each}.`))
  const found = chart.states.filter(
    (box) =>
      !held(box.state.path) &&
      point.x >= box.x &&
      point.x <= box.x + box.width &&
      point.y >= box.y &&
      point.y <= box.y + box.height,
  )
  return found.toSorted((one, other) => other.state.depth - one.state.depth)[0]?.state.path ?? ''
}

/** States and transitions that a text occurs in, in the order of the definition. */
export type Hit = { readonly kind: 'state' | 'transition'; readonly id: string; readonly text: string }
export function hitsOf(entries: readonly Hit[], query: string): Hit[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return words.length === 0
    ? []
    : entries.filter(({ text }) => words.every((word) => text.toLocaleLowerCase().includes(word)))
}
