/**
 * Signing in by the organisation's own provider: the way there, the way back, and out.
 *
 * Promises: the way back works in the browser that set out and leads to a page of this server; where it fails, a
 * person sees a page in both languages.
 * Must not: decide whom to let in (`access/oidc.ts`, `access/accounts.ts`).
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { SignInWays } from '../../machines/wire/people.ts'
import { ProblemDetails } from '../../machines/wire/problem.ts'
import type { Identities } from '../access/identity.ts'
import type { OidcSignIn } from '../access/oidc.ts'
import { FLOW_MS } from '../access/oidc-flow.ts'
import type { App } from '../http/app-type.ts'
import { answerError, problemFrom } from '../http/errors.ts'
import { sendProblemPage, wantsPage } from '../http/problem-page.ts'
import { SIGN_IN_LIMIT } from '../http/security.ts'
import {
  clearAway,
  originOf,
  readAway,
  requireSafeTransport,
  writeAway,
  writeSession,
} from '../http/session-cookie.ts'
import { problem } from '../problem-details.ts'
import { ok } from './answers.ts'

const Return = Type.Object(
  { return: Type.Optional(Type.String({ maxLength: 2000 })) },
  { additionalProperties: false },
)
/** Providers add words of their own. */
const Callback = Type.Object(
  {
    state: Type.Optional(Type.String({ maxLength: 500 })),
    code: Type.Optional(Type.String({ maxLength: 8000 })),
    error: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: true },
)
const onward = { 303: Type.Null(), default: ProblemDetails }

type ProviderDeps = { identities: Identities; oidc: OidcSignIn | undefined }

export function providerSignInRoutes(app: App, { identities, oidc }: ProviderDeps): void {
  const tags = ['access']
  const route = {
    config: { right: 'public' as const, rateLimit: SIGN_IN_LIMIT },
    errorHandler: answerBrowser,
  }
  const here = (): OidcSignIn => {
    if (oidc === undefined) throw problem('provider-off')
    return oidc
  }
  const away = (reply: FastifyReply, to: string) =>
    reply.header('cache-control', 'no-store').redirect(to, 303)

  app.get(
    '/api/sign-in',
    {
      config: { right: 'public' },
      schema: { tags, summary: 'How one may sign in beside a token', response: ok(SignInWays) },
    },
    async () => (oidc === undefined ? {} : { provider: { name: oidc.name } }),
  )
  app.get(
    '/api/sign-in/provider',
    {
      ...route,
      schema: {
        tags,
        summary: 'Leads a browser to the provider of sign-in',
        description: '`return` is the page to come back to.',
        querystring: Return,
        response: onward,
      },
    },
    async (request, reply) => {
      requireSafeTransport(request)
      const { url, flow } = await here().begin(originOf(request), request.query.return)
      writeAway(request, reply, flow, FLOW_MS / 1000)
      return away(reply, url)
    },
  )
  app.get(
    '/api/sign-in/provider/callback',
    {
      ...route,
      schema: {
        tags,
        summary: 'Where the provider sends the browser back to; signs it in',
        querystring: Callback,
        response: onward,
      },
    },
    async (request, reply) => {
      requireSafeTransport(request)
      const flow = readAway(request)
      clearAway(request, reply)
      const query = request.url.slice(request.url.indexOf('?') + 1)
      const { person, returnTo } = await here().finish(flow, query)
      const { session, maxAge } = await identities.startSession(person, { provider: true })
      writeSession(request, reply, session, maxAge)
      return away(reply, returnTo)
    },
  )
  app.get(
    '/api/sign-out/provider',
    {
      ...route,
      schema: {
        tags,
        summary: 'Leads a browser that signed out here to where the provider ends its own session',
        response: onward,
      },
    },
    async (request, reply) => away(reply, (await here().signOutUrl(originOf(request))) ?? '/'),
  )
}

/** A browser that was sent here sees a page; whoever asks for data gets problem details. */
function answerBrowser(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const found = problemFrom(error)
  return found !== undefined && wantsPage(request)
    ? sendProblemPage(request, reply, found)
    : answerError(error, request, reply)
}
