/**
 * The jobs of a process that are over, those that changed last first, with their histories.
 *
 * Promises: read page by page as they are asked for; a cursor goes on right after a job, whatever ends meanwhile.
 * Must not: hold more than a page of each kind.
 */
import type { Entry, Job } from '../../machines/advance/job.ts'
import { decodeCursor, encodeCursor } from '../store/cursor.ts'
import type { JobStore } from '../store/port.ts'

const SORT = '-updatedAt'
const ENDED = ['done', 'cancelled', 'failed'] as const
const PAGE = 20
const ENTRIES = 500

type Closed = { job: Job; cursor: string }
type Kind = { process: string; status: (typeof ENDED)[number] }

/** One kind of end, a page at a time. */
class Queue {
  readonly #store: JobStore
  readonly #kind: Kind
  #jobs: Job[] = []
  #next: string | undefined
  #isRead = false

  constructor(store: JobStore, kind: Kind, after: string | undefined) {
    this.#store = store
    this.#kind = kind
    this.#next = after
  }

  async first(): Promise<Job | undefined> {
    if (this.#jobs.length === 0 && !this.#isRead) {
      const cursor = this.#next === undefined ? {} : { cursor: this.#next }
      const page = await this.#store.list({ ...this.#kind, ...cursor, sort: SORT, limit: PAGE })
      this.#jobs = page.jobs.map(({ job }) => job)
      this.#next = page.next
      this.#isRead = page.next === undefined
    }
    return this.#jobs[0]
  }

  take(): void {
    this.#jobs.shift()
  }
}

/** Throws `BadCursor`. */
export async function* closedJobs(
  store: JobStore,
  process: string,
  after: string | undefined,
): AsyncGenerator<Closed, void> {
  if (after !== undefined) decodeCursor(SORT, after)
  const queues = ENDED.map((status) => new Queue(store, { process, status }, after))
  for (;;) {
    let newest: { queue: Queue; job: Job } | undefined
    for (const queue of queues) {
      const job = await queue.first()
      if (job !== undefined && (newest === undefined || isNewer(job, newest.job))) newest = { queue, job }
    }
    if (newest === undefined) return
    newest.queue.take()
    const { job } = newest
    yield { job, cursor: encodeCursor(SORT, { value: job.updatedAt, id: job.id }) }
  }
}

const isNewer = (a: Job, b: Job): boolean =>
  a.updatedAt > b.updatedAt || (a.updatedAt === b.updatedAt && a.id > b.id)

/** From seq 1 on. */
export async function wholeHistory(store: JobStore, job: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for (;;) {
    const more = await store.history(job, entries.at(-1)?.seq ?? 0, ENTRIES)
    entries.push(...more)
    if (more.length < ENTRIES) return entries
  }
}
