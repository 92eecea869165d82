/** Saves of the library cut off at each of their system calls: what is found afterwards is old or new, never torn. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { startServer } from '../../../server/server.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import type { Library } from '../../../server/store/library-port.ts'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { definition, draft, SETTINGS, version } from '../library-fixtures.ts'
import type { CutDisk, CutMode } from './cut-disk.ts'

const disk = vi.hoisted((): { present?: CutDisk } => ({}))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const { CutDisk: Disk } = await import('./cut-disk.ts')
  disk.present = new Disk()
  return { ...real, ...disk.present.over(real) }
})
const cutter = (): CutDisk => {
  if (disk.present === undefined) throw new Error('the disk is not there yet')
  return disk.present
}

const OLD = { text: '旧'.repeat(2000) }
const NEW = { text: '新'.repeat(3000) }
const save = (library: Library) => library.saveDraft('fault', 1, draft(NEW))
const publish = (library: Library) => library.publish('fault', 1, version(definition('fault', 'next')))

/** A library with one draft, in a folder of its own. */
async function begin(): Promise<{ folder: string; library: Library }> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-cut-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const library = await openLibrary(folder, SETTINGS)
  await library.saveDraft('fault', 0, draft(OLD))
  return { folder, library }
}
/** How many calls it takes when nothing is cut. */
async function length(work: (library: Library) => Promise<unknown>): Promise<string[]> {
  const { library } = await begin()
  const never = cutter().cut(Number.POSITIVE_INFINITY, 'dies')
  await Promise.race([work(library), never])
  return [...cutter().calls]
}
async function cutAt(n: number, mode: CutMode, work: (library: Library) => Promise<unknown>) {
  const { folder, library } = await begin()
  const dead = cutter().cut(n, mode)
  const worked = work(library).then(
    () => 'done' as const,
    () => 'failed' as const,
  )
  const ended = await Promise.race([worked, dead])
  await cutter().restart()
  return { folder, library, ended }
}

describe.each<CutMode>(['dies', 'refuses'])('a save at whose nth call the disk or the process %s', (mode) => {
  it('leaves the old draft or the new one, whole, and the next start goes on from there', async () => {
    const calls = await length(save)
    expect(calls).toEqual(['mkdir', 'open', 'write', 'sync', 'close', 'rename', 'open', 'sync', 'close'])
    for (let n = 1; n <= calls.length; n += 1) {
      const { folder, ended } = await cutAt(n, mode, save)
      expect([n, ended]).toEqual([n, mode === 'dies' ? 'dead' : 'failed'])
      const kept = JSON.parse(await readFile(join(folder, 'processes', 'fault.json'), 'utf8')).draft
      expect([n, kept.definition]).toEqual([n, n <= calls.indexOf('rename') + 1 ? OLD : NEW])

      const again = await openLibrary(folder, SETTINGS)
      expect((await again.draft('fault'))?.definition).toEqual(kept.definition)
      const next = await again.saveDraft('fault', kept.revision, draft({ text: 'after' }))
      expect(next.revision).toBe(kept.revision + 1)
    }
  })

  it('leaves the version published or not, and publishing again is possible where it was not', async () => {
    const calls = await length(publish)
    for (let n = 1; n <= calls.length; n += 1) {
      const { folder, ended } = await cutAt(n, mode, publish)
      expect([n, ended]).not.toEqual([n, 'done'])
      const again = await openLibrary(folder, SETTINGS)
      const found = await again.versions('fault')
      expect([n, found.length <= 1]).toEqual([n, true])
      if (found.length === 1) expect(found[0]?.definition).toEqual(definition('fault', 'next'))
      else {
        expect((await again.draft('fault'))?.definition).toEqual(OLD)
        expect((await publish(again)).version).toBe(1)
      }
    }
  })
})

it('a library that a full disk refused goes on by itself when there is room again', async () => {
  const calls = await length(save)
  for (let n = 1; n <= calls.indexOf('rename') + 1; n += 1) {
    const { library, ended } = await cutAt(n, 'refuses', save)
    expect([n, ended]).toEqual([n, 'failed'])
    expect((await library.draft('fault'))?.definition).toEqual(OLD)
    expect((await save(library)).revision).toBe(2)
  }
})

it('a draft that a full disk refuses is a problem that says so; the old one stands, and the next save goes well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-cut-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const token = 'a-token-of-thirty-two-characters'
  const server = await startServer({
    config: readConfig({ PORT: '0', DATA_DIR: folder, FIELDCHART_ADMIN_TOKEN: token }),
    adapters: { openStore: openSqliteStore, openLibrary, openAudit: openAuditFile },
    logger: pino({ level: 'silent' }),
    shipped: [definition('errand')],
    pid: process.pid,
  })
  onTestFinished(() => server.stop())
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'zh-CN' }
  const put = (name: string, condition: Record<string, string>) =>
    server.app.inject({
      method: 'PUT',
      url: '/api/processes/errand/draft',
      headers: { ...headers, ...condition },
      payload: { definition: definition('errand', name) },
    })
  const kept = () => server.app.inject({ method: 'GET', url: '/api/processes/errand/draft', headers })
  expect((await put('old', { 'if-none-match': '*' })).statusCode).toBe(200)

  void cutter().cut(3, 'refuses')
  const refused = await put('new', { 'if-match': '"1"' })
  expect(cutter().calls[2]).toBe('write')
  expect([refused.statusCode, refused.json().code, refused.json().title]).toEqual([
    503,
    'disk-full',
    '磁盘已满',
  ])
  expect(refused.headers['retry-after']).toBe('5')
  expect((await kept()).json()).toMatchObject({ revision: 1, definition: definition('errand', 'old') })
  expect((await put('new', { 'if-match': '"1"' })).json().revision).toBe(2)
})
