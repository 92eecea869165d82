/**
 * The use cases of jobs: start one, act on one, look at them.
 *
 * Promises: E1 to E3 and E6 as `JobWork` and the store keep them; with an idempotency key the same request gets the
 * same answer, refusals included (IETF draft-ietf-httpapi-idempotency-key-header).
 * Must not: know a route, or change a job other than by `advance`.
 */
import { allowed } from '../../machines/advance/allowed.ts'
import type { Actor, Entry, Job } from '../../machines/advance/job.ts'
import { itemsOf, viewOf } from '../../machines/advance/view.ts'
import type { JobDetail, JobView } from '../../machines/wire/jobs.ts'
import type { Right } from '../access/policy.ts'
import { type Asker, actorAt, isLimited, plainActor, scopeOf } from '../access/scope.ts'
import { ApiProblem, problem } from '../problem-details.ts'
import { isProblemCode } from '../problem-table.ts'
import { type IdempotencyRecord, KeyTaken, SeqConflict } from '../store/port.ts'
import { isWithin, type Place } from '../store/within.ts'
import { placeOf, textIn } from './index-job.ts'
import { jobRows } from './job-rows.ts'
import type { JobWork, Prepared } from './job-work.ts'
import type { Conditions, Idempotency, JobOutcome, JobsPort, PersonCommand } from './jobs-port.ts'
import { isArchived, processVersion } from './process-versions.ts'

/** What a command asks for, by whatever route it comes. */
export const RIGHT_OF = {
  event: 'jobs:event',
  tick: 'jobs:checklist',
  untick: 'jobs:checklist',
  attach: 'jobs:evidence',
  note: 'jobs:note',
  reportBreach: 'jobs:breach',
  complain: 'jobs:complain',
  rate: 'jobs:rate',
  correct: 'jobs:correct',
  moveTo: 'jobs:move',
  suspend: 'jobs:suspend',
  resume: 'jobs:suspend',
  reassign: 'jobs:reassign',
  cancel: 'jobs:cancel',
} as const satisfies Record<PersonCommand['kind'], Right>

type Remembered = { job: JobView; entry: Entry }

/** Jobs over a store and a library. */
export function createJobs(work: JobWork): JobsPort {
  const { store, library } = work.deps
  const inFlight = new Set<string>()

  /** Answers from the record where the key is known; otherwise works, and remembers refusals. */
  async function once(
    idempotency: Idempotency | undefined,
    inside: () => Promise<JobOutcome>,
  ): Promise<JobOutcome> {
    if (idempotency === undefined) return inside()
    const { key, fingerprint } = idempotency
    if (inFlight.has(key)) throw problem('idempotency-in-progress')
    inFlight.add(key)
    try {
      const known = await store.idempotent(key)
      if (known !== undefined) return answerAgain(known, fingerprint)
      return await inside()
    } catch (error) {
      // Another server on the same store answered this key meanwhile.
      const answered = error instanceof KeyTaken ? await store.idempotent(key) : undefined
      if (answered !== undefined) return answerAgain(answered, fingerprint)
      if (error instanceof ApiProblem && error.status < 500 && !error.code.startsWith('idempotency'))
        await rememberRefusal(idempotency, error)
      throw error
    } finally {
      inFlight.delete(key)
    }
  }

  async function rememberRefusal({ key, fingerprint }: Idempotency, error: ApiProblem): Promise<void> {
    if ((await store.idempotent(key)) !== undefined) return
    const { code, status, detail, extensions, headers } = error
    await store.remember({
      key,
      fingerprint,
      response: { status, body: { problem: code, detail, extensions }, headers },
      at: new Date(work.deps.now()).toISOString(),
    })
  }

  async function requirePerson(id: string): Promise<void> {
    const person = await library.person(id)
    if (person === undefined || person.disabled === true) throw problem('person-not-found')
  }

  /** Whoever is given a job must be able to see it. Problems: beyond-limits. */
  async function requireAssignable({ compiled, job, changes }: Prepared, before?: Job): Promise<void> {
    const assignee = changes[0]?.index.assignee
    const { assignee: field } = compiled.definition.meta
    if (assignee === undefined || assignee === textIn(before?.snapshot.context.fields ?? {}, field)) return
    const person = await library.person(assignee)
    if (person === undefined || isWithin(scopeOf(person, 'jobs:read'), placeOf(compiled, job))) return
    throw problem('beyond-limits', {
      right: 'jobs:read',
      person: person.id,
      detail: {
        en: `The roles of ${person.name} are limited, and do not reach this job.`,
        zh: `${person.name}的角色限定了适用范围，不包含此工单。`,
      },
    })
  }

  const recordOf = (
    idempotency: Idempotency | undefined,
    status: number,
    { job, entry, compiled }: Prepared,
  ): { idempotency?: IdempotencyRecord } =>
    idempotency === undefined
      ? {}
      : {
          idempotency: {
            ...idempotency,
            response: { status, body: { job: viewOf(compiled, job), entry }, headers: {} },
            at: entry.at,
          },
        }

  const outcome = ({ compiled, job, entry }: Prepared): JobOutcome => ({
    job: viewOf(compiled, job, entry.active),
    entry,
    replayed: false,
  })

  /** Whoever starts a job, with the roles that hold where it is said to be. */
  async function starting(
    { process, version, fields = {} }: Parameters<JobsPort['create']>[0],
    asker: Asker,
  ): Promise<Actor> {
    if (!isLimited(asker)) return plainActor(asker)
    const { compiled } = await processVersion(library, process, version)
    const place = { process, region: textIn(fields, compiled.definition.meta.region) }
    requireCreating(asker, place)
    return actorAt(asker, place)
  }

  return {
    create: async (body, asker, conditions) => {
      const made = await once(conditions.idempotency, async () => {
        // A linked job that a running one starts is not barred: it would be stuck.
        if (await isArchived(library, body.process)) throw problem('process-archived')
        const id = work.deps.newId()
        const actor = await starting(body, asker)
        const prepared = await work.prepareStart(body.process, body.version, actor, {
          id,
          fields: body.fields ?? {},
        })
        requireCreating(asker, placeOf(prepared.compiled, prepared.job))
        await requireAssignable(prepared)
        if (conditions.dryRun !== true)
          await work.commit(prepared.changes, recordOf(conditions.idempotency, 201, prepared))
        return outcome(prepared)
      })
      // An answer that is kept is of a job that he may no longer see.
      if (made.replayed && isLimited(asker)) await work.loadFor(made.job.id, asker, 'jobs:read')
      return made
    },

    act: async (id, command, asker, conditions) => {
      if (isLimited(asker)) await work.loadFor(id, asker, RIGHT_OF[command.kind])
      return once(conditions.idempotency, () =>
        work.turns.take(id, async () => {
          const { job, compiled, actor } = await work.loadFor(id, asker, RIGHT_OF[command.kind])
          requireSeq(job, conditions)
          if (command.kind === 'reassign') await requirePerson(command.person)
          const prepared = await work.prepare(job, compiled, command, actor, conditions.deviceAt)
          await requireAssignable(prepared, job)
          if (conditions.dryRun === true) return outcome(prepared)
          try {
            await work.commit(prepared.changes, recordOf(conditions.idempotency, 200, prepared))
          } catch (error) {
            if (error instanceof SeqConflict) throw problem('precondition-failed', { current: error.actual })
            throw error
          }
          return outcome(prepared)
        }),
      )
    },

    get: async (id, asker): Promise<JobDetail> => {
      const { job, compiled, actor } = await work.loadFor(id, asker, 'jobs:read')
      const surroundings = await work.surroundings(compiled, job, actor)
      return {
        ...viewOf(compiled, job),
        allowed: allowed(compiled, job, surroundings),
        items: itemsOf(compiled, job, surroundings),
      }
    },

    carry: async (id, asker) => {
      const { job, compiled, actor } = await work.loadFor(id, asker, 'jobs:carry')
      const { people = {}, calendars } = await work.surroundings(compiled, job, actor)
      return { job, actor, people, calendars }
    },

    list: async (query) => {
      const { sort: _sort, limit: _limit, cursor: _cursor, ...filter } = query
      const [page, counts] = await Promise.all([store.list(query), store.count(filter)])
      const jobs = await jobRows(library, page)
      return { jobs, counts, ...(page.next === undefined ? {} : { next: page.next }) }
    },

    mustReach: async (id, right, asker) => {
      await work.loadFor(id, asker, right)
    },

    history: async (id, after, limit) => {
      if ((await store.load(id)) === undefined) throw problem('job-not-found')
      return store.history(id, after, limit)
    },
    startedOn: (id) => store.startedOn(id),
    changes: (after, limit, filter) => store.changes(after, limit, filter),
    countByState: (process, version, within) => store.countByState(process, version, within),
    onCommitted: (listener) => work.onCommitted(({ lastChangeId }) => listener(lastChangeId)),
  }
}

/** Problems: beyond-limits. */
function requireCreating(asker: Asker, { process, region }: Place): void {
  if (!isLimited(asker) || isWithin(scopeOf(asker, 'jobs:create'), { process, region })) return
  throw problem('beyond-limits', {
    right: 'jobs:create',
    process,
    ...(region === undefined ? {} : { region }),
    detail: {
      en: `Your role does not reach jobs of ${process} ${region === undefined ? 'without a region' : `in ${region}`}.`,
      zh: `您的角色不适用于流程 ${process} ${region === undefined ? '中未填写区域的工单' : `在 ${region} 的工单`}。`,
    },
  })
}

function requireSeq(job: Job, { ifMatch }: Conditions): void {
  if (ifMatch !== undefined && ifMatch !== job.seq)
    throw problem('precondition-failed', {
      detail: {
        en: `You read seq ${ifMatch}; the job is at ${job.seq}.`,
        zh: `您读取的是第 ${ifMatch} 步；工单已到第 ${job.seq} 步。`,
      },
      expected: ifMatch,
      current: job.seq,
      headers: { etag: `"${job.seq}"` },
    })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** The record is our own: its shape is checked as far as telling the two kinds apart needs. */
const isRemembered = (body: unknown): body is Remembered =>
  isRecord(body) && isRecord(body.job) && isRecord(body.entry)

function answerAgain({ fingerprint, response }: IdempotencyRecord, given: string): JobOutcome {
  if (fingerprint !== given) throw problem('idempotency-mismatch')
  const { body } = response
  if (isRemembered(body)) return { ...body, replayed: true }
  if (isRecord(body) && typeof body.problem === 'string' && isProblemCode(body.problem)) {
    const { detail } = body
    throw problem(body.problem, {
      ...(isRecord(body.extensions) ? body.extensions : {}),
      ...(typeof detail === 'string' || isWords(detail) ? { detail } : {}),
      headers: { ...response.headers, 'idempotency-replayed': 'true' },
    })
  }
  throw new Error('an idempotency record of unknown shape')
}
const isWords = (value: unknown): value is { en: string; zh: string } =>
  isRecord(value) && typeof value.en === 'string' && typeof value.zh === 'string'
