/**
 * Refuses what comes while the event loop lags behind, so that a server that cannot keep up says so instead of having all wait.
 *
 * Promises: refuses only beyond what may be, by the last measurement, and none is older than the lag itself; is not in the way of
 * `/healthz`, for a busy server is not a dead one.
 * Must not: refuse for what it could not measure: that a loop was held up once for a second is no reason where three are allowed.
 */
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'

const MEASURED_EVERY_MS = 250

/** @param most milliseconds; 0: no limit */
export function registerLoopDelay(app: App, most: number): void {
  if (most === 0) return
  let late = 0
  let due = performance.now() + MEASURED_EVERY_MS
  // What came meanwhile is read after the timers of a turn: it is judged by how late this one was.
  const timer = setInterval(() => {
    const now = performance.now()
    late = now - due
    due = now + MEASURED_EVERY_MS
  }, MEASURED_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
  app.addHook('onRequest', async (request) => {
    if (late > most && request.url !== '/healthz')
      throw problem('not-ready', { headers: { 'retry-after': '5' } })
  })
}
