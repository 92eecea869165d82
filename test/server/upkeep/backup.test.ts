/** A folder copied under load and put back has all that was acknowledged before, and is whole. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAuditFile } from '../../../server/store/sqlite/audit-file.ts'
import { BackupError, backUp, restore } from '../../../server/upkeep/backup.ts'
import { checkFolder } from '../../../server/upkeep/check-folder.ts'
import { scratch, serve, written } from './folder.ts'

const AT = '2026-03-02T01:00:00.000Z'
const LATER = '2026-03-03T01:00:00.000Z'
const judge = async (folder: string) => expect((await checkFolder(folder)).findings).toEqual([])

describe('a backup', () => {
  it('has all that was acknowledged before it began, though the server is written to meanwhile', async () => {
    const room = await scratch()
    const server = await serve(join(room, 'data'))
    const original = (await server.ask('GET', '/api/changes')).json.epoch
    const acknowledged: string[] = []
    let loaded = true
    const client = async () => {
      while (loaded) {
        const id = await server.errand('stamps')
        await server.ask('POST', `/api/jobs/${id}/events`, { type: 'errand.dropped', payload: {} })
        if (acknowledged.length % 20 === 0) await server.attach(id)
        acknowledged.push(id)
      }
    }
    const clients = [client(), client(), client(), client()]
    while (acknowledged.length < 60) await new Promise((resolve) => setTimeout(resolve, 10))
    const before = [...acknowledged]
    await backUp(join(room, 'data'), join(room, 'copy'), AT)
    const during = acknowledged.length - before.length
    loaded = false
    await Promise.all(clients)
    await server.stop()
    expect(during).toBeGreaterThan(0)
    expect(existsSync(join(room, 'copy.partial'))).toBe(false)

    await restore(join(room, 'copy'), join(room, 'back'), { at: AT, judge })
    const again = await serve(join(room, 'back'))
    // To a reader of the feed it is another history, though its numbers go on.
    const epochs = [original, (await again.ask('GET', '/api/changes')).json.epoch]
    expect(new Set(epochs).size).toBe(2)
    for (const id of before) {
      const { status, json } = await again.ask('GET', `/api/jobs/${id}`)
      expect([status, json.status]).toEqual([200, expect.stringMatching(/done|cancelled|active/)])
    }
    const next = await again.errand('after')
    expect((await again.ask('GET', `/api/jobs/${next}`)).status).toBe(200)
    await again.stop()
    const restarted = await serve(join(room, 'back'))
    expect((await restarted.ask('GET', '/api/changes?limit=1')).json.epoch).toBe(epochs[1])
  })

  it('is not made over another, and is not put back over what is there, in use, or changed', async () => {
    const folder = await written()
    const room = await scratch()
    const copy = join(room, 'copy')
    await backUp(folder, copy, AT)
    await expect(backUp(folder, copy, AT)).rejects.toThrow(BackupError)
    await expect(backUp(room, join(room, 'none'), AT)).rejects.toThrow('is no data folder')
    expect(existsSync(join(room, 'none'))).toBe(false)
    // Where nothing can be made it ends, too: on Linux the system says that the folder above is not there.
    for (const place of ['/proc/none', '/proc/none/below', join(copy, 'manifest.json', 'below')])
      await expect(backUp(folder, place, AT)).rejects.toThrow(/ENOENT|ENOTDIR|EACCES|EEXIST/)

    const server = await serve(folder)
    await expect(restore(copy, folder, { at: AT, judge, replace: join(room, 'aside') })).rejects.toThrow(
      'in use',
    )
    await server.stop()
    await expect(restore(copy, folder, { at: AT, judge })).rejects.toThrow('is not empty')
    await restore(copy, folder, { at: LATER, judge, replace: join(room, 'aside') })
    expect(existsSync(join(room, 'aside', 'jobs.sqlite'))).toBe(true)
    const { findings } = await checkFolder(folder)
    const log = openAuditFile(join(folder, 'audit.sqlite'))
    const aside = openAuditFile(join(room, 'aside', 'audit.sqlite'))
    const [replaced, entry] = [await aside.head(), await log.head()]
    await Promise.all([log.close(), aside.close()])
    expect(findings).toEqual([])
    expect(entry).toMatchObject({
      kind: 'data.restore',
      outcome: 'done',
      at: LATER,
      detail: { backup: AT, replaced: { n: replaced?.n, hash: replaced?.hash } },
    })

    await mkdir(join(room, 'empty'))
    writeFileSync(join(copy, 'library', 'settings.json'), '{}')
    await expect(restore(copy, join(room, 'empty'), { at: AT, judge })).rejects.toThrow(
      'is not what was backed up',
    )
    expect(readdirSync(join(room, 'empty'))).toEqual([])
    await expect(restore(room, join(room, 'empty'), { at: AT, judge })).rejects.toThrow('is no backup')
  })
})
