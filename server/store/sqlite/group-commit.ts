/**
 * Many writers, one sync: writes that wait are put into one transaction, because the sync at its end costs the
 * same for one as for a hundred.
 *
 * Promises: a write's promise resolves after the transaction that holds it is on disk (E1), in the order the
 * writes were asked for; a write that throws takes back only what it did itself, and the others go on. Once the disk
 * failed, writes are refused until it is well (`commit-health.ts`).
 * Must not: know what is written. A write must be synchronous, must not begin or end transactions, and must bear to be
 * taken back and run once more: where one of a group throws, all are written again, each with a savepoint of its own.
 */
import type { DatabaseSync } from 'node:sqlite'
import { StorageFailing } from '../health-port.ts'
import { CommitHealth } from './commit-health.ts'

/** So that a flood cannot keep the first writers waiting for the last. */
const GROUP = 256

type Waiting = { write(): void; resolve(): void; reject(error: unknown): void }
type Outcome = { waiting: Waiting; error?: unknown }

export class GroupCommit {
  readonly #db: DatabaseSync
  readonly #savepoint
  readonly #release
  readonly #back
  readonly health: CommitHealth
  #queue: Waiting[] = []
  #scheduled = false
  #closed = false

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#savepoint = db.prepare('SAVEPOINT one')
    this.#release = db.prepare('RELEASE one')
    this.#back = db.prepare('ROLLBACK TO one')
    this.health = new CommitHealth(() => this.#tryWrite())
  }

  /** Resolves to what `write` returned, once it is durable; rejects with what it threw, or why no commit was possible. */
  run<T>(write: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'))
    return new Promise<T>((resolve, reject) => {
      let result: { value: T } | undefined
      this.#queue.push({
        write: () => {
          result = { value: write() }
        },
        resolve: () => (result ? resolve(result.value) : reject(new Error('nothing was written'))),
        reject,
      })
      this.#schedule()
    })
  }

  /** Writes what waits, then takes no more. */
  close(): void {
    this.#closed = true
    while (this.#queue.length > 0) this.#flush()
    this.health.close()
  }

  /** After the sockets of this turn were read: whatever they asked for shares a sync. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#flush()
      if (this.#queue.length > 0) this.#schedule()
    })
  }

  #flush(): void {
    const group = this.#queue.splice(0, GROUP)
    if (group.length === 0) return
    const { trouble } = this.health
    if (trouble !== undefined) {
      reject(group, new StorageFailing(trouble))
      return
    }
    const begun = performance.now()
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      const outcomes = this.#together(group) ?? group.map((waiting) => this.#apart(waiting))
      const written = performance.now()
      this.#db.exec('COMMIT')
      const now = performance.now()
      this.health.committed({ writes: group.length, ms: now - begun, syncMs: now - written })
      for (const { waiting, ...outcome } of outcomes) {
        if ('error' in outcome) waiting.reject(this.health.failed(outcome.error))
        else waiting.resolve()
      }
    } catch (error) {
      // Nothing of the group is on disk, whoever caused it: a full disk, say.
      reject(group, this.health.failed(error))
      this.#rollback()
    }
  }

  /** The schema's number as it is: a page written and synced like any other. */
  #tryWrite(): void {
    this.#rollback()
    const { user_version: version } = this.#db.prepare('PRAGMA user_version').get() ?? {}
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      this.#db.exec(`PRAGMA user_version = ${Number(version)}`)
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#rollback()
      throw error
    }
  }

  #rollback(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
    } catch {
      // It is tried again before the next write; what was not committed is nowhere.
    }
  }

  /**
   * Without savepoints: for each, SQLite would copy every page before it is written to. Returns nothing, and leaves nothing
   * written, where one of the group threw.
   * @throws where SQLite has given up the whole transaction
   */
  #together(group: readonly Waiting[]): Outcome[] | undefined {
    try {
      return group.map((waiting) => {
        waiting.write()
        return { waiting }
      })
    } catch (error) {
      if (!this.#db.isTransaction) throw error
      this.#db.exec('ROLLBACK')
      this.#db.exec('BEGIN IMMEDIATE')
      return undefined
    }
  }

  /** @throws where SQLite has given up the whole transaction */
  #apart(waiting: Waiting): Outcome {
    this.#savepoint.run()
    try {
      waiting.write()
      this.#release.run()
      return { waiting }
    } catch (error) {
      if (!this.#db.isTransaction) throw error
      this.#back.run()
      this.#release.run()
      return { waiting, error }
    }
  }
}

function reject(group: readonly Waiting[], error: unknown): void {
  for (const waiting of group) waiting.reject(error)
}
