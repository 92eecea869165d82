/**
 * `WS /api/inspect`: jobs as inspection events, for Stately Inspect.
 *
 * Must not: keep or make an event; `stream/inspector.ts` does.
 */
import type {} from '@fastify/websocket'
import Type from 'typebox'
import { ProblemDetails } from '../../machines/wire/problem.ts'
import type { Identities } from '../access/identity.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { staying } from '../http/staying.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { problem } from '../problem-details.ts'
import type { Inspector } from '../stream/inspector.ts'
import { After, Id } from './answers.ts'
import { withinOf } from './job-query.ts'

const Query = Type.Object(
  { job: Type.Optional(Id), process: Type.Optional(Id), after: After },
  { additionalProperties: false },
)
const schema = {
  tags: ['changes'],
  summary: 'A WebSocket of inspection events',
  description:
    'Messages are `@xstate.actor`, `@xstate.event` and `@xstate.snapshot` as @statelyai/inspect 0.7 takes them, in commit order. With `job` the job as it stands comes first. Nothing may be sent.',
  querystring: Query,
  response: { 101: Type.Null({ description: 'The WebSocket is open' }), default: ProblemDetails },
}

/** RFC 6455 7.4.1: against the policy. */
const SIGNED_OUT = 1008

type InspectDeps = { jobs: JobsPort; inspector: Inspector; identities: Identities }

export function inspectRoutes(app: App, { jobs, inspector, identities }: InspectDeps): void {
  app.route({
    method: 'GET',
    url: '/api/inspect',
    config: { right: 'changes:read' },
    exposeHeadRoute: false,
    schema,
    // Answered in plain HTTP: once the connection is upgraded, a refusal has no status.
    preHandler: async (request) => {
      const { person, actor } = whoAsks(request)
      if (!request.ws)
        throw problem('upgrade-required', { headers: { upgrade: 'websocket', connection: 'upgrade' } })
      if (request.query.job !== undefined) await jobs.mustReach(request.query.job, 'changes:read', actor)
      if (inspector.full(person.id)) throw problem('too-many-requests')
    },
    handler: () => {
      throw problem('upgrade-required')
    },
    wsHandler: async (socket, request) => {
      const { person } = whoAsks(request)
      const { after, ...asked } = request.query
      const filter = { ...asked, ...withinOf(request, 'changes:read') }
      const { mayStay, watch } = staying(request, identities, 'changes:read')
      const silence = watch(() => socket.close(SIGNED_OUT, 'signed out'))
      try {
        await inspector.serve(socket, { person: person.id, filter, after, mayStay })
      } catch (error) {
        request.log.error({ err: error }, 'an inspection stream broke off')
      } finally {
        silence()
      }
    },
  })
}
