import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser } from '../designer/browser.ts'
import { createWorld, tokenOf } from '../server/http/harness.ts'
import { listening } from '../server/stream/sockets.ts'

/** What Stately Inspect does with its parent: says that it is there, then takes events. */
const INSPECTOR = `<!doctype html><title>inspector</title><script>
addEventListener('message', ({ data }) => {
  if (data._version !== undefined) document.title = (document.title + ' ' + data.type).trim()
})
document.title = ''
parent.postMessage({ type: '@statelyai.connected' }, '*')
</script>`

function run(env: Record<string, string>, ...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ['scripts/inspect.ts', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill()
  })
  let text = ''
  return {
    ended: new Promise<number | null>((resolve) => child.once('exit', resolve)),
    said: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        for (const pipe of [child.stdout, child.stderr])
          pipe?.on('data', (piece) => {
            text += piece
            const found = pattern.exec(text)?.[0]
            if (found !== undefined) resolve(found)
          })
      }),
  }
}

describe('npm run inspect', () => {
  it('brings a job to the inspector in a browser, at an address that must be known', async () => {
    const world = await createWorld()
    const id = await world.errand()
    const { host } = await listening(world)
    const stately = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(INSPECTOR),
    )
    await new Promise<void>((resolve) => stately.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      stately.closeAllConnections()
      stately.close()
    })
    const at = stately.address()
    const port = at === null || typeof at === 'string' ? 0 : at.port
    const { said } = run(
      {
        FIELDCHART_URL: `http://${host}`,
        FIELDCHART_TOKEN: tokenOf('dispatcher'),
        FIELDCHART_INSPECTOR: `http://localhost:${port}/inspect`,
      },
      id,
    )
    const address = await said(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//)
    expect((await fetch(new URL('/', address))).status).toBe(404)
    expect(await (await fetch(address)).text()).not.toContain(tokenOf('dispatcher'))

    const browser = await openBrowser()
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(address)
    const frame = page.frames().find((one) => one.url().includes('/inspect'))
    const titled = (words: string) => frame?.waitForFunction((all) => document.title === all, words)
    const before = '@xstate.actor @xstate.event @xstate.snapshot'
    await titled(before)
    await world.as('dispatcher', 'POST', `/api/jobs/${id}/events`, { type: 'errand.dropped' })
    await titled(`${before} @xstate.event @xstate.snapshot`)
    expect(frame).toBeDefined()
  })
  it('says what is missing', async () => {
    const world = await createWorld()
    const { host } = await listening(world)
    const bare = run({ FIELDCHART_URL: `http://${host}`, FIELDCHART_TOKEN: '' })
    expect(await bare.said(/FIELDCHART_TOKEN/)).toBe('FIELDCHART_TOKEN')
    expect(await bare.ended).toBe(1)
    const wrong = run({ FIELDCHART_URL: `http://${host}`, FIELDCHART_TOKEN: 'fc_wrong' })
    expect(await wrong.said(/did not open/)).toBe('did not open')
    expect(await wrong.ended).toBe(1)
  })
})
