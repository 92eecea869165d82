/**
 * Endpoints of webhooks and their messages in memory.
 *
 * Must not: give out what a caller could change in the store.
 */
import type { Delivery, KeptEndpoint, WebhookStore } from '../webhook-port.ts'

type Held = Delivery & { state: 'waiting' | 'done' | 'dead' }
type Endpoint = { kept: KeptEndpoint; deliveries: Map<string, Held> }

export function createMemoryWebhooks(): WebhookStore {
  const endpoints = new Map<string, Endpoint>()
  const held = (endpoint: string): Held[] => [...(endpoints.get(endpoint)?.deliveries.values() ?? [])]
  const waiting = (endpoint: string): Held[] =>
    held(endpoint)
      .filter(({ state }) => state === 'waiting')
      .toSorted((a, b) => (a.notBefore < b.notBefore ? -1 : a.notBefore > b.notBefore ? 1 : 0))
  const put = (endpoint: string, id: string, change: Partial<Held>): void => {
    const deliveries = endpoints.get(endpoint)?.deliveries
    const found = deliveries?.get(id)
    if (deliveries && found) deliveries.set(id, { ...found, ...change })
  }
  const given = ({ state: _, ...delivery }: Held): Delivery => structuredClone(delivery)
  return {
    endpoints: async () => [...endpoints.values()].map(({ kept }) => structuredClone(kept)),
    saveEndpoint: async (endpoint, place) => {
      const before = endpoints.get(endpoint.id)
      const { lastSuccess, lastFailure } = before?.kept ?? {}
      endpoints.set(endpoint.id, {
        kept: structuredClone({
          ...endpoint,
          place: place ?? before?.kept.place ?? { change: 0, published: {} },
          ...(lastSuccess === undefined ? {} : { lastSuccess }),
          ...(lastFailure === undefined ? {} : { lastFailure }),
        }),
        deliveries: before?.deliveries ?? new Map(),
      })
    },
    dropEndpoint: async (id) => endpoints.delete(id),
    collect: async (endpoint, from, place, deliveries, now) => {
      const found = endpoints.get(endpoint)
      if (found === undefined || found.kept.place.change !== from) return false
      for (const delivery of deliveries)
        if (!found.deliveries.has(delivery.id))
          found.deliveries.set(delivery.id, { ...delivery, attempts: 0, notBefore: now, state: 'waiting' })
      found.kept.place = structuredClone(place)
      return true
    },
    due: async (endpoint, now, limit) =>
      waiting(endpoint)
        .filter(({ notBefore }) => notBefore <= now)
        .slice(0, limit)
        .map(given),
    nextDue: async (endpoint) => waiting(endpoint)[0]?.notBefore,
    delivered: async (endpoint, id, at) => {
      const found = endpoints.get(endpoint)
      const delivery = found?.deliveries.get(id)
      if (found === undefined || delivery === undefined) return
      const { failure: _, ...rest } = delivery
      found.deliveries.set(id, { ...rest, state: 'done', attempts: rest.attempts + 1, notBefore: at })
      found.kept.lastSuccess = at
    },
    failed: async (endpoint, id, at, failure, retryAt) => {
      const found = endpoints.get(endpoint)
      const delivery = found?.deliveries.get(id)
      if (found === undefined) return
      found.kept.lastFailure = { at, failure }
      if (delivery?.state !== 'waiting') return
      put(endpoint, id, {
        state: retryAt === undefined ? 'dead' : 'waiting',
        attempts: delivery.attempts + 1,
        failure,
        notBefore: retryAt ?? delivery.notBefore,
      })
    },
    giveUp: async (endpoint, failure) => {
      for (const { id } of waiting(endpoint)) put(endpoint, id, { state: 'dead', failure })
    },
    counts: async (endpoint) => ({
      pending: waiting(endpoint).length,
      dead: held(endpoint).filter(({ state }) => state === 'dead').length,
    }),
    dead: async (endpoint, limit) =>
      held(endpoint)
        .filter(({ state }) => state === 'dead')
        .toReversed()
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
        .slice(0, limit)
        .map(given),
    revive: async (endpoint, now, { id, since, delivered }) => {
      const found = held(endpoint).filter(
        (one) =>
          (one.state === 'dead' || (delivered === true && one.state === 'done')) &&
          (id === undefined || one.id === id) &&
          (since === undefined || one.at >= since),
      )
      for (const one of found) put(endpoint, one.id, { state: 'waiting', attempts: 0, notBefore: now })
      return found.length
    },
    forgetDelivered: async (before) => {
      for (const { deliveries } of endpoints.values())
        for (const [id, { state, notBefore }] of deliveries)
          if (state === 'done' && notBefore < before) deliveries.delete(id)
    },
  }
}
