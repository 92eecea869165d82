/**
 * What is answered where a request cannot even be read: no HTTP, headers too long, or never ending.
 *
 * Promises: problem details as everywhere else, and the connection is closed.
 * Must not: repeat what was sent.
 */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { problem, problemBody } from '../problem-details.ts'
import type { ProblemCode } from '../problem-table.ts'

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/** Answers on the bare connection, in English: its language could not be read either. */
export function answerClientError(error: { code?: string }, socket: Socket): void {
  // Reset by the other side: there is nobody to answer.
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable) return void socket.destroy()
  const found = problem(BY_CODE[error.code ?? ''] ?? 'bad-request')
  const body = JSON.stringify(problemBody(found, 'en'))
  const head = [
    `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
