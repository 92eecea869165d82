/**
 * The expressions of the edited process, made once for all panels that ask.
 *
 * Must not: be given a definition that is changed in place.
 */
import type { Definition } from '../../machines/definition/schema.ts'
import { createExpressionEnvironment } from '../../machines/expression/environment.ts'
import type { ExpressionEnvironment } from '../../machines/expression/expression.ts'

const known = new WeakMap<Definition, ExpressionEnvironment>()

export function environmentOf(definition: Definition): ExpressionEnvironment {
  const before = known.get(definition)
  if (before !== undefined) return before
  const made = createExpressionEnvironment(definition)
  known.set(definition, made)
  return made
}
