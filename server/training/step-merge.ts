/**
 * Steps that come in against those that are there: gone on with, said again, taken back, or behind.
 *
 * Promises: a repeat changes nothing; what a trainer threw in is never lost to somebody who did not know of it.
 * Must not: know what a step means.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Step } from '../../machines/simulate/scenario.ts'
import type { AddSteps } from '../../machines/wire/training.ts'

export type Merged =
  | { is: 'repeat' }
  | { is: 'behind' }
  /** The first `keep` stay, `add` comes after them. */
  | { is: 'go'; keep: number; add: readonly Step[] }

/** @param back whether steps may be taken back */
export function mergeSteps(present: readonly Step[], sent: AddSteps, back: boolean): Merged {
  const { from, steps, count } = sent
  if (from > present.length) return { is: 'behind' }
  let same = 0
  while (
    same < steps.length &&
    from + same < present.length &&
    isDeepStrictEqual(present[from + same], steps[same])
  )
    same++
  const keep = from + same
  const add = steps.slice(same)
  if (keep === present.length) return add.length === 0 ? { is: 'repeat' } : { is: 'go', keep, add }
  if (!back) return add.length === 0 && steps.length > 0 ? { is: 'repeat' } : { is: 'behind' }
  const thrownIn = present.slice(keep).some(({ what }) => what.do === 'happen')
  const knows = count === undefined ? !thrownIn : count === present.length
  return knows ? { is: 'go', keep, add } : { is: 'behind' }
}
