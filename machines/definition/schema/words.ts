/**
 * The smallest parts of a definition: texts, roles, names, durations, expressions, values.
 *
 * Must not: know where they are used.
 */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const

/** Text for people. One language may be missing (the validator warns); not both. */
export const Text = Type.Object(
  { en: Type.Optional(Type.String()), zh: Type.Optional(Type.String()) },
  { ...closed, minProperties: 1, description: 'Text for people, in English and Chinese' },
)
export type Text = Static<typeof Text>

/** Everyone who may act on a job. `system` is reserved for events that jobs send each other. */
export const ROLES = [
  'administrator',
  'process-owner',
  'dispatcher',
  'engineer',
  'hotline-agent',
  'front-desk',
  'stock-keeper',
  'safety-officer',
  'customer',
  'trainer',
  'auditor',
] as const
export const Role = Type.Enum([...ROLES])
export type Role = Static<typeof Role>
export const EventRole = Type.Enum([...ROLES, 'system'])
export type EventRole = Static<typeof EventRole>

/** `PC-01`, `GN-25`: an id of the catalogue of norms, or of a company's own. */
export const NormId = Type.String({ pattern: '^[A-Z]{2,4}-[0-9]{2,3}$' })
/** Letters, digits, `-` and `_`: usable in paths, URLs and CEL strings. */
export const Key = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]*$', maxLength: 80 })
/** A field name is a CEL identifier. */
export const FieldName = Type.String({ pattern: '^[a-z][A-Za-z0-9_]*$', maxLength: 80 })
/** Dotted lower-case words: `visit.booked`. */
export const EventType = Type.String({
  pattern: '^[a-z][A-Za-z0-9_-]*(\\.[a-z][A-Za-z0-9_-]*)*$',
  maxLength: 120,
})
/** ISO 8601 duration; a leading `-` (ISO 8601-2) counts backwards from a point in time. */
export const Duration = Type.String({
  pattern: '^-?P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$',
})

/** An expression in CEL over `job`, `event`, `now`, `actor`, `checklist`, `settings`, `links`, `tz`. */
export const Expression = Type.Object(
  { '@expr': Type.String({ minLength: 1, maxLength: 2000 }), '@lang': Type.Literal('cel') },
  closed,
)
export type Expression = Static<typeof Expression>

/** A literal JSON value or an expression. */
export const Value = Type.Union([
  Expression,
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Array(Type.Unknown()),
])
export type Value = Static<typeof Value>
