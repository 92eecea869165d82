/**
 * `/api/processes`: the library with its versions.
 *
 * Must not: judge a definition or a revision; the use cases do.
 */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import {
  ArchiveProcess,
  CreateProcess,
  DraftView,
  ProcessList,
  ProcessSummary,
  VersionList,
  VersionView,
} from '../../machines/wire/processes.ts'
import { requireEverywhere, type Scope } from '../access/scope.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, expectedRevision } from '../http/conditions.ts'
import type { ProcessLibrary } from '../library/processes.ts'
import { ById, created, DRAFT_BYTES, Id, ok } from './answers.ts'
import { withinOf } from './job-query.ts'

const ByVersion = Type.Object(
  { id: Id, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  { additionalProperties: false },
)

/** A definition is everybody's to read; jobs are counted as far as one reaches them. */
const countedFor = (request: FastifyRequest): Scope => withinOf(request, 'jobs:read').within

export function processRoutes(app: App, processes: ProcessLibrary): void {
  const tags = ['processes']

  app.get(
    '/api/processes',
    {
      config: { right: 'processes:read' },
      schema: { tags, summary: 'All processes', response: ok(ProcessList) },
    },
    async (request) => ({ processes: await processes.list(countedFor(request)) }),
  )
  app.get(
    '/api/processes/:id',
    {
      config: { right: 'processes:read' },
      schema: { tags, summary: 'A process', params: ById, response: ok(ProcessSummary) },
    },
    (request) => processes.get(request.params.id, countedFor(request)),
  )
  app.get(
    '/api/processes/:id/versions',
    {
      config: { right: 'processes:read' },
      schema: {
        tags,
        summary: 'Published versions, oldest first, with their active jobs by state',
        params: ById,
        response: ok(VersionList),
      },
    },
    async (request) => ({
      versions: await processes.versions(request.params.id, countedFor(request)),
    }),
  )
  app.get(
    '/api/processes/:id/versions/:version',
    {
      config: { right: 'processes:read' },
      schema: {
        tags,
        summary: 'A version with its definition',
        params: ByVersion,
        response: ok(VersionView),
      },
    },
    (request) => processes.version(request.params.id, request.params.version, countedFor(request)),
  )
  app.post(
    '/api/processes',
    {
      config: { right: 'drafts:write' },
      bodyLimit: DRAFT_BYTES,
      schema: {
        tags,
        summary:
          'A new process, as a draft: of a definition, whose id it gets, or as a copy of what was published',
        body: CreateProcess,
        response: created(DraftView),
      },
    },
    async (request, reply) => {
      const { person, actor } = whoAsks(request)
      requireEverywhere(actor, 'drafts:write')
      const draft = await processes.create(request.body, person.id)
      return reply
        .code(201)
        .header('etag', etag(draft.revision))
        .header('location', `/api/processes/${draft.process}/draft`)
        .send(draft)
    },
  )
  app.put(
    '/api/processes/:id/archived',
    {
      config: { right: 'processes:publish' },
      schema: {
        tags,
        summary: 'Take a process out of use, or into use again',
        description: 'Of an archived process no job is started and no version published. Running jobs go on.',
        params: ById,
        body: ArchiveProcess,
        response: ok(ProcessSummary),
      },
    },
    (request) => processes.archive(request.params.id, request.body.archived),
  )
  app.post(
    '/api/processes/:id/versions/:version/restore',
    {
      config: { right: 'drafts:write' },
      schema: {
        tags,
        summary: 'A published version as the draft',
        description:
          '`If-Match` with the ETag of the draft that it replaces; `If-None-Match: *` where there is none.',
        params: ByVersion,
        response: ok(DraftView),
      },
    },
    async (request, reply) => {
      const { id, version } = request.params
      const author = whoAsks(request).person.id
      const draft = await processes.restore(id, version, expectedRevision(request), author)
      reply.header('etag', etag(draft.revision))
      return draft
    },
  )
}
