/**
 * A folder made with those it lies in, where somebody named a place of his own choice.
 *
 * Why not `recursive`: where the system denies that the folder above is there (`/proc/x`), Node tries for ever.
 */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Private to whoever runs the server. Nothing happens where it is there. Errors: those of the system. */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = []
  let above = resolve(folder)
  while (!(await isThere(above)) && dirname(above) !== above) {
    missing.unshift(above)
    above = dirname(above)
  }
  for (const each of missing) await makeOne(each)
}

/** Another server may begin on the same folder. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (!(await isThere(folder))) throw error
  }
}

const isThere = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
