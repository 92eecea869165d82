/**
 * What Node and the framework would answer by themselves, bare, before any route is asked: no HTTP, headers too long or never
 * ending, no host, an expectation that nobody can meet, a tunnel, a request that comes while the server stops.
 *
 * Promises: problem details with the headers of every other answer, and the connection is closed. Into an answer that is
 * already on its way nothing is written; it breaks off.
 * Must not: repeat what was sent.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ApiProblem, languageOf, problem, problemBody } from '../problem-details.ts'
import type { ProblemCode } from '../problem-table.ts'
import type { App } from './app-type.ts'

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}
const OF_PROBLEMS = {
  'content-type': 'application/problem+json; charset=utf-8',
  'cache-control': 'no-store',
  connection: 'close',
} as const

/** Name and value. */
export type Header = readonly [name: string, value: string]

export type BareAnswers = {
  /** For the framework, which hands over what Node could not read. */
  clientError(error: { code?: string }, socket: Duplex): void
  /** After the hook that sets headers, before every other. @param headers of every answer */
  register(app: App, headers: readonly Header[]): void
}

export function createBareAnswers(): BareAnswers {
  /** The answer that a connection last began. */
  const last = new WeakMap<Duplex, ServerResponse>()
  let fixed: readonly Header[] = []

  /** On the bare connection, in English: its language could not be read either. */
  function refuse(socket: Duplex, found: ApiProblem): void {
    const answer = last.get(socket)
    const isUnderWay = answer?.headersSent === true && !answer.writableFinished
    if (!socket.writable || isUnderWay) return void socket.destroy()
    const body = JSON.stringify(problemBody(found, 'en'))
    const headers = [
      ...fixed,
      ...Object.entries(OF_PROBLEMS),
      ['content-length', String(Buffer.byteLength(body))] as const,
    ]
    const head = [
      `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  }

  function answerExpectation(request: IncomingMessage, response: ServerResponse): void {
    const found = problem('expectation-failed')
    for (const [name, value] of [...fixed, ...Object.entries(OF_PROBLEMS)]) response.setHeader(name, value)
    response.statusCode = found.status
    response.end(JSON.stringify(problemBody(found, languageOf(request.headers['accept-language']))))
  }

  return {
    clientError: (error, socket) => {
      // Reset by the other side: there is nobody to answer.
      if (error.code === 'ECONNRESET' || socket.destroyed) return
      refuse(socket, problem(BY_CODE[error.code ?? ''] ?? 'bad-request'))
    },

    register: (app, headers) => {
      fixed = headers
      app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        last.set(request.socket, response)
      })
      app.server.on('checkExpectation', answerExpectation)
      app.server.on('connect', (_request, socket) => refuse(socket, problem('bad-request')))
      let isClosing = false
      app.addHook('preClose', async () => {
        isClosing = true
      })
      const parting = { connection: 'close' }
      app.addHook('onRequest', ({ raw }, _reply, done) => {
        if (isClosing) done(problem('not-ready', { headers: { ...parting, 'retry-after': '5' } }))
        else if (namesHost(raw)) done()
        else done(problem('bad-request', { detail: WITHOUT_HOST, headers: parting }))
      })
    },
  }
}

/** RFC 9112 3.2: one, in every request of HTTP/1.1. Of several Node shows the first, and a proxy may have gone by another. */
function namesHost({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}

const WITHOUT_HOST = {
  en: 'A request of HTTP/1.1 has one header `Host`.',
  zh: 'HTTP/1.1 请求须带有且仅带有一个 `Host` 请求头。',
}
