/**
 * The history of an edited value: what it was before each change, and what was undone.
 *
 * Promises: typing on in one place within a moment is one change; a new change forgets what was undone.
 * Must not: read a clock; the time comes in.
 */

/** Beyond it the oldest are forgotten. */
const MOST = 200
const MOMENT_MS = 1200

export type History<T> = {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** Where the last change was made, and when. */
  readonly place: string | undefined
  readonly at: number
}

export const begun = <T>(present: T): History<T> => ({
  past: [],
  present,
  future: [],
  place: undefined,
  at: 0,
})

/** `place`: of the input that changed it; undefined never runs together with the change before. */
export function changed<T>(
  history: History<T>,
  present: T,
  place: string | undefined,
  at: number,
): History<T> {
  if (present === history.present) return history
  const runsOn = place !== undefined && place === history.place && at - history.at < MOMENT_MS
  const past = runsOn ? history.past : [...history.past, history.present].slice(-MOST)
  return { past, present, future: [], place, at }
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  const { past, present, future } = history
  return {
    past: past.slice(0, -1),
    present: before,
    future: [present, ...future],
    place: undefined,
    at: 0,
  }
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, place: undefined, at: 0 }
}
