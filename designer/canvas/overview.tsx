/**
 * The whole drawing in small, with what is in view: press or drag to go there, turn the wheel to come nearer.
 *
 * Promises: as cheap for hundreds of states as for ten: all of a kind are one shape. Must not: read React Flow's nodes.
 */
import { Panel, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedChart, PlacedState, Rect } from '../../machines/drawing/graph.ts'
import { isGroup } from './nodes.tsx'

const WIDTH = 150
const HEIGHT = 100

export function Overview({
  chart,
  dark,
  active = [],
}: {
  chart: PlacedChart
  dark: boolean
  active?: readonly string[] | undefined
}): ReactElement {
  const { t } = useTranslation()
  const flow = useReactFlow()
  const scale = Math.max(chart.width / WIDTH, chart.height / HEIGHT, 0.001)
  const around = {
    x: chart.x - (WIDTH * scale - chart.width) / 2,
    y: chart.y - (HEIGHT * scale - chart.height) / 2,
    width: WIDTH * scale,
    height: HEIGHT * scale,
  }
  const shapes = useMemo(() => shapesOf(chart.states, new Set(active), scale), [chart.states, active, scale])
  const go = ({ clientX, clientY, buttons, currentTarget }: PointerEvent<SVGSVGElement>): void => {
    if (buttons !== 1) return
    const box = currentTarget.getBoundingClientRect()
    const x = around.x + ((clientX - box.left) / box.width) * around.width
    const y = around.y + ((clientY - box.top) / box.height) * around.height
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  const paint = dark ? DARK : LIGHT
  return (
    <Panel position="bottom-right" className="react-flow__minimap" style={{ background: paint.ground }}>
      <svg
        role="img"
        aria-label={t('chart.minimap')}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${around.x} ${around.y} ${around.width} ${around.height}`}
        style={{ display: 'block', cursor: 'pointer', touchAction: 'none' }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
        onWheel={({ deltaY }) => void (deltaY < 0 ? flow.zoomIn() : flow.zoomOut())}
      >
        <path d={shapes.groups} fill={paint.group} />
        <path d={shapes.leaves} fill={paint.leaf} />
        <path d={shapes.here} fill={paint.here} />
        <Seen around={around} fill={paint.mask} />
      </svg>
    </Panel>
  )
}

const LIGHT = {
  ground: '#ffffff',
  group: 'rgb(20 60 90 / 7%)',
  leaf: '#97a2ad',
  here: '#0b7285',
  mask: 'rgb(33 41 48 / 12%)',
} as const
const DARK = {
  ground: '#2b2f35',
  group: 'rgb(255 255 255 / 12%)',
  leaf: '#8d98a3',
  here: '#3bc9db',
  mask: 'rgb(0 0 0 / 45%)',
} as const

/** What is out of view is veiled. */
function Seen({ around, fill }: { around: Rect; fill: string }): ReactElement {
  const x = useStore((state: ReactFlowState) => -state.transform[0] / state.transform[2])
  const y = useStore((state: ReactFlowState) => -state.transform[1] / state.transform[2])
  const width = useStore((state: ReactFlowState) => state.width / state.transform[2])
  const height = useStore((state: ReactFlowState) => state.height / state.transform[2])
  return <path d={`${frame(around)}${frame({ x, y, width, height })}`} fill={fill} fillRule="evenodd" />
}

const frame = ({ x, y, width, height }: Rect): string => `M${x} ${y}h${width}v${height}h${-width}z`

/** `scale`: what is smaller than a dot is drawn as one. */
function shapesOf(
  states: readonly PlacedState[],
  active: ReadonlySet<string>,
  scale: number,
): { groups: string; leaves: string; here: string } {
  const shapes = { groups: '', leaves: '', here: '' }
  for (const placed of states) {
    const { x, y } = placed
    const box = frame({ x, y, width: Math.max(placed.width, scale), height: Math.max(placed.height, scale) })
    if (active.has(placed.state.path)) shapes.here += box
    else if (isGroup(placed)) shapes.groups += box
    else shapes.leaves += box
  }
  return shapes
}
