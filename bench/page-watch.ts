/**
 * What a page notes about itself while it is measured: its frames, its blocks, its answers.
 *
 * Must not: use anything from outside the function; it is sent to the page as text.
 */
export type Observed = {
  /** When the drawing first stood there, from the navigation on. */
  drawn: number
  start(): void
  /** Frames since the start, the longest gap between two, the longest task, the slowest answer to a key or click. */
  stop(): { frames: number; gap: number; block: number; answer: number; ms: number }
}

/** Runs in the page before anything else. */
export function observe(): void {
  let frames = 0
  let gap = 0
  let block = 0
  let answer = 0
  let since = 0
  let last = 0
  const observed: Observed = {
    drawn: Number.NaN,
    start() {
      frames = 0
      gap = 0
      block = 0
      answer = 0
      since = performance.now()
      last = 0
    },
    stop: () => ({ frames, gap, block, answer, ms: performance.now() - since }),
  }
  const tick = (at: number): void => {
    if (last !== 0) {
      frames += 1
      gap = Math.max(gap, at - last)
    }
    last = at
    if (Number.isNaN(observed.drawn) && document.querySelector('.canvas .react-flow__node') !== null)
      observed.drawn = performance.now()
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) block = Math.max(block, duration)
  }).observe({ type: 'longtask', buffered: true })
  // The shortest that browsers tell of.
  const keys = { type: 'event', buffered: true, durationThreshold: 16 }
  new PerformanceObserver((list) => {
    for (const { duration, name } of list.getEntries())
      if (name === 'keydown' || name === 'pointerup') answer = Math.max(answer, duration)
  }).observe(keys)
  window.observed = observed
}
