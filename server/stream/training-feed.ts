/**
 * Attempts as they go, as server-sent events: to the trainee whose it is, and to the trainers who watch a session.
 *
 * Promises: first all as it stands, then every change; the latest state always arrives, states in between may not. Each
 * event is a `TrainingChange`, named by its type.
 * Must not: decide who may watch.
 */
import type { Writable } from 'node:stream'
import type { Step } from '../../machines/simulate/scenario.ts'
import type { AttemptSummary, SessionView, TrainingChange } from '../../machines/wire/training.ts'
import type { Rang, TrainingBell } from '../training/training-bell.ts'
import { createBell } from './bell.ts'
import { createSeats } from './seats.ts'
import { write } from './write.ts'

/** Below the idle limits of proxies, which begin at 30 s. */
const HEARTBEAT_MS = 15_000
const MOST = { all: 2000, each: 50 }

export type Watched = {
  session?: SessionView
  attempts: { attempt: AttemptSummary; steps: readonly Step[] }[]
}
export type Watching = {
  key: string
  /** As things stand; of the attempts only those named, or all. */
  read(attempts: ReadonlySet<string> | undefined): Promise<Watched>
}

export type TrainingFeed = {
  /** Problems: too-many-requests. To be called before anything is written. */
  reserve(person: string): () => void
  /** How many are open. */
  open(): number
  /** Writes to an open response until it closes. `mayStay` is asked at every heartbeat. */
  serve(response: Writable, watching: Watching, mayStay: () => Promise<boolean>): Promise<void>
  /** Ends all streams, for the server's stop. */
  close(): void
}

export function createTrainingFeed({
  bell,
  heartbeatMs = HEARTBEAT_MS,
}: {
  bell: TrainingBell
  heartbeatMs?: number
}): TrainingFeed {
  const seats = createSeats(MOST)
  const streams = new Set<AbortController>()

  async function serve(response: Writable, { key, read }: Watching, mayStay: () => Promise<boolean>) {
    const stop = new AbortController()
    streams.add(stop)
    const wake = createBell()
    let due: Set<string> | undefined
    // Listening begins before the first read: what changes between the two is read in the next round.
    const silence = bell.listen(key, ({ attempt }: Rang) => {
      if (attempt !== undefined) due?.add(attempt)
      wake.ring()
    })
    const gone = () => stop.abort()
    response.once('close', gone)
    const reader = createReader()
    let asked = performance.now()
    try {
      await write(response, 'retry: 2000\n\n', stop.signal)
      while (!stop.signal.aborted) {
        const wanted = due
        due = new Set()
        for (const change of reader.news(await read(wanted)))
          await write(response, `event: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`, stop.signal)
        await wake.wait(Math.max(1, heartbeatMs - (performance.now() - asked)), stop.signal)
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
    reserve: seats.take,
    open: seats.open,
    serve,
    close: () => {
      for (const stream of streams) stream.abort()
    },
  }
}

/** What one reader has, and what he has not. */
function createReader() {
  let session: string | undefined
  const attempts = new Map<string, { summary: string; steps: readonly string[] }>()
  return {
    news: (now: Watched): TrainingChange[] => {
      const changes: TrainingChange[] = []
      if (now.session !== undefined) {
        const told = JSON.stringify({ ...now.session, attempts: now.session.attempts.map(({ id }) => id) })
        if (told !== session) changes.push({ type: 'session', session: now.session })
        session = told
      }
      for (const { attempt, steps } of now.attempts) {
        const had = attempts.get(attempt.id)
        const summary = JSON.stringify(attempt)
        const all = steps.map((step) => JSON.stringify(step))
        let from = 0
        while (from < all.length && all[from] === had?.steps[from]) from++
        if (had?.summary !== summary) changes.push({ type: 'attempt', attempt })
        if (had === undefined || from < all.length || from < had.steps.length)
          changes.push({ type: 'steps', attempt: attempt.id, from, steps: steps.slice(from) })
        attempts.set(attempt.id, { summary, steps: all })
      }
      return changes
    },
  }
}
