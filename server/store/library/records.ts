/**
 * What each file of the library holds.
 *
 * Promises: a file that fits no schema here is not read as anything else.
 * Must not: lose the meaning of a file that an earlier release wrote; a change here must still read those.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { Timestamp } from '../../../machines/advance/job.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { Calendar } from '../../../machines/time/calendar.ts'
import { Retention } from '../../../machines/wire/privacy.ts'
import {
  ApprovalRecord,
  DraftRecord,
  Person,
  ProcessId,
  ScenarioRecord,
  ScenarioRule,
  Session,
  Settings,
  VersionRecord,
} from '../library-port.ts'

const closed = { additionalProperties: false } as const
const { process: _process, ...draft } = DraftRecord.properties

/** `processes/<id>.json`. The versions stand in files of their own: a draft is saved often, they never change. */
export const ProcessFile = Compile(
  Type.Object(
    {
      process: ProcessId,
      createdAt: Timestamp,
      archivedAt: Type.Optional(Timestamp),
      /** Outlives the draft, so that no revision is ever given twice. */
      draftRevision: Type.Integer({ minimum: 0 }),
      draft: Type.Optional(Type.Object(draft, closed)),
      approval: Type.Optional(ApprovalRecord),
      scenarioRule: Type.Optional(ScenarioRule),
      retention: Type.Optional(Retention),
      /** The hash of version n is at n - 1. */
      versions: Type.Array(VersionRecord.properties.hash),
    },
    closed,
  ),
)
/**
 * `versions/<id>/<n>.json`. That its definition is one tells its hash, for what is published was checked: to compile the schema
 * of definitions takes a tenth of a start. `npm run check` holds it against `VersionRecord`.
 */
export const VersionFile = Compile(
  Type.Object(
    { ...VersionRecord.properties, definition: Type.Unsafe<Definition>({ type: 'object' }) },
    closed,
  ),
)

const CalendarSetRecord = Type.Object(
  {
    hash: Type.String(),
    timeZone: Type.String(),
    calendars: Type.Record(Type.String(), Calendar),
  },
  closed,
)
/** `settings.json`. */
export const SettingsFile = Compile(
  Type.Object(
    {
      revision: Type.Integer({ minimum: 1 }),
      value: Settings,
      /** Every set that was ever in force; the last is the present one. */
      calendarSets: Type.Array(CalendarSetRecord, { minItems: 1 }),
    },
    closed,
  ),
)
/** `people.json`. */
export const PeopleFile = Compile(Type.Object({ people: Type.Array(Person) }, closed))
/** `sessions.json`. */
export const SessionsFile = Compile(Type.Object({ sessions: Type.Array(Session) }, closed))
const { scenario, ...said } = ScenarioRecord.properties
/** `scenarios/<id>.json`. Without a scenario: it was deleted, and its revisions are not given again. */
export const ScenarioFile = Compile(Type.Object({ ...said, scenario: Type.Optional(scenario) }, closed))
/** `clock.json`. */
export const ClockFile = Compile(Type.Object({ now: Timestamp }, closed))
