/**
 * The server as a child that is to be killed: everything is loaded before it says `ready`; it opens the folder and
 * listens when it is told to, and answers with its address.
 *
 * With `too-early` its store answers before it has committed, with `forgets` it ticks messages to webhooks off before
 * they are sent: what a test of durability must find out.
 */
import { flushCompileCache } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { readConfig } from '../../../server/config.ts'
import { startServer } from '../../../server/server.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import type { Commit, JobStore } from '../../../server/store/port.ts'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { LEAF, ROOT } from './processes.ts'

const [, , folder = '', token = '', mode = ''] = process.argv

/** Two of its commits in a row can meet the same seq: that must be found as well, so it is not an error here. */
function tooEarly(store: JobStore): JobStore {
  const commit = async (asked: Commit) => {
    void pause(100).then(() => store.commit(asked).catch(() => undefined))
    return { changeIds: asked.changes.map(() => 0) }
  }
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'commit') return commit
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function forgetful(store: JobStore): JobStore {
  const { webhooks } = store
  const due: typeof webhooks.due = async (endpoint, now, limit) => {
    const found = await webhooks.due(endpoint, now, limit)
    await Promise.all(found.map(({ id }) => webhooks.delivered(endpoint, id, now)))
    return found
  }
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'webhooks') return { ...webhooks, due }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const opened = (file: string): JobStore => {
  const store = openSqliteStore(file)
  if (mode === 'too-early') return tooEarly(store)
  return mode === 'forgets' ? forgetful(store) : store
}

async function listen(): Promise<string> {
  const { address } = await startServer({
    config: readConfig({
      PORT: '0',
      DATA_DIR: folder,
      FIELDCHART_ADMIN_TOKEN: token,
      RATE_LIMIT: '0',
      MOST_LOOP_DELAY: '0',
      WEBHOOK_PRIVATE_ADDRESSES: 'true',
    }),
    adapters: {
      openStore: opened,
      openLibrary,
      openAudit: openAuditFile,
    },
    logger: pino({ level: 'error' }),
    shipped: [LEAF, ROOT],
    pid: process.pid,
  })
  return address
}

process.once('message', () => {
  listen().then(
    (address) => process.send?.(address),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
// The test is gone: nobody would ever end this process.
process.on('disconnect', () => process.exit(0))
// Killed before it could keep what was compiled, the next would have to compile it again.
flushCompileCache()
process.send?.('ready')
