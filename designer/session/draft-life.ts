/**
 * What happens around a draft, as it happens: who is in it, who saved, agreed or published.
 *
 * Promises: told at once while the server's stream is open, every few seconds while it is not.
 * Must not: hold content; who hears of a new revision reads it.
 */
import { useEffect, useState } from 'react'
import type { DraftNotice, DraftState, Present } from '../../machines/wire/drafts.ts'
import { api } from './api.ts'
import { follow } from './feed.ts'

const POLL_MS = 5_000

export type DraftLife = {
  /** How things stand; undefined until the server has said so. */
  readonly now: DraftNotice | undefined
  /** Undefined while it is only known from one's own signs of life. */
  readonly present: readonly Present[] | undefined
}

const UNKNOWN: DraftLife = { now: undefined, present: undefined }

export function useDraftLife(process: string): DraftLife {
  const [life, setLife] = useState(UNKNOWN)
  useEffect(() => {
    const stop = new AbortController()
    const put = (part: Partial<DraftLife>): void => setLife((before) => ({ ...before, ...part }))
    const ask = (): void =>
      void api.draftState(process, stop.signal).then(
        ({ now, present }: DraftState) => put({ now, present }),
        () => undefined,
      )
    let poll: ReturnType<typeof setInterval> | undefined
    const stopPolling = (): void => {
      clearInterval(poll)
      poll = undefined
    }
    const end = follow(`/api/processes/${encodeURIComponent(process)}/draft/events`, {
      events: {
        draft(data) {
          const now: DraftNotice = JSON.parse(data)
          put({ now })
        },
        presence(data) {
          const { present }: { present: Present[] } = JSON.parse(data)
          put({ present })
        },
      },
      up: stopPolling,
      down() {
        ask()
        poll ??= setInterval(ask, POLL_MS)
      },
    })
    return () => {
      stop.abort()
      end()
      stopPolling()
      setLife(UNKNOWN)
    }
  }, [process])
  return life
}
