/**
 * The training room as one: attempts, assignments, and what they share.
 *
 * Must not: hold a rule of its own.
 */

import type { Actor } from '../../machines/advance/job.ts'
import type { StartAttempt } from '../../machines/wire/training.ts'
import { hashSecret } from '../access/secrets.ts'
import type { Ids } from '../ids.ts'
import type { Library } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'
import { type AssignmentsPort, createAssignments } from './assignments.ts'
import { type AttemptsPort, createAttempts, type KeptScenario, type Purpose } from './attempts.ts'
import { createGrant } from './certificates.ts'
import { engineMark } from './engine-mark.ts'
import { createResults, type ResultsPort } from './results.ts'
import { createSessions, type SessionsPort } from './sessions.ts'
import { createTending, type Log, type Tending } from './tending.ts'
import { createTrainingBell, type TrainingBell } from './training-bell.ts'
import { createTrainingNotices } from './training-notices.ts'
import { createWatching, type WatchingPort } from './watching.ts'

export type TrainingDeps = {
  store: Pick<JobStore, 'training' | 'layNotice'>
  library: Library
  /** As it is in the library now. */
  scenario(id: string): Promise<KeptScenario | undefined>
  ids: Ids
  /** The server's time. */
  now(): number
  /** Real time. */
  wallNow(): number
  log: Log
  /** Something was laid into these inboxes. */
  told(people: readonly string[]): void
}
export type Training = {
  attempts: AttemptsPort
  assignments: AssignmentsPort
  sessions: SessionsPort
  results: ResultsPort
  tending: Tending
  watching: WatchingPort
  bell: TrainingBell
}

/** Without those that are taken for others when read out or written down. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 6
/** Bytes by chance, given in hex. */
const codeOf = (hex: string): string =>
  Array.from({ length: CODE_LENGTH }, (_, at) => {
    const byte = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
    return LETTERS.charAt(byte % LETTERS.length)
  }).join('')

export function createTraining({ ids, log, told, store: whole, ...given }: TrainingDeps): Training {
  const deps = { ...given, store: whole.training }
  const newId = () => ids.id()
  const chance = () => hashSecret(ids.secret())
  const bell = createTrainingBell()
  const notices = createTrainingNotices({ ...given, store: whole, told })
  const assignments = createAssignments({ ...deps, newId, assigned: notices.assigned })
  const sessions = createSessions({ ...deps, bell, newCode: () => codeOf(chance()) })

  async function purpose(body: StartAttempt, by: Actor): Promise<Purpose> {
    const joined = body.session === undefined ? {} : await sessions.join(body.session, body, by)
    const assignment = await assignments.meant(body, by)
    return { ...joined, ...(assignment === undefined ? {} : { assignment }) }
  }

  const attempts = createAttempts({
    ...deps,
    newId,
    bell,
    newSeed: () => Number.parseInt(chance().slice(0, 8), 16),
    engine: engineMark(),
    purpose,
    grant: createGrant(deps),
  })
  const watching = createWatching({ ...deps, sessions })
  const tending = createTending([attempts.sweep, notices.tell], log)
  return { attempts, assignments, sessions, results: createResults(deps), watching, bell, tending }
}
