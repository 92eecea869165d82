/**
 * A definition as a config that XState runs: guards, assignments and delays become functions of this house, all
 * other actions stay data for `advance` to collect.
 *
 * Promises: nothing in a definition is executed as code; names are resolved here, never by XState's own look-up
 * (which would find `toString`); every transition carries its JSON pointer.
 * Must not: be used on a definition that the validator refuses.
 */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { assign, cancel, createMachine, raise } from 'xstate'
import type { Context, Fields, Reason } from '../advance/job.ts'
import { checkValue, own } from '../definition/check-value.ts'
import type { Action, Definition, Field, Transition, Value } from '../definition/schema.ts'
import { entersAnew, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { DAY, dayOf, toLocal, zoneOf } from '../time/zone.ts'
import { checklistOf, openItems } from './checklists.ts'
import { delayOf, dueTime } from './delays.ts'
import { exitedBy } from './exits.ts'
import { type EventAtHand, type Frame, type Standing, variablesOf } from './frame.ts'
import { type GuardContext, judgedAs } from './guards.ts'
import { fieldMissing, partFalse, valueWrong } from './reasons.ts'

/** Sent by the engine when fields or ticks changed without an event: lets `always` look again. */
export const TOUCH = 'fieldchart.touch'
/** Sent by the engine to a machine made for one move (`move-machine.ts`). */
export const MOVE = 'fieldchart.move'
const OWN_EVENTS: readonly string[] = [TOUCH, MOVE]

/** How a machine for one move differs from the process's own. */
export type MoveShape = {
  /** Where the event `MOVE` leads, by the path of the state that takes it. */
  moves: ReadonlyMap<string, readonly string[]>
  /** What entering a state does: all that is drawn, nothing but asking its checklist anew, or nothing. */
  entering(path: string): 'drawn' | 'anew' | 'nothing'
}

/** An assignment that could not be made: the event is refused, the job stays as it was. */
export class AssignFailed extends Error {
  readonly reasons: Reason[]
  constructor(reasons: Reason[]) {
    super(reasons.map((reason) => reason.message.en).join('; '))
    this.name = 'AssignFailed'
    this.reasons = reasons
  }
}

export type Build = GuardContext & {
  /** The frame of the run under way; undefined outside one. */
  frame(): Frame | undefined
}

type Args = { context: Context; event: { type: string; payload?: unknown } }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The event at hand, where it is one that the definition declares. */
export function eventAtHand(definition: Definition, event: Args['event']): EventAtHand | undefined {
  if (own(definition.schemas.events, event.type) === undefined) return undefined
  return { type: event.type, payload: isRecord(event.payload) ? event.payload : {} }
}

const isExpression = (value: unknown): value is { '@expr': string } =>
  isRecord(value) && typeof value['@expr'] === 'string'

/** A literal, or what an expression gives. Throws `AssignFailed`. */
export function resolveValue(
  build: Build,
  value: Value,
  frame: Frame,
  standing: Omit<Standing, 'active'>,
): unknown {
  if (!isExpression(value)) return value
  const evaluation = build.expressions.program(value['@expr']).evaluate(variablesOf(frame, standing))
  if (evaluation.ok) return evaluation.value
  throw new AssignFailed([
    evaluation.cause === 'missing' && evaluation.path !== undefined
      ? fieldMissing(build.definition, evaluation.path)
      : partFalse(build.definition, { expression: value['@expr'], values: {} }),
  ])
}

const standingOf = (build: Build, { context, event }: Args): Omit<Standing, 'active'> => {
  const atHand = eventAtHand(build.definition, event)
  return {
    fields: context.fields,
    checklist: context.checklist,
    ...(atHand === undefined ? {} : { event: atHand }),
  }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/
/** Expressions hold days as moments (midnight in the organisation's zone); a field of days takes the day. */
function asDay(field: Field | undefined, value: unknown, timeZone: string): unknown {
  if (field?.format !== 'date' || typeof value !== 'string' || !MOMENT.test(value)) return value
  const day = dayOf(toLocal(zoneOf(timeZone), Date.parse(value)))
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** All values are computed from the fields as they were, then set; `null` clears. Throws `AssignFailed`. */
export function assigned(build: Build, values: Record<string, Value>, args: Args): Fields {
  const frame = build.frame()
  if (frame === undefined) return args.context.fields
  const standing = standingOf(build, args)
  const fields = { ...args.context.fields }
  for (const [name, given] of Object.entries(values)) {
    const field = own(build.definition.schemas.context.properties, name)
    const value = asDay(field, resolveValue(build, given, frame, standing), frame.calendars.timeZone)
    if (value === null) {
      delete fields[name]
      continue
    }
    const problems = field === undefined ? [] : checkValue(field, value, `/${name}`)
    if (problems.length > 0)
      throw new AssignFailed(problems.map((problem) => valueWrong(build.definition, problem)))
    fields[name] = value
  }
  return fields
}

function raised(build: Build, action: Extract<Action, { type: '@xstate.raise' }>) {
  const event = (args: Args) => {
    const frame = build.frame()
    const payload = Object.entries(action.event.payload ?? {}).map(([name, value]) => [
      name,
      frame === undefined ? null : resolveValue(build, value, frame, standingOf(build, args)),
    ])
    return { type: action.event.type, payload: Object.fromEntries(payload) }
  }
  return action.delay === undefined
    ? raise(event)
    : raise(event, {
        id: action.id ?? `raise.${action.event.type}`,
        delay: delayFunction(build, action.delay),
      })
}

function actionConfig(build: Build, action: Action) {
  switch (action.type) {
    case '@xstate.assign':
      return assign((args: Args) => ({ fields: assigned(build, action.context, args) }))
    case '@xstate.raise':
      return raised(build, action)
    case '@xstate.cancel':
      return cancel(action.id)
    default:
      return { type: action.type, params: action.params }
  }
}

/** Paths of the active states, ancestors too. */
export const activePaths = (snapshot: Pick<AnyMachineSnapshot, '_nodes'>): Set<string> =>
  new Set(snapshot._nodes.map(pathOf))

/** Joined once a state, not at every look. */
const paths = new WeakMap<object, string>()
function pathOf(node: { path: readonly string[] }): string {
  const known = paths.get(node)
  if (known !== undefined) return known
  const path = node.path.join('.')
  paths.set(node, path)
  return path
}

/** An `always` waits for the checklist it would leave behind; an event is judged by `exits.ts` as a whole. */
function alwaysOpen(
  build: Build,
  { transition, trigger, ...rest }: TreeTransition,
  frame: Frame,
  standing: Standing,
) {
  if (trigger.kind !== 'always' || transition.meta?.waivesChecklist === true) return true
  const left = exitedBy({ transition, trigger, ...rest }, standing.active)
  return openItems(build.items, left, frame, standing).length === 0
}

/**
 * A guard that XState hands the snapshot to, as it does for its own `stateIn`: ours need the active states.
 * Wildcards do not take the engine's own events.
 */
function guardConfig(build: Build, placed: TreeTransition) {
  const { transition, trigger } = placed
  const check = (snapshot: AnyMachineSnapshot, args: Args): boolean => {
    const frame = build.frame()
    if (frame === undefined || (trigger.kind === 'on' && OWN_EVENTS.includes(args.event.type))) return false
    const standing = { ...standingOf(build, args), active: activePaths(snapshot) }
    if (transition.guard !== undefined && judgedAs(build, transition.guard, frame, standing) !== 'true')
      return false
    return alwaysOpen(build, placed, frame, standing)
  }
  return Object.assign(() => false, { check })
}

const needsGuard = (build: Build, { transition, trigger, source }: TreeTransition): boolean =>
  transition.guard !== undefined ||
  (trigger.kind === 'on' && trigger.descriptor === '*') ||
  (trigger.kind === 'always' && source.path !== '' && build.items.size > 0)

function transitionConfig(build: Build, placed: TreeTransition) {
  const { transition, pointer } = placed
  const target: Transition['target'] = transition.target
  return {
    ...(target === undefined ? {} : { target }),
    ...(entersAnew(placed) ? { reenter: true } : {}),
    ...(needsGuard(build, placed) ? { guard: guardConfig(build, placed) } : {}),
    actions: (transition.actions ?? []).map((action) => actionConfig(build, action)),
    meta: { pointer },
  }
}

/** Entering a state asks its checklist anew, save for items that are kept. */
function clearing(node: TreeNode) {
  const ids = checklistOf(node).flatMap((item) => (item.keep === true ? [] : [item.id]))
  if (ids.length === 0) return []
  return [
    assign(({ context }: Args) => ({
      checklist: Object.fromEntries(Object.entries(context.checklist).filter(([id]) => !ids.includes(id))),
    })),
  ]
}

function grouped(build: Build, node: TreeNode, kind: TreeTransition['trigger']['kind']) {
  const groups: Record<string, ReturnType<typeof transitionConfig>[]> = {}
  for (const placed of node.transitions) {
    if (placed.trigger.kind !== kind) continue
    const key =
      placed.trigger.kind === 'on'
        ? placed.trigger.descriptor
        : placed.trigger.kind === 'after'
          ? placed.trigger.delay
          : kind
    groups[key] ??= []
    groups[key].push(transitionConfig(build, placed))
  }
  return groups
}

function entryOf(build: Build, node: TreeNode, move: MoveShape | undefined) {
  const entering = move?.entering(node.path) ?? 'drawn'
  return [
    ...(entering === 'nothing' ? [] : clearing(node)),
    ...(entering === 'drawn' ? (node.node.entry ?? []) : []).map((action) => actionConfig(build, action)),
  ]
}

/** States left by a move are left without their exit actions. */
const exitOf = (build: Build, { node }: TreeNode, move: MoveShape | undefined) =>
  move === undefined ? (node.exit ?? []).map((action) => actionConfig(build, action)) : []

function onOf(build: Build, node: TreeNode, move: MoveShape | undefined) {
  const target = move?.moves.get(node.path)
  const drawn = grouped(build, node, 'on')
  if (target === undefined) return drawn
  // A leaf that leads to itself is entered once more; in a parallel state that would restart its neighbours.
  const reenter = node.children.length === 0 && node.parent?.kind === 'compound'
  return { ...drawn, [MOVE]: { target: [...target], reenter } }
}

function stateConfig(build: Build, node: TreeNode, move?: MoveShape): Record<string, unknown> {
  const { node: state } = node
  return {
    ...(node.parent !== undefined && state.id !== undefined ? { id: state.id } : {}),
    ...(state.type === undefined ? {} : { type: state.type }),
    ...('history' in state ? { history: state.history } : {}),
    ...('target' in state ? { target: state.target } : {}),
    ...(state.initial === undefined ? {} : { initial: state.initial }),
    ...('tags' in state ? { tags: state.tags } : {}),
    states: Object.fromEntries(node.children.map((below) => [below.key, stateConfig(build, below, move)])),
    entry: entryOf(build, node, move),
    exit: exitOf(build, node, move),
    on: onOf(build, node, move),
    always: grouped(build, node, 'always').always ?? [],
    after: grouped(build, node, 'after'),
    ...(node.kind === 'compound' || node.kind === 'parallel'
      ? { onDone: grouped(build, node, 'done').done ?? [] }
      : {}),
  }
}

/** Milliseconds from now; never for a delay that cannot be told. */
function delayFunction(build: Build, name: string) {
  return (args: Args): number => {
    const frame = build.frame()
    const delay = delayOf(build.definition, name)
    if (frame === undefined || delay === undefined) return Number.POSITIVE_INFINITY
    const due = dueTime(delay, build.expressions, frame.now, frame, standingOf(build, args))
    return due === undefined ? Number.POSITIVE_INFINITY : due - frame.now
  }
}

/** How many steps an event may cause; beyond, the definition loops. */
const MAX_MICROSTEPS = 200

/** The machine of a definition. Its guards and delays ask `build.frame()` and are shut outside a run. */
export function createProcessMachine(build: Build, root: TreeNode, move?: MoveShape): AnyStateMachine {
  const delays: Record<string, (args: Args) => number> = Object.create(null)
  for (const name of Object.keys(build.definition.delays ?? {})) delays[name] = delayFunction(build, name)
  return createMachine(
    {
      ...stateConfig(build, root, move),
      id: build.definition.id,
      context: ({ input }: { input: Context | undefined }) => input ?? { fields: {}, checklist: {} },
      options: { maxIterations: MAX_MICROSTEPS },
    },
    { delays },
  )
}
