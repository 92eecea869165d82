/**
 * A problem found in a definition: what is wrong, where, and how to mend it where that is known.
 *
 * Promises: every problem points to its place and speaks both languages.
 * Must not: know how problems are found (`validate/`).
 */
import Type, { type Static } from 'typebox'

export const Problem = Type.Object(
  {
    /** `error` bars publishing, `warning` does not. */
    severity: Type.Enum(['error', 'warning']),
    /** Stable, in kebab case: `unknown-target`. */
    code: Type.String(),
    /** JSON pointer (RFC 6901) into the definition. */
    path: Type.String(),
    message: Type.Object({ en: Type.String(), zh: Type.String() }),
    /** Where in an expression's text, in UTF-16 units. */
    range: Type.Optional(Type.Object({ start: Type.Integer(), end: Type.Integer() })),
    /** What would mend it: put `value` at `path`, or take away what is at `path`. */
    fix: Type.Optional(
      Type.Object({
        title: Type.Object({ en: Type.String(), zh: Type.String() }),
        path: Type.String(),
        /** Absent: remove. */
        value: Type.Optional(Type.Unknown()),
        /** Rename the key at `path` to this. */
        rename: Type.Optional(Type.String()),
      }),
    ),
  },
  { additionalProperties: false },
)
export type Problem = Static<typeof Problem>
