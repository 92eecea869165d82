/** Where a watched attempt stands: its run made again from its steps. */
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import type { AttemptView } from '../../../machines/wire/training.ts'
import { setupOf } from '../session/open-attempt.ts'

export type Watched = {
  readonly attempt: AttemptView
  readonly sim: Sim | undefined
  /** So far; the server's once it is over. An examination is counted by the server alone. */
  readonly points: number | undefined
}

export function watchedOf(attempt: AttemptView): Watched {
  const setup = setupOf(attempt)
  const again = setup === undefined ? undefined : replaySteps(setup, attempt.steps)
  const sim = again?.sim
  const counts = attempt.mode === 'practice' && sim !== undefined
  return { attempt, sim, points: attempt.points ?? (counts ? scoreOf(sim).points : undefined) }
}
