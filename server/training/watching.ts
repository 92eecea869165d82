/**
 * What is read for the streams of the training room.
 *
 * Must not: decide who may watch, or write to a stream.
 */
import type { Actor } from '../../machines/advance/job.ts'
import type { Library } from '../store/library-port.ts'
import type { TrainingStore } from '../store/training-port.ts'
import type { Watched, Watching } from '../stream/training-feed.ts'
import { namesOf, summaryOf } from './attempt-views.ts'
import type { SessionsPort } from './sessions.ts'
import { attemptKey, sessionKey } from './training-bell.ts'

export type WatchingPort = {
  attempt(id: string): Watching
  session(code: string, by: Actor): Watching
}

type WatchDeps = { store: TrainingStore; library: Library; sessions: SessionsPort }
export function createWatching({ store, library, sessions }: WatchDeps): WatchingPort {
  async function watched(ids: readonly string[]): Promise<Watched['attempts']> {
    const names = await namesOf(library)
    const found = await Promise.all(ids.map((id) => store.attempt(id)))
    return found.flatMap((stored) =>
      stored === undefined ? [] : [{ attempt: summaryOf(stored.record, names), steps: stored.steps }],
    )
  }
  return {
    attempt: (id) => ({ key: attemptKey(id), read: async () => ({ attempts: await watched([id]) }) }),
    session: (code, by) => ({
      key: sessionKey(code),
      read: async (wanted) => {
        const session = await sessions.get(code, by)
        const ids = session.attempts.map(({ id }) => id)
        return { session, attempts: await watched(ids.filter((id) => wanted?.has(id) ?? true)) }
      },
    }),
  }
}
