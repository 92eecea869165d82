/**
 * Whether guards hold, many at a time and without reasons: what a search asks thousands of times.
 *
 * Promises: the answer of `compile/guards.ts`, whose three kinds of "no" are told apart here as there.
 * Must not: be asked by the engine.
 */
import type { Frame, Standing } from '../compile/frame.ts'
import { variablesOf } from '../compile/frame.ts'
import { type GuardContext, judge } from '../compile/guards.ts'
import type { Guard } from '../definition/schema.ts'
import type { Variables } from '../expression/expression.ts'

/** `error`: it cannot be told, which bars as well. */
export type Truth = 'true' | 'false' | 'error'

export type Judging = {
  readonly context: GuardContext
  readonly frame: Frame
  readonly standing: Standing
  readonly variables: Variables
}

export const judging = (context: GuardContext, frame: Frame, standing: Standing): Judging => ({
  context,
  frame,
  standing,
  variables: variablesOf(frame, standing),
})

function ofExpression({ context, variables }: Judging, text: string): Truth {
  const told = context.expressions.program(text).evaluate(variables)
  if (!told.ok) return 'error'
  return told.value === true ? 'true' : 'false'
}

/** What a guard comes to. */
export function truthOf(at: Judging, guard: Guard): Truth {
  if ('@expr' in guard) return ofExpression(at, guard['@expr'])
  switch (guard.type) {
    case 'and':
    case 'or': {
      const deciding = guard.type === 'and' ? 'false' : 'true'
      const told = guard.params.guards.map((each) => truthOf(at, each))
      if (told.includes(deciding)) return deciding
      return told.includes('error') ? 'error' : deciding === 'false' ? 'true' : 'false'
    }
    case 'not': {
      const told = truthOf(at, guard.params.guard)
      return told === 'error' ? 'error' : told === 'true' ? 'false' : 'true'
    }
    default: {
      const { is } = judge(at.context, guard, at.frame, at.standing)
      return is === 'unknown' ? 'error' : is
    }
  }
}
