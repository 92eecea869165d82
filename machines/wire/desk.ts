/**
 * Bodies of the dispatcher's desk: many acts at once, the board of a process, views of lists.
 *
 * Promises: the one description of these bodies; OpenAPI and both sides' types come from it.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { JobStatus } from '../advance/job.ts'
import { AddNote, JobRow, SendEvent } from './jobs.ts'
import { MOST_ACTS } from './limits.ts'
import { CancelJob, ReassignJob, ResumeJob, SuspendJob } from './migrations.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 100 })

/** What can be done to many jobs: as by the route of each alone. */
const BatchAct = Type.Union([
  Type.Object({ kind: Type.Literal('event'), ...SendEvent.properties }, closed),
  Type.Object({ kind: Type.Literal('note'), ...AddNote.properties }, closed),
  Type.Object({ kind: Type.Literal('reassign'), ...ReassignJob.properties }, closed),
  Type.Object({ kind: Type.Literal('suspend'), ...SuspendJob.properties }, closed),
  Type.Object({ kind: Type.Literal('resume'), ...ResumeJob.properties }, closed),
  Type.Object({ kind: Type.Literal('cancel'), ...CancelJob.properties }, closed),
])
export type BatchAct = Static<typeof BatchAct>

export const Batch = Type.Object(
  {
    acts: Type.Array(
      Type.Object(
        {
          job: Id,
          /** The seq that was read: as `If-Match`. */
          seq: Type.Optional(Type.Integer({ minimum: 0 })),
          act: BatchAct,
        },
        closed,
      ),
      { minItems: 1, maxItems: MOST_ACTS },
    ),
  },
  closed,
)
export type Batch = Static<typeof Batch>

const BatchResult = Type.Object(
  {
    job: Type.String(),
    /** As the route of the act alone would answer. */
    status: Type.Integer(),
    /** How the job stands after it. */
    after: Type.Optional(
      Type.Object({ seq: Type.Integer(), status: JobStatus, active: Type.Array(Type.String()) }, closed),
    ),
    /** Problem details: why not. */
    problem: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
)
/** In the order of the acts. */
export const BatchResults = Type.Object({ results: Type.Array(BatchResult) }, closed)
export type BatchResults = Static<typeof BatchResults>
export type BatchResult = Static<typeof BatchResult>

export const Board = Type.Object(
  {
    process: Type.String(),
    /** The states in which active jobs of any version are. */
    columns: Type.Array(
      Type.Object(
        {
          path: Type.String(),
          total: Type.Integer(),
          overdue: Type.Integer(),
          /** Those that fall due first. */
          jobs: Type.Array(JobRow),
          /** Cursor of `GET /api/jobs` with the same filter, this state, `status=active` and `sort=dueAt`. */
          next: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Board = Static<typeof Board>

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })
const Search = Type.String({ maxLength: 2000 })
export const SaveView = Type.Object({ name: Name, search: Search }, closed)
export type SaveView = Static<typeof SaveView>
export const ViewList = Type.Object(
  { views: Type.Array(Type.Object({ id: Type.String(), name: Name, search: Search }, closed)) },
  closed,
)
export type ViewList = Static<typeof ViewList>
