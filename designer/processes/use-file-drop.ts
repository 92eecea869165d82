/**
 * A file dropped anywhere on the page.
 *
 * Promises: while it is mounted the browser does not leave the page for a dropped file.
 */
import { useEffect, useEffectEvent, useState } from 'react'

/** True while a file hovers over the page. */
export function useFileDrop(isOn: boolean, drop: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  const dropped = useEffectEvent(drop)
  useEffect(() => {
    if (!isOn) return undefined
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent): void => {
      if (!holdsFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      // Leaving one element for another within the page is no leaving.
      if (event.relatedTarget === null) setOver(false)
    }
    const take = (event: DragEvent): void => {
      if (!holdsFile(event)) return
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer?.files ?? []
      if (file !== undefined) dropped(file)
    }
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', take)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', take)
    }
  }, [isOn])
  return isOver
}
