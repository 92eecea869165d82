/**
 * What is personal in jobs, erased everywhere.
 *
 * Promises: each job is erased whole or not at all; when it resolves nothing of what was personal is in any file of the data folder,
 * also not in free pages of the database or its log. A job that goes on is left as it is.
 * Must not: decide which jobs, or whether somebody may.
 */
import type { Actor } from '../../machines/advance/job.ts'
import { eraseJob, textsOf } from '../../machines/erase/erase.ts'
import { filesOf } from '../../machines/erase/personal.ts'
import { ERASED } from '../../machines/erase/stand-in.ts'
import type { EraseOutcome } from '../../machines/wire/privacy.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import { indexJob } from '../jobs/index-job.ts'
import type { JobWork } from '../jobs/job-work.ts'
import { SeqConflict } from '../store/port.ts'
import { JobWaits } from '../store/privacy-port.ts'
import { type WholeJob, wholeJob } from './personal-jobs.ts'

export type EraseDeps = { work: JobWork; evidence: Pick<EvidenceStore, 'remove'> }
export type ErasedOne = { id: string; outcome: EraseOutcome; replays?: boolean }

/** Somebody may put a note on it meanwhile. */
const MOST_TRIES = 5
/** Shorter ones are in every answer. */
const SHORTEST = 2

/** What would become of it. */
export function outcomeOf({ job }: Pick<WholeJob, 'job'>): EraseOutcome {
  if (job.status === 'active') return 'open'
  return job.erased?.seq === job.seq ? 'already' : 'erased'
}

/**
 * @param together texts of one job are sought in the others as well: they are of one person
 * @param actor who is named in the histories
 * Errors: StorageFailing, those of the disk.
 */
export async function eraseJobs(
  { work, evidence }: EraseDeps,
  ids: readonly string[],
  actor: Actor,
  { together }: { together: boolean },
): Promise<ErasedOne[]> {
  const { store, library } = work.deps
  const all = new Set<string>()
  const files = new Set<string>()
  if (together)
    for (const id of ids) {
      const whole = await wholeJob({ store, library }, id)
      if (whole !== undefined) for (const text of textsOf(whole.versions, whole)) all.add(text)
    }

  async function one(id: string): Promise<ErasedOne> {
    const whole = await wholeJob({ store, library }, id)
    if (whole === undefined) return { id, outcome: 'already' }
    const outcome = outcomeOf(whole)
    if (outcome !== 'erased') return { id, outcome }
    const { versions, calendars, job } = whole
    const own = textsOf(versions, whole)
    const compiled = versions(job.version)
    if (compiled === undefined) throw new TypeError('unreachable')
    const surroundings = await work.surroundings(compiled, undefined, actor)
    const made = eraseJob(versions, calendars, whole, new Set([...own, ...all]), surroundings)
    const change = {
      ...{ job: made.job, expectedSeq: job.seq, entry: made.entry },
      index: indexJob(compiled, made.job, made.entry.active),
    }
    await work.adoptErased({ change, entries: made.entries }, ERASED)
    for (const text of own) all.add(text)
    for (const file of filesOf(whole.entries)) files.add(file)
    const { command } = made.entry
    return { id, outcome, ...(command.kind === 'erase' ? { replays: command.replays } : {}) }
  }

  const done: ErasedOne[] = []
  for (const id of ids) done.push(await work.turns.take(id, () => tried(() => one(id), id)))
  const erased = done.filter(({ outcome }) => outcome === 'erased')
  if (erased.length === 0) return done
  const words = [...all].filter((text) => text.trim().length >= SHORTEST)
  await store.privacy.forgetAnswers([...erased.map(({ id }) => id), ...words])
  const named = await store.privacy.filesNamed([...files])
  for (const file of files) if (!named.has(file)) await evidence.remove(file)
  await store.privacy.scrub()
  return done
}

async function tried(erase: () => Promise<ErasedOne>, id: string): Promise<ErasedOne> {
  for (let tries = 1; ; tries += 1)
    try {
      return await erase()
    } catch (error) {
      if (error instanceof JobWaits) return { id, outcome: 'waiting' }
      if (!(error instanceof SeqConflict) || tries >= MOST_TRIES) throw error
    }
}
