/**
 * Bodies of `/api/dispatch`: the dispatcher's day, and whom a job suits.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Allowed, Certificate, JobStatus, Reason, Timestamp } from '../advance/job.ts'
import { Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const Stretch = Type.Object({ from: Timestamp, to: Timestamp }, closed)

export const PlannedJob = Type.Object(
  {
    id: Type.String(),
    process: Type.String(),
    title: Text,
    seq: Type.Integer(),
    status: JobStatus,
    /** Its headline, as the process has it. */
    about: Type.Array(Type.String()),
    assignee: Type.Optional(Type.String()),
    region: Type.Optional(Type.String()),
    /** `appointment`: when the visit begins; `due`: when it must be done. */
    at: Type.Optional(Timestamp),
    kind: Type.Optional(Type.Enum(['appointment', 'due'])),
    overdue: Type.Boolean(),
  },
  closed,
)
export type PlannedJob = Static<typeof PlannedJob>

const ExpiringCertificate = Type.Object(
  { ...Certificate.properties, title: Type.Optional(Text), expired: Type.Boolean() },
  closed,
)

export const DispatchEngineer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    /** Everywhere where none is named. */
    regions: Type.Array(Type.String()),
    /** Of that day. */
    jobs: Type.Array(PlannedJob),
    /** Active jobs, whatever their day. */
    load: Type.Integer(),
    /** Agreed for that day (GN-02). */
    overtimeMinutes: Type.Integer(),
    /** Expired, or within thirty days of it. */
    expiring: Type.Array(ExpiringCertificate),
  },
  closed,
)
export type DispatchEngineer = Static<typeof DispatchEngineer>

export const DispatchDay = Type.Object(
  {
    date: Day,
    today: Day,
    timeZone: Type.String(),
    /** Midnight to midnight, where the organisation is. */
    from: Timestamp,
    to: Timestamp,
    /** Working hours (GN-01). */
    open: Type.Array(Stretch),
    visitMinutes: Type.Integer(),
    waiting: Type.Object({ total: Type.Integer(), jobs: Type.Array(PlannedJob) }, closed),
    engineers: Type.Array(DispatchEngineer),
    /** Of engineers and of jobs that wait. */
    regions: Type.Array(Type.String()),
  },
  closed,
)
export type DispatchDay = Static<typeof DispatchDay>

const FitReason = Type.Object({ ...Reason.properties, weight: Type.Enum(['bar', 'doubt', 'fact']) }, closed)
const Candidate = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    fit: Type.Enum(['yes', 'doubt', 'no']),
    reasons: Type.Array(FitReason),
    load: Type.Integer(),
  },
  closed,
)
export type Candidate = Static<typeof Candidate>

/** How the job is given to somebody: by an event of its own, else by hand. */
const Assigning = Type.Union([
  Type.Object({ by: Type.Literal('event'), person: Type.String(), event: Allowed }, closed),
  Type.Object({ by: Type.Literal('hand') }, closed),
])

export const Candidates = Type.Object(
  {
    job: PlannedJob,
    /** The day that people were judged for. */
    date: Day,
    visit: Type.Optional(Stretch),
    /** Absent where nobody can be given it now, or not by whoever asks. */
    assigning: Type.Optional(Assigning),
    /** Whom it suits best first. */
    candidates: Type.Array(Candidate),
  },
  closed,
)
export type Candidates = Static<typeof Candidates>
