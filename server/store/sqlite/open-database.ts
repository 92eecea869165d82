/**
 * Opens the database file as the store needs it.
 *
 * Promises: write-ahead log, and a sync at every commit (`FULL`; with `NORMAL` a power cut takes the last ones).
 * Must not: change a file before it is known to be ours.
 *
 * `node:sqlite` rather than a package: as fast, and the project brings its own Node, so nothing is compiled and
 * nothing native is downloaded.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from './migrations.ts'

/** How long one waits for another program that holds the file. */
export const BUSY_MS = 5000

/**
 * Makes the file if there is none. Sizes: 24 MiB of pages in memory, 16 MiB of log before it is written back.
 * @throws Error where the file is not a database of jobs, or a later release's
 */
export function openDatabase(file: string): DatabaseSync {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_MS })
  try {
    // What is deleted or written over is overwritten: an erased name is to be in no free page.
    db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    migrate(db, file)
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA cache_size = -24576;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4000;
    `)
    syncFolder(folder)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The names of the file and its log are to outlive a power cut as well. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
