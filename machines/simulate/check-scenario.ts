/**
 * What is wrong with a scenario: by itself, and against the process it is of.
 *
 * Promises: never throws, whatever it is given; bounded; every problem has a JSON pointer into the scenario and speaks both
 * languages. One without errors can be begun.
 * Must not: change anything, or judge whether a scenario teaches well.
 */
import { Compile } from 'typebox/compile'
import type { Compiled } from '../compile/compile.ts'
import { checkFields, checkValue, own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Problem } from '../definition/problem.ts'
import { NORM_BY_ID } from '../norms.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { parseDuration } from '../time/duration.ts'
import { checkRuns } from './known-runs.ts'
import { memberOf } from './people.ts'
import { begin } from './run.ts'
import { Scenario, TRAINEE } from './scenario.ts'
import { findDead } from './scenario-dead.ts'
import { type Named, namesIn } from './scenario-names.ts'
import { Findings } from './scenario-problems.ts'

const MOST_BYTES = 256 * 1024
const shape = Compile(Scenario)

/** What a scenario runs on now. */
export type Stage = { compiled: Compiled; version: number; calendars: CalendarSet }

/** The scenario, where it has the form of one. */
export function readScenario(value: unknown): Scenario | undefined {
  return shape.Check(value) ? value : undefined
}

/** @param stage of the scenario's process; absent where there is none. `runs`: its known runs are tried too. */
export function checkScenario(value: unknown, stage: Stage | undefined, runs = true): Problem[] {
  const findings = new Findings()
  const scenario = shaped(value, findings)
  if (scenario === undefined) return findings.sorted()
  checkItself(scenario, findings)
  if (stage === undefined) {
    findings.add('scenario-process', '/process', scenario.process)
    return findings.sorted()
  }
  const known = knownOf(scenario, stage.compiled)
  for (const named of namesIn(scenario)) checkName(named, scenario, stage.compiled, known, findings)
  if (!findings.errors) tryIt(scenario, stage, runs, findings)
  return findings.sorted()
}

function shaped(value: unknown, findings: Findings): Scenario | undefined {
  let bytes = 0
  try {
    bytes = JSON.stringify(value)?.length ?? 0
  } catch {
    findings.add('scenario-shape', '', 'JSON')
    return undefined
  }
  if (bytes > MOST_BYTES) {
    findings.add('scenario-too-large', '')
    return undefined
  }
  if (shape.Check(value)) return value
  const seen = new Set<string>()
  for (const { instancePath, message } of shape.Errors(value)) {
    // Of a choice between forms every form complains; the deepest places say it best, once each.
    if (seen.has(instancePath)) continue
    seen.add(instancePath)
    findings.add('scenario-shape', instancePath, message)
  }
  return undefined
}

/** What needs no process. */
function checkItself(scenario: Scenario, findings: Findings): void {
  for (const list of ['happens', 'moves', 'prompts', 'must', 'mustNot'] as const) {
    const ids = new Set<string>()
    for (const [index, { id }] of (scenario[list] ?? []).entries()) {
      if (ids.has(id)) findings.add('scenario-twice', child(`/${list}`, index, 'id'), id)
      ids.add(id)
    }
  }
  if (Object.hasOwn(scenario.cast, TRAINEE)) findings.add('scenario-twice', child('/cast', TRAINEE), TRAINEE)
  const weights = Object.values(scenario.rubric.norms)
  const counts = weights.some((weight) => weight > 0) || (scenario.must ?? []).length > 0
  if (!counts) findings.add('scenario-nothing-counts', '/rubric/norms')
  if (!Object.values(scenario.runs).some(({ expect }) => expect.passed))
    findings.add('scenario-no-run', '/runs')
}

type Known = Record<'state' | 'item' | 'move' | 'person' | 'link' | 'certificate' | 'event', Set<string>>

function knownOf(scenario: Scenario, { definition, tree, items }: Compiled): Known {
  return {
    state: new Set(tree.byPath.keys()),
    item: new Set(items.keys()),
    move: new Set(scenario.moves.map(({ id }) => id)),
    person: new Set([TRAINEE, ...Object.keys(scenario.cast)]),
    link: new Set(linksOf(definition)),
    certificate: new Set(Object.keys(definition.meta.certificates ?? {})),
    event: new Set(Object.keys(definition.schemas.events)),
  }
}

/** Names that `startJob` actions give the jobs they start. */
function linksOf(definition: unknown): string[] {
  if (Array.isArray(definition)) return definition.flatMap(linksOf)
  if (typeof definition !== 'object' || definition === null) return []
  const below = Object.values(definition).flatMap(linksOf)
  if (!('type' in definition) || definition.type !== 'startJob' || !('params' in definition)) return below
  const { params } = definition
  const link = typeof params === 'object' && params !== null && 'link' in params ? params.link : undefined
  return typeof link === 'string' ? [link, ...below] : below
}

const CODES = {
  state: 'scenario-state',
  item: 'scenario-item',
  move: 'scenario-move',
  person: 'scenario-person',
  link: 'scenario-link',
  certificate: 'scenario-certificate',
  event: 'scenario-event',
} as const

function checkName(
  named: Named,
  scenario: Scenario,
  compiled: Compiled,
  known: Known,
  findings: Findings,
): void {
  switch (named.is) {
    case 'norm':
      if (!NORM_BY_ID.has(named.name) && !ownNorm(compiled, named.name))
        findings.unknown('scenario-norm', named.at, named.name, NORM_BY_ID.keys())
      return
    case 'transition':
      if (!compiled.transitions.has(named.name)) findings.add('scenario-transition', named.at, named.name)
      return
    case 'duration': {
      const parts = parseDuration(named.name)
      if (parts === undefined || parts.years > 0 || parts.months > 0)
        findings.add('scenario-duration', named.at, named.name)
      return
    }
    case 'if':
      for (const { message, range } of compiled.expressions.check(named.expression['@expr'], [], 'bool')
        .problems)
        findings.add('scenario-expression', named.at, '', { words: message, range })
      return
    case 'fields':
      checkGiven(named, compiled, findings)
      return
    case 'sent':
      checkSent(named, scenario, compiled, known, findings)
      return
    default:
      if (!known[named.is].has(named.name))
        findings.unknown(CODES[named.is], named.at, named.name, known[named.is])
  }
}

/** A company's own norm is known where its process names it. */
const ownNorm = ({ definition }: Compiled, norm: string): boolean =>
  JSON.stringify(definition).includes(`"${norm}"`)

function checkGiven(
  { fields, at }: Extract<Named, { is: 'fields' }>,
  { definition }: Compiled,
  findings: Findings,
): void {
  const { properties } = definition.schemas.context
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue
    const field = own(properties, name)
    if (field === undefined)
      findings.unknown('scenario-field', child(at, name), name, Object.keys(properties))
    else
      for (const { pointer, message } of checkValue(field, value))
        findings.add('scenario-value', child(at, name) + pointer, '', { words: message })
  }
}

function checkSent(
  { name, by, payload, at }: Extract<Named, { is: 'sent' }>,
  scenario: Scenario,
  { definition }: Compiled,
  known: Known,
  findings: Findings,
): void {
  const event = own(definition.schemas.events, name)
  if (event === undefined) {
    findings.unknown('scenario-event', child(at, 'type'), name, known.event)
    return
  }
  const given = { properties: event.properties ?? {}, required: event.required ?? [] }
  for (const { pointer, message } of checkFields(given, payload))
    findings.add('scenario-value', child(at, 'payload') + pointer, '', { words: message })
  const roles = by === undefined ? ['system'] : memberOf(scenario, by)?.roles
  if (roles !== undefined && !event.meta.roles.some((role) => roles.some((one) => one === role)))
    findings.add('scenario-role', child(at, 'type'), name)
}

/** It must be possible to begin it; whether its known runs come out as they say is worth a warning. */
function tryIt(
  scenario: Scenario,
  { compiled, version, calendars }: Stage,
  runs: boolean,
  findings: Findings,
): void {
  const setup = { scenario, compiled, version, calendars, seed: scenario.seed, mode: 'practice' as const }
  const begun = begin(setup)
  if (!begun.ok) {
    const words = {
      en: `It cannot begin: ${begun.reasons.map(({ message }) => message.en).join('; ') || begun.fault}`,
      zh: `无法开始：${begun.reasons.map(({ message }) => message.zh).join('；') || begun.fault}`,
    }
    findings.add('scenario-cannot-begin', '/start', '', { words })
    return
  }
  findDead(begun.sim, findings)
  if (!runs) return
  for (const { run, ok } of checkRuns(scenario, compiled, version, calendars))
    if (!ok) findings.add('scenario-run-differs', child('/runs', run), run)
}
