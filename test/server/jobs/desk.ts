/**
 * Use cases over a store, a library and a clock that the test moves: the server without HTTP.
 */
import type { Definition } from '../../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { createJobs } from '../../../server/jobs/advance-job.ts'
import { JobWork } from '../../../server/jobs/job-work.ts'
import type { JobsPort } from '../../../server/jobs/jobs-port.ts'
import { createMigrations, type Migrations } from '../../../server/jobs/migrations.ts'
import { createOutbox, type Outbox } from '../../../server/jobs/outbox.ts'
import { createTimers, type Timers } from '../../../server/jobs/timers.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import type { Library } from '../../../server/store/library-port.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { MONDAY_10 } from '../../machines/kit.ts'

export type Desk = {
  store: JobStore
  library: Library
  work: JobWork
  jobs: JobsPort
  migrations: Migrations
  outbox: Outbox
  timers: Timers
  clock: { now: number }
  /** What was logged as an error. */
  errors: object[]
  /** Moves the clock by hand, firing on the way. */
  until(moment: string): Promise<void>
}

export const SETTINGS = { timeZone: DEFAULT_CALENDARS.timeZone, calendars: DEFAULT_CALENDARS.calendars }

export async function openDesk(
  definitions: readonly Definition[],
  given: { store?: JobStore; library?: Library; now?: string } = {},
): Promise<Desk> {
  const store = given.store ?? createMemoryStore()
  const library = given.library ?? (await openMemoryLibrary(SETTINGS))
  const clock = { now: Date.parse(given.now ?? MONDAY_10) }
  for (const definition of definitions)
    await library.publish(definition.id, 0, {
      definition,
      note: 'first',
      author: 'test',
      publishedAt: new Date(clock.now).toISOString(),
    })
  let ids = 0
  const work = new JobWork({ store, library, now: () => clock.now, newId: () => `job${++ids}` })
  const errors: object[] = []
  const log = { error: (details: object) => errors.push(details), info: () => {} }
  const outbox = createOutbox(work, log)
  const timers = createTimers(work, outbox.drain, log)
  return {
    store,
    library,
    work,
    jobs: createJobs(work),
    migrations: createMigrations(work, log),
    outbox,
    timers,
    clock,
    errors,
    until: (moment) =>
      timers.runUntil(Date.parse(moment), (ms) => {
        clock.now = ms
      }),
  }
}
