/**
 * A definition as a machine config of XState 5 in JSON: opens in `createMachine` and in the tools around it.
 *
 * Promises: states and transitions are XState's own; guards, actions and delays are names with params, to be given
 * in `setup`; all that XState does not know stands in `meta` and comes back by `xstate-in.ts`.
 * Must not: put in a function. What bars the way out of a checklist is the engine's, not a guard: it stays in `meta`.
 */
import type { Action, Definition, Guard, StateNode, Transition } from '../definition/schema.ts'
import { given, type Json } from './plain.ts'

/** The guard that stands for an expression; `params.expression` is CEL. */
export const CEL_GUARD = 'cel'

const mapped = <Value, Made>(
  values: Readonly<Record<string, Value>> | undefined,
  map: (value: Value) => Made,
): Record<string, Made> | undefined =>
  values === undefined
    ? undefined
    : Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))

function guardOut(guard: Guard): Json {
  if ('@expr' in guard) return { type: CEL_GUARD, params: { expression: guard['@expr'] } }
  switch (guard.type) {
    case 'and':
    case 'or':
      return { type: guard.type, params: { guards: guard.params.guards.map(guardOut) } }
    case 'not':
      return { type: 'not', params: { guard: guardOut(guard.params.guard) } }
    default:
      return { ...guard }
  }
}

function actionOut(action: Action): Json {
  switch (action.type) {
    case '@xstate.assign':
    case '@xstate.raise':
    case '@xstate.cancel': {
      const { type, ...params } = action
      return { type, params }
    }
    default:
      return { ...action }
  }
}
const actionsOut = (actions: readonly Action[] | undefined): Json[] | undefined => actions?.map(actionOut)

const transitionOut = (transition: Transition): Json =>
  given({
    ...transition,
    guard: transition.guard === undefined ? undefined : guardOut(transition.guard),
    actions: actionsOut(transition.actions),
  })
const transitionsOut = (some: Transition | Transition[]): Json | Json[] =>
  Array.isArray(some) ? some.map(transitionOut) : transitionOut(some)

function stateOut(state: StateNode | Omit<Definition, 'schemas' | 'delays' | 'meta' | '$schema'>): Json {
  return given({
    ...state,
    on: mapped(state.on, transitionsOut),
    always: state.always === undefined ? undefined : transitionsOut(state.always),
    after: mapped(state.after, transitionsOut),
    ...('onDone' in state && state.onDone !== undefined ? { onDone: transitionsOut(state.onDone) } : {}),
    entry: actionsOut(state.entry),
    exit: actionsOut(state.exit),
    states: mapped(state.states, stateOut),
  })
}

/** The config. Its `context` holds the fields' defaults. */
export function toXState(definition: Definition): Json {
  const { schemas, delays, meta, $schema, ...machine } = definition
  const defaults = Object.entries(schemas.context.properties).flatMap(([name, field]) =>
    field.default === undefined ? [] : [[name, field.default] as const],
  )
  const { id, ...state } = stateOut(machine)
  return {
    id,
    context: Object.fromEntries(defaults),
    ...state,
    meta: { ...meta, fieldchart: given({ $schema, schemas, delays }) },
  }
}
