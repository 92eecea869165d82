/**
 * The tree of a practice, kept in this browser: the server knows only the way one is on.
 *
 * Promises: what cannot be kept or read is as if it were not there.
 */
import Type from 'typebox'
import { Check } from 'typebox/value'
import { Step } from '../../../machines/simulate/scenario.ts'
import type { StoredTimeline } from '../room/timeline.ts'

const keyOf = (attempt: string): string => `fieldchart training ${attempt}`
const Kept = Type.Object({
  moments: Type.Array(Type.Object({ parent: Type.Integer({ minimum: 0 }), step: Step })),
  here: Type.Integer({ minimum: 0 }),
  names: Type.Record(Type.String(), Type.String()),
})

export function keepTree(attempt: string, tree: StoredTimeline): void {
  try {
    sessionStorage.setItem(keyOf(attempt), JSON.stringify(tree))
  } catch {
    // Without room, a page that is loaded again has the way alone.
  }
}
export function keptTree(attempt: string): StoredTimeline | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(attempt)) ?? 'null')
    return Check(Kept, kept) ? kept : undefined
  } catch {
    return undefined
  }
}
export const forgetTree = (attempt: string): void => {
  try {
    sessionStorage.removeItem(keyOf(attempt))
  } catch {
    // Nothing was kept.
  }
}
