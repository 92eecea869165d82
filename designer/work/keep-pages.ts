/**
 * Lets these pages open without a connection: their files are handed to a service worker once they are all here.
 *
 * Must not: name what the server answers: only built files are kept.
 */

const WORKER = '/work-worker.js'
const SCOPE = '/work'
/** The page has come to rest: what it is made of has been loaded. */
const AFTER_MS = 2_500

/** Returns what calls it off. */
export function keepPages(): () => void {
  // Pages in development change under one's hands.
  if (import.meta.env.MODE !== 'production' || !('serviceWorker' in navigator)) return () => undefined
  const timer = setTimeout(() => void hand().catch(() => undefined), AFTER_MS)
  return () => clearTimeout(timer)
}

async function hand(): Promise<void> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE })
  // Everything that can be opened from here is fetched, so that it is kept, too.
  await import('./work-job-page.tsx')
  const worker = registration.active ?? registration.waiting ?? registration.installing
  worker?.postMessage({ kind: 'keep', entry: entryOf(document), files: filesLoaded() })
}

const pathOf = (address: string): string => new URL(address, location.href).pathname
/** What this build is known by: the script that the page begins with. */
const entryOf = (page: Document): string | undefined => {
  const script = page.querySelector('script[type="module"][src]')
  return script instanceof HTMLScriptElement ? pathOf(script.src) : undefined
}
const filesLoaded = (): string[] => {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => pathOf(name))
  return [...new Set(loaded)].filter((path) => path.startsWith('/assets/'))
}
