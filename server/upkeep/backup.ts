/**
 * A data folder copied while its server runs, and put back.
 *
 * Promises: a backup is whole or not there: it is made under the name `….partial`, synced, and named last. Jobs are copied
 * before the library and the library before the evidence, so that no job names a version or a file that the copy lacks.
 * All that was acknowledged before it began is in it. `manifest.json` has the SHA-256 of every file. What is put back is
 * what the manifest says, or nothing is. The epoch of the change feed is in no backup (`store/feed-epoch.ts`): a folder that was
 * put back goes on as another history.
 * Must not: write into the folder that is copied.
 */
import { cp, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { lockFolder } from '../store/lock.ts'
import { makeFolder } from '../store/make-folder.ts'
import { sha256 } from './check-folder.ts'
import { headOf, noteRestore } from './note-restore.ts'

const MANIFEST = 'manifest.json'
const Manifest = Type.Object({
  format: Type.Literal(1),
  at: Type.String(),
  /** By path, with `/`. */
  files: Type.Record(Type.String(), Type.Object({ sha256: Type.String(), size: Type.Integer() })),
})
type Manifest = Static<typeof Manifest>
const ManifestFile = Compile(Manifest)

/** Something that the person who asked can set right. */
export class BackupError extends Error {}

/**
 * @param at the present time, noted in the manifest
 * @throws BackupError where `to` is there already or there is nothing to copy
 */
export async function backUp(folder: string, to: string, at: string): Promise<Manifest> {
  if (await isThere(to)) throw new BackupError(`${to} is there already; name a folder that is not`)
  if (!(await isThere(join(folder, 'jobs.sqlite')))) throw new BackupError(`${folder} is no data folder`)
  const partial = `${resolve(to)}.partial`
  await rm(partial, { recursive: true, force: true })
  await makeFolder(partial)
  copyDatabase(join(folder, 'jobs.sqlite'), join(partial, 'jobs.sqlite'))
  // Versions after the processes that list them.
  for (const part of ['library/processes', 'library', 'evidence'])
    if (await isThere(join(folder, part)))
      await cp(join(folder, part), join(partial, part), { recursive: true, filter: isKept })
  // After the library: an entry whose change is not in the copy is a change that was about to be; the other way round is none.
  if (await isThere(join(folder, 'audit.sqlite')))
    copyDatabase(join(folder, 'audit.sqlite'), join(partial, 'audit.sqlite'))
  const manifest: Manifest = { format: 1, at, files: await describe(partial) }
  await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await syncAll(partial)
  await rename(partial, resolve(to))
  await sync(dirname(resolve(to)))
  return manifest
}

/** In one view of the database, however much is written meanwhile: the copy by pages would begin anew at every commit. */
function copyDatabase(from: string, to: string): void {
  const db = new DatabaseSync(from, { readOnly: true, timeout: 10_000 })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

/** Uploads under way and writes that are not finished are nobody's yet. */
const isKept = (path: string): boolean => {
  const [last = ''] = path.split(sep).slice(-1)
  return !last.startsWith('.') && !path.includes(`${sep}evidence${sep}incoming`)
}

/**
 * Puts a backup in place of a data folder, and says so in its audit.
 * @param at the present time
 * @param replace a folder that is not empty is kept beside it, by this name
 * @param judge looks at the folder before it takes its place; what it throws stops the restore
 * @throws BackupError, FolderLocked
 */
export async function restore(
  backup: string,
  folder: string,
  { at, replace, judge }: { at: string; replace?: string; judge(folder: string): Promise<void> },
): Promise<Manifest> {
  const manifest = await readManifest(backup)
  const partial = `${resolve(folder)}.partial`
  await rm(partial, { recursive: true, force: true })
  const standing = await namesIn(folder)
  if (standing.length > 0) {
    // Nobody starts a server on it as long as this looks.
    const lock = await lockFolder(folder, process.pid)
    lock.release()
    if (replace === undefined) throw new BackupError(`${folder} is not empty`)
  }
  await makeFolder(partial)
  for (const file of Object.keys(manifest.files)) {
    await mkdir(dirname(join(partial, file)), { recursive: true, mode: 0o700 })
    await cp(join(backup, file), join(partial, file))
  }
  await verify(partial, manifest)
  await judge(partial)
  await noteRestore(partial, { at, backup: manifest.at, replaced: await headOf(folder) })
  await syncAll(partial)
  if (standing.length > 0 && replace !== undefined) await rename(folder, replace)
  else await rm(folder, { recursive: true, force: true })
  await rename(partial, resolve(folder))
  await sync(dirname(resolve(folder)))
  return manifest
}

async function readManifest(backup: string): Promise<Manifest> {
  const content = await readFile(join(backup, MANIFEST), 'utf8').catch(() => {
    throw new BackupError(`${backup} is no backup: it has no ${MANIFEST}`)
  })
  const manifest: unknown = JSON.parse(content)
  if (!ManifestFile.Check(manifest))
    throw new BackupError(`${join(backup, MANIFEST)} is none of this release`)
  for (const file of Object.keys(manifest.files))
    if (!resolve(backup, file).startsWith(resolve(backup) + sep))
      throw new BackupError(`${join(backup, MANIFEST)} names ${file}, which is outside`)
  return manifest
}

async function verify(folder: string, { files }: Manifest): Promise<void> {
  for (const [file, { sha256: hash }] of Object.entries(files))
    if ((await sha256(join(folder, file))) !== hash)
      throw new BackupError(`${file} is not what was backed up`)
}

async function describe(folder: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = {}
  for (const file of (await filesIn(folder)).sort())
    files[file.slice(folder.length + 1).replaceAll(sep, '/')] = {
      sha256: await sha256(file),
      size: (await stat(file)).size,
    }
  return files
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined

async function syncAll(folder: string): Promise<void> {
  const folders = new Set<string>([folder])
  for (const file of await filesIn(folder)) {
    await sync(file)
    for (let above = dirname(file); above.startsWith(folder); above = dirname(above)) folders.add(above)
  }
  for (const each of folders) await sync(each)
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
