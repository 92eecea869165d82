/**
 * The active jobs of a process by state, those due first on top.
 *
 * Promises: without a filter the totals are the store's kept sums; of each state only the top is read.
 * Must not: know which states a version has, or in what order; the page has the definition.
 */
import type { Board } from '../../machines/wire/desk.ts'
import { sightOf } from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { JobFilter, JobStore } from '../store/port.ts'
import { jobRows } from './job-rows.ts'
import { maskRows } from './masked-jobs.ts'

type BoardFilter = Pick<
  JobFilter,
  'assignee' | 'region' | 'customer' | 'overdue' | 'suspended' | 'text' | 'within'
>
export type BoardPort = {
  /** At most `limit` jobs of a state. Problems: process-not-found. */
  board(
    process: string,
    filter: BoardFilter,
    limit: number,
    asker: Pick<Asker, 'roles' | 'limits'>,
  ): Promise<Board>
}

type BoardDeps = { store: JobStore; library: Library }

export function createBoard({ store, library }: BoardDeps): BoardPort {
  return {
    board: async (process, filter, limit, asker) => {
      if ((await library.latest(process)) === undefined) throw problem('process-not-found')
      const sight = sightOf(asker)
      const sums = await store.countByState(process)
      const columns = await Promise.all(
        Object.keys(sums).map(async (path) => {
          const within = { ...filter, process, status: 'active', state: path } as const
          const { total, overdue } = await store.count(within)
          if (total === 0) return []
          const page = await store.list({ ...within, sort: 'dueAt', limit })
          const next = page.next === undefined ? {} : { next: page.next }
          const jobs = await maskRows(library, await jobRows(library, page), sight)
          return [{ path, total, overdue, jobs, ...next }]
        }),
      )
      return { process, columns: columns.flat() }
    },
  }
}
