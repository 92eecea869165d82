/**
 * A job made again from its history (E5).
 *
 * Promises: given the same definitions and calendars, the job comes out byte for byte; where it does not, the first
 * entry that differs is named.
 */
import type { Compiled } from '../compile/compile.ts'
import { canonicalJson } from '../definition/hash.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { advance, start } from './advance.ts'
import type { Advanced, Entry, Job, Surroundings } from './job.ts'

export type Replayed = { ok: true; job: Job } | { ok: false; seq: number; why: string }

/** @param entries from seq 1, without a gap, all of one version. */
export function replay(
  compiled: Compiled,
  version: number,
  entries: readonly Entry[],
  calendars: (hash: string) => CalendarSet | undefined,
): Replayed {
  let job: Job | undefined
  for (const entry of entries) {
    const set = calendars(entry.calendars)
    if (set === undefined) return { ok: false, seq: entry.seq, why: `no calendars ${entry.calendars}` }
    const surroundings: Surroundings = {
      now: Date.parse(entry.at),
      actor: entry.actor,
      calendars: set,
      ...(entry.people === undefined ? {} : { people: entry.people }),
    }
    const advanced = again(compiled, version, job, entry, surroundings)
    if (!advanced.ok) return { ok: false, seq: entry.seq, why: advanced.refusal.code }
    if (canonicalJson(advanced.entry) !== canonicalJson(entry))
      return { ok: false, seq: entry.seq, why: 'the entry differs' }
    job = advanced.job
  }
  return job === undefined ? { ok: false, seq: 0, why: 'no entries' } : { ok: true, job }
}

function again(
  compiled: Compiled,
  version: number,
  job: Job | undefined,
  { command, job: id }: Entry,
  surroundings: Surroundings,
): Advanced {
  if (job !== undefined) return advance(compiled, job, command, surroundings)
  if (command.kind !== 'start') return { ok: false, refusal: { code: 'job-over', reasons: [] } }
  return start(compiled, { id, version, ...command }, surroundings)
}
