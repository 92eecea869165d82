/**
 * Which values a field can hold where: what flows through the states of a process when only its own transitions write the field.
 *
 * Promises: never leaves out a value that can be held there without moving a job by hand. (It may tell more than there are.)
 * Must not: run the machine, or follow fields that people may set right by hand.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Action, Field } from '../definition/schema.ts'
import { ancestorsOf, isBelow, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { entry } from '../validate/reachability.ts'
import { ABSENT, type Abstract } from './explore-abstract.ts'
import { actionsOf, enteredBy } from './explore-reading.ts'

type Values = ReadonlySet<unknown>
/** Not a literal: it may come to anything. */
const ANY = Symbol('any')

/** All that a field can hold, where that is few. */
function domainOf(field: Field | undefined): readonly unknown[] | undefined {
  if (field?.meta?.locked !== true) return undefined
  if (field.type === 'boolean') return [true, false, ABSENT]
  return field.enum === undefined ? undefined : [...field.enum, ABSENT]
}

/** What the last of some actions leaves in a field; nothing where none writes it. */
function written(actions: readonly Action[], name: string): unknown {
  let left: unknown
  for (const action of actions)
    if (action.type === '@xstate.assign' && Object.hasOwn(action.context, name)) {
      const value = action.context[name]
      left = value === null ? ABSENT : typeof value === 'object' ? ANY : value
    }
  return left
}

/** May be active at one time. */
function together(one: TreeNode, other: TreeNode): boolean {
  if (one === other || isBelow(one, other) || isBelow(other, one)) return true
  const shared = ancestorsOf(one).find((each) => isBelow(other, each))
  return shared?.kind === 'parallel'
}

class Flow {
  readonly #compiled: Compiled
  readonly #abstract: Abstract
  readonly #name: string
  readonly #domain: readonly unknown[]
  readonly #held = new Map<TreeNode, Set<unknown>>()
  readonly #writers: readonly TreeTransition[]
  #changed = false

  constructor(compiled: Compiled, abstract: Abstract, name: string, domain: readonly unknown[]) {
    this.#compiled = compiled
    this.#abstract = abstract
    this.#name = name
    this.#domain = domain
    this.#writers = [...compiled.transitions.values()].filter((each) => this.#writes(each) !== undefined)
  }

  /** By state. */
  run(): ReadonlyMap<TreeNode, Values> {
    const { root } = this.#compiled.tree
    const first = entry(root)
    const given = written(
      first.flatMap(({ node }) => actionsOf(node.entry)),
      this.#name,
    )
    this.#add(first, given === undefined || given === ANY ? this.#domain : [given])
    do {
      this.#changed = false
      for (const placed of this.#compiled.transitions.values()) this.#take(placed)
    } while (this.#changed)
    return this.#held
  }

  #add(nodes: readonly TreeNode[], values: Iterable<unknown>): void {
    const all = [...values]
    for (const node of nodes)
      for (const each of [node, ...ancestorsOf(node)]) {
        const held = this.#held.get(each) ?? new Set()
        this.#held.set(each, held)
        for (const value of all) {
          if (held.has(value)) continue
          held.add(value)
          this.#changed = true
        }
      }
  }

  /** What a transition writes, with all that may be done on leaving and entering. */
  #writes(placed: TreeTransition): unknown {
    const { source, targets, transition } = placed
    const { nodes } = this.#compiled.tree
    const left = nodes.filter((node) => targets.length > 0 && together(node, source))
    const exits = left.flatMap(({ node }) => ('exit' in node ? actionsOf(node.exit) : []))
    const inside = nodes.filter((node) => targets.some((target) => isRemembered(node, target)))
    const uncertain = [...exits, ...inside.flatMap(({ node }) => actionsOf(node.entry))]
    if (written(uncertain, this.#name) !== undefined) return ANY
    const entries = enteredBy(placed).flatMap(({ node }) => actionsOf(node.entry))
    return written([...actionsOf(transition.actions), ...entries], this.#name)
  }

  #take(placed: TreeTransition): void {
    const { source, targets, transition } = placed
    const held = this.#held.get(source)
    if (held === undefined) return
    const possible = [...held].filter((value) => {
      const told = this.#abstract.of(transition.guard, { [this.#name]: value })
      return told === 'true' || told === 'open'
    })
    if (possible.length === 0) return
    const writes = this.#writes(placed)
    const after = writes === undefined ? possible : writes === ANY ? this.#domain : [writes]
    this.#add(enteredBy(placed), after)
    const { nodes } = this.#compiled.tree
    for (const target of targets)
      if (target.kind === 'history' && (writes !== undefined || !this.#keeps(target.parent)))
        this.#add(
          nodes.filter((node) => isRemembered(node, target)),
          after,
        )
    if (writes === undefined) return
    const still = targets.length === 0 ? [source] : targets
    this.#add(
      nodes.filter((node) => still.some((each) => together(node, each))),
      after,
    )
  }

  /** Whether the field is only written inside a state: come back to, it is as it was left. */
  #keeps(parent: TreeNode | undefined): boolean {
    return parent !== undefined && this.#writers.every(({ source }) => isBelow(source, parent))
  }
}

const isRemembered = (node: TreeNode, target: TreeNode): boolean =>
  target.kind === 'history' && target.parent !== undefined && isBelow(node, target.parent)

/** By field that only the process writes and that holds one of few values: by state, what it can be there. */
export function flowOf(
  compiled: Compiled,
  abstract: Abstract,
): ReadonlyMap<string, ReadonlyMap<TreeNode, Values>> {
  const { properties } = compiled.definition.schemas.context
  return new Map(
    Object.entries(properties).flatMap(([name, field]) => {
      const domain = domainOf(field)
      return domain === undefined ? [] : [[name, new Flow(compiled, abstract, name, domain).run()] as const]
    }),
  )
}
