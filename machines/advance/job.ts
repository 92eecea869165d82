/**
 * What the engine knows of a job, and what one advance makes of it: the records that are stored, replayed
 * and compared byte for byte.
 *
 * Promises: everything here is plain JSON; times are ISO 8601 in UTC with milliseconds.
 * Must not: hold behaviour, or anything that only a server or a page needs.
 */
import Type, { type Static } from 'typebox'
import { EventRole, Severity, Text } from '../definition/schema.ts'
import type { Mapping } from '../migrate/mapping.ts'
import type { CalendarSet } from '../time/calendar.ts'

const closed = { additionalProperties: false } as const
export const Timestamp = Type.String({ format: 'date-time' })

export const Certificate = Type.Object(
  { kind: Type.String(), validFrom: Timestamp, validUntil: Timestamp },
  closed,
)
export type Certificate = Static<typeof Certificate>

/** Who acts. Kept in the history with what he was entitled to at that moment, so that replay decides alike. */
export const Actor = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    roles: Type.Array(EventRole),
    certificates: Type.Optional(Type.Array(Certificate)),
  },
  closed,
)
export type Actor = Static<typeof Actor>
/** The actor of timers and of events between jobs. */
export const SYSTEM: Actor = { id: 'system', name: 'system', roles: ['system'] }

export const Evidence = Type.Object(
  {
    kind: Type.Enum(['text', 'number', 'photo', 'signature', 'serial']),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
    number: Type.Optional(Type.Number()),
    /** SHA-256 of an uploaded file, in hex. */
    file: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    /** Who signed. */
    signedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  closed,
)
export type Evidence = Static<typeof Evidence>

export const Tick = Type.Object(
  { at: Timestamp, by: Type.String(), evidence: Type.Optional(Evidence) },
  closed,
)
export type Tick = Static<typeof Tick>

/** An armed or fired timer of a state that is still active. */
export const Timer = Type.Object(
  {
    /** Unique for ever: job, seq, and a counter. A fired timer is known by it, so it can fire but once. */
    token: Type.String(),
    /** XState's id of the delayed event. */
    id: Type.String(),
    /** The key in the definition's `delays`. */
    delay: Type.String(),
    armedAt: Timestamp,
    dueAt: Timestamp,
    fired: Type.Boolean(),
    /** The raised event, for timers of `@xstate.raise`; `after` timers have none. */
    event: Type.Optional(Type.Object({ type: Type.String(), payload: Type.Optional(Type.Unknown()) })),
    /** When the delay alone would make it due, where it was put off since: by a suspension or a move. */
    reckoned: Type.Optional(Timestamp),
    /** What was left of it when the job was suspended; open time where its delay counts on a calendar. */
    left: Type.Optional(Type.String()),
  },
  closed,
)
export type Timer = Static<typeof Timer>

export const Breach = Type.Object(
  {
    norm: Type.String(),
    severity: Severity,
    at: Timestamp,
    /** When the deadline ran out, for a breach by a timer. */
    dueAt: Type.Optional(Timestamp),
    note: Type.Optional(Text),
    /** Reported by a person, rather than found by the machine. */
    reportedBy: Type.Optional(Type.String()),
  },
  closed,
)
export type Breach = Static<typeof Breach>

const JOB_STATUS = ['active', 'done', 'cancelled', 'failed'] as const
export const JobStatus = Type.Enum([...JOB_STATUS])
export type JobStatus = Static<typeof JobStatus>

export const Link = Type.Object(
  {
    /** The name this job has for the other; `parent` for the one that started it. */
    link: Type.String(),
    job: Type.String(),
    process: Type.String(),
    status: JobStatus,
    /** The event that its end comes back as. */
    onEnd: Type.Optional(Type.String()),
  },
  closed,
)
export type Link = Static<typeof Link>

/** The machine's own part, as XState persists it, less what the job holds elsewhere. */
export type Snapshot = {
  status: 'active' | 'done' | 'error' | 'stopped'
  value: StateValue
  historyValue: Record<string, string[]>
  context: Context
}
export type StateValue = string | { [key: string]: StateValue }
export const StateValue = Type.Cyclic(
  { V: Type.Union([Type.String(), Type.Record(Type.String(), Type.Ref('V'))]) },
  'V',
)
export type Fields = Record<string, unknown>
export type Context = { fields: Fields; checklist: Record<string, Tick> }

/** A job as stored: all that `advance` reads and writes. */
export type Job = {
  id: string
  process: string
  version: number
  /** Of the definition. */
  hash: string
  seq: number
  status: JobStatus
  snapshot: Snapshot
  timers: Timer[]
  breaches: Breach[]
  links: Link[]
  evidence: Attachment[]
  rating?: Rating
  /** Set while the job rests: nothing moves it and no time runs. */
  suspended?: Suspension
  /** What was personal in it until then is gone. */
  erased?: Erasure
  createdAt: string
  updatedAt: string
}

export const SuspensionNote = Type.Object({ at: Timestamp, by: Type.String(), reason: Type.String() }, closed)
/** `held`: what other jobs said meanwhile, to be heard when the job goes on. */
export type Suspension = Static<typeof SuspensionNote> & { held: Held[] }
export type Held = Extract<Command, { kind: 'event' | 'linkEnded' }>

export const Attachment = Type.Object(
  {
    at: Timestamp,
    by: Type.String(),
    evidence: Evidence,
    title: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)
export type Attachment = Static<typeof Attachment>
/** `seq`: of the entry that says so; what is personal in later ones is still there. */
export const Erasure = Type.Object({ at: Timestamp, by: Type.String(), seq: Type.Integer() }, closed)
export type Erasure = Static<typeof Erasure>

/** GN-10. */
export const Rating = Type.Object(
  {
    score: Type.Integer({ minimum: 1, maximum: 5 }),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
    at: Timestamp,
    by: Type.String(),
  },
  closed,
)
export type Rating = Static<typeof Rating>

/** What may be done to a job. The history keeps it whole: it is what a replay replays. */
export type Command =
  | { kind: 'start'; fields: Fields; parent?: { job: string; process: string } }
  | { kind: 'event'; type: string; payload?: Record<string, unknown> }
  | { kind: 'timer'; token: string }
  /** A linked job ended: updates the link, and sends its `onEnd` where one is named. */
  | { kind: 'linkEnded'; job: string; status: JobStatus; fields: Fields }
  | { kind: 'tick'; item: string; evidence?: Evidence }
  | { kind: 'untick'; item: string }
  | { kind: 'attach'; evidence: Evidence; title?: string }
  | { kind: 'note'; text: string }
  | { kind: 'reportBreach'; norm: string; severity: Severity; note?: string }
  | { kind: 'complain'; text: string; quality?: boolean }
  | { kind: 'rate'; score: number; comment?: string }
  | { kind: 'correct'; fields: Fields; reason: string }
  /** Puts the job into states by hand: paths, one for each parallel region that is meant. */
  | { kind: 'moveTo'; to: string[]; reason: string; runEntry?: boolean }
  | { kind: 'suspend'; reason: string }
  | { kind: 'resume'; reason?: string }
  /** Another person in the process's `assignee` field. */
  | { kind: 'reassign'; person: string; reason: string }
  | { kind: 'cancel'; reason: string }
  /** To another version of its process (`machines/migrate`). `run`: the migration it is part of. */
  | { kind: 'migrate'; version: number; hash: string; mapping: Mapping; run?: string }
  /** Of a job that is over. `replays`: the entries before it, without what was personal in them, still make the job. */
  | { kind: 'erase'; replays: boolean }

/** All that `advance` may know beside the job: nothing else can sway a decision (E8). */
export type Surroundings = {
  /** Epoch milliseconds. */
  now: number
  actor: Actor
  /** Certificates of the persons named by `person` fields of the job and the payload. */
  people?: Record<string, Certificate[]>
  calendars: CalendarSet
  /** When the sender's device says that it was done. Kept, and read by no rule. */
  deviceAt?: string
}

export const Change = Type.Object({ from: Type.Optional(Type.Unknown()), to: Type.Optional(Type.Unknown()) })
export type Change = Static<typeof Change>

/** Something to be done after the commit (E6). `id` is the same on every retry. */
export type Effect =
  | { id: string; type: 'remind' | 'notify'; to: EffectRecipient[]; message: Text; norm?: string }
  /** Committed with the job that starts it, never retried on its own. */
  | {
      id: string
      type: 'startJob'
      process: string
      link: string
      job: string
      fields: Fields
    }
  | { id: string; type: 'signal'; job: string; event: string; payload: Record<string, unknown> }
  | { id: string; type: 'linkEnded'; job: string; ended: string; status: JobStatus; fields: Fields }
export type EffectRecipient = { role: string } | { person: string }

/** One line of a job's history: what came in, and everything that it did. */
export type Entry = {
  job: string
  seq: number
  at: string
  /** When a timer was due. */
  dueAt?: string
  /** When it was done by the clock of the device that sent it: its own statement, beside `at`. */
  deviceAt?: string
  actor: Actor
  people?: Record<string, Certificate[]>
  /** Hash of the calendars that were in force. */
  calendars: string
  command: Command
  /** Absent before the first entry. */
  from?: StateValue
  to: StateValue
  /** Leaf paths after the entry. */
  active: string[]
  status: JobStatus
  /** Transitions taken, as JSON pointers into the definition. */
  taken: string[]
  changed: Record<string, Change>
  /** Items ticked (true) and unticked or cleared by entering a state anew (false). */
  ticks: Record<string, boolean>
  breaches: Breach[]
  armed: Timer[]
  /** Tokens. */
  cancelled: string[]
  effects: Effect[]
  norms: { met: string[]; broken: string[] }
}

const REFUSALS = [
  'unknown-event',
  'not-allowed-here',
  'role-missing',
  'payload-invalid',
  'guard-false',
  'checklist-open',
  'job-over',
  'unknown-item',
  'evidence-missing',
  'norm-not-reportable',
  'fields-invalid',
  'field-locked',
  'timer-gone',
  'assign-failed',
  'no-rest',
  'suspended',
  'not-suspended',
  'state-unknown',
  'states-apart',
  'not-assignable',
  'not-qualified',
  'cannot-move',
] as const
export type RefusalCode = (typeof REFUSALS)[number]

/** Why something is barred, so that a person can act on it. */
export const Reason = Type.Object(
  {
    code: Type.String(),
    message: Type.Object({ en: Type.String(), zh: Type.String() }),
    /** JSON pointer into the payload or the fields. */
    pointer: Type.Optional(Type.String()),
    item: Type.Optional(Type.String()),
    role: Type.Optional(Type.String()),
    certificate: Type.Optional(Type.String()),
    /** The part of the expression that was false, and the values it saw. */
    expression: Type.Optional(Type.String()),
    values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    norms: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)
export type Reason = Static<typeof Reason>
export type Refusal = { code: RefusalCode; reasons: Reason[] }

export type Advanced = { ok: true; job: Job; entry: Entry } | { ok: false; refusal: Refusal }

/** An event of the present state as seen by one person: open, or barred and why. */
export const Allowed = Type.Object(
  {
    type: Type.String(),
    title: Text,
    description: Type.Optional(Text),
    open: Type.Boolean(),
    reasons: Type.Array(Reason),
    /** JSON Schema of the payload. */
    payload: Type.Unknown(),
    norms: Type.Array(Type.String()),
    roles: Type.Array(Type.String()),
  },
  closed,
)
export type Allowed = Static<typeof Allowed>
