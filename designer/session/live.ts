/**
 * Live data: the change feed tells which answers have grown old.
 *
 * Promises: what is on the page is asked for again at most twice a second however many changes come, and every few
 * seconds while the feed is down.
 * Must not: trust the feed for content; it only says that something changed.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { hearUnread, refreshInbox } from '../inbox/inbox-queries.ts'
import { follow } from './feed.ts'

const GATHER_MS = 400
const POLL_MS = 5_000

/** Gathers a burst into one refresh. */
function gathered(refresh: () => void): { hint(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    hint() {
      timer ??= setTimeout(() => {
        timer = undefined
        refresh()
      }, GATHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

function refreshAll(client: QueryClient): void {
  for (const name of ['jobs', 'job', 'processes', 'clock'])
    void client.invalidateQueries({ queryKey: [name] })
}

/** Follows `/api/changes` while mounted. True while the feed is open. */
export function useLive(): boolean {
  const client = useQueryClient()
  const [live, setLive] = useState(true)
  useEffect(() => {
    const refresh = gathered(() => refreshAll(client))
    let poll: ReturnType<typeof setInterval> | undefined
    const stopPolling = (): void => {
      clearInterval(poll)
      poll = undefined
    }
    const end = follow('/api/changes', {
      events: {
        change: refresh.hint,
        message: refresh.hint,
        inbox: (data) => hearUnread(client, data),
      },
      up(again) {
        // What changed while the feed was down was not told.
        if (again) refresh.hint()
        stopPolling()
        setLive(true)
      },
      down() {
        setLive(false)
        poll ??= setInterval(() => {
          refreshAll(client)
          refreshInbox(client)
        }, POLL_MS)
      },
    })
    return () => {
      end()
      stopPolling()
      refresh.stop()
    }
  }, [client])
  return live
}
