/**
 * Whether an event would be taken now, and why not: told without running the machine.
 *
 * Promises: the selection of XState (innermost state first, longest descriptor first, document order), so that what
 * is told here is what `advance` does.
 * Must not: change anything.
 */

import { openItems } from '../compile/checklists.ts'
import type { Compiled } from '../compile/compile.ts'
import { exitedInTheEnd } from '../compile/exits.ts'
import type { Frame, Standing } from '../compile/frame.ts'
import { judge } from '../compile/guards.ts'
import { itemOpen, plain } from '../compile/reasons.ts'
import { ancestorsOf, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import type { Reason } from './job.ts'

/** Whether a descriptor takes an event: the name itself, `*`, or `a.*` for `a` and all below it. */
export function takesEvent(descriptor: string, type: string): boolean {
  if (descriptor === '*' || descriptor === type) return true
  if (!descriptor.endsWith('.*')) return false
  const words = descriptor.slice(0, -2).split('.')
  const given = type.split('.')
  return words.every((word, index) => word === '*' || word === given[index])
}

export type EventVerdict =
  /** `certain`: no guard waits for the payload. */
  | { is: 'open'; taken: TreeTransition[]; certain: boolean }
  | { is: 'not-allowed-here' | 'guard-false' | 'checklist-open'; taken: TreeTransition[]; reasons: Reason[] }

const candidates = (node: TreeNode, type: string): TreeTransition[] =>
  node.transitions
    .filter(({ trigger }) => trigger.kind === 'on' && takesEvent(trigger.descriptor, type))
    .sort((a, b) => descriptorLength(b) - descriptorLength(a))
const descriptorLength = ({ trigger }: TreeTransition): number =>
  trigger.kind === 'on' ? trigger.descriptor.length : 0

type Found = { taken?: TreeTransition; certain: boolean; seen: TreeTransition[]; reasons: Reason[] }

/** The transition one leaf would take. */
function select(compiled: Compiled, leaf: TreeNode, type: string, frame: Frame, standing: Standing): Found {
  const found: Found = { certain: true, seen: [], reasons: [] }
  for (const node of [leaf, ...ancestorsOf(leaf)])
    for (const placed of candidates(node, type)) {
      found.seen.push(placed)
      const { guard } = placed.transition
      const verdict = guard === undefined ? undefined : judge(compiled.build, guard, frame, standing)
      if (verdict === undefined || verdict.is === 'true') return { ...found, taken: placed }
      if (verdict.is === 'unknown') return { ...found, taken: placed, certain: false }
      found.reasons.push(...verdict.reasons)
    }
  return found
}

const distinct = (reasons: Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.message.en, reason])).values(),
]

/** With `standing.event` absent, guards that need the payload count as open. */
export function judgeEvent(
  compiled: Compiled,
  leaves: readonly string[],
  type: string,
  frame: Frame,
  standing: Standing,
): EventVerdict {
  const found = leaves.flatMap((path) => {
    const leaf = compiled.tree.byPath.get(path)
    return leaf === undefined ? [] : [select(compiled, leaf, type, frame, standing)]
  })
  const taken = [...new Set(found.flatMap((each) => each.taken ?? []))]
  if (taken.length === 0) {
    if (found.every((each) => each.seen.length === 0))
      return { is: 'not-allowed-here', taken, reasons: [notHere(type)] }
    const seen = [...new Set(found.flatMap((each) => each.seen))]
    return { is: 'guard-false', taken: seen, reasons: distinct(found.flatMap((each) => each.reasons)) }
  }
  const open = taken.some((each) => each.transition.meta?.waivesChecklist === true)
    ? []
    : openItems(
        compiled.items,
        new Set(taken.flatMap((each) => [...exitedInTheEnd(each, standing.active)])),
        frame,
        standing,
      )
  if (open.length > 0) return { is: 'checklist-open', taken, reasons: open.map(itemOpen) }
  return { is: 'open', taken, certain: found.every((each) => each.certain) }
}

const notHere = (type: string): Reason =>
  plain('not-allowed-here', `The present state does not take the event ${type}`, `当前状态不接受事件 ${type}`)
