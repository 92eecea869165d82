/**
 * The keyboard stays on the drawing when what it was on is gone: renamed, moved elsewhere, deleted.
 *
 * Must not: take the keyboard from a field, or from another part of the page.
 */
import { type RefObject, useEffect } from 'react'
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import { isOnCanvas } from '../actions/regions.ts'

/** `only`: the one state that is selected; where there is none, the drawing itself holds the keyboard. */
export function useKeptKeyboard(
  frame: RefObject<HTMLElement | null>,
  only: string | undefined,
  chart: PlacedChart | undefined,
): void {
  useEffect(() => {
    if (chart === undefined) return undefined
    // The nodes of a new drawing are there one frame later.
    const soon = requestAnimationFrame(() => {
      const own = frame.current
      const at = document.activeElement
      const isLost = (at === document.body && isOnCanvas(at)) || at === own
      if (own === null || !isLost) return
      const node =
        only === undefined
          ? null
          : own.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(`s:${only}`)}"]`)
      if (at !== own || node !== null) (node ?? own).focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(soon)
  }, [frame, only, chart])
}
