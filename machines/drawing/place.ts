/**
 * ELK's answer as a drawing: states, lines, labels and the dividers of regions in absolute coordinates.
 *
 * Promises: what goes in as a graph comes out whole. Must not: know words or the DOM; which ELK runs (in a worker, or
 * in a test's own thread) is the caller's choice.
 */
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import {
  type ChartGraph,
  type EdgePlan,
  type Labelled,
  type PlacedChart,
  type PlacedEdge,
  type PlacedLabel,
  type PlacedState,
  type Rect,
  stateId,
} from './graph.ts'
import { drawLines } from './lines.ts'
import { GROUP, LABEL } from './metrics.ts'

const OPTIONS: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.edgeLabels.inline': 'true',
  'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
  'elk.layered.considerModelOrder.strategy': 'NONE',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '40',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelNode': '6',
  'elk.spacing.nodeSelfLoop': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
}

/** Options by which a graph that ELK trips over is tried again: plainer, never more. */
const PLAINER: Record<string, string> = { 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF' }
/**
 * From so many lines on, a drawing at once is worth more than the shortest lines. Group by group, it is also a fraction
 * as large: lines between groups do not push apart what lies within.
 */
const LARGE = 300
const ROUGH: Record<string, string> = {
  ...PLAINER,
  'elk.layered.thoroughness': '2',
  'elk.hierarchyHandling': 'SEPARATE_CHILDREN',
}

const optionsFor = (graph: ChartGraph): Record<string, string> =>
  graph.edges.size < LARGE ? OPTIONS : { ...OPTIONS, ...ROUGH }

/** Lays a graph out with the ELK that is given; tries once more with plainer options where ELK trips. */
export async function layOut(graph: ChartGraph, elk: Pick<ELK, 'layout'>): Promise<PlacedChart> {
  // ELK writes into its input, so it gets a copy. The options go to every node: ELK inherits none of them.
  const run = async (layoutOptions: Record<string, string>): Promise<PlacedChart> =>
    withAllLines(graph, placeChart(graph, await elk.layout(structuredClone(graph.elk), { layoutOptions })))
  try {
    return await run(optionsFor(graph))
  } catch {
    return await run({ ...optionsFor(graph), ...PLAINER })
  }
}

/** What ELK laid out, in absolute coordinates, with what is drawn there. */
function placeChart(graph: ChartGraph, laidOut: ElkNode): PlacedChart {
  const chart: PlacedChart = {
    x: 0,
    y: 0,
    width: laidOut.width ?? 0,
    height: laidOut.height ?? 0,
    states: [],
    marks: [],
    edges: [],
    dividers: [],
  }
  const pending = [...(laidOut.children ?? [])]
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    const rect = rectOf(node)
    const kind = graph.marks.get(node.id)
    const drawn = graph.boxes.get(node.id)
    if (kind !== undefined) chart.marks.push({ id: node.id, kind, ...rect })
    if (drawn !== undefined) chart.states.push({ ...drawn, ...rect, open: false })
    pending.push(...(node.children ?? []))
  }
  for (const edge of laidOut.edges ?? []) {
    const plan = graph.edges.get(edge.id)
    if (plan !== undefined) chart.edges.push(placeEdge(plan, edge))
  }
  for (const frame of chart.states) if (frame.state.kind === 'parallel') divide(chart, frame, chart.edges)
  return chart
}

/** Lines that ELK did not lead, as those between groups that it laid out one by one, are led around what it placed. */
function withAllLines(graph: ChartGraph, chart: PlacedChart): PlacedChart {
  const led = chart.edges.filter(({ points }) => points.length > 1)
  if (led.length === graph.edges.size) return chart
  const rects = new Map<string, Rect>([
    ...chart.states.map((placed): [string, Rect] => [stateId(placed.state.path), placed]),
    ...chart.marks.map((mark): [string, Rect] => [mark.id, mark]),
  ])
  return { ...chart, edges: drawLines(graph, rects, chart.states, { ...chart, edges: led }) }
}

const rectOf = (shape: { x?: number; y?: number; width?: number; height?: number }): Rect => ({
  x: shape.x ?? 0,
  y: shape.y ?? 0,
  width: shape.width ?? 0,
  height: shape.height ?? 0,
})

function placeEdge({ labels, ...plan }: EdgePlan, edge: ElkExtendedEdge): PlacedEdge {
  const points = (edge.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ])
  const [stack] = edge.labels ?? []
  return {
    ...plan,
    points: points.map(({ x, y }) => ({ x, y })),
    labels: stack === undefined ? [] : unstack(labels, rectOf(stack)),
  }
}

/** The labels of a stack, one under the other, centred on its line. */
function unstack(labels: readonly Labelled[], stack: Rect): PlacedLabel[] {
  let y = stack.y
  return labels.map(({ transition, box }) => {
    const placed: PlacedLabel = {
      transition,
      box,
      x: stack.x + (stack.width - box.width) / 2,
      y,
      width: box.width,
      height: box.height,
    }
    y += box.height + LABEL.gap
    return placed
  })
}

/**
 * Regions that stand side by side, or one above the other, fill their parent with dashed lines between them.
 * A region that a line begins or ends at keeps a border of its own.
 */
export function divide(
  chart: PlacedChart,
  frame: PlacedState,
  lines: Iterable<Pick<PlacedEdge, 'source' | 'target'>>,
): void {
  const regions = chart.states.filter((each) => each.state.parent === frame.state.path && each.state.region)
  const touched = new Set([...lines].flatMap(({ source, target }) => [source, target]))
  if (regions.length === 0 || regions.some((each) => touched.has(stateId(each.state.path)))) return
  const across = regions.toSorted((one, other) => one.x - other.x)
  const down = regions.toSorted((one, other) => one.y - other.y)
  const top = frame.y + frame.box.height + GROUP.headGap / 2
  const bottom = frame.y + frame.height
  const right = frame.x + frame.width
  if (apart(across, 'x', 'width')) {
    const lines = pairs(across).map(([one, other]) => (one.x + one.width + other.x) / 2)
    for (const [index, region] of across.entries()) {
      const from = lines[index - 1] ?? frame.x
      const to = lines[index] ?? right
      Object.assign(region, { x: from, width: to - from, y: top, height: bottom - top, open: true })
    }
    for (const [index, x] of lines.entries())
      chart.dividers.push({ id: `${frame.state.path}|${index}`, from: { x, y: top }, to: { x, y: bottom } })
  } else if (apart(down, 'y', 'height')) {
    const lines = pairs(down).map(([one, other]) => (one.y + one.height + other.y) / 2)
    for (const [index, region] of down.entries()) {
      const from = lines[index - 1] ?? top
      const to = lines[index] ?? bottom
      Object.assign(region, { x: frame.x, width: frame.width, y: from, height: to - from, open: true })
    }
    for (const [index, y] of lines.entries())
      chart.dividers.push({
        id: `${frame.state.path}|${index}`,
        from: { x: frame.x, y },
        to: { x: right, y },
      })
  }
}
const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.slice(1).flatMap((second, index): [T, T][] => {
    const first = list[index]
    return first === undefined ? [] : [[first, second]]
  })
const apart = (list: readonly PlacedState[], at: 'x' | 'y', size: 'width' | 'height'): boolean =>
  pairs(list).every(([one, other]) => one[at] + one[size] <= other[at])
