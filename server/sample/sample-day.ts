/**
 * The sample day: jobs of all kinds in all stages, for an organisation that has none yet, and taking them away again.
 *
 * Promises: the jobs come in one commit, so that a stop in the middle leaves none or all; whoever asks twice gets one day; what
 * is taken away is sample and nothing else, wherever people went on with it. Its people stay known and are disabled, since
 * others may have named them meanwhile.
 * Must not: run while another asks; write a job that the engine did not make.
 */
import type { Actor } from '../../machines/advance/job.ts'
import type { SampleState } from '../../machines/wire/sample.ts'
import type { Scope } from '../access/scope.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import type { JobWork } from '../jobs/job-work.ts'
import { NOTICE } from '../jobs/notices.ts'
import type { Log } from '../jobs/outbox.ts'
import type { Person } from '../store/library-port.ts'
import type { JobStore, NewOutboxItem } from '../store/port.ts'
import { CALLS } from './calls.ts'
import { certificatesOf, memberOf, membersOf, PARTS, type Part } from './cast.ts'
import type { Course } from './course.ts'
import { REPAIRS } from './depot.ts'
import { OTHERS } from './others.ts'
import { samplePhoto } from './photo.ts'
import { type Played, play } from './play.ts'
import { VISITS } from './visits.ts'

/** Older messages to people are left out: nobody wants to begin with a hundred unread ones. */
const TOLD_MS = 12 * 3600 * 1000

export type SamplePort = {
  /** `within`: whose other jobs are counted; sample jobs are nobody's secret. */
  state(within?: Scope): Promise<SampleState>
  make(by: Actor): Promise<SampleState>
  remove(by: Actor): Promise<SampleState>
}
type SampleDeps = {
  work: JobWork
  evidence: EvidenceStore
  /** An empty store, to be thrown away. */
  openScratch(): JobStore
  /** Whose inboxes changed. */
  told(people: readonly string[]): void
  log: Log
}

export const COURSES: readonly Course[] = [...VISITS, ...CALLS, ...REPAIRS, ...OTHERS]

export function createSampleDay({ work, evidence, openScratch, told, log }: SampleDeps): SamplePort {
  const { store, library } = work.deps

  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = last.then(run)
    last = done.catch(() => undefined)
    return done
  }

  const known = async (): Promise<Person[]> => {
    const ids = new Set<string>(membersOf().map(({ id }) => id))
    return (await library.people()).filter(({ id }) => ids.has(id))
  }

  const state = async (within?: Scope): Promise<SampleState> => {
    const counted = store.count(within === undefined ? {} : { within })
    const [jobs, { total }, people] = await Promise.all([store.countSample(), counted, known()])
    return { jobs, allJobs: total, people: people.filter(({ disabled }) => disabled !== true).length }
  }

  async function engage(): Promise<Map<Part, Actor>> {
    const now = work.deps.now()
    const at = new Date(now).toISOString()
    const cast = new Map<Part, Actor>()
    for (const part of PARTS) {
      const member = memberOf(part)
      const { id, name, roles, regions = [] } = member
      const before = await library.person(id)
      const certificates = certificatesOf(member, now)
      const createdAt = before?.createdAt ?? at
      const person = {
        id,
        name,
        roles: [...roles],
        regions: [...regions],
        certificates,
        tokens: [],
        createdAt,
      }
      await library.savePerson(before?.revision ?? 0, { ...person, updatedAt: at })
      cast.set(part, { id, name, roles: [...roles], certificates })
    }
    return cast
  }

  async function make(by: Actor): Promise<void> {
    if ((await store.countSample()) > 0) return
    const cast = await engage()
    const { sha256: photo } = await evidence.receive(samplePhoto())
    const now = work.deps.now()
    const scratch = openScratch()
    const played = await play({ library, store: scratch, cast, courses: COURSES, now, photo, log: QUIET })
    await work.adopt(whole(played, now))
    await evidence.named(photo)
    const jobs = await store.countSample()
    if (played.stopped.length > 0)
      log.info({ stopped: played.stopped }, 'some sample jobs went less far than meant')
    log.info({ by: by.id, jobs }, 'sample day made')
  }

  async function remove(by: Actor): Promise<void> {
    const jobs = await store.removeSample()
    const at = new Date(work.deps.now()).toISOString()
    for (const { revision, ...person } of await known()) {
      if (person.disabled === true) continue
      await library.savePerson(revision, { ...person, disabled: true, tokens: [], updatedAt: at })
      await library.deleteSessionsOf(person.id)
    }
    told((await library.people()).map(({ id }) => id))
    log.info({ by: by.id, jobs }, 'sample day removed')
  }

  return {
    state,
    make: (by) => inTurn(() => make(by)).then(() => state()),
    remove: (by) => inTurn(() => remove(by)).then(() => state()),
  }
}

/** What is not taken by a job of the play is no fault of the server's. */
const QUIET: Log = { error: () => {}, info: () => {} }

/** All the play as one commit. Messages between jobs arrived in the play; those to people are still to be delivered. */
function whole(
  { commits }: Played,
  now: number,
): { changes: Played['commits'][number]['changes']; outbox: NewOutboxItem[] } {
  const since = new Date(now - TOLD_MS).toISOString()
  const notices = commits.flatMap(({ outbox }) => outbox).filter(({ kind }) => kind === NOTICE)
  return {
    changes: commits.flatMap(({ changes }) => changes),
    outbox: notices.filter(({ notBefore }) => notBefore >= since),
  }
}
