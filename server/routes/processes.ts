/**
 * `/api/processes`: the library with its versions and drafts.
 *
 * Must not: judge a definition or a revision; the use cases do.
 */
import Type from 'typebox'
import {
  CreateProcess,
  DraftView,
  ProcessList,
  ProcessSummary,
  PublishDraft,
  SaveDraft,
  Validation,
  VersionList,
  VersionView,
} from '../../machines/wire/processes.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, expectedRevision, ifMatch, requiredIfMatch } from '../http/conditions.ts'
import type { ProcessLibrary } from '../library/processes.ts'
import { ById, created, Id, nothing, ok } from './answers.ts'

const ByVersion = Type.Object(
  { id: Id, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  { additionalProperties: false },
)
/** A definition of 1 MiB and its layout. */
const DRAFT_BYTES = 2 * 1024 * 1024

export function processRoutes(app: App, processes: ProcessLibrary): void {
  const tags = ['processes']

  app.get(
    '/api/processes',
    {
      config: { right: 'processes:read' },
      schema: { tags, summary: 'All processes', response: ok(ProcessList) },
    },
    async () => ({ processes: await processes.list() }),
  )
  app.get(
    '/api/processes/:id',
    {
      config: { right: 'processes:read' },
      schema: { tags, summary: 'A process', params: ById, response: ok(ProcessSummary) },
    },
    (request) => processes.get(request.params.id),
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
    async (request) => ({ versions: await processes.versions(request.params.id) }),
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
    (request) => processes.version(request.params.id, request.params.version),
  )
  app.post(
    '/api/processes',
    {
      config: { right: 'drafts:write' },
      bodyLimit: DRAFT_BYTES,
      schema: {
        tags,
        summary: 'A new process, as a draft; its id is that of the definition',
        body: CreateProcess,
        response: created(DraftView),
      },
    },
    async (request, reply) => {
      const draft = await processes.create(request.body, whoAsks(request).person.id)
      return reply
        .code(201)
        .header('etag', etag(draft.revision))
        .header('location', `/api/processes/${draft.process}/draft`)
        .send(draft)
    },
  )
}

export function draftRoutes(app: App, processes: ProcessLibrary): void {
  const tags = ['drafts']
  const params = ById

  app.get(
    '/api/processes/:id/draft',
    {
      config: { right: 'drafts:read' },
      schema: { tags, summary: 'The draft of a process', params, response: ok(DraftView) },
    },
    async (request, reply) => {
      const draft = await processes.draft(request.params.id)
      reply.header('etag', etag(draft.revision))
      return draft
    },
  )
  app.put(
    '/api/processes/:id/draft',
    {
      config: { right: 'drafts:write' },
      bodyLimit: DRAFT_BYTES,
      schema: {
        tags,
        summary: 'Save the draft',
        description:
          '`If-Match` with the ETag that was read; `If-None-Match: *` where there is no draft yet.',
        params,
        body: SaveDraft,
        response: ok(DraftView),
      },
    },
    async (request, reply) => {
      const expected = expectedRevision(request)
      const author = whoAsks(request).person.id
      const draft = await processes.saveDraft(request.params.id, expected, request.body, author)
      reply.header('etag', etag(draft.revision))
      return draft
    },
  )
  app.delete(
    '/api/processes/:id/draft',
    {
      config: { right: 'drafts:write' },
      schema: { tags, summary: 'Throw the draft away', params, response: nothing },
    },
    async (request, reply) => {
      await processes.deleteDraft(request.params.id, requiredIfMatch(request))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/processes/:id/draft/validate',
    {
      config: { right: 'drafts:read' },
      schema: { tags, summary: 'All problems of the draft', params, response: ok(Validation) },
    },
    (request) => processes.validate(request.params.id),
  )
  app.post(
    '/api/processes/:id/draft/publish',
    {
      config: { right: 'processes:publish' },
      schema: {
        tags,
        summary: 'Publish the draft as the next version',
        description: 'With `If-Match` only that revision is published.',
        params,
        body: PublishDraft,
        response: created(VersionView),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const author = whoAsks(request).person.id
      const version = await processes.publish(id, ifMatch(request), request.body.note, author)
      return reply
        .code(201)
        .header('location', `/api/processes/${id}/versions/${version.version}`)
        .send(version)
    },
  )
}
