/**
 * The body of `/api/processes/:id/drawing`: where everything of a drawing lies; what it says is told by the definition.
 *
 * Promises: the one description of it, for the server's route and what it keeps, and for the designer's client.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Point = Type.Object({ x: Type.Number(), y: Type.Number() }, closed)
const rect = { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() }

export const DrawingView = Type.Object(
  {
    width: Type.Number(),
    height: Type.Number(),
    states: Type.Array(
      Type.Object(
        {
          path: Type.String(),
          ...rect,
          /** A region whose border is its parent's. */
          open: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
    /** Initial dots and forks. */
    marks: Type.Array(Type.Object({ id: Type.String(), ...rect }, closed)),
    lines: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          /** x and y in turn. */
          points: Type.Array(Type.Number()),
          labels: Type.Array(Type.Object(rect, closed)),
        },
        closed,
      ),
    ),
    /** Between regions. */
    dividers: Type.Array(Type.Object({ id: Type.String(), from: Point, to: Point }, closed)),
  },
  closed,
)
export type DrawingView = Static<typeof DrawingView>
