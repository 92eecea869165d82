/**
 * A score card: what a run was worth, and why, point by point.
 *
 * Must not: be made anywhere but in `score.ts`.
 */
import Type, { type Static } from 'typebox'
import { Timestamp } from '../advance/job.ts'
import { Text } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
const Points = Type.Number()

const NormScore = Type.Object(
  {
    norm: Type.String(),
    /** 0: the scenario does not count it, and breaking it cost points. */
    weight: Type.Number(),
    /** `late`: only after its deadline. `tried`: barred by the process, but chosen. `not-met`: never done. */
    result: Type.Enum(['met', 'late', 'broken', 'tried', 'not-met']),
    points: Points,
    critical: Type.Boolean(),
    /** The first time it was broken, or else met. */
    at: Type.Optional(Timestamp),
    /** Index of the step it belongs to; -1: before the first. */
    step: Type.Optional(Type.Integer()),
    why: Type.Optional(Text),
  },
  closed,
)
export type NormScore = Static<typeof NormScore>

const Expected = Type.Object(
  {
    id: Type.String(),
    title: Text,
    norm: Type.Optional(Type.String()),
    /** Of a `must`: it was done in time. Of a `mustNot`: it was left alone. */
    kept: Type.Boolean(),
    critical: Type.Boolean(),
    points: Points,
    weight: Type.Number(),
    at: Type.Optional(Timestamp),
    explain: Type.Optional(Text),
  },
  closed,
)
export type Expected = Static<typeof Expected>

export const ScoreCard = Type.Object(
  {
    /** 0 to 100. */
    points: Type.Integer({ minimum: 0, maximum: 100 }),
    passMark: Type.Integer(),
    passed: Type.Boolean(),
    /** How it ended; absent where it has not. */
    ended: Type.Optional(Type.Enum(['job', 'until', 'critical', 'time', 'gave-up', 'stuck'])),
    /** Why it is not passed, all that apply. */
    failedBy: Type.Array(Type.Enum(['critical', 'points', 'not-finished'])),
    norms: Type.Array(NormScore),
    must: Type.Array(Expected),
    mustNot: Type.Array(Expected),
    refused: Type.Object({ count: Type.Integer(), points: Points }, closed),
    time: Type.Object(
      {
        usedMs: Type.Number(),
        limitMs: Type.Optional(Type.Number()),
        points: Points,
      },
      closed,
    ),
    /** Acts of the trainee, waiting not counted. */
    acts: Type.Integer(),
  },
  closed,
)
export type ScoreCard = Static<typeof ScoreCard>
