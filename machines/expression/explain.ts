/**
 * Why an expression was not true: the smallest of its parts that stood in the way.
 *
 * Promises: goes down through and, or, not and ternary only; a part named is one that a person could change. What a
 * part is worth is what the evaluation says of it.
 * Must not: put anything in words for people (that is the engine's, which knows the titles of fields).
 */
import type { Evaluation, FalsePart, Variables } from './expression.ts'
import { type Failure, namesOf } from './run.ts'
import { own } from './shapes.ts'
import { type Node, type Path, pathsRead, rangeOf } from './syntax.ts'

type Evaluate = (node: Node) => Evaluation
/** What a condition is worth; a failure where it cannot be told. */
type Verdict = boolean | Failure
/** `turned`: the part was true, and should not have been. */
type Blamed = { readonly node: Node; readonly turned: boolean }

/** What a condition is worth, with the causes of all its parts weighed; parts are evaluated once each. */
export class Judge {
  readonly #evaluate: Evaluate
  readonly #known = new Map<Node, Verdict>()

  constructor(evaluate: Evaluate) {
    this.#evaluate = evaluate
  }

  /** @param want what the condition should be, which says whether an unknown part could still bring it about */
  verdict(node: Node, want: boolean): Verdict {
    switch (node.op) {
      case '&&':
      case '||':
        return joined(
          node.args.map((part) => this.verdict(part, want)),
          node.op === '||',
          want,
        )
      case '!_': {
        const inner = this.verdict(node.args, !want)
        return typeof inner === 'boolean' ? !inner : inner
      }
      case '?:': {
        const [condition, then, otherwise] = node.args
        const chosen = this.verdict(condition, true)
        return typeof chosen === 'boolean' ? this.verdict(chosen ? then : otherwise, want) : chosen
      }
      default:
        return this.#single(node)
    }
  }

  #single(node: Node): Verdict {
    const known = this.#known.get(node)
    if (known !== undefined) return known
    const found = this.#evaluate(node)
    const verdict = found.ok
      ? typeof found.value === 'boolean'
        ? found.value
        : { ok: false as const, cause: 'error' as const, message: 'not a condition' }
      : found
    this.#known.set(node, verdict)
    return verdict
  }

  /** The parts for which the condition is not what it should be. */
  blame(node: Node, want: boolean): Blamed[] {
    switch (node.op) {
      case '&&':
      case '||':
        return this.#blameOfJoined(node.args, node.op === '||', want)
      case '!_':
        if (isJoint(node.args)) return this.blame(node.args, !want)
        return [want ? { node, turned: false } : { node: node.args, turned: false }]
      case '?:':
        return this.#blameOfChoice(node.args, want)
      default:
        return [{ node, turned: !want }]
    }
  }

  #blameOfJoined(parts: readonly Node[], decisive: boolean, want: boolean): Blamed[] {
    const failed = parts.filter((part) => this.verdict(part, want) !== want)
    // Any one of them would have done: all are to blame.
    if (decisive === want) return failed.flatMap((part) => this.blame(part, want))
    const told = failed.filter((part) => {
      const verdict = this.verdict(part, want)
      return typeof verdict === 'boolean' || verdict.cause === 'missing'
    })
    return (told.length > 0 ? told : failed).flatMap((part) => this.blame(part, want))
  }

  #blameOfChoice([condition, then, otherwise]: readonly [Node, Node, Node], want: boolean): Blamed[] {
    const chosen = this.verdict(condition, true)
    if (typeof chosen !== 'boolean') return this.blame(condition, true)
    const branch = chosen ? then : otherwise
    return branch.op === 'value' ? this.blame(condition, !chosen) : this.blame(branch, want)
  }
}

const isJoint = (node: Node): boolean =>
  node.op === '&&' || node.op === '||' || node.op === '!_' || node.op === '?:'

/** `decisive`: the value of one part that settles the whole. */
function joined(parts: readonly Verdict[], decisive: boolean, want: boolean): Verdict {
  if (parts.includes(decisive)) return decisive
  // What is not known yet counts only where it could still bring about what is wanted.
  const order =
    decisive === want
      ? (['payload', 'missing', 'error'] as const)
      : (['missing', 'error', 'payload'] as const)
  const failures = parts.filter((part) => typeof part !== 'boolean')
  for (const cause of order) {
    const found = failures.find((failure) => failure.cause === cause)
    if (found !== undefined) return found
  }
  return !decisive
}

/** The blamed parts as people may read them, each with the values it saw. */
export function falseParts(
  judge: Judge,
  ast: Node,
  text: string,
  plain: string,
  variables: Variables,
): FalsePart[] {
  return judge.blame(ast, true).map(({ node, turned }) => {
    const range = rangeOf(node, plain)
    const source = text.slice(range.start, range.end)
    const values = Object.fromEntries(
      pathsRead(node).map((path) => [namesOf(path), valueAt(path, variables)]),
    )
    return { expression: turned ? `!(${source})` : source, range, values }
  })
}

/** What a path holds, as JSON; `null` where it is not set. */
export function valueAt({ variable, names }: Path, variables: Variables): unknown {
  if (variable === 'now') return new Date(variables.now).toISOString()
  if (variable === 'tz') return variables.timeZone
  const root: unknown = variable === 'event' ? variables.event?.payload : variables[variable]
  const found = names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? own(value, name) : undefined),
    root,
  )
  return found ?? (variable === 'checklist' ? false : null)
}
