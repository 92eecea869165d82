/**
 * Bodies of `/api/processes/:id/migrations`, and of what people do to a job by hand.
 *
 * Promises: the one description of these bodies; OpenAPI and both sides' types come from it.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Reason, Timestamp } from '../advance/job.ts'
import { Mapping } from '../migrate/mapping.ts'

const closed = { additionalProperties: false } as const
const Version = Type.Integer({ minimum: 1 })
const word = Type.Optional(Type.String({ maxLength: 200 }))
const Why = Type.String({ minLength: 1, maxLength: 2000 })

/** Which of the old version's running jobs: those that all of it fits. */
const MoveFilter = Type.Object(
  {
    /** These alone. */
    jobs: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 1000 }),
    ),
    /** A path: jobs in it or below it. */
    state: Type.Optional(Type.String({ maxLength: 1000 })),
    assignee: word,
    region: word,
    overdue: Type.Optional(Type.Boolean()),
    text: word,
    createdFrom: Type.Optional(Timestamp),
    createdTo: Type.Optional(Timestamp),
  },
  closed,
)

export const StartMigration = Type.Object(
  {
    from: Version,
    /** Default: the latest. */
    to: Type.Optional(Version),
    mapping: Type.Optional(Mapping),
    filter: Type.Optional(MoveFilter),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
)
export type StartMigration = Static<typeof StartMigration>

/**
 * `moved`: in a dry run, would be. `refused`: it stays as it was, and why is told. `passed`: it was over, or on another
 * version, when its turn came.
 */
export const MoveOutcome = Type.Enum(['moved', 'refused', 'passed'])
const counts = { moved: Type.Integer(), refused: Type.Integer(), passed: Type.Integer() }

export const MigrationView = Type.Object(
  {
    id: Type.String(),
    process: Type.String(),
    from: Version,
    to: Version,
    mapping: Mapping,
    filter: MoveFilter,
    /** Nothing is moved; only what would become of each job is told. */
    dryRun: Type.Boolean(),
    note: Type.Optional(Type.String()),
    /** Person id. */
    by: Type.String(),
    startedAt: Timestamp,
    updatedAt: Timestamp,
    /** `stopped` and `failed` can be resumed. */
    status: Type.Enum(['running', 'stopped', 'done', 'failed']),
    /** Jobs concerned when it began. */
    total: Type.Integer(),
    counts: Type.Object(counts, closed),
  },
  closed,
)
export type MigrationView = Static<typeof MigrationView>
export const MigrationDetail = Type.Object(
  {
    ...MigrationView.properties,
    /** By the state that jobs were in; a job in parallel regions counts in each. */
    states: Type.Array(Type.Object({ path: Type.String(), ...counts }, closed)),
  },
  closed,
)
export type MigrationDetail = Static<typeof MigrationDetail>
export const MigrationList = Type.Object({ migrations: Type.Array(MigrationView) }, closed)

const MovedJob = Type.Object(
  {
    job: Type.String(),
    outcome: MoveOutcome,
    /** Leaf paths. */
    from: Type.Array(Type.String()),
    to: Type.Optional(Type.Array(Type.String())),
    /** What the move brings, or why there is none. Empty: nothing but the version changes. */
    notes: Type.Array(Reason),
    /** The job's, after it. */
    seq: Type.Integer(),
    at: Timestamp,
  },
  closed,
)
export const MovedJobs = Type.Object(
  {
    jobs: Type.Array(MovedJob),
    /** Send it as `after`; absent on the last page. */
    next: Type.Optional(Type.String()),
  },
  closed,
)
export type MovedJobs = Static<typeof MovedJobs>

/* ------------------------------------------------------------- by hand */

export const MoveJob = Type.Object(
  {
    /** Paths; several for parallel regions. */
    to: Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { minItems: 1, maxItems: 50 }),
    reason: Why,
    /** Run the entry actions of the states that are entered. Default no. Exit actions never run. */
    runEntry: Type.Optional(Type.Boolean()),
  },
  closed,
)
export const SuspendJob = Type.Object({ reason: Why }, closed)
export const ResumeJob = Type.Object({ reason: Type.Optional(Why) }, closed)
export const ReassignJob = Type.Object(
  { person: Type.String({ minLength: 1, maxLength: 80 }), reason: Why },
  closed,
)
export const CancelJob = Type.Object({ reason: Why }, closed)
