/**
 * Machines for one move: the process as it is drawn, but that it takes the engine's event `MOVE` into given states,
 * and that entering and leaving do only what was asked.
 *
 * Promises: leaving, entering, initial states, history, timers and `always` are XState's own; made once for the same
 * move of the same process.
 * Must not: be used for anything but that one event.
 */
import type { AnyStateMachine } from 'xstate'
import type { TreeNode } from '../definition/tree.ts'
import type { Compiled } from './compile.ts'
import { createProcessMachine } from './machine-config.ts'

export type Move = {
  /** Each state that takes the event, and the states it leads to. */
  steps: readonly { source: TreeNode; targets: readonly TreeNode[] }[]
  /** Paths whose entry actions run. */
  running: ReadonlySet<string>
  /** Paths that the job does not really leave: their checklists stay as they are. */
  staying?: ReadonlySet<string>
}

/** A run over many jobs makes few moves; those of other runs need not be remembered. */
const MAX_KEPT = 100
const kept = new WeakMap<Compiled, Map<string, AnyStateMachine>>()

/** The machine for a move. */
export function moveMachine(compiled: Compiled, { steps, running, staying }: Move): AnyStateMachine {
  const { id } = compiled.definition
  const moves = new Map(
    steps.map(({ source, targets }) => [source.path, targets.map(({ path }) => `#${id}.${path}`)]),
  )
  const key = JSON.stringify([[...moves], [...running], [...(staying ?? [])]])
  const machines = kept.get(compiled) ?? new Map<string, AnyStateMachine>()
  kept.set(compiled, machines)
  const known = machines.get(key)
  if (known !== undefined) return known
  if (machines.size >= MAX_KEPT) machines.clear()
  const entering = (path: string) =>
    running.has(path) ? 'drawn' : staying?.has(path) === true ? 'nothing' : 'anew'
  const machine = createProcessMachine(compiled.build, compiled.tree.root, { moves, entering })
  machines.set(key, machine)
  return machine
}
