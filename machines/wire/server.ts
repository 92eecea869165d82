/**
 * Bodies of `/api/clock`, `/api/settings`, `/api/changes`, `/api/norms` and the health pages.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'
import { Duration, Key } from '../definition/schema.ts'
import { Calendar } from '../time/calendar.ts'
import { EntryView } from './jobs.ts'

const closed = { additionalProperties: false } as const

export const ClockView = Type.Object({ now: Timestamp, manual: Type.Boolean() }, closed)
export type ClockView = Static<typeof ClockView>
export const MoveClock = Type.Object(
  { advance: Type.Optional(Duration), now: Type.Optional(Timestamp) },
  { ...closed, minProperties: 1, maxProperties: 1, description: 'Either `advance` or `now`' },
)
export type MoveClock = Static<typeof MoveClock>

export const SettingsBody = Type.Object(
  {
    /** IANA name. */
    timeZone: Type.String({ minLength: 1, maxLength: 80 }),
    calendars: Type.Record(Key, Calendar, closed),
  },
  closed,
)
export type SettingsBody = Static<typeof SettingsBody>
export const SettingsView = Type.Object(
  {
    /** Also the ETag. */
    revision: Type.Integer(),
    /** Names this set of calendars in histories. */
    hash: Type.String(),
    ...SettingsBody.properties,
  },
  closed,
)
export type SettingsView = Static<typeof SettingsView>

/** A change of the feed; as SSE the event is `change`, its id this `id`. */
export const ChangeView = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    process: Type.String(),
    version: Type.Integer(),
    entry: EntryView,
  },
  closed,
)
export type ChangeView = Static<typeof ChangeView>
export const ChangePage = Type.Object(
  {
    changes: Type.Array(ChangeView),
    /** Ask again with `after` set to this. */
    next: Type.Integer(),
    /** Of the data folder's history, which is another after a backup was put back: to be sent with `after`. */
    epoch: Type.String(),
    /** `after` is of another history: what was read before is no longer the state of things. `next` is its end. */
    reset: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type ChangePage = Static<typeof ChangePage>
export const HistoryPage = Type.Object(
  {
    entries: Type.Array(EntryView),
    /** With the first entries: the version that the job began on. Moves to others are entries. */
    startedOn: Type.Optional(Type.Integer()),
    /** Absent on the last page. */
    next: Type.Optional(Type.Integer()),
  },
  closed,
)
export type HistoryPage = Static<typeof HistoryPage>

export const Health = Type.Object({ status: Type.Enum(['ok']) }, closed)

/** Where a norm takes effect; without `process`: on every job, whatever its process. */
const NormEffectView = Type.Object(
  {
    process: Type.Optional(Type.String()),
    kind: Type.String(),
    /** JSON pointer into the definition. */
    pointer: Type.String(),
    title: Type.Object({ en: Type.String(), zh: Type.String() }),
    /** It bars the way, rather than telling it. */
    enforced: Type.Boolean(),
  },
  closed,
)
const NormView = Type.Object(
  {
    id: Type.String(),
    process: Type.String(),
    kind: Type.String(),
    en: Type.String(),
    zh: Type.String(),
    figure: Type.Optional(Type.String()),
    effect: Type.Optional(Type.String()),
    note: Type.Optional(Type.String()),
    effects: Type.Array(NormEffectView),
    status: Type.Enum(['effective', 'pending']),
  },
  closed,
)
export const NormList = Type.Object({ norms: Type.Array(NormView) }, closed)
export type NormList = Static<typeof NormList>
