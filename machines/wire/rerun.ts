/**
 * Bodies of `/api/processes/:id/draft/rerun`: what real jobs would have come to by a draft.
 *
 * Promises: the one description of these bodies, for the server's route and the designer's client.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Outcome } from '../simulate/rerun-outcome.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })

export const RerunJobs = Type.Object(
  {
    /** How many of the jobs that are over, the last ones first. */
    jobs: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** `next` of the answer before: goes on with the jobs that were over earlier. */
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  closed,
)
export type RerunJobs = Static<typeof RerunJobs>

export const RerunJob = Type.Object({ ...Outcome.properties, version: Type.Integer({ minimum: 1 }) }, closed)
export type RerunJob = Static<typeof RerunJob>

/** How many jobs break a norm that they kept, keep one that they broke, break it at another moment. */
export const RerunNorm = Type.Object(
  { norm: Type.String(), gained: Count, lost: Count, moved: Count },
  closed,
)
export type RerunNorm = Static<typeof RerunNorm>

export const RerunReport = Type.Object(
  {
    /** Of the draft. */
    revision: Type.Integer({ minimum: 1 }),
    /** How many were run through it. */
    jobs: Count,
    /** Each job counts once, by the gravest of what became of it. */
    counts: Type.Object({ same: Count, breaches: Count, elsewhere: Count, refused: Count }, closed),
    /** In order of their ids. */
    norms: Type.Array(RerunNorm),
    /** What histories speak of and the draft does not know, with how many jobs do; most first. */
    unknown: Type.Array(Type.Object({ ...Outcome.properties.unknown.items.properties, jobs: Count }, closed)),
    /** Those that are not the same, newest first. */
    differing: Type.Array(RerunJob),
    /** How many more differ than are listed. */
    unlisted: Count,
    /** There are more jobs that are over. */
    next: Type.Optional(Type.String()),
  },
  closed,
)
export type RerunReport = Static<typeof RerunReport>
