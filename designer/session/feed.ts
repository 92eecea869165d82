/**
 * Server-sent events, followed for as long as somebody looks at the page.
 *
 * Promises: opens again by itself, also where the browser has given up; `down` is told once when it stays away, `up`
 * when it is back. A page out of sight lets go after a while: a browser has few connections to one server, and
 * other tabs need them.
 * Must not: read what the events say.
 */

const REOPEN_MS = 5_000
const DOWN_AFTER_MS = 3_000
const LET_GO_AFTER_MS = 20_000

type Followed = {
  /** By the event's name, with its data. */
  events: Readonly<Record<string, (data: string) => void>>
  /** It is open. `again`: it was before, so that something may have been missed. */
  up(again: boolean): void
  down(): void
}

/** Returns what ends it. */
export function follow(address: string, { events, up, down }: Followed): () => void {
  let source: EventSource | undefined
  let reopen: ReturnType<typeof setTimeout> | undefined
  let grace: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined
  let wasOpen = false
  const calm = (): void => {
    clearTimeout(grace)
    grace = undefined
  }
  const shut = (): void => {
    clearTimeout(reopen)
    calm()
    source?.close()
    source = undefined
  }
  const open = (): void => {
    clearTimeout(reopen)
    const made = new EventSource(address)
    source = made
    made.addEventListener('open', () => {
      calm()
      up(wasOpen)
      wasOpen = true
    })
    for (const [name, tell] of Object.entries(events))
      made.addEventListener(name, (event) => tell(String(event.data)))
    made.addEventListener('error', () => {
      grace ??= setTimeout(down, DOWN_AFTER_MS)
      // The browser gives up for good on an error status; a server that restarts may answer so.
      if (made.readyState === EventSource.CLOSED) reopen = setTimeout(open, REOPEN_MS)
    })
  }
  const look = (): void => {
    clearTimeout(hiding)
    if (document.visibilityState === 'hidden') hiding = setTimeout(shut, LET_GO_AFTER_MS)
    else if (source === undefined) open()
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(hiding)
    shut()
  }
}
