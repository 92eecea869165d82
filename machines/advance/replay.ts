/**
 * A job made again from its history (E5).
 *
 * Promises: given the same definitions (of every version it ran on) and calendars, the job comes out byte for byte; where it does not, the first
 * entry that differs is named.
 */
import type { Compiled } from '../compile/compile.ts'
import { canonicalJson } from '../definition/hash.ts'
import { planMove } from '../migrate/move.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { advance, start } from './advance.ts'
import type { Advanced, Entry, Job, Surroundings } from './job.ts'

export type Replayed = { ok: true; job: Job } | { ok: false; seq: number; why: string }

/** The versions of a process that a job ran on. */
export type Versions = (version: number) => Compiled | undefined

/**
 * @param version that the job was started on; a move to another is in its history
 * @param entries from seq 1, without a gap
 */
export function replay(
  versions: Versions,
  version: number,
  entries: readonly Entry[],
  calendars: (hash: string) => CalendarSet | undefined,
): Replayed {
  const again = remake(versions, version, entries, calendars, (made, entry) =>
    canonicalJson(made) === canonicalJson(entry) ? undefined : 'the entry differs',
  )
  return again.ok ? { ok: true, job: again.job } : again
}

/** Whether a history makes its job: not where a rule looked at what was erased since. */
export const replays = (entries: readonly Pick<Entry, 'command'>[]): boolean =>
  entries.every(({ command }) => command.kind !== 'erase' || command.replays)

export type Remade = { ok: true; job: Job; entries: Entry[] } | Extract<Replayed, { ok: false }>

/**
 * The same commands carried out again, by the same people and at the same times.
 * @param wrong why a new entry will not do in place of the old one
 */
export function remake(
  versions: Versions,
  version: number,
  entries: readonly Entry[],
  calendars: (hash: string) => CalendarSet | undefined,
  wrong: (made: Entry, entry: Entry) => string | undefined = () => undefined,
): Remade {
  let job: Job | undefined
  const made: Entry[] = []
  for (const entry of entries) {
    const { seq } = entry
    const set = calendars(entry.calendars)
    if (set === undefined) return { ok: false, seq, why: `no calendars ${entry.calendars}` }
    const surroundings: Surroundings = {
      now: Date.parse(entry.at),
      actor: entry.actor,
      calendars: set,
      ...(entry.people === undefined ? {} : { people: entry.people }),
      ...(entry.deviceAt === undefined ? {} : { deviceAt: entry.deviceAt }),
    }
    const present: number = job?.version ?? version
    const compiled = versions(present)
    if (compiled === undefined) return { ok: false, seq, why: `no version ${present}` }
    const advanced = again(compiled, present, job, entry, surroundings, versions)
    if (!advanced.ok) return { ok: false, seq, why: advanced.refusal.code }
    const why = wrong(advanced.entry, entry)
    if (why !== undefined) return { ok: false, seq, why }
    made.push(advanced.entry)
    job = advanced.job
  }
  return job === undefined ? { ok: false, seq: 0, why: 'no entries' } : { ok: true, job, entries: made }
}

function again(
  compiled: Compiled,
  version: number,
  job: Job | undefined,
  { command, job: id }: Entry,
  surroundings: Surroundings,
  versions: Versions,
): Advanced {
  const impossible: Advanced = { ok: false, refusal: { code: 'job-over', reasons: [] } }
  if (command.kind === 'start')
    return job === undefined ? start(compiled, { id, version, ...command }, surroundings) : impossible
  if (job === undefined) return impossible
  if (command.kind !== 'migrate') return advance(compiled, job, command, surroundings)
  const to = versions(command.version)
  return to === undefined
    ? { ok: false, refusal: { code: 'cannot-move', reasons: [] } }
    : planMove(compiled, to, job, command, surroundings)
}
