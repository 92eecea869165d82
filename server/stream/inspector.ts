/**
 * The inspection stream over a WebSocket: what Stately Inspect is fed with.
 *
 * Promises: commit order, each change once; a job is made known before its first event, with all that went before
 * it; one message is under way at a time, and a reader who does not answer a ping by the next one is cut off; who
 * loses his right to read is cut off within a heartbeat; what a connection remembers is bounded.
 * Must not: hold changes itself, or take anything from the reader.
 */
import type { StatelyInspectionEvent } from '@statelyai/inspect'
import type { Definition } from '../../machines/definition/schema.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import type { FeedFilter, FeedItem } from '../store/port.ts'
import { createBell } from './bell.ts'
import { drawnDefinition } from './drawn-definition.ts'
import { actorEvent, entryEvents, type Inspected, inspected, type Place } from './inspection.ts'
import { createSeats } from './seats.ts'

/** Below the idle limits of proxies, which begin at 30 s. */
const HEARTBEAT_MS = 15_000
const PAGE = 200
/** Each remembers its jobs, so they are fewer than streams of changes. */
const MOST = { all: 40, each: 5 }
/** The longest unseen job is forgotten; should it come again, it is made known anew. */
const MOST_JOBS = 500
/** Definitions as drawn, by process and version, which never change (E7). */
const MOST_DRAWN = 50
/** For readers to answer the close, at the server's stop. */
const FAREWELL_MS = 500

/** RFC 6455 7.4.1. */
const CLOSE = { goingAway: 1001, policy: 1008, failed: 1011, tryLater: 1013 } as const

/** What is used of a WebSocket. */
export type Socket = {
  send(text: string, sent: (error?: Error | null) => void): void
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
  on(event: 'pong' | 'close' | 'message', listener: () => void): unknown
}
type InspectorReader = {
  person: string
  filter: FeedFilter
  /** Changes after this one; `undefined`: from now on. */
  after: number | undefined
  /** Asked at every heartbeat. */
  mayStay(): Promise<boolean>
}
export type Inspector = {
  /** Whether this person would be turned away. */
  full(person: string): boolean
  /** How many are open. */
  open(): number
  /** Until the connection closes. Errors: the store's; the connection is closed then. */
  serve(socket: Socket, reader: InspectorReader): Promise<void>
  /** Ends all connections, for the server's stop. */
  close(): Promise<void>
}
type InspectorDeps = {
  jobs: Pick<JobsPort, 'changes' | 'onCommitted'>
  lastChangeId(): Promise<number>
  definition(process: string, version: number): Promise<Definition | undefined>
  heartbeatMs?: number
}
type Picture = { definition: Definition; drawn: string }
/** A job that this connection was told of. */
type Known = { job: Inspected; place: Place }

export function createInspector(deps: InspectorDeps): Inspector {
  const { jobs, lastChangeId, heartbeatMs = HEARTBEAT_MS } = deps
  const seats = createSeats(MOST)
  const open = new Map<Socket, Promise<void>>()
  const pictures = new Map<string, Picture>()

  async function pictureOf({ process, version }: Inspected): Promise<Picture> {
    const key = `${process} ${version}`
    const made = pictures.get(key)
    if (made !== undefined) return made
    const definition = await deps.definition(process, version)
    if (definition === undefined) throw new Error(`no definition of ${key}`)
    const picture = { definition, drawn: drawnDefinition(definition) }
    remember(pictures, key, picture, MOST_DRAWN)
    return picture
  }

  /** The job as it stood before a change. */
  async function recall(
    job: string,
    change: number,
    signal: AbortSignal,
    reach: Pick<FeedFilter, 'within'>,
  ): Promise<Inspected | undefined> {
    let found: Inspected | undefined
    for (let at = 0; !signal.aborted; ) {
      const items = await jobs.changes(at, PAGE, { job, ...reach })
      for (const item of items) {
        if (item.id >= change) return found
        found = inspected(found, item)
        at = item.id
      }
      if (items.length < PAGE) return found
    }
    return found
  }

  async function stream(socket: Socket, reader: InspectorReader, signal: AbortSignal): Promise<void> {
    const known = new Map<string, Known>()
    const { within } = reader.filter
    const reach = within === undefined ? {} : { within }
    const send = async (events: StatelyInspectionEvent[]) => {
      for (const event of events) await write(socket, JSON.stringify(event), signal)
    }

    /** Makes known a job as it stands, its parent first where that is part of this stream. */
    async function introduce(job: Inspected, change: number): Promise<Known> {
      const parent = inStream(job.parent, reader.filter) ? await parentOf(job.parent.job, change) : undefined
      const place =
        parent === undefined ? { root: job.job } : { root: parent.place.root, parent: parent.job.job }
      const { definition, drawn } = await pictureOf(job)
      const made = { job, place }
      remember(known, job.job, made, MOST_JOBS)
      await send([actorEvent(job, definition, place, drawn)])
      return made
    }
    async function parentOf(id: string, change: number): Promise<Known | undefined> {
      const told = known.get(id)
      if (told !== undefined) return told
      const found = await recall(id, change, signal, reach)
      return found === undefined ? undefined : introduce(found, change)
    }

    async function tell(item: FeedItem): Promise<void> {
      const { entry } = item
      const before = known.get(entry.job)?.job ?? (await recall(entry.job, item.id, signal, reach))
      const after = inspected(before, item)
      const { place } = known.get(entry.job) ?? (await introduce(before ?? after, item.id))
      // Moved to another version: its drawing is another from now on.
      if (before !== undefined && before.version !== after.version) {
        const { definition, drawn } = await pictureOf(after)
        await send([actorEvent(after, definition, place, drawn)])
      }
      remember(known, entry.job, { job: after, place }, MOST_JOBS)
      const { definition } = await pictureOf(after)
      const source = sourceOf(item, place, known)
      await send(entryEvents(before, after, item, definition, { root: place.root, source }))
    }

    const bell = createBell()
    // Listening begins before the first read: a commit between the two rings and is read in the next round.
    const silence = jobs.onCommitted(bell.ring)
    try {
      let at = reader.after ?? (await lastChangeId())
      const asked =
        reader.filter.job === undefined ? undefined : await recall(reader.filter.job, at + 1, signal, reach)
      if (asked !== undefined) await introduce(asked, at + 1)
      while (!signal.aborted) {
        const read = await lastChangeId()
        const items = await jobs.changes(at, PAGE, reader.filter)
        for (const item of items) {
          if (signal.aborted) return
          await tell(item)
          at = item.id
        }
        if (items.length > 0) continue
        // What is not for him is passed over once, not with every change anew.
        at = Math.max(at, read)
        await bell.wait(heartbeatMs, signal)
      }
    } finally {
      silence()
    }
  }

  async function serve(socket: Socket, reader: InspectorReader): Promise<void> {
    if (seats.full(reader.person)) return socket.close(CLOSE.tryLater, 'too many inspectors')
    const leave = seats.take(reader.person)
    const gone = new AbortController()
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => {
        gone.abort()
        resolve()
      })
    })
    open.set(socket, closed)
    socket.on('message', () => socket.close(CLOSE.policy, 'this stream takes nothing'))
    const heart = beat(socket, reader, heartbeatMs)
    try {
      await stream(socket, reader, gone.signal)
    } catch (error) {
      socket.close(CLOSE.failed, 'the stream broke off')
      if (!gone.signal.aborted) throw error
    } finally {
      await closed
      heart()
      open.delete(socket)
      leave()
    }
  }

  return {
    full: seats.full,
    open: seats.open,
    serve,
    close: async () => {
      for (const socket of open.keys()) socket.close(CLOSE.goingAway, 'the server stops')
      const farewell = new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())
      await Promise.race([Promise.all(open.values()), farewell])
      for (const socket of open.keys()) socket.terminate()
    },
  }
}

/** Pings, and asks whether the reader may stay. Gives back how to end it. */
function beat(socket: Socket, reader: InspectorReader, everyMs: number): () => void {
  let answered = true
  socket.on('pong', () => {
    answered = true
  })
  const timer = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    reader.mayStay().then(
      (stays) => {
        if (!stays) socket.close(CLOSE.policy, 'signed out')
      },
      () => socket.close(CLOSE.failed, 'the stream broke off'),
    )
  }, everyMs)
  return () => clearInterval(timer)
}

/** Until the message has left; also when the connection is gone, or goes meanwhile. */
function write(socket: Socket, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
    socket.send(text, done)
  })
}

/** Whether another job's events come by the same stream. */
const inStream = (
  other: Inspected['parent'],
  { job, process }: FeedFilter,
): other is NonNullable<Inspected['parent']> =>
  other !== undefined && job === undefined && (process === undefined || process === other.process)

/** The job that sent it: the one that started this, or the one whose end it is. */
function sourceOf({ entry }: FeedItem, place: Place, known: ReadonlyMap<string, Known>): string | undefined {
  const { command } = entry
  if (command.kind === 'start') return place.parent
  return command.kind === 'linkEnded' && known.has(command.job) ? command.job : undefined
}

/** The one set longest ago makes room. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
