/**
 * A real browser and a real server with the built pages, for tests.
 *
 * Promises: every server has a data folder of its own, removed with it.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import packed from '@sparticuz/chromium'
import { pino } from 'pino'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import type { Definition } from '../../machines/definition/schema.ts'
import { SHIPPED } from '../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../machines/processes/scenarios.ts'
import { readConfig } from '../../server/config.ts'
import { type Server, startServer } from '../../server/server.ts'
import { openLibrary } from '../../server/store/library/open-library.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { INSTALLED } from './unpack-browser.ts'

export const ROOT = join(import.meta.dirname, '..', '..')

/** The machine's own Chromium, else the one that came with the packages. `more`: its switches beside the usual ones. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  if (existsSync(INSTALLED))
    return chromium.launch({ executablePath: INSTALLED, args: ['--no-sandbox', ...more] })
  // As one process, closing a window would end the browser.
  const args = packed.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...args, ...more],
    headless: true,
  })
}

/** What the pages' own policy bars from now on, in every page of a context; grows while it is looked at. */
export async function gatherViolations(context: BrowserContext): Promise<string[]> {
  const violated: string[] = []
  await context.exposeFunction('tellViolation', (what: string) => violated.push(what))
  await context.addInitScript({
    content: `addEventListener('securitypolicyviolation', (event) =>
      tellViolation(event.violatedDirective + ' ' + event.blockedURI + ' at ' + location.pathname))`,
  })
  return violated
}

export const ADMIN_TOKEN = 'a-token-for-browser-tests-0123456789abcdef'

export type Pages = {
  address: string
  server: Server
  /** JSON to the API as the administrator; the answer's body. Throws on an error status. */
  call(method: string, path: string, body?: unknown): Promise<unknown>
  stop(): Promise<void>
}

/** A server over a fresh folder. `administrator: false`: it waits for its set-up link. */
export async function startPages(
  folder: string,
  options: {
    administrator?: boolean
    manualClock?: boolean
    shipped?: readonly Definition[]
    /** Beside the usual ones. */
    environment?: Readonly<Record<string, string>>
  } = {},
): Promise<Pages> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldchart-data-'))
  const server = await startServer({
    config: readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      RATE_LIMIT: '0',
      MOST_LOOP_DELAY: '0',
      ...(options.manualClock === true ? { FIELDCHART_CLOCK: 'manual:2026-03-02T09:30:00+08:00' } : {}),
      ...(options.administrator === false ? {} : { FIELDCHART_ADMIN_TOKEN: ADMIN_TOKEN }),
      ...options.environment,
    }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped: options.shipped ?? SHIPPED,
    scenarios: options.shipped === undefined ? SHIPPED_SCENARIOS : [],
    pid: process.pid,
    pages: folder,
  })
  return {
    address: server.address,
    server,
    async call(method, path, body) {
      const response = await fetch(`${server.address}${path}`, {
        method,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return response.status === 204 ? undefined : response.json()
    },
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
