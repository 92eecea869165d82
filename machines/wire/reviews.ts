/**
 * Bodies of reviews, work logs and surveys: what the server answers and the pages read.
 *
 * Must not: import from server or designer, or hold a rule (`machines/review` does).
 */
import Type, { type Static } from 'typebox'
import { Certificate, JobStatus, Timestamp } from '../advance/job.ts'
import { Text } from '../definition/schema.ts'
import { WORK_KINDS } from '../review/facts.ts'
import { FOLLOWS, PROPOSAL_REASONS } from '../review/measures.ts'
import { PERIOD } from '../review/period.ts'

const closed = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const Count = Type.Integer({ minimum: 0 })
const Fraction = Type.Optional(Type.Number({ minimum: 0 }))
const PersonId = Type.String({ minLength: 1, maxLength: 80 })
const words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const Period = Type.String({ pattern: PERIOD, description: '`2026-03`, `2026-Q1` or `2026`' })

/* --------------------------------------------------------------- measures */

const Measures = Type.Object(
  {
    jobs: Type.Object({ done: Count, cancelled: Count }, closed),
    quality: Type.Object({ rework: Count, complaints: Count, qualityComplaints: Count }, closed),
    efficiency: Type.Object(
      { kept: Count, late: Count, share: Fraction, meanMs: Fraction, pace: Fraction },
      closed,
    ),
    teamwork: Type.Object({ helped: Count, tookOver: Count, handedOver: Count }, closed),
    satisfaction: Type.Object(
      { ratings: Count, mean: Fraction, low: Count, surveys: Count, surveyMean: Fraction },
      closed,
    ),
    skills: Type.Object({ valid: Count, expiring: Count, expired: Count }, closed),
    breaches: Type.Object({ minor: Count, major: Count, critical: Count }, closed),
  },
  closed,
)
const Follow = Type.Enum([...FOLLOWS])
const Proposal = Type.Object(
  { follow: Follow, reasons: Type.Array(Type.Enum([...PROPOSAL_REASONS])) },
  closed,
)

/* ---------------------------------------------------------------- reviews */

export const DecideReview = Type.Object(
  {
    follow: Follow,
    /** What was agreed or found: everybody is told why. */
    note: words(4000),
    /** Asked for where it is milder than what the rule proposes (GN-25). */
    departs: Type.Optional(words(2000)),
  },
  closed,
)
export type DecideReview = Static<typeof DecideReview>
export const AnswerReview = Type.Object({ text: words(4000) }, closed)
export type AnswerReview = Static<typeof AnswerReview>

/** A decision with the measures as they stood, or the engineer's answer. Never changed. */
export const ReviewSay = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('decision'),
      by: PersonId,
      at: Timestamp,
      ...DecideReview.properties,
      measures: Measures,
      proposal: Proposal,
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('answer'), by: PersonId, at: Timestamp, ...AnswerReview.properties },
    closed,
  ),
])
export type ReviewSay = Static<typeof ReviewSay>

const ReviewRow = Type.Object(
  {
    person: PersonId,
    name: Type.String(),
    measures: Measures,
    proposal: Proposal,
    /** The latest decision. */
    decided: Type.Optional(Follow),
    /** He said something after it. */
    answered: Type.Boolean(),
  },
  closed,
)
export type ReviewRow = Static<typeof ReviewRow>
export const ReviewList = Type.Object(
  { period: Period, from: Day, to: Day, today: Day, reviews: Type.Array(ReviewRow) },
  closed,
)
export type ReviewList = Static<typeof ReviewList>

const WorkKindName = Type.Enum([...WORK_KINDS])
const ReviewFact = Type.Object(
  {
    job: Type.String(),
    process: Type.String(),
    kind: WorkKindName,
    day: Day,
    /** Absent where it is hidden from whoever asks. */
    customer: Type.Optional(Type.String()),
    norm: Type.String(),
    /** Of a rating its score. */
    value: Type.Integer(),
  },
  closed,
)

/* ---------------------------------------------------------------- surveys */

const Score = Type.Integer({ minimum: 1, maximum: 5 })
export const AddSurvey = Type.Object(
  {
    period: Period,
    customer: words(200),
    /** Who answered at the customer's. */
    respondent: Type.Optional(words(200)),
    /** Whom it is about, where one is named; else it counts for all who finished jobs for the customer. */
    engineer: Type.Optional(PersonId),
    scores: Type.Object({ quality: Score, speed: Score, attitude: Score }, closed),
    comment: Type.Optional(words(4000)),
  },
  closed,
)
export type AddSurvey = Static<typeof AddSurvey>
export const WithdrawSurvey = Type.Object({ reason: words(2000) }, closed)
export const Survey = Type.Object(
  {
    id: Type.String(),
    ...AddSurvey.properties,
    by: PersonId,
    at: Timestamp,
    /** No longer counted. */
    withdrawn: Type.Optional(Type.Object({ by: PersonId, at: Timestamp, reason: Type.String() }, closed)),
  },
  closed,
)
export type Survey = Static<typeof Survey>
/** Without who it is of and what he said for whom the customers are hidden: `masked` names what is left out. */
export const SurveyView = Type.Object(
  {
    ...Survey.properties,
    customer: Type.Optional(Survey.properties.customer),
    masked: Type.Optional(Type.Array(Type.Enum(['customer', 'respondent', 'comment']))),
  },
  closed,
)
export type SurveyView = Static<typeof SurveyView>
export const SurveyList = Type.Object({ surveys: Type.Array(SurveyView) }, closed)
export type SurveyList = Static<typeof SurveyList>

/** `revision`: how many decisions and answers there are; also the ETag. */
export const ReviewSheet = Type.Object(
  {
    period: Period,
    from: Day,
    to: Day,
    today: Day,
    person: PersonId,
    name: Type.String(),
    revision: Count,
    measures: Measures,
    proposal: Proposal,
    says: Type.Array(ReviewSay),
    /** What the numbers of quality, satisfaction and breaches come from, newest first. */
    facts: Type.Array(ReviewFact),
    surveys: Type.Array(SurveyView),
    certificates: Type.Array(Certificate),
    /** Other periods in which something was decided or answered. */
    others: Type.Array(Period),
    mayDecide: Type.Boolean(),
    mayAnswer: Type.Boolean(),
  },
  closed,
)
export type ReviewSheet = Static<typeof ReviewSheet>

/* --------------------------------------------------------------- work log */

const WorkLogLine = Type.Object(
  {
    /** Of the change feed. */
    id: Type.Integer(),
    at: Timestamp,
    job: Type.String(),
    process: Type.String(),
    processTitle: Type.Optional(Text),
    summary: Type.Array(Type.String()),
    /** `event`, `tick`, `note`, … */
    command: Type.String(),
    /** What was sent, ticked or attached, as the process calls it. */
    what: Type.Optional(Text),
    /** A note, a reason, a comment. */
    text: Type.Optional(Type.String()),
    /** Titles of the states after it. */
    /** What is left out of it, because it is hidden from whoever asks. */
    masked: Type.Optional(Type.Array(Type.Enum(['summary', 'what', 'text']))),
    states: Type.Array(Text),
    status: JobStatus,
  },
  closed,
)
export type WorkLogLine = Static<typeof WorkLogLine>
export const WorkLog = Type.Object(
  {
    person: PersonId,
    name: Type.String(),
    day: Day,
    today: Day,
    lines: Type.Array(WorkLogLine),
    next: Type.Optional(Type.Integer()),
  },
  closed,
)
export type WorkLog = Static<typeof WorkLog>
