/**
 * Keeps the states that a job is in within sight as it moves on, or as its past is looked through.
 *
 * Must not: move the drawing while they can be seen where they are.
 */
import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import { lookAt } from './look-at.ts'
import type { ChartNode } from './nodes.tsx'
import type { TransitionEdge } from './transition-edge.tsx'

export function FollowJob({
  chart,
  active,
  pane,
}: {
  chart: PlacedChart
  active: readonly string[]
  pane: RefObject<HTMLDivElement | null>
}): null {
  const flow = useReactFlow<ChartNode, TransitionEdge>()
  const key = active.join(' ')
  const last = useRef(key)
  useEffect(() => {
    if (last.current === key) return
    last.current = key
    const room = pane.current?.getBoundingClientRect()
    const paths = key.split(' ')
    const places = chart.states.filter(({ state }) => paths.includes(state.path))
    const { x, y, zoom } = flow.getViewport()
    const isSeen = places.every((place) => {
      const left = place.x * zoom + x
      const top = place.y * zoom + y
      return (
        room !== undefined &&
        left >= 0 &&
        top >= 0 &&
        left + place.width * zoom <= room.width &&
        top + place.height * zoom <= room.height
      )
    })
    if (!isSeen) lookAt(flow, room, chart, { active: paths })
  }, [key, chart, flow, pane])
  return null
}
