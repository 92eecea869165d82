/**
 * Runs scenarios as tests of their processes, without a server.
 *
 *   npm run scenarios
 *   npm run scenarios -- --process home-visit --junit report.xml
 *   npm run scenarios -- --definition my-home-visit.json [scenario.json …]
 *   npm run scenarios -- --data data
 *   npm run scenarios -- --explore home-visit --out explored
 *
 * Promises: the last line is `N passed, N failed`. Ends with 1 where one failed, with 2 on a wrong call. A scenario that cannot run at
 * all is one that failed.
 * Must not: change anything but the report and the explored scenarios it writes; a data folder is only read.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Compile } from 'typebox/compile'
import { compile } from '../machines/compile/compile.ts'
import { Definition } from '../machines/definition/schema.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../machines/processes/scenarios.ts'
import { checkScenario, readScenario, type Stage } from '../machines/simulate/check-scenario.ts'
import { type JunitCase, junitXml } from '../machines/simulate/junit.ts'
import { checkRuns, type RunResult } from '../machines/simulate/known-runs.ts'
import type { Scenario } from '../machines/simulate/scenario.ts'
import type { CalendarSet } from '../machines/time/calendar.ts'
import { calendarSet } from '../machines/time/calendar-set.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import { defaultContext, isPublishable, validate } from '../machines/validate/validate.ts'
import { Settings } from '../server/store/library-port.ts'
import { exploreScenarios } from './explore-scenarios.ts'

const USAGE = `npm run scenarios -- [--process ID] [--definition FILE] [--data DIR] [--junit FILE] [FILE …]
npm run scenarios -- --explore PROCESS [--out FOLDER] [--definition FILE] [--data DIR]`

class WrongCall extends Error {}
const say = (line: string): void => void process.stdout.write(`${line}\n`)

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new WrongCall(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Latest = { definition: Definition; version: number }

/** As a folder of the server keeps them: the latest version of each process. */
function latestIn(folder: string): Latest[] {
  const library = join(folder, 'library')
  if (!existsSync(join(library, 'versions'))) throw new WrongCall(`${folder}: no data folder of a server`)
  return readdirSync(join(library, 'versions')).flatMap((process) => {
    const versions = readdirSync(join(library, 'versions', process))
      .map((file) => Number.parseInt(file, 10))
      .filter(Number.isInteger)
    if (versions.length === 0) return []
    const version = Math.max(...versions)
    const file = join(library, 'versions', process, `${version}.json`)
    const kept = readJson(file)
    return { definition: definitionFrom(isRecord(kept) ? kept.definition : undefined, file), version }
  })
}
/** Deadlines are counted by the organisation's own calendars. */
function calendarsIn(folder: string): CalendarSet {
  const file = join(folder, 'library', 'settings.json')
  if (!existsSync(file)) return DEFAULT_CALENDARS
  const kept = readJson(file)
  const value = isRecord(kept) ? kept.value : undefined
  if (!settingsShape.Check(value)) throw new WrongCall(`${file}: no settings of a server`)
  return calendarSet(value.calendars, value.timeZone)
}
function scenariosIn(folder: string): unknown[] {
  const scenarios = join(folder, 'library', 'scenarios')
  if (!existsSync(scenarios)) return []
  return readdirSync(scenarios)
    .filter((file) => file.endsWith('.json') && !file.startsWith('.'))
    .map((file) => readJson(join(scenarios, file)))
    .flatMap((kept) => (isRecord(kept) && kept.scenario !== undefined ? [kept.scenario] : []))
}

const settingsShape = Compile(Settings)
const definitionShape = Compile(Definition)
function definitionFrom(value: unknown, name: string): Definition {
  const valid = definitionShape.Check(value) ? value : undefined
  const problems = validate(value, defaultContext(valid === undefined ? SHIPPED : [...SHIPPED, valid]))
  if (valid !== undefined && isPublishable(problems)) return valid
  const [first] = problems
  throw new WrongCall(`${name}: ${first?.path} ${first?.message.en}`)
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      process: { type: 'string' },
      definition: { type: 'string' },
      data: { type: 'string' },
      junit: { type: 'string' },
      explore: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const given =
    values.definition === undefined
      ? undefined
      : definitionFrom(readJson(values.definition), values.definition)
  const kept =
    values.data === undefined
      ? SHIPPED.map((definition): Latest => ({ definition, version: 1 }))
      : latestIn(values.data)
  const calendars = values.data === undefined ? DEFAULT_CALENDARS : calendarsIn(values.data)
  const stages = new Map(kept.map(({ definition, version }) => [definition.id, { definition, version }]))
  if (given !== undefined)
    stages.set(given.id, { definition: given, version: (stages.get(given.id)?.version ?? 0) + 1 })
  const ready = new Map(
    [...stages].map(([id, { definition, version }]): [string, Stage] => [
      id,
      { compiled: compile(definition), version, calendars },
    ]),
  )
  if (values.explore !== undefined) {
    const written =
      values.data === undefined
        ? SHIPPED_SCENARIOS
        : scenariosIn(values.data).flatMap((one) => readScenario(one) ?? [])
    return explored(values.explore, ready, written, values.out)
  }
  if (values.out !== undefined) throw new WrongCall('--out is for --explore')
  const all: unknown[] =
    positionals.length > 0
      ? positionals.map(readJson)
      : values.data === undefined
        ? [...SHIPPED_SCENARIOS]
        : scenariosIn(values.data)
  const only = values.process ?? given?.id
  // A misspelt name would pass for ever, with nothing tested.
  if (only !== undefined) stageOf(only, ready)
  const cases = all.flatMap((one) => casesOf(one, ready, only))
  for (const one of cases)
    say(
      `${one.failure === undefined ? 'passed' : 'FAILED'}  ${one.suite}  ${one.name}${one.failure === undefined ? '' : `\n        ${one.failure}`}`,
    )
  if (values.junit !== undefined) writeReport(values.junit, cases)
  const failed = cases.filter(({ failure }) => failure !== undefined).length
  say(`${cases.length - failed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

function writeReport(file: string, cases: readonly JunitCase[]): void {
  try {
    writeFileSync(file, junitXml(cases))
  } catch (error) {
    throw new WrongCall(error instanceof Error ? error.message : String(error))
  }
}

function stageOf(id: string, stages: ReadonlyMap<string, Stage>): Stage {
  const stage = stages.get(id)
  if (stage === undefined) throw new WrongCall(`no process ${id}; there are ${[...stages.keys()].join(', ')}`)
  return stage
}

/** Ends with 1 where there are transitions that nobody knows a way to. */
function explored(
  id: string,
  stages: ReadonlyMap<string, Stage>,
  scenarios: readonly Scenario[],
  out: string | undefined,
): number {
  return exploreScenarios(
    stageOf(id, stages),
    scenarios.filter((one) => one.process === id),
    out,
    say,
  ) > 0
    ? 1
    : 0
}

function casesOf(value: unknown, stages: ReadonlyMap<string, Stage>, only: string | undefined): JunitCase[] {
  const scenario = readScenario(value)
  const suite = scenario?.process ?? 'unreadable'
  if (scenario !== undefined && only !== undefined && scenario.process !== only) return []
  const stage = scenario === undefined ? undefined : stages.get(scenario.process)
  // Written for another version for good: nothing that a change of the process could break.
  if (scenario?.version !== undefined && stage !== undefined && scenario.version !== stage.version) return []
  const errors = checkScenario(value, stage, false).filter(({ severity }) => severity === 'error')
  if (scenario === undefined || stage === undefined || errors.length > 0)
    return [
      {
        suite,
        name: scenario?.id ?? 'scenario',
        failure: errors.map(({ path, message }) => `${path} ${message.en}`).join('\n        '),
      },
    ]
  return checkRuns(scenario, stage.compiled, stage.version, stage.calendars).map((result) =>
    caseOf(scenario, result),
  )
}

function caseOf({ process: suite, id }: Scenario, result: RunResult): JunitCase {
  const name = `${id} / ${result.run}`
  return result.ok ? { suite, name } : { suite, name, failure: difference(result) }
}

function difference({ expected, found, fault }: RunResult): string {
  const told = (one: RunResult['expected'] | undefined): string =>
    one === undefined
      ? 'nothing'
      : `${one.passed ? 'passed' : 'not passed'}, ${one.status}, in ${one.active.join(', ')}, broken ${one.broken.join(', ') || 'none'}`
  const where = fault === undefined ? '' : `step ${fault.step + 1} is not possible (${fault.why}); `
  return `${where}expected ${told(expected)}; found ${told(found)}`
}

try {
  process.exitCode = main()
} catch (error) {
  if (!(error instanceof WrongCall) && !(error instanceof TypeError)) throw error
  process.stderr.write(`${error.message}\n${USAGE}\n`)
  process.exitCode = 2
}
