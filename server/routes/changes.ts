/**
 * `GET /api/changes`: the feed of all jobs' changes, by pages or as server-sent events; the same for one job.
 *
 * Must not: keep a change; the feed reads the store's.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ChangePage } from '../../machines/wire/server.ts'
import type { Identities } from '../access/identity.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { answerEvents, wantsEvents } from '../http/event-stream.ts'
import type { MaskedJobs } from '../jobs/masked-jobs.ts'
import { problem } from '../problem-details.ts'
import type { FeedFilter } from '../store/port.ts'
import type { Feed } from '../stream/feed.ts'
import { After, ById, Id, Limit, ok } from './answers.ts'
import { withinOf } from './job-query.ts'

const closed = { additionalProperties: false } as const
const Query = Type.Object(
  { after: After, limit: Limit, job: Type.Optional(Id), process: Type.Optional(Id) },
  closed,
)
const JobQuery = Type.Object({ after: After, limit: Limit }, closed)

const description =
  'With `Accept: text/event-stream`: events named `change` whose id is the change; after a break, `Last-Event-ID` (or `after`) resumes without gap or double. Without either the stream begins now. The stream of all jobs also tells whoever reads it, by events named `inbox` without an id, how many of his messages are unread: at its beginning and whenever that changed.'

type ChangeDeps = { jobs: MaskedJobs; feed: Feed; identities: Identities }

export function changeRoutes(app: App, deps: ChangeDeps): void {
  const schema = { tags: ['changes'], description, response: ok(ChangePage) }
  app.get(
    '/api/changes',
    {
      config: { right: 'changes:read' },
      exposeHeadRoute: false,
      schema: { ...schema, summary: 'Changes of all jobs, in commit order', querystring: Query },
    },
    (request, reply) => {
      const { after, limit, ...asked } = request.query
      const filter = { ...asked, ...withinOf(request, 'changes:read') }
      return answer(deps, request, reply, { after, limit, filter })
    },
  )
  app.get(
    '/api/jobs/:id/changes',
    {
      config: { right: 'changes:read' },
      exposeHeadRoute: false,
      schema: { ...schema, summary: 'Changes of one job', params: ById, querystring: JobQuery },
    },
    async (request, reply) => {
      const { after, limit } = request.query
      const job = request.params.id
      await deps.jobs.mustReach(job, 'changes:read', whoAsks(request).actor)
      const filter = { job, ...withinOf(request, 'changes:read') }
      return answer(deps, request, reply, { after, limit, filter })
    },
  )
}

type Asked = { after: number | undefined; limit: number | undefined; filter: FeedFilter }

async function answer(deps: ChangeDeps, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  if (wantsEvents(request)) return stream(deps, request, reply, asked)
  const { after = 0, limit = 100, filter } = asked
  const changes = await deps.jobs.changes(after, limit, filter, whoAsks(request).actor)
  return { changes, next: changes.at(-1)?.id ?? after }
}

/** The id a browser sends when it comes back wins over the one in the address it first asked for. */
function startOf(request: FastifyRequest, after: number | undefined): number | undefined {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return after
  const text = String(header)
  if (!/^\d{1,15}$/.test(text))
    throw problem('bad-request', { detail: 'Last-Event-ID must be an id of this feed' })
  return Number(text)
}

const isOfAll = ({ job, process }: FeedFilter): boolean => job === undefined && process === undefined

async function stream(deps: ChangeDeps, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { actor } = whoAsks(request)
  const after = startOf(request, asked.after)
  const { feed, identities } = deps
  const { filter } = asked
  return answerEvents(request, reply, {
    identities,
    right: 'changes:read',
    reserve: feed.reserve,
    serve: (raw, mayStay) =>
      feed.serve(raw, { asker: actor, filter, after, mayStay, inbox: isOfAll(filter) }),
  })
}
