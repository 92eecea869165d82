/**
 * The answer of `POST /api/jobs/:id/scenario`: a scenario made from a real job, and how far it is like it.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Scenario } from '../simulate/scenario.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Optional(Type.Integer({ minimum: 1 }))

export const JobScenario = Type.Object(
  {
    /** Kept nowhere yet. */
    scenario: Scenario,
    /** Where it first takes another course than the job did; absent where it goes through the same states and breaks the same norms. */
    differs: Type.Optional(
      Type.Object(
        {
          /** Of the job's history. */
          seq: Type.Integer(),
          was: Type.Array(Type.String()),
          is: Type.Array(Type.String()),
        },
        closed,
      ),
    ),
    /** How many lines of the history are not in it: what moves no job, what a rehearsal has no place for. */
    leftOut: Type.Object(
      { note: Count, attach: Count, rate: Count, migrate: Count, parent: Count, 'too-long': Count },
      closed,
    ),
  },
  closed,
)
export type JobScenario = Static<typeof JobScenario>
