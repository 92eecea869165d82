/**
 * Forgetting what is personal in memory: the part of the memory store that knows in which order.
 *
 * Must not: be used on its own; what it changes belongs to the store.
 */
import type { ErasedJob, PrivacyStore } from '../privacy-port.ts'
import { inJson, JobWaits } from '../privacy-port.ts'

/** What it needs of the store. */
export type Rooms = {
  /** Of each entry its job and its JSON, in the order of the commits. */
  entries(): readonly { job: string; entry: string }[]
  /** Jobs that are over, and have not been erased since. */
  quiet(): readonly { id: string; process: string; updatedAt: string }[]
  hasWaiting(job: string): boolean
  /** Names of the customer as they were counted. */
  customersOf(job: string): string[]
  write(jobs: readonly ErasedJob[]): Promise<{ changeIds: number[] }>
  /** All that is kept of a job beside its history. */
  around(job: string, customer: string, standIn: string): void
  isNamed(customer: string): boolean
  customersGone(customers: ReadonlySet<string>, standIn: string): void
  forgetAnswers(holds: (json: string) => boolean): void
}

export const memoryPrivacy = (rooms: Rooms): PrivacyStore => ({
  jobsHolding: async (texts) => {
    const holding = texts.map(
      (text) =>
        new Set(rooms.entries().flatMap(({ job, entry }) => (entry.includes(inJson(text)) ? [job] : []))),
    )
    const [first = new Set<string>(), ...others] = holding
    const order = [...new Set(rooms.entries().map(({ job }) => job))]
    return order.filter((job) => first.has(job) && others.every((each) => each.has(job)))
  },
  quietSince: async (process, before, limit) =>
    rooms
      .quiet()
      .filter((job) => job.process === process && job.updatedAt < before)
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0))
      .slice(0, limit)
      .map(({ id }) => id),
  eraseJobs: async (jobs, standIn) => {
    for (const { change } of jobs) if (rooms.hasWaiting(change.job.id)) throw new JobWaits(change.job.id)
    const customers = new Set(
      jobs.flatMap(({ change }) => rooms.customersOf(change.job.id)).filter((name) => name !== ''),
    )
    const written = await rooms.write(jobs)
    for (const { change } of jobs) rooms.around(change.job.id, change.index.customer ?? '', standIn)
    rooms.customersGone(new Set([...customers].filter((name) => !rooms.isNamed(name))), standIn)
    return written
  },
  forgetAnswers: async (texts) =>
    rooms.forgetAnswers((json) => texts.some((text) => json.includes(inJson(text)))),
  filesNamed: async (files) =>
    new Set(files.filter((file) => rooms.entries().some(({ entry }) => entry.includes(file)))),
  // Nothing of it is in any file.
  scrub: async () => {},
})
