/**
 * What is done in a scenario: by the trainee (steps), and by all others (acts).
 *
 * Promises: plain JSON, the same for a written scenario, a recorded attempt and a test.
 * Must not: know a definition; whether an event or a state exists is `check-scenario.ts`'s to say.
 */
import Type, { type Static } from 'typebox'
import { Evidence, JobStatus } from '../advance/job.ts'
import {
  Duration,
  EventType,
  Expression,
  FieldName,
  Key,
  NormId,
  Severity,
  Text,
} from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
/** From the root, without the process's own name: `repairing.opened`. */
export const StatePath = Type.String({ minLength: 1, maxLength: 400 })
const Payload = Type.Record(Type.String(), Type.Unknown(), closed)

export const TEMPERS = ['calm', 'worried', 'impatient', 'angry'] as const
export const Temper = Type.Enum([...TEMPERS])
export type Temper = Static<typeof Temper>

/** What is done to a job from outside its process, as on the job's page. */
export const Hand = Type.Union([
  Type.Object({ kind: Type.Literal('untick'), item: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  Type.Object(
    {
      kind: Type.Literal('reportBreach'),
      norm: NormId,
      severity: Severity,
      note: Type.Optional(Text),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('suspend'), reason: Text }, closed),
  Type.Object({ kind: Type.Literal('resume') }, closed),
  Type.Object({ kind: Type.Literal('reassign'), person: Key, reason: Text }, closed),
  Type.Object({ kind: Type.Literal('cancel'), reason: Text }, closed),
  Type.Object(
    {
      kind: Type.Literal('moveTo'),
      to: Type.Array(StatePath, { minItems: 1, maxItems: 50 }),
      reason: Text,
      runEntry: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
])
export type Hand = Static<typeof Hand>

/** What happens by itself. `by`: a key of the cast; an event without it comes from another job. */
export const Act = Type.Union([
  Type.Object(
    { act: Type.Literal('say'), by: Key, text: Text, temper: Type.Optional(Temper) },
    { ...closed, description: 'Somebody speaks; his temper may change with it' },
  ),
  Type.Object({ act: Type.Literal('tell'), text: Text }, { ...closed, description: 'What is seen or heard' }),
  Type.Object(
    { act: Type.Literal('event'), by: Type.Optional(Key), type: EventType, payload: Type.Optional(Payload) },
    closed,
  ),
  Type.Object(
    {
      act: Type.Literal('tick'),
      by: Key,
      item: Type.String({ minLength: 1, maxLength: 200 }),
      evidence: Type.Optional(Evidence),
    },
    closed,
  ),
  Type.Object(
    { act: Type.Literal('end'), link: Key, status: JobStatus, fields: Type.Optional(Payload) },
    { ...closed, description: 'A linked job ends' },
  ),
  Type.Object(
    {
      act: Type.Literal('complain'),
      by: Key,
      text: Text,
      quality: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  Type.Object(
    {
      act: Type.Literal('correct'),
      by: Key,
      fields: Type.Record(FieldName, Type.Unknown(), closed),
      reason: Text,
    },
    closed,
  ),
  Type.Object(
    { act: Type.Literal('hand'), by: Key, hand: Hand },
    { ...closed, description: 'Something is done to the job past its process' },
  ),
])
export type Act = Static<typeof Act>

/** What the trainee can do. `force`, `set` and `jump` belong to the owner's mode. */
export const Doing = Type.Union([
  Type.Object(
    { do: Type.Literal('event'), type: EventType, payload: Type.Optional(Payload), by: Type.Optional(Key) },
    closed,
  ),
  Type.Object(
    {
      do: Type.Literal('tick'),
      item: Type.String({ minLength: 1, maxLength: 200 }),
      evidence: Type.Optional(Evidence),
      by: Type.Optional(Key),
    },
    closed,
  ),
  Type.Object(
    {
      do: Type.Literal('untick'),
      item: Type.String({ minLength: 1, maxLength: 200 }),
      by: Type.Optional(Key),
    },
    closed,
  ),
  Type.Object(
    { do: Type.Literal('move'), move: Key },
    { ...closed, description: 'A choice of the scenario' },
  ),
  Type.Object(
    { do: Type.Literal('prohibited'), norm: NormId },
    { ...closed, description: 'Something that a norm forbids' },
  ),
  Type.Object({ do: Type.Literal('wait') }, { ...closed, description: 'Nothing but letting time pass' }),
  Type.Object({ do: Type.Literal('give-up') }, closed),
  Type.Object(
    { do: Type.Literal('happen'), act: Act },
    { ...closed, description: 'Thrown in by the trainer who watches' },
  ),
  Type.Object(
    {
      do: Type.Literal('force'),
      transition: Type.String({ maxLength: 1000 }),
      /** Without: as the process has it again. */
      outcome: Type.Optional(Type.Boolean()),
    },
    { ...closed, description: "Owner's mode: the guard of a transition comes out like this from now on" },
  ),
  Type.Object(
    { do: Type.Literal('set'), fields: Type.Record(FieldName, Type.Unknown(), closed) },
    { ...closed, description: "Owner's mode: fields are changed by hand; null empties one" },
  ),
  Type.Object(
    { do: Type.Literal('jump'), to: Type.Array(StatePath, { minItems: 1, maxItems: 50 }) },
    { ...closed, description: "Owner's mode: into states by hand, one for each region that is meant" },
  ),
])
export type Doing = Static<typeof Doing>

/** `after`: how long after the step before; nothing where it is left out. No months or years. */
export const Step = Type.Object({ after: Type.Optional(Duration), what: Doing }, closed)
export type Step = Static<typeof Step>

/** Something the trainee did. */
export const Chosen = Type.Union([
  Type.Object({ event: EventType }, closed),
  Type.Object({ item: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  Type.Object({ move: Key }, closed),
  Type.Object({ prohibited: NormId }, closed),
])
export type Chosen = Static<typeof Chosen>

/** A duration, or one by chance between two. */
export const Delay = Type.Union([
  Duration,
  Type.Object({ least: Duration, most: Duration }, { ...closed, description: 'Drawn by the seed' }),
])
export type Delay = Static<typeof Delay>

export const Happening = Type.Object(
  {
    id: Key,
    when: Type.Union([
      Type.Object({ at: Delay }, { ...closed, description: 'So long after the start' }),
      Type.Object({ enters: StatePath }, closed),
      Type.Object({ chosen: Chosen }, closed),
    ]),
    /** From then on. */
    after: Type.Optional(Delay),
    /** Falls away where the job is no longer in this state when the time comes. */
    while: Type.Optional(StatePath),
    if: Type.Optional(Expression),
    /** 0 to 1, drawn by the seed. Always where it is left out. */
    chance: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    /** How often at most. */
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    does: Type.Array(Act, { minItems: 1, maxItems: 20 }),
  },
  closed,
)
export type Happening = Static<typeof Happening>
