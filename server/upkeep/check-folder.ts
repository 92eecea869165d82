/**
 * A whole data folder, checked: library, jobs, evidence, audit.
 *
 * Promises: nothing is written. In a folder in use the jobs are read first and the library after them, so that nothing
 * that a job names can be newer than the look at it.
 * Must not: print, or end the process (`scripts/check.ts` does).
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkAudit, type KnownHead } from './check-audit.ts'
import { checkJobs, lookInto } from './check-jobs.ts'
import { checkLibrary } from './check-library.ts'
import { Found } from './found.ts'

/**
 * @param head of the audit, as it was once written down elsewhere
 * @throws Error where the folder is no data folder
 */
export async function checkFolder(folder: string, head?: KnownHead): Promise<Found> {
  const found = new Found()
  await requireFolder(folder)
  const named = await lookInto(join(folder, 'jobs.sqlite'), async (db) => {
    // The view of the jobs begins with the first read, and must be older than the library that they are replayed with.
    db.prepare('SELECT count(*) FROM jobs').get()
    const shelves = await checkLibrary(join(folder, 'library'), found)
    return checkJobs(db, shelves, found)
  })
  await checkEvidence(join(folder, 'evidence'), named, found)
  await checkAudit(join(folder, 'audit.sqlite'), head, found)
  return found
}

async function requireFolder(folder: string): Promise<void> {
  for (const name of ['jobs.sqlite', 'library'])
    if ((await stat(join(folder, name)).catch(() => undefined)) === undefined)
      throw new Error(`${folder} is no data folder: it has no ${name}`)
}

/** Every file has the hash that it is called by, and every file that a job names is there. */
async function checkEvidence(
  folder: string,
  named: ReadonlyMap<string, string>,
  found: Found,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const missing = new Map(named)
  for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
    const file = join(parentPath, name)
    const place = file.slice(folder.length + 1)
    // Uploads under way, and marks of those that no job names yet.
    if (place.startsWith('incoming') || place.startsWith('loose')) continue
    found.count('evidence files')
    missing.delete(name)
    if (place !== join(name.slice(0, 2), name.slice(2, 4), name))
      found.add(`evidence/${place}`, 'lies in no place of evidence')
    else if ((await sha256(file)) !== name)
      found.add(`evidence/${place}`, 'does not have the content it was taken in with')
  }
  for (const [file, job] of missing) found.add(`job ${job}`, `its evidence ${file} is missing`)
}

/** Of a file's content, in hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
