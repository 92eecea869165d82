/**
 * Fastify as this server uses it: typed by TypeBox schemas, each request with whoever sent it.
 *
 * Must not: hold behaviour beyond reading what was decorated.
 */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Credentials, Identity } from '../access/identity.ts'
import type { Right } from '../access/policy.ts'
import { problem } from '../problem-details.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any route runs; `undefined`: not signed in. */
    identity: Identity | undefined
    /** What it was known by; a long answer asks again whether they still hold. */
    credentials: Credentials
  }
  interface FastifyContextConfig {
    /** What a person must have to use the route; every route says. */
    right?: Right
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Who asks. Problems: unauthenticated. */
export function whoAsks(request: Pick<FastifyRequest, 'identity'>): Identity {
  if (request.identity === undefined) throw problem('unauthenticated')
  return request.identity
}
