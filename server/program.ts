/**
 * The server as a program: environment in, listening server out, stopped by a signal.
 *
 * Promises: a start that cannot be says why in one line and ends with status 1; SIGTERM and SIGINT stop gracefully.
 * Must not: hold anything that a test would want (`server.ts` does).
 */
import { join } from 'node:path'
import { pino } from 'pino'
import { SHIPPED } from '../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../machines/processes/scenarios.ts'
import { type Config, readConfig } from './config.ts'
import { type Server, startServer } from './server.ts'
import { openLibrary } from './store/library/open-library.ts'
import { openAuditFile } from './store/sqlite/audit-file.ts'
import { openSqliteStore } from './store/sqlite/sqlite-store.ts'

/** Longer than this a stop would be taken for a hang. */
const STOP_MS = 15_000
const SAME_SIGNAL_MS = 1000

const print = (line: string) => process.stdout.write(`${line}\n`)
const fail = (error: unknown): never => {
  process.stderr.write(`fieldchart cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

function configure(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    return fail(error)
  }
}

const config = configure()
const logger = pino({ level: config.logLevel })

const server: Server = await startServer({
  config,
  adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
  logger,
  shipped: SHIPPED,
  scenarios: SHIPPED_SCENARIOS,
  pid: process.pid,
  pages: join(import.meta.dirname, '..', 'dist'),
}).catch(fail)

let stoppingSince: number | undefined
function stop(signal: string): void {
  if (stoppingSince !== undefined) {
    // npm passes on a signal that the terminal has sent already; only one that comes later is meant as a second.
    if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1)
    return
  }
  stoppingSince = performance.now()
  logger.info({ signal }, 'stopping')
  setTimeout(() => process.exit(1), STOP_MS).unref()
  server.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error({ err: error }, 'the stop failed')
      process.exit(1)
    },
  )
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

// Last: whoever reads that it listens may tell it to stop.
print(`Fieldchart listens on ${server.address}`)
if (config.clock === 'manual') print('The clock stands still and is moved by POST /api/clock.')
if (server.setUpSecret !== undefined)
  print(`No administrator yet. Open this link once: ${server.address}/setup#token=${server.setUpSecret}`)
