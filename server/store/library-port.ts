/**
 * What the server asks of a library: processes with their drafts and versions, settings, people, sign-ins.
 * One contract suite (`test/server/library-contract.ts`) holds every adapter.
 *
 * Promises asked of an adapter:
 * - A change is durable before it resolves, and whole: after a power cut a record is the old or the new one.
 * - Whoever saves names the revision he read; if another came first he gets `StaleRevision` with the present
 *   one, and nothing is overwritten. Revisions only grow, also over a record that was deleted and made anew.
 * - A published version never changes, and its hash is checked when it is read from disk (E7).
 * - What is returned is frozen, so that no caller can change the library in passing.
 * Must not: judge a definition, a role or a date. It keeps and finds.
 */

import Type, { type Static } from 'typebox'
import { Certificate, Timestamp } from '../../machines/advance/job.ts'
import { Definition, Key, Role } from '../../machines/definition/schema.ts'
import { Scenario } from '../../machines/simulate/scenario.ts'
import { Calendar, type CalendarSet } from '../../machines/time/calendar.ts'
import { Approval, ApprovalRule } from '../../machines/wire/drafts.ts'
import { Overtime, RoleLimit } from '../../machines/wire/people.ts'
import type { Retention } from '../../machines/wire/privacy.ts'

const closed = { additionalProperties: false } as const
const Revision = Type.Integer({ minimum: 1 })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const ProcessId = Definition.properties.id

/* ------------------------------------------------------------- processes */

/** Who must agree before a version is published, and the change of it that waits for the same agreement. */
export const ApprovalRecord = Type.Object(
  {
    revision: Revision,
    rule: ApprovalRule,
    proposal: Type.Optional(
      Type.Object(
        { rule: ApprovalRule, by: Type.String(), at: Timestamp, approvals: Type.Array(Approval) },
        closed,
      ),
    ),
  },
  closed,
)
export type ApprovalRecord = Static<typeof ApprovalRecord>

/** A process in the list. One whose only draft was deleted is no longer listed. */
/** Whether it is published only where its scenarios come out as they say; who set it so, and when. */
export const ScenarioRule = Type.Object(
  { required: Type.Boolean(), by: Type.String(), at: Timestamp },
  closed,
)
export type ScenarioRule = Static<typeof ScenarioRule>

export type ProcessRecord = {
  id: string
  createdAt: string
  archivedAt?: string
  /** Number of the latest version; absent before the first is published. */
  latest?: number
  /** Revision of the draft; absent where there is none. */
  draft?: number
  /** Absent where no rule was ever set. */
  approval?: ApprovalRecord
  /** Absent where nobody ever set it. */
  scenarioRule?: ScenarioRule
  /** Absent where nobody ever set it: kept until somebody asks. */
  retention?: Retention
}

/** Work in progress: anything a person typed, valid or not. */
export const DraftRecord = Type.Object(
  {
    process: ProcessId,
    revision: Revision,
    definition: Type.Unknown(),
    /** Positions on the canvas. */
    layout: Type.Optional(Type.Unknown()),
    /** The version it began from. */
    basedOn: Type.Optional(Type.Integer({ minimum: 1 })),
    updatedAt: Timestamp,
    /** Person id. */
    updatedBy: Type.String(),
    /** Who last changed the definition itself, where another saved only positions after him. */
    changedBy: Type.Optional(Type.String()),
    /** Said of the definition as it stands: any change of it takes them away. */
    approvals: Type.Optional(Type.Array(Approval)),
  },
  closed,
)
export type DraftRecord = Static<typeof DraftRecord>
export type DraftInput = Omit<DraftRecord, 'process' | 'revision' | 'changedBy' | 'approvals'>

export const VersionRecord = Type.Object(
  {
    process: ProcessId,
    version: Type.Integer({ minimum: 1 }),
    /** SHA-256 of the definition's canonical JSON (RFC 8785), in hex. */
    hash: Sha256,
    definition: Definition,
    layout: Type.Optional(Type.Unknown()),
    note: Type.String(),
    /** Person id. */
    author: Type.String(),
    publishedAt: Timestamp,
    /** Who agreed, where the process asked for it. */
    approvals: Type.Optional(Type.Array(Approval)),
    /** Ids of the findings from practice that it answers (GN-24). */
    answers: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)
export type VersionRecord = Static<typeof VersionRecord>
export type VersionInput = Omit<VersionRecord, 'process' | 'version' | 'hash' | 'approvals'>
/** Judges at the moment of the write; throws what bars it, or gives the approvals that go on record. */
export type Admit = (
  approval: ApprovalRecord | undefined,
  draft: DraftRecord | undefined,
) => readonly Approval[]

/* ------------------------------------------------------------- scenarios */

/** A scenario of the training room, as it was last saved. */
export const ScenarioRecord = Type.Object(
  {
    id: Scenario.properties.id,
    revision: Revision,
    scenario: Scenario,
    /** SHA-256 of the scenario that was shipped and put in last; absent where it was made here. */
    shipped: Type.Optional(Sha256),
    updatedAt: Timestamp,
    /** Person id. */
    updatedBy: Type.String(),
  },
  closed,
)
export type ScenarioRecord = Static<typeof ScenarioRecord>
export type ScenarioInput = Omit<ScenarioRecord, 'id' | 'revision'>

/* -------------------------------------------------------------- settings */

/** What an organisation sets once for all processes. */
export const Settings = Type.Object(
  {
    /** IANA name. */
    timeZone: Type.String({ minLength: 1, maxLength: 80 }),
    calendars: Type.Record(Key, Calendar, closed),
  },
  closed,
)
export type Settings = Static<typeof Settings>
/** `calendarSet`: the settings as jobs use them, with the hash that histories name. */
export type SettingsRecord = { revision: number; value: Settings; calendarSet: CalendarSet }

/* ---------------------------------------------------------------- people */

/** A bearer token, known by its hash alone. */
export const TokenRecord = Type.Object(
  {
    /** Names the token in URLs; says nothing of the secret. */
    id: Type.String(),
    name: Type.String(),
    /** SHA-256 of the secret, in hex. */
    hash: Sha256,
    createdAt: Timestamp,
    expiresAt: Type.Optional(Timestamp),
    lastUsedAt: Type.Optional(Timestamp),
  },
  closed,
)
export type TokenRecord = Static<typeof TokenRecord>

export const Person = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 80 }),
    revision: Revision,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    roles: Type.Array(Role),
    certificates: Type.Array(Certificate),
    /** Where he works; everywhere where none is named. */
    regions: Type.Optional(Type.Array(Type.String())),
    /** How far a role reaches; a role without a limit holds everywhere. */
    limits: Type.Optional(Type.Array(RoleLimit)),
    /** Agreed beforehand (GN-02), by date. */
    overtime: Type.Optional(Type.Array(Overtime)),
    /** Known to the provider of sign-in as this, and as no other. */
    account: Type.Optional(Type.Object({ issuer: Type.String(), subject: Type.String() }, closed)),
    tokens: Type.Array(TokenRecord),
    /** No longer signs in; stays known, since histories name him. */
    disabled: Type.Optional(Type.Boolean()),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  closed,
)
export type Person = Static<typeof Person>
export type PersonInput = Omit<Person, 'revision'>

/** A browser's sign-in, known by the hash of its cookie. */
export const Session = Type.Object(
  {
    hash: Sha256,
    person: Type.String(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    /** Begun at the provider of sign-in, where another session may stand. */
    provider: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Session = Static<typeof Session>

/* ---------------------------------------------------------------- errors */

/** Another came first. `current` is the stored revision, 0 where there is no record. */
export class StaleRevision extends Error {
  readonly what: string
  readonly expected: number
  readonly current: number
  constructor(what: string, expected: number, current: number) {
    super(`${what} is at revision ${current}, not ${expected}`)
    this.name = 'StaleRevision'
    this.what = what
    this.expected = expected
    this.current = current
  }
}
export class ProcessExists extends Error {
  readonly process: string
  constructor(process: string) {
    super(`process ${process} exists already`)
    this.name = 'ProcessExists'
    this.process = process
  }
}
/** A token hash that another person holds already: who signs in with it would be a matter of chance. */
export class TokenTaken extends Error {
  constructor() {
    super('a token with this hash belongs to another person')
    this.name = 'TokenTaken'
  }
}
/** A file cannot be read as what it must be. Nothing is guessed and nothing is overwritten. */
export class LibraryCorrupt extends Error {
  readonly file: string
  /** @param options `missing`: there is nothing to move away */
  constructor(file: string, reason: string, options?: ErrorOptions & { missing?: true }) {
    const or = options?.missing === true ? '' : ', or move it away and do without what it held'
    super(`${file}: ${reason}. Put back a copy of this file from a backup${or}.`, options)
    this.name = 'LibraryCorrupt'
    this.file = file
  }
}

/* ------------------------------------------------------------------ port */

export interface Library {
  /** By id. */
  processes(): Promise<ProcessRecord[]>
  /** A new process with its first draft. Throws `ProcessExists`. */
  createProcess(process: string, draft: DraftInput): Promise<DraftRecord>
  draft(process: string): Promise<DraftRecord | undefined>
  /** `expected` 0: there is no draft yet (the process may be new). Throws `StaleRevision`. */
  saveDraft(process: string, expected: number, draft: DraftInput): Promise<DraftRecord>
  /** Throws `StaleRevision`. A process without any version is then gone from the list. */
  deleteDraft(process: string, expected: number): Promise<void>
  /** Oldest first. */
  versions(process: string): Promise<VersionRecord[]>
  version(process: string, version: number): Promise<VersionRecord | undefined>
  latest(process: string): Promise<VersionRecord | undefined>
  /**
   * The next version, hashed and numbered here; the draft is removed in the same write.
   * `expected` 0: there is no draft (as when shipped processes are put in). Throws `StaleRevision`, and what
   * `admit` throws, which sees draft and rule as they stand when the version is written.
   */
  publish(process: string, expected: number, version: VersionInput, admit?: Admit): Promise<VersionRecord>
  /** Beside the draft, whose revision stays. A person's word replaces his earlier one. Throws `StaleRevision`. */
  approve(process: string, expected: number, approval: Approval): Promise<DraftRecord>
  /** `expected` 0: none was ever set. Throws `StaleRevision`. */
  saveApproval(
    process: string,
    expected: number,
    approval: Omit<ApprovalRecord, 'revision'>,
  ): Promise<ApprovalRecord>
  /** `undefined`: in use again. No effect on a process that is not there. */
  archive(process: string, at: string | undefined): Promise<void>

  /** By id. */
  scenarios(): Promise<ScenarioRecord[]>
  scenario(id: string): Promise<ScenarioRecord | undefined>
  /** How often it was saved or deleted so far; 0: never heard of. */
  scenarioRevision(id: string): Promise<number>
  /** `expected` 0: a new one, or one that was deleted. Throws `StaleRevision`. */
  saveScenario(expected: number, scenario: ScenarioInput): Promise<ScenarioRecord>
  /** Its revision is never given again. Throws `StaleRevision`. */
  deleteScenario(id: string, expected: number): Promise<void>
  /** Whether all scenarios of a process must come out as they say before it is published. */
  requireScenarios(process: string, rule: ScenarioRule): Promise<void>
  /** How long what is personal in jobs of a process is kept. No effect on a process that is not there. */
  saveRetention(process: string, rule: Retention): Promise<void>

  settings(): Promise<SettingsRecord>
  /** Throws `StaleRevision`. The calendars replaced stay known by their hash. */
  saveSettings(expected: number, value: Settings): Promise<SettingsRecord>
  /** Any set that was ever in force. */
  calendarSet(hash: string): Promise<CalendarSet | undefined>

  /** By id. */
  people(): Promise<Person[]>
  person(id: string): Promise<Person | undefined>
  /** `expected` 0: a new person. Throws `StaleRevision`, `TokenTaken`. */
  savePerson(expected: number, person: PersonInput): Promise<Person>
  personByTokenHash(hash: string): Promise<{ person: Person; token: TokenRecord } | undefined>
  /**
   * Notes a token's use without raising the person's revision. The only change that is not durable at once:
   * it is written with the next change of people, and at `close`.
   */
  tokenUsed(hash: string, at: string): Promise<void>

  session(hash: string): Promise<Session | undefined>
  saveSession(session: Session): Promise<void>
  deleteSession(hash: string): Promise<void>
  /** Signs a person out everywhere. */
  deleteSessionsOf(person: string): Promise<void>
  /** Forgets sessions that expired before this. */
  forgetSessions(before: string): Promise<void>

  /** Where the manual clock stood. */
  manualClock(): Promise<string | undefined>
  saveManualClock(now: string): Promise<void>
  close(): Promise<void>
}
