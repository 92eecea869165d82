/**
 * Which jobs whoever asks may know of, where they are named in passing.
 *
 * Promises: costs nothing for whom no limit keeps out.
 * Must not: tell a job that is gone from one that is beyond his limits.
 */
import { sightOf } from '../access/masking.ts'
import type { Right } from '../access/policy.ts'
import { type Asker, isLimited } from '../access/scope.ts'
import { ApiProblem } from '../problem-details.ts'
import type { JobsPort } from './jobs-port.ts'

/** Those of the ids of whose jobs nothing is left out for him. */
export async function seenWhole(
  jobs: Pick<JobsPort, 'mustReach'>,
  asker: Asker,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  return sightOf(asker) === 'none' ? new Set() : reachable(jobs, asker, ids, 'jobs:personal')
}

/** Those of the ids that he reaches. */
export async function reachable(
  jobs: Pick<JobsPort, 'mustReach'>,
  asker: Asker,
  ids: readonly string[],
  right: Right = 'jobs:read',
): Promise<ReadonlySet<string>> {
  const each = new Set(ids)
  if (!isLimited(asker)) return each
  for (const id of ids)
    try {
      await jobs.mustReach(id, right, asker)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      each.delete(id)
    }
  return each
}
