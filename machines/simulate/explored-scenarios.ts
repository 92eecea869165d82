/**
 * Scenarios made of explored paths: few, that together take what the paths take, each a test of its process at once.
 *
 * Promises: every scenario's known run was run and ends as it says; what could not be made so that it takes what its path takes is left
 * out and not counted. The same in gives the same out.
 * Must not: explore, or invent anything that the path does not hold.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Exploration, Path } from './explore.ts'
import { type Around, type Course, courseOf, traineesOf } from './explored-course.ts'
import { titleOf } from './explored-words.ts'
import { outcomeOf, replaySteps } from './known-runs.ts'
import type { Scenario } from './scenario.ts'
import { scoreOf } from './score.ts'
import type { Sim } from './sim.ts'
import { activeOf, statesOf } from './standing.ts'

export type Explored = {
  readonly scenario: Scenario
  /** Transitions that its run takes. */
  readonly taken: readonly string[]
}

const PASS_MARK = 60
const EACH = 10
const RUN = 'explored'

/** The path that takes most of what is left, again and again. */
export function scenariosFrom(exploration: Exploration, compiled: Compiled, around: Around): Explored[] {
  const left = new Set(exploration.paths.flatMap(({ taken }) => taken))
  const paths = new Set(exploration.paths)
  const found: Explored[] = []
  while (left.size > 0) {
    const news = ({ taken }: Path): number => taken.filter((pointer) => left.has(pointer)).length
    const [best] = [...paths].sort((one, other) => news(other) - news(one))
    if (best === undefined || news(best) === 0) break
    paths.delete(best)
    const made = scenarioFrom(best, compiled, around, found.length + 1)
    if (made === undefined || !made.taken.some((pointer) => left.has(pointer))) continue
    for (const pointer of made.taken) left.delete(pointer)
    found.push(made)
  }
  return found
}

/** For the role that acts most, if the process lets it be somebody else who does the rest; at last for one who has all roles. */
function scenarioFrom(path: Path, compiled: Compiled, around: Around, count: number): Explored | undefined {
  for (const role of [...traineesOf(path, compiled), undefined]) {
    const course = courseOf(path, compiled, around, role)
    if (course === undefined) continue
    const made = tested(bare(course, compiled, count), course, compiled, around)
    if (made !== undefined && path.taken.every((pointer) => made.taken.includes(pointer))) return made
  }
  return undefined
}

function bare({ scenario, what }: Course, { definition }: Compiled, count: number): Scenario {
  return {
    id: `${definition.id.slice(0, 60)}-explored-${count}`,
    process: definition.id,
    title: titleOf(definition, what, count),
    briefing: titleOf(definition, what, count),
    difficulty: 'easy',
    tags: ['explored'],
    seed: count,
    ...scenario,
    moves: [],
    rubric: { norms: {}, critical: [], passMark: PASS_MARK },
    runs: {},
  }
}

/** With what came of its run: what counts, where it ends, what is expected. */
function tested(
  scenario: Scenario,
  course: Course,
  compiled: Compiled,
  around: Around,
): Explored | undefined {
  const { steps } = course
  const run = (one: Scenario): Sim | undefined => {
    const again = replaySteps(
      { scenario: one, compiled, ...around, seed: one.seed, mode: 'examination' },
      steps,
    )
    return again.ok ? again.sim : undefined
  }
  const first = run(scenario)
  if (first === undefined) return undefined
  const counting = { ...scenario, ...endOf(first), ...worthOf(first) }
  const last = run(counting)
  if (last === undefined || !isClean(last)) return undefined
  const expect = outcomeOf(last, scoreOf(last))
  return {
    scenario: { ...counting, runs: { [RUN]: { steps: [...steps], expect } } },
    taken: [...new Set(last.entries.flatMap(({ taken }) => taken))],
  }
}

/** Nothing of it was refused. */
const isClean = ({ refused, lines }: Sim): boolean =>
  refused === 0 && !lines.some(({ is }) => is === 'lapsed')

/** It ends in the state that its last step comes into first; a job that is over ends by itself. */
function endOf(sim: Sim): Pick<Scenario, 'until'> {
  if (sim.job.status !== 'active') return {}
  const before = new Set(sim.entries.slice(0, -1).flatMap(({ active }) => [...statesOf(active)]))
  const news = activeOf(sim).filter((path) => !before.has(path))
  return news.length === 0 ? {} : { until: news }
}

/** The norms that are kept on the way; without any, that it is gone to its end. */
function worthOf(sim: Sim): Pick<Scenario, 'rubric' | 'must'> {
  const kept = [...new Set(sim.marks.filter(({ is }) => is === 'met').map(({ norm }) => norm))].sort()
  const norms = Object.fromEntries(kept.map((norm) => [norm, EACH]))
  const [state] = activeOf(sim)
  return {
    rubric: { norms, critical: [], passMark: PASS_MARK },
    ...(kept.length > 0 || state === undefined
      ? {}
      : { must: [{ id: 'end', what: { state }, title: { en: 'Gone to its end', zh: '走完全程' } }] }),
  }
}
