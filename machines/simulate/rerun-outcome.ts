/**
 * What became of a job when its history was sent through another definition.
 *
 * Promises: plain JSON, small enough to be listed a thousand times.
 * Must not: hold behaviour beyond comparing what was with what is.
 */
import Type, { type Static } from 'typebox'
import { type Breach, JobStatus, Reason, type Timer, Timestamp } from '../advance/job.ts'

const closed = { additionalProperties: false } as const

const Stand = Type.Object(
  {
    status: JobStatus,
    /** Leaf paths. */
    active: Type.Array(Type.String()),
    /** When it came to its end; absent where it has not. */
    endedAt: Type.Optional(Timestamp),
  },
  closed,
)
export type Stand = Static<typeof Stand>

/** Something that was done, and would have been refused. */
const Barred = Type.Object(
  {
    /** Of the history. 0: a timer of the other definition, which the history has not. */
    seq: Type.Integer(),
    at: Timestamp,
    /** The kind of the command. */
    did: Type.String(),
    /** The event's type, or the timer's delay. */
    name: Type.Optional(Type.String()),
    code: Type.String(),
    reasons: Type.Array(Reason),
  },
  closed,
)
export type Barred = Static<typeof Barred>

const BreachChange = Type.Object(
  {
    norm: Type.String(),
    change: Type.Enum(['gained', 'lost', 'later', 'earlier']),
    was: Type.Optional(Timestamp),
    is: Type.Optional(Timestamp),
  },
  closed,
)
export type BreachChange = Static<typeof BreachChange>

/** A deadline that would have run out at another time. */
const DeadlineChange = Type.Object({ delay: Type.String(), was: Timestamp, is: Timestamp }, closed)
export type DeadlineChange = Static<typeof DeadlineChange>

/** What the history speaks of and the other definition does not know; it was left out. */
const Unknown = Type.Object(
  { what: Type.Enum(['event', 'field', 'item', 'state', 'norm', 'link']), name: Type.String() },
  closed,
)
export type Unknown = Static<typeof Unknown>

/** Each job has one, the gravest that fits: `refused` first, `same` last. */
const VERDICTS = ['refused', 'elsewhere', 'breaches', 'same'] as const
const Verdict = Type.Enum([...VERDICTS])

export const Outcome = Type.Object(
  {
    job: Type.String(),
    verdict: Verdict,
    was: Stand,
    /** Absent where it could not even be started. */
    is: Type.Optional(Stand),
    /** The first of them; `barredMore` counts the rest. */
    barred: Type.Array(Barred),
    barredMore: Type.Integer(),
    /** Where the job was stopped by a refusal, only those until then. */
    breaches: Type.Array(BreachChange),
    deadlines: Type.Array(DeadlineChange),
    unknown: Type.Array(Unknown),
  },
  closed,
)
export type Outcome = Static<typeof Outcome>

/** Both came to the same end. When is another matter. */
export const sameEnd = (was: Stand, is: Stand | undefined): boolean =>
  is !== undefined && was.status === is.status && was.active.toSorted().join() === is.active.toSorted().join()

/** The gravest that fits. */
export function verdictOf({ was, is, barred, breaches }: Omit<Outcome, 'verdict'>): Outcome['verdict'] {
  if (barred.length > 0 || is === undefined) return 'refused'
  if (!sameEnd(was, is)) return 'elsewhere'
  return breaches.length > 0 ? 'breaches' : 'same'
}

/** A deadline that ran out was broken when it ran out, however late a server noticed. */
const momentOf = ({ at, dueAt }: Breach): string => dueAt ?? at

/** By norm, those of one moment being the same one. `until`: only what was broken by then. */
export function breachChanges(
  was: readonly Breach[],
  is: readonly Breach[],
  until: string | undefined,
): BreachChange[] {
  const ofNorm = (all: readonly Breach[], norm: string): string[] =>
    all
      .filter((breach) => breach.norm === norm && (until === undefined || momentOf(breach) <= until))
      .map(momentOf)
      .sort()
  const norms = [...new Set([...was, ...is].map(({ norm }) => norm))].sort()
  return norms.flatMap((norm) => paired(norm, ofNorm(was, norm), ofNorm(is, norm)))
}

function paired(norm: string, was: readonly string[], is: readonly string[]): BreachChange[] {
  const [gone, come] = [unmatched(was, is), unmatched(is, was)]
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, n): BreachChange => {
    const [before, after] = [gone[n], come[n]]
    if (before === undefined || after === undefined)
      return before === undefined
        ? { norm, change: 'gained', ...(after === undefined ? {} : { is: after }) }
        : { norm, change: 'lost', was: before }
    return { norm, change: after > before ? 'later' : 'earlier', was: before, is: after }
  })
}

/** Of `mine`, those that `theirs` has not, each counted as often as it stands there. */
function unmatched(mine: readonly string[], theirs: readonly string[]): string[] {
  const left = [...theirs]
  return mine.filter((moment) => {
    const at = left.indexOf(moment)
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}

/** Of each delay the first time that it was armed, in both. */
export function deadlineChanges(was: readonly Timer[], is: readonly Timer[]): DeadlineChange[] {
  const firsts = (all: readonly Timer[]): Map<string, string> =>
    new Map(all.toReversed().map(({ delay, dueAt }) => [delay, dueAt]))
  const after = firsts(is)
  return [...firsts(was)].flatMap(([delay, before]): DeadlineChange[] => {
    const now = after.get(delay)
    return now === undefined || now === before ? [] : [{ delay, was: before, is: now }]
  })
}
