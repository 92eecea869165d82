/**
 * The one place where a key press becomes an action.
 *
 * Promises: nothing is done while a window is open, while an input method composes, or where the press belongs to what
 * it was made in: letters to a field, Enter and arrows to a button or a list. Must not: know any action.
 */
import { useEffect } from 'react'
import type { Bound } from './action.ts'
import { isOnCanvas, noteFocus, regionOf } from './regions.ts'
import type { Register } from './register.ts'
import { isMac, isPressed } from './shortcut.ts'

const WRITING =
  'input:not([type=checkbox], [type=radio], [type=button], [type=range]), textarea, select, [contenteditable="true"]'
const OWN_KEYS =
  '[role="menu"], [role="listbox"], [role="separator"], [role="slider"], [role="radiogroup"], input'

export const onMac = (): boolean => isMac(navigator.platform)

export function useActionKeys(register: Register, perform: (action: Bound) => void): void {
  useEffect(() => {
    // What is open when the press begins is what the press closes.
    let wasOpen = false
    const begin = ({ target }: KeyboardEvent): void => {
      wasOpen =
        document.querySelector('[role="dialog"][aria-modal="true"]') !== null ||
        (target instanceof Element && target.closest('[aria-expanded="true"][aria-haspopup]') !== null)
    }
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || wasOpen || event.isComposing || event.keyCode === 229) return
      const found = register.all.filter(
        (action) =>
          action.keys?.some((keys) => isPressed(keys, event, onMac())) === true && isMeant(action, event),
      )
      const action = found.find((each) => each.barred() === undefined) ?? found[0]
      if (action === undefined) return
      event.preventDefault()
      perform(action)
    }
    window.addEventListener('keydown', begin, true)
    window.addEventListener('keydown', press)
    window.addEventListener('focusin', noteFocus)
    return () => {
      window.removeEventListener('keydown', begin, true)
      window.removeEventListener('keydown', press)
      window.removeEventListener('focusin', noteFocus)
    }
  }, [register, perform])
}

/** Whether the place of the press leaves it to this action. */
function isMeant({ scope, whileTyping }: Bound, { target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const element = target instanceof Element ? target : document.body
  if (scope === 'canvas' && !isOnCanvas(target)) return false
  if (whileTyping === true) return true
  if (element.closest(WRITING) !== null) return false
  if (ctrlKey || metaKey || key.length === 1) return key !== ' '
  if (element.closest(OWN_KEYS) !== null) return false
  const isButton = element.closest('button, a, [role="button"], summary') !== null
  return !isButton || !(key === 'Enter' || key.startsWith('Arrow'))
}

/** Whether the keyboard is in a part beside the drawing, from which Escape leads back. */
export const isBesideCanvas = (): boolean => {
  const region = regionOf(document.activeElement)
  return region !== undefined && !isOnCanvas(document.activeElement)
}
