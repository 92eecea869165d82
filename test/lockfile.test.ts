/**
 * The lockfile is whole, so that `npm ci` works on every platform.
 *
 * npm leaves out an optional package that it could not reach when the lockfile was written; `npm ci` then refuses the
 * lockfile everywhere.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Locked = { optionalDependencies?: Record<string, string>; dependencies?: Record<string, string> }
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isWords = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every((word) => typeof word === 'string')

function lockedPackages(): Map<string, Locked> {
  const lock: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'))
  if (!isRecord(lock) || !isRecord(lock.packages)) throw new Error('no lockfile')
  return new Map(
    Object.entries(lock.packages).map(([place, entry]) => {
      const { optionalDependencies, dependencies } = isRecord(entry) ? entry : {}
      return [
        place,
        {
          ...(isWords(optionalDependencies) ? { optionalDependencies } : {}),
          ...(isWords(dependencies) ? { dependencies } : {}),
        },
      ]
    }),
  )
}

/** Where Node would look for a package, from a place outwards. */
function* placesOf(name: string, from: string): Generator<string> {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
    yield `${place === '' ? '' : `${place}/`}node_modules/${name}`
    if (place === '') return
  }
}

test('every package that another one needs is in the lockfile, also those of other platforms', () => {
  const packages = lockedPackages()
  expect(packages.size).toBeGreaterThan(100)
  const missing = [...packages].flatMap(([place, { dependencies = {}, optionalDependencies = {} }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => ![...placesOf(name, place)].some((candidate) => packages.has(candidate)))
      .map((name) => `${place} needs ${name}`),
  )
  expect(missing).toEqual([])
})
