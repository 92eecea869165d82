/**
 * WebSockets, where there is one.
 *
 * Promises: only the addresses that offer one are upgraded. Every other request that asks for it is answered as if it
 * had not: clients ask for `h2c` unprompted, and Node would hand those over unread. A frame is at most 1 KiB.
 * Must not: end streams; whoever opened them says goodbye.
 */
import type { IncomingMessage } from 'node:http'
import websocket from '@fastify/websocket'
import type { App } from './app-type.ts'

const OFFERED = /^\/api\/inspect(\?|$)/

/** For the HTTP server: which requests become something else than HTTP. */
export const shouldUpgrade = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && OFFERED.test(url ?? '') && headers.upgrade?.toLowerCase() === 'websocket'

/** Before the routes. `goodbye` ends the open streams at the server's stop. */
export async function registerWebSocket(app: App, goodbye: () => Promise<void>): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: 1024, perMessageDeflate: false },
    // Broken frames and lost lines are the other side's.
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error }, 'a WebSocket broke off')
      socket.terminate()
    },
    preClose: (done) => {
      goodbye().then(() => done(), done)
    },
  })
}
