/**
 * Carries messages from job to job, and from jobs to people, after the commit that wrote them (E6).
 *
 * Promises: at least once, and once in effect, since the commit that delivers takes the item out of the outbox;
 * in the order written, per receiving job; a message that the receiving job does not take is dropped, not retried.
 * What cannot be delivered after many attempts, or has nobody to go to, is a dead letter: kept until an administrator
 * sends it again or throws it away.
 * Must not: hold up the sender.
 */
import type { Command, Effect } from '../../machines/advance/job.ts'
import { SYSTEM } from '../../machines/advance/job.ts'
import { personsNamed } from '../../machines/advance/view.ts'
import { NOTICE_KINDS } from '../../machines/wire/inbox.ts'
import { ApiProblem } from '../problem-details.ts'
import type { JobNotice } from '../store/notice-port.ts'
import type { OutboxItem } from '../store/port.ts'
import { indexJob } from './index-job.ts'
import type { JobWork } from './job-work.ts'
import { type About, NOTICE, reached } from './notices.ts'

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

/** @param told called with whose inbox something was laid into. */
export function createOutbox(
  work: JobWork,
  log: Log,
  told: (people: readonly string[]) => void = () => {},
): Outbox {
  const { store, library } = work.deps
  let running: Promise<void> | undefined
  let again = false
  let stopListening = () => {}
  let retry: NodeJS.Timeout | undefined

  const now = () => new Date(work.deps.now()).toISOString()

  /** Whom the job speaks of now: also a message sent again much later reaches who works it by then. */
  async function about(id: string): Promise<About> {
    const { job, compiled } = await work.load(id)
    const { assignee, region } = indexJob(compiled, job, [])
    return {
      process: job.process,
      named: personsNamed(compiled, job),
      ...(assignee === undefined ? {} : { assignee }),
      ...(region === undefined ? {} : { region }),
    }
  }

  async function lay(item: OutboxItem, notice: JobNotice): Promise<void> {
    const { people, astray } = reached(notice.to, await about(notice.job), await library.people())
    if (people.length === 0) throw new NobodyThere()
    const given: JobNotice = astray ? { ...notice, astray } : notice
    if (await store.deliverNotice(item.id, given, people)) told(people)
  }

  async function carry(item: OutboxItem): Promise<void> {
    if (item.kind === NOTICE) return lay(item, noticeOf(item))
    const command = commandOf(item)
    await work.turns.take(item.job, async () => {
      const { job, compiled } = await work.load(item.job)
      const prepared = await work.prepare(job, compiled, command, SYSTEM)
      await work.commit(prepared.changes, { delivered: [item.id] })
    })
  }

  async function deliver(item: OutboxItem): Promise<void> {
    try {
      await carry(item)
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 500) {
        log.info({ item: item.id, job: item.job, problem: error.code }, 'a message was not taken')
        await store.outboxDelivered([item.id])
        return
      }
      const nobody = error instanceof NobodyThere
      if (nobody) log.info({ item: item.id, job: item.job }, 'a message has nobody it could go to')
      else log.error({ item: item.id, error }, 'a message could not be delivered')
      const last = nobody || item.attempts + 1 >= MAX_ATTEMPTS
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

/** Not even an administrator: tried again only when somebody asks for it. */
class NobodyThere extends Error {
  constructor() {
    super('there is nobody it could go to')
    this.name = 'NobodyThere'
  }
}

type Message = Extract<Effect, { type: 'signal' | 'linkEnded' }>
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isMessage = (body: unknown): body is Message =>
  isRecord(body) && (body.type === 'signal' || body.type === 'linkEnded')

/** Our own, written by `notices.ts`: checked as far as telling it from other items needs. */
export const isNotice = (body: unknown): body is JobNotice =>
  isRecord(body) && NOTICE_KINDS.some((kind) => kind === body.kind) && Array.isArray(body.to)

function noticeOf({ body, id }: OutboxItem): JobNotice {
  if (!isNotice(body)) throw new Error(`outbox item ${id} is no message to people`)
  return body
}

function commandOf({ body, id }: OutboxItem): Command {
  if (!isMessage(body)) throw new Error(`outbox item ${id} is no message between jobs`)
  return body.type === 'signal'
    ? { kind: 'event', type: body.event, payload: body.payload }
    : { kind: 'linkEnded', job: body.ended, status: body.status, fields: body.fields }
}
