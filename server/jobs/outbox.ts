/**
 * Carries messages from job to job after the commit that wrote them (E6).
 *
 * Promises: at least once, and once in effect, since the receiving job's commit takes the item out of the outbox;
 * in the order written, per receiving job; a message that the receiver does not take is dropped, not retried.
 * Must not: hold up the sender.
 */
import type { Command, Effect } from '../../machines/advance/job.ts'
import { SYSTEM } from '../../machines/advance/job.ts'
import { ApiProblem } from '../problem-details.ts'
import type { OutboxItem } from '../store/port.ts'
import type { JobWork } from './job-work.ts'

const BATCH = 200
const RETRY_MS = 5_000
const MAX_ATTEMPTS = 20

export type Log = {
  error(details: object, message: string): void
  info(details: object, message: string): void
}
export type Outbox = {
  /** Delivers everything that is due; resolves when nothing is. */
  drain(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export function createOutbox(work: JobWork, log: Log): Outbox {
  const { store } = work.deps
  let running: Promise<void> | undefined
  let again = false
  let stopListening = () => {}
  let retry: NodeJS.Timeout | undefined

  const now = () => new Date(work.deps.now()).toISOString()

  async function deliver(item: OutboxItem): Promise<void> {
    const command = commandOf(item)
    try {
      await work.turns.take(item.job, async () => {
        const { job, compiled } = await work.load(item.job)
        const prepared = await work.prepare(job, compiled, command, SYSTEM)
        await work.commit(prepared.changes, { delivered: [item.id] })
      })
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 500) {
        log.info(
          { item: item.id, job: item.job, problem: error.code },
          'a message between jobs was not taken',
        )
        await store.outboxDelivered([item.id])
        return
      }
      log.error({ item: item.id, error }, 'a message between jobs could not be delivered')
      const last = item.attempts + 1 >= MAX_ATTEMPTS
      const retryAt = new Date(work.deps.now() + RETRY_MS).toISOString()
      await store.outboxFailed(item.id, String(error), last ? undefined : retryAt)
    }
  }

  async function run(): Promise<void> {
    do {
      again = false
      for (;;) {
        const due = await store.outboxDue(now(), BATCH)
        if (due.length === 0) break
        const perJob = Map.groupBy(due, (item) => item.job)
        await Promise.all(
          [...perJob.values()].map(async (items) => {
            for (const item of items) await deliver(item)
          }),
        )
      }
    } while (again)
  }

  async function drain(): Promise<void> {
    again = true
    running ??= run().finally(() => {
      running = undefined
    })
    await running
  }
  const drainSoon = () => {
    drain().catch((error: unknown) => log.error({ error }, 'the outbox stopped'))
  }

  return {
    drain,
    async start() {
      stopListening = work.onCommitted(({ outbox }) => {
        if (outbox) drainSoon()
      })
      retry = setInterval(drainSoon, RETRY_MS)
      retry.unref()
      await drain()
    },
    async stop() {
      stopListening()
      clearInterval(retry)
      await running
    },
  }
}

type Message = Extract<Effect, { type: 'signal' | 'linkEnded' }>
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isMessage = (body: unknown): body is Message =>
  isRecord(body) && (body.type === 'signal' || body.type === 'linkEnded')

function commandOf({ body, id }: OutboxItem): Command {
  if (!isMessage(body)) throw new Error(`outbox item ${id} is no message between jobs`)
  return body.type === 'signal'
    ? { kind: 'event', type: body.event, payload: body.payload }
    : { kind: 'linkEnded', job: body.ended, status: body.status, fields: body.fields }
}
