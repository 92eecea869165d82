import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderLocked, lockFolder } from '../../server/store/lock.ts'

describe('the lock on the data folder', { timeout: 30_000 }, () => {
  let folder: string
  const children: ChildProcess[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldchart-lock-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })
  async function other(): Promise<{ child: ChildProcess; said: unknown }> {
    const child = fork(join(import.meta.dirname, 'lock-holder.ts'), [folder], { stdio: 'ignore' })
    children.push(child)
    const [said]: unknown[] = await once(child, 'message')
    return { child, said }
  }

  it('refuses a second server and names the process of the first', async () => {
    const { child, said } = await other()
    expect(said).toBe('locked')
    const refused = lockFolder(folder, process.pid)
    await expect(refused).rejects.toBeInstanceOf(FolderLocked)
    await expect(refused).rejects.toMatchObject({ pid: child.pid, folder })
    await expect(refused).rejects.toThrow(`process ${child.pid}`)
    expect((await other()).said).toBe('FolderLocked')
  })

  it('goes to the next when the first was killed, whatever process id it left behind', async () => {
    const { child } = await other()
    child.kill('SIGKILL')
    await once(child, 'exit')
    // As in a container, where the dead server had the id that a living process has now.
    await writeFile(join(folder, 'server.pid'), `${process.pid}\n`)
    const lock = await lockFolder(folder, process.pid)
    expect((await other()).said).toBe('FolderLocked')
    lock.release()
    expect((await other()).said).toBe('locked')
  })

  it('refuses also within one process, until it is released', async () => {
    const lock = await lockFolder(join(folder, 'new', 'data'), 4711)
    await expect(lockFolder(join(folder, 'new', 'data'), 4712)).rejects.toMatchObject({ pid: 4711 })
    lock.release()
    lock.release()
    const next = await lockFolder(join(folder, 'new', 'data'), 4712)
    next.release()
    expect(await readdir(join(folder, 'new', 'data'))).toEqual(['server.lock'])
  })
})
