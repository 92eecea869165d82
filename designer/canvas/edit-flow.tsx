/**
 * The drawing as it is worked on: what the mouse does on it, handed on as what the person meant.
 *
 * Promises: nodes stand where the drawing says, also while they are dragged. Must not: change the document.
 */
import {
  type Connection,
  ConnectionMode,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  type OnNodeDrag,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
} from '@xyflow/react'
import {
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { PlacedChart, Point } from '../../machines/drawing/graph.ts'
import type { Selected, Selection } from '../design/design-api.ts'
import type { Words } from './chart-words.ts'
import { FAR_REACH, FAR_ZOOM, FarLines, lineAt } from './far-lines.tsx'
import { edgesOf, FLOW, nodesOf, type Shown, STATE_ID, spokenHelp, ZoomControls } from './flow-parts.tsx'
import { lookAt, type Sight } from './look-at.ts'
import type { ChartNode } from './nodes.tsx'
import { Overview } from './overview.tsx'
import { borderHandles, isLarge, useSame, useSteady } from './sparing.ts'
import type { TransitionEdge } from './transition-edge.tsx'
import { COVERED } from './use-camera.ts'
import type { Hand } from './use-preview.ts'
import { isWithin, type View } from './view.ts'

export type Flow = ReactFlowInstance<ChartNode, TransitionEdge>

export type EditFlowProps = {
  chart: PlacedChart
  words: Words
  dark: boolean
  readOnly: boolean
  shown: Shown
  view: View
  selection: Selection
  isDragging: boolean
  select(selection: Selection): void
  /** The instance, once it is there. */
  ready(flow: Flow, sight: Sight): void
  /** Someone has begun to look about. */
  moved(): void
  showAll(): void
  /** States are being dragged by so much. */
  dragged(paths: readonly string[], by: Point, hand: Hand): void
  dropped(paths: readonly string[], by: Point, at: Point): void
  connected(source: string, target: string): void
  /** A transition was drawn into the empty. */
  drawnTo(source: string, at: Point): void
  opened(path: string, at: Point): void
  children: ReactNode
}

/** The heading of the process. */
const HEADER_OF_ALL = 'h:'

/** Always the same objects: React Flow tells all it draws of each new one. */
const MULTI_KEYS = ['Shift', 'Meta', 'Control']

const chosenStates = (selection: Selection): string[] =>
  selection.flatMap((one) => (one.kind === 'state' ? [one.path] : []))

export function EditFlow(props: EditFlowProps): ReactElement {
  const { chart, words, dark, readOnly, shown, view, selection, select, children } = props
  const latest = useRef(selection)
  latest.current = selection
  const flow = useRef<Flow>(null)
  const pane = useRef<HTMLDivElement>(null)
  const start = useRef<{ paths: string[]; from: Point }>(null)
  const [isFarOff, setFarOff] = useState(false)
  const isFar = isFarOff && isLarge(chart)
  const chosenWay = selection.find((one) => one.kind === 'transition')?.pointer
  const made = useMemo(() => {
    const chosen = new Set(chosenStates(selection))
    return nodesOf(chart, words, shown, undefined).flatMap((node): ChartNode[] => {
      // What surrounds a group shown alone has no frame.
      if (view.home !== '' && (node.id === STATE_ID || node.id === HEADER_OF_ALL)) return []
      if (node.type === 'room' && isFar) return []
      if (node.type !== 'state') return [node]
      const { state } = node.data.placed
      const inner = state.parent !== undefined
      const connectable = inner && !readOnly && state.kind !== 'history' && state.stub !== true
      const draggable =
        !readOnly && state.path !== '' && state.path !== view.home && isWithin(state.path, view.home)
      return [
        {
          ...node,
          selected: chosen.has(state.path),
          draggable,
          connectable,
          ...(connectable ? { handles: borderHandles(node.data.placed) } : {}),
        },
      ]
    })
  }, [chart, words, shown, view, selection, readOnly, isFar])
  const nodes = useSame(made)
  const choose = (next: Selection): void => {
    latest.current = next
    select(next)
  }
  const latestSelect = useRef(select)
  latestSelect.current = select
  const chooseWay = useCallback(
    (pointer: string) => latestSelect.current([{ kind: 'transition', pointer }]),
    [],
  )
  const edges = useSame(
    useMemo(
      () => (isFar ? [] : edgesOf(chart, chosenWay, chooseWay, shown)),
      [chart, chosenWay, chooseWay, shown, isFar],
    ),
  )
  const onNodesChange = useSteady((changes: NodeChange<ChartNode>[]): void => {
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
  })
  const onEdgesChange = useSteady((changes: EdgeChange<TransitionEdge>[]): void => {
    for (const change of changes) {
      if (change.type !== 'select' || !change.selected) continue
      const [first] = edges.find(({ id }) => id === change.id)?.data?.placed.transitions ?? []
      if (first !== undefined && first.pointer !== chosenWay)
        choose([{ kind: 'transition', pointer: first.pointer }])
    }
  })
  const pathOf = (id: string): string => id.slice(STATE_ID.length)
  const shiftOf = (node: ChartNode): Point => ({
    x: node.position.x - (start.current?.from.x ?? node.position.x),
    y: node.position.y - (start.current?.from.y ?? node.position.y),
  })
  const pointOf = (event: { clientX: number; clientY: number }): Point =>
    flow.current?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 }
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || !event.target.classList.contains(FAR_REACH)) return
    const [first] = lineAt(chart.edges, pointOf(event))?.transitions ?? []
    if (first !== undefined) chooseWay(first.pointer)
  }
  const onConnectEnd = useSteady<Parameters<OnConnectEnd>, void>((event, connection) => {
    const from = connection.fromNode?.id
    if (from === undefined) return
    const touch = 'changedTouches' in event ? event.changedTouches[0] : event
    if (touch === undefined) return
    const to = connection.toNode?.id
    if (connection.isValid === true && to !== undefined) return
    props.drawnTo(pathOf(from), pointOf(touch))
  })
  const onConnect = useSteady(({ source, target }: Connection) =>
    props.connected(pathOf(source), pathOf(target)),
  )
  const onNodeDragStart = useSteady<Parameters<OnNodeDrag<ChartNode>>, void>((_, node, all) => {
    start.current = { paths: all.map(({ id }) => pathOf(id)), from: { ...node.position } }
  })
  const onNodeDrag = useSteady<Parameters<OnNodeDrag<ChartNode>>, void>((event, node) => {
    if (start.current === null) return
    const hand = { free: event.altKey, zoom: flow.current?.getZoom() ?? 1 }
    props.dragged(start.current.paths, shiftOf(node), hand)
  })
  const onNodeDragStop = useSteady<Parameters<OnNodeDrag<ChartNode>>, void>((event, node) => {
    const held = start.current
    if (held === null) return
    const by = shiftOf(node)
    start.current = null
    props.dropped(held.paths, by, pointOf('clientX' in event ? event : { clientX: 0, clientY: 0 }))
  })
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
      {...(isFar ? { className: 'far-off' } : {})}
      onlyRenderVisibleElements={isLarge(chart)}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      ref={pane}
      onPaneClick={() => choose([])}
      onMoveStart={(event) => {
        if (event !== null) props.moved()
      }}
      onMove={(_, { zoom }) => setFarOff(zoom < FAR_ZOOM)}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onInit={(made) => {
        flow.current = made
        const sight = lookAt(made, pane.current?.getBoundingClientRect(), chart, { left: COVERED })
        props.ready(made, sight)
      }}
      onNodeDragStart={onNodeDragStart}
      onNodeDrag={onNodeDrag}
      onNodeDragStop={onNodeDragStop}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      colorMode={dark ? 'dark' : 'light'}
      ariaLabelConfig={useMemo(() => spokenHelp(words.t, words.t('edit.nodeHelp')), [words.t])}
      connectionMode={ConnectionMode.Loose}
      connectionRadius={24}
      selectionMode={SelectionMode.Full}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={MULTI_KEYS}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      nodeDragThreshold={3}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
    >
      {isFar ? (
        <FarLines chart={chart} chosen={chosenWay} shown={shown} isDragging={props.isDragging} />
      ) : null}
      <Overview chart={chart} dark={dark} />
      <ZoomControls chart={chart} showAll={props.showAll} />
      {children}
    </ReactFlow>
  )
}
