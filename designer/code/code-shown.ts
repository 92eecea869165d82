/**
 * Whether the text of the process is shown beside the drawing, and how wide. Remembered by the browser.
 *
 * Must not: fail where the browser remembers nothing.
 */
import { useSyncExternalStore } from 'react'

type Shown = {
  readonly isShown: boolean /** Of drawing and text together, in percent. */
  readonly share: number
}

const SHOWN = 'fieldchart.code'
const SHARE = 'fieldchart.code-share'
export const SHARES = { least: 20, usual: 45, most: 80 } as const

let now: Shown | undefined
const listeners = new Set<() => void>()

const bounded = (share: number): number =>
  Number.isFinite(share) ? Math.min(SHARES.most, Math.max(SHARES.least, share)) : SHARES.usual

function read(): Shown {
  now ??= { isShown: recall(SHOWN) === 'shown', share: bounded(Number(recall(SHARE) ?? SHARES.usual)) }
  return now
}
function change(next: Partial<Shown>): void {
  now = { ...read(), ...next }
  remember(SHOWN, now.isShown ? 'shown' : 'hidden')
  remember(SHARE, String(now.share))
  for (const listener of listeners) listener()
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // It is as it is until the page is left.
  }
}

/** Shows the text beside the drawing, or hides it. */
export const toggleCode = (): void => change({ isShown: !read().isShown })
export const shareCode = (share: number): void => change({ share: bounded(share) })

export const useCodeShown = (): Shown =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
