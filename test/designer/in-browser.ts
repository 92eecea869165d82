/**
 * Runs a module in a real browser, for what must hold in both places: `const result = await runInBrowser(entry)`.
 *
 * Promises: the entry file's default export, an async function without parameters, runs in a page under the server's own
 * content security policy; what it returns (JSON) or throws comes back.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { openBrowser } from './browser.ts'

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"

/** `entryFile`: an absolute path. `browser`: one that is open already; else one is opened and closed. */
export async function runInBrowser(entryFile: string, browser?: Browser): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-bundle-'))
  try {
    await bundle(entryFile, folder)
    const script = await readFile(join(folder, 'bundle.js'), 'utf8')
    const used = browser ?? (await openBrowser())
    try {
      return await runScript(used, script)
    } finally {
      if (browser === undefined) await used.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bundle(entryFile: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      lib: { entry: entryFile, formats: ['es'], fileName: () => 'bundle.js' },
    },
  })
}

async function runScript(browser: Browser, script: string): Promise<unknown> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/bundle.js'
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-security-policy': POLICY,
    })
    response.end(isScript ? script : '<!doctype html><title>Test</title>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const page = await browser.newPage()
  try {
    if (address === null || typeof address === 'string') throw new Error('the test server has no port')
    await page.goto(`http://127.0.0.1:${address.port}/`)
    // As text: a function would come with the test runner's own way of importing.
    return await page.evaluate("import('/bundle.js').then((module) => module.default())")
  } finally {
    await page.close()
    server.close()
  }
}
