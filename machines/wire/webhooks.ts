/**
 * Bodies of `/api/webhooks`, and what is sent to an endpoint.
 *
 * Promises: what is sent names jobs, states and norms, and holds no field of a job and no person.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { type JobStatus, Timestamp } from '../advance/job.ts'
import type { Severity } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const

export const WEBHOOK_EVENTS = [
  'job.created',
  'job.changed',
  'job.ended',
  'norm.breached',
  'deadline.missed',
  'job.reminded',
  'complaint.raised',
  'process.published',
] as const
const WebhookEvent = Type.Enum([...WEBHOOK_EVENTS])
export type WebhookEvent = Static<typeof WebhookEvent>

/** `test` is sent on asking only. */
export type MessageType = WebhookEvent | 'test'

/** Why a message did not arrive, for a person to act on. */
const WEBHOOK_FAILURES = [
  'status',
  'redirect',
  'timeout',
  'address',
  'connection',
  'certificate',
  'gone',
  'off',
] as const
const Failure = Type.Object(
  {
    reason: Type.Enum([...WEBHOOK_FAILURES]),
    /** What the endpoint answered. */
    status: Type.Optional(Type.Integer()),
  },
  closed,
)
export type WebhookFailure = Static<typeof Failure>

const Url = Type.String({ minLength: 8, maxLength: 2000, description: 'https, without user or password' })
const Events = Type.Array(WebhookEvent, { minItems: 1, maxItems: WEBHOOK_EVENTS.length, uniqueItems: true })
const ProcessId = Type.String({ minLength: 1, maxLength: 100, description: 'Only of this process' })

export const CreateWebhook = Type.Object(
  { url: Url, events: Events, process: Type.Optional(ProcessId) },
  closed,
)
export type CreateWebhook = Static<typeof CreateWebhook>

export const ChangeWebhook = Type.Object(
  {
    url: Type.Optional(Url),
    events: Type.Optional(Events),
    process: Type.Optional(Type.Union([ProcessId, Type.Null()])),
    enabled: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type ChangeWebhook = Static<typeof ChangeWebhook>

const view = {
  id: Type.String(),
  url: Type.String(),
  events: Type.Array(WebhookEvent),
  process: Type.Optional(Type.String()),
  enabled: Type.Boolean(),
  /** The endpoint answered 410 and was switched off by that. */
  gone: Type.Optional(Type.Literal(true)),
  createdAt: Timestamp,
  /** Until then the secret before this one signs, too. */
  rotatingUntil: Type.Optional(Timestamp),
  lastSuccess: Type.Optional(Timestamp),
  lastFailure: Type.Optional(Type.Object({ at: Timestamp, failure: Failure }, closed)),
  /** Messages that are still to be delivered, and those given up. */
  pending: Type.Integer(),
  dead: Type.Integer(),
}
export const WebhookView = Type.Object(view, closed)
export type WebhookView = Static<typeof WebhookView>
export const WebhookList = Type.Object({ webhooks: Type.Array(WebhookView) }, closed)
export type WebhookList = Static<typeof WebhookList>
/** The secret is in no other answer. */
export const NewWebhook = Type.Object({ webhook: WebhookView, secret: Type.String() }, closed)
export type NewWebhook = Static<typeof NewWebhook>

export const WebhookTested = Type.Object(
  { delivered: Type.Boolean(), failure: Type.Optional(Failure) },
  closed,
)
export type WebhookTested = Static<typeof WebhookTested>

const DeadDelivery = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    at: Timestamp,
    attempts: Type.Integer(),
    failure: Type.Optional(Failure),
  },
  closed,
)
export const DeadDeliveries = Type.Object({ deliveries: Type.Array(DeadDelivery) }, closed)
export type DeadDeliveries = Static<typeof DeadDeliveries>

export const ResendDeliveries = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 300, description: 'Only this message' })),
    since: Type.Optional(Timestamp),
    delivered: Type.Optional(
      Type.Boolean({ description: 'Also what the endpoint took; kept for seven days' }),
    ),
  },
  closed,
)
export type ResendDeliveries = Static<typeof ResendDeliveries>

/** What is sent of a job. */
export type JobMessage = {
  job: string
  process: string
  version: number
  seq: number
  status: Static<typeof JobStatus>
  /** Leaf paths of the active states. */
  states: string[]
  /** What was done: `event`, `timer`, `note` and so on, with the event's type where it was one. */
  command: string
  event?: string
  norm?: string
  severity?: Static<typeof Severity>
  dueAt?: string
}
