/**
 * The bare keys of a call: a figure sends an event, a letter ticks an item.
 *
 * Promises: nothing happens while somebody writes, chooses from a list, composes Chinese or has a window open; a key that is
 * held down counts once.
 * Must not: know what a key does.
 */
import { useEffect, useRef } from 'react'
import { onMac } from '../actions/action-keys.ts'
import { isPressed } from '../actions/shortcut.ts'

const NOT_HERE = [
  'input:not([type=checkbox], [type=radio], [type=button])',
  'textarea',
  'select',
  '[contenteditable="true"]',
  '[role="listbox"]',
  '[role="menu"]',
].join(', ')

export function useCallKeys(keys: ReadonlyMap<string, () => void>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target, defaultPrevented, isComposing, repeat } = event
      if (defaultPrevented || isComposing || event.keyCode === 229) return
      if (target instanceof Element && target.closest(NOT_HERE) !== null) return
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return
      const found = [...latest.current].find(([key]) => isPressed(key, event, onMac()))
      if (found === undefined) return
      event.preventDefault()
      if (!repeat) found[1]()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
