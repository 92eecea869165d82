/**
 * The drawing as a graph for ELK, and ELK's answer as placed states, transitions and labels.
 *
 * Promises: pure and total: any `ChartModel` gives a graph, and the same model always the same graph. Every state is
 * one node, nested as in the definition; every transition that leads somewhere is an edge (several targets: one edge
 * to a fork and one from it to each target), save that many between the same two states share a line, their labels
 * stacked on it. Coordinates that come out are absolute.
 * Must not: run ELK (the page does in a worker of the browser, the server in one of its own), or touch React or the DOM.
 */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { boxMaker, type LabelBox, type StateBox } from './boxes.ts'
import { DOT, FORK, GROUP, HISTORY, LABEL, type Measure } from './metrics.ts'
import type { ChartModel, ChartState, ChartTransition } from './model.ts'
import type { Words } from './words.ts'

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
type Divider = { id: string; from: Point; to: Point }
export type PlacedChart = Rect & {
  states: PlacedState[]
  marks: PlacedMark[]
  edges: PlacedEdge[]
  dividers: Divider[]
}

export type Labelled = { transition: ChartTransition; box: LabelBox }
export type EdgePlan = Omit<PlacedEdge, 'points' | 'labels'> & { labels: Labelled[] }
export type ChartGraph = {
  elk: ElkNode
  boxes: Map<string, { state: ChartState; box: StateBox }>
  edges: Map<string, EdgePlan>
  marks: Map<string, PlacedMark['kind']>
}

const ROOT = '$root'
export const stateId = (path: string): string => `s:${path}`
const initialId = (path: string): string => `i:${path}`
const forkId = (pointer: string): string => `f:${pointer}`

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
  const order = orderOf(model)
  return (order.get(target) ?? -1) > (order.get(source) ?? -1)
}

const orders = new WeakMap<ChartModel, ReadonlyMap<string, number>>()
function orderOf(model: ChartModel): ReadonlyMap<string, number> {
  const known = orders.get(model) ?? new Map([...model.states.keys()].map((path, index) => [path, index]))
  orders.set(model, known)
  return known
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
