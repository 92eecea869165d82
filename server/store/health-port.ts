/**
 * Whether anything can be written at all: a full disk, a disk that refuses.
 *
 * Promises asked of an adapter: once a write failed for such a reason nothing is acknowledged until a write of its own
 * went through; reading goes on; it tries by itself, again and again.
 * Must not: know who asked for the write.
 */

/** Also the code of the problem that people read. */
export type StorageTrouble = 'disk-full' | 'disk-failing'

/** Nothing was written. `cause` where this write was the one that failed, rather than not tried. */
export class StorageFailing extends Error {
  readonly trouble: StorageTrouble
  constructor(trouble: StorageTrouble, options?: ErrorOptions) {
    super(trouble === 'disk-full' ? 'the disk is full' : 'the disk refuses to write', options)
    this.name = 'StorageFailing'
    this.trouble = trouble
  }
}

export interface StorageHealth {
  /** Why nothing can be written now; undefined where all is well. */
  readonly trouble: StorageTrouble | undefined
  /** Tells of each trouble with what caused it, and of its end. Returns how to stop listening. */
  onTrouble(listener: (trouble: StorageTrouble | undefined, cause?: unknown) => void): () => void
  /** Tells of each commit. Returns how to stop listening. */
  onCommit(listener: (commit: CommitFigures) => void): () => void
}

/** How many writes one commit held, what it took in milliseconds, and how much of that its sync. */
export type CommitFigures = { writes: number; ms: number; syncMs: number }

/** Of a store that has no disk. */
export const NEVER_ILL: StorageHealth = {
  trouble: undefined,
  onTrouble: () => () => {},
  onCommit: () => () => {},
}

const BY_ERRNO: Readonly<Record<string, StorageTrouble>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EIO: 'disk-failing',
  EROFS: 'disk-failing',
}
/** SQLite's primary result codes: READONLY, IOERR, FULL, CANTOPEN. */
const BY_SQLITE: Readonly<Record<number, StorageTrouble>> = {
  8: 'disk-failing',
  10: 'disk-failing',
  13: 'disk-full',
  14: 'disk-failing',
}

/** Of an error of the store, of SQLite or of the file system; undefined where it says nothing about the disk. */
export function storageTrouble(error: unknown): StorageTrouble | undefined {
  if (error instanceof StorageFailing) return error.trouble
  if (!(error instanceof Error)) return undefined
  // The primary code is the lowest byte of an extended one.
  if ('errcode' in error && typeof error.errcode === 'number') return BY_SQLITE[error.errcode & 0xff]
  return 'code' in error && typeof error.code === 'string' ? BY_ERRNO[error.code] : undefined
}
