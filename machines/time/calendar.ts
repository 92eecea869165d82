/**
 * Working calendars: when time counts, in which zone.
 *
 * Promises: pure arithmetic over the calendar given; daylight saving is the zone's own.
 * Must not: read a clock, or know any country's holidays (they are settings).
 */
import Type, { type Static } from 'typebox'
import { Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
/** `HH:MM`, 24 h; `24:00` ends a day. */
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' })
const DayOfYear = Type.String({ format: 'date' })
const Hours = Type.Object({ from: TimeOfDay, to: TimeOfDay }, closed)

/** Open hours by weekday (1 Monday … 7 Sunday); holidays are shut, make-up days are open like a Monday. */
export const WeeklyCalendar = Type.Object(
  {
    kind: Type.Literal('weekly'),
    title: Text,
    week: Type.Record(Type.Enum(['1', '2', '3', '4', '5', '6', '7']), Type.Array(Hours), closed),
    holidays: Type.Array(DayOfYear),
    makeUpDays: Type.Array(DayOfYear),
  },
  closed,
)
export type WeeklyCalendar = Static<typeof WeeklyCalendar>

/** Stretches of time, as a freeze calendar has them. */
export const WindowCalendar = Type.Object(
  {
    kind: Type.Literal('windows'),
    title: Text,
    windows: Type.Array(
      Type.Object(
        {
          from: Type.String({ format: 'date-time' }),
          to: Type.String({ format: 'date-time' }),
          title: Type.Optional(Text),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type WindowCalendar = Static<typeof WindowCalendar>
export const Calendar = Type.Union([WeeklyCalendar, WindowCalendar])
export type Calendar = Static<typeof Calendar>

/** All calendars of an organisation. `hash` names them in the history, so that a replay counts alike. */
export type CalendarSet = { hash: string; timeZone: string; calendars: Record<string, Calendar> }
