/**
 * A scenario from a real job.
 *
 * Promises: nothing is stored; it runs on the latest version of the process where that takes the job's course, else on the job's own.
 * Must not: replace anything itself (`machines/simulate/anonymise.ts` does).
 */
import { type MadeScenario, scenarioOf } from '../../machines/simulate/anonymise.ts'
import type { JobScenario } from '../../machines/wire/job-scenario.ts'
import { type ProcessVersion, processVersion } from '../jobs/process-versions.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'
import { wholeHistory } from './closed-jobs.ts'

/** Problems: job-not-found, version-not-found. */
export type ScenarioFromJob = (job: string) => Promise<JobScenario>

type FromJobDeps = { store: JobStore; library: Library }

export function createFromJob({ store, library }: FromJobDeps): ScenarioFromJob {
  return async (id) => {
    const job = await store.load(id)
    if (job === undefined) throw problem('job-not-found')
    const entries = await wholeHistory(store, id)
    const { calendarSet: calendars } = await library.settings()
    const before = (await library.calendarSet(entries[0]?.calendars ?? '')) ?? calendars
    const on = ({ compiled, version }: ProcessVersion, pinned: boolean): MadeScenario =>
      scenarioOf({ compiled, version, pinned, entries, before, calendars })
    const latest = await processVersion(library, job.process)
    const made = on(latest, false)
    if (made.differs === undefined || latest.version === job.version) return made
    const own = on(await processVersion(library, job.process, job.version), true)
    return own.differs === undefined ? own : made
  }
}
