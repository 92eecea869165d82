/**
 * What the training room asks the server: an attempt, its steps, its end.
 *
 * Promises: keys of what is kept begin with `training`.
 * Must not: hold words or draw anything.
 */
import type { Step } from '../../../machines/simulate/scenario.ts'
import type {
  AttemptMode,
  AttemptSummary,
  AttemptView,
  FinishAttempt,
  StartAttempt,
  StepsAdded,
} from '../../../machines/wire/training.ts'
import { ask } from '../../session/api.ts'

const under = (id: string, part = ''): string => `/api/training/attempts/${encodeURIComponent(id)}${part}`

export const attemptKey = (id: string) => ['training', 'attempt', id] as const
export const readAttempt = (id: string, signal?: AbortSignal): Promise<AttemptView> =>
  ask<AttemptView>(under(id), signal === undefined ? {} : { signal })
export const startAttempt = (what: StartAttempt): Promise<AttemptView> =>
  ask<AttemptView>('/api/training/attempts', { method: 'POST', body: what })
export const addSteps = (
  id: string,
  from: number,
  steps: readonly Step[],
  count: number,
): Promise<StepsAdded> =>
  ask<StepsAdded>(under(id, '/steps'), { method: 'POST', body: { from, steps, count } })
export const finishAttempt = (id: string, claimed: FinishAttempt): Promise<AttemptView> =>
  ask<AttemptView>(under(id, '/finish'), { method: 'POST', body: claimed })
export const streamAddress = (id: string): string => under(id, '/stream')

/** The same scenario once more, for what the attempt was for. */
export const onceMore = (attempt: AttemptSummary, mode: AttemptMode): StartAttempt => ({
  scenario: attempt.scenario,
  mode,
  ...(attempt.assignment === undefined || mode !== attempt.mode ? {} : { assignment: attempt.assignment }),
})
