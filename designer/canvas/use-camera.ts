/**
 * What of the drawing is in sight, and where the keyboard is on it.
 *
 * Promises: what is jumped to comes into view, and only moves the view where it is not in sight; who types in a panel
 * keeps the keyboard; the middle stays the middle. Must not: select.
 */
import { useReducedMotion } from '@mantine/hooks'
import { type RefObject, useEffect, useRef } from 'react'
import type { PlacedChart, Rect } from '../../machines/drawing/graph.ts'
import type { Selection } from '../design/design-api.ts'
import type { Flow } from './edit-flow.tsx'
import { focusWhenDrawn } from './keep-keyboard.tsx'
import { lookAt, wholeOf } from './look-at.ts'

/** The box around what is selected; undefined where it is not drawn. */
function rectOf(chart: PlacedChart | undefined, chosen: Selection): Rect | undefined {
  const boxes = chosen.flatMap((one): Rect[] => {
    if (one.kind === 'state') return chart?.states.filter(({ state }) => state.path === one.path) ?? []
    const edge = chart?.edges.find(({ transitions }) =>
      transitions.some(({ pointer }) => pointer === one.pointer),
    )
    return (edge?.points ?? []).map(({ x, y }) => ({ x, y, width: 1, height: 1 }))
  })
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

type Seen = {
  readonly frame: RefObject<HTMLElement | null>
  readonly flow: Flow | undefined
  readonly chart: PlacedChart | undefined
  readonly selection: Selection
  readonly revealed: number
  /** The one selected state. */
  readonly only: string | undefined
  /** The group shown alone. */
  readonly home: string
}

/** What is in the middle stays there where the pane grows narrower or wider, as beside the text of the process. */
function useKeptCentre(frame: RefObject<HTMLElement | null>, flow: Flow | undefined): void {
  useEffect(() => {
    const pane = frame.current
    if (pane === null || flow === undefined) return undefined
    let width = pane.clientWidth
    const watch = new ResizeObserver(() => {
      const now = pane.clientWidth
      // Hidden for a moment, it has no width.
      if (now === 0 || now === width) return
      const { x, y, zoom } = flow.getViewport()
      void flow.setViewport({ x: x + (now - width) / 2, y, zoom })
      width = now
    })
    watch.observe(pane)
    return () => watch.disconnect()
  }, [frame, flow])
}

/** By the palette. */
export const COVERED = 64

export type Camera = { zoomTo(): void; showAll(): void; zoomBy(times: number): void }

export function useCamera(seen: Seen): Camera {
  const { flow, chart, selection, revealed, only, home, frame } = seen
  const duration = useReducedMotion() === true ? 0 : 200
  const reveal = (chosen: Selection): void => {
    const rect = rectOf(chart, chosen)
    const pane = frame.current?.getBoundingClientRect()
    if (rect === undefined || pane === undefined || flow === undefined) return
    const from = flow.flowToScreenPosition({ x: rect.x, y: rect.y })
    const to = flow.flowToScreenPosition({ x: rect.x + rect.width, y: rect.y + rect.height })
    if (from.x >= pane.left && from.y >= pane.top && to.x <= pane.right && to.y <= pane.bottom) return
    void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, {
      zoom: Math.max(flow.getZoom(), 0.7),
      duration,
    })
  }
  const latest = useRef({ reveal, selection, chart, flow })
  latest.current = { reveal, selection, chart, flow }
  // What is to be seen before the drawing is there is shown when it comes.
  const isUp = flow !== undefined && chart !== undefined
  useEffect(() => {
    if (revealed > 0 && isUp) latest.current.reveal(latest.current.selection)
  }, [revealed, isUp])
  const shown = useRef(home)
  useEffect(() => {
    const now = latest.current
    if (shown.current === home || now.flow === undefined || now.chart === undefined) return
    shown.current = home
    lookAt(now.flow, frame.current?.getBoundingClientRect(), now.chart, { left: COVERED })
    now.reveal(now.selection)
  }, [home, frame])
  useKeptCentre(frame, flow)
  const ready = chart !== undefined
  useEffect(() => {
    const own = frame.current
    if (only === undefined || !ready || own === null || !own.contains(document.activeElement))
      return undefined
    latest.current.reveal([{ kind: 'state', path: only }])
    if (document.activeElement instanceof HTMLInputElement) return undefined
    const place = `.react-flow__node[data-id="${CSS.escape(`s:${only}`)}"]`
    return focusWhenDrawn(own, () => own.querySelector<HTMLElement>(place))
  }, [only, ready, frame])
  return {
    zoomTo() {
      const rect = rectOf(chart, selection)
      if (rect !== undefined) void flow?.fitBounds(rect, { padding: 0.6, duration })
    },
    showAll() {
      const pane = frame.current?.getBoundingClientRect()
      if (chart !== undefined && pane !== undefined)
        void flow?.setViewport(wholeOf(pane, chart, COVERED), { duration })
    },
    zoomBy: (times) => void flow?.zoomTo(flow.getZoom() * times),
  }
}
