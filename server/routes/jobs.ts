import Type, { type Static } from 'typebox'
import { Carried } from '../../machines/wire/carry.ts'
import {
  AddNote,
  CorrectFields,
  CreateJob,
  JobDetail,
  JobList,
  JobView,
  RaiseComplaint,
  Rate,
  ReportBreach,
  SendEvent,
  TickItem,
} from '../../machines/wire/jobs.ts'
import { HistoryPage } from '../../machines/wire/server.ts'
import { type EvidenceStore, requireFile } from '../evidence/evidence-store.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { conditionsOf, etag } from '../http/conditions.ts'
import type { MaskedJobs } from '../jobs/masked-jobs.ts'
import type { JobQuery } from '../store/port.ts'
import { After, ById, created, DryRun, Id, Limit, ok, optional } from './answers.ts'
import { acting, actingOn, answerOutcome } from './job-acts.ts'
import { filtering, filterOf, foundWithin, Sort } from './job-query.ts'

const ListQuery = Type.Object(
  {
    ...filtering,
    sort: Sort,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
)
const ItemParams = Type.Object({ id: Id, item: Id }, { additionalProperties: false })
const HistoryQuery = Type.Object({ after: After, limit: Limit }, { additionalProperties: false })

function queryOf({ sort = '-createdAt', limit = 50, cursor, ...asked }: Static<typeof ListQuery>): JobQuery {
  return { ...filterOf(asked), sort, limit, ...(cursor === undefined ? {} : { cursor }) }
}

export function jobRoutes(app: App, jobs: MaskedJobs, evidence: EvidenceStore): void {
  const tags = ['jobs']
  const act = actingOn(jobs)

  app.post(
    '/api/jobs',
    {
      config: { right: 'jobs:create' },
      schema: {
        tags,
        summary: 'Start a job of a process',
        body: CreateJob,
        querystring: DryRun,
        response: created(JobView),
      },
    },
    async (request, reply) => {
      const { dryRun } = request.query
      const conditions = conditionsOf(request, request.body, dryRun)
      const outcome = await jobs.create(request.body, whoAsks(request).actor, conditions)
      const { job } = answerOutcome(reply, outcome, dryRun)
      if (dryRun !== true) reply.header('location', `/api/jobs/${job.id}`)
      return reply.code(201).send(job)
    },
  )

  app.get(
    '/api/jobs',
    {
      config: { right: 'jobs:list' },
      schema: { tags, summary: 'Find jobs', querystring: ListQuery, response: ok(JobList) },
    },
    (request) => {
      const query = queryOf(request.query)
      return jobs.list({ ...query, ...foundWithin(request, 'jobs:list', query) }, whoAsks(request).actor)
    },
  )

  app.get(
    '/api/jobs/:id',
    {
      config: { right: 'jobs:read' },
      schema: {
        tags,
        summary: 'A job, with every event of its state as open or barred',
        params: ById,
        response: ok(JobDetail),
      },
    },
    async (request, reply) => {
      const job = await jobs.get(request.params.id, whoAsks(request).actor)
      reply.header('etag', etag(job.seq))
      return job
    },
  )

  app.get(
    '/api/jobs/:id/carry',
    {
      config: { right: 'jobs:carry' },
      schema: {
        tags,
        summary: 'A job with all that its process needs to go on without a connection',
        description:
          'For a device that runs the process itself while it is away: the job as it is stored, who asks, the certificates of the persons whom the job names, and the calendars. The definition is that of its version.',
        params: ById,
        response: ok(Carried),
      },
    },
    async (request, reply) => {
      const carried = await jobs.carry(request.params.id, whoAsks(request).actor)
      reply.header('etag', etag(carried.job.seq))
      return carried
    },
  )

  app.get(
    '/api/jobs/:id/history',
    {
      config: { right: 'jobs:history' },
      schema: {
        tags,
        summary: 'What happened to a job, oldest first',
        params: ById,
        querystring: HistoryQuery,
        response: ok(HistoryPage),
      },
    },
    async (request) => {
      const { after = 0, limit = 100 } = request.query
      const { actor } = whoAsks(request)
      await jobs.mustReach(request.params.id, 'jobs:history', actor)
      // One more than asked for tells whether there is a next page.
      const found = await jobs.history(request.params.id, after, limit + 1, actor)
      const entries = found.slice(0, limit)
      const last = entries.at(-1)
      const startedOn = after === 0 ? await jobs.startedOn(request.params.id) : undefined
      return {
        entries,
        ...(startedOn === undefined ? {} : { startedOn }),
        ...(found.length > limit && last !== undefined ? { next: last.seq } : {}),
      }
    },
  )

  const sending = acting('jobs:event', 'Send an event')
  app.post(
    '/api/jobs/:id/events',
    { ...sending, schema: { ...sending.schema, body: SendEvent } },
    (request, reply) => act(request, reply, { kind: 'event', ...request.body }),
  )

  const ticking = acting('jobs:checklist', 'Tick a checklist item')
  app.put(
    '/api/jobs/:id/checklist/:item',
    { ...ticking, schema: { ...ticking.schema, params: ItemParams, body: optional(TickItem) } },
    async (request, reply) => {
      await requireFile(evidence, request.body?.evidence)
      return act(request, reply, { kind: 'tick', item: request.params.item, ...request.body })
    },
  )
  const unticking = acting('jobs:checklist', 'Take back the tick of a checklist item')
  app.delete(
    '/api/jobs/:id/checklist/:item',
    { ...unticking, schema: { ...unticking.schema, params: ItemParams } },
    (request, reply) => act(request, reply, { kind: 'untick', item: request.params.item }),
  )

  const noting = acting('jobs:note', 'Add a note')
  app.post(
    '/api/jobs/:id/notes',
    { ...noting, schema: { ...noting.schema, body: AddNote } },
    (request, reply) => act(request, reply, { kind: 'note', ...request.body }),
  )
  const reporting = acting('jobs:breach', 'Report a norm as broken')
  app.post(
    '/api/jobs/:id/breaches',
    { ...reporting, schema: { ...reporting.schema, body: ReportBreach } },
    (request, reply) => act(request, reply, { kind: 'reportBreach', severity: 'major', ...request.body }),
  )
  const complaining = acting('jobs:complain', 'Raise a complaint, which starts a job of its own')
  app.post(
    '/api/jobs/:id/complaints',
    { ...complaining, schema: { ...complaining.schema, body: RaiseComplaint } },
    (request, reply) => act(request, reply, { kind: 'complain', ...request.body }),
  )
  const rating = acting('jobs:rate', 'Rate satisfaction, 1 to 5 (GN-10)')
  app.post(
    '/api/jobs/:id/rating',
    { ...rating, schema: { ...rating.schema, body: Rate } },
    (request, reply) => act(request, reply, { kind: 'rate', ...request.body }),
  )
  const correcting = acting('jobs:correct', 'Correct fields, with the reason')
  app.patch(
    '/api/jobs/:id/fields',
    { ...correcting, schema: { ...correcting.schema, body: CorrectFields } },
    (request, reply) => act(request, reply, { kind: 'correct', ...request.body }),
  )
}
