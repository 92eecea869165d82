/**
 * A definition made ready to run: once per hash, shared by all jobs of the version.
 *
 * Promises: a compiled process is never changed; compiling the same definition again gives the same object.
 * Must not: run anything (`advance/`), or accept a definition that the validator would refuse.
 */
import type { AnyStateMachine } from 'xstate'
import { hashOf } from '../definition/hash.ts'
import type { Definition } from '../definition/schema.ts'
import { buildTree, type Tree, type TreeTransition } from '../definition/tree.ts'
import { createExpressionEnvironment } from '../expression/environment.ts'
import type { ExpressionEnvironment, Variables } from '../expression/expression.ts'
import { type PlacedItem, placeItems } from './checklists.ts'
import type { Frame } from './frame.ts'
import { type Build, createProcessMachine } from './machine-config.ts'
import { type Takers, takersOf } from './takers.ts'

export type Compiled = {
  readonly definition: Definition
  readonly hash: string
  readonly tree: Tree
  readonly machine: AnyStateMachine
  readonly expressions: ExpressionEnvironment
  readonly items: ReadonlyMap<string, PlacedItem>
  readonly transitions: ReadonlyMap<string, TreeTransition>
  readonly settings: Variables['settings']
  readonly unticked: Readonly<Record<string, boolean>>
  readonly build: Build
  /** Which transitions answer to an event. */
  takers(type: string): Takers
  /** Runs `inside` with a frame in force. Synchronous, and never nested for one process. */
  withFrame<Result>(frame: Frame, inside: () => Result): Result
}

/** Compiles a valid definition. `hash` spares computing it where it is known. */
export function compile(definition: Definition, hash = hashOf(definition)): Compiled {
  const tree = buildTree(definition)
  const expressions = createExpressionEnvironment(definition)
  const items = placeItems(definition, tree, expressions)
  let current: Frame | undefined
  const build: Build = { definition, expressions, items, frame: () => current }
  return {
    definition,
    hash,
    tree,
    machine: createProcessMachine(build, tree.root),
    expressions,
    items,
    transitions: new Map(
      tree.nodes.flatMap((node) => node.transitions.map((placed) => [placed.pointer, placed])),
    ),
    settings: Object.fromEntries(
      Object.entries(definition.meta.settings ?? {}).map(([name, setting]) => [name, setting.value]),
    ),
    unticked: Object.fromEntries([...items.keys()].map((id) => [id, false])),
    build,
    takers: takersOf(definition, tree),
    withFrame: (frame, inside) => {
      const before = current
      current = frame
      try {
        return inside()
      } finally {
        current = before
      }
    },
  }
}

/** Enough for every version that jobs still run on in a large organisation. */
const MAX_KEPT = 500
const kept = new Map<string, Compiled>()

/** `compile`, kept by hash; the least recently used goes first. */
export function compiled(definition: Definition, hash = hashOf(definition)): Compiled {
  const known = kept.get(hash)
  const result = known ?? compile(definition, hash)
  kept.delete(hash)
  kept.set(hash, result)
  if (kept.size > MAX_KEPT) {
    const oldest = kept.keys().next()
    if (!oldest.done) kept.delete(oldest.value)
  }
  return result
}
