/**
 * Lets a room's time go by with the real one, for as long as the page is there.
 *
 * Promises: a page out of sight stands still in practice; in an examination the time it was away counts.
 */
import { useEffect } from 'react'
import type { Room } from './room.ts'

const BEAT_MS = 200
/** A page that was asleep does not make up for a whole night at once. */
const MOST_AT_ONCE_MS = 60_000
/** How long an examination may go on without being kept. */
const KEEP_MS = 15_000

export function useClockOf(room: Room): void {
  useEffect(() => {
    let last = performance.now()
    let kept = last
    const beat = setInterval(() => {
      const now = performance.now()
      const isExamination = room.view.mode === 'examination'
      const isSeen = document.visibilityState === 'visible' || isExamination
      if (isSeen) room.tick(Math.min(MOST_AT_ONCE_MS, now - last))
      last = now
      if (isExamination && now - kept > KEEP_MS) {
        kept = now
        room.keep()
      }
    }, BEAT_MS)
    const leave = (): void => room.keep()
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(beat)
      window.removeEventListener('pagehide', leave)
      room.keep()
    }
  }, [room])
}
