/**
 * A job that is over, without what is personal in it.
 *
 * Promises: pure; states, times, deadlines, breaches and norms stay as they were. Where the same commands with other values take the
 * same course the history is made of them anew, and replays as any other (E5); where a rule looked at a value that is gone, the
 * entries are kept as they stand, without it, and the last one says that they no longer replay.
 * Must not: be given a job that still goes on: its engineer needs the address.
 */
import { advance } from '../advance/advance.ts'
import type { Entry, Job, Surroundings } from '../advance/job.ts'
import { remake, replays, type Versions } from '../advance/replay.ts'
import { canonicalJson } from '../definition/hash.ts'
import type { Definition } from '../definition/schema.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { erasedActor, erasedCommand, erasedEntry, erasedJob, personalTexts } from './personal.ts'
import { StandIns } from './stand-in.ts'

/** `began`: the version that it was started on; `entries`: its whole history. */
export type Kept = { job: Job; began: number; entries: readonly Entry[] }
export type Erased = {
  job: Job
  /** The old ones. */
  entries: Entry[]
  /** The new one, which says that it was done. */
  entry: Entry
}

/** What of a job's history is personal, as texts. Throws where a version is not known. */
export const textsOf = (versions: Versions, { began, entries }: Kept): Set<string> =>
  personalTexts(definitions(versions, began, entries), entries)

/**
 * @param texts personal ones of this job and of those that it is linked with
 * @param surroundings of the erasing
 * @throws Error where a version is not known
 */
export function eraseJob(
  versions: Versions,
  calendars: (hash: string) => CalendarSet | undefined,
  kept: Kept,
  texts: Iterable<string>,
  surroundings: Surroundings,
): Erased {
  const { [CUSTOMER]: customer } = kept.job.snapshot.context.fields
  const standIns = new StandIns(texts, typeof customer === 'string' ? customer : undefined)
  const made = madeAnew(versions, calendars, kept, standIns) ?? asItStands(versions, kept, standIns)
  const compiled = versions(made.job.version)
  if (compiled === undefined) throw new Error(`no version ${made.job.version} of ${made.job.process}`)
  const last = advance(compiled, made.job, { kind: 'erase', replays: made.replays }, surroundings)
  if (!last.ok) throw new Error(`job ${made.job.id} cannot be erased: ${last.refusal.code}`)
  return { job: last.job, entries: made.entries, entry: last.entry }
}

/** Every process has his name by this one. */
const CUSTOMER = 'customerName'

type Made = { job: Job; entries: Entry[]; replays: boolean }

/** `undefined`: the course would be another, or something would be left. */
function madeAnew(
  versions: Versions,
  calendars: (hash: string) => CalendarSet | undefined,
  { began, entries }: Kept,
  standIns: StandIns,
): Made | undefined {
  if (!replays(entries)) return undefined
  const definitionOf = definitions(versions, began, entries)
  const other = entries.map((entry) => ({
    ...entry,
    actor: erasedActor(entry.actor),
    command: erasedCommand(definitionOf(entry), entry.command, standIns),
  }))
  const made = remake(versions, began, other, calendars)
  if (!made.ok || made.entries.some((entry, at) => courseOf(entry) !== courseOf(entries[at])))
    return undefined
  const left = standIns.leftIn(JSON.stringify(wordsIn(made.job, made.entries)))
  return left === undefined ? { job: made.job, entries: made.entries, replays: true } : undefined
}

/** All but what persons and fields say. */
function courseOf(entry: Entry | undefined): string {
  if (entry === undefined) return ''
  const { seq, at, from, to, active, status, taken, ticks, cancelled, norms, changed } = entry
  const { armed, effects, breaches } = entry
  return canonicalJson({
    ...{ seq, at, to, active, status, taken, ticks, cancelled, norms },
    ...(from === undefined ? {} : { from }),
    changed: Object.keys(changed).sort(),
    armed: armed.map(({ token, dueAt }) => ({ token, dueAt })),
    effects: effects.map(({ id, type }) => ({ id, type })),
    breaches: breaches.map(({ norm, severity }) => ({ norm, severity })),
  })
}

/** Where a text of a person could stand; names of states and events are the definition's. */
const wordsIn = ({ snapshot, breaches, rating, evidence }: Job, entries: readonly Entry[]) => [
  ...[snapshot.context, breaches, rating, evidence],
  entries.map(({ command, changed, effects, armed }) => [
    ...('fields' in command ? [command.fields] : []),
    ...('payload' in command ? [command.payload] : []),
    ...[changed, armed.map(({ event }) => event?.payload)],
    effects.map((effect) =>
      'fields' in effect ? effect.fields : 'payload' in effect ? effect.payload : null,
    ),
  ]),
]

function asItStands(versions: Versions, { job, began, entries }: Kept, standIns: StandIns): Made {
  const definitionOf = definitions(versions, began, entries)
  const last = entries.at(-1)
  if (last === undefined) throw new Error(`job ${job.id} has no history`)
  return {
    job: erasedJob(definitionOf(last), job, standIns),
    entries: entries.map((entry) => erasedEntry(definitionOf(entry), entry, standIns)),
    replays: false,
  }
}

/** The definition that each entry was made by: the one moved to, for a move. */
function definitions(
  versions: Versions,
  began: number,
  entries: readonly Entry[],
): (entry: Entry) => Definition {
  const bySeq = new Map<number, number>()
  let version = began
  for (const { seq, command } of entries) {
    if (command.kind === 'migrate') version = command.version
    bySeq.set(seq, version)
  }
  return ({ seq, job }) => {
    const compiled = versions(bySeq.get(seq) ?? began)
    if (compiled === undefined) throw new Error(`no version ${bySeq.get(seq) ?? began} for job ${job}`)
    return compiled.definition
  }
}
