/**
 * What a run was worth: points for each norm and expectation the scenario counts, less what errors cost.
 *
 * Promises: from the run alone, so that whoever replays it counts the same. Points are of 100: what was earned of what
 * could be, less the cost of barred tries, of other norms broken and of time; never below 0.
 * Must not: change the run.
 */
import { deadlineNorms } from '../advance/conclude.ts'
import { doneAt } from './expectations.ts'
import type { Expectation } from './scenario.ts'
import type { Expected, NormScore, ScoreCard } from './score-card.ts'
import type { Mark, Sim } from './sim.ts'
import { holds, lengthOf } from './standing.ts'

const REFUSED = 2
const OTHER = 5
const OVERTIME = 10
const EXPECTED = 10
/** What is left of a norm's points where its deadline had run out before it was done. */
const LATE_SHARE = 0.5

const iso = (ms: number): string => new Date(ms).toISOString()

export function scoreOf(sim: Sim): ScoreCard {
  const { scenario } = sim.setup
  const { rubric } = scenario
  const norms = scoredNorms(sim)
  const must = (scenario.must ?? []).filter((one) => holds(sim, one.if)).map((one) => musts(sim, one))
  const mustNot = (scenario.mustNot ?? [])
    .filter((one) => holds(sim, one.if))
    .map((one) => mustNots(sim, one))
  const refused = { count: sim.refused, points: -(sim.refused * (rubric.refused ?? REFUSED)) }
  const time = timeUsed(sim)
  const possible = sum([...norms, ...must].map(({ weight }) => weight))
  const counted = norms.filter(({ weight }) => weight > 0)
  const costs = norms.filter(({ weight }) => weight === 0)
  const earned = sum([...counted, ...must].map(({ points }) => points))
  const share = possible === 0 ? 100 : (100 * earned) / possible
  const less = sum([...costs, ...mustNot, refused, time].map(({ points }) => points))
  const points = Math.max(0, Math.min(100, Math.round(share + less)))
  const grave =
    norms.some(({ critical }) => critical) || [...must, ...mustNot].some((one) => one.critical && !one.kept)
  const finished = sim.over?.why === 'job' || sim.over?.why === 'until'
  const failedBy: ScoreCard['failedBy'] = [
    ...(grave ? (['critical'] as const) : []),
    ...(points < rubric.passMark ? (['points'] as const) : []),
    ...(finished ? [] : (['not-finished'] as const)),
  ]
  return {
    points,
    passMark: rubric.passMark,
    passed: failedBy.length === 0,
    ...(sim.over === undefined ? {} : { ended: sim.over.why }),
    failedBy,
    norms,
    must,
    mustNot,
    refused,
    time,
    acts: sim.steps.filter(({ what }) => what.do !== 'wait' && what.do !== 'happen').length,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

function timeUsed(sim: Sim): ScoreCard['time'] {
  const usedMs = (sim.over?.at ?? sim.now) - sim.startedAt
  const { timeLimit, rubric } = sim.setup.scenario
  if (timeLimit === undefined) return { usedMs, points: 0 }
  const limitMs = lengthOf(timeLimit)
  const over = usedMs > limitMs || sim.over?.why === 'time'
  return { usedMs, limitMs, points: over ? -(rubric.time ?? OVERTIME) : 0 }
}

/** All norms that the scenario counts, and all that were broken besides; by id. */
function scoredNorms(sim: Sim): NormScore[] {
  const weights = sim.setup.scenario.rubric.norms
  const broken = sim.marks.filter(({ is }) => is !== 'met').map(({ norm }) => norm)
  const ids = [...new Set([...Object.keys(weights), ...broken])].sort()
  return ids.map((norm) => scoredNorm(sim, norm, Object.hasOwn(weights, norm) ? (weights[norm] ?? 0) : 0))
}

function scoredNorm(sim: Sim, norm: string, weight: number): NormScore {
  const marks = sim.marks.filter((mark) => mark.norm === norm)
  const result = resultOf(sim, norm, marks)
  const told = marks.find(({ is }) => is !== 'met') ?? marks[0]
  const why = marks.find((mark) => mark.is !== 'met' && mark.why !== undefined)?.why
  return {
    norm,
    weight,
    result,
    points: pointsOf(sim, result, weight),
    critical: marks.some(({ critical }) => critical),
    ...(told === undefined ? {} : { at: iso(told.at), step: told.step }),
    ...(why === undefined ? {} : { why }),
  }
}

function resultOf(sim: Sim, norm: string, marks: readonly Mark[]): NormScore['result'] {
  const faults = marks.filter(({ is }) => is !== 'met')
  if (faults.length === 0) return marks.length > 0 ? 'met' : 'not-met'
  if (faults.some(({ is, from }) => is === 'broken' && from !== 'timer')) return 'broken'
  if (faults.every(({ is }) => is === 'tried')) return 'tried'
  const standing = sim.job.timers.some(
    (timer) => timer.fired && deadlineNorms(sim.compiled, timer).includes(norm),
  )
  return standing ? 'broken' : 'late'
}

function pointsOf(sim: Sim, result: NormScore['result'], weight: number): number {
  const { other = OTHER } = sim.setup.scenario.rubric
  if (weight === 0) return result === 'met' || result === 'not-met' ? 0 : -other
  if (result === 'met') return weight
  return result === 'late' ? weight * LATE_SHARE : 0
}

function musts(sim: Sim, one: Expectation): Expected {
  const at = doneAt(sim, one)
  const { weight = EXPECTED } = one
  return expected(one, { at, kept: at !== undefined, points: at === undefined ? 0 : weight, weight })
}

function mustNots(sim: Sim, one: Expectation): Expected {
  const at = doneAt(sim, one)
  const { weight = EXPECTED } = one
  return expected(one, { at, kept: at === undefined, points: at === undefined ? 0 : -weight, weight })
}

type Judged = { at: number | undefined; kept: boolean; points: number; weight: number }
function expected(one: Expectation, { at, ...judged }: Judged): Expected {
  const { id, title, norm, critical = false, explain } = one
  return {
    id,
    title,
    ...judged,
    critical,
    ...(norm === undefined ? {} : { norm }),
    ...(at === undefined ? {} : { at: iso(at) }),
    ...(explain === undefined ? {} : { explain }),
  }
}
