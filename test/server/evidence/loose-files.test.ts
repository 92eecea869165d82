import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  freeBytes,
  MOST_BYTES,
  openEvidenceStore,
  type Room,
} from '../../../server/evidence/evidence-store.ts'
import { randomIds } from '../../../server/ids.ts'
import { createWorld, form, PNG, tokenOf } from '../http/harness.ts'

const SHA = createHash('sha256').update(PNG).digest('hex')
const NOBODY = async () => new Set<string>()
const later = () => Date.now() + 60_000

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fieldchart-loose-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}
const opened = async (room?: Room) => openEvidenceStore(await folder(), randomIds, room)

describe('a file that no job names', () => {
  it('goes when its time is over, and not before', async () => {
    const store = await opened()
    await store.receive(Readable.from([PNG]))
    expect(await store.sweep(Date.now() - 60_000, NOBODY)).toBe(0)
    expect(await store.find(SHA)).toBeDefined()
    expect(await store.sweep(later(), NOBODY)).toBe(1)
    expect(await store.find(SHA)).toBeUndefined()
  })
  it('stays where a job names it after all, and is not asked about again', async () => {
    const store = await opened()
    await store.receive(Readable.from([PNG]))
    const asked: string[] = []
    const namedOf = async (files: readonly string[]) => {
      asked.push(...files)
      return new Set(files)
    }
    for (let n = 0; n < 2; n++) expect(await store.sweep(later(), namedOf)).toBe(0)
    expect([asked, await store.find(SHA)]).toEqual([[SHA], expect.objectContaining({ sha256: SHA })])
  })
  it('is not asked about where it was named at once', async () => {
    const store = await opened()
    await store.receive(Readable.from([PNG]))
    await store.named(SHA)
    expect(await store.sweep(later(), NOBODY)).toBe(0)
    expect(await store.find(SHA)).toBeDefined()
  })
  it.each([
    ['comes in again', 'receive'],
    ['is meant to be named', 'hold'],
  ] as const)('stays where it %s while it is sought', async (_what, how) => {
    const store = await opened()
    await store.receive(Readable.from([PNG]))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = Date.now()
    const removed = await store.sweep(before, async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      await (how === 'receive' ? store.receive(Readable.from([PNG])) : store.hold(SHA))
      return new Set()
    })
    expect([removed, await store.find(SHA)]).toEqual([0, expect.objectContaining({ sha256: SHA })])
  })
})

describe('attached by a person', () => {
  it('is loose where the job refused it, and no more once it took it', async () => {
    const evidence = await opened()
    const world = await createWorld({ deps: { evidence } })
    const attach = async (seq: string) => {
      const { payload, contentType } = form(
        { kind: 'photo' },
        { name: 'a.png', type: 'image/png', content: PNG },
      )
      const headers = {
        authorization: `Bearer ${tokenOf('engineer')}`,
        'content-type': contentType,
        'if-match': seq,
      }
      return (await world.app.inject({ method: 'POST', url, headers, payload })).statusCode
    }
    const url = `/api/jobs/${await world.errand()}/evidence`
    expect(await attach('"99"')).toBe(412)
    expect(await evidence.sweep(later(), (files) => world.store.privacy.filesNamed(files))).toBe(1)
    expect(await attach('"1"')).toBe(200)
    expect(await evidence.sweep(later(), NOBODY)).toBe(0)
    expect(await evidence.find(SHA)).toBeDefined()
  })
})

describe('the room that files leave', () => {
  it('is kept, whoever sends one', async () => {
    let free = 1000 + MOST_BYTES
    const store = await opened({ keepFree: 1000, free: async () => free })
    await store.receive(Readable.from([PNG]))
    free -= 1
    await expect(store.receive(Readable.from([PNG]))).rejects.toMatchObject({ code: 'disk-low', status: 507 })
    // What is there is still found and named.
    expect(await store.hold(SHA)).toBeDefined()
  })
  it('is that of the disk', async () => {
    expect(await freeBytes(await folder())).toBeGreaterThan(0)
  })
})
