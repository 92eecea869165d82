/**
 * Files that show what was done - photos, signatures, papers - kept by the hash of their content.
 *
 * Promises: a file is whole and on the disk before its hash is given out; the same file is kept once; what is not
 * one of the known kinds by its content is refused, whatever it is called; so is a picture that would fill the memory
 * of whoever opens it. Files leave room on the disk for the jobs.
 * Must not: trust a name or a media type that a client sent; keep either.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Evidence } from '../../machines/advance/job.ts'
import type { Ids } from '../ids.ts'
import { Turns } from '../jobs/turns.ts'
import { problem, wrongAt } from '../problem-details.ts'
import { LooseFiles } from './loose-files.ts'
import { pictureSize } from './picture-size.ts'

/** 10 MiB. */
export const MOST_BYTES = 10 * 1024 * 1024
/** As much of a file as its kind is told by. */
const HEAD_BYTES = 4100
/** As much as its size stands in: cameras put a small picture and their notes before it. */
const PICTURE_HEAD_BYTES = 1024 * 1024
/** Twice what telephones take; opened it is 400 MB. */
const MOST_PIXELS = 100_000_000

/** `file-type` tells HEIC pictures apart further than people do. */
const KINDS: Readonly<Record<string, string>> = {
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/webp': 'image/webp',
  'image/heic': 'image/heic',
  'image/heif': 'image/heic',
  'application/pdf': 'application/pdf',
}
/** Browsers show these as they are; anything else is saved. */
export const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp'])
const EVIDENCE_TYPES = [...new Set(Object.values(KINDS))]

export type StoredFile = { sha256: string; size: number; type: string }
export type EvidenceStore = {
  /** Takes a file in; it is loose until it is `named`. Problems: too-large, media-type, body-invalid (empty), disk-low. */
  receive(content: Readable): Promise<StoredFile>
  /** `undefined`: never uploaded. */
  find(sha256: string): Promise<StoredFile | undefined>
  /** As `find`, by somebody who means to name it. */
  hold(sha256: string): Promise<StoredFile | undefined>
  /** A job names it now. */
  named(sha256: string): Promise<void>
  /**
   * Takes away the loose files of before `before` (epoch ms, real time). Returns how many.
   * @param namedOf tells which of some files a job names after all
   */
  sweep(before: number, namedOf: (files: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>
  read(sha256: string): Readable
  /** For good. Nothing happens where there is none. */
  remove(sha256: string): Promise<void>
}

/** Bytes that files leave free on the disk; and how many are. */
export type Room = { keepFree: number; free(): Promise<number> }

/** Of the disk under a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/**
 * Files under `folder`, as `ab/cd/abcd…`. What uploads a crash left half-done is cleared away.
 * Errors: those of the disk.
 */
export async function openEvidenceStore(folder: string, ids: Ids, room?: Room): Promise<EvidenceStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true })

  const loose = await LooseFiles.open(folder)
  // A file is not taken away while it comes in once more.
  const turns = new Turns()

  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  async function find(sha256: string): Promise<StoredFile | undefined> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
    const file = await open(place(sha256)).catch(() => undefined)
    if (file === undefined) return undefined
    try {
      const { size } = await file.stat()
      const head = Buffer.alloc(Math.min(size, HEAD_BYTES))
      await file.read(head, 0, head.length, 0)
      return { sha256, size, type: (await kindOf(head)) ?? 'application/octet-stream' }
    } finally {
      await file.close()
    }
  }

  /** Moves the file to its place and syncs the folders, so that the name survives a power cut too. */
  async function settle(from: string, sha256: string): Promise<void> {
    const to = place(sha256)
    if ((await stat(to).catch(() => undefined)) !== undefined) return loose.again(sha256)
    await loose.mark(sha256)
    await mkdir(dirname(to), { recursive: true })
    await rename(from, to)
    for (const each of [dirname(to), dirname(dirname(to)), folder]) await syncFolder(each)
  }
  async function remove(sha256: string): Promise<void> {
    if ((await find(sha256)) === undefined) return
    await rm(place(sha256), { force: true })
    await syncFolder(dirname(place(sha256)))
  }

  return {
    receive: async (content) => {
      if (room !== undefined && (await room.free()) < room.keepFree + MOST_BYTES) throw problem('disk-low')
      const temporary = join(incoming, ids.id())
      try {
        const written = await write(content, temporary)
        const type = await kindOf(written.head)
        if (type === undefined) throw problem('media-type', { accepted: EVIDENCE_TYPES })
        await requireOpenable(temporary, type)
        await turns.take(written.sha256, () => settle(temporary, written.sha256))
        return { sha256: written.sha256, size: written.size, type }
      } finally {
        await rm(temporary, { force: true })
      }
    },
    find,
    read: (sha256) => createReadStream(place(sha256)),
    remove,
    hold: (sha256) =>
      turns.take(sha256, async () => {
        const found = await find(sha256)
        if (found !== undefined) await loose.again(sha256)
        return found
      }),
    named: (sha256) => loose.unmark(sha256),
    sweep: async (before, namedOf) => {
      const old = await loose.older(before)
      if (old.length === 0) return 0
      const named = await namedOf(old)
      let removed = 0
      for (const sha256 of old)
        await turns.take(sha256, async () => {
          if (!(await loose.isOlder(sha256, before))) return
          if (!named.has(sha256)) {
            await remove(sha256)
            removed += 1
          }
          await loose.unmark(sha256)
        })
      return removed
    },
  }
}

/** Writes and syncs; stops at the limit, so that nobody fills the disk. */
async function write(content: Readable, path: string) {
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  let size = 0
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of content) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > MOST_BYTES) throw problem('too-large', { limit: MOST_BYTES })
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes.subarray(0, HEAD_BYTES - head.length)])
      hash.update(bytes)
      await file.write(bytes)
    }
    if (size === 0) throw problem('body-invalid', { errors: [wrongAt('/file', 'is empty', '内容为空')] })
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size, head }
}

/** The parsers read what strangers made: whatever they throw, the file is of no known kind. */
async function kindOf(head: Uint8Array): Promise<string | undefined> {
  // Not part of a start.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  return found === undefined ? undefined : KINDS[found.mime]
}

/** Papers and HEIC are saved, not shown, by browsers. Problems: media-type, too-large. */
async function requireOpenable(path: string, type: string): Promise<void> {
  if (!SHOWN.has(type)) return
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(size, PICTURE_HEAD_BYTES))
    await file.read(head, 0, head.length, 0)
    const picture = pictureSize(type, head)
    if (picture === undefined) throw problem('media-type', { accepted: EVIDENCE_TYPES })
    if (picture.width * picture.height > MOST_PIXELS)
      throw problem('too-large', { limit: MOST_PIXELS, detail: TOO_MANY_PIXELS })
  } finally {
    await file.close()
  }
}
const TOO_MANY_PIXELS = {
  en: 'The picture has more than 100 megapixels.',
  zh: '图片超过 1 亿像素。',
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Evidence that names a file must name one that was uploaded. Problems: body-invalid. */
export async function requireFile(store: EvidenceStore, evidence: Evidence | undefined): Promise<void> {
  if (evidence?.file === undefined || (await store.hold(evidence.file)) !== undefined) return
  throw problem('body-invalid', {
    errors: [
      wrongAt(
        '/evidence/file',
        'names no uploaded file; upload it to the job first',
        '所指的文件未上传，请先上传到该工单',
      ),
    ],
  })
}
