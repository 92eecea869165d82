/**
 * One macrostep of a compiled machine, with everything that it would have done caught instead of done.
 *
 * Promises: no actor lives, no timer starts, no clock is read; one inert scope serves all runs (making one per
 * event costs 2.5 to 3 times as much).
 * Must not: be re-entered; decide what the caught actions mean (`collect.ts`).
 */
import type { AnyActorScope, AnyMachineSnapshot } from 'xstate'
import { createActor, createMachine } from 'xstate'
import type { Compiled } from '../compile/compile.ts'
import type { Context, Snapshot, Tick } from './job.ts'

/** An action as XState resolved it, with the context at its place in the order. */
export type Caught = {
  type: string
  params: unknown
  context: Context
  event: { type: string; payload?: unknown }
}

export type Run = {
  snapshot: AnyMachineSnapshot
  caught: Caught[]
  /** Whether a transition took the event itself; undefined where nothing ran. */
  handled: boolean | undefined
  /** JSON pointers of the transitions taken, in order. */
  taken: string[]
  /** How many of the caught actions are the first step's. */
  first: number | undefined
}
type Runs = Pick<Compiled, 'machine'>

const blank = (): Omit<Run, 'snapshot'> => ({
  handled: undefined,
  caught: [],
  taken: [],
  first: undefined,
})
const recording: { run: Omit<Run, 'snapshot'> } = { run: blank() }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The context is ours by construction; this is where the type says so. */
export function contextOf(value: unknown): Context {
  if (isRecord(value) && isRecord(value.fields) && isRecord(value.checklist))
    return { fields: value.fields, checklist: ticksOf(value.checklist) }
  throw new TypeError('a snapshot without fields and checklist')
}
const isTick = (value: unknown): value is Tick =>
  isRecord(value) && typeof value.at === 'string' && typeof value.by === 'string'
const areTicks = (ticks: Record<string, unknown>): ticks is Context['checklist'] =>
  Object.values(ticks).every(isTick)
const ticksOf = (ticks: Record<string, unknown>): Context['checklist'] =>
  areTicks(ticks)
    ? ticks
    : Object.fromEntries(Object.entries(ticks).flatMap(([id, tick]) => (isTick(tick) ? [[id, tick]] : [])))

function pointerOf(transition: unknown): string | undefined {
  if (!isRecord(transition) || !isRecord(transition.meta)) return undefined
  return typeof transition.meta.pointer === 'string' ? transition.meta.pointer : undefined
}

/** The one scope. Its system is only asked to report microsteps, which name the transitions taken. */
const scope: AnyActorScope = (() => {
  const self = createActor(createMachine({}))
  self.system.inspect((inspection) => {
    if (inspection.type !== '@xstate.microstep') return
    const { run } = recording
    run.handled ??= inspection._transitions.length > 0
    run.first ??= run.caught.length
    for (const transition of inspection._transitions) {
      const pointer = pointerOf(transition)
      if (pointer !== undefined) run.taken.push(pointer)
    }
  })
  return {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    actionExecutor: (action) => {
      recording.run.caught.push({
        type: action.type,
        params: action.params,
        context: contextOf(action.info.context),
        event: action.info.event,
      })
    },
  }
})()

function record(inside: () => AnyMachineSnapshot): Run {
  const run = blank()
  recording.run = run
  return { snapshot: inside(), ...run }
}

/** The machine's first snapshot. Throws what a guard or an assignment threw. */
export function runStart({ machine }: Runs, context: Context): Run {
  return record(() => {
    const snapshot: AnyMachineSnapshot = machine.getInitialSnapshot(scope, context)
    if (snapshot.status === 'error') throw snapshot.error
    return snapshot
  })
}

/** Of each machine, by what says which states are active: XState seeks them in the tree anew each time. */
const restored = new WeakMap<object, Map<string, AnyMachineSnapshot>>()
const REMEMBERED = 1000

/** The stored snapshot as XState knows it. */
export function restore({ machine }: Runs, snapshot: Snapshot): AnyMachineSnapshot {
  const key = JSON.stringify([snapshot.status, snapshot.value, snapshot.historyValue])
  const of = restored.get(machine) ?? new Map<string, AnyMachineSnapshot>()
  restored.set(machine, of)
  const known = of.get(key) ?? restoredFrom(machine, snapshot)
  if (of.size >= REMEMBERED) of.clear()
  of.set(key, known)
  return { ...known, context: snapshot.context }
}

function restoredFrom(machine: Runs['machine'], snapshot: Snapshot): AnyMachineSnapshot {
  const persisted = {
    ...ended(snapshot.status),
    value: snapshot.value,
    // XState would search it for actors; there are none, and long checklists take long to search.
    context: {},
    historyValue: Object.fromEntries(
      Object.entries(snapshot.historyValue).map(([state, ids]) => [state, ids.map((id) => ({ id }))]),
    ),
    children: {},
  }
  return machine.restoreSnapshot(persisted, scope)
}
const ended = (status: Snapshot['status']) => ({
  status: status === 'done' ? ('done' as const) : ('active' as const),
  output: undefined,
  error: undefined,
})

/** Throws what a guard or an assignment threw, and where the machine finds no rest. */
export const runEvent = (
  { machine }: Runs,
  snapshot: AnyMachineSnapshot,
  event: { type: string; payload?: unknown },
): Run => record(() => machine.transition(snapshot, event, scope))

/** A snapshot at which nothing ran. */
export const still = (snapshot: AnyMachineSnapshot): Run => ({
  snapshot,
  handled: false,
  caught: [],
  taken: [],
  first: undefined,
})

/** What is stored of a snapshot. */
export function persist(snapshot: AnyMachineSnapshot): Snapshot {
  const historyValue: Snapshot['historyValue'] = {}
  for (const state of Object.keys(snapshot.historyValue).sort())
    historyValue[state] = (snapshot.historyValue[state] ?? []).map((node) => node.id)
  return {
    status: snapshot.status,
    value: snapshot.value,
    historyValue,
    context: contextOf(snapshot.context),
  }
}

/** Paths of the active leaves, in document order. */
export const leaves = (snapshot: AnyMachineSnapshot): string[] =>
  snapshot._nodes
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .sort((a, b) => a.order - b.order)
    .map((node) => node.path.join('.'))
