/**
 * The order of things when power is cut: no reply before the commit that holds its write, and at the moment a reply
 * leaves its write is in the files that would be left.
 *
 * SQLite syncs its log inside `COMMIT` where `synchronous` is `FULL`; so what is watched is the commit of the very
 * connection that writes, with its settings at that moment.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { startServer } from '../../../server/server.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { Clients, type Server, send, type Try } from './kill-clients.ts'
import { LEAF, ROOT } from './processes.ts'

const TOKEN = 'a-token-of-thirty-two-characters'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-order-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
async function start(folder: string): Promise<Server> {
  const server = await startServer({
    config: readConfig({ PORT: '0', DATA_DIR: folder, FIELDCHART_ADMIN_TOKEN: TOKEN, RATE_LIMIT: '0' }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped: [LEAF, ROOT],
    pid: process.pid,
  })
  onTestFinished(() => server.stop())
  return { address: server.address, token: TOKEN }
}
/** A job, and so many marks for it at once. */
async function marks(server: Server, many: number): Promise<Try[]> {
  const clients = new Clients(() => 0)
  const made: Try = { key: 'k0', mark: 'm0' }
  await clients.repeat(server, made)
  const { job } = made.answer ?? {}
  return Array.from({ length: many }, (_, n) => ({
    key: `k${n + 1}`,
    mark: `m${n + 1}`,
    type: 'mark',
    ...(job === undefined ? {} : { job }),
  }))
}

type Step = { what: 'commit'; synchronous: unknown; journal: unknown } | { what: 'reply'; status: number }

/** Notes every commit that ended well, and every reply at the moment it leaves. */
function watch(onReply: (status: number) => void = () => {}, beforeCommit: () => void = () => {}): Step[] {
  const steps: Step[] = []
  const exec = DatabaseSync.prototype.exec
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql !== 'COMMIT') return exec.call(this, sql)
    const pragma = (name: string): unknown => Object.values(this.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    const settings = { synchronous: pragma('synchronous'), journal: pragma('journal_mode') }
    beforeCommit()
    exec.call(this, sql)
    steps.push({ what: 'commit', ...settings })
  })
  const writeHead = ServerResponse.prototype.writeHead
  vi.spyOn(ServerResponse.prototype, 'writeHead').mockImplementation(function (
    this: ServerResponse,
    status: number,
    ...more: unknown[]
  ) {
    steps.push({ what: 'reply', status })
    onReply(status)
    return Reflect.apply(writeHead, this, [status, ...more])
  })
  return steps
}

describe('a reply to a write', { timeout: 60_000 }, () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('leaves after the commit that holds it, on a connection that syncs at every commit', async () => {
    const server = await start(newFolder())
    const asked = await marks(server, 4)
    const steps = watch()
    for (const each of asked) await send(server, each)
    // 2: FULL.
    const commit = { what: 'commit', synchronous: 2, journal: 'wal' }
    const reply = { what: 'reply', status: 200 }
    // What a person does for the first time is noted for the guide as well, in a commit of its own.
    expect(steps.slice(-6)).toEqual([commit, reply, commit, reply, commit, reply])
  })

  it('does not leave as success while commits fail, and nothing of it is found afterwards', async () => {
    const folder = newFolder()
    const server = await start(folder)
    const asked = await marks(server, 20)
    watch(undefined, () => {
      throw new Error('the sync failed')
    })
    const answers = await Promise.all(asked.map((each) => send(server, each)))
    expect(answers.filter(({ status }) => status < 500)).toEqual([])
    vi.restoreAllMocks()
    const { job = '' } = asked[0] ?? {}
    const left = openSqliteStore(join(folder, 'jobs.sqlite'))
    expect(await left.history(job, 0, 100)).toHaveLength(1)
    await left.close()
  })

  it('finds its write in the files as they are at that moment, without the process', async () => {
    const folder = newFolder()
    const server = await start(folder)
    const asked = await marks(server, 12)
    const copies: string[] = []
    watch(() => {
      const copy = newCopy(folder)
      copies.push(copy)
    })
    const answers: Promise<{ seq?: number }>[] = []
    for (const each of asked) answers.push(send(server, each))
    const seqs = (await Promise.all(answers)).map(({ seq }) => seq ?? 0).sort((a, b) => a - b)
    vi.restoreAllMocks()
    const { job = '' } = asked[0] ?? {}
    const kept: number[] = []
    for (const copy of copies) {
      const store = openSqliteStore(join(copy, 'jobs.sqlite'))
      kept.push((await store.history(job, 0, 100)).length)
      await store.close()
      rmSync(copy, { recursive: true })
    }
    // Replies leave in the order of seq: each copy must hold at least as many entries as its reply says.
    expect(seqs).toEqual(asked.map((_, n) => n + 2))
    expect(kept.map((length, n) => length >= (seqs[n] ?? 0))).toEqual(seqs.map(() => true))
  })
})

/** What a power cut would leave: the database and its log, and no memory that processes share. */
function newCopy(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'fieldchart-left-'))
  for (const name of ['jobs.sqlite', 'jobs.sqlite-wal'])
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name))
  return copy
}
