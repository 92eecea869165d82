/**
 * Jobs that are handed out, in memory.
 *
 * Must not: be quicker at the cost of another behaviour than `dispatch-port.ts` asks for.
 */
import { NO_DUE } from '../cursor.ts'
import type { DispatchStore, PlannedRow, WaitingQuery } from '../dispatch-port.ts'
import type { Within } from '../port.ts'
import { words } from '../search.ts'
import { isWithin } from '../within.ts'

type Kept = PlannedRow & { searched: string }

const placeOf = ({ process, index }: PlannedRow) => ({ process, region: index.region })
const timeOf = ({ index }: PlannedRow): string => index.plan?.at ?? NO_DUE
const earliestFirst = (a: PlannedRow, b: PlannedRow): number =>
  timeOf(a) === timeOf(b) ? (a.id < b.id ? -1 : 1) : timeOf(a) < timeOf(b) ? -1 : 1
const waits = ({ status, index }: PlannedRow): boolean =>
  status === 'active' && index.assignee === undefined && index.suspended !== true

export class MemoryDispatch implements DispatchStore {
  readonly #all: () => Iterable<Kept>

  /** @param all the jobs as they stand at the moment of asking */
  constructor(all: () => Iterable<Kept>) {
    this.#all = all
  }

  #planned(): Kept[] {
    return [...this.#all()].filter(({ index }) => index.plan !== undefined)
  }

  async waiting({ process, region, text = '', within, limit }: WaitingQuery) {
    const found = this.#planned()
      .filter(waits)
      .filter((row) => isWithin(within, placeOf(row)))
      .filter((row) => process === undefined || row.process === process)
      .filter(({ index }) => region === undefined || index.region === region)
      .filter(({ searched }) => words(text).every((word) => searched.includes(word)))
      .sort(earliestFirst)
    return { rows: found.slice(0, limit).map(given), total: found.length }
  }

  async waitingRegions(within?: readonly Within[]): Promise<string[]> {
    const regions = this.#planned()
      .filter((row) => waits(row) && isWithin(within, placeOf(row)))
      .flatMap(({ index }) => index.region ?? [])
    return [...new Set(regions)].sort()
  }

  async planned(from: string, to: string): Promise<PlannedRow[]> {
    return this.#planned()
      .filter((row) => row.index.assignee !== undefined && timeOf(row) >= from && timeOf(row) < to)
      .sort(earliestFirst)
      .map(given)
  }

  async plannedJob(id: string): Promise<PlannedRow | undefined> {
    const found = this.#planned().find((row) => row.id === id)
    return found && given(found)
  }

  async loads(): Promise<ReadonlyMap<string, number>> {
    const loads = new Map<string, number>()
    for (const { status, index } of this.#planned())
      if (status === 'active' && index.assignee !== undefined)
        loads.set(index.assignee, (loads.get(index.assignee) ?? 0) + 1)
    return loads
  }
}

const given = ({ searched: _searched, ...row }: Kept): PlannedRow => structuredClone(row)
