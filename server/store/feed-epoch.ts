/**
 * The epoch of a data folder's history: by it a reader of the change feed tells that the folder was put back and has gone on
 * otherwise than he knows.
 *
 * Promises: drawn at the first start and kept; a folder that was put back has none, since no backup holds it, and so draws
 * another. A file that cannot be read is as none: who reads anew for nothing loses nothing.
 * Must not: be copied by a backup.
 */
import { join } from 'node:path'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { DurableJson } from './library/durable-json.ts'
import { LibraryCorrupt } from './library-port.ts'

const FILE = 'feed.json'
/** In ids of events, before a dot. */
const EPOCH = Compile(Type.Object({ epoch: Type.String({ pattern: '^[0-9a-f]{12}$' }) }))

/** Of a folder that this server has locked. @param newId at least twelve hex digits, by chance */
export async function openFeedEpoch(folder: string, newId: () => string): Promise<string> {
  const file = new DurableJson(join(folder, FILE))
  const kept = await file.read().catch((error: unknown) => {
    if (error instanceof LibraryCorrupt) return null
    throw error
  })
  if (EPOCH.Check(kept)) return kept.epoch
  const epoch = newEpoch(newId)
  await file.write({ epoch })
  return epoch
}

const newEpoch = (newId: () => string): string => newId().replaceAll('-', '').slice(0, 12)
