/**
 * The runs of attempts under way, as the server itself makes them from their steps.
 *
 * Promises: what it holds in memory can be lost: it is made again from what is stored; the setup of an attempt is the one it
 * began with, whatever was changed since.
 * Must not: take a step of a run that is over, or write.
 */

import { replaySteps } from '../../machines/simulate/known-runs.ts'
import { begin, take } from '../../machines/simulate/run.ts'
import type { Scenario, Step } from '../../machines/simulate/scenario.ts'
import type { Setup, Sim } from '../../machines/simulate/sim.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { AttemptRecord, TrainingStore } from '../store/training-port.ts'

/** Some megabytes each at most. */
const MOST_KEPT = 200

export type Live = { scenario: Scenario; setup: Setup; sim: Sim }

export class AttemptRuns {
  readonly #library: Library
  readonly #store: TrainingStore
  /** By use, the longest unused first. */
  readonly #kept = new Map<string, Live>()

  constructor(library: Library, store: TrainingStore) {
    this.#library = library
    this.#store = store
  }

  async scenarioOf({ content }: AttemptRecord): Promise<Scenario> {
    const scenario = await this.#store.content(content)
    if (scenario === undefined) throw new Error(`the scenario ${content} of an attempt is gone`)
    return scenario
  }

  async setupOf(record: AttemptRecord, scenario: Scenario): Promise<Setup> {
    const { compiled } = await processVersion(this.#library, record.process, record.version)
    const calendars = await this.calendarsOf(record)
    const { version, seed, mode } = record
    return { scenario, compiled, version, calendars, seed, mode }
  }

  async calendarsOf({ calendars }: AttemptRecord) {
    return (await this.#library.calendarSet(calendars)) ?? (await this.#library.settings()).calendarSet
  }

  /** The run as it stands by these steps. Problems: attempt-unreplayable. */
  async live(record: AttemptRecord, steps: readonly Step[]): Promise<Live> {
    const kept = this.#kept.get(record.id)
    if (kept !== undefined && kept.sim.steps.length === steps.length) return kept
    const scenario = await this.#settingOf(record)
    const setup = await this.setupOf(record, scenario)
    const made: Live = { scenario, setup, sim: replayed(setup, steps) }
    this.keep(record.id, made)
    return made
  }

  async #settingOf(record: AttemptRecord): Promise<Scenario> {
    return this.#kept.get(record.id)?.scenario ?? (await this.scenarioOf(record))
  }

  keep(id: string, live: Live): void {
    this.#kept.delete(id)
    this.#kept.set(id, live)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break
      this.#kept.delete(oldest)
    }
  }

  drop(id: string): void {
    this.#kept.delete(id)
  }
}

/** From the start, as it was. Problems: attempt-unreplayable. */
export function replayed(setup: Setup, steps: readonly Step[]): Sim {
  const again = replaySteps(setup, steps)
  if (!again.ok) throw problem('attempt-unreplayable', { step: again.step, fault: again.fault })
  return again.sim
}

/** Where a run begins. Problems: scenario-cannot-start. */
export function begun(setup: Setup): Sim {
  const taken = begin(setup)
  if (!taken.ok) throw problem('scenario-cannot-start', { reasons: taken.reasons })
  return taken.sim
}

/** Steps after those that were; what comes after the end is left out. Problems: step-impossible. */
export function gone(sim: Sim, steps: readonly Step[]): Sim {
  let present = sim
  for (const step of steps) {
    if (present.over !== undefined) break
    const taken = take(present, step)
    if (!taken.ok)
      throw problem('step-impossible', {
        index: present.steps.length,
        fault: taken.fault,
        reasons: taken.reasons,
      })
    present = taken.sim
  }
  return present
}
