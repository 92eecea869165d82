/**
 * A definition as an inspector draws it: XState's own config, with guards, actions and delays as words.
 *
 * Promises: states, transitions and their order are the definition's; `createMachine` of XState 5 takes it, and a
 * job's state is a state of it.
 * Must not: be run. What it names has no implementation.
 */
import type {
  Action,
  Definition,
  Guard,
  StateNode,
  Text,
  Transition,
} from '../../machines/definition/schema.ts'

type Way = Transition | Transition[]
type Drawn = Record<string, unknown>

/** As JSON text, which is what an inspector takes. */
export const drawnDefinition = ({ id, ...root }: Definition): string =>
  JSON.stringify({ id, ...drawnState({ ...root, meta: { title: root.meta.title } }) })

function drawnState(state: StateNode): Drawn {
  const words = state.description ?? wordsOf(state.meta?.description ?? state.meta?.title)
  return {
    ...present({ id: state.id, type: state.type, history: state.history, target: state.target }),
    ...present({ initial: state.initial, tags: state.tags, description: words }),
    ...present({ on: drawnWays(state.on), after: drawnWays(state.after) }),
    ...present({ always: drawnWay(state.always), onDone: drawnWay(state.onDone) }),
    ...present({ entry: state.entry?.map(drawnAction), exit: state.exit?.map(drawnAction) }),
    ...(state.states === undefined ? {} : { states: each(state.states, drawnState) }),
  }
}

const each = <T>(record: Record<string, T>, draw: (one: T) => unknown): Drawn =>
  Object.fromEntries(Object.entries(record).map(([key, one]) => [key, draw(one)]))
const present = (record: Drawn): Drawn =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

const drawnWays = (ways: Record<string, Way> | undefined) =>
  ways === undefined ? undefined : each(ways, drawnWay)
function drawnWay(way: Way | undefined): Drawn[] | undefined {
  if (way === undefined) return undefined
  return (Array.isArray(way) ? way : [way]).map(({ target, guard, actions, reenter, description, meta }) => ({
    ...present({ target, reenter, description: description ?? wordsOf(meta?.title) }),
    ...(guard === undefined ? {} : { guard: { type: guardWords(guard) } }),
    ...(actions === undefined ? {} : { actions: actions.map(drawnAction) }),
  }))
}

/** `checklistDone and not (job.price > 10.0)`. */
function guardWords(guard: Guard): string {
  if ('@expr' in guard) return guard['@expr']
  switch (guard.type) {
    case 'and':
    case 'or':
      return guard.params.guards.map((one) => `(${guardWords(one)})`).join(` ${guard.type} `)
    case 'not':
      return `not (${guardWords(guard.params.guard)})`
    case 'stateIn':
      return `stateIn ${guard.params.state}`
    case 'qualified':
      return `qualified ${guard.params.certificate}`
    case 'within':
      return `within ${guard.params.calendar ?? guard.params.windows ?? ''}`.trim()
    default:
      return guard.type
  }
}

/** The title tells what it does; the rest is kept to be looked at. */
function drawnAction({ type, ...rest }: Action): Drawn {
  const params = 'params' in rest ? rest.params : rest
  return { type: [type.replace('@xstate.', ''), objectOf({ type, ...rest })].join(' ').trim(), params }
}
function objectOf(action: Drawn): string {
  const { context, event, id, params } = action
  if (isRecord(context)) return Object.keys(context).join(', ')
  if (isRecord(event)) return String(event.type)
  if (isRecord(params)) return String(params.process ?? params.event ?? params.norm ?? '')
  return id === undefined ? '' : String(id)
}
const isRecord = (value: unknown): value is Drawn =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wordsOf = (text: Text | undefined): string | undefined =>
  text === undefined ? undefined : [text.zh, text.en].filter((one) => one !== undefined).join(' / ')
