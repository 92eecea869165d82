/**
 * Whether a scenario can be rehearsed: nothing with an error is begun, assigned or shown to a class.
 */
import { checkScenario } from '../../machines/simulate/check-scenario.ts'
import type { Scenario } from '../../machines/simulate/scenario.ts'
import { type ProcessVersion, processVersion } from '../jobs/process-versions.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'

/** The version it runs on. Problems: process-not-found, version-not-found, scenario-cannot-start. */
export async function requireSound(library: Library, scenario: Scenario): Promise<ProcessVersion> {
  const { version, compiled } = await processVersion(library, scenario.process, scenario.version)
  const { calendarSet } = await library.settings()
  const stage = { compiled, version, calendars: calendarSet }
  const problems = checkScenario(scenario, stage, false).filter(({ severity }) => severity === 'error')
  if (problems.length > 0) throw problem('scenario-cannot-start', { problems })
  return { version, compiled }
}
