/**
 * Who asks, and whether he may: before any route runs, and before a body is read.
 *
 * Promises: a route that declares no right stops the start; a right that nobody granted is refused.
 * Must not: know which route is which; routes declare, `access/policy.ts` decides.
 */
import type {} from '@fastify/websocket'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { actAs } from '../access/acting.ts'
import type { Identities } from '../access/identity.ts'
import { isPublic, isRight, may, type Right } from '../access/policy.ts'
import { isOfProcess, requireProcess } from '../access/scope.ts'
import type { SignInGuard } from '../access/sign-in-guard.ts'
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'
import { isSameOrigin, readSession } from './session-cookie.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The token of an `Authorization: Bearer` header (RFC 6750 2.1); an empty one is a wrong one. */
function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  return header === undefined ? undefined : (/^bearer +(\S+) *$/i.exec(header)?.[1] ?? '')
}

/**
 * To be called before any route or plugin with routes is registered.
 * @param guesses slows down whoever sends wrong tokens
 */
export function registerAuthorisation(
  app: App,
  identities: Pick<Identities, 'identify'>,
  guesses: SignInGuard,
): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const bare = routes.filter((route) => !isRight(route.config?.right))
    if (bare.length > 0)
      throw new Error(
        `routes without a right: ${bare.map(({ method, url }) => `${method} ${url}`).join(', ')}`,
      )
  })

  app.decorateRequest('identity', undefined)
  app.decorateRequest('credentials')
  app.addHook('onRequest', async (request) => {
    const bearer = bearerOf(request)
    const session = readSession(request)
    request.credentials = {
      ...(bearer === undefined ? {} : { bearer }),
      ...(session === undefined ? {} : { session }),
    }
    request.identity = await identities.identify(request.credentials)
  })
  // After the rate limit (a route's own onRequest), before the body is read.
  app.addHook('preParsing', async (request) => {
    if (request.is404) return
    authorise(request, request.routeOptions.config.right, guesses)
  })
  // Last: a body read by events would lose it again.
  app.addHook('preHandler', (request, _reply, done) => {
    const actor = request.identity?.person.id
    if (actor === undefined) done()
    else actAs({ actor, ...reasonOf(request) }, done)
  })
}

function authorise(request: FastifyRequest, right: Right | undefined, guesses: SignInGuard): void {
  if (right === undefined) throw new Error(`no right declared for ${request.routeOptions.url}`)
  const { identity } = request
  // A WebSocket opens by GET, and a browser lets any page open one: it is held to the same as a change.
  const guarded = !SAFE.has(request.method) || request.ws
  // Signing in by another site's form is refused like everything else it might send.
  if (guarded && isSameOrigin(request) === false && request.headers.authorization === undefined)
    throw problem('cross-site')
  if (isPublic(right)) return
  if (identity === undefined) {
    // Only a wrong token waits: what others at the same address send is not held up by a device whose token ran out.
    if (request.credentials.bearer !== undefined) {
      guesses.requireTurn(request.ip)
      guesses.failed(request.ip)
    }
    throw problem('unauthenticated')
  }
  if (guarded && identity.via === 'session' && isSameOrigin(request) !== true) throw problem('cross-site')
  if (!may(identity.actor.roles, right)) throw problem('forbidden', { right })
  const process = processOf(request)
  if (process !== undefined && isOfProcess(right)) requireProcess(identity.actor, right, process)
}

/** The process that an address is of. */
function processOf({ routeOptions, params }: FastifyRequest): string | undefined {
  if (routeOptions.url?.startsWith('/api/processes/:id') !== true) return undefined
  return typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : undefined
}

const MOST_REASON = 500
/** Why it is done, for the audit: of a body that asks for it, else of the header, as a browser encodes it. */
function reasonOf({ body, headers }: FastifyRequest): { reason?: string } {
  const asked = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : undefined
  const reason = asked ?? decoded(headers['x-reason'])
  return typeof reason === 'string' && reason.trim() !== ''
    ? { reason: reason.trim().slice(0, MOST_REASON) }
    : {}
}

function decoded(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined
  try {
    return decodeURIComponent(header)
  } catch {
    return header
  }
}
