/**
 * States with their transitions, checklists, delays and settings.
 *
 * Must not: resolve targets (`tree.ts` does).
 */
import Type, { type Static } from 'typebox'
import { Action } from './action.ts'
import { Guard } from './guard.ts'
import { Duration, Expression, FieldName, Key, NormId, Role, Text } from './words.ts'

const closed = { additionalProperties: false } as const

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
/** One transition, or several in order of priority. */
export const oneOrMore = Type.Union([Transition, Type.Array(Transition)])
/** By event descriptor or delay. */
export const transitions = Type.Record(Type.String(), oneOrMore)

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
