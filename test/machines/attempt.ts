/**
 * Trying to get round a rule: events sent that may be accepted or refused. Anything but a refusal is a failure.
 */
import type { Actor } from '../../machines/advance/job.ts'
import type { Rehearsal } from './kit.ts'

/** Whether the event was accepted. */
export function attempt(
  job: Rehearsal,
  type: string,
  payload: Record<string, unknown>,
  actor: Actor,
): boolean {
  try {
    job.send(type, payload, actor)
    return true
  } catch (error) {
    if (error instanceof Error && error.message.includes(' refused in [')) return false
    throw error
  }
}

/** Every event by every actor, from the same point each time: those accepted, with the job each made. */
export function attemptAll(
  from: () => Rehearsal,
  events: readonly string[],
  actors: readonly Actor[],
  payloads: Record<string, Record<string, unknown>>,
): { type: string; actor: Actor; job: Rehearsal }[] {
  const accepted: { type: string; actor: Actor; job: Rehearsal }[] = []
  // A refusal leaves a job as it was, so the next attempt starts from the same point.
  let job = from()
  for (const type of events)
    for (const actor of actors)
      if (attempt(job, type, payloads[type] ?? {}, actor)) {
        accepted.push({ type, actor, job })
        job = from()
      }
  return accepted
}
