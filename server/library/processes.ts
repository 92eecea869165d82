/**
 * The library of processes as the pages use it: list, drafts, versions, publishing.
 *
 * Promises: a save that is based on an older revision overwrites nothing and names both; what is published is valid
 * and differs from the version before.
 * Must not: find problems itself (`machines/validate` does), or know HTTP.
 */

import type { Static } from 'typebox'
import { canonicalJson, hashOf } from '../../machines/definition/hash.ts'
import type { Problem } from '../../machines/definition/problem.ts'
import type { Definition, Text } from '../../machines/definition/schema.ts'
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
import type { Clock } from '../clock.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { problem } from '../problem-details.ts'
import {
  type DraftInput,
  type DraftRecord,
  type Library,
  ProcessExists,
  type ProcessRecord,
  StaleRevision,
  type VersionRecord,
} from '../store/library-port.ts'

type Checked = { problems: Problem[]; definition?: Definition }
/** Finds all problems; gives the definition, typed, where none is an error. */
export type CheckDefinition = (definition: unknown) => Promise<Checked>

export type ProcessLibrary = {
  list(): Promise<ProcessSummary[]>
  /** Problems: process-not-found. */
  get(id: string): Promise<ProcessSummary>
  versions(id: string): Promise<Static<typeof VersionListItem>[]>
  /** Problems: process-not-found, version-not-found. */
  version(id: string, version: number): Promise<VersionView>
  /** Problems: body-invalid (no usable id), exists. */
  create(body: CreateProcess, author: string): Promise<DraftView>
  /** Problems: draft-not-found. */
  draft(id: string): Promise<DraftView>
  /** `expected`: the revision read, 0 for a draft that does not exist yet. Problems: process-not-found, draft-stale. */
  saveDraft(id: string, expected: number, body: SaveDraft, author: string): Promise<DraftView>
  /** Problems: draft-not-found, draft-stale. */
  deleteDraft(id: string, expected: number): Promise<void>
  validate(id: string): Promise<Validation>
  /** Problems: draft-not-found, draft-stale, draft-invalid, nothing-changed. */
  publish(id: string, expected: number | undefined, note: string, author: string): Promise<VersionView>
}

type ProcessLibraryDeps = { library: Library; jobs: JobsPort; clock: Clock; check: CheckDefinition }

export function createProcessLibrary({ library, jobs, clock, check }: ProcessLibraryDeps): ProcessLibrary {
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

  async function summary(process: ProcessRecord): Promise<ProcessSummary> {
    const [latest, draft, byState, active] = await Promise.all([
      library.latest(process.id),
      library.draft(process.id),
      jobs.countByState(process.id),
      activeJobs(jobs, process.id),
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
      jobs: { active, byState },
    }
  }

  async function view(version: VersionRecord): Promise<VersionView> {
    return {
      process: version.process,
      ...versionSummary(version),
      definition: version.definition,
      ...(version.layout === undefined ? {} : { layout: version.layout }),
      jobs: await jobs.countByState(version.process, version.version),
    }
  }

  return {
    list: async () => Promise.all((await library.processes()).map(summary)),
    get: async (id) => summary(await record(id)),
    versions: async (id) => {
      await record(id)
      const versions = await library.versions(id)
      return Promise.all(
        versions.map(async (version) => ({
          ...versionSummary(version),
          jobs: await jobs.countByState(id, version.version),
        })),
      )
    },
    version: async (id, number) => {
      const found = await library.version(id, number)
      if (found !== undefined) return view(found)
      await record(id)
      throw problem('version-not-found')
    },
    create: async (body, author) => {
      const id = idOf(body.definition)
      if (id === undefined)
        throw problem('body-invalid', {
          errors: [
            {
              pointer: '/definition/id',
              message: 'must be lower-case letters, digits and -, beginning with a letter',
            },
          ],
        })
      try {
        return draftView(await library.createProcess(id, draftInput(body, author, now())))
      } catch (error) {
        if (error instanceof ProcessExists) throw problem('exists', { pointer: '/definition/id' })
        throw error
      }
    },
    draft: async (id) => draftView(await draftOf(id)),
    saveDraft: async (id, expected, body, author) => {
      await record(id)
      return stale(async () =>
        draftView(await library.saveDraft(id, expected, draftInput(body, author, now()))),
      )
    },
    deleteDraft: async (id, expected) => {
      await draftOf(id)
      await stale(() => library.deleteDraft(id, expected))
    },
    validate: async (id) => {
      const draft = await draftOf(id)
      const { problems } = await checkDraft(check, draft)
      return { revision: draft.revision, valid: !problems.some(isError), problems }
    },
    publish: async (id, expected, note, author) => {
      const draft = await draftOf(id)
      if (expected !== undefined && expected !== draft.revision) throw staleDraft(expected, draft.revision)
      const { problems, definition } = await checkDraft(check, draft)
      if (definition === undefined || problems.some(isError)) throw problem('draft-invalid', { problems })
      const latest = await library.latest(id)
      if (latest !== undefined && latest.hash === hashOf(definition))
        throw problem('nothing-changed', { version: latest.version })
      const published = await stale(() =>
        library.publish(id, draft.revision, {
          definition,
          ...(draft.layout === undefined ? {} : { layout: draft.layout }),
          note,
          author,
          publishedAt: now(),
        }),
      )
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

async function activeJobs(jobs: JobsPort, process: string): Promise<number> {
  const { counts } = await jobs.list({ process, status: 'active', sort: '-createdAt', limit: 1 })
  return counts.total
}

/** A draft of `home-visit` that calls itself something else would become another process when published. */
async function checkDraft(check: CheckDefinition, draft: DraftRecord): Promise<Checked> {
  const checked = await check(draft.definition)
  if (idOf(draft.definition) === draft.process) return checked
  const mismatch: Problem = {
    severity: 'error',
    code: 'process-id',
    path: '/id',
    message: {
      en: `The id must stay ${draft.process}: it names the process`,
      zh: `流程编号必须保持为 ${draft.process}`,
    },
    fix: {
      title: { en: `Set it to ${draft.process}`, zh: `改为 ${draft.process}` },
      path: '/id',
      value: draft.process,
    },
  }
  return { problems: [mismatch, ...checked.problems] }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The id of what may be a definition, where it can name a process. */
function idOf(definition: unknown): string | undefined {
  if (!isRecord(definition) || typeof definition.id !== 'string') return undefined
  const { id } = definition
  return /^[a-z][a-z0-9-]{0,79}$/.test(id) ? id : undefined
}

/** Title and description of what may be a definition: a draft can hold anything. */
function wordsOf(definition: unknown): { title?: Text; description?: Text } {
  const meta = isRecord(definition) && isRecord(definition.meta) ? definition.meta : {}
  const title = textOf(meta.title)
  const description = textOf(meta.description)
  return { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
}
function textOf(value: unknown): Text | undefined {
  if (!isRecord(value)) return undefined
  const { en, zh } = value
  const text = {
    ...(typeof en === 'string' ? { en } : {}),
    ...(typeof zh === 'string' ? { zh } : {}),
  }
  return Object.keys(text).length === 0 ? undefined : text
}

const versionSummary = ({ version, hash, author, note, publishedAt }: VersionRecord): VersionSummary => ({
  version,
  hash,
  author,
  note,
  publishedAt,
})
const draftView = (draft: DraftRecord): DraftView => ({ ...draft })

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
