/**
 * What another version of a process means for jobs that run on this one: state by state, whether a job that rests
 * there can move over as it is, and which of its timers would be others.
 *
 * Promises: "as it is" is said only where the state, all states around it and every parallel region are still there
 * and of the same kind, and where no field has become narrower.
 * Must not: see a job, count jobs, or move one. It compares two definitions that are valid.
 */
import Type, { type Static } from 'typebox'
import { type Definition, Text } from '../definition/schema.ts'
import { ancestorsOf, buildTree, type Tree, type TreeNode } from '../definition/tree.ts'
import { FieldChange, unfitFields } from './fields.ts'
import { changedTimers, TimerChange, timersOf } from './timers.ts'

const closed = { additionalProperties: false } as const

/** Why a job in this state needs a target. */
const Obstacle = Type.Enum([
  /** There is no state of this path. */
  'state-gone',
  /** It, or a state around it, is of another kind. */
  'kind-changed',
  /** A parallel state around it has a region more, in which the job would be nowhere. */
  'region-added',
])
type Obstacle = Static<typeof Obstacle>

export const StateImpact = Type.Object(
  {
    /** From the root: `repairing.opened`. */
    path: Type.String(),
    title: Type.Optional(Text),
    /**
     * `as-is`: a job moves over as it is. `if-values-fit`: it does where its values fit the changed fields.
     * `needs-target`: someone must say where it goes.
     */
    verdict: Type.Enum(['as-is', 'if-values-fit', 'needs-target']),
    obstacles: Type.Array(Obstacle),
    /** Where it might go: a path of the next version. */
    suggestion: Type.Optional(Type.String()),
    /** Only where the state is still there. */
    timers: Type.Array(TimerChange),
  },
  closed,
)
export type StateImpact = Static<typeof StateImpact>

export const Impact = Type.Object(
  {
    /** Every state that a job can rest in, in document order. */
    states: Type.Array(StateImpact),
    /** Fields whose values may not fit. They concern the jobs in all states alike. */
    fields: Type.Array(FieldChange),
  },
  closed,
)
export type Impact = Static<typeof Impact>

/**
 * @param old the definition that the jobs run on
 * @param next the one that would take its place
 */
export function impactOf(old: Definition, next: Definition): Impact {
  const [before, after] = [buildTree(old), buildTree(next)]
  const fields = unfitFields(old.schemas.context, next.schemas.context)
  const states = before.nodes.filter(isRest).map((state): StateImpact => {
    const same = after.byPath.get(state.path)
    const obstacles = obstaclesOf(state, same)
    const { title } = state.node.meta ?? {}
    const suggestion = obstacles.length === 0 ? undefined : suggestionFor(state, same, after)
    return {
      path: state.path,
      ...(title === undefined ? {} : { title }),
      verdict: obstacles.length > 0 ? 'needs-target' : fields.length > 0 ? 'if-values-fit' : 'as-is',
      obstacles,
      ...(suggestion === undefined ? {} : { suggestion: suggestion.path }),
      timers:
        same === undefined || obstacles.length > 0
          ? []
          : changedTimers(timersOf(old, state), timersOf(next, same)),
    }
  })
  return { states, fields }
}

/** A leaf where a running job can be: the end of the process itself is none, the end of a region or part is. */
const isRest = (node: TreeNode): boolean =>
  node.kind === 'atomic' ? node.depth > 0 : node.kind === 'final' && node.depth > 1

/** `same`: the state of the same path in the next version. */
function obstaclesOf(state: TreeNode, same: TreeNode | undefined): Obstacle[] {
  if (same === undefined) return ['state-gone']
  const [mine, theirs] = [
    [state, ...ancestorsOf(state)],
    [same, ...ancestorsOf(same)],
  ]
  const pairs = mine.flatMap((old, index) => {
    const next = theirs[index]
    return next === undefined ? [] : [{ old, next }]
  })
  const found: Obstacle[] = []
  if (pairs.some(({ old, next }) => old.kind !== next.kind)) found.push('kind-changed')
  if (pairs.some(({ old, next }) => hasMoreRegions(old, next))) found.push('region-added')
  return found
}

const hasMoreRegions = (old: TreeNode, next: TreeNode): boolean =>
  old.kind === 'parallel' &&
  next.kind === 'parallel' &&
  regions(next).some((region) => !regions(old).includes(region))
const regions = (node: TreeNode): string[] =>
  node.children.filter((child) => child.kind !== 'history').map((child) => child.key)

/** Where a state that became a group begins; else the only state with its id, or of its name and kind. */
function suggestionFor(state: TreeNode, same: TreeNode | undefined, after: Tree): TreeNode | undefined {
  if (same !== undefined && same.kind !== state.kind) return firstLeaf(same)
  const { id } = state.node
  const byId = id === undefined ? undefined : after.byId.get(id)
  if (byId !== undefined && byId.kind === state.kind) return byId
  const namesakes = after.nodes.filter((node) => node.key === state.key && node.kind === state.kind)
  return namesakes.length === 1 ? namesakes[0] : undefined
}

/** The leaf that entering a state leads to, where that is one. */
function firstLeaf(node: TreeNode): TreeNode | undefined {
  let at: TreeNode | undefined = node
  while (at?.kind === 'compound') at = at.initial
  return at?.kind === 'atomic' || at?.kind === 'final' ? at : undefined
}
