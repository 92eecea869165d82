/**
 * Jobs as routes and streams have them: what whoever asks is not to see of them is left out of every answer.
 *
 * Promises: replays of an idempotency key, dry runs and refusals are masked as anything else; for whom nothing is left out
 * nothing is loaded or copied. Whose roles see persons in certain places only is judged by where each job is now.
 * Must not: leave anything out of what is stored, or say what is personal (`access/masking.ts` does).
 */
import Type from 'typebox'
import { Value } from 'typebox/value'
import { Reason } from '../../machines/advance/job.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { EntryView, JobList, JobView } from '../../machines/wire/jobs.ts'
import type { ChangeView } from '../../machines/wire/server.ts'
import {
  maskDetail,
  maskEntry,
  maskJob,
  maskReasons,
  type Sight,
  seesPlace,
  sightOf,
} from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import { entryView } from '../http/entry-view.ts'
import { ApiProblem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { FeedFilter, FeedItem, JobQuery } from '../store/port.ts'
import { placeIn, placeOf } from './index-job.ts'
import type { JobWork } from './job-work.ts'
import type { JobOutcome, JobsPort } from './jobs-port.ts'
import { processVersion } from './process-versions.ts'

export type SeenOutcome = Omit<JobOutcome, 'entry'> & { entry: EntryView }
export type MaskedJobs = Pick<JobsPort, 'get' | 'carry' | 'mustReach' | 'startedOn' | 'onCommitted'> & {
  create(...asked: Parameters<JobsPort['create']>): Promise<SeenOutcome>
  act(...asked: Parameters<JobsPort['act']>): Promise<SeenOutcome>
  list(query: JobQuery, asker: Asker): Promise<JobList>
  /** Whoever asks must be known to reach the job. */
  history(job: string, after: number, limit: number, asker: Asker): Promise<EntryView[]>
  changes(after: number, limit: number, filter: FeedFilter, asker: Asker): Promise<ChangeView[]>
}

/** Rows as whoever asks may see them. */
export async function maskRows<V extends JobView>(
  library: Library,
  rows: readonly V[],
  sight: Sight,
): Promise<V[]> {
  if (sight === 'all') return [...rows]
  return Promise.all(
    rows.map(async (row) => {
      const { compiled } = await processVersion(library, row.process, row.version)
      return seesWhole(sight, compiled.definition, row) ? row : maskJob(compiled.definition, row)
    }),
  )
}

const seesWhole = (
  sight: Sight,
  definition: Definition,
  { process, fields }: Pick<JobView, 'process' | 'fields'>,
): boolean => seesPlace(sight, placeIn(definition, process, fields))

export function createMaskedJobs(jobs: JobsPort, work: Pick<JobWork, 'deps' | 'load'>): MaskedJobs {
  const { library, store } = work.deps

  /** Of a job as it stands; what is gone is nobody's to see. */
  async function seesJob(sight: Sight, id: string): Promise<boolean> {
    if (typeof sight !== 'function') return sight === 'all'
    if ((await store.load(id)) === undefined) return false
    const { job, compiled } = await work.load(id)
    return sight(placeOf(compiled, job))
  }

  async function seen({ job, entry, replayed }: JobOutcome, asker: Asker): Promise<SeenOutcome> {
    const sight = sightOf(asker)
    if (sight === 'all') return { job, entry: entryView(entry), replayed }
    const { definition } = (await processVersion(library, job.process, job.version)).compiled
    if (seesWhole(sight, definition, job)) return { job, entry: entryView(entry), replayed }
    return { job: maskJob(definition, job), entry: maskEntry(definition, entry), replayed }
  }

  /** A refusal tells the values that a guard saw. */
  async function refusing<T>(asker: Asker, definition: () => Promise<Definition>, ask: () => Promise<T>) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ApiProblem) || sightOf(asker) === 'all') throw error
      const { reasons } = error.extensions
      if (!Value.Check(Reasons, reasons) || reasons.length === 0) throw error
      throw withReasons(error, maskReasons(await definition(), reasons))
    }
  }

  return {
    mustReach: jobs.mustReach,
    startedOn: jobs.startedOn,
    onCommitted: jobs.onCommitted,
    carry: jobs.carry,

    create: (body, asker, conditions) =>
      refusing(
        asker,
        async () => (await processVersion(library, body.process, body.version)).compiled.definition,
        async () => seen(await jobs.create(body, asker, conditions), asker),
      ),
    act: (id, command, asker, conditions) =>
      refusing(
        asker,
        async () => (await work.load(id)).compiled.definition,
        async () => seen(await jobs.act(id, command, asker, conditions), asker),
      ),
    get: async (id, asker) => {
      const detail = await jobs.get(id, asker)
      const sight = sightOf(asker)
      if (sight === 'all') return detail
      const { definition } = (await processVersion(library, detail.process, detail.version)).compiled
      return seesWhole(sight, definition, detail) ? detail : maskDetail(definition, detail)
    },
    list: async (query, asker) => {
      const list = await jobs.list(query)
      return { ...list, jobs: await maskRows(library, list.jobs, sightOf(asker)) }
    },
    history: async (id, after, limit, asker) => {
      const entries = await jobs.history(id, after, limit)
      if (await seesJob(sightOf(asker), id)) return entries.map(entryView)
      const { definition } = (await work.load(id)).compiled
      return entries.map((entry) => maskEntry(definition, entry))
    },
    changes: async (after, limit, filter, asker) => {
      const items = await jobs.changes(after, limit, filter)
      const sight = sightOf(asker)
      const known = new Map<string, Promise<boolean>>()
      const sees = (id: string): Promise<boolean> => {
        const found = known.get(id) ?? seesJob(sight, id)
        known.set(id, found)
        return found
      }
      const entryOf = async ({ entry, process, version }: FeedItem): Promise<EntryView> => {
        if (sight === 'all' || (await sees(entry.job))) return entryView(entry)
        return maskEntry((await processVersion(library, process, version)).compiled.definition, entry)
      }
      return Promise.all(
        items.map(async (item) => {
          const { id, process, version } = item
          return { id, process, version, entry: await entryOf(item) }
        }),
      )
    },
  }
}

const Reasons = Type.Array(Reason)

/** The same refusal with other reasons: its words are theirs. */
function withReasons({ code, detail, extensions, headers }: ApiProblem, reasons: Reason[]): ApiProblem {
  const said = (language: 'en' | 'zh') => reasons.map(({ message }) => message[language]).join(' ')
  return new ApiProblem(code, {
    ...extensions,
    headers,
    reasons,
    ...(detail === undefined ? {} : { detail: { en: said('en'), zh: said('zh') } }),
  })
}
