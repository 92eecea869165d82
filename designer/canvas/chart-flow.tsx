/**
 * The placed drawing on React Flow's canvas: panning, zooming, minimap, selection by mouse and keyboard.
 *
 * Must not: place or route; React Flow's own routing and measuring are not used.
 */
import {
  type AriaLabelConfig,
  ControlButton,
  Controls,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedChart, PlacedState } from '../../machines/drawing/graph.ts'
import { stateTitle } from '../../machines/drawing/words.ts'
import { Icon } from '../shell/icons.tsx'
import type { Choice } from './chart.tsx'
import type { Words } from './chart-words.ts'
import { lookAt } from './look-at.ts'
import { type ChartNode, DividerView, HeaderView, isGroup, type Lit, MarkView, StateView } from './nodes.tsx'
import { type TransitionEdge, TransitionView } from './transition-edge.tsx'

export const nodeTypes = { state: StateView, mark: MarkView, divider: DividerView, header: HeaderView }
export const edgeTypes = { transition: TransitionView }
const EDGES_ABOVE = 100
const LEAVES_ABOVE = 200

export type FlowProps = {
  chart: PlacedChart
  words: Words
  dark: boolean
  active: readonly string[] | undefined
  jobs: Record<string, number> | undefined
  choice: Choice
  choose(choice: Choice): void
}

export function ChartFlow(props: FlowProps): ReactElement {
  const { chart, words, dark, active, jobs, choice, choose } = props
  const { t } = words
  const chosenState = choice !== undefined && 'state' in choice ? choice.state : undefined
  const chosenWay = choice !== undefined && 'transition' in choice ? choice.transition : undefined
  const nodes = useMemo(
    () => nodesOf(chart, words, active ?? [], jobs ?? {}, chosenState),
    [chart, words, active, jobs, chosenState],
  )
  const edges = useMemo(() => edgesOf(chart, chosenWay, choose), [chart, chosenWay, choose])
  const onNodesChange = (changes: NodeChange<ChartNode>[]): void => {
    for (const change of changes) {
      if (change.type === 'select' && change.selected) choose({ state: change.id.slice(STATE_ID.length) })
    }
  }
  const onEdgesChange = (changes: EdgeChange<TransitionEdge>[]): void => {
    for (const change of changes) {
      const way = edges.find((edge) => change.type === 'select' && edge.id === change.id)
      const [first] = way?.data?.placed.transitions ?? []
      if (change.type === 'select' && change.selected && first !== undefined)
        choose({ transition: first.pointer })
    }
  }
  return (
    <ReactFlow<ChartNode, TransitionEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onPaneClick={() => choose(undefined)}
      onInit={(flow) => lookAt(flow, chart, active ?? [])}
      colorMode={dark ? 'dark' : 'light'}
      ariaLabelConfig={spokenHelp(t)}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      elevateNodesOnSelect={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      minZoom={0.05}
      maxZoom={2.5}
      proOptions={{ hideAttribution: true }}
    >
      <Overview dark={dark} />
      <ZoomControls chart={chart} />
    </ReactFlow>
  )
}

export const spokenHelp = (t: Words['t'], node = t('chart.nodeHelp')): Partial<AriaLabelConfig> => ({
  'node.a11yDescription.default': node,
  'node.a11yDescription.keyboardDisabled': node,
  'edge.a11yDescription.default': t('chart.edgeHelp'),
  'controls.ariaLabel': t('chart.controls'),
  'minimap.ariaLabel': t('chart.minimap'),
})

export function Overview({ dark }: { dark: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <MiniMap<ChartNode>
      pannable
      zoomable
      style={{ width: 150, height: 100 }}
      bgColor={dark ? '#2b2f35' : '#ffffff'}
      maskColor={dark ? 'rgb(0 0 0 / 45%)' : 'rgb(33 41 48 / 12%)'}
      nodeColor={(node) => miniColor(node, dark)}
      nodeStrokeWidth={0}
      nodeBorderRadius={12}
      ariaLabel={t('chart.minimap')}
    />
  )
}

function miniColor(node: ChartNode, dark: boolean): string {
  if (node.type !== 'state') return 'transparent'
  if (node.data.lit === 'here') return dark ? '#3bc9db' : '#0b7285'
  if (node.data.placed.state.children.length > 0)
    return dark ? 'rgb(255 255 255 / 12%)' : 'rgb(20 60 90 / 7%)'
  return dark ? '#8d98a3' : '#97a2ad'
}

export function ZoomControls({ chart }: { chart: PlacedChart }): ReactElement {
  const { t } = useTranslation()
  const flow = useReactFlow()
  const named = (label: string): { title: string; 'aria-label': string } => ({
    title: label,
    'aria-label': label,
  })
  return (
    <Controls showZoom={false} showFitView={false} showInteractive={false}>
      <ControlButton {...named(t('chart.zoomIn'))} onClick={() => void flow.zoomIn()}>
        <Icon name="plus" size={16} />
      </ControlButton>
      <ControlButton {...named(t('chart.zoomOut'))} onClick={() => void flow.zoomOut()}>
        <Icon name="minus" size={16} />
      </ControlButton>
      <ControlButton {...named(t('chart.fit'))} onClick={() => void flow.fitBounds(chart)}>
        <Icon name="fit" size={16} />
      </ControlButton>
    </Controls>
  )
}

export const STATE_ID = 's:'

export function nodesOf(
  chart: PlacedChart,
  words: Words,
  active: readonly string[],
  jobs: Record<string, number>,
  chosen: string | undefined,
): ChartNode[] {
  const still = { draggable: false, connectable: false, deletable: false } as const
  const states = chart.states.map((placed): ChartNode => {
    const { state, x, y, width, height } = placed
    const lit = litBy(state.path, active)
    const here = jobs[state.path] ?? 0
    return {
      ...still,
      id: `${STATE_ID}${state.path}`,
      type: 'state',
      position: { x, y },
      width,
      height,
      zIndex: state.children.length > 0 ? state.depth : LEAVES_ABOVE,
      selected: chosen === state.path,
      // The process itself fills the pane; selecting it by every click beside a state would be a nuisance.
      selectable: state.parent !== undefined,
      focusable: state.parent !== undefined,
      ariaRole: 'group',
      ariaLabel: spoken(placed, words, lit, here),
      data: { placed, lit, jobs: here },
    }
  })
  const passive = { ...still, selectable: false, focusable: false, zIndex: LEAVES_ABOVE } as const
  const marks = chart.marks.map(
    ({ id, kind, x, y, width, height }): ChartNode => ({
      ...passive,
      id,
      type: 'mark',
      position: { x, y },
      width,
      height,
      data: { kind },
    }),
  )
  const dividers = chart.dividers.map(({ id, from, to }): ChartNode => {
    const across = from.y === to.y
    return {
      ...passive,
      id: `d:${id}`,
      type: 'divider',
      position: from,
      width: Math.max(1, to.x - from.x),
      height: Math.max(1, to.y - from.y),
      zIndex: EDGES_ABOVE - 1,
      data: { across },
    }
  })
  const headers = chart.states.filter(isGroup).map(
    (placed): ChartNode => ({
      ...passive,
      zIndex: LEAVES_ABOVE - 1,
      id: `h:${placed.state.path}`,
      type: 'header',
      // Inside the group's own border.
      position: { x: placed.x + 2, y: placed.y + 2 },
      width: placed.box.width,
      height: placed.box.height,
      data: { placed, lit: litBy(placed.state.path, active) },
    }),
  )
  return [...states, ...dividers, ...marks, ...headers]
}

function litBy(path: string, active: readonly string[]): Lit {
  if (active.includes(path)) return 'here'
  return path !== '' && active.some((leaf) => leaf.startsWith(`${path}.`)) ? 'within' : undefined
}

function spoken({ state }: PlacedState, words: Words, lit: Lit, jobs: number): string {
  const { t } = words
  return [
    `${t(`chart.kind.${state.region ? 'region' : state.kind}`)}${t('common.colon')}${stateTitle(state, words)}`,
    lit === 'here' ? t('chart.activeHere') : '',
    jobs > 0 ? t('chart.jobsHere', { count: jobs }) : '',
  ]
    .filter((part) => part !== '')
    .join(t('common.list'))
}

export function edgesOf(
  chart: PlacedChart,
  chosen: string | undefined,
  choose: (choice: Choice) => void,
): TransitionEdge[] {
  const byMark = new Set(chart.marks.map((mark) => mark.id))
  return chart.edges.flatMap((placed): TransitionEdge[] => {
    const { source, target } = placed
    const known = (id: string): boolean => byMark.has(id) || id.startsWith(STATE_ID)
    if (!known(source) || !known(target)) return []
    const selected = placed.transitions.some((each) => each.pointer === chosen)
    return [
      {
        id: placed.id,
        type: 'transition',
        source,
        target,
        zIndex: EDGES_ABOVE,
        selected,
        selectable: placed.transitions.length > 0,
        deletable: false,
        data: { placed, chosen, choose: (pointer) => choose({ transition: pointer }) },
      },
    ]
  })
}
