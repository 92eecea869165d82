/**
 * An answer of server-sent events (WHATWG HTML 9.2): its headers, its seat, and the sign-in behind it.
 *
 * Promises: whoever may no longer have it is cut off at once (`staying.ts`).
 * Must not: know what is streamed.
 */
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identities } from '../access/identity.ts'
import type { Right } from '../access/policy.ts'
import { whoAsks } from './app-type.ts'
import { staying } from './staying.ts'

type EventStream = {
  identities: Identities
  /** Without it the stream ends. */
  right: Right
  /** Problems: too-many-requests. */
  reserve(person: string): () => void
  /** Writes until the response closes. */
  serve(response: ServerResponse, mayStay: () => Promise<boolean>): Promise<void>
}

const FAREWELL_MS = 1000

export const wantsEvents = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/event-stream')

/** Answers until one of both sides ends it. Problems: too-many-requests. */
export async function answerEvents(request: FastifyRequest, reply: FastifyReply, stream: EventStream) {
  const { person } = whoAsks(request)
  const { mayStay, watch } = staying(request, stream.identities, stream.right)
  const release = stream.reserve(person.id)
  const { raw } = reply
  reply.hijack()
  const silence = watch(() => part(raw))
  try {
    raw.writeHead(200, {
      ...plain(reply.getHeaders()),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Proxies that gather answers would hold events back.
      'x-accel-buffering': 'no',
    })
    await stream.serve(raw, mayStay)
  } catch (error) {
    request.log.error({ err: error }, 'a stream of events broke off')
    raw.destroy()
  } finally {
    silence()
    release()
    part(raw)
  }
}

/** Ends it; a reader who takes nothing would keep it open, and hold up a stop, for as long as he likes. */
function part(raw: ServerResponse): void {
  raw.end()
  if (raw.closed) return
  const force = setTimeout(() => raw.destroy(), FAREWELL_MS).unref()
  raw.once('close', () => clearTimeout(force))
}

const plain = (headers: ReturnType<FastifyReply['getHeaders']>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
