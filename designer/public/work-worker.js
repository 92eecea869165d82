/**
 * Keeps the built files of the pages under `/work`, so that they open without a connection.
 *
 * Promises: a build is kept whole or not at all, one at a time: its files first, then the page that names them, then
 * the old ones go. With a connection the page is the server's, so an update is never held back.
 * Must not: touch anything under `/api`, or keep what a person may see.
 */
const PREFIX = 'work '
const PAGE = '/work'
/** What every page shows beside its built files. */
const LOGO = '/favicon.svg'
const isFile = (path) => path === LOGO || path.startsWith('/assets/')
/** Longer than this the server is not waited for where a kept page is there. */
const PATIENCE_MS = 4000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { data } = event
  if (data?.kind === 'keep' && typeof data.entry === 'string' && Array.isArray(data.files))
    event.waitUntil(keep(data.entry, data.files))
})

/** What a page has loaded, under the build that it is of. */
async function keep(entry, files) {
  const answer = await fetch(PAGE, { cache: 'no-store', headers: { accept: 'text/html' } })
  if (!answer.ok) return
  const page = await answer.clone().text()
  // The server has another build by now: the next page that is opened will hand that one over.
  if (!page.includes(entry)) return
  const cache = await caches.open(PREFIX + entry)
  const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname))
  await cache.addAll([...new Set([entry, LOGO, ...files])].filter((path) => isFile(path) && !known.has(path)))
  await cache.put(PAGE, answer)
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== PREFIX + entry) await caches.delete(name)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(pageOf(request))
  else if (isFile(pathname)) event.respondWith(fileOf(request))
})

async function pageOf(request) {
  const kept = await caches.match(PAGE)
  if (kept === undefined) return fetch(request)
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    return kept
  }
}

async function fileOf(request) {
  return (await caches.match(request)) ?? fetch(request)
}
