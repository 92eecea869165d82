/** A data folder that a whole server wrote, for the tests of what is done with folders. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { readConfig } from '../../../server/config.ts'
import { startServer } from '../../../server/server.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { ERRAND, form, PNG } from '../http/harness.ts'

const TOKEN = 'a-token-of-thirty-two-characters'
const headers = { authorization: `Bearer ${TOKEN}` }

export async function scratch(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'fieldchart-upkeep-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** @param shipped the processes that it knows */
export async function serve(dataDir: string, shipped: readonly Definition[] = [ERRAND]) {
  const server = await startServer({
    config: readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      FIELDCHART_CLOCK: 'manual:2026-03-02T09:00:00+08:00',
      FIELDCHART_ADMIN_TOKEN: TOKEN,
      RATE_LIMIT: '0',
    }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped,
    pid: process.pid,
  })
  onTestFinished(() => server.stop())
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const answer = await fetch(server.address + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, json: JSON.parse((await answer.text()) || 'null') }
  }
  /** Returns its id. */
  const errand = async (what: string): Promise<string> =>
    (await ask('POST', '/api/jobs', { process: 'errand', fields: { what } })).json.id
  /** Returns the file's hash. */
  const attach = async (job: string, content = PNG, more: Record<string, string> = {}): Promise<string> => {
    const { payload, contentType } = form(
      { kind: 'photo', title: 'the case', ...more },
      { name: 'case.png', type: 'image/png', content },
    )
    const answer = await fetch(`${server.address}/api/jobs/${job}/evidence`, {
      method: 'POST',
      headers: { ...headers, 'content-type': contentType },
      body: new Uint8Array(payload),
    })
    const { job: after } = JSON.parse(await answer.text())
    return after.evidence.at(-1).evidence.file
  }
  return { ...server, ask, errand, attach }
}

/** Three jobs, one with a photograph, one with a breach; the server is stopped. */
export async function written(): Promise<string> {
  const folder = join(await scratch(), 'data')
  const server = await serve(folder)
  const first = await server.errand('stamps')
  await server.attach(first)
  await server.errand('邮票')
  await server.ask('POST', '/api/clock', { advance: 'PT2H' })
  await server.errand('paper')
  await server.stop()
  return folder
}
