/**
 * Messages that could not be delivered: looked at, sent again, thrown away.
 *
 * Promises: a letter that is sent again goes through the outbox like a new one, so that it arrives once or is dead again.
 * Must not: change what a letter says.
 */
import type { DeadLetters, Resent } from '../../machines/wire/inbox.ts'
import { problem } from '../problem-details.ts'
import type { JobStore, OutboxItem } from '../store/port.ts'
import { isNotice, type Outbox } from './outbox.ts'

type DeadLetterDeps = { store: JobStore; outbox: Pick<Outbox, 'drain'>; now(): number }
export type DeadLetterPort = {
  /** Latest first. Throws `BadCursor`. */
  list(limit: number, cursor: string | undefined): Promise<DeadLetters>
  /** One, or all; resolves when it was tried. Problems: letter-not-found. */
  resend(id?: string): Promise<Resent>
  /** Problems: letter-not-found. */
  drop(id: string): Promise<void>
}

export function createDeadLetters({ store, outbox, now }: DeadLetterDeps): DeadLetterPort {
  return {
    list: async (limit, cursor) => {
      const { letters, next } = await store.deadLetters(limit, cursor)
      return { letters: letters.map(letterView), ...(next === undefined ? {} : { next }) }
    },
    resend: async (id) => {
      const resent = await store.reviveDead(new Date(now()).toISOString(), id)
      if (id !== undefined && resent === 0) throw problem('letter-not-found')
      await outbox.drain()
      return { resent }
    },
    drop: async (id) => {
      if ((await store.dropDead(id)) === 0) throw problem('letter-not-found')
    },
  }
}

function letterView(item: OutboxItem): DeadLetters['letters'][number] {
  const { id, job, notBefore, attempts, lastError, kind, body } = item
  const message = isNotice(body) ? body.message : undefined
  return {
    id,
    job,
    kind: kind === 'signal' || kind === 'linkEnded' ? kind : 'notice',
    at: notBefore,
    attempts,
    ...(lastError === undefined ? {} : { error: lastError }),
    ...(message === undefined ? {} : { message }),
  }
}
