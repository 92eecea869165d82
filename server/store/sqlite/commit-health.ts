/**
 * What is done when a commit fails for want of a disk: nothing more is committed until a write of our own went through.
 *
 * Why not simply try the next commit: after a failed sync the system may forget what it could not write, and call the
 * next sync a success.
 * Must not: keep the process alive by its tries.
 */
import {
  type CommitFigures,
  StorageFailing,
  type StorageHealth,
  type StorageTrouble,
  storageTrouble,
} from '../health-port.ts'

const TRY_MS = 1000
type Listener = Parameters<StorageHealth['onTrouble']>[0]
type Counting = Parameters<StorageHealth['onCommit']>[0]

export class CommitHealth implements StorageHealth {
  readonly #tryWrite: () => void
  readonly #listeners = new Set<Listener>()
  readonly #counting = new Set<Counting>()
  #trouble: StorageTrouble | undefined
  #next: NodeJS.Timeout | undefined

  /** @param tryWrite commits something that changes nothing, or throws */
  constructor(tryWrite: () => void) {
    this.#tryWrite = tryWrite
  }

  get trouble(): StorageTrouble | undefined {
    return this.#trouble
  }

  onTrouble(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onCommit(listener: Counting): () => void {
    this.#counting.add(listener)
    return () => this.#counting.delete(listener)
  }

  /** To be called once a group is on disk. */
  committed(figures: CommitFigures): void {
    for (const listener of this.#counting) listener(figures)
  }

  /** Takes note of an error. Returns what whoever asked for the write is to be told. */
  failed(error: unknown): unknown {
    const trouble = storageTrouble(error)
    if (trouble === undefined) return error
    this.#turn(trouble, error)
    this.#next ??= setTimeout(() => this.#again(), TRY_MS).unref()
    return new StorageFailing(trouble, { cause: error })
  }

  close(): void {
    clearTimeout(this.#next)
  }

  #again(): void {
    this.#next = undefined
    try {
      this.#tryWrite()
      this.#turn(undefined)
    } catch (error) {
      this.#turn(storageTrouble(error) ?? this.#trouble, error)
      this.#next = setTimeout(() => this.#again(), TRY_MS).unref()
    }
  }

  #turn(trouble: StorageTrouble | undefined, cause?: unknown): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    for (const listener of this.#listeners) listener(trouble, cause)
  }
}
