/**
 * Bodies of findings from practice: what is wrong with a process, said of a state or transition, until a version answers it (GN-24).
 *
 * Must not: import from server or designer, or judge.
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'
import { Definition, Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
const words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const PersonId = Type.String({ minLength: 1, maxLength: 80 })

export const FINDING_SOURCES = ['complaint', 'breach', 'review', 'remark'] as const
export const FINDING_STATUSES = ['open', 'answered', 'dismissed'] as const
export const FindingStatus = Type.Enum([...FINDING_STATUSES])
export type FindingStatus = Static<typeof FindingStatus>

export const RaiseFinding = Type.Object(
  {
    process: Definition.properties.id,
    /** The version it was found in; the latest where none is named. */
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    /** A state's path, a transition's JSON pointer, or empty: the process as a whole. */
    place: Type.String({ maxLength: 1000 }),
    text: words(4000),
    source: Type.Enum([...FINDING_SOURCES]),
    /** The job it was found on. */
    job: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    norm: Type.Optional(Type.String({ pattern: '^[A-Z]{2}-\\d{2}$' })),
  },
  closed,
)
export type RaiseFinding = Static<typeof RaiseFinding>
/** Set aside without a change of the process, or taken up again. */
export const CloseFinding = Type.Object({ reason: words(2000) }, closed)

export const Finding = Type.Object(
  {
    id: Type.String(),
    ...RaiseFinding.properties,
    version: Type.Integer({ minimum: 1 }),
    by: PersonId,
    at: Timestamp,
    status: FindingStatus,
    /** The version whose publishing answered it. */
    answer: Type.Optional(
      Type.Object({ version: Type.Integer({ minimum: 1 }), at: Timestamp, by: PersonId }, closed),
    ),
    /** What else became of it, oldest first. */
    turns: Type.Array(
      Type.Object(
        { to: Type.Enum(['open', 'dismissed']), at: Timestamp, by: PersonId, reason: Type.String() },
        closed,
      ),
    ),
  },
  closed,
)
export type Finding = Static<typeof Finding>

/** With the titles of the place, as its version has them, outermost first. */
export const FindingView = Type.Object(
  {
    ...Finding.properties,
    byName: Type.String(),
    processTitle: Type.Optional(Text),
    placeTitles: Type.Array(Text),
  },
  closed,
)
export type FindingView = Static<typeof FindingView>
export const FindingList = Type.Object(
  {
    findings: Type.Array(FindingView),
    next: Type.Optional(Type.String()),
    counts: Type.Object(
      { open: Type.Integer(), answered: Type.Integer(), dismissed: Type.Integer() },
      closed,
    ),
  },
  closed,
)
export type FindingList = Static<typeof FindingList>
