/**
 * Keeps the keyboard on the canvas when the state that had it went out of view, and is not drawn any more.
 *
 * Must not: take the keyboard from anything else.
 */
import { useOnViewportChange } from '@xyflow/react'
import { type RefObject, useCallback } from 'react'

export function KeepKeyboard({ frame }: { frame: RefObject<HTMLElement | null> }): null {
  const onEnd = useCallback(() => {
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true })
  }, [frame])
  useOnViewportChange({ onEnd })
  return null
}

/** Focuses what `find` finds, now or as soon as it is drawn. Returns what gives up on it. */
export function focusWhenDrawn(frame: HTMLElement, find: () => HTMLElement | null): () => void {
  const found = find()
  if (found !== null) {
    found.focus({ preventScroll: true })
    return () => {}
  }
  // Meanwhile the keys must go somewhere.
  frame.focus({ preventScroll: true })
  let left = 60
  let timer = requestAnimationFrame(function look() {
    const drawn = find()
    if (drawn !== null) drawn.focus({ preventScroll: true })
    else if (--left > 0) timer = requestAnimationFrame(look)
  })
  return () => cancelAnimationFrame(timer)
}
