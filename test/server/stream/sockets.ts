/** WebSockets for the tests of the inspector: a client that can send headers, and one that knocks by hand. */
import { connect, createServer } from 'node:net'
import type { StatelyInspectionEvent } from '@statelyai/inspect'
import { onTestFinished } from 'vitest'
import { tokenOf, type World } from '../http/harness.ts'

export async function listening(world: World): Promise<{ host: string; port: number }> {
  if (!world.app.server.listening) await world.app.listen({ host: '127.0.0.1', port: 0 })
  const { host, hostname, port } = new URL(world.app.listeningOrigin)
  return { host: host || hostname, port: Number(port) }
}

/** Reads inspection events by Node's own WebSocket, whose constructor takes headers besides. */
export async function inspect(world: World, query = '', headers: Record<string, string> = {}) {
  const { host } = await listening(world)
  const signedIn = { authorization: `Bearer ${tokenOf('dispatcher')}`, ...headers }
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `ws://${host}/api/inspect${query}`,
    { headers: signedIn },
  ])
  onTestFinished(() => socket.close())
  const events: StatelyInspectionEvent[] = []
  let wake = () => {}
  let ended: CloseEvent | undefined
  socket.addEventListener('message', ({ data }) => {
    events.push(JSON.parse(String(data)))
    wake()
  })
  socket.addEventListener('close', (event) => {
    ended = event
    wake()
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('not opened')))
  })
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  return {
    socket,
    events,
    until: async (count: number) => {
      while (events.length < count && ended === undefined) await next()
      return events
    },
    closed: async () => {
      while (ended === undefined) await next()
      return ended
    },
  }
}

/** Asks for a WebSocket over a bare connection; the head of the answer. */
export async function knock(world: World, path: string, headers: Record<string, string> = {}) {
  const { host, port } = await listening(world)
  const given = {
    host,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const text = await new Promise<string>((resolve) => socket.once('data', (piece) => resolve(String(piece))))
  return { socket, text, status: Number(text.split(' ')[1]) }
}

/** A way to the server that adds a header to what passes: for clients that cannot send one. */
export async function signedInWay(world: World): Promise<string> {
  const { port } = await listening(world)
  const way = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    client.once('data', (head) => {
      server.write(String(head).replace('\r\n', `\r\nAuthorization: Bearer ${tokenOf('dispatcher')}\r\n`))
      client.pipe(server).pipe(client)
    })
    for (const end of [client, server]) end.on('error', () => end.destroy())
    onTestFinished(() => {
      client.destroy()
      server.destroy()
    })
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    way.close()
  })
  const address = way.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `ws://127.0.0.1:${address.port}`
}
