/**
 * Endpoints of webhooks as the server uses them: who is told of what outside is on record.
 *
 * Promises: whatever makes, changes or deletes an endpoint, or sends again what was given up, comes by here, the server's
 * own switching off too.
 * Must not: put a secret on record, or more of an address than its host: its path can be one.
 */
import type { KeptEndpoint, WebhookEndpoint, WebhookStore } from '../store/webhook-port.ts'
import { differing, type Recorder, type What } from './record.ts'

export function auditedWebhooks(store: WebhookStore, record: Recorder): WebhookStore {
  const find = async (id: string): Promise<KeptEndpoint | undefined> =>
    (await store.endpoints()).find((endpoint) => endpoint.id === id)
  return {
    ...unrecorded(store),
    saveEndpoint: async (endpoint, place) =>
      record(whatOf(await find(endpoint.id), endpoint), () => store.saveEndpoint(endpoint, place)),
    dropEndpoint: async (id) => {
      const before = await find(id)
      if (before === undefined) return store.dropEndpoint(id)
      return record({ kind: 'webhook.delete', subject: id, detail: hostOf(before) }, () =>
        store.dropEndpoint(id),
      )
    },
    revive: async (endpoint, now, which) =>
      record(
        { kind: 'webhook.resend', subject: endpoint, detail: { ...hostOf(await find(endpoint)), ...which } },
        () => store.revive(endpoint, now, which),
        (resent) => ({ resent }),
      ),
  }
}

/** The rest moves messages, not endpoints. */
const unrecorded = (store: WebhookStore): Omit<WebhookStore, 'saveEndpoint' | 'dropEndpoint' | 'revive'> => ({
  endpoints: () => store.endpoints(),
  collect: (endpoint, from, place, deliveries, now) => store.collect(endpoint, from, place, deliveries, now),
  due: (endpoint, now, limit) => store.due(endpoint, now, limit),
  nextDue: (endpoint) => store.nextDue(endpoint),
  delivered: (endpoint, id, at) => store.delivered(endpoint, id, at),
  failed: (endpoint, id, at, failure, retryAt) => store.failed(endpoint, id, at, failure, retryAt),
  giveUp: (endpoint, failure) => store.giveUp(endpoint, failure),
  counts: (endpoint) => store.counts(endpoint),
  dead: (endpoint, limit) => store.dead(endpoint, limit),
  forgetDelivered: (before) => store.forgetDelivered(before),
})

function whatOf(before: KeptEndpoint | undefined, after: WebhookEndpoint): What {
  const { id, events, process, enabled, gone } = after
  const told = { ...hostOf(after), events, ...(process === undefined ? {} : { process }) }
  if (before === undefined) return { kind: 'webhook.create', subject: id, detail: told }
  const { place: _place, lastSuccess: _success, lastFailure: _failure, ...was } = before
  if (was.secret !== after.secret) return { kind: 'webhook.secret', subject: id, detail: hostOf(after) }
  const changed = differing(was, after).filter((name) => name !== 'gone')
  return {
    kind: 'webhook.change',
    subject: id,
    detail: {
      ...told,
      changed,
      ...(changed.includes('enabled') ? { enabled } : {}),
      ...(gone === true ? { gone } : {}),
    },
  }
}

const hostOf = (endpoint: Pick<WebhookEndpoint, 'url'> | undefined): { host?: string } =>
  endpoint === undefined ? {} : { host: new URL(endpoint.url).host }
