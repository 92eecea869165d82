/**
 * What a definition may lean on outside itself: the norms, the calendars and the other processes of the house.
 *
 * Must not: fetch any of it. Whoever validates brings what is in force.
 */
import type { Definition } from '../definition/schema.ts'
import { NORMS } from '../norms.ts'
import { DEFAULT_CALENDARS } from '../time/default-calendars.ts'

/** The fields and events of a process that others start or signal. */
export type KnownProcess = Pick<Definition, 'schemas'>

export type ValidationContext = {
  /** The kind of each norm, by id. */
  norms: ReadonlyMap<string, string>
  /** Names of calendars. */
  calendars: ReadonlySet<string>
  /** By id. The definition being validated need not be among them: for itself, it counts as it stands. */
  processes: ReadonlyMap<string, KnownProcess>
}

/** The shipped norms and calendars, with the processes given. */
export function defaultContext(
  processes: Iterable<Pick<Definition, 'id' | 'schemas'>> = [],
): ValidationContext {
  return {
    norms: new Map(NORMS.map((norm) => [norm.id, norm.kind])),
    calendars: new Set(Object.keys(DEFAULT_CALENDARS.calendars)),
    processes: new Map([...processes].map((process) => [process.id, process])),
  }
}
