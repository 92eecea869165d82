/**
 * A job's armed timers as rows.
 *
 * Promises: after `put` exactly those given are there.
 * Must not: begin or end a transaction (`group-commit.ts` does), or know when a timer is due.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Timer } from '../../../machines/advance/job.ts'
import { integer, text } from './rows.ts'

export class JobTimers {
  readonly #of: StatementSync
  readonly #insert: StatementSync
  readonly #delete: StatementSync

  constructor(db: DatabaseSync) {
    this.#of = db.prepare('SELECT rowid AS at, token, timer FROM timers WHERE job = ?')
    this.#insert = db.prepare('INSERT INTO timers (token, job, due_at, timer) VALUES (?, ?, ?, ?)')
    this.#delete = db.prepare('DELETE FROM timers WHERE rowid = ?')
  }

  /** @param job its row */
  put(job: number, timers: readonly Timer[]): void {
    const armed = new Map(timers.map((timer) => [timer.token, JSON.stringify(timer)]))
    for (const row of this.#of.all(job)) {
      const token = text(row, 'token')
      if (armed.get(token) === text(row, 'timer')) armed.delete(token)
      else this.#delete.run(integer(row, 'at'))
    }
    // One that moves is put at the end, where those of other jobs at work are: they share pages there.
    for (const { token, dueAt } of timers) {
      const json = armed.get(token)
      if (json !== undefined) this.#insert.run(token, job, dueAt, json)
    }
  }
}
