/**
 * The ends of attempts: finished and counted, found to be forged, or left.
 *
 * Promises: what counts is what is replayed here from the first step to the last, whatever a page claims or memory holds; an
 * attempt ends once. To be called one at a time for an attempt.
 * Must not: weigh anything (`machines/simulate/score.ts`).
 */
import { scoreOf } from '../../machines/simulate/score.ts'
import type { ScoreCard } from '../../machines/simulate/score-card.ts'
import type { Sim } from '../../machines/simulate/sim.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type { FinishAttempt } from '../../machines/wire/training.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { AttemptEnd, StoredAttempt, TrainingStore } from '../store/training-port.ts'
import { type AttemptRuns, replayed } from './attempt-runs.ts'
import type { Grant } from './certificates.ts'
import { tallyOf } from './tally.ts'

type EndDeps = {
  store: TrainingStore
  library: Library
  runs: AttemptRuns
  engine: string
  grant: Grant
  now(): number
}
export type AttemptEnds = {
  /** Problems: attempt-closed, attempt-forged, attempt-unreplayable. */
  finish(stored: StoredAttempt, body: FinishAttempt): Promise<void>
  /** Whoever made it went away. */
  leave(stored: StoredAttempt): Promise<void>
}
type Counted = { sim: Sim; card: ScoreCard }

export function createAttemptEnds({ store, library, runs, engine, grant, now }: EndDeps): AttemptEnds {
  const present = (): string => new Date(now()).toISOString()

  async function counted({ record, steps }: StoredAttempt): Promise<Counted> {
    const setup = await runs.setupOf(record, await runs.scenarioOf(record))
    const sim = replayed(setup, steps)
    return { sim, card: scoreOf(sim) }
  }

  async function tallied({ sim, card }: Counted, endedAt: string) {
    const { timeZone } = (await library.settings()).value
    return tallyOf(sim, card, dayAt(endedAt, timeZone))
  }

  async function close({ record }: StoredAttempt, end: AttemptEnd): Promise<void> {
    if (!(await store.endAttempt(record.id, end))) throw problem('attempt-closed')
    runs.drop(record.id)
  }

  /** By what it is worth, and what follows from that. */
  async function closeCounted(stored: StoredAttempt, result: Counted): Promise<void> {
    const { sim, card } = result
    const { mode, person } = stored.record
    const { grants } = sim.setup.scenario
    const isEarned = mode === 'examination' && card.passed && grants !== undefined
    // First, since it harms nothing twice: were it second, a crash between the two could lose it.
    const certificate = isEarned ? await grant(person, grants) : undefined
    const endedAt = present()
    await close(stored, {
      status: card.passed ? 'passed' : 'failed',
      endedAt,
      points: card.points,
      card,
      ...(certificate === undefined ? {} : { certificate }),
      tally: await tallied(result, endedAt),
    })
  }

  return {
    finish: async (stored, { claimed }) => {
      const { record, card: before } = stored
      const isClaimed = ({ points, passed }: ScoreCard): boolean =>
        claimed === undefined || (claimed.points === points && claimed.passed === passed)
      if (record.status !== 'open') {
        // The answer to the first finish may have been lost on the way.
        if (before !== undefined && record.points !== undefined && isClaimed(before)) return
        throw problem('attempt-closed')
      }
      const result = await counted(stored)
      // A page of another release may count otherwise and mean no harm.
      if (record.engine !== engine || isClaimed(result.card)) return closeCounted(stored, result)
      await close(stored, { status: 'void', endedAt: present(), card: result.card })
      const { points, passed } = result.card
      throw problem('attempt-forged', { claimed, counted: { points, passed } })
    },
    leave: async (stored) => {
      if (stored.record.status !== 'open') return
      const endedAt = present()
      const result = await counted(stored).catch(() => undefined)
      if (result === undefined) return close(stored, { status: 'void', endedAt })
      // Going away does not undo a fault.
      if (stored.record.mode === 'examination' && result.sim.over !== undefined)
        return closeCounted(stored, result)
      await close(stored, {
        status: 'left',
        endedAt,
        card: result.card,
        tally: await tallied(result, endedAt),
      })
    },
  }
}
