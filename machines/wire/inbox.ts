/**
 * Bodies of `/api/inbox` and `/api/dead-letters`.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { JobStatus, Timestamp } from '../advance/job.ts'
import { Severity, Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const

export const NOTICE_KINDS = ['remind', 'notify', 'breach'] as const
export const NoticeKind = Type.Enum([...NOTICE_KINDS])
export type NoticeKind = Static<typeof NoticeKind>
/** What a message is about that no job tells: one's own training, or what is assigned to others. */
export const NoticeTopic = Type.Enum(['training', 'assignments'])
export type NoticeTopic = Static<typeof NoticeTopic>

const Recipient = Type.Union([
  Type.Object({ role: Type.String() }, closed),
  Type.Object({ person: Type.String() }, closed),
  /** Whoever works the job. */
  Type.Object({ assignee: Type.Literal(true) }, closed),
])

export const NoticeView = Type.Object(
  {
    id: Type.String(),
    /** Its number in the order of delivery. */
    n: Type.Integer({ minimum: 1 }),
    kind: NoticeKind,
    at: Timestamp,
    read: Type.Boolean(),
    /** The definition's words; a breach may have none beyond its norm. */
    message: Type.Optional(Text),
    norm: Type.Optional(Type.String()),
    severity: Type.Optional(Severity),
    to: Type.Array(Recipient),
    /** Nobody it was meant for has an account: it came to the administrators instead. */
    astray: Type.Optional(Type.Literal(true)),
    /** Where no job tells it. */
    page: Type.Optional(NoticeTopic),
    job: Type.Optional(
      Type.Object(
        {
          id: Type.String(),
          process: Type.String(),
          version: Type.Integer(),
          /** Status and summary as they are now; absent where the job is gone. */
          status: Type.Optional(JobStatus),
          /** The process's summary fields, for those who may list jobs. */
          summary: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type NoticeView = Static<typeof NoticeView>

/** Counted up to a thousand in all. */
export const UnreadView = Type.Object(
  {
    total: Type.Integer(),
    remind: Type.Integer(),
    notify: Type.Integer(),
    breach: Type.Integer(),
  },
  closed,
)
export type UnreadView = Static<typeof UnreadView>

export const InboxPage = Type.Object(
  {
    notices: Type.Array(NoticeView),
    next: Type.Optional(Type.String()),
    unread: UnreadView,
    /** For `read-all`: what came after this page was made stays unread. */
    latest: Type.Integer(),
  },
  closed,
)
export type InboxPage = Static<typeof InboxPage>

export const MarkNotices = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 500 }),
    read: Type.Boolean(),
  },
  closed,
)
export type MarkNotices = Static<typeof MarkNotices>
export const MarkAll = Type.Object(
  {
    /** `latest` of the page that was seen. */
    upTo: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    kind: Type.Optional(NoticeKind),
  },
  closed,
)
export type MarkAll = Static<typeof MarkAll>

const DeadLetter = Type.Object(
  {
    id: Type.String(),
    /** The job that it is for, or that it tells of. */
    job: Type.String(),
    kind: Type.Enum(['signal', 'linkEnded', 'notice']),
    /** Of the last attempt. */
    at: Timestamp,
    attempts: Type.Integer(),
    error: Type.Optional(Type.String()),
    message: Type.Optional(Text),
  },
  closed,
)
export const DeadLetters = Type.Object(
  { letters: Type.Array(DeadLetter), next: Type.Optional(Type.String()) },
  closed,
)
export type DeadLetters = Static<typeof DeadLetters>
export const Resent = Type.Object({ resent: Type.Integer() }, closed)
export type Resent = Static<typeof Resent>
