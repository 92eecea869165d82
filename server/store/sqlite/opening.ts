/**
 * What a person is told where a database cannot be opened.
 *
 * Promises: an error of SQLite's own comes out with the file's name and what can be done; any other as it was.
 * Must not: repair.
 */
const CORRUPT = 11
const NOT_A_DATABASE = 26
const CANNOT_OPEN = 14
const READ_ONLY = 8

const DAMAGED = 'the database is damaged. Put the folder back from a backup (npm run restore)'
const BARRED = 'cannot be opened and written by the user who runs the server'
const ADVICE = new Map([
  [CORRUPT, DAMAGED],
  [NOT_A_DATABASE, DAMAGED],
  [CANNOT_OPEN, BARRED],
  [READ_ONLY, BARRED],
])

/** @throws Error that names `file`, where opening it fails in SQLite */
export function opening<T>(file: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw named(file, error)
  }
}

/** The error with the file's name, where it is SQLite's; it names none itself. */
export function named(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error
  const advice = ADVICE.get(error.errcode & 0xff)
  const said = advice === undefined ? error.message : `${advice} (${error.message})`
  return new Error(`${file}: ${said}`, { cause: error })
}
