/**
 * Sending the events of a call.
 *
 * Promises: one press sends one event, however often the key comes; what would break a norm or lose the call is asked
 * about first, by the server's own trial of it.
 * Must not: judge what is allowed.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Breach } from '../../machines/advance/job.ts'
import type { JobDetail, Outcome } from '../../machines/wire/jobs.ts'
import { ApiError } from '../session/api.ts'
import { callApi, newKey, type Sent } from './call-api.ts'

/** What an event would do that nobody does lightly. */
export type Doubt = { event: Sent; breaches: readonly Breach[]; isLost: boolean }

export type Steps = {
  /** The type of the event that is on its way. */
  sending: string | undefined
  failed: { type: string; error: unknown } | undefined
  doubt: Doubt | undefined
  /** Undefined where it was not sent, or was refused. */
  send(event: Sent, how?: { sure: boolean }): Promise<Outcome | undefined>
  tick(item: string, done: boolean): Promise<boolean>
  dismiss(): void
  /** When all that was begun is done, and what is known is new. */
  settled(): Promise<void>
}

/** Whether it was done is not known. */
export const isUnanswered = (error: unknown): boolean => !(error instanceof ApiError) || error.status === 0

async function doubtOf(job: string, event: Sent): Promise<Doubt | undefined> {
  const { job: after, entry } = await callApi.tryOut(job, event)
  const isLost = after.status === 'failed' || after.status === 'cancelled'
  return isLost || entry.breaches.length > 0 ? { event, breaches: entry.breaches, isLost } : undefined
}

export function useSteps(job: Pick<JobDetail, 'id'>): Steps {
  const client = useQueryClient()
  const [sending, setSending] = useState<string>()
  const [failed, setFailed] = useState<Steps['failed']>()
  const [doubt, setDoubt] = useState<Doubt>()
  const waiting = useRef(new Set<string>())
  const queue = useRef<Promise<void>>(Promise.resolve())
  const last = useRef({ content: '', key: '' })
  const { id } = job

  const refresh = useCallback(
    async () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['job', id] }),
        client.invalidateQueries({ queryKey: ['jobs'] }),
      ]),
    [client, id],
  )

  /**
   * Does one thing after the other: a hand that knows its keys is faster than the wire. The same thing twice is a key
   * that was pressed twice. A failure is told, and what is known is asked for anew.
   */
  const inTurn = useCallback(
    async <T>(type: string, work: () => Promise<T | undefined>): Promise<T | undefined> => {
      if (waiting.current.has(type)) return undefined
      waiting.current.add(type)
      const before = queue.current
      const doIt = async (): Promise<T | undefined> => {
        await before
        setSending(type)
        setFailed(undefined)
        setDoubt(undefined)
        try {
          const done = await work()
          if (done !== undefined) await refresh()
          return done
        } catch (error) {
          setFailed({ type, error })
          await refresh()
          return undefined
        } finally {
          waiting.current.delete(type)
          setSending(undefined)
        }
      }
      const turn = doIt()
      queue.current = turn.then(() => undefined)
      return turn
    },
    [refresh],
  )

  const send = useCallback<Steps['send']>(
    async (event, { sure } = { sure: false }) => {
      let found: Doubt | undefined
      const outcome = await inTurn(event.type, async () => {
        found = sure ? undefined : await doubtOf(id, event)
        if (found !== undefined) return undefined
        // Only what got no answer is the same request when it is sent again.
        const content = JSON.stringify([id, event])
        if (last.current.content !== content) last.current = { content, key: newKey() }
        try {
          const done = await callApi.send(id, event, last.current.key)
          last.current = { content: '', key: '' }
          return done
        } catch (error) {
          if (!isUnanswered(error)) last.current = { content: '', key: '' }
          throw error
        }
      })
      if (found !== undefined) setDoubt(found)
      return outcome
    },
    [inTurn, id],
  )
  const tick = useCallback<Steps['tick']>(
    async (item, done) => (await inTurn(item, () => callApi.tick(id, item, done))) !== undefined,
    [inTurn, id],
  )
  const dismiss = useCallback(() => {
    setDoubt(undefined)
    setFailed(undefined)
  }, [])
  const settled = useCallback(() => queue.current, [])
  return { sending, failed, doubt, send, tick, dismiss, settled }
}
