/**
 * What an administrator does with webhooks: makes, changes, tests and deletes endpoints, and sends again what is dead.
 *
 * Promises: a secret is in the answer to whoever made it and in no other.
 * Must not: deliver (`deliveries.ts`).
 */
import type {
  ChangeWebhook,
  CreateWebhook,
  DeadDeliveries,
  NewWebhook,
  ResendDeliveries,
  WebhookList,
  WebhookTested,
  WebhookView,
} from '../../machines/wire/webhooks.ts'
import type { Ids } from '../ids.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { KeptEndpoint, WebhookEndpoint, WebhookStore } from '../store/webhook-port.ts'
import { isRefusedHost } from './addresses.ts'
import type { Deliveries } from './deliveries.ts'
import { messageOf } from './messages.ts'
import type { Sender } from './sender.ts'
import { secretOf, signedHeaders } from './signing.ts'

/** Both secrets sign for so long after a change. */
const ROTATION_MS = 24 * 3600 * 1000
const MOST = 50
const MOST_DEAD = 200

type WebhooksDeps = {
  store: WebhookStore
  library: Pick<Library, 'latest'>
  deliveries: Pick<Deliveries, 'reload' | 'here'>
  sender: Pick<Sender, 'send'>
  ids: Ids
  now(): number
  privateAddresses: boolean
}
/** Problems of all that name one: webhook-not-found. */
export type WebhooksPort = {
  list(): Promise<WebhookList>
  /** Problems: webhook-address, webhook-too-many, process-not-found. */
  create(body: CreateWebhook): Promise<NewWebhook>
  /** Problems: webhook-address, process-not-found. */
  change(id: string, body: ChangeWebhook): Promise<WebhookView>
  rotate(id: string): Promise<NewWebhook>
  drop(id: string): Promise<void>
  test(id: string): Promise<WebhookTested>
  dead(id: string): Promise<DeadDeliveries>
  /** Problems: webhook-off, letter-not-found, bad-request. */
  resend(id: string, which: ResendDeliveries): Promise<{ resent: number }>
}

export function createWebhooks(deps: WebhooksDeps): WebhooksPort {
  const { store, library, deliveries, sender, ids } = deps
  const iso = (ms: number): string => new Date(ms).toISOString()
  const freshSecret = (): string => secretOf(Buffer.from(ids.secret(), 'base64url'))

  async function find(id: string): Promise<KeptEndpoint> {
    const found = (await store.endpoints()).find((endpoint) => endpoint.id === id)
    if (found === undefined) throw problem('webhook-not-found')
    return found
  }
  async function check({ url, process }: { url?: string; process?: string | null }): Promise<void> {
    if (url !== undefined && !isUsable(url, deps.privateAddresses)) throw problem('webhook-address')
    if (typeof process === 'string' && (await library.latest(process)) === undefined)
      throw problem('process-not-found')
  }
  async function view(endpoint: KeptEndpoint): Promise<WebhookView> {
    const { place: _, secret: _s, oldSecret, ...shown } = endpoint
    const rotating = oldSecret !== undefined && Date.parse(oldSecret.until) > deps.now()
    return {
      ...shown,
      ...(await store.counts(endpoint.id)),
      ...(rotating ? { rotatingUntil: oldSecret.until } : {}),
    }
  }

  return {
    list: async () => ({ webhooks: await Promise.all((await store.endpoints()).map(view)) }),
    async create(body) {
      await check(body)
      if ((await store.endpoints()).length >= MOST) throw problem('webhook-too-many', { most: MOST })
      const secret = freshSecret()
      const endpoint: WebhookEndpoint = {
        ...body,
        id: ids.id(),
        secret,
        enabled: true,
        createdAt: iso(deps.now()),
      }
      await store.saveEndpoint(endpoint, await deliveries.here())
      await deliveries.reload()
      return { webhook: await view(await find(endpoint.id)), secret }
    },
    async change(id, { process, enabled, ...body }) {
      const before = await find(id)
      await check({ ...body, ...(process === undefined ? {} : { process }) })
      const on = enabled ?? before.enabled
      const { process: was, gone, ...rest } = stripped(before)
      const now = process === undefined ? was : (process ?? undefined)
      const next: WebhookEndpoint = {
        ...rest,
        ...body,
        enabled: on,
        ...(now === undefined ? {} : { process: now }),
        ...(gone === undefined || on ? {} : { gone }),
      }
      // What happened while it was off is not told afterwards.
      await store.saveEndpoint(next, on && !before.enabled ? await deliveries.here() : undefined)
      if (!on && before.enabled) await store.giveUp(id, { reason: 'off' })
      await deliveries.reload()
      return view(await find(id))
    },
    async rotate(id) {
      const before = stripped(await find(id))
      const secret = freshSecret()
      const until = iso(deps.now() + ROTATION_MS)
      await store.saveEndpoint({ ...before, secret, oldSecret: { secret: before.secret, until } })
      return { webhook: await view(await find(id)), secret }
    },
    async drop(id) {
      if (!(await store.dropEndpoint(id))) throw problem('webhook-not-found')
      await deliveries.reload()
    },
    async test(id) {
      const endpoint = await find(id)
      const message = messageOf(`test_${ids.id()}`, 'test', iso(deps.now()), {})
      const headers = signedHeaders(endpoint, message, deps.now())
      const failure = await sender.send(endpoint.url, headers, message.body)
      return { delivered: failure === undefined, ...(failure === undefined ? {} : { failure }) }
    },
    async dead(id) {
      await find(id)
      const dead = await store.dead(id, MOST_DEAD)
      return { deliveries: dead.map(({ body: _, notBefore: _n, ...shown }) => shown) }
    },
    async resend(id, which) {
      const { enabled } = await find(id)
      if (!enabled) throw problem('webhook-off')
      // A leap second is a date-time, and none that there is.
      const from = which.since === undefined ? undefined : Date.parse(which.since)
      if (Number.isNaN(from)) throw problem('bad-request')
      const since = from === undefined ? {} : { since: iso(from) }
      const resent = await store.revive(id, iso(deps.now()), { ...which, ...since })
      if (which.id !== undefined && resent === 0) throw problem('letter-not-found')
      await deliveries.reload()
      return { resent }
    },
  }
}

const stripped = ({
  place: _,
  lastSuccess: _s,
  lastFailure: _f,
  ...endpoint
}: KeptEndpoint): WebhookEndpoint => endpoint

/** Judged again whenever it is connected to. */
function isUsable(url: string, privateAddresses: boolean): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password, hostname } = new URL(url)
  if (username !== '' || password !== '') return false
  if (privateAddresses) return protocol === 'https:' || protocol === 'http:'
  return protocol === 'https:' && !isRefusedHost(hostname)
}
