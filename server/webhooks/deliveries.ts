/**
 * Carries messages to the endpoints of webhooks, after the commit that they tell of (E6).
 *
 * Promises: at least once, with one id for all attempts. What is to be told is read from the feed, where a change
 * stands by its own commit, so a server that is killed anywhere goes on where it was; and where there is no endpoint
 * nothing is done at all. Endpoints do not wait for each other. What was not taken in ten attempts is dead: kept until
 * somebody sends it again.
 * Must not: promise an order, or hold up whoever changes a job.
 */
import { SYSTEM } from '../../machines/advance/job.ts'
import type { WebhookFailure } from '../../machines/wire/webhooks.ts'
import { actAs } from '../access/acting.ts'
import type { Ids } from '../ids.ts'
import type { Log } from '../jobs/outbox.ts'
import type { Library } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'
import type { Delivery, KeptEndpoint, NewDelivery, WebhookPlace } from '../store/webhook-port.ts'
import { messageOfVersion, messagesOfChange } from './messages.ts'
import type { Sender } from './sender.ts'
import { signedHeaders } from './signing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Before the second attempt, the third, and so on, as the specification proposes. */
const RETRIES_MS: readonly number[] = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]
/** Up to so much later, so that what failed together does not come back together. */
const JITTER = 0.2
/** At once, to one endpoint. */
const ABREAST = 8
const CHANGES = 200
const KEEP_DELIVERED_MS = 7 * 24 * HOUR
const LONGEST_SLEEP = 10 * MINUTE

export type DeliveriesDeps = {
  store: Pick<JobStore, 'changes' | 'lastChangeId' | 'webhooks'>
  library: Pick<Library, 'processes' | 'version'>
  sender: Sender
  ids: Ids
  /** Real time: whoever receives compares it with his own. */
  now(): number
  log: Log
  retriesMs?: readonly number[]
}
export type Deliveries = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Something was committed. */
  committed(): void
  /** A version may have been published. */
  published(): void
  /** Reads the endpoints anew: after every change of one. */
  reload(): Promise<void>
  /** Where an endpoint begins that is told what comes from now on. */
  here(): Promise<WebhookPlace>
}

export function createDeliveries(deps: DeliveriesDeps): Deliveries {
  const { store, library, sender, ids, log, retriesMs = RETRIES_MS } = deps
  const { webhooks } = store
  const iso = (ms: number): string => new Date(ms).toISOString()
  let live: readonly string[] = []
  let stopped = true
  /** What is under way for an endpoint, and whether there is more to do after it. */
  const running = new Map<string, { again: boolean; done: Promise<void> }>()
  const alarms = new Map<string, NodeJS.Timeout>()
  const toCheck = new Set<string>()
  let housekeeping: NodeJS.Timeout | undefined

  const find = async (id: string): Promise<KeptEndpoint | undefined> =>
    (await webhooks.endpoints()).find((endpoint) => endpoint.id === id && endpoint.enabled)

  function wake(id: string): void {
    const under = running.get(id)
    if (under) {
      under.again = true
      return
    }
    if (stopped) return
    const state = { again: false, done: Promise.resolve() }
    running.set(id, state)
    state.done = run(id, state)
      .catch((error: unknown) => {
        log.error({ err: error, webhook: id }, 'webhooks were not delivered')
        sleep(id, MINUTE)
      })
      .finally(() => {
        running.delete(id)
        if (state.again) wake(id)
      })
  }

  async function run(id: string, state: { again: boolean }): Promise<void> {
    clearTimeout(alarms.get(id))
    while (!stopped) {
      state.again = false
      const endpoint = await find(id)
      if (endpoint === undefined) return
      const more = await collect(endpoint)
      const due = await webhooks.due(id, iso(deps.now()), ABREAST)
      await Promise.all(due.map((delivery) => deliver(endpoint, delivery)))
      if (!more && due.length === 0) break
    }
    const next = await webhooks.nextDue(id)
    if (next !== undefined) sleep(id, Date.parse(next) - deps.now())
  }

  function sleep(id: string, ms: number): void {
    if (stopped) return
    clearTimeout(alarms.get(id))
    const alarm = setTimeout(() => wake(id), Math.min(Math.max(ms, 50), LONGEST_SLEEP))
    alarm.unref()
    alarms.set(id, alarm)
  }

  /** Whether there was anything. */
  async function collect(endpoint: KeptEndpoint): Promise<boolean> {
    const { id, place } = endpoint
    const items = await store.changes(place.change, CHANGES)
    const versions = toCheck.delete(id) ? await newVersions(endpoint) : undefined
    const last = items.at(-1)
    if (last === undefined && versions === undefined) return false
    const deliveries = items.flatMap((item) => messagesOfChange(item, endpoint))
    const next = { change: last?.id ?? place.change, published: versions?.published ?? place.published }
    const messages = [...deliveries, ...(versions?.messages ?? [])]
    return webhooks.collect(id, place.change, next, messages, iso(deps.now()))
  }

  /** `undefined` where there are none. */
  async function newVersions(
    endpoint: KeptEndpoint,
  ): Promise<{ published: WebhookPlace['published']; messages: NewDelivery[] } | undefined> {
    const { published: known } = endpoint.place
    const published = await latestVersions()
    const messages: NewDelivery[] = []
    let found = false
    for (const [process, latest] of Object.entries(published)) {
      for (let number = (known[process] ?? 0) + 1; number <= latest; number += 1) {
        found = true
        const version = await library.version(process, number)
        if (version) messages.push(...messageOfVersion(version, endpoint))
      }
    }
    return found ? { published, messages } : undefined
  }
  async function latestVersions(): Promise<Record<string, number>> {
    const processes = await library.processes()
    return Object.fromEntries(
      processes.flatMap(({ id, latest }) => (latest === undefined ? [] : [[id, latest]])),
    )
  }

  async function deliver(endpoint: KeptEndpoint, delivery: Delivery): Promise<void> {
    const headers = signedHeaders(endpoint, delivery, deps.now())
    const failure = await sender.send(endpoint.url, headers, delivery.body)
    // What a stop cut short was no attempt: it is made anew after the start.
    if (stopped && failure !== undefined) return
    if (failure === undefined) return webhooks.delivered(endpoint.id, delivery.id, iso(deps.now()))
    await settle(endpoint, delivery, failure)
  }

  async function settle(
    endpoint: KeptEndpoint,
    { id, attempts }: Delivery,
    failure: WebhookFailure,
  ): Promise<void> {
    const pause = failure.reason === 'gone' ? undefined : retriesMs[attempts]
    const retryAt = pause === undefined ? undefined : iso(deps.now() + pause * (1 + JITTER * chance()))
    await webhooks.failed(endpoint.id, id, iso(deps.now()), failure, retryAt)
    log.info({ webhook: endpoint.id, message: id, failure, retryAt }, 'a webhook was not taken')
    if (failure.reason === 'gone') await switchOff(endpoint, failure)
  }

  async function switchOff(
    { place: _, lastSuccess: _s, lastFailure: _f, ...endpoint }: KeptEndpoint,
    failure: WebhookFailure,
  ) {
    // Whoever caused the message did not ask for this.
    await actAs({ actor: SYSTEM.id }, () =>
      webhooks.saveEndpoint({ ...endpoint, enabled: false, gone: true }),
    )
    await webhooks.giveUp(endpoint.id, failure)
    await reload()
  }

  const chance = (): number => Buffer.from(ids.secret(), 'base64url').readUInt32BE(0) / 2 ** 32

  async function reload(): Promise<void> {
    live = (await webhooks.endpoints()).filter(({ enabled }) => enabled).map(({ id }) => id)
    committed()
  }
  function committed(): void {
    for (const id of live) wake(id)
  }
  function published(): void {
    for (const id of live) toCheck.add(id)
    committed()
  }

  return {
    committed,
    published,
    reload,
    here: async () => ({ change: await store.lastChangeId(), published: await latestVersions() }),
    async start() {
      stopped = false
      await reload()
      published()
      housekeeping = setInterval(() => {
        webhooks
          .forgetDelivered(iso(deps.now() - KEEP_DELIVERED_MS))
          .catch((error: unknown) => log.error({ err: error }, 'old webhooks were not forgotten'))
      }, HOUR)
      housekeeping.unref()
    },
    async stop() {
      stopped = true
      clearInterval(housekeeping)
      for (const alarm of alarms.values()) clearTimeout(alarm)
      await sender.close()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
