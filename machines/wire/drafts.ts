/**
 * Bodies about drafts: what publishing means for running jobs, who must agree to it, who else is in the draft.
 *
 * Promises: the one description of these bodies, for the server's routes and the designer's client.
 * Must not: import from server or designer, or judge who has agreed (`server/library/agreement.ts` does).
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'
import { Impact, StateImpact } from '../compare/impact.ts'

const closed = { additionalProperties: false } as const
const PersonId = Type.String({ minLength: 1, maxLength: 80 })
const Revision = Type.Integer({ minimum: 1 })

/* ---------------------------------------------------------------- impact */

const VersionImpact = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    latest: Type.Boolean(),
    /** Active jobs of this version. */
    jobs: Type.Integer(),
    /** With how many jobs are there; a job in parallel regions counts in each. */
    states: Type.Array(Type.Object({ ...StateImpact.properties, jobs: Type.Integer() }, closed)),
    fields: Impact.properties.fields,
  },
  closed,
)
/** The latest version, and every other that has active jobs, newest first. */
export const DraftImpact = Type.Object({ revision: Revision, versions: Type.Array(VersionImpact) }, closed)
export type DraftImpact = Static<typeof DraftImpact>

/* -------------------------------------------------------------- agreement */

/** Who must agree before a version is published: nobody, someone else than the author, all of these (GN-19). */
export const ApprovalRule = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, closed),
  Type.Object({ kind: Type.Literal('second-person') }, closed),
  Type.Object(
    {
      kind: Type.Literal('all'),
      people: Type.Array(PersonId, { minItems: 1, maxItems: 500, uniqueItems: true }),
    },
    closed,
  ),
])
export type ApprovalRule = Static<typeof ApprovalRule>

export const GiveApproval = Type.Object(
  {
    /** `withdraw` takes back what one said before. */
    verdict: Type.Enum(['approve', 'object', 'withdraw']),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  closed,
)
export type GiveApproval = Static<typeof GiveApproval>

/** What one person said; saying it again replaces it. */
export const Approval = Type.Object({ person: PersonId, ...GiveApproval.properties, at: Timestamp }, closed)
export type Approval = Static<typeof Approval>

const standing = {
  approvals: Type.Array(Approval),
  /** Those who are asked and have not agreed, by id. */
  missing: Type.Array(PersonId),
  satisfied: Type.Boolean(),
}

/** Where the draft's agreement stands. What was said of another content is not in it. */
export const DraftApprovals = Type.Object(
  {
    revision: Revision,
    /** Of the draft's definition (RFC 8785, SHA-256): what the approvals are about. Positions are no part of it. */
    hash: Type.String(),
    /** Whose draft it is: who changed the definition last. He cannot be the second person. */
    by: PersonId,
    rule: ApprovalRule,
    ...standing,
  },
  closed,
)
export type DraftApprovals = Static<typeof DraftApprovals>

/** `revision` is also the ETag; 0 where no rule was ever set. */
export const ApprovalSetting = Type.Object(
  {
    revision: Type.Integer({ minimum: 0 }),
    rule: ApprovalRule,
    /** Another rule that waits until those agree whom the present one asks. */
    proposal: Type.Optional(
      Type.Object({ rule: ApprovalRule, by: PersonId, at: Timestamp, ...standing }, closed),
    ),
  },
  closed,
)
export type ApprovalSetting = Static<typeof ApprovalSetting>

export const SetApprovalRule = Type.Object({ rule: ApprovalRule }, closed)

/* --------------------------------------------------------------- presence */

/** A sign of life, to be sent again within 30 s. */
export const Presence = Type.Object(
  {
    /** Names the tab among those of the person. */
    client: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
    /** What he is at: a JSON pointer into the definition. */
    place: Type.Optional(Type.String({ maxLength: 500 })),
    /** He leaves. */
    gone: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Presence = Static<typeof Presence>

export const Present = Type.Object(
  {
    person: PersonId,
    name: Type.String(),
    client: Type.String(),
    place: Type.Optional(Type.String()),
    since: Timestamp,
  },
  closed,
)
export type Present = Static<typeof Present>
/** Who is in the draft, the asker among them; who came first stands first. */
export const PresentList = Type.Object({ present: Type.Array(Present) }, closed)
export type PresentList = Static<typeof PresentList>

/** The data of an event `draft`: how things stand now, as far as others must know to read anew. */
export const DraftNotice = Type.Object(
  {
    /** Absent: there is no draft. */
    draft: Type.Optional(
      Type.Object(
        {
          revision: Revision,
          updatedAt: Timestamp,
          updatedBy: Type.String(),
          /** Who agreed or objected. */
          said: Type.Array(
            Type.Object({ person: PersonId, verdict: GiveApproval.properties.verdict }, closed),
          ),
        },
        closed,
      ),
    ),
    /** Number of the latest version. */
    latest: Type.Optional(Type.Integer({ minimum: 1 })),
    archived: Type.Boolean(),
    approvalRevision: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export type DraftNotice = Static<typeof DraftNotice>

/** The same as both events say, asked for once. */
export const DraftState = Type.Object({ now: DraftNotice, ...PresentList.properties }, closed)
export type DraftState = Static<typeof DraftState>
