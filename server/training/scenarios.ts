/**
 * The library of scenarios as the pages use it: found, kept, checked, and run against a process.
 *
 * Promises: a save that is based on an older revision overwrites nothing. Anything that has the shape of a scenario can be kept; what
 * is wrong with it is told each time, against the process as it is now.
 * Must not: find problems itself (`machines/simulate` does).
 */
import { type Compiled, compile } from '../../machines/compile/compile.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import { checkScenario, readScenario, type Stage } from '../../machines/simulate/check-scenario.ts'
import { checkRuns } from '../../machines/simulate/known-runs.ts'
import type { Scenario } from '../../machines/simulate/scenario.ts'
import type {
  CheckedScenario,
  ScenarioList,
  ScenarioSummary,
  ScenarioView,
} from '../../machines/wire/training.ts'
import { type Asker, requireProcess } from '../access/scope.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { type CheckDefinition, checkDraft } from '../library/check-draft.ts'
import { ApiProblem, problem, wrongAt } from '../problem-details.ts'
import { type Library, type ScenarioRecord, StaleRevision } from '../store/library-port.ts'
import type { KeptScenario } from './attempts.ts'

export type ScenarioDeps = { library: Library; check: CheckDefinition; now(): number }

export type ScenariosPort = {
  list(): Promise<ScenarioList>
  /** Checks ahead what a list would have to wait for; one such at a time. */
  ahead(): Promise<unknown>
  /** Problems: scenario-not-found. */
  get(id: string): Promise<ScenarioView>
  /** As an attempt keeps it. */
  kept(id: string): Promise<KeptScenario | undefined>
  /** `expected` 0: a new one. Problems: exists, scenario-not-found, scenario-stale, body-invalid. */
  save(id: string, expected: number, scenario: Scenario, by: Asker): Promise<ScenarioView>
  /** Problems: scenario-not-found, scenario-stale. */
  delete(id: string, expected: number, by: Asker): Promise<void>
  /** Against the latest version, or the draft as it stands. */
  check(value: unknown, draft: boolean): Promise<CheckedScenario>
}

export function createScenarios({ library, check, now }: ScenarioDeps): ScenariosPort {
  const counts = new Map<string, number>()
  const summaries = new Map<string, { revision: number; summary: Omit<ScenarioSummary, 'errors'> }>()
  let checking: Promise<unknown> = Promise.resolve()

  const view = async (record: ScenarioRecord): Promise<ScenarioView> => ({
    id: record.id,
    revision: record.revision,
    scenario: record.scenario,
    shipped: isShipped(record),
    updatedAt: record.updatedAt,
    updatedBy: record.updatedBy,
    problems: checkScenario(record.scenario, await stageOf(library, record.scenario)),
  })
  async function found(id: string): Promise<ScenarioRecord> {
    const record = await library.scenario(id)
    if (record === undefined) throw problem('scenario-not-found')
    return record
  }

  /** Checked once for each revision and version: a list of a thousand is asked for all day long. */
  async function errorsOf(record: ScenarioRecord, stage: Stage | undefined): Promise<number> {
    const key = `${record.id} ${record.revision} ${stage?.compiled.hash} ${stage?.calendars.hash}`
    const known = counts.get(key)
    if (known !== undefined) return known
    await nextTurn()
    const errors = checkScenario(record.scenario, stage, false).filter(({ severity }) => severity === 'error')
    if (counts.size > MOST_COUNTS) counts.clear()
    counts.set(key, errors.length)
    return errors.length
  }

  /** Made once for each revision. */
  function summaryFor(record: ScenarioRecord): Omit<ScenarioSummary, 'errors'> {
    const known = summaries.get(record.id)
    if (known?.revision === record.revision) return known.summary
    const summary = summaryOf(record)
    summaries.set(record.id, { revision: record.revision, summary })
    return summary
  }

  async function list(): Promise<ScenarioList> {
    const stages = new Map<string, Stage | undefined>()
    const scenarios: ScenarioSummary[] = []
    for (const record of await library.scenarios()) {
      const { process, version } = record.scenario
      const key = `${process} ${version}`
      if (!stages.has(key)) stages.set(key, await stageOf(library, record.scenario))
      scenarios.push({ ...summaryFor(record), errors: await errorsOf(record, stages.get(key)) })
    }
    return { scenarios }
  }

  return {
    list,
    ahead: () => {
      checking = checking.then(list, list)
      return checking
    },
    get: async (id) => view(await found(id)),
    kept: async (id) => {
      const record = await library.scenario(id)
      return record === undefined ? undefined : { revision: record.revision, scenario: record.scenario }
    },
    save: async (id, expected, scenario, by) => {
      if (scenario.id !== id)
        throw problem('body-invalid', { errors: [wrongAt('/scenario/id', `must be ${id}`, `须为 ${id}`)] })
      if (expected > 0) await found(id)
      const before = await library.scenario(id)
      for (const each of [before?.scenario, scenario])
        if (each !== undefined) requireProcess(by, 'training:write', each.process)
      const input = {
        scenario,
        updatedAt: new Date(now()).toISOString(),
        updatedBy: by.id,
        ...(before?.shipped === undefined ? {} : { shipped: before.shipped }),
      }
      return view(await stale(() => library.saveScenario(expected, input)))
    },
    delete: async (id, expected, by) => {
      requireProcess(by, 'training:write', (await found(id)).scenario.process)
      await stale(() => library.deleteScenario(id, expected))
    },
    check: async (value, draft) => {
      const scenario = readScenario(value)
      const stage =
        scenario === undefined
          ? undefined
          : draft
            ? await draftStage(library, check, scenario.process)
            : await stageOf(library, scenario)
      const problems = checkScenario(value, stage)
      const runs =
        scenario === undefined || stage === undefined || problems.some(({ severity }) => severity === 'error')
          ? []
          : checkRuns(scenario, stage.compiled, stage.version, stage.calendars)
      return { problems, runs: runs.map(plainRun) }
    },
  }
}

/** Enough for every scenario of a large organisation. */
const MOST_COUNTS = 5000
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const isShipped = ({ shipped, scenario }: ScenarioRecord): boolean =>
  shipped !== undefined && shipped === hashOf(scenario)

/** As it is answered: plain lists. */
export const plainRun = (result: ReturnType<typeof checkRuns>[number]): CheckedScenario['runs'][number] => {
  const { fault, ...rest } = result
  return fault === undefined ? rest : { ...rest, fault: { ...fault, reasons: [...fault.reasons] } }
}

/** Where the scenario would run now; nothing where its process or version is not there. */
async function stageOf(library: Library, { process, version }: Scenario): Promise<Stage | undefined> {
  try {
    const { calendarSet } = await library.settings()
    return { ...(await processVersion(library, process, version)), calendars: calendarSet }
  } catch (error) {
    if (error instanceof ApiProblem) return undefined
    throw error
  }
}

/** Problems: draft-not-found, draft-invalid. */
export async function draftStage(library: Library, check: CheckDefinition, process: string): Promise<Stage> {
  const draft = await library.draft(process)
  if (draft === undefined) throw problem('draft-not-found')
  const { definition, problems } = await checkDraft(check, draft)
  if (definition === undefined || problems.some(({ severity }) => severity === 'error'))
    throw problem('draft-invalid', { problems })
  return readyStage(library, process, compile(definition))
}

export async function readyStage(library: Library, process: string, compiled: Compiled): Promise<Stage> {
  const { calendarSet } = await library.settings()
  const version = ((await library.latest(process))?.version ?? 0) + 1
  return { compiled, version, calendars: calendarSet }
}

function summaryOf(record: ScenarioRecord): Omit<ScenarioSummary, 'errors'> {
  const { scenario, revision, updatedAt, updatedBy } = record
  const { id, process, title, purpose, difficulty, tags, rubric, grants, runs } = scenario
  return {
    id,
    revision,
    process,
    title,
    ...(purpose === undefined ? {} : { purpose }),
    difficulty,
    tags,
    norms: [...new Set([...Object.keys(rubric.norms), ...rubric.critical])].sort(),
    ...(grants === undefined ? {} : { grants: grants.certificate }),
    runs: Object.keys(runs).length,
    shipped: isShipped(record),
    updatedAt,
    updatedBy,
  }
}

async function stale<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StaleRevision)) throw error
    const { expected, current } = error
    throw expected === 0
      ? problem('exists', { pointer: '/scenario/id' })
      : problem('scenario-stale', { expected, current })
  }
}
