/**
 * Signing in and out with a browser, setting up, and who one is.
 *
 * Must not: put a secret anywhere but into the one answer it is meant for.
 */
import type { FastifyRequest } from 'fastify'
import { Me, SetUp as SetUpBody, SetUpDone, SetUpState, SignIn } from '../../machines/wire/people.ts'
import type { Identities } from '../access/identity.ts'
import { narrowedRights, rightsOfAsker } from '../access/scope.ts'
import type { SetUp } from '../access/set-up.ts'
import type { SignInGuard } from '../access/sign-in-guard.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { SIGN_IN_LIMIT } from '../http/security.ts'
import { clearSession, readSession, requireSafeTransport, writeSession } from '../http/session-cookie.ts'
import { ApiProblem } from '../problem-details.ts'
import type { Person } from '../store/library-port.ts'
import { created, nothing, ok } from './answers.ts'

const meOf = ({ id, name, roles, certificates, limits = [] }: Person): Me => ({
  id,
  name,
  roles: [...roles],
  certificates: certificates.map((certificate) => ({ ...certificate })),
  rights: rightsOfAsker({ roles, limits }),
  ...(limits.length === 0
    ? {}
    : { limits: structuredClone([...limits]), narrowed: narrowedRights({ roles, limits }) }),
})

type SessionDeps = { identities: Identities; setUp: SetUp; guard: SignInGuard }

export function sessionRoutes(app: App, { identities, setUp, guard }: SessionDeps): void {
  const tags = ['access']
  /** A wrong secret makes the next try wait. */
  async function guarded<T>({ ip }: FastifyRequest, enter: () => Promise<T>): Promise<T> {
    guard.requireTurn(ip)
    try {
      const entered = await enter()
      guard.succeeded(ip)
      return entered
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'unauthenticated') guard.failed(ip)
      throw error
    }
  }
  const limited = { right: 'public' as const, rateLimit: SIGN_IN_LIMIT }

  app.get(
    '/api/me',
    {
      config: { right: 'me:read' },
      schema: { tags, summary: 'Who I am and what I may do', response: ok(Me) },
    },
    async (request) => {
      const { person, provider } = whoAsks(request)
      return { ...meOf(person), ...(provider === undefined ? {} : { provider }) }
    },
  )
  app.post(
    '/api/sign-in',
    {
      config: limited,
      schema: { tags, summary: 'Sign a browser in with a token', body: SignIn, response: ok(Me) },
    },
    async (request, reply) => {
      requireSafeTransport(request)
      const { identity, session, maxAge } = await guarded(request, () =>
        identities.signIn(request.body.token),
      )
      writeSession(request, reply, session, maxAge)
      return meOf(identity.person)
    },
  )
  app.post(
    '/api/sign-out',
    { config: { right: 'public' }, schema: { tags, summary: 'Sign the browser out', response: nothing } },
    async (request, reply) => {
      const session = readSession(request)
      if (session !== undefined) await identities.signOut(session)
      clearSession(request, reply)
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/api/setup',
    {
      config: { right: 'public' },
      schema: {
        tags,
        summary: 'Whether the server waits for its first administrator',
        response: ok(SetUpState),
      },
    },
    async () => ({ open: await setUp.isOpen() }),
  )
  app.post(
    '/api/setup',
    {
      config: limited,
      schema: {
        tags,
        summary: 'Make the first administrator, with the one-time link that the server printed',
        body: SetUpBody,
        response: created(SetUpDone),
      },
    },
    async (request, reply) => {
      requireSafeTransport(request)
      const { person, token } = await guarded(request, () =>
        setUp.redeem(request.body.token, request.body.name),
      )
      const { session, maxAge } = await identities.startSession(person)
      writeSession(request, reply, session, maxAge)
      return reply.code(201).send({ me: meOf(person), token })
    },
  )
}
