/**
 * Bodies of `/api/jobs`: what the server answers and the pages read.
 *
 * Promises: the one description of these bodies; OpenAPI and both sides' types come from it.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import {
  Actor,
  Allowed,
  Attachment,
  Breach,
  Change,
  Erasure,
  Evidence,
  JobStatus,
  Link,
  Rating,
  StateValue,
  SuspensionNote,
  Tick,
  Timer,
  Timestamp,
} from '../advance/job.ts'
import { Duration, Severity, Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const

export const Deadline = Type.Object(
  {
    /** The key in the definition's `delays`. */
    delay: Type.String(),
    title: Type.Optional(Text),
    kind: Type.Enum(['deadline', 'reminder', 'step']),
    norms: Type.Array(Type.String()),
    dueAt: Timestamp,
    /** It ran out and its state still lasts. */
    fired: Type.Boolean(),
    /** Of a suspended job: what is left, in open time where there is a calendar. `dueAt` no longer counts. */
    left: Type.Optional(Duration),
    calendar: Type.Optional(Type.String()),
  },
  closed,
)
export type Deadline = Static<typeof Deadline>

/** Without the reason for whom the job's personal part is left out. */
const Resting = Type.Object({ ...SuspensionNote.properties, reason: Type.Optional(Type.String()) }, closed)

export const JobView = Type.Object(
  {
    id: Type.String(),
    process: Type.String(),
    version: Type.Integer(),
    status: JobStatus,
    state: StateValue,
    /** Leaf paths, from the root: `repairing.opened`. */
    active: Type.Array(Type.String()),
    fields: Type.Record(Type.String(), Type.Unknown()),
    /** Fields that hold something which whoever asks does not see (`jobs:personal`); absent where he sees all. */
    masked: Type.Optional(Type.Array(Type.String())),
    checklist: Type.Record(Type.String(), Tick),
    seq: Type.Integer(),
    deadlines: Type.Array(Deadline),
    breaches: Type.Array(Breach),
    links: Type.Array(Link),
    evidence: Type.Array(Attachment),
    rating: Type.Optional(Rating),
    /** It rests: no event moves it and no time runs. */
    suspended: Type.Optional(Resting),
    /** What was personal in it until then is gone. */
    erased: Type.Optional(Erasure),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  closed,
)
export type JobView = Static<typeof JobView>

/** An item of the active states' checklists. */
export const OpenItem = Type.Object(
  {
    id: Type.String(),
    state: Type.String(),
    title: Text,
    required: Type.Boolean(),
    evidence: Type.String(),
    norms: Type.Array(Type.String()),
    roles: Type.Array(Type.String()),
    done: Type.Boolean(),
  },
  closed,
)
export type OpenItem = Static<typeof OpenItem>

export const JobDetail = Type.Object(
  {
    ...JobView.properties,
    allowed: Type.Array(Allowed),
    items: Type.Array(OpenItem),
  },
  closed,
)
export type JobDetail = Static<typeof JobDetail>

export const EntryView = Type.Object(
  {
    job: Type.String(),
    seq: Type.Integer(),
    at: Timestamp,
    dueAt: Type.Optional(Timestamp),
    /** When it was done by the clock of the device that sent it (`Device-Time`). */
    deviceAt: Type.Optional(Timestamp),
    actor: Actor,
    command: Type.Unknown(),
    /** What whoever asks does not see of the command and of what changed; absent where he sees all. */
    masked: Type.Optional(Type.Array(Type.String())),
    from: Type.Optional(StateValue),
    to: StateValue,
    active: Type.Array(Type.String()),
    status: JobStatus,
    taken: Type.Array(Type.String()),
    changed: Type.Record(Type.String(), Change),
    ticks: Type.Record(Type.String(), Type.Boolean()),
    breaches: Type.Array(Breach),
    armed: Type.Array(Timer),
    cancelled: Type.Array(Type.String()),
    effects: Type.Array(Type.Unknown()),
    norms: Type.Object({ met: Type.Array(Type.String()), broken: Type.Array(Type.String()) }),
  },
  closed,
)
export type EntryView = Static<typeof EntryView>

export const Outcome = Type.Object({ job: JobView, entry: EntryView }, closed)
export type Outcome = Static<typeof Outcome>

export const CreateJob = Type.Object(
  {
    process: Type.String(),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    fields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
)
export const SendEvent = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 200 }),
    payload: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
)
export const TickItem = Type.Object({ evidence: Type.Optional(Evidence) }, closed)
export const AddNote = Type.Object({ text: Type.String({ minLength: 1, maxLength: 4000 }) }, closed)
export const ReportBreach = Type.Object(
  {
    norm: Type.String(),
    severity: Type.Optional(Severity),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
)
export const RaiseComplaint = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 4000 }),
    /** It concerns quality (GN-08). */
    quality: Type.Optional(Type.Boolean()),
  },
  closed,
)
export const Rate = Type.Object(
  {
    score: Type.Integer({ minimum: 1, maximum: 5 }),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
)
export const CorrectFields = Type.Object(
  {
    fields: Type.Record(Type.String(), Type.Unknown()),
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  closed,
)
/** A job as lists show it. */
export const JobRow = Type.Object(
  {
    ...JobView.properties,
    dueAt: Type.Optional(Timestamp),
    overdue: Type.Boolean(),
  },
  closed,
)
export type JobRow = Static<typeof JobRow>

export const JobList = Type.Object(
  {
    jobs: Type.Array(JobRow),
    next: Type.Optional(Type.String()),
    counts: Type.Object(
      {
        total: Type.Integer(),
        overdue: Type.Integer(),
        byStatus: Type.Record(Type.String(), Type.Integer()),
        byProcess: Type.Record(Type.String(), Type.Integer()),
      },
      closed,
    ),
  },
  closed,
)
export type JobList = Static<typeof JobList>
