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
import type { Feed, FeedPlace } from '../stream/feed.ts'
import { After, ById, Id, Limit, ok } from './answers.ts'
import { withinOf } from './job-query.ts'

const closed = { additionalProperties: false } as const
const Epoch = Type.Optional(
  Type.String({ pattern: '^\\w{1,40}$', description: 'Of which history `after` is' }),
)
const paging = { after: After, epoch: Epoch, limit: Limit }
const Query = Type.Object({ ...paging, job: Type.Optional(Id), process: Type.Optional(Id) }, closed)
const JobQuery = Type.Object(paging, closed)

const description =
  'With `Accept: text/event-stream`: events named `change` whose id is the change; after a break, `Last-Event-ID` (or `after`) resumes without gap or double. Without either the stream begins now. Ids are the epoch of the data folder’s history, a dot and the number; an id of another epoch, or beyond the end, is answered by an event `reset`, by pages with `reset`: read anew. The stream of all jobs also tells whoever reads it, by events named `inbox` without an id, how many of his messages are unread: at its beginning and whenever that changed.'

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
      const { after, epoch, limit, ...asked } = request.query
      const filter = { ...asked, ...withinOf(request, 'changes:read') }
      return answer(deps, request, reply, { place: placeOf(after, epoch), limit, filter })
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
      const { after, epoch, limit } = request.query
      const job = request.params.id
      await deps.jobs.mustReach(job, 'changes:read', whoAsks(request).actor)
      const filter = { job, ...withinOf(request, 'changes:read') }
      return answer(deps, request, reply, { place: placeOf(after, epoch), limit, filter })
    },
  )
}

const placeOf = (after: number | undefined, epoch: string | undefined): FeedPlace | undefined =>
  after === undefined ? undefined : { after, epoch }

type Asked = { place: FeedPlace | undefined; limit: number | undefined; filter: FeedFilter }

async function answer(deps: ChangeDeps, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  if (wantsEvents(request)) return stream(deps, request, reply, asked)
  const { place = { after: 0 }, limit = 100, filter } = asked
  const { at, reset } = await deps.feed.begin(place)
  const changes = await deps.jobs.changes(at, limit, filter, whoAsks(request).actor)
  return {
    changes,
    next: changes.at(-1)?.id ?? at,
    epoch: deps.feed.epoch,
    ...(reset ? { reset } : {}),
  }
}

/** The id a browser sends when it comes back wins over the one in the address it first asked for. */
function startOf(request: FastifyRequest, place: FeedPlace | undefined): FeedPlace | undefined {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return place
  const [, epoch, change] = /^(?:(\w{1,40})\.)?(\d{1,15})$/.exec(String(header)) ?? []
  if (change === undefined)
    throw problem('bad-request', { detail: 'Last-Event-ID must be an id of this feed' })
  return { after: Number(change), epoch }
}

const isOfAll = ({ job, process }: FeedFilter): boolean => job === undefined && process === undefined

async function stream(deps: ChangeDeps, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { actor } = whoAsks(request)
  const place = startOf(request, asked.place)
  const { feed, identities } = deps
  const { filter } = asked
  return answerEvents(request, reply, {
    identities,
    right: 'changes:read',
    reserve: feed.reserve,
    serve: (raw, mayStay) =>
      feed.serve(raw, { asker: actor, filter, place, mayStay, inbox: isOfAll(filter) }),
  })
}
