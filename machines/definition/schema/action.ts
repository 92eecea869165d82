/**
 * Actions: all that a transition, an entry or an exit may do. There are no others.
 *
 * Must not: carry anything that is executed as code.
 */
import Type, { type Static } from 'typebox'
import { EventType, FieldName, Key, NormId, Role, Text, Value } from './words.ts'

const closed = { additionalProperties: false } as const

const SEVERITIES = ['minor', 'major', 'critical'] as const
export const Severity = Type.Enum([...SEVERITIES])
export type Severity = Static<typeof Severity>

/** Sets fields of the job; all values are computed before any is set. `null` clears a field. */
const AssignAction = Type.Object(
  { type: Type.Literal('@xstate.assign'), context: Type.Record(Type.String(), Value) },
  closed,
)
/** Raises an event of the process itself, at once or after a delay named in `delays`. */
const RaiseAction = Type.Object(
  {
    type: Type.Literal('@xstate.raise'),
    event: Type.Object(
      { type: EventType, payload: Type.Optional(Type.Record(Type.String(), Value)) },
      closed,
    ),
    id: Type.Optional(Type.String()),
    delay: Type.Optional(Type.String()),
  },
  closed,
)
/** Takes back a raised event that has not come yet, by its `id`. */
const CancelAction = Type.Object({ type: Type.Literal('@xstate.cancel'), id: Type.String() }, closed)
/** Puts a broken norm on record; the work goes on. */
const BreachAction = Type.Object(
  {
    type: Type.Literal('breach'),
    params: Type.Object({ norm: NormId, severity: Severity, note: Type.Optional(Text) }, closed),
  },
  closed,
)
/** Whom a message reaches: a role, or the person a job field names. */
export const Recipient = Type.Union([
  Type.Object({ role: Role }, closed),
  Type.Object({ field: FieldName }, closed),
])
export type Recipient = Static<typeof Recipient>
const message = Type.Object(
  { to: Type.Array(Recipient, { minItems: 1 }), message: Text, norm: Type.Optional(NormId) },
  closed,
)
/** A nudge to whoever works the job. */
const RemindAction = Type.Object({ type: Type.Literal('remind'), params: message }, closed)
/** A message through the outbox. */
const NotifyAction = Type.Object({ type: Type.Literal('notify'), params: message }, closed)
/** Starts a linked job of another process. Its end comes back as the event `onEnd`, where one is named. */
const StartJobAction = Type.Object(
  {
    type: Type.Literal('startJob'),
    params: Type.Object(
      {
        process: Key,
        /** The name under which this job knows the other: `links.<link>` in expressions. */
        link: FieldName,
        fields: Type.Optional(Type.Record(Type.String(), Value)),
        onEnd: Type.Optional(EventType),
      },
      closed,
    ),
  },
  closed,
)
/** Sends an event to the job that started this one, or to a linked one. */
const SignalAction = Type.Object(
  {
    type: Type.Literal('signal'),
    params: Type.Object(
      {
        to: Type.Union([Type.Literal('parent'), Type.Object({ link: FieldName }, closed)]),
        event: EventType,
        payload: Type.Optional(Type.Record(Type.String(), Value)),
      },
      closed,
    ),
  },
  closed,
)
export const Action = Type.Union([
  AssignAction,
  RaiseAction,
  CancelAction,
  BreachAction,
  RemindAction,
  NotifyAction,
  StartJobAction,
  SignalAction,
])
export type Action = Static<typeof Action>
