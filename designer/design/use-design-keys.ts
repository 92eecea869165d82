/**
 * The designer's keys that hold everywhere on the page: Ctrl+Z, Ctrl+Shift+Z (or Ctrl+Y), Ctrl+S; on a Mac, Cmd.
 *
 * Promises: within a field, undoing is the field's own.
 */
import { useEffect } from 'react'
import type { DraftSession } from '../session/draft-session.ts'
import type { Design } from './design-api.ts'

export function useDesignKeys(session: DraftSession, { stack, readOnly }: Design): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return
      const key = event.key.toLowerCase()
      if (key === 's') {
        event.preventDefault()
        void session.save()
        return
      }
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if ((key !== 'z' && !isRedo) || isWriting(event.target)) return
      event.preventDefault()
      if (readOnly) return
      if (isRedo) stack.redo()
      else stack.undo()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [session, stack, readOnly])
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea'))
