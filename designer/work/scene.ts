/**
 * What the parts of a job's page share: the job as expected, and the way to do something to it.
 *
 * Promises: an act that the engine refuses here is not taken in: its reasons come back instead.
 */
import { useRef, useState } from 'react'
import type { Reason } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { Carried } from '../../machines/wire/carry.ts'
import type { JobWords } from '../jobs/job-words.ts'
import type { Doing } from './act.ts'
import { type Expected, refusalOf } from './expected.ts'
import { useWork } from './work.ts'

export type Scene = {
  process: Compiled
  carried: Carried
  expected: Expected
  words: JobWords
  definition: Definition
  /** Epoch milliseconds. */
  now: number
}

/** Why nothing was done: the engine's reasons, or that there is no room on this device. */
export type Against = { reasons: readonly Reason[]; noRoom: boolean }
export type Done = { doing: Doing; file?: Blob }

type Doer = {
  working: boolean
  against: Against | undefined
  /** Does one or more things after one another; true where all of them were taken in. */
  act(...doings: readonly Done[]): Promise<boolean>
  clear(): void
}

export function useDoing({ process, carried, expected, now }: Scene): Doer {
  const { queue } = useWork()
  const [working, setWorking] = useState(false)
  const [against, setAgainst] = useState<Against>()
  // Two taps come before the page has drawn itself anew.
  const busy = useRef(false)
  const act = async (doings: readonly Done[]): Promise<boolean> => {
    for (const { doing, file } of doings) {
      // Of several the last is the one that rules are about; files before it bar nothing.
      const refusal =
        doing.kind === 'attach' ? undefined : refusalOf(process, carried, expected.job, doing, now)
      if (refusal !== undefined) {
        setAgainst({ reasons: refusal.reasons, noRoom: false })
        return false
      }
      if (!(await queue.add(carried.job.id, doing, file))) {
        setAgainst({ reasons: [], noRoom: true })
        return false
      }
    }
    setAgainst(undefined)
    return true
  }
  return {
    working,
    against,
    clear: () => setAgainst(undefined),
    async act(...doings) {
      if (busy.current) return false
      busy.current = true
      setWorking(true)
      try {
        return await act(doings)
      } finally {
        busy.current = false
        setWorking(false)
      }
    },
  }
}
