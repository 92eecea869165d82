/**
 * What a history entry means for a rehearsal: lines to read, norms met and broken, happenings set going, the end.
 *
 * Must not: change the job; `advance` did.
 */
import type { Breach, Entry, Job } from '../advance/job.ts'
import type { Text } from '../definition/schema.ts'
import { setGoing } from './happenings.ts'
import type { Ending, Line, Mark, Sim } from './sim.ts'
import { activeOf, statesOf } from './standing.ts'

type Bare<Kind> = Kind extends unknown ? Omit<Kind, 'at' | 'step'> : never

/** The step at hand: steps are kept when they begin. */
const stepOf = ({ steps }: Sim): number => steps.length - 1

export const say = (sim: Sim, ...lines: Bare<Line>[]): Sim => ({
  ...sim,
  lines: [...sim.lines, ...lines.map((line): Line => ({ ...line, at: sim.now, step: stepOf(sim) }))],
})

export type Broken = { norm: string; from: Mark['from']; critical?: boolean; why?: Text }

/** `tried`: a barred event; it is told of, but nothing was done. Ends an examination where it is critical. */
export function markBroken(sim: Sim, is: 'broken' | 'tried', { norm, from, critical, why }: Broken): Sim {
  const { scenario, mode } = sim.setup
  if (mode === 'owner' && from !== 'engine' && from !== 'timer') return sim
  const grave = critical === true || scenario.rubric.critical.includes(norm)
  const mark: Mark = {
    at: sim.now,
    step: stepOf(sim),
    norm,
    is,
    from,
    critical: grave,
    ...(why === undefined ? {} : { why }),
  }
  const marked = say(
    { ...sim, marks: [...sim.marks, mark] },
    { is: 'broke', norm, critical: grave, ...(why === undefined ? {} : { why }) },
  )
  return grave && mode === 'examination' ? end(marked, 'critical') : marked
}

export const markMet = (sim: Sim, norms: readonly string[], from: Mark['from']): Sim => ({
  ...sim,
  marks: [
    ...sim.marks,
    ...norms.map(
      (norm): Mark => ({ at: sim.now, step: stepOf(sim), norm, is: 'met', from, critical: false }),
    ),
  ],
})

/** Only the first end counts. */
export const end = (sim: Sim, why: Ending): Sim =>
  sim.over === undefined ? say({ ...sim, over: { why, at: sim.now } }, { is: 'over', why }) : sim

const asked = (breach: Breach, from: Mark['from']): Broken => ({
  norm: breach.norm,
  from,
  ...(breach.note === undefined ? {} : { why: breach.note }),
})

/** `counts`: false before the trainee came in. */
export function absorb(
  sim: Sim,
  { job, entry }: { job: Job; entry: Entry },
  { from, counts }: { from: 'engine' | 'timer'; counts: boolean },
): Sim {
  const before = statesOf(activeOf(sim))
  const entered = new Set([...statesOf(entry.active)].filter((path) => !before.has(path)))
  let next: Sim = { ...sim, job, entries: [...sim.entries, entry] }
  if (entered.size > 0) next = say(next, { is: 'entered', active: entry.active })
  for (const effect of entry.effects)
    if (effect.type === 'remind' || effect.type === 'notify')
      next = say(next, { is: 'noticed', message: effect.message })
  if (!counts) return next
  next = markMet(next, entry.norms.met, from)
  for (const breach of entry.breaches) next = markBroken(next, 'broken', asked(breach, from))
  if (entered.size > 0) next = setGoing(next, { entered })
  return endWhereOver(next, entered)
}

function endWhereOver(sim: Sim, entered: ReadonlySet<string>): Sim {
  if (sim.job.status !== 'active') return end(sim, 'job')
  const { until } = sim.setup.scenario
  return until?.some((path) => entered.has(path)) === true ? end(sim, 'until') : sim
}
