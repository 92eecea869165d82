/**
 * The body of `/api/jobs/:id/carry`: what a device needs to run a job's process itself while it has no connection.
 *
 * Promises: together with the definition of the job's version, all that `advance` may know beside the time.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Actor, Certificate, type Job } from '../advance/job.ts'
import type { CalendarSet } from '../time/calendar.ts'

const closed = { additionalProperties: false } as const
/** The engine's own records; their shape is `machines/advance`'s and `machines/time`'s. */
const open = { type: 'object', additionalProperties: true } as const

export const Carried = Type.Object(
  {
    /** As it is stored. */
    job: Type.Unsafe<Job>(open),
    /** Who asks. */
    actor: Actor,
    /** Certificates of the persons whom the job names. */
    people: Type.Record(Type.String(), Type.Array(Certificate), closed),
    calendars: Type.Unsafe<CalendarSet>(open),
  },
  closed,
)
export type Carried = Static<typeof Carried>
