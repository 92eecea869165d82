/** A receiver of webhooks as somebody outside runs one: real HTTP, and the specification's own verifier. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { onTestFinished } from 'vitest'

export type Received = { id: string; headers: IncomingHttpHeaders; body: string }
export type Receiver = { url: string; received: Received[] }

/** @param answer called with how many came before */
export async function receive(answer: (response: ServerResponse, n: number) => void): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      })
      answer(response, received.length - 1)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port')
  return { url: `http://127.0.0.1:${address.port}/in`, received }
}

export const taken = (response: ServerResponse): void => void response.writeHead(204).end()
export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end('no')

/** Throws where the signature is not by this secret. */
export function verified(secret: string, { headers, body }: Received): unknown {
  const named = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return new Webhook(secret).verify(body, Object.fromEntries(named))
}
