/**
 * What an administrator does for a person who asks for his data: find it, give it to him, erase it.
 *
 * Promises: each is on record with its reason and the ids of the jobs, never with what was looked for.
 * Must not: know HTTP.
 */
import type { Actor } from '../../machines/advance/job.ts'
import { viewOf } from '../../machines/advance/view.ts'
import { textsOf } from '../../machines/erase/erase.ts'
import { filesOf } from '../../machines/erase/personal.ts'
import type {
  ErasePersonal,
  EraseReport,
  ExportPersonal,
  PersonalData,
  PersonalJob,
} from '../../machines/wire/privacy.ts'
import type { Recorder } from '../access/record.ts'
import { entryView } from '../http/entry-view.ts'
import { indexJob } from '../jobs/index-job.ts'
import { problem, wrongAt } from '../problem-details.ts'
import { type EraseDeps, eraseJobs, outcomeOf } from './erase-jobs.ts'
import { type FoundJob, jobsOf, type WholeJob, wholeJob } from './personal-jobs.ts'

export type PrivacyPort = {
  /** Problems: body-invalid, job-not-found. */
  erase(body: ErasePersonal, actor: Actor): Promise<EraseReport>
  /** Problems: as `erase`. */
  collect(body: ExportPersonal): Promise<PersonalData>
}
type Deps = EraseDeps & { record: Recorder }
type Whole = FoundJob & { whole: WholeJob }

/** A survey a month for fifty years. */
const MOST_SURVEYS = 600

export function createPrivacy({ work, evidence, record }: Deps): PrivacyPort {
  const { store, library, now } = work.deps

  async function found(body: ExportPersonal): Promise<Whole[]> {
    const all: Whole[] = []
    for (const { id, linked } of await jobsOf({ store, library }, body)) {
      const whole = await wholeJob({ store, library }, id)
      if (whole !== undefined) all.push({ id, linked, whole })
    }
    requireNameless(body, all)
    return all
  }

  return {
    erase: async (body, actor) => {
      const jobs = await found(body)
      if (body.dryRun === true) return { dryRun: true, jobs: jobs.map((job) => rowOf(job)) }
      const ids = jobs.map(({ id }) => id)
      if (ids.length === 0) return { dryRun: false, jobs: [] }
      const done = await record(
        { ...said('privacy.erase', ids), detail: { reason: body.reason, jobs: ids } },
        () => eraseJobs({ work, evidence }, ids, actor, { together: true }),
        (all) => ({ erased: all.filter(({ outcome }) => outcome === 'erased').length }),
      )
      const after: PersonalJob[] = []
      for (const job of jobs) {
        const one = done.find(({ id }) => id === job.id)
        const whole = (await wholeJob({ store, library }, job.id)) ?? job.whole
        const row = rowOf({ ...job, whole })
        after.push({
          ...row,
          files: rowOf(job).files,
          ...(one === undefined ? {} : { outcome: one.outcome }),
          ...(one?.replays === undefined ? {} : { replays: one.replays }),
        })
      }
      return { dryRun: false, jobs: after }
    },
    collect: async (body) => {
      const jobs = await found(body)
      const ids = jobs.map(({ id }) => id)
      return record(
        { ...said('privacy.export', ids), detail: { reason: body.reason, jobs: ids } },
        async () => {
          const names = new Set(jobs.flatMap(({ whole }) => customerOf(whole) ?? []))
          const surveys = []
          for (const customer of names)
            surveys.push(...(await store.reviews.surveys({ customer, limit: MOST_SURVEYS })))
          return { at: new Date(now()).toISOString(), jobs: jobs.map(dataOf), surveys }
        },
      )
    },
  }
}

const said = (kind: string, ids: readonly string[]) => ({
  kind,
  subject: ids.length === 1 ? (ids[0] ?? '') : `${ids.length} jobs`,
})

/** The audit keeps it for ever. Problems: body-invalid. */
function requireNameless({ reason, values = [] }: ExportPersonal, jobs: readonly Whole[]): void {
  const texts = jobs.flatMap(({ whole }) => [...textsOf(whole.versions, whole)])
  const named = [...values, ...texts].some((text) => text.trim().length >= 2 && reason.includes(text.trim()))
  if (named) throw problem('body-invalid', NAMES_HIM)
}
const NAMES_HIM = {
  errors: [wrongAt('/reason', 'holds what is to be found', '含有要查找的内容')],
  detail: {
    en: 'The reason tells of the person. It stands in the audit, which is never erased: give a case number instead.',
    zh: '理由中含有当事人的个人信息。理由会写入永久保留的审计记录，请改填受理编号。',
  },
}

function compiledOf({ versions, job }: WholeJob) {
  const compiled = versions(job.version)
  if (compiled === undefined) throw new TypeError('unreachable')
  return compiled
}

const customerOf = (whole: WholeJob): string | undefined =>
  indexJob(compiledOf(whole), whole.job, []).customer

function rowOf({ id, linked, whole }: Whole): PersonalJob {
  const { process, version, status, createdAt, updatedAt, erased } = whole.job
  const customer = customerOf(whole)
  return {
    ...{ id, process, version, status, createdAt, updatedAt, linked },
    ...(customer === undefined ? {} : { customer }),
    files: new Set(filesOf(whole.entries)).size,
    outcome: outcomeOf(whole),
    ...(erased === undefined ? {} : { erased }),
  }
}

const dataOf = ({ linked, whole }: Whole): PersonalData['jobs'][number] => ({
  job: viewOf(compiledOf(whole), whole.job),
  linked,
  history: whole.entries.map(entryView),
  files: [...new Set(filesOf(whole.entries))],
})
