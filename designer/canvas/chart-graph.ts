/**
 * The drawing as a graph for ELK, and ELK's answer as placed states, transitions and labels.
 *
 * Promises: pure and total: any `ChartModel` gives a graph, and the same model always the same graph. Every state is
 * one node, nested as in the definition; every transition that leads somewhere is an edge (several targets: one edge
 * to a fork and one from it to each target), save that many between the same two states share a line, their labels
 * stacked on it. Coordinates that come out are absolute.
 * Must not: run ELK (`chart-layout.ts` does, in a worker), or touch React or the DOM.
 */
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { boxMaker, type LabelBox, type StateBox } from './chart-boxes.ts'
import type { ChartModel, ChartState, ChartTransition } from './chart-model.ts'
import type { Words } from './chart-words.ts'
import { DOT, FORK, GROUP, HISTORY, LABEL, type Measure } from './metrics.ts'

export type Point = { x: number; y: number }
export type Rect = Point & { width: number; height: number }
/** `open`: a region whose border is its parent's and the dividers beside it. */
export type PlacedState = Rect & { state: ChartState; box: StateBox; open: boolean }
/** Initial dots and forks. */
export type PlacedMark = Rect & { id: string; kind: 'initial' | 'fork' }
export type PlacedLabel = Rect & { transition: ChartTransition; box: LabelBox }
export type PlacedEdge = {
  id: string
  /** Ids of the graph's nodes. */
  source: string
  target: string
  /** None on the edge of an initial dot; several where they share the line. */
  transitions: ChartTransition[]
  kind: 'initial' | 'transition' | 'fork' | 'default'
  points: Point[]
  labels: PlacedLabel[]
  /** Whether it ends at a state, and so bears an arrow. */
  arrow: boolean
}
/** A dashed line between two regions. */
export type Divider = { id: string; from: Point; to: Point }
export type PlacedChart = Rect & {
  states: PlacedState[]
  marks: PlacedMark[]
  edges: PlacedEdge[]
  dividers: Divider[]
}

type Labelled = { transition: ChartTransition; box: LabelBox }
type EdgePlan = Omit<PlacedEdge, 'points' | 'labels'> & { labels: Labelled[] }
export type ChartGraph = {
  elk: ElkNode
  boxes: Map<string, { state: ChartState; box: StateBox }>
  edges: Map<string, EdgePlan>
  marks: Map<string, PlacedMark['kind']>
}

const ROOT = '$root'
const stateId = (path: string): string => `s:${path}`
const initialId = (path: string): string => `i:${path}`
const forkId = (pointer: string): string => `f:${pointer}`

export const OPTIONS: Record<string, string> = {
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
export const PLAINER: Record<string, string> = {
  'elk.layered.considerModelOrder.strategy': 'NONE',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
}

/** The graph of a definition with every size told. */
export function chartGraph(model: ChartModel, words: Words, measure: Measure): ChartGraph {
  const boxes = boxMaker(words, measure)
  const graph: ChartGraph = {
    elk: { id: ROOT, children: [], edges: [] },
    boxes: new Map(),
    edges: new Map(),
    marks: new Map(),
  }
  const inner = Map.groupBy(
    model.transitions.filter((each) => each.targets.length === 0),
    (each) => each.source,
  )
  const nodes = new Map<string, ElkNode>()
  for (const state of model.states.values()) {
    const box = boxes.state(state, inner.get(state.path) ?? [])
    graph.boxes.set(stateId(state.path), { state, box })
    const node = stateNode(state, box)
    nodes.set(state.path, node)
    const above = state.parent === undefined ? graph.elk : nodes.get(state.parent)
    above?.children?.push(node)
  }
  for (const state of model.states.values()) addInitial(graph, state, nodes)
  for (const bundle of bundles(model.transitions)) {
    const labels = bundle.flatMap((transition) => {
      const box = boxes.label(transition)
      return box === undefined ? [] : [{ transition, box }]
    })
    addTransitions(graph, model, bundle, labels, nodes)
  }
  return graph
}

function stateNode(state: ChartState, box: StateBox): ElkNode {
  const id = stateId(state.path)
  if (state.kind === 'history') return { id, width: HISTORY, height: HISTORY }
  if (state.children.length === 0) return { id, width: box.width, height: box.height }
  const top = box.height + GROUP.headGap
  return {
    id,
    children: [],
    layoutOptions: {
      'elk.padding': `[top=${top},left=${GROUP.padX},bottom=${GROUP.padBottom},right=${GROUP.padX}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${box.width},${top + GROUP.padBottom})`,
    },
  }
}

function addInitial(graph: ChartGraph, state: ChartState, nodes: Map<string, ElkNode>): void {
  if (state.initial === undefined) return
  const id = initialId(state.path)
  // First among the children: ELK keeps the order of the model where it can, so the start stands at the top.
  nodes.get(state.path)?.children?.unshift({
    id,
    width: DOT,
    height: DOT,
    layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' },
  })
  graph.marks.set(id, 'initial')
  addEdge(graph, `${id}>`, id, stateId(state.initial), {
    transitions: [],
    kind: 'initial',
    labels: [],
    arrow: true,
  })
}

/** From as many transitions between the same two states on, they share one line. */
const BUNDLE_FROM = 3

/** Transitions that lead somewhere, those that share a line together. */
function bundles(transitions: readonly ChartTransition[]): ChartTransition[][] {
  const leading = transitions.filter((each) => each.targets.length > 0)
  const alike = Map.groupBy(leading, (each) =>
    each.targets.length > 1 || each.trigger.kind === 'default'
      ? each.pointer
      : JSON.stringify([each.source, each.targets[0]]),
  )
  return [...alike.values()].flatMap((each) =>
    each.length < BUNDLE_FROM ? each.map((single) => [single]) : [each],
  )
}

function addTransitions(
  graph: ChartGraph,
  model: ChartModel,
  transitions: ChartTransition[],
  labels: Labelled[],
  nodes: Map<string, ElkNode>,
): void {
  const [first] = transitions
  if (first === undefined) return
  const { pointer, source, targets } = first
  const [only, ...others] = targets
  if (only !== undefined && others.length === 0) {
    const kind = first.trigger.kind === 'default' ? 'default' : 'transition'
    const plan = { transitions, kind, labels, arrow: true } as const
    const forward = goesForward(model, source, only) ? 10 * transitions.length : 0
    addEdge(graph, `t:${pointer}`, stateId(source), stateId(only), plan, forward)
    return
  }
  const fork = forkId(pointer)
  graph.marks.set(fork, 'fork')
  nodes.get(commonAncestor(model, targets))?.children?.push({ id: fork, ...FORK })
  addEdge(graph, `t:${pointer}`, stateId(source), fork, {
    transitions,
    kind: 'transition',
    labels,
    arrow: false,
  })
  for (const [index, target] of targets.entries()) {
    const plan = { transitions, kind: 'fork' as const, labels: [], arrow: true }
    addEdge(graph, `t:${pointer}#${index}`, fork, stateId(target), plan)
  }
}

/** The order of the definition is the order of the work: what leads on is drawn downwards, where cycles allow it. */
function goesForward(model: ChartModel, source: string, target: string): boolean {
  const order = [...model.states.keys()]
  return order.indexOf(target) > order.indexOf(source)
}

/** ELK places one label an edge: a stack of labels is one to it. */
function addEdge(
  graph: ChartGraph,
  id: string,
  from: string,
  to: string,
  plan: Omit<EdgePlan, 'id' | 'source' | 'target'>,
  forward = 0,
): void {
  graph.edges.set(id, { id, source: from, target: to, ...plan })
  const edge: ElkExtendedEdge = { id, sources: [from], targets: [to] }
  if (plan.labels.length > 0) {
    const width = Math.max(...plan.labels.map(({ box }) => box.width))
    const height = plan.labels.reduce((sum, { box }) => sum + box.height + LABEL.gap, -LABEL.gap)
    edge.labels = [{ id: `${id}:label`, text: ' ', width, height }]
  }
  if (forward > 0) edge.layoutOptions = { 'elk.layered.priority.direction': String(forward) }
  graph.elk.edges?.push(edge)
}

/** The innermost state that holds all of them and is none of them. */
function commonAncestor(model: ChartModel, paths: readonly string[]): string {
  const chains = paths.map((path) => {
    const chain: string[] = []
    for (let at = model.states.get(path)?.parent; at !== undefined; at = model.states.get(at)?.parent) {
      chain.push(at)
    }
    return chain
  })
  return chains[0]?.find((each) => chains.every((chain) => chain.includes(each))) ?? ''
}

/** Lays a graph out with the ELK that is given; tries once more with plainer options where ELK trips. */
export async function layOut(graph: ChartGraph, elk: Pick<ELK, 'layout'>): Promise<PlacedChart> {
  // ELK writes into its input, so it gets a copy. The options go to every node: ELK inherits none of them.
  const run = async (layoutOptions: Record<string, string>): Promise<PlacedChart> =>
    placeChart(graph, await elk.layout(structuredClone(graph.elk), { layoutOptions }))
  try {
    return await run(OPTIONS)
  } catch {
    return await run({ ...OPTIONS, ...PLAINER })
  }
}

/** What ELK laid out, in absolute coordinates, with what is drawn there. */
export function placeChart(graph: ChartGraph, laidOut: ElkNode): PlacedChart {
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
  for (const frame of chart.states) if (frame.state.kind === 'parallel') divide(chart, frame)
  return chart
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
function divide(chart: PlacedChart, frame: PlacedState): void {
  const regions = chart.states.filter((each) => each.state.parent === frame.state.path && each.state.region)
  const touched = new Set(chart.edges.flatMap(({ source, target }) => [source, target]))
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
