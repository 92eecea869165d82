/**
 * The JSON of a process definition, as TypeBox schemas and the TypeScript types made from them.
 *
 * Promises: this file and its parts in `schema/` are the only description of what a definition may hold; the published JSON Schema
 * (`docs/definition.schema.json`), the HTTP bodies and the validator's structural pass all come from it.
 * Must not: check references or meaning (that is `validate/`), or hold a default that changes behaviour.
 *
 * The shapes follow XState's machine config, and what XState's next major declares for machines as JSON:
 * expressions as `{"@expr", "@lang"}`, guards and actions as `{type, params}`, all else under `meta`.
 */
import Type, { type Static } from 'typebox'
import { Action } from './schema/action.ts'
import { ContextSchema, EventSchema } from './schema/data.ts'
import { Delay, oneOrMore, Setting, StateNode, transitions } from './schema/states.ts'
import { FieldName, Key, NormId, Text } from './schema/words.ts'

export * from './schema/action.ts'
export * from './schema/data.ts'
export * from './schema/guard.ts'
export * from './schema/states.ts'
export * from './schema/words.ts'

const closed = { additionalProperties: false } as const

export const ProcessMeta = Type.Object(
  {
    title: Text,
    description: Type.Optional(Text),
    norms: Type.Optional(Type.Array(NormId)),
    /** Prohibition and conduct norms that can be reported as broken on these jobs. */
    reportable: Type.Optional(Type.Array(NormId)),
    settings: Type.Optional(Type.Record(Type.String(), Setting)),
    /** What `qualified` guards may ask for, by kind. */
    certificates: Type.Optional(Type.Record(Type.String(), Text)),
    /** Fields shown in lists and found by the search, in this order. */
    summary: Type.Optional(Type.Array(FieldName)),
    /** The field with the id of the person who works the job. */
    assignee: Type.Optional(FieldName),
    /** The field with the customer's region. */
    region: Type.Optional(FieldName),
    /** The process that a complaint on such a job starts. Default `complaint`. */
    complaint: Type.Optional(Key),
  },
  closed,
)
export type ProcessMeta = Static<typeof ProcessMeta>

export const Definition = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 80 }),
    type: Type.Optional(Type.Enum(['compound', 'parallel'])),
    initial: Type.Optional(Type.String()),
    states: Type.Record(Type.String(), StateNode),
    on: Type.Optional(transitions),
    always: Type.Optional(oneOrMore),
    after: Type.Optional(transitions),
    entry: Type.Optional(Type.Array(Action)),
    exit: Type.Optional(Type.Array(Action)),
    description: Type.Optional(Type.String()),
    schemas: Type.Object({ context: ContextSchema, events: Type.Record(Type.String(), EventSchema) }, closed),
    delays: Type.Optional(Type.Record(Type.String(), Delay)),
    meta: ProcessMeta,
  },
  { ...closed, $id: 'urn:fieldchart:definition:1' },
)
export type Definition = Static<typeof Definition>
