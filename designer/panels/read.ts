/**
 * Parts of a definition as the forms take them: sound ones by their schema, all else not at all.
 *
 * Must not: mend; what is no sound part is shown as such, and mended in the code or by its problem's fix.
 */
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Definition } from '../../machines/definition/schema.ts'
import { at, isObject, type Json } from '../document/json.ts'

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

/** What names and expressions are read of is there; whether the rest is sound is for the validator to say. */
const isReadable = (value: unknown): value is Definition => typeof value === 'object' && value !== null

/** A definition whose expressions can be worked on; undefined where it is broken beyond that. */
export function readDefinition(definition: Json): Definition | undefined {
  const parts = [
    at(definition, 'states'),
    at(definition, 'meta'),
    at(definition, 'schemas', 'events'),
    at(definition, 'schemas', 'context', 'properties'),
  ]
  const isWhole = parts.every((part) => isObject(part))
  return isWhole && isReadable(definition) ? definition : undefined
}
