/**
 * A scenario from a real job: the same course with other people, places and days.
 *
 * Promises: pure; nothing personal, no text that somebody typed, no id, no file and no day of the job is in it; whether the scenario
 * goes through the same states and breaks the same norms is tried by running it, and told.
 * Must not: store it. A trainer reads it over first: what a case was about can tell of whom it was.
 */
import type { Entry } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { hashOf } from '../definition/hash.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { DAY } from '../time/zone.ts'
import { type Course, courseOf, type LeftOut } from './anonymise-course.ts'
import { castOf } from './anonymise-people.ts'
import { movedMoment, neutralShift } from './anonymise-time.ts'
import { type StandInOptions, StandIns } from './anonymise-values.ts'
import { outcomeOf, replaySteps } from './known-runs.ts'
import { type Scenario, TRAINEE } from './scenario.ts'
import { scoreOf } from './score.ts'
import type { Setup, Sim } from './sim.ts'

export type RealCase = {
  /** The version that the scenario is to run on. */
  compiled: Compiled
  version: number
  /** Says that it is to run on this version alone, not on the latest. */
  pinned: boolean
  /** The whole history. */
  entries: readonly Entry[]
  /** In force when the job began, and now. */
  before: CalendarSet
  calendars: CalendarSet
}
/** `differs`: where the scenario first takes another course than the job did. */
export type MadeScenario = {
  scenario: Scenario
  differs?: { seq: number; was: string[]; is: string[] }
  leftOut: Partial<Record<LeftOut, number>>
}

/** Deadlines reach beyond the end. */
const MARGIN = 14 * DAY
const NORM_WEIGHT = 10
const PASS_MARK = 80
const RUN = 'real'

export function scenarioOf(real: RealCase): MadeScenario {
  const plain = madeWith(real, { asLong: false })
  if (plain.differs === undefined) return plain
  const long = madeWith(real, { asLong: true })
  return long.differs === undefined ? long : plain
}

function madeWith(real: RealCase, options: StandInOptions): MadeScenario {
  const { compiled, version, pinned, entries, before, calendars } = real
  const { definition } = compiled
  const [first, last] = [entries[0], entries.at(-1)]
  if (first?.command.kind !== 'start' || last === undefined)
    throw new TypeError('a history that does not begin with a start')
  const from = Date.parse(first.at)
  const shift = neutralShift(from, Date.parse(last.at) + MARGIN, before, calendars)
  const cast = castOf(compiled, entries, shift)
  const standIns = new StandIns(definition, cast, shift, options)
  const fields = standIns.fields(definition.schemas.context.properties, first.command.fields)
  const course = courseOf(compiled, entries, cast, standIns)
  const by = cast.keyOf(first.actor.id)
  const hidden = othersDoing(compiled, course, cast.trainee.roles)
  const { title } = definition.meta
  const bare: Scenario = {
    id: `${definition.id}-case-${hashOf([fields, course.steps, course.happens]).slice(0, 8)}`,
    process: definition.id,
    ...(pinned ? { version } : {}),
    title: { en: `A real case: ${title.en ?? definition.id}`, zh: `真实案例：${title.zh ?? definition.id}` },
    briefing: {
      en: 'Made from a real job: persons, places, texts and days are stand-ins. Write here what the trainee knows when it begins.',
      zh: '由真实工单生成：人员、地点、文字和日期均已替换。请在此写明学员开始时所知的情况。',
    },
    difficulty: 'medium',
    tags: ['real'],
    seed: 1,
    start: {
      now: movedMoment(first.at, shift),
      fields,
      trainee: cast.trainee,
      ...(by === undefined || by === TRAINEE ? {} : { by }),
      ...(course.before.length === 0 ? {} : { before: course.before }),
    },
    cast: cast.members,
    happens: course.happens,
    moves: [],
    ...(hidden.length === 0 ? {} : { hidden }),
    rubric: { norms: {}, critical: [], passMark: PASS_MARK },
    runs: {},
  }
  return tried(real, bare, course)
}

/** Events that come by themselves, though the trainee's role could send them: he is not to do them twice. */
function othersDoing(
  { definition }: Compiled,
  { happens, steps }: Course,
  roles: readonly string[],
): string[] {
  const own = new Set(steps.flatMap(({ what }) => (what.do === 'event' ? [what.type] : [])))
  const theirs = happens.flatMap(({ does }) => does.flatMap((act) => (act.act === 'event' ? [act.type] : [])))
  return [...new Set(theirs)].filter(
    (type) =>
      !own.has(type) &&
      definition.schemas.events[type]?.meta.roles.some((role) => roles.includes(role)) === true,
  )
}

/** The scenario run once: what it comes to is what it is expected to come to, and is held against the job. */
function tried(real: RealCase, bare: Scenario, course: Course): MadeScenario {
  const { compiled, version, calendars } = real
  const setup = (scenario: Scenario): Setup => ({
    scenario,
    compiled,
    version,
    calendars,
    seed: scenario.seed,
    mode: 'examination',
  })
  const told = { leftOut: course.leftOut }
  const run = replaySteps(setup(bare), course.steps)
  const { sim } = run
  if (sim === undefined)
    return { ...told, scenario: bare, differs: { seq: 1, was: real.entries[0]?.active ?? [], is: [] } }
  const norms = Object.fromEntries(
    [...new Set(sim.marks.map(({ norm }) => norm))].sort().map((norm) => [norm, NORM_WEIGHT]),
  )
  const counted = { ...bare, rubric: { ...bare.rubric, norms } }
  const scored = { ...sim, setup: setup(counted) }
  const expect = outcomeOf(sim, scoreOf(scored))
  const scenario: Scenario = { ...counted, runs: { [RUN]: { steps: course.steps, expect } } }
  const differs = firstDifference(course.kept, sim)
  return { ...told, scenario, ...(differs === undefined ? {} : { differs }) }
}

/** Entry by entry: the same states, the same norms broken at it. */
function firstDifference(kept: readonly Entry[], { entries }: Sim): MadeScenario['differs'] {
  const broken = ({ breaches }: Entry): string => breaches.map(({ norm }) => norm).join()
  for (let n = 0; n < Math.max(kept.length, entries.length); n += 1) {
    const [was, is] = [kept[n], entries[n]]
    if (was !== undefined && is !== undefined) {
      if (was.active.join() === is.active.join() && broken(was) === broken(is)) continue
    }
    return { seq: was?.seq ?? kept.at(-1)?.seq ?? 1, was: was?.active ?? [], is: is?.active ?? [] }
  }
  return undefined
}
