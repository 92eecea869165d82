/**
 * Shows jobs live in Stately Inspect: `npm run inspect -- [job]`.
 *
 * Takes the server's inspection stream, signed in by `FIELDCHART_TOKEN`, to a page of this machine that holds the
 * inspector in a frame. Promises: it listens on 127.0.0.1 only, under an address nobody can guess, and the token never
 * reaches the page.
 * Must not: be part of the server.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'

const { FIELDCHART_URL = 'http://127.0.0.1:3000', FIELDCHART_TOKEN, FIELDCHART_INSPECTOR } = process.env
/** The page that draws; it takes inspection events by `postMessage`. */
const INSPECTOR = new URL(FIELDCHART_INSPECTOR ?? 'https://stately.ai/inspect')
/** Kept for a page that is opened or loaded anew; older ones are dropped. */
const MOST_KEPT = 2000
/** Characters that wait for a page that does not read. */
const MOST_WAITING = 8_000_000

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
if (FIELDCHART_TOKEN === undefined || FIELDCHART_TOKEN === '')
  stop('FIELDCHART_TOKEN: a bearer token is needed')

const events: string[] = []
const pages = new Set<ServerResponse>()
function take(event: string): void {
  events.push(event)
  if (events.length > MOST_KEPT) events.shift()
  for (const page of pages) {
    // A page that is asleep comes back by itself and gets what is kept.
    if (page.writableLength > MOST_WAITING) page.destroy()
    else page.write(`data: ${event}\n\n`)
  }
}

const source = new URL('/api/inspect', FIELDCHART_URL)
source.protocol = source.protocol.replace('http', 'ws')
const [job] = process.argv.slice(2)
if (job !== undefined) {
  source.searchParams.set('job', job)
  source.searchParams.set('after', '0')
}
// Node's own WebSocket takes headers besides; the type is the browsers'.
const stream: WebSocket = Reflect.construct(WebSocket, [
  source.href,
  { headers: { authorization: `Bearer ${FIELDCHART_TOKEN}` } },
])
stream.addEventListener('message', ({ data }) => take(String(data)))
stream.addEventListener('error', () => stop(`${source.host} did not open the stream: see docs/inspector.md`))
stream.addEventListener('close', ({ reason }) => stop(`the stream ended ${reason}`.trim()))

const secret = randomBytes(16).toString('hex')
const nonce = randomBytes(16).toString('hex')
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Fieldchart in Stately Inspect</title>
<style nonce="${nonce}">html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block }</style>
</head><body><iframe title="Stately Inspect" src="${INSPECTOR.href}"></iframe>
<script nonce="${nonce}">
const frame = document.querySelector('iframe')
let opened = false
addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || data?.type !== '@statelyai.connected' || opened) return
  opened = true
  new EventSource('/${secret}/events').onmessage = ({ data }) =>
    frame.contentWindow.postMessage(JSON.parse(data), '${INSPECTOR.origin}')
})
</script></body></html>`
const POLICY = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; frame-src ${INSPECTOR.origin}`

const server = createServer((request, response) => {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('referrer-policy', 'no-referrer')
  if (request.url === `/${secret}/`) {
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(PAGE)
  } else if (request.url === `/${secret}/events`) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of events) response.write(`data: ${event}\n\n`)
    pages.add(response)
    response.once('close', () => pages.delete(response))
  } else response.writeHead(404).end()
})
stream.addEventListener('open', () => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') return stop('no port is free')
    process.stdout.write(`Open http://127.0.0.1:${address.port}/${secret}/\n`)
  })
})
