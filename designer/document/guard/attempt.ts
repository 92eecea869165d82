/**
 * A guard tried on a job that a person made up: true or false, and which of its parts decided.
 *
 * Promises: the engine's own judgement. Parts are told by their place in the guard, and within an expression by their
 * place in its text.
 * Must not: change anything, or make values up (`machines/expression/samples.ts` does).
 */
import { placeItems } from '../../../machines/compile/checklists.ts'
import type { Frame, Standing } from '../../../machines/compile/frame.ts'
import { variablesOf } from '../../../machines/compile/frame.ts'
import { type GuardContext, judge, type Verdict } from '../../../machines/compile/guards.ts'
import { child } from '../../../machines/definition/pointer.ts'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import { type DecidingPart, tryExpression } from '../../../machines/expression/try.ts'

/** `pointer`: from the guard to the named guard or expression that decided. */
type Deciding = {
  readonly pointer: string
  readonly verdict: Verdict['is']
  /** Within an expression. */
  readonly part?: DecidingPart
}
export type Attempt = { readonly verdict: Verdict['is']; readonly deciding: readonly Deciding[] }

const contexts = new WeakMap<Definition, GuardContext>()
function contextOf(definition: Definition): GuardContext {
  const known = contexts.get(definition)
  if (known !== undefined) return known
  const expressions = createExpressionEnvironment(definition)
  const items = placeItems(definition, buildTree(definition), expressions)
  const made = { definition, expressions, items }
  contexts.set(definition, made)
  return made
}

/** @throws SyntaxError where an expression cannot be read; the check tells that before */
export function tryGuard(guard: Guard, definition: Definition, frame: Frame, standing: Standing): Attempt {
  const context = contextOf(definition)
  const verdict = judge(context, guard, frame, standing).is
  const look = (part: Guard, pointer: string, want: boolean): Deciding[] => {
    if ('@expr' in part) return inExpression(part['@expr'], pointer)
    const is = judge(context, part, frame, standing).is
    switch (part.type) {
      case 'not':
        return look(part.params.guard, child(pointer, 'params', 'guard'), !want)
      case 'and':
      case 'or': {
        const parts = part.params.guards.map((inner, index) => ({
          inner,
          at: child(pointer, 'params', 'guards', index),
        }))
        const against = parts.filter(
          ({ inner }) => judge(context, inner, frame, standing).is !== (want ? 'true' : 'false'),
        )
        return against.flatMap(({ inner, at }) => look(inner, at, want))
      }
      default:
        return [{ pointer, verdict: is }]
    }
  }
  const inExpression = (text: string, pointer: string): Deciding[] =>
    tryExpression(context.expressions, text, variablesOf(frame, standing)).parts.map((part) => ({
      pointer,
      verdict: part.verdict,
      part,
    }))
  // Asked for its opposite, it names what keeps it from that.
  return { verdict, deciding: look(guard, '', verdict !== 'true') }
}
