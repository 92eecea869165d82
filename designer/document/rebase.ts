/**
 * The steps of a stack put over what others changed meanwhile, so that undoing takes back one's own work alone.
 *
 * Promises: every state that undo and redo can reach holds what the others changed; where a step touched the same,
 * theirs stands. A step that came to nothing is left out.
 * Must not: decide what the present document is (who merges does), or tell anybody.
 */
import { type Document, documentJson } from './document.ts'
import type { Json } from './json.ts'
import { isSame } from './json.ts'
import { decided, merge } from './merge.ts'
import { applyPatches, difference } from './patch.ts'
import type { Step } from './stored-stack.ts'

export type Rebased = {
  readonly steps: readonly Step[]
  readonly done: number
  /** Where a mark leads now: the step itself, or the last one before it that is left. */
  markOf(mark: number): number
}

/**
 * Any state of the stack, given what the others made of `base`; `theirs` stands where both changed the same.
 * Both are JSON of whole documents.
 */
export function overTheirs(base: Document, theirs: Document): (state: Json) => Json {
  const from = documentJson(base)
  // By patches, so that all they left alone is shared, and comparing many states stays cheap.
  const to = applyPatches(from, difference(from, documentJson(theirs)))
  return (state) => {
    const { merged, conflicts } = merge(from, state, to)
    return conflicts.toReversed().reduce((made, each) => decided(made, each, 'theirs'), merged)
  }
}

/**
 * @param present the state after `done` steps, and `now` what it has become
 * @param over makes of any other state what it is to be
 */
export function rebased(
  { steps, done }: { steps: readonly Step[]; done: number },
  present: Json,
  now: Json,
  over: (state: Json) => Json,
): Rebased {
  const made: Json[] = Array.from({ length: steps.length + 1 }, () => now)
  let state = present
  for (let at = done; at > 0; at--) {
    state = applyPatches(state, steps[at - 1]?.backward ?? [])
    made[at - 1] = over(state)
  }
  state = present
  for (let at = done; at < steps.length; at++) {
    state = applyPatches(state, steps[at]?.forward ?? [])
    made[at + 1] = over(state)
  }
  const next = steps.map((step, index): Step | undefined => {
    const [before, after] = [made[index] ?? now, made[index + 1] ?? now]
    if (isSame(before, after)) return undefined
    return { ...step, forward: difference(before, after), backward: difference(after, before) }
  })
  const isLeft = (step: Step | undefined): step is Step => step !== undefined
  return {
    steps: next.filter(isLeft),
    done: next.slice(0, done).filter(isLeft).length,
    markOf(mark) {
      const index = steps.findIndex(({ id }) => id === mark)
      return index < 0 ? mark : (next.slice(0, index + 1).findLast(isLeft)?.id ?? 0)
    },
  }
}
