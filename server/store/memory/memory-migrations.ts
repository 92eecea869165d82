/**
 * Migrations in memory: the part of the memory store that keeps runs and what came of each job.
 *
 * Must not: be used on its own; outcomes come by the store's commits.
 */
import { isSample } from '../../../machines/advance/sample.ts'
import type { MigrationRun, MigrationStore, MoveCount, MoveQuery, MoveResult } from '../migration-port.ts'
import { erasedRun } from '../privacy-port.ts'

const parseRun = (json: string): MigrationRun => JSON.parse(json)
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export class MemoryMigrations {
  /** As JSON, newest last. */
  readonly #runs = new Map<string, string>()
  readonly #results = new Map<string, Map<string, MoveResult>>()

  put(results: readonly MoveResult[]): void {
    for (const result of results) this.#results.get(result.run)?.set(result.job, result)
  }

  save: MigrationStore['saveMigration'] = async (run) => {
    this.#runs.set(run.id, JSON.stringify(run))
    if (!this.#results.has(run.id)) this.#results.set(run.id, new Map())
  }

  find: MigrationStore['migration'] = async (id) => {
    const json = this.#runs.get(id)
    return json === undefined ? undefined : parseRun(json)
  }

  list: MigrationStore['migrations'] = async (process) =>
    [...this.#runs.values()]
      .map(parseRun)
      .filter((run) => process === undefined || run.process === process)
      .reverse()

  async results({ run, after = '', limit, outcome, state }: MoveQuery): Promise<MoveResult[]> {
    const inState = (path: string) => path === state || path.startsWith(`${state}.`)
    return [...(this.#results.get(run)?.values() ?? [])]
      .filter((result) => result.job > after && (outcome === undefined || result.outcome === outcome))
      .filter(({ from }) => state === undefined || from.some(inState))
      .sort((a, b) => order(a.job, b.job))
      .slice(0, limit)
      .map((result) => structuredClone(result))
  }

  async counts(run: string): Promise<MoveCount[]> {
    const counts = new Map<string, MoveCount>()
    for (const { outcome, from } of this.#results.get(run)?.values() ?? []) {
      const key = JSON.stringify([outcome, from])
      const count = counts.get(key) ?? { outcome, from: [...from], n: 0 }
      count.n += 1
      counts.set(key, count)
    }
    return [...counts.values()]
  }

  forgetNotes(job: string): void {
    for (const results of this.#results.values()) {
      const result = results.get(job)
      if (result !== undefined) results.set(job, { ...result, notes: [] })
    }
  }

  erase(customers: ReadonlySet<string>, standIn: string): void {
    for (const [id, json] of this.#runs) {
      const run = erasedRun(parseRun(json), customers, standIn)
      if (run !== undefined) this.#runs.set(id, JSON.stringify(run))
    }
  }

  removeSample(): void {
    for (const results of this.#results.values())
      for (const job of results.keys()) if (isSample(job)) results.delete(job)
  }

  forget: MigrationStore['forgetMigration'] = async (id) => {
    this.#runs.delete(id)
    this.#results.delete(id)
  }
}
