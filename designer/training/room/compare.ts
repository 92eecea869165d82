/**
 * Two moments of a rehearsal held side by side: where they stand, what their data say, what was broken, the time used.
 *
 * Must not: judge which is the better.
 */
import { deadlinesOf } from '../../../machines/advance/view.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { activeOf } from '../../../machines/simulate/standing.ts'
import type { Deadline } from '../../../machines/wire/jobs.ts'

export type Side = {
  readonly active: readonly string[]
  readonly usedMs: number
  readonly acts: number
  readonly refused: number
  /** Undefined in the owner's mode. */
  readonly points: number | undefined
}
export type Comparison = {
  readonly one: Side
  readonly other: Side
  /** Fields that differ. */
  readonly fields: readonly { readonly name: string; readonly one: unknown; readonly other: unknown }[]
  /** Norms broken in either, with how often. */
  readonly broken: readonly { readonly norm: string; readonly one: number; readonly other: number }[]
  /** Deadlines that do not stand alike. */
  readonly deadlines: readonly {
    readonly delay: string
    readonly one: Deadline | undefined
    readonly other: Deadline | undefined
  }[]
}

export function compare(one: Sim, other: Sim): Comparison {
  return {
    one: sideOf(one),
    other: sideOf(other),
    fields: differingFields(one, other),
    broken: differingNorms(one, other),
    deadlines: differingDeadlines(one, other),
  }
}

const sideOf = (sim: Sim): Side => ({
  active: activeOf(sim),
  usedMs: (sim.over?.at ?? sim.now) - sim.startedAt,
  acts: sim.steps.filter(({ what }) => what.do !== 'wait' && what.do !== 'happen').length,
  refused: sim.refused,
  points: sim.setup.mode === 'owner' ? undefined : scoreOf(sim).points,
})

const fieldsOf = ({ job }: Sim): Readonly<Record<string, unknown>> => job.snapshot.context.fields

function differingFields(one: Sim, other: Sim): Comparison['fields'] {
  const [here, there] = [fieldsOf(one), fieldsOf(other)]
  return [...new Set([...Object.keys(here), ...Object.keys(there)])].flatMap((name) =>
    JSON.stringify(here[name]) === JSON.stringify(there[name])
      ? []
      : [{ name, one: here[name], other: there[name] }],
  )
}

function differingNorms(one: Sim, other: Sim): Comparison['broken'] {
  const count = ({ marks }: Sim, norm: string): number =>
    marks.filter((mark) => mark.norm === norm && mark.is !== 'met').length
  const norms = [...one.marks, ...other.marks].filter(({ is }) => is !== 'met').map(({ norm }) => norm)
  return [...new Set(norms)]
    .sort()
    .map((norm) => ({ norm, one: count(one, norm), other: count(other, norm) }))
}

function differingDeadlines(one: Sim, other: Sim): Comparison['deadlines'] {
  const [here, there] = [deadlinesOf(one.compiled, one.job), deadlinesOf(other.compiled, other.job)]
  const names = new Set([...here, ...there].map(({ delay }) => delay))
  return [...names].flatMap((delay) => {
    const [mine, theirs] = [here, there].map((list) => list.find((each) => each.delay === delay))
    return JSON.stringify(mine) === JSON.stringify(theirs) ? [] : [{ delay, one: mine, other: theirs }]
  })
}
