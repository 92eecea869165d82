/**
 * The change feed as server-sent events (WHATWG HTML 9.2).
 *
 * Promises: every change once and in commit order, from `Last-Event-ID` on, without gap or double; ids carry the epoch of the
 * folder's history, and whose id is of another, or beyond this one, is told so (`reset`); a reader who does not keep up is waited for, never buffered for, and cut off when he takes nothing; who loses his right to read is cut off within a heartbeat. Whoever
 * asks for it is also told how many messages of his own are unread: the present count, whenever it changed.
 * Must not: hold changes itself. It reads the store's feed and is only woken by commits.
 */
import type { Writable } from 'node:stream'
import type { Asker } from '../access/scope.ts'
import type { InboxPort } from '../jobs/inbox.ts'
import type { MaskedJobs } from '../jobs/masked-jobs.ts'
import type { FeedFilter } from '../store/port.ts'
import { createBell } from './bell.ts'
import { createSeats } from './seats.ts'
import { write } from './write.ts'

/** Below the idle limits of proxies, which begin at 30 s. */
const HEARTBEAT_MS = 15_000
const PAGE = 200
const MOST_STREAMS = 2000
/** One program may look after many. */
const MOST_PER_PERSON = 600

type Reader = {
  /** What he is not to see is left out. */
  asker: Asker
  filter: FeedFilter
  /** Where he stands; `undefined`: from now on. */
  place: FeedPlace | undefined
  /** Tell also how many messages are unread. */
  inbox: boolean
  /** Asked at every heartbeat. */
  mayStay(): Promise<boolean>
}

/** Changes after this one. Without an epoch: of whichever history this is. */
export type FeedPlace = { after: number; epoch?: string | undefined }

export type Feed = {
  /** Of the folder's history. */
  epoch: string
  /** The change after which his reading begins; `reset`: what he has read before is no longer the state of things. */
  begin(place: FeedPlace | undefined): Promise<{ at: number; reset: boolean }>
  /** Problems: too-many-requests. To be called before anything is written. */
  reserve(person: string): () => void
  /** How many are open. */
  open(): number
  /** Writes to an open response until it closes. */
  serve(response: Writable, reader: Reader): Promise<void>
  /** Ends all streams, for the server's stop. */
  close(): void
}

type FeedDeps = {
  jobs: Pick<MaskedJobs, 'changes' | 'onCommitted'>
  inbox: Pick<InboxPort, 'listen' | 'unread'>
  lastChangeId(): Promise<number>
  epoch: string
  heartbeatMs?: number
  /** Who takes nothing for this long is cut off. */
  stalledMs?: number
}

export function createFeed({
  jobs,
  inbox,
  lastChangeId,
  epoch,
  heartbeatMs = HEARTBEAT_MS,
  stalledMs,
}: FeedDeps): Feed {
  const seats = createSeats({ all: MOST_STREAMS, each: MOST_PER_PERSON })
  const streams = new Set<AbortController>()

  async function begin(place: FeedPlace | undefined): Promise<{ at: number; reset: boolean }> {
    const last = await lastChangeId()
    if (place === undefined) return { at: last, reset: false }
    const isOther = place.epoch !== undefined && place.epoch !== epoch
    const reset = isOther || place.after > last
    return { at: reset ? last : place.after, reset }
  }
  const idOf = (change: number): string => `${epoch}.${change}`

  async function serve(response: Writable, reader: Reader): Promise<void> {
    const stop = new AbortController()
    streams.add(stop)
    const bell = createBell()
    // Listening begins before the first read: a commit between the two rings and is read in the next round.
    const silence = jobs.onCommitted(bell.ring)
    const post = postOf(reader, bell.ring)
    const gone = () => stop.abort()
    response.once('close', gone)
    const send = (text: string) => write(response, text, stop.signal, stalledMs)
    let asked = performance.now()
    // Also while changes come so thick that no heartbeat falls due.
    const mayStay = async () => {
      if (performance.now() - asked < heartbeatMs) return true
      asked = performance.now()
      return reader.mayStay()
    }
    try {
      const begun = await begin(reader.place)
      let { at } = begun
      const chooses = Object.values(reader.filter).some((wanted) => wanted !== undefined)
      if (begun.reset) await send(`id: ${idOf(at)}\nevent: reset\ndata: {}\n\n`)
      // Tells where the stream begins, so that a reader who is cut off at once resumes from here.
      await send(`retry: 2000\nid: ${idOf(at)}\nevent: ready\ndata: {}\n\n`)
      while (!stop.signal.aborted) {
        const read = chooses ? await lastChangeId() : at
        const items = await jobs.changes(at, PAGE, reader.filter, reader.asker)
        for (const item of items) {
          if (!(await mayStay())) return
          const data = JSON.stringify(item)
          await send(`id: ${idOf(item.id)}\nevent: change\ndata: ${data}\n\n`)
          at = item.id
        }
        if (items.length > 0) continue
        // What is not for him is passed over once, not with every change anew.
        at = Math.max(at, read)
        const unread = await post.news()
        if (unread !== undefined) await send(`event: inbox\ndata: ${unread}\n\n`)
        const rang = await bell.wait(heartbeatMs, stop.signal)
        if (rang || stop.signal.aborted) continue
        if (!(await reader.mayStay())) break
        await send(': still here\n\n')
      }
    } finally {
      silence()
      post.close()
      response.off('close', gone)
      streams.delete(stop)
      response.end()
    }
  }

  /** A reader's inbox: what is to be told of it, if anything changed since it was told. */
  function postOf({ asker: { id: person }, inbox: wanted }: Reader, ring: () => void) {
    let changed = wanted
    let told: string | undefined
    const close = wanted
      ? inbox.listen(person, () => {
          changed = true
          ring()
        })
      : () => {}
    return {
      close,
      news: async (): Promise<string | undefined> => {
        if (!changed) return undefined
        changed = false
        const unread = JSON.stringify(await inbox.unread(person))
        if (unread === told) return undefined
        told = unread
        return unread
      },
    }
  }

  return {
    epoch,
    begin,
    reserve: seats.take,
    open: seats.open,
    serve,
    close: () => {
      for (const stream of streams) stream.abort()
    },
  }
}
