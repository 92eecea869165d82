/**
 * The drawing as it is worked on: what the mouse does on it, handed on as what the person meant.
 *
 * Promises: nodes stand where the drawing says, also while they are dragged. Must not: change the document.
 */
import {
  ConnectionMode,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
} from '@xyflow/react'
import { type MouseEvent, type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import type { PlacedChart, Point } from '../../machines/drawing/graph.ts'
import type { Selected, Selection } from '../design/design-api.ts'
import type { Words } from './chart-words.ts'
import { edgesOf, FLOW, nodesOf, Overview, STATE_ID, spokenHelp, ZoomControls } from './flow-parts.tsx'
import { lookAt } from './look-at.ts'
import type { ChartNode } from './nodes.tsx'
import type { TransitionEdge } from './transition-edge.tsx'

export type Flow = ReactFlowInstance<ChartNode, TransitionEdge>

export type EditFlowProps = {
  chart: PlacedChart
  words: Words
  dark: boolean
  readOnly: boolean
  selection: Selection
  select(selection: Selection): void
  /** The instance, once it is there. */
  ready(flow: Flow): void
  /** States are being dragged by so much. */
  dragged(paths: readonly string[], by: Point): void
  dropped(paths: readonly string[], by: Point, at: Point): void
  connected(source: string, target: string): void
  /** A transition was drawn into the empty. */
  drawnTo(source: string, at: Point): void
  opened(path: string, at: Point): void
  children: ReactNode
}

const chosenStates = (selection: Selection): string[] =>
  selection.flatMap((one) => (one.kind === 'state' ? [one.path] : []))

export function EditFlow(props: EditFlowProps): ReactElement {
  const { chart, words, dark, readOnly, selection, select, children } = props
  const latest = useRef(selection)
  latest.current = selection
  const flow = useRef<Flow>(null)
  const start = useRef<{ paths: string[]; from: Point }>(null)
  const chosenWay = selection.find((one) => one.kind === 'transition')?.pointer
  const nodes = useMemo(() => {
    const chosen = new Set(chosenStates(selection))
    return nodesOf(chart, words, {}, undefined).map((node): ChartNode => {
      if (node.type !== 'state') return node
      const { state } = node.data.placed
      const inner = state.parent !== undefined
      return {
        ...node,
        selected: chosen.has(state.path),
        draggable: inner && !readOnly,
        connectable: inner && !readOnly && state.kind !== 'history',
      }
    })
  }, [chart, words, selection, readOnly])
  const choose = (next: Selection): void => {
    latest.current = next
    select(next)
  }
  const edges = useMemo(
    () =>
      edgesOf(chart, chosenWay, (choice) => {
        if (choice !== undefined && 'transition' in choice)
          select([{ kind: 'transition', pointer: choice.transition }])
      }),
    [chart, chosenWay, select],
  )
  const onNodesChange = (changes: NodeChange<ChartNode>[]): void => {
    const picked = changes.flatMap((change) =>
      change.type === 'select' && change.id.startsWith(STATE_ID)
        ? [{ path: change.id.slice(STATE_ID.length), selected: change.selected }]
        : [],
    )
    if (picked.length === 0) return
    const states = new Set(chosenStates(latest.current))
    for (const { path, selected } of picked) {
      if (selected) states.add(path)
      else states.delete(path)
    }
    const others = states.size > 0 ? [] : latest.current.filter(({ kind }) => kind !== 'state')
    const next = [...others, ...[...states].map((path): Selected => ({ kind: 'state', path }))]
    if (JSON.stringify(next) !== JSON.stringify(latest.current)) choose(next)
  }
  const onEdgesChange = (changes: EdgeChange<TransitionEdge>[]): void => {
    for (const change of changes) {
      if (change.type !== 'select' || !change.selected) continue
      const [first] = edges.find(({ id }) => id === change.id)?.data?.placed.transitions ?? []
      if (first !== undefined && first.pointer !== chosenWay)
        choose([{ kind: 'transition', pointer: first.pointer }])
    }
  }
  const pathOf = (id: string): string => id.slice(STATE_ID.length)
  const shiftOf = (node: ChartNode): Point => ({
    x: node.position.x - (start.current?.from.x ?? node.position.x),
    y: node.position.y - (start.current?.from.y ?? node.position.y),
  })
  const pointOf = (event: { clientX: number; clientY: number }): Point =>
    flow.current?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 }
  const onConnectEnd: OnConnectEnd = (event, connection) => {
    const from = connection.fromNode?.id
    if (from === undefined) return
    const touch = 'changedTouches' in event ? event.changedTouches[0] : event
    if (touch === undefined) return
    const to = connection.toNode?.id
    if (connection.isValid === true && to !== undefined) return
    props.drawnTo(pathOf(from), pointOf(touch))
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const { target } = event
    if (readOnly || !(target instanceof Element)) return
    if (target.closest('.react-flow__controls, .react-flow__minimap, .react-flow__panel, .canvas-pad, input'))
      return
    const node = target.closest('.react-flow__node')?.getAttribute('data-id') ?? ''
    props.opened(node.startsWith(STATE_ID) ? pathOf(node) : '', pointOf(event))
  }
  return (
    <ReactFlow<ChartNode, TransitionEdge>
      nodes={nodes}
      edges={edges}
      {...FLOW}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onPaneClick={() => choose([])}
      onDoubleClick={onDoubleClick}
      onInit={(made) => {
        flow.current = made
        props.ready(made)
        lookAt(made, chart, [])
      }}
      onNodeDragStart={(_, node, all) => {
        start.current = { paths: all.map(({ id }) => pathOf(id)), from: { ...node.position } }
      }}
      onNodeDrag={(_, node) => {
        if (start.current !== null) props.dragged(start.current.paths, shiftOf(node))
      }}
      onNodeDragStop={(event, node) => {
        const held = start.current
        if (held === null) return
        const by = shiftOf(node)
        start.current = null
        props.dropped(held.paths, by, pointOf('clientX' in event ? event : { clientX: 0, clientY: 0 }))
      }}
      onConnect={({ source, target }) => props.connected(pathOf(source), pathOf(target))}
      onConnectEnd={onConnectEnd}
      colorMode={dark ? 'dark' : 'light'}
      ariaLabelConfig={spokenHelp(words.t, words.t('edit.nodeHelp'))}
      connectionMode={ConnectionMode.Loose}
      connectionRadius={24}
      selectionMode={SelectionMode.Full}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      nodeDragThreshold={3}
      snapToGrid
      snapGrid={[4, 4]}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
    >
      <Overview dark={dark} />
      <ZoomControls chart={chart} />
      {children}
    </ReactFlow>
  )
}
