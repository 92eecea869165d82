/**
 * The lock on the data folder: one server at a time.
 *
 * Promises: a second server is refused, and told the first's process id; the lock ends with the process that
 * held it, however it ended, so there is none to clear away after a power cut.
 * Must not: trust a process id. In a container the dead server's id is often the living one's.
 *
 * The lock is the operating system's, on a file, taken through SQLite since Node has no call for it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from './make-folder.ts'
import { named, opening } from './sqlite/opening.ts'

export class FolderLocked extends Error {
  readonly folder: string
  /** Where the first server managed to note it. */
  readonly pid: number | undefined
  constructor(folder: string, pid: number | undefined) {
    super(`${folder} is in use by another server${pid === undefined ? '' : ` (process ${pid})`}`)
    this.name = 'FolderLocked'
    this.folder = folder
    this.pid = pid
  }
}

export type FolderLock = { release(): void }

/**
 * Takes the lock; makes the folder if there is none.
 * @param pid noted for whoever comes second
 * @throws FolderLocked
 */
export async function lockFolder(folder: string, pid: number): Promise<FolderLock> {
  await makeFolder(folder)
  const note = join(folder, 'server.pid')
  const file = join(folder, 'server.lock')
  const db = opening(file, () => new DatabaseSync(file, { timeout: 0 }))
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) throw new FolderLocked(folder, readPid(note))
    throw named(file, error)
  }
  writeFileSync(note, `${pid}\n`)
  return {
    release: () => {
      if (!db.isOpen) return
      rmSync(note, { force: true })
      db.close()
    },
  }
}

const SQLITE_BUSY = 5
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

function readPid(note: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(note, 'utf8'), 10)
    return Number.isSafeInteger(pid) ? pid : undefined
  } catch {
    return undefined
  }
}
