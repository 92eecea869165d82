/**
 * An expression tried on values that a person chose: what comes out, and which of its parts decided.
 *
 * Promises: the engine's own evaluation. Of a condition that holds, the parts named are those without which it would
 * not; of one that does not, those that stood in the way.
 * Must not: put anything in words; the values it saw are there for that.
 */
import { Environment } from '@marcbachmann/cel-js'
import { Judge, valueAt } from './explain.ts'
import type { ExpressionEnvironment, Variables } from './expression.ts'
import { namesOf } from './run.ts'
import { type Node, pathsRead, type Range, rangeOf, sourceOf, withoutComments } from './syntax.ts'

/** `unknown`: it depends on an event that is not at hand; `error`: a field is not set, or the types do not fit. */
type TriedVerdict = 'true' | 'false' | 'unknown' | 'error'
export type DecidingPart = {
  readonly expression: string
  readonly range: Range
  readonly verdict: TriedVerdict
  /** By path, `job.backup`: JSON values, `null` where unset. */
  readonly values: Readonly<Record<string, unknown>>
}
export type Tried = {
  readonly verdict: TriedVerdict
  /** What came out, where it is no condition. */
  readonly value?: unknown
  /** The path that is not set, where that is the cause. */
  readonly missing?: string
  readonly parts: readonly DecidingPart[]
}

const syntax = new Environment()

/** Tries a text. What cannot be read at all is an error without parts. */
export function tryExpression(environment: ExpressionEnvironment, text: string, variables: Variables): Tried {
  try {
    const plain = withoutComments(text)
    const { ast } = syntax.parse(plain)
    return tried(environment, text, plain, ast, variables)
  } catch {
    return { verdict: 'error', parts: [] }
  }
}

function tried(
  environment: ExpressionEnvironment,
  text: string,
  plain: string,
  ast: Node,
  variables: Variables,
): Tried {
  const found = environment.program(text).evaluate(variables)
  if (found.ok && typeof found.value !== 'boolean') return { verdict: 'true', value: found.value, parts: [] }
  const judge = new Judge((part) => environment.program(sourceOf(part, plain)).evaluate(variables))
  // The parts to blame for its not being the other way round.
  const blamed = judge.blame(ast, !(found.ok && found.value === true))
  const parts = blamed.map(({ node }): DecidingPart => {
    const range = rangeOf(node, plain)
    return {
      expression: text.slice(range.start, range.end),
      range,
      verdict: verdictOf(judge, node),
      values: Object.fromEntries(pathsRead(node).map((path) => [namesOf(path), valueAt(path, variables)])),
    }
  })
  if (found.ok) return { verdict: found.value === true ? 'true' : 'false', parts }
  return {
    verdict: found.cause === 'payload' ? 'unknown' : 'error',
    ...(found.path === undefined ? {} : { missing: found.path }),
    parts,
  }
}

function verdictOf(judge: Judge, node: Node): TriedVerdict {
  const verdict = judge.verdict(node, true)
  if (typeof verdict === 'boolean') return verdict ? 'true' : 'false'
  return verdict.cause === 'payload' ? 'unknown' : 'error'
}
