/**
 * Which transitions of which states answer to an event: sought once for each event of a process.
 *
 * Promises: XState's order - longest descriptor first, then document order. Must not: ask what is active, or any guard.
 */
import { matchesDescriptor } from '../definition/descriptor.ts'
import type { Definition } from '../definition/schema.ts'
import type { Tree, TreeNode, TreeTransition } from '../definition/tree.ts'

export type Takers = {
  /** Those of a state itself. */
  of(node: TreeNode): readonly TreeTransition[]
  /** Whether it has any, or a state within it does. */
  within(node: TreeNode): boolean
  /** Whether one of the active states has any. @param active paths */
  among(active: ReadonlySet<string>): boolean
}

const NONE: readonly TreeTransition[] = []
const descriptorLength = ({ trigger }: TreeTransition): number =>
  trigger.kind === 'on' ? trigger.descriptor.length : 0

function sought(tree: Tree, type: string): Takers {
  const own = new Map<TreeNode, readonly TreeTransition[]>()
  const around = new Set<TreeNode>()
  for (const node of tree.nodes) {
    const taking = node.transitions.filter(
      ({ trigger }) => trigger.kind === 'on' && matchesDescriptor(trigger.descriptor, type),
    )
    if (taking.length === 0) continue
    own.set(
      node,
      taking.sort((a, b) => descriptorLength(b) - descriptorLength(a)),
    )
    for (let above: TreeNode | undefined = node; above !== undefined; above = above.parent) around.add(above)
  }
  const paths = [...own.keys()].map(({ path }) => path)
  return {
    of: (node) => own.get(node) ?? NONE,
    within: (node) => around.has(node),
    // The root is always active.
    among: (active) => paths.some((path) => path === '' || active.has(path)),
  }
}

/** Only of declared events are they kept: how many others are asked for is a stranger's choice. */
export function takersOf(definition: Definition, tree: Tree): (type: string) => Takers {
  const kept = new Map<string, Takers>()
  return (type) => {
    const known = kept.get(type)
    if (known !== undefined) return known
    const found = sought(tree, type)
    if (Object.hasOwn(definition.schemas.events, type)) kept.set(type, found)
    return found
  }
}
