/**
 * How many changes may be under way at once.
 *
 * Promises: whoever comes beyond that is told so at once, with when to come again, and leaves nothing in memory: what waits
 * for a slow disk is bounded, whatever comes in. What was taken is answered.
 * Must not: count reading, which waits for no disk, or streams, which have their own limits.
 */
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'

/** A second's work and more of a server that keeps up. */
export const MOST_AT_ONCE = 2000
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** To be called before what looks at a request more closely. */
export function registerCapacity(app: App, most: number): void {
  let underWay = 0
  app.addHook('onRequest', async (request, reply) => {
    if (SAFE.has(request.method)) return
    if (underWay >= most) throw problem('not-ready', { headers: { 'retry-after': '1' } })
    underWay++
    // Of an answer that is out as of one that nobody waits for any more.
    reply.raw.once('close', () => {
      underWay--
    })
  })
}
