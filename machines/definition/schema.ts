/**
 * The JSON of a process definition, as TypeBox schemas and the TypeScript types made from them.
 *
 * Promises: this file is the only description of what a definition may hold; the published JSON Schema
 * (`docs/definition.schema.json`), the HTTP bodies and the validator's structural pass all come from it.
 * Must not: check references or meaning (that is `validate/`), or hold a default that changes behaviour.
 *
 * The shapes follow XState's machine config, and what XState's next major declares for machines as JSON:
 * expressions as `{"@expr", "@lang"}`, guards and actions as `{type, params}`, all else under `meta`.
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

/* ------------------------------------------------------------------ data */

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

/* ---------------------------------------------------------------- guards */

/** Each named guard by its type. An expression guard has no `type`. */
export const Guard = Type.Cyclic(
  {
    Guard: Type.Union([
      Expression,
      Type.Object(
        {
          type: Type.Enum(['and', 'or']),
          params: Type.Object({ guards: Type.Array(Type.Ref('Guard'), { minItems: 1 }) }, closed),
        },
        closed,
      ),
      Type.Object(
        { type: Type.Literal('not'), params: Type.Object({ guard: Type.Ref('Guard') }, closed) },
        closed,
      ),
      /** All required items of a state (default: of every active state) or of a list are ticked. */
      Type.Object(
        {
          type: Type.Literal('checklistDone'),
          params: Type.Optional(
            Type.Object(
              { state: Type.Optional(Type.String()), items: Type.Optional(Type.Array(Type.String())) },
              closed,
            ),
          ),
        },
        closed,
      ),
      /** The job is in a state, named by its path from the root: `repairing.opened`. */
      Type.Object(
        { type: Type.Literal('stateIn'), params: Type.Object({ state: Type.String() }, closed) },
        closed,
      ),
      /** A certificate valid at `now`: of the actor, or of the person that a payload or job field names. */
      Type.Object(
        {
          type: Type.Literal('qualified'),
          params: Type.Object({ certificate: Type.String(), of: Type.Optional(Type.String()) }, closed),
        },
        closed,
      ),
      /** `at` (default `now`) lies within a calendar's open time, or within the windows of a job field. */
      Type.Object(
        {
          type: Type.Literal('within'),
          params: Type.Object(
            {
              calendar: Type.Optional(Type.String()),
              /** A job field: an array of `{from, to}` date-times. */
              windows: Type.Optional(Type.String()),
              at: Type.Optional(Expression),
            },
            closed,
          ),
        },
        closed,
      ),
    ]),
  },
  'Guard',
)
export type Guard = Static<typeof Guard>

/* --------------------------------------------------------------- actions */

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

/* ---------------------------------------------------- transitions, states */

export const TransitionMeta = Type.Object(
  {
    title: Type.Optional(Text),
    description: Type.Optional(Text),
    norms: Type.Optional(Type.Array(NormId)),
    /** This way out stands open though required checklist items do not (cancelling, giving up, alarm). */
    waivesChecklist: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type TransitionMeta = Static<typeof TransitionMeta>

/**
 * `target`: a sibling's key, `.child`, `#id` or `#process.path.to.state`; several for parallel regions.
 * Without `target` the actions run and no state is left.
 */
export const Transition = Type.Object(
  {
    target: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })]),
    ),
    guard: Type.Optional(Guard),
    actions: Type.Optional(Type.Array(Action)),
    reenter: Type.Optional(Type.Boolean()),
    description: Type.Optional(Type.String()),
    meta: Type.Optional(TransitionMeta),
  },
  closed,
)
export type Transition = Static<typeof Transition>
const oneOrMore = Type.Union([Transition, Type.Array(Transition)])
const transitions = Type.Record(Type.String(), oneOrMore)

const EVIDENCE_KINDS = ['none', 'text', 'number', 'photo', 'signature', 'serial'] as const
export const EvidenceKind = Type.Enum([...EVIDENCE_KINDS])
export type EvidenceKind = Static<typeof EvidenceKind>

/** A thing to be done in a state. A required one bars the way out until it is ticked. */
export const ChecklistItem = Type.Object(
  {
    /** Unique in the process. */
    id: FieldName,
    title: Text,
    description: Type.Optional(Text),
    norms: Type.Optional(Type.Array(NormId)),
    /** Default true. An expression makes it depend on the job ("by kind of work"). */
    required: Type.Optional(Type.Union([Type.Boolean(), Expression])),
    evidence: Type.Optional(EvidenceKind),
    /** Who may tick it. Default: every role that may send some event of the process, customers excepted. */
    roles: Type.Optional(Type.Array(Role)),
    /** The tick outlives the state: entering it again does not ask again. */
    keep: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type ChecklistItem = Static<typeof ChecklistItem>

export const StateMeta = Type.Object(
  {
    title: Text,
    description: Type.Optional(Text),
    norms: Type.Optional(Type.Array(NormId)),
    checklist: Type.Optional(Type.Array(ChecklistItem)),
  },
  closed,
)
export type StateMeta = Static<typeof StateMeta>

/** A final state tagged `cancelled` or `failed` ends the job with that status; any other with `done`. */
export const StateNode = Type.Cyclic(
  {
    StateNode: Type.Object(
      {
        id: Type.Optional(Key),
        type: Type.Optional(Type.Enum(['atomic', 'compound', 'parallel', 'final', 'history'])),
        history: Type.Optional(Type.Enum(['shallow', 'deep'])),
        /** A history state's default. */
        target: Type.Optional(Type.String({ minLength: 1 })),
        initial: Type.Optional(Type.String()),
        states: Type.Optional(Type.Record(Type.String(), Type.Ref('StateNode'))),
        on: Type.Optional(transitions),
        always: Type.Optional(oneOrMore),
        /** By the name of a delay in `delays`. */
        after: Type.Optional(transitions),
        onDone: Type.Optional(oneOrMore),
        entry: Type.Optional(Type.Array(Action)),
        exit: Type.Optional(Type.Array(Action)),
        tags: Type.Optional(Type.Array(Type.String())),
        description: Type.Optional(Type.String()),
        meta: Type.Optional(StateMeta),
      },
      closed,
    ),
  },
  'StateNode',
)
export type StateNode = Static<typeof StateNode>

/**
 * A point in time after a state is entered.
 * `duration` counts from entry, or from `from`; a negative one lies before it. On a `calendar` only open time
 * counts. It is not armed while `from` or the duration cannot be told (a field not yet set), and is armed anew
 * when they change. `deadline`: running out is a breach; `reminder`: a nudge; `step`: the process itself moves.
 */
export const Delay = Type.Object(
  {
    duration: Type.Union([Duration, Expression]),
    from: Type.Optional(Expression),
    calendar: Type.Optional(Key),
    meta: Type.Optional(
      Type.Object(
        {
          title: Text,
          norms: Type.Optional(Type.Array(NormId)),
          kind: Type.Optional(Type.Enum(['deadline', 'reminder', 'step'])),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Delay = Static<typeof Delay>

/** A figure the owner may change without touching the drawing: `settings.ringPeriod` in expressions. */
export const Setting = Type.Object(
  {
    value: Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
    title: Text,
    norms: Type.Optional(Type.Array(NormId)),
  },
  closed,
)
export type Setting = Static<typeof Setting>

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
