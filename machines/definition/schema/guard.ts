/**
 * Guards: expressions and the named ones, nested.
 *
 * Must not: judge (`compile/guards.ts` does).
 */
import Type, { type Static } from 'typebox'
import { Expression } from './words.ts'

const closed = { additionalProperties: false } as const

/** Each named guard by its type. An expression guard has no `type`. */
export const Guard = Type.Cyclic(
  {
    Guard: Type.Union([
      Expression,
      Type.Object(
        {
          type: Type.Enum(['and', 'or']),
          params: Type.Object({ guards: Type.Array(Type.Ref('Guard'), { minItems: 1 }) }, closed),
        },
        closed,
      ),
      Type.Object(
        { type: Type.Literal('not'), params: Type.Object({ guard: Type.Ref('Guard') }, closed) },
        closed,
      ),
      /** All required items of a state (default: of every active state) or of a list are ticked. */
      Type.Object(
        {
          type: Type.Literal('checklistDone'),
          params: Type.Optional(
            Type.Object(
              { state: Type.Optional(Type.String()), items: Type.Optional(Type.Array(Type.String())) },
              closed,
            ),
          ),
        },
        closed,
      ),
      /** The job is in a state, named by its path from the root: `repairing.opened`. */
      Type.Object(
        { type: Type.Literal('stateIn'), params: Type.Object({ state: Type.String() }, closed) },
        closed,
      ),
      /** A certificate valid at `now`: of the actor, or of the person that a payload or job field names. */
      Type.Object(
        {
          type: Type.Literal('qualified'),
          params: Type.Object({ certificate: Type.String(), of: Type.Optional(Type.String()) }, closed),
        },
        closed,
      ),
      /** `at` (default `now`) lies within a calendar's open time, or within the windows of a job field. */
      Type.Object(
        {
          type: Type.Literal('within'),
          params: Type.Object(
            {
              calendar: Type.Optional(Type.String()),
              /** A job field: an array of `{from, to}` date-times. */
              windows: Type.Optional(Type.String()),
              at: Type.Optional(Expression),
            },
            closed,
          ),
        },
        closed,
      ),
    ]),
  },
  'Guard',
)
export type Guard = Static<typeof Guard>
