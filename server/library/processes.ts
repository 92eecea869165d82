/**
 * The library of processes as the pages use it: list, drafts, versions, publishing.
 *
 * Promises: a save that is based on an older revision overwrites nothing and names both; what is published is valid
 * and differs from the version before.
 * Must not: find problems itself (`machines/validate` does), or know HTTP.
 */

import type { Static } from 'typebox'
import { copyDefinition } from '../../machines/definition/copy.ts'
import { canonicalJson, hashOf } from '../../machines/definition/hash.ts'
import type { Problem } from '../../machines/definition/problem.ts'
import type {
  CreateProcess,
  DraftView,
  ProcessSummary,
  SaveDraft,
  Validation,
  VersionListItem,
  VersionSummary,
  VersionView,
} from '../../machines/wire/processes.ts'
import type { Scope } from '../access/scope.ts'
import type { Clock } from '../clock.ts'
import type { FindingsPort } from '../findings/findings.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { problem, wrongAt } from '../problem-details.ts'
import {
  type DraftInput,
  type DraftRecord,
  type Library,
  ProcessExists,
  type ProcessRecord,
  StaleRevision,
  type VersionRecord,
} from '../store/library-port.ts'
import type { ProcessRunsPort } from '../training/process-runs.ts'
import { NO_RULE, requireAgreement } from './agreement.ts'
import { matterOf, peopleOf } from './approvals.ts'
import { type CheckDefinition, checkDraft } from './check-draft.ts'
import { idOf, wordsOf } from './definition-words.ts'

export type ProcessLibrary = {
  /** Here and below: `within` says whose jobs are counted. */
  list(within?: Scope): Promise<ProcessSummary[]>
  /** Problems: process-not-found. */
  get(id: string, within?: Scope): Promise<ProcessSummary>
  /** As `get`, for those who only want to know that it is there. */
  mustExist(id: string): Promise<void>
  versions(id: string, within?: Scope): Promise<Static<typeof VersionListItem>[]>
  /** Problems: process-not-found, version-not-found. */
  version(id: string, version: number, within?: Scope): Promise<VersionView>
  /** Problems: body-invalid (no usable id), exists, process-not-found, version-not-found. */
  create(body: CreateProcess, author: string): Promise<DraftView>
  /** Problems: draft-not-found. */
  draft(id: string): Promise<DraftView>
  /** `expected`: the revision read, 0 for a draft that does not exist yet. Problems: process-not-found, draft-stale. */
  saveDraft(id: string, expected: number, body: SaveDraft, author: string): Promise<DraftView>
  /** Problems: draft-not-found, draft-stale. */
  deleteDraft(id: string, expected: number): Promise<void>
  validate(id: string): Promise<Validation>
  /** A version as the draft. `expected` as in `saveDraft`. Problems: as there, and version-not-found. */
  restore(id: string, version: number, expected: number, author: string): Promise<DraftView>
  /** Out of use, or in use again. Problems: process-not-found. */
  archive(id: string, archived: boolean): Promise<ProcessSummary>
  /**
   * `answers`: findings that it closes. Problems: draft-not-found, draft-stale, draft-invalid, nothing-changed,
   * process-archived, approval-missing, scenarios-failing, body-invalid.
   */
  publish(
    id: string,
    expected: number | undefined,
    said: { note: string; answers?: string[] },
    author: string,
  ): Promise<VersionView>
}

type ProcessLibraryDeps = {
  library: Library
  jobs: JobsPort
  clock: Clock
  check: CheckDefinition
  findings: Pick<FindingsPort, 'requireOpen' | 'answered'>
  scenarios: Pick<ProcessRunsPort, 'mustPass'>
  /** Called after every change of a process, its beginning too, for those who watch it. */
  changed: (process: string) => void
}

export function createProcessLibrary(deps: ProcessLibraryDeps): ProcessLibrary {
  const { library, jobs, clock, check, findings, scenarios, changed } = deps
  const now = () => new Date(clock.now()).toISOString()

  async function record(id: string): Promise<ProcessRecord> {
    const found = (await library.processes()).find((one) => one.id === id)
    if (found === undefined) throw problem('process-not-found')
    return found
  }
  async function draftOf(id: string): Promise<DraftRecord> {
    const draft = await library.draft(id)
    if (draft === undefined) throw problem('draft-not-found')
    return draft
  }

  async function versionOf(id: string, number: number): Promise<VersionRecord> {
    const found = await library.version(id, number)
    if (found !== undefined) return found
    await record(id)
    throw problem('version-not-found')
  }
  async function save(id: string, expected: number, body: SaveDraft, author: string): Promise<DraftView> {
    await record(id)
    const saved = await stale(() => library.saveDraft(id, expected, draftInput(body, author, now())))
    changed(id)
    return draftView(saved)
  }
  /** Problems: process-not-found, version-not-found. */
  async function copyOf({ from, id, title }: Extract<CreateProcess, { from: unknown }>): Promise<SaveDraft> {
    const latest = (await record(from.process)).latest
    const { definition, layout } = await versionOf(from.process, from.version ?? latest ?? 0)
    return {
      definition: copyDefinition(definition, id, title),
      ...(layout === undefined ? {} : { layout }),
    }
  }

  async function summary(process: ProcessRecord, within?: Scope): Promise<ProcessSummary> {
    const [latest, draft, byState, active] = await Promise.all([
      library.latest(process.id),
      library.draft(process.id),
      jobs.countByState(process.id, undefined, within),
      activeJobs(jobs, process.id, undefined, within),
    ])
    const words = wordsOf(latest?.definition ?? draft?.definition)
    return {
      id: process.id,
      title: words.title ?? { en: process.id },
      ...(words.description === undefined ? {} : { description: words.description }),
      createdAt: process.createdAt,
      ...(process.archivedAt === undefined ? {} : { archivedAt: process.archivedAt }),
      ...(latest === undefined ? {} : { latest: versionSummary(latest) }),
      draft: draft !== undefined,
      approval: process.approval?.rule ?? NO_RULE,
      jobs: { active, byState },
    }
  }

  async function view(version: VersionRecord, within?: Scope): Promise<VersionView> {
    return {
      process: version.process,
      ...versionSummary(version),
      definition: version.definition,
      ...(version.layout === undefined ? {} : { layout: version.layout }),
      jobs: await jobs.countByState(version.process, version.version, within),
    }
  }

  return {
    list: async (within) =>
      Promise.all((await library.processes()).map((process) => summary(process, within))),
    get: async (id, within) => summary(await record(id), within),
    mustExist: async (id) => {
      await record(id)
    },
    versions: async (id, within) => {
      await record(id)
      const versions = await library.versions(id)
      return Promise.all(
        versions.map(async (version) => ({
          ...versionSummary(version),
          active: await activeJobs(jobs, id, version.version, within),
          jobs: await jobs.countByState(id, version.version, within),
        })),
      )
    },
    version: async (id, number, within) => view(await versionOf(id, number), within),
    create: async (body, author) => {
      const input = 'from' in body ? await copyOf(body) : body
      const id = idOf(input.definition)
      if (id === undefined)
        throw problem('body-invalid', {
          errors: [
            wrongAt(
              '/definition/id',
              'must be lower-case letters, digits and -, beginning with a letter',
              '须为小写字母、数字和 -，并以字母开头',
            ),
          ],
        })
      try {
        const made = await library.createProcess(id, draftInput(input, author, now()))
        changed(id)
        return draftView(made)
      } catch (error) {
        if (error instanceof ProcessExists)
          throw problem('exists', { pointer: 'from' in body ? '/id' : '/definition/id' })
        throw error
      }
    },
    draft: async (id) => draftView(await draftOf(id)),
    saveDraft: save,
    deleteDraft: async (id, expected) => {
      await draftOf(id)
      await stale(() => library.deleteDraft(id, expected))
      changed(id)
    },
    restore: async (id, number, expected, author) => {
      const { definition, layout } = await versionOf(id, number)
      return save(
        id,
        expected,
        { definition, basedOn: number, ...(layout === undefined ? {} : { layout }) },
        author,
      )
    },
    archive: async (id, archived) => {
      const { archivedAt } = await record(id)
      // Doing it again leaves the day on which it was done.
      if (archived !== (archivedAt !== undefined)) {
        await library.archive(id, archived ? now() : undefined)
        changed(id)
      }
      return summary(await record(id))
    },
    validate: async (id) => {
      const draft = await draftOf(id)
      const { problems } = await checkDraft(check, draft)
      return { revision: draft.revision, valid: !problems.some(isError), problems }
    },
    publish: async (id, expected, { note, answers = [] }, author) => {
      const draft = await draftOf(id)
      if ((await record(id)).archivedAt !== undefined) throw problem('process-archived')
      if (expected !== undefined && expected !== draft.revision) throw staleDraft(expected, draft.revision)
      const { problems, definition } = await checkDraft(check, draft)
      if (definition === undefined || problems.some(isError)) throw problem('draft-invalid', { problems })
      const latest = await library.latest(id)
      if (latest !== undefined && latest.hash === hashOf(definition))
        throw problem('nothing-changed', { version: latest.version })
      await findings.requireOpen(id, answers)
      await scenarios.mustPass(id, definition)
      const people = await peopleOf(library)
      const version = {
        definition,
        ...(draft.layout === undefined ? {} : { layout: draft.layout }),
        note,
        author,
        publishedAt: now(),
        ...(answers.length === 0 ? {} : { answers }),
      }
      const published = await stale(() =>
        // Judged when it is written: an objection that comes in this moment still counts.
        library.publish(id, draft.revision, version, (approval, stands = draft) =>
          requireAgreement(approval?.rule ?? NO_RULE, matterOf(stands), people),
        ),
      )
      await findings.answered(published)
      changed(id)
      return view(published)
    },
  }
}

const isError = (found: Problem): boolean => found.severity === 'error'
const staleDraft = (expected: number, current: number) => problem('draft-stale', { expected, current })
async function stale<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StaleRevision) throw staleDraft(error.expected, error.current)
    throw error
  }
}

async function activeJobs(
  jobs: JobsPort,
  process: string,
  version: number | undefined,
  within: Scope,
): Promise<number> {
  const which = {
    process,
    ...(version === undefined ? {} : { version }),
    ...(within === undefined ? {} : { within }),
  }
  const { counts } = await jobs.list({ ...which, status: 'active', sort: '-createdAt', limit: 1 })
  return counts.total
}

const versionSummary = (record: VersionRecord): VersionSummary => {
  const { version, hash, author, note, publishedAt, approvals, answers } = record
  return {
    version,
    hash,
    author,
    note,
    publishedAt,
    ...(approvals === undefined ? {} : { approvals }),
    ...(answers === undefined ? {} : { answers }),
  }
}
/** Who agreed to it is read on its own. */
const draftView = ({ changedBy: _changedBy, approvals: _approvals, ...draft }: DraftRecord): DraftView =>
  draft

function draftInput(body: SaveDraft, author: string, at: string): DraftInput {
  // What cannot be written canonically (lone surrogates) could never be published; refuse it where it is typed.
  try {
    canonicalJson(body.definition)
  } catch (error) {
    throw problem('body-invalid', {
      errors: [{ pointer: '/definition', message: error instanceof Error ? error.message : 'not JSON' }],
    })
  }
  return { ...body, updatedAt: at, updatedBy: author }
}
