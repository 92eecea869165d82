/**
 * All scenarios of a process run at once: on its latest version, or on a draft before it is published.
 *
 * Promises: the server goes on answering meanwhile. What is bound to an older version is left out.
 * Must not: judge a draft beyond its scenarios.
 */
import type { Actor } from '../../machines/advance/job.ts'
import { type Compiled, compile, compiled } from '../../machines/compile/compile.ts'
import type { Definition, Text } from '../../machines/definition/schema.ts'
import { checkScenario, type Stage } from '../../machines/simulate/check-scenario.ts'
import { checkRuns } from '../../machines/simulate/known-runs.ts'
import type { Scenario } from '../../machines/simulate/scenario.ts'
import type { ScenarioRuns } from '../../machines/wire/training.ts'
import type { CheckDefinition } from '../library/check-draft.ts'
import { problem } from '../problem-details.ts'
import type { Library, ProcessRecord, ScenarioRecord } from '../store/library-port.ts'
import { draftStage, nextTurn, plainRun, readyStage } from './scenarios.ts'

export type ProcessRunsPort = {
  /** Problems: process-not-found, draft-not-found, draft-invalid. */
  runs(process: string, draft: boolean): Promise<ScenarioRuns>
  /** Problems: process-not-found. */
  require(process: string, required: boolean, by: Actor): Promise<{ required: boolean }>
  /** Before a definition is published. Problems: scenarios-failing. */
  mustPass(process: string, definition: Definition): Promise<void>
}

export type ProcessRunsDeps = { library: Library; check: CheckDefinition; now(): number }

export function createProcessRuns({ library, check, now }: ProcessRunsDeps): ProcessRunsPort {
  async function recordOf(process: string) {
    const record = (await library.processes()).find(({ id }) => id === process)
    if (record === undefined) throw problem('process-not-found')
    return record
  }
  async function latestCompiled(process: string): Promise<Compiled | undefined> {
    const latest = await library.latest(process)
    return latest === undefined ? undefined : compiled(latest.definition, latest.hash)
  }
  async function scenariosOf(process: string): Promise<ScenarioRecord[]> {
    const latest = (await library.latest(process))?.version
    return (await library.scenarios()).filter(
      ({ scenario }) =>
        scenario.process === process && (scenario.version === undefined || scenario.version === latest),
    )
  }

  async function on(
    stage: Stage,
    process: string,
    before?: Compiled,
  ): Promise<Pick<ScenarioRuns, 'results' | 'broken'>> {
    const found: Pick<ScenarioRuns, 'results' | 'broken'> = { results: [], broken: [] }
    for (const { scenario } of await scenariosOf(process)) {
      await nextTurn()
      const { title } = scenario
      const problems = checkScenario(scenario, stage, false).filter(({ severity }) => severity === 'error')
      if (problems.length > 0) {
        found.broken.push({ scenario: scenario.id, title, problems })
        continue
      }
      for (const one of eachRun(scenario)) {
        await nextTurn()
        const was =
          before === undefined
            ? undefined
            : checkRuns(one, before, stage.version, stage.calendars).every(({ ok }) => ok)
        for (const result of checkRuns(one, stage.compiled, stage.version, stage.calendars))
          found.results.push({
            ...plainRun(result),
            title,
            ...titleOf(scenario, result.run),
            ...(was === undefined ? {} : { before: was }),
          })
      }
    }
    return found
  }

  return {
    runs: async (process, draft) => {
      const record = await recordOf(process)
      const latest = await latestCompiled(process)
      const stage = draft
        ? await draftStage(library, check, process)
        : latest === undefined
          ? undefined
          : await readyStage(library, process, latest)
      const found =
        stage === undefined
          ? { results: [], broken: [] }
          : await on(stage, process, draft ? latest : undefined)
      const passed = found.results.filter(({ ok }) => ok).length
      return {
        process,
        ...(draft || record.latest === undefined ? {} : { version: record.latest }),
        ...found,
        passed,
        failed: found.results.length - passed + found.broken.length,
        required: record.scenarioRule?.required === true,
        ...ruledBy(record),
      }
    },
    require: async (process, required, by) => {
      const before = (await recordOf(process)).scenarioRule?.required === true
      // Saying the same again leaves whose word it was.
      if (before !== required)
        await library.requireScenarios(process, { required, by: by.id, at: new Date(now()).toISOString() })
      return { required }
    },
    mustPass: async (process, definition) => {
      if ((await recordOf(process)).scenarioRule?.required !== true) return
      const { results, broken } = await on(await readyStage(library, process, compile(definition)), process)
      const failing = [
        ...results.filter(({ ok }) => !ok).map(({ scenario, run }) => ({ scenario, run })),
        ...broken.map(({ scenario }) => ({ scenario })),
      ]
      if (failing.length > 0) throw problem('scenarios-failing', { failing })
    },
  }
}

/** The scenario with one known run at a time: a turn of the server's each. */
const eachRun = (scenario: Scenario): Scenario[] =>
  Object.entries(scenario.runs).map(([key, run]) => ({ ...scenario, runs: { [key]: run } }))

function ruledBy({ scenarioRule }: ProcessRecord): Pick<ScenarioRuns, 'ruled'> {
  if (scenarioRule === undefined) return {}
  const { by, at } = scenarioRule
  return { ruled: { by, at } }
}

function titleOf({ runs }: Scenario, run: string): { runTitle?: Text } {
  const runTitle = runs[run]?.title
  return runTitle === undefined ? {} : { runTitle }
}
