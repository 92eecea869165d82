/**
 * Bodies of `/api/processes`: the library of processes, their drafts and versions.
 *
 * Promises: the one description of these bodies, for the server's routes and the designer's client.
 * Must not: import from server or designer, or judge a definition (`validate/` does).
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'
import { Problem } from '../definition/problem.ts'
import { Definition, Text } from '../definition/schema.ts'
import { Approval, ApprovalRule } from './drafts.ts'

const closed = { additionalProperties: false } as const

/** Active jobs by leaf path; a job in parallel regions counts in each. */
const JobsByState = Type.Record(Type.String(), Type.Integer())

export const VersionSummary = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    /** SHA-256 of the canonical JSON (RFC 8785). */
    hash: Type.String(),
    author: Type.String(),
    note: Type.String(),
    publishedAt: Timestamp,
    /** Who agreed, where the process asked for it. */
    approvals: Type.Optional(Type.Array(Approval)),
    /** Ids of the findings that it answers. */
    answers: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)
export type VersionSummary = Static<typeof VersionSummary>

export const ProcessSummary = Type.Object(
  {
    id: Type.String(),
    title: Text,
    description: Type.Optional(Text),
    createdAt: Timestamp,
    archivedAt: Type.Optional(Timestamp),
    latest: Type.Optional(VersionSummary),
    /** There is a draft. */
    draft: Type.Boolean(),
    /** Who must agree before a version is published. */
    approval: ApprovalRule,
    jobs: Type.Object({ active: Type.Integer(), byState: JobsByState }, closed),
  },
  closed,
)
export type ProcessSummary = Static<typeof ProcessSummary>
export const ProcessList = Type.Object({ processes: Type.Array(ProcessSummary) }, closed)
export type ProcessList = Static<typeof ProcessList>

export const VersionListItem = Type.Object(
  {
    ...VersionSummary.properties,
    /** How many active jobs it has; by state a job may count twice. */
    active: Type.Integer(),
    jobs: JobsByState,
  },
  closed,
)
export const VersionList = Type.Object({ versions: Type.Array(VersionListItem) }, closed)
export type VersionList = Static<typeof VersionList>

/** A published definition; `docs/definition.schema.json` describes it in full. */
const PublishedDefinition = Type.Unsafe<Definition>({
  type: 'object',
  description: 'A process definition, see docs/definition.schema.json',
})
const Layout = Type.Unknown({ description: 'Positions on the canvas; no part of the hash' })

export const VersionView = Type.Object(
  {
    process: Type.String(),
    ...VersionSummary.properties,
    definition: PublishedDefinition,
    layout: Type.Optional(Layout),
    jobs: JobsByState,
  },
  closed,
)
export type VersionView = Static<typeof VersionView>

const DraftDefinition = Type.Unknown({ description: 'A definition in the making, valid or not' })

const CreateFromDefinition = Type.Object(
  { definition: DraftDefinition, layout: Type.Optional(Layout) },
  closed,
)
/** A copy of what was published; `version` is the latest where it is not named. */
const CreateFromProcess = Type.Object(
  {
    from: Type.Object(
      { process: Definition.properties.id, version: Type.Optional(Type.Integer({ minimum: 1 })) },
      closed,
    ),
    id: Definition.properties.id,
    title: Text,
  },
  closed,
)
export const CreateProcess = Type.Union([CreateFromDefinition, CreateFromProcess])
export type CreateProcess = Static<typeof CreateProcess>

export const ArchiveProcess = Type.Object({ archived: Type.Boolean() }, closed)

export const SaveDraft = Type.Object(
  {
    definition: DraftDefinition,
    layout: Type.Optional(Layout),
    /** The version it began from. */
    basedOn: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type SaveDraft = Static<typeof SaveDraft>

/** `revision` is also the ETag. */
export const DraftView = Type.Object(
  {
    process: Type.String(),
    revision: Type.Integer({ minimum: 1 }),
    definition: DraftDefinition,
    layout: Type.Optional(Layout),
    basedOn: Type.Optional(Type.Integer({ minimum: 1 })),
    updatedAt: Timestamp,
    updatedBy: Type.String(),
  },
  closed,
)
export type DraftView = Static<typeof DraftView>

export const Validation = Type.Object(
  {
    revision: Type.Integer({ minimum: 1 }),
    /** No problem of severity `error`: it may be published. */
    valid: Type.Boolean(),
    problems: Type.Array(Problem),
  },
  closed,
)
export type Validation = Static<typeof Validation>

export const PublishDraft = Type.Object(
  {
    note: Type.String({ minLength: 1, maxLength: 2000 }),
    /** Ids of open findings of the process that it answers. */
    answers: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 500, uniqueItems: true }),
    ),
  },
  closed,
)
export type PublishDraft = Static<typeof PublishDraft>
