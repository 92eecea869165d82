/**
 * What the drawing shows while somebody types beside it: the letter comes first, and the drawing follows.
 *
 * Promises: what is done on the drawing itself shows in it at once.
 * Must not: change anything.
 */
import { useDeferredValue } from 'react'

/** Of a value that the drawing is made of. */
export function useFollowing<T>(value: T): T {
  const behind = useDeferredValue(value)
  return isTypedBeside() ? behind : value
}

/** Read where the drawing is made: what has the keyboard then is what made it change. */
function isTypedBeside(): boolean {
  const typed = document.activeElement?.closest('input, textarea, [contenteditable="true"]')
  return typed?.closest('[data-area="canvas"]') === null
}
