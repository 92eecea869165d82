/**
 * The text of `docs/scenarios.md`: what is rehearsed, and which norms each scenario exercises and how.
 *
 * Promises: from the scenarios and their known runs alone; what a run does not come to is not told of it.
 * Must not: take a norm for exercised that is only named, or only happened.
 */
import { compile } from '../machines/compile/compile.ts'
import { normTable } from '../machines/norm-effects.ts'
import { NORMS, type Norm } from '../machines/norms.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../machines/processes/scenarios.ts'
import { replaySteps } from '../machines/simulate/known-runs.ts'
import type { Scenario } from '../machines/simulate/scenario.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'

/** What a scenario does with a norm: names it, and sees it kept or broken in its known runs. */
export type Exercise = {
  scenario: string
  process: string
  norm: string
  /** Points in the rubric; 0 where it is only critical, expected, or a matter of choices. */
  counts: number
  critical: boolean
  kept: boolean
  broken: boolean
}

/** Norms that a scenario counts, expects, or hangs on a choice. */
function namedIn({ rubric, moves, must = [], mustNot = [] }: Scenario): Set<string> {
  return new Set([
    ...Object.keys(rubric.norms),
    ...rubric.critical,
    ...moves.flatMap(({ keeps = [], breaks = [] }) => [...keeps, ...breaks]),
    ...[...must, ...mustNot].flatMap(({ norm }) => (norm === undefined ? [] : [norm])),
  ])
}

const COMPILED = new Map(SHIPPED.map((definition) => [definition.id, compile(definition)]))

/** Norms that were kept and broken in the known runs of a scenario, by the trainee's own doing. */
function seenIn(scenario: Scenario): { kept: Set<string>; broken: Set<string> } {
  const compiled = COMPILED.get(scenario.process)
  const kept = new Set<string>()
  const broken = new Set<string>()
  if (compiled === undefined) return { kept, broken }
  const { seed } = scenario
  const setup = {
    scenario,
    compiled,
    version: 1,
    calendars: DEFAULT_CALENDARS,
    seed,
    mode: 'examination',
  } as const
  for (const { steps } of Object.values(scenario.runs))
    for (const { norm, is } of replaySteps(setup, steps).sim?.marks ?? [])
      (is === 'met' ? kept : broken).add(norm)
  return { kept, broken }
}

/** What the scenarios exercise of the norms, scenario by scenario. */
export function exercises(scenarios: readonly Scenario[] = SHIPPED_SCENARIOS): Exercise[] {
  return scenarios.flatMap((scenario) => {
    const { kept, broken } = seenIn(scenario)
    const { norms, critical } = scenario.rubric
    return [...namedIn(scenario)]
      .filter((norm) => kept.has(norm) || broken.has(norm))
      .sort()
      .map((norm) => ({
        scenario: scenario.id,
        process: scenario.process,
        norm,
        counts: norms[norm] ?? 0,
        critical: critical.includes(norm),
        kept: kept.has(norm),
        broken: broken.has(norm),
      }))
  })
}

/** The kinds of norm that every scenario writer owes: times, orders, consents and qualifications. */
const OWED_KINDS: readonly string[] = ['deadline', 'order', 'consent', 'qualification']
/** Carried out elsewhere than on a job: nothing a person at work could rehearse. */
const OFF_THE_JOB: readonly string[] = ['publishing', 'review']

/** Norms that must be exercised by some scenario. */
export function owedNorms(): Norm[] {
  const offTheJob = new Set(
    normTable(SHIPPED)
      .filter(({ effects }) => effects.every(({ kind }) => OFF_THE_JOB.includes(kind)))
      .map(({ id }) => id),
  )
  return NORMS.filter(({ id, kind }) => OWED_KINDS.includes(kind) && !offTheJob.has(id))
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function exerciseText({ scenario, counts, critical, kept, broken }: Exercise): string {
  const how = [
    ...(counts > 0 ? [`counts ${counts}`] : []),
    ...(critical ? ['critical'] : []),
    ...(kept ? ['kept'] : []),
    ...(broken ? ['broken'] : []),
  ]
  return `${scenario} (${how.join(', ')})`
}

const ways = ({ runs }: Scenario): string => {
  const all = Object.values(runs)
  const passing = all.filter(({ expect }) => expect.passed).length
  return `${passing} passing, ${all.length - passing} failing`
}

const scenarioRow = (scenario: Scenario): string =>
  `| ${scenario.id} | ${scenario.difficulty} | ${cell(scenario.title.en ?? '')}<br>${cell(scenario.title.zh ?? '')} | ${cell(scenario.purpose?.en ?? '')} | ${ways(scenario)} |`

const normRow = (norm: Norm, found: readonly Exercise[]): string =>
  `| ${norm.id} | ${norm.kind} | ${cell(norm.en)}<br>${cell(norm.zh)} | ${found.map(exerciseText).join('<br>')} |`

function processPart(id: string, title: string, all: readonly Exercise[]): string[] {
  const scenarios = SHIPPED_SCENARIOS.filter(({ process }) => process === id)
  const own = all.filter(({ process }) => process === id)
  const rows = NORMS.flatMap((norm) => {
    const found = own.filter((one) => one.norm === norm.id)
    return found.length === 0 ? [] : [normRow(norm, found)]
  })
  return [
    `## ${title}`,
    '',
    '| scenario | difficulty | title | purpose | known runs |',
    '| --- | --- | --- | --- | --- |',
    ...scenarios.map(scenarioRow),
    '',
    '| norm | kind | rule | exercised by |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ]
}

/** Deterministic: the same scenarios and definitions give the same page. */
export function scenariosPage(): string {
  const all = exercises()
  const exercised = new Set(all.map(({ norm }) => norm))
  const left = NORMS.filter(({ id }) => !exercised.has(id)).map(({ id }) => id)
  return [
    '# The scenarios, and the norms they exercise',
    '',
    'Made by `npm run scenarios:table` from the shipped scenarios; do not edit.',
    'A norm is exercised where a scenario counts it, expects it or hangs it on a choice, and a known run keeps or breaks it.',
    '',
    `${SHIPPED_SCENARIOS.length} scenarios; ${exercised.size} of ${NORMS.length} norms exercised. Not exercised: ${left.join(', ') || 'none'}.`,
    '',
    ...SHIPPED.flatMap(({ id, meta }) => processPart(id, meta.title.en ?? id, all)),
  ].join('\n')
}
