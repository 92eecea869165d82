/**
 * Many acts in one request, each on a job of its own or after another on the same.
 *
 * Promises: an act is what its own route would do: the same rights, refusals and durability; a job is changed whole or
 * not at all, wherever the rest breaks off. Acts on one job come in their order; jobs do not wait for each other's.
 * With an idempotency key each act has a key of its own made from it, so that a repeat (also after a cut) does what was
 * not done, and answers for what was as before.
 * Must not: know HTTP, or act other than through the acts it is given.
 */
import type { Batch } from '../../machines/wire/desk.ts'
import { may } from '../access/policy.ts'
import type { Asker } from '../access/scope.ts'
import { ApiProblem, problem } from '../problem-details.ts'
import type { JobStore } from '../store/port.ts'
import { RIGHT_OF } from './advance-job.ts'
import type { Conditions, Idempotency, JobsPort } from './jobs-port.ts'

/** As many jobs at once: their commits share a sync. */
const AT_ONCE = 16

type Act = Batch['acts'][number]
/** `error`: whatever was thrown; an `ApiProblem` where it is meant for whoever asked. */
export type ActResult<Outcome> = { outcome: Outcome } | { error: unknown }

/** How an act is done; the outcome is handed on as it is. */
type Acts<Outcome> = {
  act(...asked: Parameters<JobsPort['act']>): Promise<Outcome>
}
export type BatchPort<Outcome> = {
  /** Results in the order of the acts. Problems: idempotency-mismatch, idempotency-in-progress. */
  act(
    acts: readonly Act[],
    actor: Asker,
    conditions: Pick<Conditions, 'dryRun' | 'idempotency'>,
  ): Promise<ActResult<Outcome>[]>
}

export function createBatch<Outcome>(
  jobs: Acts<Outcome>,
  store: Pick<JobStore, 'idempotent'>,
): BatchPort<Outcome> {
  const inFlight = new Set<string>()

  async function requireSameRequest(acts: readonly Act[], whole: Idempotency): Promise<void> {
    for (const [at] of acts.entries()) {
      const known = await store.idempotent(keyOf(whole, at).key)
      if (known !== undefined && known.fingerprint !== whole.fingerprint)
        throw problem('idempotency-mismatch')
    }
  }

  async function one(
    { job, seq, act }: Act,
    actor: Asker,
    conditions: Conditions,
  ): Promise<ActResult<Outcome>> {
    try {
      const right = RIGHT_OF[act.kind]
      if (!may(actor.roles, right)) throw problem('forbidden', { right })
      const ifMatch = seq === undefined ? {} : { ifMatch: seq }
      return { outcome: await jobs.act(job, act, actor, { ...conditions, ...ifMatch }) }
    } catch (error) {
      return { error }
    }
  }

  async function all(
    acts: readonly Act[],
    actor: Asker,
    { dryRun, idempotency }: Pick<Conditions, 'dryRun' | 'idempotency'>,
  ): Promise<ActResult<Outcome>[]> {
    const results: ActResult<Outcome>[] = []
    const waiting = [...Map.groupBy(acts.entries(), ([, { job }]) => job).values()]
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        for (const [at, act] of next)
          results[at] = await one(act, actor, {
            ...(dryRun === undefined ? {} : { dryRun }),
            ...(idempotency === undefined ? {} : { idempotency: keyOf(idempotency, at) }),
          })
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return results
  }

  return {
    act: async (acts, actor, conditions) => {
      const { idempotency } = conditions
      if (idempotency === undefined) return all(acts, actor, conditions)
      if (inFlight.has(idempotency.key)) throw problem('idempotency-in-progress')
      inFlight.add(idempotency.key)
      try {
        await requireSameRequest(acts, idempotency)
        return await all(acts, actor, conditions)
      } finally {
        inFlight.delete(idempotency.key)
      }
    },
  }
}

/** A line break is in no key that a request can send. */
const keyOf = ({ key, fingerprint }: Idempotency, at: number): Idempotency => ({
  key: `${key}\n${at}`,
  fingerprint,
})

/** What is not meant for whoever asked, for the log. */
export const faultsOf = (results: readonly ActResult<unknown>[]): unknown[] =>
  results.flatMap((result) =>
    'error' in result && !(result.error instanceof ApiProblem) ? [result.error] : [],
  )
