/**
 * A scenario: a situation in a process to be rehearsed, with its people, what happens, what counts, and the ways through it that
 * are known to end as written. One JSON for the trainer's library, an attempt, and a test of a process.
 *
 * Promises: everything a run needs beside the definition and the organisation's calendars; chance comes from `seed` alone.
 * Must not: know a definition (`check-scenario.ts`), or hold behaviour (`run.ts`).
 */
import Type, { type Static } from 'typebox'
import { JobStatus, Timestamp } from '../advance/job.ts'
import { Duration, EventRole, EventType, Expression, Key, NormId, Text } from '../definition/schema.ts'
import { Act, Chosen, Doing, Happening, StatePath, Step, Temper } from './scenario-acts.ts'

export * from './scenario-acts.ts'

const closed = { additionalProperties: false } as const

/** Valid from a year before the start to a year after it, where nothing is said. */
export const Held = Type.Object(
  { kind: Type.String(), validFrom: Type.Optional(Timestamp), validUntil: Type.Optional(Timestamp) },
  closed,
)
export type Held = Static<typeof Held>

/** A person of the scenario. His key is his id in fields and payloads of the format `person`. */
export const Member = Type.Object(
  {
    name: Text,
    roles: Type.Array(EventRole),
    certificates: Type.Optional(Type.Array(Held)),
    temper: Type.Optional(Temper),
    /** What the trainee knows of him. */
    about: Type.Optional(Text),
  },
  closed,
)
export type Member = Static<typeof Member>

/** The trainee's key in the cast: always there, by `start.trainee`. */
export const TRAINEE = 'trainee'

const Start = Type.Object(
  {
    now: Timestamp,
    /** Fields the job is started with. */
    fields: Type.Record(Type.String(), Type.Unknown(), closed),
    trainee: Member,
    /** Who starts the job; the trainee where nobody is named. */
    by: Type.Optional(Key),
    /** What was done before the trainee comes in; `by` names whoever did it. Not scored. */
    before: Type.Optional(Type.Array(Step, { maxItems: 200 })),
  },
  closed,
)

/** A choice the scenario words itself: something said or done, with or without an event of the process. */
export const Move = Type.Object(
  {
    id: Key,
    text: Text,
    /** Offered in any of these states; in all where none is named. */
    in: Type.Optional(Type.Array(StatePath, { minItems: 1 })),
    if: Type.Optional(Expression),
    /** Done with it. While it is offered, the event or item is not offered bare. */
    as: Type.Optional(Doing),
    keeps: Type.Optional(Type.Array(NormId)),
    breaks: Type.Optional(Type.Array(NormId)),
    /** Fails the examination at once. */
    critical: Type.Optional(Type.Boolean()),
    /** What comes of it at once. */
    does: Type.Optional(Type.Array(Act, { maxItems: 20 })),
    /** Told at once in practice, at the end after an examination. */
    explain: Type.Optional(Text),
    /** Can be chosen more than once. */
    again: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Move = Static<typeof Move>

export const Expectation = Type.Object(
  {
    id: Key,
    what: Type.Union([Chosen, Type.Object({ state: StatePath }, closed)]),
    title: Text,
    norm: Type.Optional(NormId),
    /** After the start. */
    by: Type.Optional(Duration),
    /** Asked only where this holds at the end. */
    if: Type.Optional(Expression),
    /** Of a `must`: what it counts, 10 where it is left out. Of a `mustNot`: what it costs. */
    weight: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    critical: Type.Optional(Type.Boolean()),
    explain: Type.Optional(Text),
  },
  closed,
)
export type Expectation = Static<typeof Expectation>

export const Prompt = Type.Object(
  {
    id: Key,
    in: Type.Optional(StatePath),
    if: Type.Optional(Expression),
    text: Text,
    norms: Type.Optional(Type.Array(NormId)),
  },
  { ...closed, description: 'A hint, shown in practice alone' },
)
export type Prompt = Static<typeof Prompt>

export const Rubric = Type.Object(
  {
    /** What each norm counts. */
    norms: Type.Record(NormId, Type.Integer({ minimum: 0, maximum: 100 }), closed),
    /** Broken once, the run has failed. */
    critical: Type.Array(NormId),
    /** Of 100. */
    passMark: Type.Integer({ minimum: 0, maximum: 100 }),
    /** What each try that was barred costs; 2. */
    refused: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** What breaking any other norm costs; 5. */
    other: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** What going over the time limit costs; 10. */
    time: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  },
  closed,
)
export type Rubric = Static<typeof Rubric>

/** A way through the scenario that is known to end like this: what makes the scenario a test. */
export const KnownRun = Type.Object(
  {
    title: Type.Optional(Text),
    steps: Type.Array(Step, { maxItems: 500 }),
    expect: Type.Object(
      {
        passed: Type.Boolean(),
        status: JobStatus,
        /** States it is in at the end, all of these. */
        active: Type.Array(StatePath),
        /** All norms that are broken or late, in order of their ids. */
        broken: Type.Array(NormId),
      },
      closed,
    ),
  },
  closed,
)
export type KnownRun = Static<typeof KnownRun>

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const

export const Scenario = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 80 }),
    process: Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 80 }),
    /** Only ever this version; the latest where it is left out. */
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    title: Text,
    /** What the trainee reads first: where he is, who calls, what he knows. */
    briefing: Text,
    /** For trainers: what it is meant to teach. */
    purpose: Type.Optional(Text),
    difficulty: Type.Enum([...DIFFICULTIES]),
    tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }),
    seed: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
    start: Start,
    cast: Type.Record(Key, Member, closed),
    happens: Type.Array(Happening, { maxItems: 200 }),
    moves: Type.Array(Move, { maxItems: 200 }),
    /** Events the trainee is not offered, though his role may send them: they are others' doing here. */
    hidden: Type.Optional(Type.Array(EventType)),
    prompts: Type.Optional(Type.Array(Prompt, { maxItems: 100 })),
    must: Type.Optional(Type.Array(Expectation, { maxItems: 100 })),
    mustNot: Type.Optional(Type.Array(Expectation, { maxItems: 100 })),
    /** It is over on entering one of these, besides at the job's end. */
    until: Type.Optional(Type.Array(StatePath, { minItems: 1 })),
    /** Of the process's time. */
    timeLimit: Type.Optional(Duration),
    rubric: Rubric,
    /** What passing its examination grants. */
    grants: Type.Optional(
      Type.Object({ certificate: Type.String({ minLength: 1, maxLength: 80 }), validFor: Duration }, closed),
    ),
    runs: Type.Record(Key, KnownRun, closed),
  },
  { ...closed, $id: 'urn:fieldchart:scenario:1' },
)
export type Scenario = Static<typeof Scenario>
