/**
 * Endpoints of webhooks, and what is to be delivered to them.
 *
 * Promises asked of an adapter: `collect` is one commit: the place in the feed moves on together with the messages that
 * were made of the changes before it, so that each change is told once however often the server is killed. Since a
 * change is in the feed by the commit that made it, nothing has to be written for webhooks on the way of a job (E3).
 * Must not: know how a message is made, signed or sent.
 */
import type { WebhookEvent, WebhookFailure } from '../../machines/wire/webhooks.ts'

export type WebhookEndpoint = {
  id: string
  url: string
  events: WebhookEvent[]
  process?: string
  /** `whsec_` and base64. As it is: it must sign. */
  secret: string
  /** The one before, which signs, too, for a while. */
  oldSecret?: { secret: string; until: string }
  enabled: boolean
  /** Switched off by its own answer 410. */
  gone?: true
  createdAt: string
}
/** How far an endpoint has been told: the last change, and the latest version by process. */
export type WebhookPlace = { change: number; published: Record<string, number> }
export type KeptEndpoint = WebhookEndpoint & {
  place: WebhookPlace
  lastSuccess?: string
  lastFailure?: { at: string; failure: WebhookFailure }
}

export type NewDelivery = { id: string; type: string; at: string; body: string }
export type Delivery = NewDelivery & { attempts: number; notBefore: string; failure?: WebhookFailure }
type DeliveryCounts = { pending: number; dead: number }
/** Without `id` and `since`: all that are dead. */
type Revive = { id?: string; since?: string; delivered?: boolean }

export interface WebhookStore {
  /** Oldest first. */
  endpoints(): Promise<KeptEndpoint[]>
  /** New, or in place of the one with its id; with `place` it is told what comes after. */
  saveEndpoint(endpoint: WebhookEndpoint, place?: WebhookPlace): Promise<void>
  /** With all its messages. Whether it was there. */
  dropEndpoint(id: string): Promise<boolean>
  /** `false`, and nothing written, where the endpoint is gone or not at `from`. A message with a known id stays as it is. */
  collect(
    endpoint: string,
    from: number,
    place: WebhookPlace,
    deliveries: readonly NewDelivery[],
    now: string,
  ): Promise<boolean>
  /** Longest due first. */
  due(endpoint: string, now: string, limit: number): Promise<Delivery[]>
  /** Of one endpoint; its earliest `notBefore`. */
  nextDue(endpoint: string): Promise<string | undefined>
  delivered(endpoint: string, id: string, at: string): Promise<void>
  /** Without `retryAt` it is dead. */
  failed(
    endpoint: string,
    id: string,
    at: string,
    failure: WebhookFailure,
    retryAt: string | undefined,
  ): Promise<void>
  /** Everything that waits is dead: the endpoint was switched off. */
  giveUp(endpoint: string, failure: WebhookFailure): Promise<void>
  counts(endpoint: string): Promise<DeliveryCounts>
  /** Latest first. */
  dead(endpoint: string, limit: number): Promise<Delivery[]>
  /** They wait again, with no attempt made. How many. */
  revive(endpoint: string, now: string, which: Revive): Promise<number>
  /** Forgets what was delivered before. */
  forgetDelivered(before: string): Promise<void>
}
