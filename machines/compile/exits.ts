/**
 * Which states a transition leaves, told from the definition alone.
 *
 * Promises: the same answer as SCXML's exit set (and XState's), so that what a checklist bars can be told before
 * the machine runs.
 * Must not: resolve history by the job's past; for leaving, a history target counts as its parent's inside.
 */
import { ancestorsOf, isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'

/** The innermost state that the transition stays within. */
function domainOf({ source, targets, transition }: TreeTransition): TreeNode {
  const inside = targets.every((target) => target === source || isBelow(target, source))
  if (transition.reenter !== true && inside) return source
  const candidates = ancestorsOf(source)
  return candidates.find((above) => targets.every((target) => isBelow(target, above))) ?? source
}

/** Paths of the active states that taking the transition leaves. */
export function exitedBy(placed: TreeTransition, active: ReadonlySet<string>): Set<string> {
  const left = new Set<string>()
  if (placed.targets.length === 0) return left
  const domain = domainOf(placed)
  const prefix = domain.path === '' ? '' : `${domain.path}.`
  for (const path of active)
    if (path !== '' && path !== domain.path && path.startsWith(prefix)) left.add(path)
  if (placed.transition.reenter === true && placed.source === domain) left.add(domain.path)
  return left
}

/** Paths of the active states that the transition leaves, where leaving asks for the checklist. */
export const exitedUnwaived = (placed: TreeTransition, active: ReadonlySet<string>): Set<string> =>
  placed.transition.meta?.waivesChecklist === true ? new Set() : exitedBy(placed, active)

/**
 * What is left in the end: taking a transition into the final child of a state takes that state's `onDone` too.
 * A guarded `onDone` is not counted, since its guard is judged only then.
 */
export function exitedInTheEnd(placed: TreeTransition, active: ReadonlySet<string>): Set<string> {
  const left = exitedUnwaived(placed, active)
  for (const target of placed.targets) {
    if (target.kind !== 'final') continue
    const onDone = target.parent?.transitions.find(({ trigger }) => trigger.kind === 'done')
    if (onDone !== undefined && onDone.transition.guard === undefined)
      for (const path of exitedUnwaived(onDone, active)) left.add(path)
  }
  return left
}
