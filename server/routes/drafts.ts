/**
 * `/api/processes/:id/draft`: the draft, what publishing it would mean, who is in it.
 *
 * Must not: judge a definition or a revision; the use cases do.
 */
import { DraftImpact, DraftState, Presence, PresentList } from '../../machines/wire/drafts.ts'
import { DraftView, PublishDraft, SaveDraft, Validation, VersionView } from '../../machines/wire/processes.ts'
import type { Identities } from '../access/identity.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, expectedRevision, ifMatch, requiredIfMatch } from '../http/conditions.ts'
import { answerEvents, wantsEvents } from '../http/event-stream.ts'
import type { ImpactOfDraft } from '../library/draft-impact.ts'
import type { ProcessLibrary } from '../library/processes.ts'
import type { DraftFeed } from '../stream/draft-feed.ts'
import type { DraftWatch } from '../stream/draft-watch.ts'
import { ById, created, DRAFT_BYTES, nothing, ok } from './answers.ts'
import { withinOf } from './job-query.ts'

type DraftDeps = {
  processes: ProcessLibrary
  impact: ImpactOfDraft
  watch: DraftWatch
  feed: DraftFeed
  identities: Identities
}

export function draftRoutes(app: App, deps: DraftDeps): void {
  const { processes } = deps
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
        description:
          'With `If-Match` only that revision is published. The findings in `answers` are closed as answered by it.',
        params,
        body: PublishDraft,
        response: created(VersionView),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const author = whoAsks(request).person.id
      const version = await processes.publish(id, ifMatch(request), request.body, author)
      return reply
        .code(201)
        .header('location', `/api/processes/${id}/versions/${version.version}`)
        .send(version)
    },
  )
  app.post(
    '/api/processes/:id/draft/impact',
    {
      config: { right: 'drafts:read' },
      schema: {
        tags,
        summary: 'What publishing the draft would mean for running jobs, state by state',
        params,
        response: ok(DraftImpact),
      },
    },
    (request) => deps.impact(request.params.id, withinOf(request, 'jobs:read').within),
  )
  app.post(
    '/api/processes/:id/draft/presence',
    {
      config: { right: 'drafts:read' },
      schema: {
        tags,
        summary: 'Say that you are in the draft, and see who else is; again within 30 s',
        params,
        body: Presence,
        response: ok(PresentList),
      },
    },
    async (request) => {
      const { id } = request.params
      await processes.mustExist(id)
      return { present: deps.watch.beat(id, whoAsks(request).person, request.body) }
    },
  )
  app.get(
    '/api/processes/:id/draft/events',
    {
      config: { right: 'drafts:read' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Who is in the draft and what becomes of it',
        description:
          'With `Accept: text/event-stream`: events `draft` (a `DraftNotice`) and `presence` (a `PresentList`), each with how things stand: first at once, then at every change. `gone`: the process is no longer there.',
        params,
        response: ok(DraftState),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { feed, identities } = deps
      const state = await feed.state(id)
      if (!wantsEvents(request)) return state
      return answerEvents(request, reply, {
        identities,
        right: 'drafts:read',
        reserve: feed.reserve,
        serve: (raw, mayStay) => feed.serve(raw, id, mayStay),
      })
    },
  )
}
