import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary } from '../../server/store/library/open-library.ts'
import { LibraryCorrupt } from '../../server/store/library-port.ts'
import { libraryContract } from './library-contract.ts'
import { definition, draft, hash, person, SETTINGS, version } from './library-fixtures.ts'
import { at } from './store-fixtures.ts'

libraryContract('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-library-'))
  return {
    open: () => openLibrary(join(folder, 'deep', 'library'), SETTINGS),
    clean: () => rm(folder, { recursive: true }),
  }
})

describe('the folder of a library', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldchart-library-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const open = () => openLibrary(folder, SETTINGS)

  const ACCOUNT = { issuer: 'https://login.example/', subject: 'a-17' }
  /** A library with one of everything, closed again. */
  async function fill(): Promise<void> {
    const library = await open()
    await library.publish('fault', 0, version(definition('fault')))
    await library.saveDraft(
      'fault',
      0,
      draft(definition('fault', 'next'), { layout: { open: { x: 1, y: 2 } } }),
    )
    await library.savePerson(0, person('wang', [1]))
    await library.savePerson(0, { ...person('chen'), account: ACCOUNT })
    const session = { person: 'wang', createdAt: at(0), expiresAt: at(9) }
    await library.saveSession({ ...session, hash: hash(5) })
    await library.saveSession({ ...session, hash: hash(6), provider: true })
    await library.saveManualClock(at(3))
    await library.tokenUsed(hash(1), at(4))
    await library.close()
  }

  it('holds everything after it was closed and opened again', async () => {
    await fill()
    const zone = { ...SETTINGS, timeZone: 'Europe/Berlin' }
    const library = await openLibrary(folder, zone)
    expect(await library.processes()).toEqual([{ id: 'fault', createdAt: at(2), latest: 1, draft: 1 }])
    expect((await library.latest('fault'))?.definition).toEqual(definition('fault'))
    expect((await library.draft('fault'))?.layout).toEqual({ open: { x: 1, y: 2 } })
    expect((await library.personByTokenHash(hash(1)))?.token.lastUsedAt).toBe(at(4))
    expect((await library.person('wang'))?.revision).toBe(1)
    expect(await library.person('chen')).toEqual({ ...person('chen'), account: ACCOUNT, revision: 1 })
    expect((await library.session(hash(5)))?.person).toBe('wang')
    expect((await library.session(hash(6)))?.provider).toBe(true)
    expect(await library.manualClock()).toBe(at(3))
    // Those it began with, not those a later release would begin with.
    expect((await library.settings()).value).toEqual(SETTINGS)
    await expect(library.saveDraft('fault', 0, draft({}))).rejects.toMatchObject({ current: 1 })
    await library.close()
  })

  it('opens a folder of the first release, which knew of no agreement, and goes on in it', async () => {
    await fill()
    const old = {
      process: 'fault',
      createdAt: at(2),
      draftRevision: 4,
      draft: { revision: 4, definition: { n: 1 }, updatedAt: at(3), updatedBy: 'wang' },
      versions: JSON.parse(await readFile(join(folder, 'processes', 'fault.json'), 'utf8')).versions,
    }
    await writeFile(join(folder, 'processes', 'fault.json'), JSON.stringify(old))
    const library = await open()
    expect(await library.processes()).toEqual([{ id: 'fault', createdAt: at(2), latest: 1, draft: 4 }])
    const approval = { person: 'chen', verdict: 'approve' as const, at: at(5) }
    await library.saveApproval('fault', 0, { rule: { kind: 'all', people: ['chen'] } })
    await library.approve('fault', 4, approval)
    await library.close()
    const again = await open()
    expect((await again.draft('fault'))?.approvals).toEqual([approval])
    expect((await again.processes())[0]?.approval?.rule).toEqual({ kind: 'all', people: ['chen'] })
    await again.close()
  })

  it('never gives a revision again, also after a restart', async () => {
    const before = await open()
    await before.saveDraft('fault', 0, draft({}))
    await before.deleteDraft('fault', 1)
    await before.close()
    const after = await open()
    expect(await after.processes()).toEqual([])
    expect((await after.saveDraft('fault', 0, draft({}))).revision).toBe(2)
    await after.close()
  })

  it('is readable JSON, one file a process, for the owner alone', async () => {
    await fill()
    const file = join(folder, 'processes', 'fault.json')
    expect(await readdir(join(folder, 'processes'))).toEqual(['fault.json'])
    expect(await readFile(file, 'utf8')).toContain('\n  "process": "fault",\n')
    expect((await stat(join(folder, 'people.json'))).mode & 0o077).toBe(0)
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  const FILES = [
    'processes/fault.json',
    'versions/fault/1.json',
    'people.json',
    'sessions.json',
    'settings.json',
    'clock.json',
  ]
  it.each(FILES)(
    'names %s where it is torn, empty, or holds something else, and leaves it alone',
    async (name) => {
      await fill()
      const file = join(folder, name)
      const whole = await readFile(file)
      const damage: (() => Promise<void>)[] = [
        () => truncate(file, Math.floor(whole.length / 2)),
        () => truncate(file, 0),
        () => writeFile(file, 'null'),
        () => writeFile(file, '[]'),
        () => writeFile(file, Buffer.alloc(whole.length)),
        () => writeFile(file, JSON.stringify({ ...JSON.parse(whole.toString()), surplus: 1 })),
      ]
      for (const one of damage) {
        await one()
        const damaged = await readFile(file)
        await expect(open()).rejects.toBeInstanceOf(LibraryCorrupt)
        await expect(open()).rejects.toThrow(file)
        expect(await readFile(file)).toEqual(damaged)
      }
      await writeFile(file, whole)
      await (await open()).close()
    },
  )

  it('refuses a published version that was changed, exchanged or lost (E7)', async () => {
    await fill()
    const file = join(folder, 'versions', 'fault', '1.json')
    const whole = await readFile(file, 'utf8')
    await writeFile(file, whole.replace('进行中', '已修改'))
    await expect(open()).rejects.toThrow('not the one that was published')

    const forged = JSON.parse(whole)
    const other = await openLibrary(join(folder, 'other'), SETTINGS)
    const { hash: otherHash } = await other.publish('fault', 0, version(definition('fault', 'forged')))
    await other.close()
    await writeFile(
      file,
      JSON.stringify({ ...forged, definition: definition('fault', 'forged'), hash: otherHash }),
    )
    await expect(open()).rejects.toThrow('not the one that was published')

    await writeFile(file, JSON.stringify({ ...forged, hash: otherHash }))
    await expect(open()).rejects.toThrow('not the one that was published')
    await writeFile(file, JSON.stringify({ ...forged, version: 2 }))
    await expect(open()).rejects.toThrow('the file is of fault, version 2')
    await rm(file)
    await expect(open()).rejects.toThrow('missing')
  })

  it('refuses a process file under another name, and calendars that are not those of their hash', async () => {
    await fill()
    const settings = join(folder, 'settings.json')
    const text = await readFile(settings, 'utf8')
    await writeFile(settings, text.replaceAll('Asia/Shanghai', 'Asia/Tokyo'))
    await expect(open()).rejects.toThrow('settings.json')
    await writeFile(settings, text)
    await rename(join(folder, 'processes', 'fault.json'), join(folder, 'processes', 'complaint.json'))
    await expect(open()).rejects.toThrow('complaint.json: the file is of process fault')
  })

  it('takes no notice of what a power cut left half done', async () => {
    await fill()
    // A write broken off before its rename, and a version whose process had not named it yet.
    await writeFile(join(folder, 'processes', '.fault.json.next'), '{"process": "fau')
    await writeFile(join(folder, 'versions', 'fault', '2.json'), '{"torn')
    const library = await open()
    expect(await library.versions('fault')).toHaveLength(1)
    const second = await library.publish('fault', 1, version(definition('fault', 'next'), 'second'))
    expect(second.version).toBe(2)
    await library.close()
    const again = await open()
    expect(await again.latest('fault')).toEqual(second)
    await again.close()
  })

  it('shows nothing of a change that could not be written, and goes on afterwards', async () => {
    const library = await open()
    await library.saveDraft('fault', 0, draft({ n: 1 }))
    // A folder where the next file is to be written.
    await mkdir(join(folder, 'processes', '.fault.json.next'))
    await expect(library.saveDraft('fault', 1, draft({ n: 2 }))).rejects.toThrow('EISDIR')
    expect(await library.draft('fault')).toMatchObject({ revision: 1, definition: { n: 1 } })
    await rm(join(folder, 'processes', '.fault.json.next'), { recursive: true })
    expect((await library.saveDraft('fault', 1, draft({ n: 3 }))).revision).toBe(2)
    await library.close()
  })

  it('is whole and holds every acknowledged save when its process was killed', {
    timeout: 30_000,
  }, async () => {
    const child = fork(join(import.meta.dirname, 'library-writer.ts'), [folder], { stdio: 'ignore' })
    let acknowledged = 0
    const enough = new Promise<void>((resolve) => {
      child.on('message', (revision) => {
        acknowledged = Number(revision)
        if (acknowledged === 40) resolve()
      })
    })
    await enough
    child.kill('SIGKILL')
    await once(child, 'exit')
    const library = await open()
    const kept = await library.draft('fault')
    expect(kept?.revision).toBeGreaterThanOrEqual(acknowledged)
    expect(kept?.definition).toMatchObject({ revision: (kept?.revision ?? 0) - 1 })
    await library.close()
  })
})
