/**
 * A job put on another version of its process: the job as it would be, what would change for it, or why it cannot.
 *
 * Promises: whole or not at all; an identity changes nothing but version, hash, seq and time. A move takes no step of
 * the process: no transition, no entry or exit action. Only where the job comes into a state that it was not in does
 * the machine look on from there (timers, `always`), and runs entry actions if they were asked for. The move is a line of the
 * history that makes the same job on a replay (E5), which needs both versions (E7).
 * Must not: read a clock, or know which job is meant to move.
 */
import { attempt } from '../advance/advance.ts'
import { type Case, caseOf, refuse, standingAt } from '../advance/case.ts'
import { conclude } from '../advance/conclude.ts'
import type { Advanced, Command, Context, Job, Reason, Snapshot, Surroundings } from '../advance/job.ts'
import type { Caught } from '../advance/run-machine.ts'
import { persist, type Run, restore, runEvent, still } from '../advance/run-machine.ts'
import type { Compiled } from '../compile/compile.ts'
import { MOVE } from '../compile/machine-config.ts'
import { moveMachine } from '../compile/move-machine.ts'
import { plain } from '../compile/reasons.ts'
import { dataOf } from './data.ts'
import { say } from './names.ts'
import { idOf, nodesById, type Places, placesOf } from './places.ts'
import { timersOf } from './timers.ts'

export type Migrate = Extract<Command, { kind: 'migrate' }>
/** `notes`: what the move brings, in words; empty where nothing changes but the version. */
export type Moved = Advanced & { notes: Reason[] }

/** @param from the version that the job runs on @param to the one that the command names */
export function planMove(
  from: Compiled,
  to: Compiled,
  job: Job,
  command: Migrate,
  surroundings: Surroundings,
): Moved {
  const none = (refused: Advanced): Moved => ({ ...refused, notes: [] })
  if (job.status !== 'active')
    return none(refuse('job-over', [plain('job-over', 'The job is over', '工单已结束')]))
  if (to.hash !== command.hash || from.hash !== job.hash || from.definition.id !== to.definition.id)
    return none(
      refuse('cannot-move', [
        plain('wrong-version', 'This is not the version that was meant', '这不是所指的版本'),
      ]),
    )
  const placed = placesOf(from, to, command.mapping, job.snapshot)
  if (!placed.ok) return none(refuse('cannot-move', placed.reasons))
  const at = caseOf(to, { ...job, version: command.version, hash: command.hash }, command, surroundings)
  const notes = [...placed.places.notes]
  const advanced = attempt(at, () => carryOver(from, at, command, placed.places, notes))
  return advanced.ok ? { ...advanced, notes } : none(advanced)
}

function carryOver(
  from: Compiled,
  at: Case,
  { mapping }: Migrate,
  places: Places,
  notes: Reason[],
): Advanced {
  const carried = dataOf(from, at.compiled, mapping, at.before.snapshot.context)
  if (!carried.ok) return refuse('cannot-move', carried.reasons)
  const { context } = carried.kept
  const standing = standingAt(restore(at.compiled, snapshotAt(places, context)))
  const carriedTimers = timersOf(from, at, mapping, places, standing)
  const along = new Set(carriedTimers.timers.all.map(({ id }) => id))
  const run = runInto(at.compiled, places, context, along, mapping.runEntry === true)
  notes.push(...carried.kept.notes, ...carriedTimers.notes, ...ranOn(run, mapping.runEntry === true))
  return conclude(at, { run, timers: carriedTimers.timers, byHand: true })
}

const snapshotAt = ({ value, historyValue }: Places, context: Context): Snapshot => ({
  status: 'active',
  value,
  historyValue,
  context,
})

/** The job in its new place. Where it comes into new states, the machine enters those and looks on. */
function runInto(
  to: Compiled,
  places: Places,
  context: Context,
  along: ReadonlySet<string>,
  runEntry: boolean,
): Run {
  const snapshot = snapshotAt(places, context)
  if (places.enters.length === 0) return still(restore(to, snapshot))
  const entered = new Set(places.enters.map(({ path }) => path))
  const machine = moveMachine(to, {
    steps: [{ source: to.tree.root, targets: places.leaves }],
    running: runEntry ? entered : new Set(),
    staying: places.stays,
  })
  const run = runEvent({ machine }, restore({ machine }, snapshot), { type: MOVE })
  const stays = new Set(
    [...places.stays].flatMap((path) => {
      const node = to.tree.byPath.get(path)
      return node === undefined ? [] : [idOf(to.definition, node)]
    }),
  )
  const caught = run.caught.filter(
    (action, n) => n >= (run.first ?? 0) || !isDoneAlready(action, stays, along),
  )
  return { ...run, caught, snapshot: restore(to, withMemory(to, run, places)) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** To enter some states the machine leaves and enters all: what that does to timers that the job has already is undone. */
function isDoneAlready(
  { type, params }: Caught,
  stays: ReadonlySet<string>,
  along: ReadonlySet<string>,
): boolean {
  if (!isRecord(params)) return false
  if (type === 'xstate.cancel')
    return typeof params.sendId === 'string' && params.sendId.startsWith('xstate.after.')
  if (type !== 'xstate.raise' || typeof params.id !== 'string') return false
  if (along.has(params.id)) return true
  const state = /^xstate\.after\.[^.]+\.(.*)$/s.exec(params.id)?.[1]
  return state !== undefined && stays.has(state)
}

/** Likewise what history states remember, unless the process went on and left their parents. */
function withMemory(to: Compiled, run: Run, { historyValue }: Places): Snapshot {
  const snapshot = persist(run.snapshot)
  const active = new Set(run.snapshot._nodes.map(({ id }) => id))
  const left = Object.entries(snapshot.historyValue).filter(([id]) => {
    const parent = nodesById(to).get(id)?.parent
    return run.taken.length > 0 && parent !== undefined && !active.has(idOf(to.definition, parent))
  })
  return { ...snapshot, historyValue: { ...historyValue, ...Object.fromEntries(left) } }
}

function ranOn({ taken, caught }: Run, runEntry: boolean): Reason[] {
  const acts = caught.filter(({ type }) => !type.startsWith('xstate.'))
  return [
    ...(taken.length === 0
      ? []
      : [say('goes-on', 'From there it goes on by itself', '随后流程自动继续推进')]),
    ...(runEntry && acts.length > 0
      ? [say('entry-runs', `Entry actions run: ${acts.length}`, `执行进入动作：${acts.length} 项`)]
      : []),
  ]
}
