/**
 * Proof that a transition cannot be taken: nothing leads to its state, its guard contradicts itself or the settings, or another is always
 * taken before it.
 *
 * Promises: never calls unreachable what can be taken without moving a job by hand. (What is not proven may still be unreachable.)
 * Must not: run the machine.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Guard } from '../definition/schema.ts'
import type { TreeNode, TreeTransition } from '../definition/tree.ts'
import { entry } from '../validate/reachability.ts'
import { Abstract, type Valuation, valuations } from './explore-abstract.ts'
import { flowOf } from './explore-flow.ts'
import { pathsIn, type Reading, textsOf } from './explore-reading.ts'
import { isSettled } from './explore-settled.ts'

type Words = { readonly en: string; readonly zh: string }
export type Unreachable = {
  readonly why: 'no-way' | 'contradiction' | 'shadowed' | 'settled' | 'not-found'
  readonly message: Words
}

const WORDS = {
  'no-way': { en: 'No way leads to its state', zh: '没有路径可到达其所在状态' },
  contradiction: {
    en: 'Its guard can never be true with the settings as they are',
    zh: '在当前参数设置下，其条件不可能成立',
  },
  settled: {
    en: 'What it asks is settled before its state is entered, and nothing changes it there',
    zh: '其条件在进入该状态之前已有定论，在该状态内也不会改变',
  },
  shadowed: { en: 'Another transition is always taken before it', zh: '总有其他迁移先于它发生' },
} as const satisfies Record<string, Words>

const told = (why: keyof typeof WORDS, guard?: string): Unreachable => ({
  why,
  message:
    guard === undefined ? WORDS[why] : { en: `${WORDS[why].en}: ${guard}`, zh: `${WORDS[why].zh}：${guard}` },
})

/** Those asked for one by one before it. */
export const before = ({ source, trigger, index }: TreeTransition): readonly TreeTransition[] =>
  source.transitions.filter(
    (other) => JSON.stringify(other.trigger) === JSON.stringify(trigger) && other.index < index,
  )

const guardText = ({ transition: { guard } }: TreeTransition): string | undefined =>
  guard === undefined ? undefined : textsOf(guard).join(' && ') || undefined

const fieldsOf = (placed: readonly TreeTransition[]): readonly string[] => [
  ...new Set(
    placed.flatMap(({ transition: { guard } }) =>
      guard === undefined
        ? []
        : textsOf(guard)
            .flatMap(pathsIn)
            .flatMap((path) => (path.startsWith('job.') ? [path.split('.')[1] ?? ''] : [])),
    ),
  ),
]

export class Prover {
  readonly #compiled: Compiled
  readonly #reading: Reading
  readonly #abstract: Abstract
  readonly #flow: ReturnType<typeof flowOf>

  constructor(compiled: Compiled, reading: Reading) {
    this.#compiled = compiled
    this.#reading = reading
    this.#abstract = new Abstract(compiled)
    this.#flow = flowOf(compiled, this.#abstract)
  }

  /** What can be told of each transition by itself. */
  atOnce(): Map<string, Unreachable> {
    const found = new Map<string, Unreachable>()
    const there = this.#reached()
    for (const [pointer, placed] of this.#compiled.transitions) {
      const proof = there.has(placed.source) ? this.#alone(placed) : told('no-way')
      if (proof !== undefined) found.set(pointer, proof)
    }
    return found
  }

  /** States that some way leads to, whatever guards say unless they contradict themselves. */
  #reached(): ReadonlySet<TreeNode> {
    const reached = new Set(entry(this.#compiled.tree.root))
    const pending = [...reached]
    for (let node = pending.pop(); node !== undefined; node = pending.pop())
      for (const placed of node.transitions) {
        if (this.#alone(placed) !== undefined) continue
        for (const next of entered(placed))
          if (!reached.has(next)) {
            reached.add(next)
            pending.push(next)
          }
      }
    return reached
  }

  #alone(placed: TreeTransition): Unreachable | undefined {
    const earlier = before(placed)
    const all = valuations(this.#compiled, this.#reading, fieldsOf([placed, ...earlier])).filter((each) =>
      this.#isHeld(placed.source, each),
    )
    const { guard } = placed.transition
    const possible = all.filter((each) => this.#mayHold(placed, each))
    if (guard !== undefined && possible.length === 0) return told('contradiction', guardText(placed))
    if (possible.every((each) => this.#isShadowed(placed, earlier, each))) return told('shadowed')
    return isSettled(this.#compiled, placed, entered) ? told('settled', guardText(placed)) : undefined
  }

  /** Whether the fields can hold these values in a state. */
  #isHeld(state: TreeNode, valuation: Valuation): boolean {
    return Object.entries(valuation).every(([name, value]) => {
      const flow = this.#flow.get(name)
      return flow === undefined || flow.get(state)?.has(value) === true
    })
  }

  #mayHold({ transition }: TreeTransition, valuation: Valuation): boolean {
    const certain = this.#abstract.of(transition.guard, valuation)
    return certain === 'true' || certain === 'open'
  }

  /** What an earlier one asks beyond what this one asks as well is certain. */
  #isShadowed(placed: TreeTransition, earlier: readonly TreeTransition[], valuation: Valuation): boolean {
    const own = new Set(conditionsOf(placed.transition.guard).map((each) => JSON.stringify(each)))
    return earlier.some(({ transition }) =>
      conditionsOf(transition.guard).every(
        (each) => own.has(JSON.stringify(each)) || this.#abstract.of(each, valuation) === 'true',
      ),
    )
  }
}

/** All that must hold for a guard to hold. */
const conditionsOf = (guard: Guard | undefined): readonly Guard[] => {
  if (guard === undefined) return []
  return '@expr' in guard || guard.type !== 'and' ? [guard] : guard.params.guards.flatMap(conditionsOf)
}

/** Entered by a transition; by its history any state inside. */
function entered({ targets }: TreeTransition): readonly TreeNode[] {
  const inside = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(inside)]
  return targets.flatMap((target) =>
    target.kind === 'history' && target.parent !== undefined
      ? [...entry(target), ...inside(target.parent)]
      : entry(target),
  )
}
