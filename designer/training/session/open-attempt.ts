/**
 * An attempt made ready to go on with in the page: its run from the steps that the server has, and the way back to it.
 *
 * Promises: what is done in the room is on its way to the server at once.
 * Must not: draw, or hold words.
 */
import type { Reason } from '../../../machines/advance/job.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { begin } from '../../../machines/simulate/run.ts'
import type { Ending, Mode, Setup } from '../../../machines/simulate/sim.ts'
import type { AttemptView } from '../../../machines/wire/training.ts'
import { Room } from '../room/room.ts'
import { follow, plant, restored, stepsTo, stored, type Timeline } from '../room/timeline.ts'
import { addSteps, readAttempt } from './attempt-api.ts'
import { AttemptSync } from './attempt-sync.ts'
import { keepTree, keptTree } from './kept-tree.ts'

export type OpenAttempt = { room: Room; sync: AttemptSync }

/** The server keeps only definitions that it has published. */
const isDefinition = (value: unknown): value is Definition => typeof value === 'object' && value !== null

/** What a replay of the attempt begins with; `undefined` where it holds no definition. */
export function setupOf(attempt: AttemptView, mode: Mode = attempt.mode): Setup | undefined {
  const { definition, hash, content, version, calendars, seed } = attempt
  if (!isDefinition(definition)) return undefined
  return { scenario: content, compiled: compiled(definition, hash), version, calendars, seed, mode }
}

const ENDINGS: readonly Ending[] = ['job', 'until', 'critical', 'time', 'gave-up', 'stuck']

/** The reasons where it cannot begin. */
export function openAttempt(attempt: AttemptView): OpenAttempt | { reasons: readonly Reason[] } {
  const setup = setupOf(attempt)
  const begun = setup === undefined ? undefined : begin(setup)
  if (begun?.ok !== true) return { reasons: begun?.reasons ?? [] }
  const timeline = treeOf(attempt, plant(begun.sim))
  const { id } = attempt
  const sync: AttemptSync = new AttemptSync(
    {
      add: (from, steps, count) => addSteps(id, from, steps, count),
      read: async () => (await readAttempt(id)).steps,
    },
    attempt.steps,
    {
      takeIn: (steps, unsent) => room.takeIn(steps, unsent),
      over: (why) => {
        // A practice ends here as there, and can be gone back in.
        if (attempt.mode === 'examination') room.endBy(ENDINGS.find((ending) => ending === why) ?? 'critical')
        return attempt.mode === 'examination'
      },
    },
  )
  const room: Room = new Room(timeline, (steps) => {
    sync.want(steps)
    if (attempt.mode === 'practice') keepTree(id, stored(room.view.timeline))
  })
  return { room, sync }
}

/** As this browser kept it, where the server stands at one of its moments; else the one way that the server knows. */
function treeOf(attempt: AttemptView, planted: Timeline): Timeline {
  const [beginning] = planted.moments
  const kept = attempt.mode === 'practice' ? keptTree(attempt.id) : undefined
  const tree = beginning === undefined || kept === undefined ? undefined : restored(beginning.sim, kept)
  const isTheSame = tree !== undefined && JSON.stringify(stepsTo(tree)) === JSON.stringify(attempt.steps)
  return isTheSame ? tree : follow(planted, attempt.steps).timeline
}
