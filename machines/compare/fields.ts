/**
 * Whether the data of running jobs still fits another version's fields, as far as the two definitions can tell.
 *
 * Promises: a field that is not named here holds every value that the old one could hold.
 * Must not: look at a job. Where it depends on the value, that is what it says.
 */
import Type, { type Static } from 'typebox'
import { own } from '../definition/check-value.ts'
import type { ContextSchema, Field } from '../definition/schema.ts'

/**
 * `removed`: its value would be lost. `type`: another type or format. `narrower`: some values no longer fit.
 * `required`: it must have a value now, and jobs may have none.
 */
export const FieldChange = Type.Object(
  { name: Type.String(), change: Type.Enum(['removed', 'type', 'narrower', 'required']) },
  { additionalProperties: false },
)
export type FieldChange = Static<typeof FieldChange>

type Fields = Pick<ContextSchema, 'properties'> & { required?: readonly string[] }

/** The fields whose values may not fit the next version, by name in the old one's order, then new ones. */
export function unfitFields(old: Fields, next: Fields): FieldChange[] {
  const found: FieldChange[] = []
  const mustNow = (name: string): boolean =>
    next.required?.includes(name) === true &&
    old.required?.includes(name) !== true &&
    own(next.properties, name)?.default === undefined
  for (const [name, field] of Object.entries(old.properties)) {
    const same = own(next.properties, name)
    if (same === undefined) found.push({ name, change: 'removed' })
    else if (!sameType(field, same)) found.push({ name, change: 'type' })
    else if (isNarrower(field, same)) found.push({ name, change: 'narrower' })
    else if (mustNow(name)) found.push({ name, change: 'required' })
  }
  for (const name of Object.keys(next.properties))
    if (!Object.hasOwn(old.properties, name) && mustNow(name)) found.push({ name, change: 'required' })
  return found
}

/** A whole number is a number; a text without a format takes what had one. */
const sameType = (old: Field, next: Field): boolean =>
  (old.type === next.type || (old.type === 'integer' && next.type === 'number')) &&
  (next.format === undefined || next.format === old.format)

const above = (old: number | undefined, next: number | undefined): boolean =>
  next !== undefined && (old === undefined || next > old)
const below = (old: number | undefined, next: number | undefined): boolean =>
  next !== undefined && (old === undefined || next < old)

function isNarrower(old: Field, next: Field): boolean {
  return (
    lacksAChoice(old, next) ||
    above(old.minLength ?? 0, next.minLength) ||
    below(old.maxLength, next.maxLength) ||
    // Without a limit of its own it is held to the general one, which may be less.
    (old.maxLength !== undefined && next.maxLength === undefined) ||
    above(old.minimum, next.minimum) ||
    below(old.maximum, next.maximum) ||
    above(old.minItems ?? 0, next.minItems) ||
    below(old.maxItems, next.maxItems) ||
    (old.maxItems !== undefined && next.maxItems === undefined) ||
    holdsLess(old, next)
  )
}

function lacksAChoice(old: Field, next: Field): boolean {
  const { enum: choices } = next
  if (choices === undefined) return false
  return old.enum === undefined || old.enum.some((choice) => !choices.includes(choice))
}

/** What is inside: the entries of a list, the fields of a group. */
function holdsLess(old: Field, next: Field): boolean {
  if (next.items !== undefined) {
    if (old.items === undefined) return true
    if (!sameType(old.items, next.items) || isNarrower(old.items, next.items)) return true
  }
  if (next.properties === undefined) return false
  if (old.properties === undefined) return true
  const inside = unfitFields(
    { properties: old.properties, required: old.required ?? [] },
    { properties: next.properties, required: next.required ?? [] },
  )
  return inside.length > 0
}
