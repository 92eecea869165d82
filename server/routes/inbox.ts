/**
 * `/api/inbox`: what was told to whoever asks; `/api/dead-letters`: what could not be told.
 *
 * Must not: take a person's id: everybody has his own inbox and no other.
 */
import Type from 'typebox'
import {
  DeadLetters,
  InboxPage,
  MarkAll,
  MarkNotices,
  NoticeKind,
  Resent,
  UnreadView,
} from '../../machines/wire/inbox.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { DeadLetterPort } from '../jobs/dead-letters.ts'
import type { InboxPort } from '../jobs/inbox.ts'
import { Limit, nothing, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const Cursor = Type.Optional(Type.String({ maxLength: 1000 }))
const Query = Type.Object(
  {
    cursor: Cursor,
    limit: Limit,
    unread: Type.Optional(Type.Boolean({ description: 'Only what is not read' })),
    kind: Type.Optional(NoticeKind),
    sort: Type.Optional(
      Type.Enum(['unread', 'newest'], { description: '`unread`, as without: what is not read comes first' }),
    ),
  },
  closed,
)
const ByLetter = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, closed)

export function inboxRoutes(app: App, inbox: InboxPort): void {
  const tags = ['inbox']
  const config = { right: 'inbox:use' as const }
  app.get(
    '/api/inbox',
    {
      config,
      schema: {
        tags,
        summary: 'Reminders, messages and breaches told to whoever asks',
        description:
          'New ones are told by the event `inbox` of `GET /api/changes`. Sorted by `unread`, a page may show again what was marked while paging.',
        querystring: Query,
        response: ok(InboxPage),
      },
    },
    (request) => {
      const { cursor, limit = 50, unread, kind, sort = 'unread' } = request.query
      return inbox.page(whoAsks(request).actor, {
        limit,
        order: sort,
        ...(cursor === undefined ? {} : { cursor }),
        ...(kind === undefined ? {} : { kind }),
        ...(unread === undefined ? {} : { unreadOnly: unread }),
      })
    },
  )
  app.get(
    '/api/inbox/unread',
    { config, schema: { tags, summary: 'How many are not read, by kind', response: ok(UnreadView) } },
    (request) => inbox.unread(whoAsks(request).person.id),
  )
  app.post(
    '/api/inbox/read',
    {
      config,
      schema: {
        tags,
        summary: 'Mark messages as read or not read',
        body: MarkNotices,
        response: ok(UnreadView),
      },
    },
    (request) => inbox.mark(whoAsks(request).person.id, request.body),
  )
  app.post(
    '/api/inbox/read-all',
    {
      config,
      schema: {
        tags,
        summary: 'Mark everything as read that came up to a page',
        body: MarkAll,
        response: ok(UnreadView),
      },
    },
    (request) => inbox.markAll(whoAsks(request).person.id, request.body),
  )
}

export function deadLetterRoutes(app: App, letters: DeadLetterPort): void {
  const tags = ['inbox']
  app.get(
    '/api/dead-letters',
    {
      config: { right: 'letters:read' },
      schema: {
        tags,
        summary: 'Messages to people and between jobs that could not be delivered, latest first',
        querystring: Type.Object({ cursor: Cursor, limit: Limit }, closed),
        response: ok(DeadLetters),
      },
    },
    (request) => letters.list(request.query.limit ?? 50, request.query.cursor),
  )
  app.post(
    '/api/dead-letters/resend',
    {
      config: { right: 'letters:resend' },
      schema: { tags, summary: 'Send all of them again', response: ok(Resent) },
    },
    () => letters.resend(),
  )
  app.post(
    '/api/dead-letters/:id/resend',
    {
      config: { right: 'letters:resend' },
      schema: { tags, summary: 'Send one again', params: ByLetter, response: ok(Resent) },
    },
    (request) => letters.resend(request.params.id),
  )
  app.delete(
    '/api/dead-letters/:id',
    {
      config: { right: 'letters:resend' },
      schema: { tags, summary: 'Throw one away', params: ByLetter, response: nothing },
    },
    async (request, reply) => {
      await letters.drop(request.params.id)
      return reply.code(204).send(null)
    },
  )
}
