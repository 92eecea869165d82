/**
 * `node test/golden/make.ts`: writes a data folder of the present release to be kept here, once for each schema of the database.
 *
 * Must not: replace one that is there: what a release wrote is not written anew by a later one.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { SHIPPED } from '../../machines/processes/index.ts'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/server.ts'
import { openLibrary } from '../../server/store/library/open-library.ts'
import { openAuditFile } from '../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { pack } from './folder.ts'
import { GOLDEN_TOKEN } from './token.ts'

const folder = await mkdtemp(join(tmpdir(), 'fieldchart-golden-'))
const server = await startServer({
  config: readConfig({
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    FIELDCHART_CLOCK: 'manual:2026-03-02T09:00:00+08:00',
    FIELDCHART_ADMIN_TOKEN: GOLDEN_TOKEN,
  }),
  adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
  logger: pino({ level: 'silent' }),
  shipped: SHIPPED.filter(({ id }) => id === 'complaint' || id === 'fault'),
  pid: process.pid,
})

async function ask(path: string, body: unknown, token = GOLDEN_TOKEN): Promise<unknown> {
  const answer = await fetch(server.address + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const told = (answer: unknown, name: string): string => {
  const value =
    typeof answer === 'object' && answer !== null ? new Map(Object.entries(answer)).get(name) : undefined
  if (typeof value !== 'string') throw new Error(`no ${name}`)
  return value
}

await ask('/api/people', { id: 'zhou', name: '周工', roles: ['dispatcher', 'engineer'] })
const zhou = told(await ask('/api/people/zhou/tokens', { name: 'golden' }), 'token')

for (const customer of ['蔡女士', 'Ms Lin', '王先生']) {
  const fields = {
    customerName: customer,
    text: '打印机仍卡纸 · The printer still jams',
    quality: customer === 'Ms Lin',
  }
  const job = told(await ask('/api/jobs', { process: 'complaint', fields }), 'id')
  await ask(`/api/jobs/${job}/events`, { type: 'complaint.take', payload: {} }, zhou)
  await ask(`/api/jobs/${job}/notes`, { text: '已致电客户 · Called the customer' })
}
await ask('/api/clock', { advance: 'PT20H' })
await server.stop()

const db = new DatabaseSync(join(folder, 'jobs.sqlite'), { readOnly: true })
const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
db.close()
const target = join(import.meta.dirname, `schema-${version}.json`)
await writeFile(target, `${JSON.stringify(await pack(folder), null, 2)}\n`, { flag: 'wx' })
await rm(folder, { recursive: true })
process.stdout.write(`${target}\n`)
