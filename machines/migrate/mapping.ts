/**
 * How jobs of one version of a process find their places in another: what a person says of it.
 *
 * Promises: what is not named here goes by its own name: the same path, field, item and delay.
 * Must not: know a definition (`check-mapping.ts`) or a job (`plan.ts`).
 */
import Type, { type Static } from 'typebox'
import { FieldName, Key, Value } from '../definition/schema.ts'

const closed = { additionalProperties: false } as const
/** Longer lists are no mapping that anyone has read. */
const MOST = { ...closed, maxProperties: 1000 } as const
const Path = Type.String({ minLength: 1, maxLength: 1000 })

/**
 * What becomes of a timer whose state and delay are there in both versions. `keep`: it is due when it was. `restart`:
 * it begins at the move. `recount`: the new delay counts from when the old one began; it may be over at once.
 */
export const TimerRule = Type.Enum(['keep', 'restart', 'recount'])
export type TimerRule = Static<typeof TimerRule>

export const Mapping = Type.Object(
  {
    /** Paths, old to new; with all states below, unless those are named themselves. */
    states: Type.Optional(Type.Record(Path, Path, MOST)),
    /** For a parallel region that the old version does not have: the state in it where jobs begin. */
    regions: Type.Optional(Type.Record(Path, Path, MOST)),
    /** Fields, old to new; `null` gives the values up. */
    fields: Type.Optional(Type.Record(FieldName, Type.Union([FieldName, Type.Null()]), MOST)),
    /** For fields of the new version that are empty then: a value, or an expression over the new fields. */
    values: Type.Optional(Type.Record(FieldName, Value, MOST)),
    /** Checklist items, old to new; `null` gives the ticks up. */
    items: Type.Optional(Type.Record(FieldName, Type.Union([FieldName, Type.Null()]), MOST)),
    /** Delays, old to new, and a rule of their own. */
    delays: Type.Optional(
      Type.Record(
        Key,
        Type.Object({ to: Type.Optional(Key), timers: Type.Optional(TimerRule) }, closed),
        MOST,
      ),
    ),
    /** For all delays without a rule of their own. Default `keep`. */
    timers: Type.Optional(TimerRule),
    /**
     * From when a delay counts that a state did not have before: `move` (the default), or `entry`, as far as another
     * timer of the state knows when that was.
     */
    newTimers: Type.Optional(Type.Enum(['move', 'entry'])),
    /** Entry actions of states that the job was not in before run. By default they do not. */
    runEntry: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Mapping = Static<typeof Mapping>
