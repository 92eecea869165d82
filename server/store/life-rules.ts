/**
 * How the life of processes is added up, the same for every adapter.
 *
 * Promises: a stretch of time is kept in one of eight steps to each doubling, with its sum, so that a median is exact where
 * all stretches are alike and within a tenth otherwise, and a year is as quick to ask for as a day.
 * Must not: know how an adapter keeps its rows.
 */
import { BadCursor } from './port.ts'

const STEPS_A_DOUBLING = 8

/** The step of a stretch in milliseconds; 0 for less than a second. */
export const stepOf = (ms: number): number =>
  ms < 1000 ? 0 : Math.floor(Math.log2(ms / 1000) * STEPS_A_DOUBLING) + 1

/** `n` stretches of a step, `ms` together. */
export type Step = { step: number; n: number; ms: number }

/** The stretch that this share of all is no longer than, as the mean of its step. */
export function percentile(steps: readonly Step[], share: number): number {
  const ordered = steps.toSorted((a, b) => a.step - b.step)
  const wanted = share * ordered.reduce((sum, { n }) => sum + n, 0)
  let seen = 0
  for (const { n, ms } of ordered) {
    seen += n
    if (seen >= wanted) return Math.round(ms / n)
  }
  return 0
}

/** Active states with all that they are in: each has its own stretch. */
export function withOuter(leaves: readonly string[]): Set<string> {
  const paths = new Set<string>()
  for (const leaf of leaves)
    for (let end = leaf.length; end > 0; end = leaf.lastIndexOf('.', end - 1)) paths.add(leaf.slice(0, end))
  return paths
}

/** Where a page of norms' jobs ended. `row` and `n` rise in the order in which things came; what they number is the store's. */
type Place = { day: string; row: number; n: number }

export const encodePlace = ({ day, row, n }: Place): string => `${day}.${row}.${n}`

/** @throws BadCursor */
export function decodePlace(cursor: string): Place {
  const found = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})\.(\d{1,9})$/.exec(cursor)
  if (found?.[1] === undefined) throw new BadCursor()
  return { day: found[1], row: Number(found[2]), n: Number(found[3]) }
}
