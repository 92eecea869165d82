import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openBrowser } from '../../designer/browser.ts'
import { createWorld, tokenOf } from '../http/harness.ts'
import { listening } from './sockets.ts'

/** `open`, or how it was closed. */
const opens = (page: Page, url: string) =>
  page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address)
        socket.onopen = () => resolve('open')
        socket.onclose = ({ code }) => resolve(`closed ${code}`)
      }),
    url,
  )

it('a signed-in browser opens the inspector from a page of the server, under its policy, and from no other', async () => {
  const world = await createWorld()
  const { host, port } = await listening(world)
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://${host}/api/docs`)
  const url = `ws://${host}/api/inspect`
  expect(await opens(page, url)).toBe('closed 1006')
  const status = await page.evaluate(
    async (token) =>
      (
        await fetch('/api/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        })
      ).status,
    tokenOf('dispatcher'),
  )
  expect(status).toBe(200)
  expect(await opens(page, url)).toBe('open')

  // Another port is another origin, but the same site: the browser sends the cookie along.
  const other = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>other</title>'),
  )
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    other.closeAllConnections()
    other.close()
  })
  const address = other.address()
  const otherPort = address === null || typeof address === 'string' ? port : address.port
  await page.goto(`http://127.0.0.1:${otherPort}/`)
  expect(await opens(page, url)).toBe('closed 1006')
})
