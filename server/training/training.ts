/**
 * The training room as one: attempts, assignments, and what they share.
 *
 * Must not: hold a rule of its own.
 */

import { hashSecret } from '../access/secrets.ts'
import type { Ids } from '../ids.ts'
import type { Library } from '../store/library-port.ts'
import type { TrainingStore } from '../store/training-port.ts'
import { type AssignmentsPort, createAssignments } from './assignments.ts'
import { type AttemptsPort, createAttempts, type KeptScenario } from './attempts.ts'
import { createGrant } from './certificates.ts'
import { engineMark } from './engine-mark.ts'

export type TrainingDeps = {
  store: TrainingStore
  library: Library
  /** As it is in the library now. */
  scenario(id: string): Promise<KeptScenario | undefined>
  ids: Ids
  /** The server's time. */
  now(): number
  /** Real time. */
  wallNow(): number
}
export type Training = { attempts: AttemptsPort; assignments: AssignmentsPort }

export function createTraining({ ids, ...deps }: TrainingDeps): Training {
  const newId = () => ids.id()
  const assignments = createAssignments({ ...deps, newId })
  const attempts = createAttempts({
    ...deps,
    newId,
    newSeed: () => Number.parseInt(hashSecret(ids.secret()).slice(0, 8), 16),
    engine: engineMark(),
    assignment: assignments.meant,
    grant: createGrant(deps),
  })
  return { attempts, assignments }
}
