/**
 * How many jobs stand where: kept up with every change, so that a list of 100,000 is not counted through to be shown.
 *
 * Promises: a job counts once under each state that it is in, also under those around, and once under `EVERYWHERE`; the
 * counts follow the job in the transaction of its change, and one that alters nothing counted writes nothing.
 * Must not: begin or end a transaction (`group-commit.ts` does).
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { withOuter } from '../life-rules.ts'
import type { JobIndex } from '../port.ts'

/** What is counted of a job before or after a change. */
type Standing = {
  process: string
  version: number
  status: string
  index: Pick<JobIndex, 'active' | 'overdue' | 'suspended' | 'region'>
}

/** No state is called so. */
export const EVERYWHERE = ''
const KEY =
  'path = ? AND process = ? AND version = ? AND status = ? AND overdue = ? AND suspended = ? AND region = ?'

export class StandingCounts {
  readonly #up: StatementSync
  readonly #first: StatementSync

  constructor(db: DatabaseSync) {
    this.#up = db.prepare(`UPDATE standing_counts SET n = n + ? WHERE ${KEY}`)
    this.#first = db.prepare('INSERT INTO standing_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  }

  put(before: Standing | undefined, after: Standing): void {
    const same = before !== undefined && alike(before, after)
    if (same && before.index.active.join() === after.index.active.join()) return
    const was = before === undefined ? new Set<string>() : pathsOf(before)
    const is = pathsOf(after)
    if (before !== undefined)
      for (const path of was) if (!same || !is.has(path)) this.#count(before, path, -1)
    for (const path of is) if (!same || !was.has(path)) this.#count(after, path, 1)
  }

  #count({ process, version, status, index }: Standing, path: string, by: 1 | -1): void {
    const rest = [index.overdue ? 1 : 0, index.suspended === true ? 1 : 0, index.region ?? ''] as const
    const { changes } = this.#up.run(by, path, process, version, status, ...rest)
    if (changes === 0) this.#first.run(path, process, version, status, ...rest, by)
  }
}

const pathsOf = ({ index }: Standing): Set<string> => withOuter(index.active).add(EVERYWHERE)

const alike = (a: Standing, b: Standing): boolean =>
  a.process === b.process &&
  a.version === b.version &&
  a.status === b.status &&
  a.index.overdue === b.index.overdue &&
  a.index.suspended === b.index.suspended &&
  a.index.region === b.index.region
