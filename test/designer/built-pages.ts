/**
 * The pages, built once for all test files that show them.
 *
 * Promises: what is served was built from the present source; several test files that start at once build once.
 * Must not: serve a build that was cut off: a folder gets its name when it is whole.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '..', '..')
const CACHE = join(ROOT, 'node_modules', '.cache', 'fieldchart-pages')
const KEPT = 4
/** Longer than any test file takes: one that began with these pages shows them to its end. */
const SHOWN_MS = 15 * 60_000
/** A build takes seconds; a lock as old as this was left by one that was killed. */
const STALE_MS = 120_000

/** The folder of the built pages. Leave it be when done: another test file may be showing it. */
export async function builtPages(): Promise<string> {
  await mkdir(CACHE, { recursive: true })
  const folder = join(CACHE, await sourceHash())
  const lock = `${folder}.lock`
  while (!existsSync(folder)) {
    if (await taken(lock)) await wait(300)
    else
      try {
        await buildInto(folder)
      } finally {
        await rm(lock, { recursive: true, force: true })
      }
  }
  return folder
}

/** False: the lock is ours now. */
async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock)
    return false
  } catch {
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - since > STALE_MS) await rm(lock, { recursive: true, force: true })
    return true
  }
}

async function buildInto(folder: string): Promise<void> {
  await forgetOld()
  const made = await mkdtemp(join(CACHE, 'making-'))
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: join(ROOT, 'designer'),
    logLevel: 'error',
    build: { outDir: made, emptyOutDir: true },
  })
  await rename(made, folder)
}

async function forgetOld(): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => !name.endsWith('.lock'))
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(CACHE, name))).mtimeMs })),
  )
  const old = dated
    .toSorted((a, b) => b.at - a.at)
    .slice(KEPT)
    .filter(({ at }) => Date.now() - at > SHOWN_MS)
  for (const { name } of old) await rm(join(CACHE, name), { recursive: true, force: true })
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const part of ['designer', 'machines', 'vite.config.ts', 'package-lock.json'])
    for (const file of await filesOf(join(ROOT, part)))
      hash
        .update(file)
        .update('\0')
        .update(await readFile(file))
        .update('\0')
  return hash.digest('hex').slice(0, 24)
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
