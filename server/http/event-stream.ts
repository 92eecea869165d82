/**
 * An answer of server-sent events (WHATWG HTML 9.2): its headers, its seat, and the sign-in behind it.
 *
 * Promises: the same credentials are looked up anew whenever the stream asks: revoked, expired or disabled ends it.
 * Must not: know what is streamed.
 */
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identities } from '../access/identity.ts'
import { may, type Right } from '../access/policy.ts'
import { whoAsks } from './app-type.ts'

type EventStream = {
  identities: Identities
  /** Without it the stream ends. */
  right: Right
  /** Problems: too-many-requests. */
  reserve(person: string): () => void
  /** Writes until the response closes. */
  serve(response: ServerResponse, mayStay: () => Promise<boolean>): Promise<void>
}

export const wantsEvents = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/event-stream')

/** Answers until one of both sides ends it. Problems: too-many-requests. */
export async function answerEvents(request: FastifyRequest, reply: FastifyReply, stream: EventStream) {
  const { person, via } = whoAsks(request)
  const release = stream.reserve(person.id)
  const { raw } = reply
  reply.hijack()
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
    release()
  }

  async function mayStay(): Promise<boolean> {
    const identity = await stream.identities.identify(request.credentials)
    return identity !== undefined && identity.via === via && may(identity.actor.roles, stream.right)
  }
}

const plain = (headers: ReturnType<FastifyReply['getHeaders']>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
