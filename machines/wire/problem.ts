/**
 * The body of every error (RFC 9457, `application/problem+json`).
 *
 * Promises: the shape that `server/problem-details.ts` answers with, for pages that show it.
 * Must not: list the codes; the server's table does, and `docs/api.md`.
 */
import Type, { type Static } from 'typebox'

const Words = Type.Object({ en: Type.String(), zh: Type.String() }, { additionalProperties: false })

export const ProblemDetails = Type.Object(
  {
    /** `/api/problems/<code>`: a page that explains it. */
    type: Type.String(),
    /** In the reader's language, by `Accept-Language`. */
    title: Type.String(),
    titles: Words,
    status: Type.Integer(),
    /** The problem's code; on a refused job the engine's own. */
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    details: Type.Optional(Words),
    /** The request's id, as in the log. */
    instance: Type.Optional(Type.String()),
  },
  { additionalProperties: true, description: 'Problem details (RFC 9457)' },
)
export type ProblemDetails = Static<typeof ProblemDetails>
