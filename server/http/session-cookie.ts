/**
 * The browser's session cookie, and the proof that a change made with it comes from a page of this server.
 *
 * Promises: over HTTPS the cookie is `__Host-`, Secure, HttpOnly, SameSite=Strict; over plain HTTP it is given to the
 * machine itself only. A change by cookie without a sign of same origin is refused.
 * Must not: be asked where a bearer token was sent; no other site can make a browser send one.
 */
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../environment.ts'
import { problem } from '../problem-details.ts'

const SECURE = '__Host-fieldchart'
/** Browsers refuse `__Host-` without TLS. */
const PLAIN = 'fieldchart'

const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https'
const nameFor = (request: FastifyRequest): string => (isSecure(request) ? SECURE : PLAIN)
const attributes = (request: FastifyRequest) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: isSecure(request),
})

export const readSession = (request: FastifyRequest): string | undefined => request.cookies[nameFor(request)]

/** Problems: https-required. */
export function requireSafeTransport(request: FastifyRequest): void {
  if (!isSecure(request) && !isLoopback(request.hostname)) throw problem('https-required')
}
export function writeSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: string,
  maxAge: number,
): void {
  reply.setCookie(nameFor(request), session, { ...attributes(request), maxAge })
}
export function clearSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), attributes(request))
}

/** The browser's way to the provider of sign-in and back: the way back comes from another site, hence Lax. */
const AWAY = 'fieldchart-away'
const awayNameFor = (request: FastifyRequest): string => (isSecure(request) ? `__Host-${AWAY}` : AWAY)
const awayAttributes = (request: FastifyRequest) => ({ ...attributes(request), sameSite: 'lax' as const })

export const readAway = (request: FastifyRequest): string | undefined => request.cookies[awayNameFor(request)]
export function writeAway(request: FastifyRequest, reply: FastifyReply, flow: string, maxAge: number): void {
  reply.setCookie(awayNameFor(request), flow, { ...awayAttributes(request), maxAge })
}
export function clearAway(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(awayNameFor(request), awayAttributes(request))
}
/** As the browser calls this server. */
export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`

/** Whether the browser says the request comes from a page of this very origin. `undefined`: it says nothing. */
export function isSameOrigin(request: FastifyRequest): boolean | undefined {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = request.headers
  return origin === undefined ? undefined : origin === originOf(request)
}
