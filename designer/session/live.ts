/**
 * Live data: the change feed tells which answers have grown old.
 *
 * Promises: what is on the page is asked for again at most twice a second however many changes come, and every few
 * seconds while the feed is down.
 * Must not: trust the feed for content; it only says that something changed.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const GATHER_MS = 400
const POLL_MS = 5_000
const DOWN_AFTER_MS = 3_000

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
    let grace: ReturnType<typeof setTimeout> | undefined
    const stopPolling = (): void => {
      clearTimeout(grace)
      clearInterval(poll)
      grace = undefined
      poll = undefined
    }
    const startPolling = (): void => {
      setLive(false)
      poll ??= setInterval(() => refreshAll(client), POLL_MS)
    }
    if (typeof EventSource === 'undefined') {
      startPolling()
      return stopPolling
    }
    let source: EventSource
    let reopen: ReturnType<typeof setTimeout> | undefined
    let opened = false
    const open = (): void => {
      source = new EventSource('/api/changes')
      source.addEventListener('open', () => {
        // What changed while the feed was down was not told.
        if (opened) refresh.hint()
        opened = true
        stopPolling()
        setLive(true)
      })
      source.addEventListener('change', () => refresh.hint())
      source.addEventListener('message', () => refresh.hint())
      source.addEventListener('error', () => {
        grace ??= setTimeout(startPolling, DOWN_AFTER_MS)
        // The browser gives up for good on an error status; a server that restarts may answer so.
        if (source.readyState === EventSource.CLOSED) reopen = setTimeout(open, POLL_MS)
      })
    }
    open()
    return () => {
      source.close()
      clearTimeout(reopen)
      stopPolling()
      refresh.stop()
    }
  }, [client])
  return live
}
