/**
 * One JSON file as a lowdb adapter that survives a power cut. lowdb's own writer never syncs.
 *
 * Promises: after `write` resolves the content is on the disk, and so is its name in the folder; until then the
 * old file stands whole. A file that is there but is not JSON of an object is an error that names it, never
 * taken for a missing one.
 * Must not: be written from two places at once (`shelf.ts` writes one after the other).
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Adapter } from 'lowdb'
import { LibraryCorrupt } from '../library-port.ts'

/** For the owner alone: hashes of tokens, names of customers. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

export class DurableJson implements Adapter<unknown> {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** `null` where there is no file. Throws `LibraryCorrupt`. */
  async read(): Promise<unknown> {
    let content: string
    try {
      content = await readFile(this.#file, 'utf8')
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
    return parse(this.#file, content)
  }

  async write(data: unknown): Promise<void> {
    const folder = dirname(this.#file)
    await makeFolder(folder)
    const next = join(folder, `.${basename(this.#file)}.next`)
    try {
      const handle = await open(next, 'w', FILE_MODE)
      try {
        await handle.writeFile(`${JSON.stringify(data, null, 2)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(next, this.#file)
    } catch (error) {
      await rm(next, { force: true }).catch(() => undefined)
      throw error
    }
    await syncFolder(folder)
  }
}

function parse(file: string, content: string): unknown {
  if (content.trim() === '') throw new LibraryCorrupt(file, 'the file is empty')
  let data: unknown
  try {
    data = JSON.parse(content)
  } catch (error) {
    throw new LibraryCorrupt(file, 'the file is torn or is not JSON', { cause: error })
  }
  if (typeof data !== 'object' || data === null) throw new LibraryCorrupt(file, 'the file holds no record')
  return data
}

/** Makes a folder and those above it, each name synced where it was made. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle of a folder to sync; there a rename is durable by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
