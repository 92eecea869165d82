/**
 * What one advance may know while its machine runs, handed to guards and delays from outside the snapshot.
 *
 * Promises: set for the length of one synchronous run and taken away after it, so that a compiled machine can be
 * shared by all jobs of its version and still reads neither clock nor globals (E8).
 * Must not: outlive the run, or hold anything that changes during it.
 */
import type { Fields, JobStatus, Surroundings, Tick } from '../advance/job.ts'
import type { Variables } from '../expression/expression.ts'

export type Frame = Surroundings & {
  settings: Variables['settings']
  links: Record<string, { job: string; process: string; status: JobStatus }>
  /** Every item of the definition, not ticked. */
  unticked: Readonly<Record<string, boolean>>
}

/** The event at hand: a declared one with its payload, or one whose payload is not known yet. */
export type EventAtHand = { type: string; payload: Record<string, unknown> }

/** Where a guard stands: what the machine holds at that moment. */
export type Standing = {
  fields: Fields
  checklist: Record<string, Tick>
  /** Paths of all active states, ancestors too. */
  active: ReadonlySet<string>
  event?: EventAtHand
}

/** The variables of an expression. */
export function variablesOf(frame: Frame, standing: Omit<Standing, 'active'>): Variables {
  const checklist: Record<string, boolean> = { ...frame.unticked }
  for (const item of Object.keys(standing.checklist)) checklist[item] = true
  return {
    job: standing.fields,
    ...(standing.event === undefined ? {} : { event: standing.event }),
    now: frame.now,
    actor: frame.actor,
    checklist,
    settings: frame.settings,
    links: frame.links,
    timeZone: frame.calendars.timeZone,
  }
}
