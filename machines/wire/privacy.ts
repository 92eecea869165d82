/**
 * Bodies of `/api/privacy`: a person's data found, given out and erased; and how long a process keeps it.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Erasure, JobStatus, Timestamp } from '../advance/job.ts'
import { EntryView, JobView } from './jobs.ts'
import { Survey } from './reviews.ts'

const closed = { additionalProperties: false } as const
const JobId = Type.String({ minLength: 1, maxLength: 100 })
const reason = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'For the audit, which is never erased: a case number, not a name',
})

/** Whose: all that stands in one personal field or another of a job, as it is written there; or these jobs. */
const Whose = {
  values: Type.Optional(
    Type.Array(Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }), {
      minItems: 1,
      maxItems: 10,
      description:
        'Name, telephone, address: a job is meant that has all of them, each as the whole of a personal field',
    }),
  ),
  jobs: Type.Optional(Type.Array(JobId, { minItems: 1, maxItems: 500 })),
}
export const ExportPersonal = Type.Object({ ...Whose, reason }, closed)
export type ExportPersonal = Static<typeof ExportPersonal>
export const ErasePersonal = Type.Object(
  {
    ...Whose,
    reason,
    dryRun: Type.Optional(Type.Boolean({ description: 'Tell what would be erased, change nothing' })),
  },
  closed,
)
export type ErasePersonal = Static<typeof ErasePersonal>

/** `erased`: is, or would be. `open`: it goes on, and is left as it is. `waiting`: its messages are not delivered yet. `already`: nothing happened since it was erased. */
const ERASE_OUTCOMES = ['erased', 'open', 'waiting', 'already'] as const
const EraseOutcome = Type.Enum([...ERASE_OUTCOMES])
export type EraseOutcome = Static<typeof EraseOutcome>

export const PersonalJob = Type.Object(
  {
    id: Type.String(),
    process: Type.String(),
    version: Type.Integer(),
    status: JobStatus,
    createdAt: Timestamp,
    updatedAt: Timestamp,
    customer: Type.Optional(Type.String()),
    /** Found by a job that it belongs to, not by itself. */
    linked: Type.Boolean(),
    /** Files of evidence. */
    files: Type.Integer({ minimum: 0 }),
    outcome: EraseOutcome,
    /** False: a rule looked at what is gone, and the history is no longer one that replays. */
    replays: Type.Optional(Type.Boolean()),
    erased: Type.Optional(Erasure),
  },
  closed,
)
export type PersonalJob = Static<typeof PersonalJob>
export const EraseReport = Type.Object({ dryRun: Type.Boolean(), jobs: Type.Array(PersonalJob) }, closed)
export type EraseReport = Static<typeof EraseReport>

/** All that is kept of the person. `files`: to be fetched by `GET /api/evidence/:sha256`. */
export const PersonalData = Type.Object(
  {
    at: Timestamp,
    jobs: Type.Array(
      Type.Object(
        {
          job: JobView,
          linked: Type.Boolean(),
          history: Type.Array(EntryView),
          files: Type.Array(Type.String()),
        },
        closed,
      ),
    ),
    surveys: Type.Array(Survey),
  },
  closed,
)
export type PersonalData = Static<typeof PersonalData>

/** Days after the last that happened to a job that is over; `null`: kept until somebody asks. */
export const SetRetention = Type.Object(
  { days: Type.Union([Type.Integer({ minimum: 1, maximum: 36_500 }), Type.Null()]) },
  closed,
)
export type SetRetention = Static<typeof SetRetention>
export const Retention = Type.Object(
  { ...SetRetention.properties, by: Type.Optional(Type.String()), at: Type.Optional(Timestamp) },
  closed,
)
export type Retention = Static<typeof Retention>
