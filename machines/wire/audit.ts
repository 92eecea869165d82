/**
 * Entries of the audit: who changed what, and when.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'

const closed = { additionalProperties: false } as const
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })

export const AuditEntry = Type.Object(
  {
    n: Type.Integer({ minimum: 1 }),
    /** SHA-256 of the entry before. */
    prev: Hash,
    /** Real time. */
    at: Timestamp,
    /** Person id; `system`: the server itself, as at its start. */
    actor: Type.String(),
    /** What is done: `person.save`. */
    kind: Type.String(),
    /** To what: the id of a person or a process. */
    subject: Type.String(),
    /** `meant` stands before the change; one of the others, of the same entry, says what came of it. */
    outcome: Type.Enum(['meant', 'done', 'failed']),
    /** The entry that said it was meant. */
    of: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Where one was given. */
    reason: Type.Optional(Type.String()),
    /** Few words on what changes, without secrets and without what a person is called. */
    detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** SHA-256 of the canonical JSON (RFC 8785) of all the rest. */
    hash: Hash,
  },
  closed,
)
export type AuditEntry = Static<typeof AuditEntry>

/** `next`: the `after` of the next page. */
export const AuditPage = Type.Object(
  { entries: Type.Array(AuditEntry), next: Type.Optional(Type.Integer({ minimum: 1 })) },
  closed,
)
/** How something was done where no person's own request did it alone; under `via` of an entry's detail. */
export type AuditVia = 'provider' | 'set-up' | 'environment' | 'sample'

const { n, at, actor, kind, subject, reason, detail } = AuditEntry.properties
/** What somebody did, with what came of it. */
export const AuditChange = Type.Object(
  {
    ...{ n, at, actor, kind, subject, reason, detail },
    /** `cut-off`: the server stopped in between; what was to be changed shows which it is. */
    outcome: Type.Enum(['done', 'failed', 'under-way', 'cut-off']),
    /** The entry that says what came of it. */
    ended: Type.Optional(Type.Object({ n, at, detail }, closed)),
    hash: Hash,
  },
  closed,
)
export type AuditChange = Static<typeof AuditChange>
/** Newest first. `newer`, `older`: there are more on that side. */
export const AuditChanges = Type.Object(
  { changes: Type.Array(AuditChange), newer: Type.Boolean(), older: Type.Boolean() },
  closed,
)
export type AuditChanges = Static<typeof AuditChanges>

/** 0: there is no entry yet. */
export const AuditHead = Type.Object(
  { n: Type.Integer({ minimum: 0 }), hash: Type.Optional(Hash), at: Type.Optional(Timestamp) },
  closed,
)
export type AuditHead = Static<typeof AuditHead>
