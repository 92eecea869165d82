/**
 * The use cases of the inbox: what was told to a person, and what he has read of it.
 *
 * Promises: nobody sees or marks another's; whoever listens hears of everything that is laid in or marked, also by
 * the same person elsewhere.
 * Must not: decide whom a message reaches (`notices.ts`), or keep a job's data: what is shown of a job is the job's now.
 */
import type { Fields, Job } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { InboxPage, MarkAll, MarkNotices, NoticeView, UnreadView } from '../../machines/wire/inbox.ts'
import { isMaskedField, seesPlace, sightOf } from '../access/masking.ts'
import { may } from '../access/policy.ts'
import { type Asker, rolesAt, scopeOf } from '../access/scope.ts'
import { ApiProblem } from '../problem-details.ts'
import type { NoticeQuery, Received } from '../store/notice-port.ts'
import { placeOf } from './index-job.ts'
import type { JobWork } from './job-work.ts'

export type InboxPort = {
  /** Throws `BadCursor`. */
  page(person: Asker, query: Omit<NoticeQuery, 'person'>): Promise<InboxPage>
  unread(person: string): Promise<UnreadView>
  /** What the person does not have is passed over. */
  mark(person: string, body: MarkNotices): Promise<UnreadView>
  markAll(person: string, body: MarkAll): Promise<UnreadView>
  /** Called after the person's inbox changed. Returns how to stop listening. */
  listen(person: string, listener: () => void): () => void
  /** Something was laid into these inboxes. */
  told(people: readonly string[]): void
}

export function createInbox(work: JobWork): InboxPort {
  const { store, library } = work.deps
  const listeners = new Map<string, Set<() => void>>()

  const told: InboxPort['told'] = (people) => {
    for (const person of people) for (const listener of listeners.get(person) ?? []) listener()
  }

  const unread: InboxPort['unread'] = async (person) => {
    const known = await library.person(person)
    const counts = await store.unreadNotices(person, known && scopeOf(known, 'jobs:read'))
    return { ...counts, total: counts.remind + counts.notify + counts.breach }
  }

  /** Of a job that is gone there is nothing to tell. */
  async function load(id: string): Promise<{ job: Job; compiled: Compiled } | undefined> {
    try {
      return await work.load(id)
    } catch (error) {
      if (error instanceof ApiProblem) return undefined
      throw error
    }
  }

  async function view({ n, read, notice }: Received, actor: Asker): Promise<NoticeView> {
    if ('page' in notice) return { ...notice, n, read }
    const { job: id, process, version, typed, message, ...said } = notice
    const found = await load(id)
    const sees = found !== undefined && seesPlace(sightOf(actor), placeOf(found.compiled, found.job))
    const job = {
      id,
      process,
      version: found?.job.version ?? version,
      ...(found === undefined ? {} : { status: found.job.status }),
      ...(found === undefined || !may(rolesAt(actor, placeOf(found.compiled, found.job)), 'jobs:list')
        ? {}
        : { summary: summaryOf(found, sees) }),
    }
    const words = message === undefined || (typed === true && !sees) ? {} : { message }
    return { ...said, ...words, n, read, job }
  }

  return {
    page: async (actor, query) => {
      const within = scopeOf(actor, 'jobs:read')
      const reach = within === undefined ? {} : { within }
      const { received, next, latest } = await store.notices({ ...query, ...reach, person: actor.id })
      return {
        notices: await Promise.all(received.map((each) => view(each, actor))),
        unread: await unread(actor.id),
        latest,
        ...(next === undefined ? {} : { next }),
      }
    },
    unread,
    mark: async (person, { ids, read }) => {
      if ((await store.markNotices(person, ids, read)) > 0) told([person])
      return unread(person)
    },
    markAll: async (person, { upTo, kind }) => {
      if ((await store.markAllNotices(person, upTo, kind)) > 0) told([person])
      return unread(person)
    },
    listen: (person, listener) => {
      const his = listeners.get(person) ?? new Set()
      listeners.set(person, his.add(listener))
      return () => {
        his.delete(listener)
        if (his.size === 0 && listeners.get(person) === his) listeners.delete(person)
      }
    },
    told,
  }
}

/** @param whole with what is personal */
function summaryOf({ job, compiled }: { job: Job; compiled: Compiled }, whole: boolean): Fields {
  const { fields } = job.snapshot.context
  const shown = (compiled.definition.meta.summary ?? []).filter(
    (name) => Object.hasOwn(fields, name) && (whole || !isMaskedField(compiled.definition, name)),
  )
  return Object.fromEntries(shown.map((name) => [name, fields[name]]))
}
