/**
 * A live session as it goes: its trainees, and the steps of each as they come over the stream.
 *
 * Promises: what was missed while the stream was down is asked for again.
 * Must not: draw, or hold words.
 */
import {
  type QueryClient,
  type UseQueryResult,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AttemptView, SessionView, TrainingChange } from '../../../machines/wire/training.ts'
import { follow } from '../../session/feed.ts'
import { attemptKey, readAttempt } from '../session/attempt-api.ts'
import { readChange } from '../session/read-change.ts'
import { getSession, sessionStream, TRAINING } from './training-api.ts'

const keyOf = (code: string) => [TRAINING, 'session', code] as const

export function useSession(code: string): UseQueryResult<SessionView> {
  const client = useQueryClient()
  useEffect(() => {
    const again = (): void => {
      void client.invalidateQueries({ queryKey: keyOf(code) })
      void client.invalidateQueries({ queryKey: [TRAINING, 'attempt'] })
    }
    const hear = (data: string): void => {
      const change = readChange(data)
      if (change !== undefined) takeIn(client, code, change)
    }
    return follow(sessionStream(code), {
      events: { steps: hear, attempt: hear, session: hear },
      up: (wasUp) => {
        if (wasUp) again()
      },
      down: () => undefined,
    })
  }, [client, code])
  return useQuery({
    queryKey: keyOf(code),
    queryFn: ({ signal }) => getSession(code, signal),
    // Should a change get lost on its way.
    refetchInterval: 15_000,
  })
}

function takeIn(client: QueryClient, code: string, change: TrainingChange): void {
  if (change.type === 'session') client.setQueryData(keyOf(code), change.session)
  else if (change.type === 'attempt') {
    const { attempt } = change
    client.setQueryData<SessionView>(keyOf(code), (session) =>
      session === undefined
        ? session
        : {
            ...session,
            attempts: session.attempts.some(({ id }) => id === attempt.id)
              ? session.attempts.map((one) => (one.id === attempt.id ? attempt : one))
              : [...session.attempts, attempt],
          },
    )
    if (attempt.status !== 'open') void client.invalidateQueries({ queryKey: attemptKey(attempt.id) })
  } else {
    const { attempt, from, steps } = change
    const known = client.getQueryData<AttemptView>(attemptKey(attempt))
    if (known === undefined || known.steps.length < from)
      void client.invalidateQueries({ queryKey: attemptKey(attempt) })
    else
      client.setQueryData<AttemptView>(attemptKey(attempt), {
        ...known,
        steps: [...known.steps.slice(0, from), ...steps],
      })
  }
}

/** The attempts of a session with their steps, in its order; those that are not here yet are left out. */
export function useWatched(session: SessionView | undefined): AttemptView[] {
  return useQueries({
    queries: (session?.attempts ?? []).map(({ id }) => ({
      queryKey: attemptKey(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => readAttempt(id, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: (answers) => answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
  })
}
