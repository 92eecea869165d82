/**
 * Parts of a definition as the forms take them: sound ones by their schema, all else not at all.
 *
 * Must not: mend; what is no sound part is shown as such, and mended in the code or by its problem's fix.
 */
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Json } from '../document/json.ts'

export const readAs = <T extends TSchema>(schema: T, value: unknown): Static<T> | undefined =>
  Check(schema, value) ? value : undefined

/** The sound ones of what is declared by name, in their order. */
export function declaredAs<T extends TSchema>(schema: T, held: Json | undefined): [string, Static<T>][] {
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return []
  return Object.entries(held).flatMap(([name, value]): [string, Static<T>][] => {
    const read = readAs(schema, value)
    return read === undefined ? [] : [[name, read]]
  })
}
