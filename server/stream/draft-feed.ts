/**
 * What happens to a draft as server-sent events: who is in it, and that it was saved, agreed to or published.
 *
 * Promises: every event says how things stand, so that a reader who comes back needs nothing of what he missed; the
 * latest state always arrives, states in between may not.
 * Must not: send a draft's content; who is told of a new revision reads it.
 */
import type { Writable } from 'node:stream'
import type { DraftNotice, DraftState } from '../../machines/wire/drafts.ts'
import { problem } from '../problem-details.ts'
import { createBell } from './bell.ts'
import type { DraftWatch } from './draft-watch.ts'
import { createSeats } from './seats.ts'
import { write } from './write.ts'

/** Below the idle limits of proxies, which begin at 30 s. */
const HEARTBEAT_MS = 15_000
const MOST = { all: 1000, each: 50 }

export type DraftFeed = {
  /** How things stand. Problems: process-not-found. */
  state(process: string): Promise<DraftState>
  /** Problems: too-many-requests. To be called before anything is written. */
  reserve(person: string): () => void
  /** How many are open. */
  open(): number
  /** Writes to an open response until it closes. `mayStay` is asked at every heartbeat. */
  serve(response: Writable, process: string, mayStay: () => Promise<boolean>): Promise<void>
  /** Ends all streams, for the server's stop. */
  close(): void
}

type DraftFeedDeps = {
  watch: DraftWatch
  /** `undefined`: the process is gone. */
  notice(process: string): Promise<DraftNotice | undefined>
  heartbeatMs?: number
}

export function createDraftFeed({ watch, notice, heartbeatMs = HEARTBEAT_MS }: DraftFeedDeps): DraftFeed {
  const seats = createSeats(MOST)
  const streams = new Set<AbortController>()

  async function serve(response: Writable, process: string, mayStay: () => Promise<boolean>): Promise<void> {
    const stop = new AbortController()
    streams.add(stop)
    const bell = createBell()
    // Listening begins before the first read: what changes between the two rings.
    const silence = watch.listen(process, bell.ring)
    const gone = () => stop.abort()
    response.once('close', gone)
    const sent = new Map<string, string>()
    /** Only what differs from what the reader has. */
    const tell = async (event: string, now: unknown): Promise<void> => {
      const data = JSON.stringify(now)
      if (sent.get(event) === data) return
      sent.set(event, data)
      await write(response, `event: ${event}\ndata: ${data}\n\n`, stop.signal)
    }
    let asked = performance.now()
    try {
      await write(response, 'retry: 2000\n\n', stop.signal)
      while (!stop.signal.aborted) {
        const now = await notice(process)
        if (now === undefined) {
          await tell('gone', {})
          break
        }
        await tell('draft', now)
        await tell('presence', { present: watch.present(process) })
        const due = heartbeatMs - (performance.now() - asked)
        await bell.wait(Math.max(1, Math.min(due, watch.untilNext(process))), stop.signal)
        if (stop.signal.aborted || performance.now() - asked < heartbeatMs) continue
        asked = performance.now()
        if (!(await mayStay())) break
        await write(response, ': still here\n\n', stop.signal)
      }
    } finally {
      silence()
      response.off('close', gone)
      streams.delete(stop)
      response.end()
    }
  }

  return {
    state: async (process) => {
      const now = await notice(process)
      if (now === undefined) throw problem('process-not-found')
      return { now, present: watch.present(process) }
    },
    reserve: seats.take,
    open: seats.open,
    serve,
    close: () => {
      for (const stream of streams) stream.abort()
    },
  }
}
