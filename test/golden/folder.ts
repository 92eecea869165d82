/**
 * A data folder as one text, so that folders of older releases can be kept and opened again.
 *
 * Promises: what is unpacked is byte for byte what was packed; texts stay readable.
 * Must not: pack a folder in use.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'

const Packed = Type.Object({
  /** By path. */
  texts: Type.Record(Type.String(), Type.String()),
  /** By path, gzip in base64. */
  bytes: Type.Record(Type.String(), Type.String()),
})
type Packed = Static<typeof Packed>

/** What of a folder says nothing about its data. */
const isPassing = (path: string): boolean => /^server\.(lock|pid)$|-(wal|shm)$|^drawings\//.test(path)

/** A folder that no server has open. */
export async function pack(folder: string): Promise<Packed> {
  const packed: Packed = { texts: {}, bytes: {} }
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  for (const file of files.sort()) {
    const path = relative(folder, file).replaceAll('\\', '/')
    if (isPassing(path)) continue
    if (path.endsWith('.json')) packed.texts[path] = await readFile(file, 'utf8')
    else packed.bytes[path] = gzipSync(await readFile(file), { level: 9 }).toString('base64')
  }
  return packed
}

/** @param text of a packed folder */
export async function unpack(text: string, folder: string): Promise<void> {
  const { texts, bytes } = Value.Parse(Packed, JSON.parse(text))
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  for (const [path, content] of Object.entries(texts)) await put(path, content)
  for (const [path, content] of Object.entries(bytes))
    await put(path, gunzipSync(Buffer.from(content, 'base64')))
}
