/**
 * Bodies of the life of processes and of the norm report: what the server answers and the pages read.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const Count = Type.Integer({ minimum: 0 })

const StateLife = Type.Object(
  {
    path: Type.String(),
    /** Running jobs in this very state. */
    jobs: Count,
    /** Of the running jobs, those whose deadline of this state ran out. */
    overdue: Count,
    /** Stays that ended in the range; the times are theirs. */
    visits: Count,
    medianMs: Type.Optional(Count),
    p90Ms: Type.Optional(Count),
  },
  closed,
)
/** Breaches of one norm at a transition (JSON pointer) or in a state (path). */
const BreachPlace = Type.Object(
  { place: Type.String(), norm: Type.String(), late: Count, broken: Count },
  closed,
)
export const VersionLife = Type.Object(
  {
    process: Type.String(),
    version: Type.Integer(),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    /** The organisation's, now. */
    today: Day,
    /** Running jobs. */
    jobs: Count,
    overdue: Count,
    states: Type.Array(StateLife),
    breaches: Type.Array(BreachPlace),
  },
  closed,
)
export type VersionLife = Static<typeof VersionLife>

export const ReportKey = Type.Enum(['norm', 'process', 'engineer', 'customer', 'month', 'day'])
export type ReportKey = Static<typeof ReportKey>
export const ReportRow = Type.Object(
  {
    norm: Type.Optional(Type.String()),
    process: Type.Optional(Type.String()),
    /** Empty where nobody was assigned. */
    engineer: Type.Optional(Type.String()),
    customer: Type.Optional(Type.String()),
    month: Type.Optional(Type.String()),
    day: Type.Optional(Type.String()),
    met: Count,
    late: Count,
    broken: Count,
    /** Jobs that ended without it. */
    none: Count,
  },
  closed,
)
export type ReportRow = Static<typeof ReportRow>
export const NormReport = Type.Object(
  {
    today: Day,
    rows: Type.Array(ReportRow),
    /** Rows in all; those with the most breaches come first. */
    total: Count,
    sum: Type.Object({ met: Count, late: Count, broken: Count, none: Count }, closed),
  },
  closed,
)
export type NormReport = Static<typeof NormReport>

export const ReportOutcome = Type.Enum(['met', 'late', 'broken', 'none'])
export type ReportOutcome = Static<typeof ReportOutcome>
export const ReportJobs = Type.Object(
  {
    jobs: Type.Array(
      Type.Object(
        {
          job: Type.String(),
          process: Type.String(),
          norm: Type.String(),
          day: Day,
          engineer: Type.String(),
          /** Absent where the names of customers are hidden from whoever asks. */
          customer: Type.Optional(Type.String()),
          /** A transition's pointer or a state's path; empty where it is told of none. */
          place: Type.String(),
        },
        closed,
      ),
    ),
    next: Type.Optional(Type.String()),
  },
  closed,
)
export type ReportJobs = Static<typeof ReportJobs>
