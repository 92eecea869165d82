/**
 * Many acts sent in portions, so that it can be seen how far they are, and stopped.
 *
 * Promises: a portion whose answer was lost is sent again under its key: nothing is done twice.
 * Must not: word what came of it.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Batch, BatchAct, BatchResult } from '../../machines/wire/desk.ts'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { sendBatch } from '../session/desk.ts'
import { newKey } from '../session/job-acts.ts'

/** Small enough for a page that moves. */
const PORTION = 50

type Portion = { acts: Batch['acts']; key: string }
export type Bulk = {
  /** `ready`: nothing was sent yet. */
  state: 'ready' | 'working' | 'stopped' | 'done'
  results: readonly BatchResult[]
  all: number
  /** Why a portion has no answer. */
  error: unknown
  begin(act: BatchAct): void
  stop(): void
  /** Goes on with what was not sent or not answered. */
  goOn(): void
}

export function useBulk(jobs: readonly JobRow[]): Bulk {
  const client = useQueryClient()
  const [state, setState] = useState<Bulk['state']>('ready')
  const [results, setResults] = useState<readonly BatchResult[]>([])
  const [error, setError] = useState<unknown>(null)
  const waiting = useRef<Portion[]>([])
  const stopped = useRef(false)

  const work = async (): Promise<void> => {
    stopped.current = false
    setError(null)
    setState('working')
    try {
      for (let next = waiting.current[0]; next !== undefined && !stopped.current; next = waiting.current[0]) {
        const answer = await sendBatch(next.acts, next.key)
        waiting.current = waiting.current.slice(1)
        setResults((before) => [...before, ...answer.results])
      }
    } catch (thrown) {
      setError(thrown)
      stopped.current = true
    }
    setState(waiting.current.length > 0 ? 'stopped' : 'done')
    await client.invalidateQueries({ queryKey: ['jobs'] })
  }

  return {
    state,
    results,
    all: jobs.length,
    error,
    begin: (act) => {
      // A note may stand beside whatever happened meanwhile; all else is meant for the job as it was seen.
      const acts = jobs.map(({ id, seq }) => ({ job: id, act, ...(act.kind === 'note' ? {} : { seq }) }))
      waiting.current = Array.from({ length: Math.ceil(acts.length / PORTION) }, (_, n) => ({
        acts: acts.slice(n * PORTION, (n + 1) * PORTION),
        key: newKey(),
      }))
      void work()
    },
    stop: () => {
      stopped.current = true
    },
    goOn: () => void work(),
  }
}
