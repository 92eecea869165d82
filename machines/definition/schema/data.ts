/**
 * The data of a process: the fields of a job, the payloads of its events.
 *
 * Must not: check values (`check-value.ts` does).
 */
import Type, { type Static } from 'typebox'
import { EventRole, NormId, Text } from './words.ts'

const closed = { additionalProperties: false } as const

/** What people read of a field, and how the job's pages treat it. */
export const FieldMeta = Type.Object(
  {
    title: Text,
    description: Type.Optional(Text),
    /** About a person: masked for those who need it not, erased on request. */
    personal: Type.Optional(Type.Boolean()),
    /** Set by the process alone: a consent or a finding that guards rest on cannot be corrected by hand. */
    locked: Type.Optional(Type.Boolean()),
    norms: Type.Optional(Type.Array(NormId)),
    /** Titles of an `enum`'s values. */
    options: Type.Optional(Type.Record(Type.String(), Text)),
  },
  closed,
)
export type FieldMeta = Static<typeof FieldMeta>

/**
 * A field of a job or of an event's payload: a subset of JSON Schema 2020-12.
 * `format`: `date-time` (a CEL timestamp), `date` (a timestamp at midnight in the organisation's zone),
 * `duration` (a string), `email`, `person` (the id of a person known to the server).
 */
export const Field = Type.Cyclic(
  {
    Field: Type.Object(
      {
        type: Type.Enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
        format: Type.Optional(Type.Enum(['date-time', 'date', 'duration', 'email', 'person'])),
        enum: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
        default: Type.Optional(Type.Unknown()),
        minLength: Type.Optional(Type.Integer({ minimum: 0 })),
        maxLength: Type.Optional(Type.Integer({ minimum: 0 })),
        minimum: Type.Optional(Type.Number()),
        maximum: Type.Optional(Type.Number()),
        items: Type.Optional(Type.Ref('Field')),
        minItems: Type.Optional(Type.Integer({ minimum: 0 })),
        maxItems: Type.Optional(Type.Integer({ minimum: 0 })),
        properties: Type.Optional(Type.Record(Type.String(), Type.Ref('Field'))),
        required: Type.Optional(Type.Array(Type.String())),
        meta: Type.Optional(FieldMeta),
      },
      closed,
    ),
  },
  'Field',
)
export type Field = Static<typeof Field>

/** The job's data. `required` fields must be given when a job is started. */
export const ContextSchema = Type.Object(
  {
    properties: Type.Record(Type.String(), Field),
    required: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)
export type ContextSchema = Static<typeof ContextSchema>

/** An event: who may send it, and what it carries. No property beyond `properties` is accepted. */
export const EventSchema = Type.Object(
  {
    properties: Type.Optional(Type.Record(Type.String(), Field)),
    required: Type.Optional(Type.Array(Type.String())),
    meta: Type.Object(
      {
        title: Text,
        description: Type.Optional(Text),
        roles: Type.Array(EventRole),
        norms: Type.Optional(Type.Array(NormId)),
      },
      closed,
    ),
  },
  closed,
)
export type EventSchema = Static<typeof EventSchema>
