/**
 * `/api/training/sessions`: live sessions, and the streams by which attempts are watched.
 *
 * Must not: know what is streamed.
 */
import Type from 'typebox'
import {
  AttemptView,
  OpenSession,
  SessionList,
  SessionView,
  StepsAdded,
  ThrowIn,
} from '../../machines/wire/training.ts'
import type { Identities } from '../access/identity.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { answerEvents, wantsEvents } from '../http/event-stream.ts'
import type { TrainingFeed, Watching } from '../stream/training-feed.ts'
import type { Training } from '../training/training.ts'
import { ById, created, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const ByCode = Type.Object({ code: Type.String({ minLength: 4, maxLength: 12 }) }, closed)
const tags = ['training']
const STREAM =
  'With `Accept: text/event-stream`: events `session`, `attempt` and `steps` (each a `TrainingChange`), first all as it stands, then every change. After a break all is sent again.'

type Deps = {
  training: Pick<Training, 'attempts' | 'sessions' | 'watching'>
  feed: TrainingFeed
  identities: Identities
}

export function trainingSessionRoutes(app: App, { training, feed, identities }: Deps): void {
  const { attempts, sessions, watching } = training
  app.get(
    '/api/training/sessions',
    {
      config: { right: 'training:lead' },
      schema: { tags, summary: 'Live sessions, newest first', response: ok(SessionList) },
    },
    async () => ({ sessions: await sessions.list() }),
  )
  app.post(
    '/api/training/sessions',
    {
      config: { right: 'training:lead' },
      schema: {
        tags,
        summary: 'Open a live session; trainees join it by its code',
        body: OpenSession,
        response: created(SessionView),
      },
    },
    async (request, reply) => reply.code(201).send(await sessions.open(request.body, whoAsks(request).actor)),
  )
  app.get(
    '/api/training/sessions/:code',
    {
      config: { right: 'training:read' },
      schema: {
        tags,
        summary: 'A live session: what is rehearsed in it, and by whom',
        description: 'Trainees see their own attempts alone. Too many codes that are none have to wait.',
        params: ByCode,
        response: ok(SessionView),
      },
    },
    (request) => sessions.get(request.params.code, whoAsks(request).actor),
  )
  app.post(
    '/api/training/sessions/:code/happen',
    {
      config: { right: 'training:lead' },
      schema: {
        tags,
        summary: 'Throw something into a trainee’s run, as its next step',
        params: ByCode,
        body: ThrowIn,
        response: ok(StepsAdded),
      },
    },
    (request) => sessions.happen(request.params.code, request.body, attempts),
  )
  app.post(
    '/api/training/sessions/:code/close',
    {
      config: { right: 'training:lead' },
      schema: {
        tags,
        summary: 'Close a live session; the attempts in it go on',
        params: ByCode,
        response: ok(SessionView),
      },
    },
    (request) => sessions.close(request.params.code),
  )

  const stream = (right: 'training:attempt' | 'training:lead', watched: Watching) => ({
    identities,
    right,
    reserve: feed.reserve,
    serve: (...[raw, mayStay]: Parameters<Parameters<typeof answerEvents>[2]['serve']>) =>
      feed.serve(raw, watched, mayStay),
  })
  app.get(
    '/api/training/sessions/:code/stream',
    {
      config: { right: 'training:lead' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'A live session as it goes',
        description: STREAM,
        params: ByCode,
        response: ok(SessionView),
      },
    },
    async (request, reply) => {
      const { code } = request.params
      const { actor } = whoAsks(request)
      const session = await sessions.get(code, actor)
      if (!wantsEvents(request)) return session
      return answerEvents(request, reply, stream('training:lead', watching.session(code, actor)))
    },
  )
  app.get(
    '/api/training/attempts/:id/stream',
    {
      config: { right: 'training:attempt' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'An attempt as it goes: what a trainer throws in, what another window does',
        description: STREAM,
        params: ById,
        response: ok(AttemptView),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const attempt = await attempts.get(id, whoAsks(request).actor)
      if (!wantsEvents(request)) return attempt
      return answerEvents(request, reply, stream('training:attempt', watching.attempt(id)))
    },
  )
}
