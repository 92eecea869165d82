/**
 * The placed drawing to be read: panning, zooming, minimap, selection by mouse and keyboard.
 *
 * Must not: change anything; what can be changed is drawn by `edit-flow.tsx`.
 */
import { type EdgeChange, type NodeChange, Panel, ReactFlow } from '@xyflow/react'
import { type ReactElement, useCallback, useMemo, useRef } from 'react'
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import type { Choice } from './chart.tsx'
import type { Words } from './chart-words.ts'
import { edgesOf, FLOW, nodesOf, type Shown, STATE_ID, spokenHelp, ZoomControls } from './flow-parts.tsx'
import { FollowJob } from './follow-job.tsx'
import { lookAt } from './look-at.ts'
import { MarkLegend } from './mark-sign.tsx'
import { markedStates } from './marks.ts'
import type { ChartNode } from './nodes.tsx'
import { Overview } from './overview.tsx'
import { isLarge, useSame } from './sparing.ts'
import type { TransitionEdge } from './transition-edge.tsx'

type FlowProps = {
  chart: PlacedChart
  words: Words
  dark: boolean
  shown: Shown
  choice: Choice
  choose(choice: Choice): void
}

export function ChartFlow({ chart, words, dark, shown, choice, choose }: FlowProps): ReactElement {
  const chosenState = choice !== undefined && 'state' in choice ? choice.state : undefined
  const chosenWay = choice !== undefined && 'transition' in choice ? choice.transition : undefined
  const pane = useRef<HTMLDivElement>(null)
  const nodes = useSame(
    useMemo(() => nodesOf(chart, words, shown, chosenState), [chart, words, shown, chosenState]),
  )
  const chooseWay = useCallback((pointer: string) => choose({ transition: pointer }), [choose])
  const edges = useSame(
    useMemo(() => edgesOf(chart, chosenWay, chooseWay, shown), [chart, chosenWay, chooseWay, shown]),
  )
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
      {...FLOW}
      onlyRenderVisibleElements={isLarge(chart)}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onPaneClick={() => choose(undefined)}
      ref={pane}
      onInit={(flow) =>
        lookAt(flow, pane.current?.getBoundingClientRect(), chart, {
          active: shown.focus ?? shown.active ?? markedStates(chart, shown.marks),
        })
      }
      colorMode={dark ? 'dark' : 'light'}
      ariaLabelConfig={spokenHelp(words.t)}
      nodesDraggable={false}
      nodesConnectable={false}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
    >
      <Overview chart={chart} dark={dark} active={shown.active} />
      <ZoomControls chart={chart} />
      {shown.active === undefined ? null : (
        <FollowJob chart={chart} active={shown.focus ?? shown.active} pane={pane} />
      )}
      {shown.marks === undefined || shown.marks.size === 0 ? null : (
        <Panel position="top-left">
          <MarkLegend marks={shown.marks} />
        </Panel>
      )}
    </ReactFlow>
  )
}
