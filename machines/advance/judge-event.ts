/**
 * Whether an event would be taken now, and why not: told without running the machine.
 *
 * Promises: the selection of XState (innermost state first, longest descriptor first, document order), so that what
 * is told here is what `advance` does.
 * Must not: change anything.
 */

import { openItems } from '../compile/checklists.ts'
import type { Compiled } from '../compile/compile.ts'
import { exitedBy, exitedInTheEnd } from '../compile/exits.ts'
import type { Frame, Standing } from '../compile/frame.ts'
import { judge } from '../compile/guards.ts'
import { itemOpen, notHere } from '../compile/reasons.ts'
import type { Takers } from '../compile/takers.ts'
import { isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import type { Reason } from './job.ts'

export type EventVerdict =
  | { is: 'open'; taken: TreeTransition[] }
  | { is: 'not-allowed-here' | 'guard-false' | 'checklist-open'; taken: TreeTransition[]; reasons: Reason[] }

/** What one place may take: those whose guard waits for the payload, then the one sure to be taken, if any. */
type Found = { options: TreeTransition[]; certain: boolean; seen: TreeTransition[]; reasons: Reason[] }
/** What the regions take together. */
type Plan = Found[]
type Question = { compiled: Compiled; type: string; takers: Takers; frame: Frame; standing: Standing }

/** A process with more alternatives than this at one event is told by the first of them. */
const MAX_PLANS = 16

function ownChoice({ compiled, takers, frame, standing }: Question, node: TreeNode): Found {
  const found: Found = { options: [], certain: false, seen: [], reasons: [] }
  for (const placed of takers.of(node)) {
    found.seen.push(placed)
    const { guard } = placed.transition
    const verdict = guard === undefined ? undefined : judge(compiled.build, guard, frame, standing)
    if (verdict === undefined || verdict.is === 'true')
      return { ...found, options: [...found.options, placed], certain: true }
    if (verdict.is === 'unknown') found.options.push(placed)
    else found.reasons.push(...verdict.reasons)
  }
  return found
}

/** Of a place where nothing answers to the event. */
const NOTHING: Found = { options: [], certain: false, seen: [], reasons: [] }

const merged = (parts: readonly Found[], last: Found): Found => ({
  options: [...parts.flatMap((part) => part.options), ...last.options],
  certain: last.certain,
  seen: [...parts.flatMap((part) => part.seen), ...last.seen],
  reasons: [...parts.flatMap((part) => part.reasons), ...last.reasons],
})

/** A state is asked where nothing inside it is sure to take the event. */
function orOutside(inside: Plan, own: Found): Plan[] {
  if (inside.some((found) => found.certain)) return [inside]
  if (inside.length <= 1) return [[merged(inside, own)]]
  const outside: Plan = [
    merged(
      inside.map((found) => ({ ...found, options: [] })),
      own,
    ),
  ]
  return inside.some((found) => found.options.length > 0) ? [inside, outside] : [outside]
}

/**
 * All ways in which the event may be taken, as XState asks: the active child first, a parallel state's regions
 * together, the state itself only where none of them takes it.
 */
function plansAt(question: Question, node: TreeNode): Plan[] {
  if (!question.takers.within(node)) return [[NOTHING]]
  const active = node.children.filter(({ path }) => question.standing.active.has(path))
  const inside = active
    .map((child) => plansAt(question, child))
    .reduce<Plan[]>(
      (plans, more) => plans.flatMap((plan) => more.map((found) => [...plan, ...found])).slice(0, MAX_PLANS),
      [[]],
    )
  const own = ownChoice(question, node)
  return inside.flatMap((plan) => orOutside(plan, own)).slice(0, MAX_PLANS)
}

/** Of two transitions that leave the same state the inner one is taken, else the first (SCXML, 3.13). */
function withoutConflicts(enabled: readonly TreeTransition[], active: ReadonlySet<string>): TreeTransition[] {
  const kept = new Map<TreeTransition, Set<string>>()
  for (const placed of enabled) {
    const left = exitedBy(placed, active)
    const rivals = [...kept].filter(([, others]) => !left.isDisjointFrom(others)).map(([rival]) => rival)
    if (rivals.some((rival) => !isBelow(placed.source, rival.source))) continue
    for (const rival of rivals) kept.delete(rival)
    kept.set(placed, left)
  }
  return [...kept.keys()]
}

const distinct = (reasons: Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.message.en, reason])).values(),
]

/** Whether a state that is active answers to the event at all: what no state answers to is barred for that alone. */
export const isTakenHere = (compiled: Compiled, type: string, { active }: Standing): boolean =>
  compiled.takers(type).among(active)

/** With `standing.event` absent, what depends on the payload is judged by its best outcome. */
export function judgeEvent(compiled: Compiled, type: string, frame: Frame, standing: Standing): EventVerdict {
  if (!isTakenHere(compiled, type, standing))
    return { is: 'not-allowed-here', taken: [], reasons: [notHere(compiled.definition, type)] }
  const question = { compiled, type, takers: compiled.takers(type), frame, standing }
  const verdicts = plansAt(question, compiled.tree.root).map((plan) => judgePlan(question, plan))
  const best = (['open', 'checklist-open', 'guard-false'] as const)
    .map((is) => verdicts.find((verdict) => verdict.is === is))
    .find((verdict) => verdict !== undefined)
  return best ?? { is: 'not-allowed-here', taken: [], reasons: [notHere(compiled.definition, type)] }
}

function judgePlan({ compiled, frame, standing, type }: Question, plan: Plan): EventVerdict {
  const seen = [...new Set(plan.flatMap((found) => found.seen))]
  if (seen.length === 0)
    return { is: 'not-allowed-here', taken: [], reasons: [notHere(compiled.definition, type)] }
  if (plan.every((found) => found.options.length === 0))
    return { is: 'guard-false', taken: seen, reasons: distinct(plan.flatMap((found) => found.reasons)) }

  const openAt = (placed: TreeTransition) =>
    openItems(compiled.items, exitedInTheEnd(placed, standing.active), frame, standing)
  const chosen = plan.flatMap(({ options, certain }) => {
    const free = options.find((placed) => openAt(placed).length === 0)
    const sure = options.at(-1)
    if (free !== undefined) return [free]
    return certain && sure !== undefined ? [sure] : []
  })
  const taken = withoutConflicts([...new Set(chosen)], standing.active)
  const barring = taken.length === 0 ? plan.flatMap((found) => found.options) : taken
  const open = [...new Set(barring.flatMap(openAt))]
  return open.length > 0
    ? { is: 'checklist-open', taken: barring, reasons: open.map(itemOpen) }
    : { is: 'open', taken }
}
