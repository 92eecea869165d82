/**
 * The library's files as they stand, held against what each must be.
 *
 * Promises: nothing is written, so that a folder in use can be looked at; every file is read, also one that nothing names.
 * Each version has the hash that its content gives and its process lists, and no version is missing.
 * Must not: take a file for another that it nearly is.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { type Compiled, compiled } from '../../machines/compile/compile.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { CalendarSet } from '../../machines/time/calendar.ts'
import { calendarSet } from '../../machines/time/calendar-set.ts'
import {
  ClockFile,
  PeopleFile,
  ProcessFile,
  ScenarioFile,
  SessionsFile,
  SettingsFile,
} from '../store/library/records.ts'
import { VersionRecord } from '../store/library-port.ts'
import type { Found } from './found.ts'

/** What the jobs of the folder are replayed with. */
export type Shelves = {
  version(process: string, version: number): Compiled | undefined
  calendars(hash: string): CalendarSet | undefined
}

type Reader = (file: string, data: unknown) => boolean

/** Where the library has no file of a kind, nothing is said: a folder may have come so far and no further. */
export async function checkLibrary(folder: string, found: Found): Promise<Shelves> {
  const definitions = new Map<string, Definition>()
  const hashes = new Map<string, string>()
  const listed = new Map<string, readonly string[]>()
  const calendars = new Map<string, CalendarSet>()
  const wholeVersion = Compile(VersionRecord)

  const readers: [RegExp, Reader][] = [
    [
      /^processes\/([^/]+)\.json$/,
      (file, data) => {
        if (!ProcessFile.Check(data)) return false
        if (file !== `processes/${data.process}.json`)
          found.add(`library/${file}`, `is of process ${data.process}`)
        listed.set(data.process, data.versions)
        return true
      },
    ],
    [
      /^versions\/([^/]+)\/(\d+)\.json$/,
      (file, data) => {
        if (!wholeVersion.Check(data)) return false
        const name = `versions/${data.process}/${data.version}.json`
        if (file !== name) found.add(`library/${file}`, `is ${name}`)
        if (hashOf(data.definition) !== data.hash)
          found.add(`library/${file}`, 'its definition does not have the hash it was published with')
        definitions.set(name, data.definition)
        hashes.set(name, data.hash)
        return true
      },
    ],
    [
      /^settings\.json$/,
      (file, data) => {
        if (!SettingsFile.Check(data)) return false
        for (const set of data.calendarSets) {
          const { hash, timeZone, calendars: named } = set
          if (calendarSet(named, timeZone).hash !== hash)
            found.add(`library/${file}`, `the calendars ${hash} do not have this hash`)
          calendars.set(hash, set)
        }
        return true
      },
    ],
    [/^scenarios\/([^/]+)\.json$/, (_file, data) => ScenarioFile.Check(data)],
    [/^people\.json$/, (_file, data) => PeopleFile.Check(data)],
    [/^sessions\.json$/, (_file, data) => SessionsFile.Check(data)],
    [/^clock\.json$/, (_file, data) => ClockFile.Check(data)],
  ]

  // Versions after the processes that list them: one that is published meanwhile is in neither, or in the files alone.
  for (const file of (await filesIn(folder)).sort()) {
    const reader = readers.find(([name]) => name.test(file))?.[1]
    found.count('library files')
    if (reader === undefined) found.add(`library/${file}`, 'is no file of a library')
    else if (!reader(file, await json(join(folder, file))))
      found.add(`library/${file}`, 'is not what it must be by its schema')
  }
  for (const [process, versions] of listed)
    versions.forEach((hash, at) => {
      found.count('versions')
      const name = `versions/${process}/${at + 1}.json`
      const is = hashes.get(name)
      if (is === undefined) found.add(`library/${name}`, 'is missing')
      else if (is !== hash) found.add(`library/${name}`, 'has another hash than its process lists')
    })

  return {
    version: (process, version) => {
      const definition = definitions.get(`versions/${process}/${version}.json`)
      return definition && compiled(definition)
    },
    calendars: (hash) => calendars.get(hash),
  }
}

/** Without those that begin with a dot: writes that were broken off. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}

async function json(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
