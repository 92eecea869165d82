/**
 * Where a library's records are kept: in a folder of readable JSON files, or in memory.
 *
 * `processes/<id>.json`, `versions/<id>/<n>.json`, `scenarios/<id>.json`, `settings.json`, `people.json`, `sessions.json`,
 * `clock.json`. Files beginning with a dot are writes that a power cut broke off; they are never read.
 * Must not: hold a rule; both places are used by the same library.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Adapter, Memory } from 'lowdb'
import type { Library, Settings } from '../library-port.ts'
import { DurableJson, isMissing } from './durable-json.ts'
import { openLibraryIn } from './library.ts'
import type { Place } from './shelf.ts'

const SUFFIX = '.json'

const folderPlace = (folder: string): Place => {
  const fileOf = (name: string): string => join(folder, ...name.split('/')) + SUFFIX
  return {
    adapter: (name) => new DurableJson(fileOf(name)),
    describe: fileOf,
    names: async (below) => {
      try {
        const found = await readdir(join(folder, below), { withFileTypes: true })
        return found
          .filter((entry) => entry.isFile() && entry.name.endsWith(SUFFIX) && !entry.name.startsWith('.'))
          .map((entry) => entry.name.slice(0, -SUFFIX.length))
          .sort()
      } catch (error) {
        if (isMissing(error)) return []
        throw error
      }
    },
  }
}

const memoryPlace = (): Place => {
  const adapters = new Map<string, Adapter<unknown>>()
  return {
    adapter: (name) => {
      const adapter = adapters.get(name) ?? new Memory<unknown>()
      adapters.set(name, adapter)
      return adapter
    },
    describe: (name) => `${name} (in memory)`,
    names: async (below) =>
      [...adapters.keys()]
        .filter((name) => name.startsWith(`${below}/`))
        .map((name) => name.slice(below.length + 1)),
  }
}

/** The library in a folder, made if there is none. Throws `LibraryCorrupt`. */
export const openLibrary = (folder: string, settings: Settings): Promise<Library> =>
  openLibraryIn(folderPlace(folder), settings)

/** A library that is empty, and gone with the process. */
export const openMemoryLibrary = (settings: Settings): Promise<Library> =>
  openLibraryIn(memoryPlace(), settings)
