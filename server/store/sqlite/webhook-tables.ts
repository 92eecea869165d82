/**
 * Endpoints of webhooks and their messages in SQLite.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does), or sign or send.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { WebhookFailure } from '../../../machines/wire/webhooks.ts'
import type { Delivery, KeptEndpoint, WebhookEndpoint, WebhookPlace, WebhookStore } from '../webhook-port.ts'
import type { GroupCommit } from './group-commit.ts'
import { integer, optionalText, type Row, text } from './rows.ts'

const parseEndpoint = (json: string): WebhookEndpoint => JSON.parse(json)
const parsePublished = (json: string): WebhookPlace['published'] => JSON.parse(json)
const parseFailure = (json: string): WebhookFailure => JSON.parse(json)
const parseLast = (json: string): NonNullable<KeptEndpoint['lastFailure']> => JSON.parse(json)

function endpointOf(row: Row): KeptEndpoint {
  const lastSuccess = optionalText(row, 'last_success')
  const lastFailure = optionalText(row, 'last_failure')
  return {
    ...parseEndpoint(text(row, 'endpoint')),
    place: { change: integer(row, 'change'), published: parsePublished(text(row, 'published')) },
    ...(lastSuccess === undefined ? {} : { lastSuccess }),
    ...(lastFailure === undefined ? {} : { lastFailure: parseLast(lastFailure) }),
  }
}
function deliveryOf(row: Row): Delivery {
  const failure = optionalText(row, 'failure')
  return {
    id: text(row, 'id'),
    type: text(row, 'type'),
    at: text(row, 'at'),
    body: text(row, 'body'),
    attempts: integer(row, 'attempts'),
    notBefore: text(row, 'not_before'),
    ...(failure === undefined ? {} : { failure: parseFailure(failure) }),
  }
}

export function webhookStore(db: DatabaseSync, group: GroupCommit): WebhookStore {
  const all = db.prepare('SELECT * FROM webhooks ORDER BY row')
  const save = db.prepare(
    `INSERT INTO webhooks (id, endpoint, change, published) VALUES (?, ?, 0, '{}')
     ON CONFLICT (id) DO UPDATE SET endpoint = excluded.endpoint`,
  )
  const put = db.prepare('UPDATE webhooks SET change = ?, published = ? WHERE id = ?')
  const clear = db.prepare('DELETE FROM webhook_deliveries WHERE endpoint = ?')
  const drop = db.prepare('DELETE FROM webhooks WHERE id = ?')
  const change = db.prepare('SELECT change FROM webhooks WHERE id = ?')
  const add = db.prepare(
    `INSERT INTO webhook_deliveries (endpoint, id, type, at, body, state, attempts, not_before)
     VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?) ON CONFLICT DO NOTHING`,
  )
  const due = db.prepare(
    `SELECT * FROM webhook_deliveries WHERE endpoint = ? AND state = 'waiting' AND not_before <= ?
     ORDER BY not_before, row LIMIT ?`,
  )
  const next = db.prepare(
    `SELECT min(not_before) AS next FROM webhook_deliveries WHERE endpoint = ? AND state = 'waiting'`,
  )
  const done = db.prepare(
    `UPDATE webhook_deliveries SET state = 'done', attempts = attempts + 1, failure = NULL, not_before = ?
     WHERE endpoint = ? AND id = ?`,
  )
  const succeeded = db.prepare('UPDATE webhooks SET last_success = ? WHERE id = ?')
  const retry = db.prepare(
    `UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, failure = ?,
       not_before = coalesce(?, not_before) WHERE endpoint = ? AND id = ? AND state = 'waiting'`,
  )
  const lost = db.prepare('UPDATE webhooks SET last_failure = ? WHERE id = ?')
  const giveUp = db.prepare(
    `UPDATE webhook_deliveries SET state = 'dead', failure = ? WHERE endpoint = ? AND state = 'waiting'`,
  )
  const count = db.prepare(`SELECT count(*) AS n FROM webhook_deliveries WHERE endpoint = ? AND state = ?`)
  const dead = db.prepare(
    `SELECT * FROM webhook_deliveries WHERE endpoint = ? AND state = 'dead' ORDER BY at DESC, row DESC LIMIT ?`,
  )
  const revive = db.prepare(
    `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, not_before = ?1
     WHERE endpoint = ?2 AND (state = 'dead' OR (?5 = 1 AND state = 'done'))
       AND (?3 IS NULL OR id = ?3) AND (?4 IS NULL OR at >= ?4)`,
  )
  const forget = db.prepare(`DELETE FROM webhook_deliveries WHERE state = 'done' AND not_before < ?`)

  const number = (endpoint: string, state: string): number => {
    const row = count.get(endpoint, state)
    return row ? integer(row, 'n') : 0
  }
  return {
    endpoints: async () => all.all().map(endpointOf),
    saveEndpoint: (endpoint, place) =>
      group.run(() => {
        save.run(endpoint.id, JSON.stringify(endpoint))
        if (place) put.run(place.change, JSON.stringify(place.published), endpoint.id)
      }),
    dropEndpoint: (id) =>
      group.run(() => {
        clear.run(id)
        return drop.run(id).changes > 0
      }),
    collect: (endpoint, from, place, deliveries, now) =>
      group.run(() => {
        const row = change.get(endpoint)
        if (row === undefined || integer(row, 'change') !== from) return false
        for (const { id, type, at, body } of deliveries) add.run(endpoint, id, type, at, body, now)
        put.run(place.change, JSON.stringify(place.published), endpoint)
        return true
      }),
    due: async (endpoint, now, limit) => due.all(endpoint, now, limit).map(deliveryOf),
    nextDue: async (endpoint) => {
      const row = next.get(endpoint)
      return row && optionalText(row, 'next')
    },
    delivered: (endpoint, id, at) =>
      group.run(() => {
        done.run(at, endpoint, id)
        succeeded.run(at, endpoint)
      }),
    failed: (endpoint, id, at, failure, retryAt) =>
      group.run(() => {
        const state = retryAt === undefined ? 'dead' : 'waiting'
        retry.run(state, JSON.stringify(failure), retryAt ?? null, endpoint, id)
        lost.run(JSON.stringify({ at, failure }), endpoint)
      }),
    giveUp: (endpoint, failure) =>
      group.run(() => {
        giveUp.run(JSON.stringify(failure), endpoint)
      }),
    counts: async (endpoint) => ({ pending: number(endpoint, 'waiting'), dead: number(endpoint, 'dead') }),
    dead: async (endpoint, limit) => dead.all(endpoint, limit).map(deliveryOf),
    revive: (endpoint, now, { id, since, delivered }) =>
      group.run(() =>
        Number(revive.run(now, endpoint, id ?? null, since ?? null, delivered === true ? 1 : 0).changes),
      ),
    forgetDelivered: (before) =>
      group.run(() => {
        forget.run(before)
      }),
  }
}
