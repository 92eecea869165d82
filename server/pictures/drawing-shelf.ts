/**
 * Drawings that were laid out, each by the hash of what it was laid out from: in memory, or also in a folder.
 *
 * Promises: bounded; what a crash cut off or somebody damaged counts as not there. Nothing depends on a drawing being
 * kept: a folder that cannot be read or written to keeps nothing, and its files may be deleted at any time.
 * Must not: lay out.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { DrawingView } from '../../machines/wire/drawing.ts'

export type DrawingShelf = {
  read(key: string): Promise<DrawingView | undefined>
  write(key: string, drawing: DrawingView): Promise<void>
}

const shape = Compile(DrawingView)
/** The last few that were asked for. */
const MOST_IN_MEMORY = 32
const MOST_FILES = 1000

export function memoryShelf(): DrawingShelf {
  const kept = new Map<string, DrawingView>()
  return {
    read: async (key) => kept.get(key),
    write: async (key, drawing) => {
      kept.delete(key)
      kept.set(key, drawing)
      const [oldest] = kept.keys()
      if (oldest !== undefined && kept.size > MOST_IN_MEMORY) kept.delete(oldest)
    },
  }
}

/** @param mostFiles the oldest go first */
export function folderShelf(folder: string, mostFiles = MOST_FILES): DrawingShelf {
  const memory = memoryShelf()
  const fileOf = (key: string): string => join(folder, `${key}.json`)
  let count: number | undefined

  async function write(key: string, drawing: DrawingView): Promise<void> {
    await mkdir(folder, { recursive: true })
    const next = join(folder, `.${key}.next`)
    await writeFile(next, JSON.stringify(drawing), { mode: 0o600 })
    await rename(next, fileOf(key))
    count = count === undefined || count >= mostFiles ? await forgetOldest(folder, mostFiles) : count + 1
  }
  return {
    async read(key) {
      const known = await memory.read(key)
      if (known !== undefined) return known
      const found = await readFile(fileOf(key), 'utf8').then(parsed, () => undefined)
      if (found !== undefined) await memory.write(key, found)
      return found
    },
    async write(key, drawing) {
      await memory.write(key, drawing)
      await write(key, drawing).catch(() => undefined)
    },
  }
}

function parsed(text: string): DrawingView | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return shape.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Returns how many stay. A tenth more than need be goes, so that it is not done for each. */
async function forgetOldest(folder: string, most: number): Promise<number> {
  const names = await readdir(folder)
  if (names.length <= most) return names.length
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      at: await stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  )
  const old = dated.toSorted((one, other) => other.at - one.at).slice(Math.ceil(most * 0.9))
  for (const { name } of old) await rm(join(folder, name), { force: true })
  return names.length - old.length
}
