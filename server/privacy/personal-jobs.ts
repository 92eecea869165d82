/**
 * The jobs of a person: found by what stands in their personal fields, with those they belong to.
 *
 * Promises: a job is found where each value is the whole of a personal field somewhere in its history, also of one that was
 * corrected since; one job's complaint, part or cause is found with it.
 * Must not: change anything.
 */
import type { Entry, Job } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import { type Kept, textsOf } from '../../machines/erase/erase.ts'
import type { CalendarSet } from '../../machines/time/calendar.ts'
import type { ExportPersonal } from '../../machines/wire/privacy.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'
import { wholeHistory } from '../training/closed-jobs.ts'

/** More belong to no one person; and it is asked for in one request. */
const MOST_JOBS = 500

/** A job with all that is needed to make its history again. */
export type WholeJob = Kept & {
  versions: (version: number) => Compiled | undefined
  calendars: (hash: string) => CalendarSet | undefined
}
export type FoundJob = { id: string; linked: boolean }

type Deps = { store: JobStore; library: Library }

/** Undefined: there is no such job. */
export async function wholeJob({ store, library }: Deps, id: string): Promise<WholeJob | undefined> {
  const job = await store.load(id)
  if (job === undefined) return undefined
  const entries = await wholeHistory(store, id)
  const began = (await store.startedOn(id)) ?? job.version
  const moved = entries.flatMap(({ command }) => (command.kind === 'migrate' ? [command.version] : []))
  const versions = new Map<number, Compiled>()
  for (const version of new Set([began, job.version, ...moved]))
    versions.set(version, (await processVersion(library, job.process, version)).compiled)
  const calendars = await calendarsOf(library, entries)
  return {
    ...{ job, began, entries },
    versions: (version) => versions.get(version),
    calendars: (hash) => calendars.get(hash),
  }
}

async function calendarsOf(library: Library, entries: readonly Entry[]): Promise<Map<string, CalendarSet>> {
  const found = new Map<string, CalendarSet>()
  for (const hash of new Set(entries.map(({ calendars }) => calendars))) {
    const set = await library.calendarSet(hash)
    if (set !== undefined) found.set(hash, set)
  }
  return found
}

/** Problems: job-not-found (of those named), body-invalid (nobody named, too many found). */
export async function jobsOf(deps: Deps, { jobs = [], values = [] }: ExportPersonal): Promise<FoundJob[]> {
  if (jobs.length === 0 && values.length === 0) throw problem('body-invalid', NOBODY)
  for (const id of jobs)
    if ((await deps.store.load(id)) === undefined) throw problem('job-not-found', { job: id })
  const own = new Set([...jobs, ...(await holding(deps, values))])
  const all = await withLinked(deps.store, own)
  if (all.size > MOST_JOBS) throw problem('body-invalid', TOO_MANY)
  return [...all].map((id) => ({ id, linked: !own.has(id) }))
}

const NOBODY = {
  errors: [wrongAt('/values', 'is missing', '缺失')],
  detail: {
    en: 'Say whose data is meant: what stands in the personal fields, or which jobs.',
    zh: '请指明是谁的信息：填写个人信息字段中的内容，或指定工单。',
  },
}
const TOO_MANY = {
  errors: [wrongAt('/values', `more than ${MOST_JOBS} jobs`, `超过 ${MOST_JOBS} 张工单`)],
  detail: {
    en: `More than ${MOST_JOBS} jobs hold this. Say more of the person, or name the jobs.`,
    zh: `符合条件的工单超过 ${MOST_JOBS} 张。请补充更多个人信息，或直接指定工单。`,
  },
}

async function holding(deps: Deps, values: readonly string[]): Promise<string[]> {
  if (values.length === 0) return []
  const wanted = values.map((value) => value.trim())
  const found: string[] = []
  for (const id of await deps.store.privacy.jobsHolding(wanted)) {
    const whole = await wholeJob(deps, id)
    if (whole === undefined) continue
    const texts = new Set([...textsOf(whole.versions, whole)].map((text) => text.trim()))
    if (wanted.every((value) => texts.has(value))) found.push(id)
    if (found.length > MOST_JOBS) throw problem('body-invalid', TOO_MANY)
  }
  return found
}

/** Links go both ways: who was started knows its parent. */
async function withLinked(store: JobStore, jobs: ReadonlySet<string>): Promise<Set<string>> {
  const all = new Set(jobs)
  for (const id of all) {
    if (all.size > MOST_JOBS) return all
    const job: Job | undefined = await store.load(id)
    for (const link of job?.links ?? []) if ((await store.load(link.job)) !== undefined) all.add(link.job)
  }
  return all
}
