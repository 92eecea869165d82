/**
 * What wakes a stream: commits ring, the stream waits.
 *
 * Promises: no ring is lost between two waits; several are one.
 * Must not: carry what happened. Whoever wakes reads the store.
 */

/** Rung by commits; a ring while nobody waits is kept, several are one. */
export function createBell() {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring: (): void => {
      rung = true
      wake?.()
    },
    /** True: it was rung. False: the time passed, or the signal came. */
    wait: (ms: number, signal: AbortSignal): Promise<boolean> =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          wake = undefined
          const was = rung
          rung = false
          resolve(was)
        }
        const timer = setTimeout(finish, ms)
        signal.addEventListener('abort', finish, { once: true })
        wake = finish
        if (rung || signal.aborted) finish()
      }),
  }
}
