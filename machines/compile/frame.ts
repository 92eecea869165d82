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
export const variablesOf = (frame: Frame, standing: Omit<Standing, 'active'>): Variables =>
  new VariablesAt(frame, standing)

/** The checklist is put together for the few that read it. A getter of a class: one of an object costs more than it saves. */
class VariablesAt implements Variables {
  readonly job: Fields
  readonly event?: EventAtHand
  readonly now: number
  readonly actor: Variables['actor']
  readonly settings: Variables['settings']
  readonly links: Variables['links']
  readonly timeZone: string
  readonly #unticked: Frame['unticked']
  readonly #ticks: Standing['checklist']
  #checklist: Record<string, boolean> | undefined

  constructor(frame: Frame, { fields, checklist, event }: Omit<Standing, 'active'>) {
    this.job = fields
    if (event !== undefined) this.event = event
    this.now = frame.now
    this.actor = frame.actor
    this.settings = frame.settings
    this.links = frame.links
    this.timeZone = frame.calendars.timeZone
    this.#unticked = frame.unticked
    this.#ticks = checklist
  }

  get checklist(): Record<string, boolean> {
    this.#checklist ??= {
      ...this.#unticked,
      ...Object.fromEntries(Object.keys(this.#ticks).map((item) => [item, true])),
    }
    return this.#checklist
  }
}
