/**
 * Running real jobs through the draft, part by part, so that it can be watched and stopped.
 *
 * Promises: what came so far is shown; leaving the page stops it; a draft that was saved meanwhile is another, and ends it.
 * Must not: hold words.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RerunJobs, RerunReport } from '../../machines/wire/rerun.ts'
import { ask } from '../session/api.ts'
import { together } from './rerun-sum.ts'

/** A second's work. */
const PART = 100

export type RerunStanding = {
  readonly is: 'idle' | 'running' | 'done' | 'stopped' | 'changed' | 'failed'
  readonly wanted: number
  readonly report?: RerunReport
  readonly error?: unknown
}
export type Rerun = {
  readonly standing: RerunStanding
  /** The last so many jobs that are over. */
  begin(jobs: number): void
  stop(): void
}

const IDLE: RerunStanding = { is: 'idle', wanted: 0 }

const askPart = (process: string, body: RerunJobs, signal: AbortSignal): Promise<RerunReport> =>
  ask(`/api/processes/${encodeURIComponent(process)}/draft/rerun`, { method: 'POST', body, signal })

export function useRerun(process: string): Rerun {
  const [standing, setStanding] = useState<RerunStanding>(IDLE)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const begin = useCallback(
    (wanted: number): void => {
      running.current?.abort()
      const control = new AbortController()
      running.current = control
      setStanding({ is: 'running', wanted })
      void runParts(process, wanted, control.signal, setStanding)
    },
    [process],
  )
  const stop = useCallback((): void => {
    running.current?.abort()
    setStanding((before) => (before.is === 'running' ? { ...before, is: 'stopped' } : before))
  }, [])
  return { standing, begin, stop }
}

async function runParts(
  process: string,
  wanted: number,
  signal: AbortSignal,
  tell: (standing: RerunStanding) => void,
): Promise<void> {
  let report: RerunReport | undefined
  try {
    do {
      const after = report?.next
      const jobs = Math.min(PART, wanted - (report?.jobs ?? 0))
      const part = await askPart(process, { jobs, ...(after === undefined ? {} : { after }) }, signal)
      if (signal.aborted) return
      if (report !== undefined && part.revision !== report.revision) {
        tell({ is: 'changed', wanted })
        return
      }
      report = together(report, part)
      const isOver = report.next === undefined || report.jobs >= wanted || part.jobs === 0
      tell({ is: isOver ? 'done' : 'running', wanted, report })
      if (isOver) return
    } while (!signal.aborted)
  } catch (error) {
    if (!signal.aborted) tell({ is: 'failed', wanted, error, ...(report === undefined ? {} : { report }) })
  }
}
