/**
 * What the caught actions of a run mean for the job: timers, breaches, links, effects.
 *
 * Promises: ids are made of the job's id, its seq and a counter, so that a replay makes the same (E5) and a retry
 * is known as one (E6).
 * Must not: run anything, or touch the snapshot.
 */
import type { Compiled } from '../compile/compile.ts'
import { delayOf } from '../compile/delays.ts'
import type { Frame } from '../compile/frame.ts'
import { eventAtHand, resolveValue } from '../compile/machine-config.ts'
import { own } from '../definition/check-value.ts'
import { hashOf } from '../definition/hash.ts'
import type { Action, Delay, Recipient, Value } from '../definition/schema.ts'
import type { Breach, Effect, EffectRecipient, Fields, Link, Timer } from './job.ts'
import type { Caught } from './run-machine.ts'
import { isSample, SAMPLE_MARK } from './sample.ts'

export type Collected = {
  armed: Timer[]
  /** XState's ids of timers taken back. */
  cancelledIds: string[]
  breaches: Breach[]
  links: Link[]
  effects: Effect[]
}

export type Origin = {
  job: string
  seq: number
  now: number
  /** When the timer that fired was due. */
  dueAt?: string
  parent?: string
  links: readonly Link[]
}

/**
 * Twenty characters of a hash: as hard to meet twice as a random id, and the same on a replay. What a sample job starts
 * is marked as it is: an effect is named by its job.
 */
export const childJobId = (effect: string): string =>
  `${isSample(effect) ? SAMPLE_MARK : ''}${hashOf(effect).slice(0, 20)}`
let told: { ms: number; text: string } | undefined
/** The same moment is told several times in a row. */
export function iso(ms: number): string {
  if (told?.ms !== ms) told = { ms, text: new Date(ms).toISOString() }
  return told.text
}
/** Beyond this ECMAScript has no dates; such a timer never comes. */
const LAST_MOMENT = 8.64e15

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Context = { compiled: Compiled; frame: Frame; origin: Origin; into: Collected; nextId(): string }

/** Sorts the caught actions, in their order. Throws `AssignFailed` where a value cannot be computed. */
export function collect(
  compiled: Compiled,
  frame: Frame,
  origin: Origin,
  caught: readonly Caught[],
): Collected {
  const into: Collected = { armed: [], cancelledIds: [], breaches: [], links: [], effects: [] }
  let count = 0
  const context: Context = {
    compiled,
    frame,
    origin,
    into,
    nextId: () => `${origin.job}.${origin.seq}.${count++}`,
  }
  for (const action of caught) sort(context, action)
  return into
}

/** The actions that are data, told apart by type; their params are the definition's own, hence valid. */
type DataAction = Extract<Action, { params: unknown }>
const DATA_ACTIONS: ReadonlySet<string> = new Set(['breach', 'remind', 'notify', 'startJob', 'signal'])
const isDataAction = (action: { type: string; params: unknown }): action is DataAction =>
  DATA_ACTIONS.has(action.type) && isRecord(action.params)

function sort(context: Context, action: Caught): void {
  const { params } = action
  if (action.type === 'xstate.raise' && isRecord(params)) arm(context, params)
  else if (action.type === 'xstate.cancel' && isRecord(params) && typeof params.sendId === 'string')
    cancel(context.into, params.sendId)
  else {
    const { type } = action
    const data = { type, params }
    if (isDataAction(data)) take(context, data, action)
  }
}

function cancel(into: Collected, id: string): void {
  into.armed = into.armed.filter((timer) => timer.id !== id)
  into.cancelledIds.push(id)
}

const AFTER = /^xstate\.after\.([^.]+)\./

function arm({ into, origin, nextId }: Context, params: Record<string, unknown>): void {
  const { id, delay, event } = params
  if (typeof delay !== 'number' || typeof id !== 'string') return
  const due = origin.now + delay
  if (!(Math.abs(due) <= LAST_MOMENT)) return
  const name = AFTER.exec(id)?.[1]
  const raised =
    name === undefined && isRecord(event) && typeof event.type === 'string' ? event.type : undefined
  into.armed.push({
    token: nextId(),
    id,
    delay: name ?? id,
    armedAt: iso(origin.now),
    dueAt: iso(due),
    fired: false,
    ...(raised === undefined || !isRecord(event)
      ? {}
      : { event: { type: raised, payload: event.payload ?? {} } }),
  })
}

/** A timer for a delay whose due time has moved. Times in epoch milliseconds. */
export const rearmed = (
  origin: Pick<Origin, 'job' | 'seq'>,
  count: number,
  timer: { id: string; delay: string; armedAt: number; due: number },
): Timer => ({
  token: `${origin.job}.${origin.seq}.r${count}`,
  id: timer.id,
  delay: timer.delay,
  armedAt: iso(timer.armedAt),
  dueAt: iso(timer.due),
  fired: false,
})

function take(context: Context, action: DataAction, caught: Caught): void {
  const { into, origin, nextId } = context
  switch (action.type) {
    case 'breach':
      into.breaches.push({
        norm: action.params.norm,
        severity: action.params.severity,
        at: iso(origin.now),
        ...(origin.dueAt === undefined ? {} : { dueAt: origin.dueAt }),
        ...(action.params.note === undefined ? {} : { note: action.params.note }),
      })
      return
    case 'remind':
    case 'notify': {
      const { to, message, norm } = action.params
      into.effects.push({
        id: nextId(),
        type: action.type,
        to: recipients(to, caught.context.fields),
        message,
        ...(norm === undefined ? {} : { norm }),
      })
      return
    }
    case 'startJob':
      startJob(context, action.params, caught)
      return
    case 'signal':
      signal(context, action.params, caught)
  }
}

const recipients = (to: readonly Recipient[], fields: Fields): EffectRecipient[] =>
  to.flatMap((each): EffectRecipient[] => {
    if ('role' in each) return [{ role: each.role }]
    const person = own(fields, each.field)
    return typeof person === 'string' ? [{ person }] : []
  })

/** Values that are unset are left out: an optional field of the other job stays unset too. */
function values(
  { compiled, frame }: Context,
  given: Record<string, Value> | undefined,
  caught: Caught,
): Fields {
  const atHand = eventAtHand(compiled.definition, caught.event)
  const standing = {
    fields: caught.context.fields,
    checklist: caught.context.checklist,
    ...(atHand === undefined ? {} : { event: atHand }),
  }
  const result: Fields = {}
  for (const [name, value] of Object.entries(given ?? {})) {
    const resolved = unsetField(value, caught.context.fields)
      ? null
      : resolveValue(compiled.build, value, frame, standing)
    if (resolved !== null) result[name] = resolved
  }
  return result
}

/** `job.x` alone, and `x` is not set. */
function unsetField(value: Value, fields: Fields): boolean {
  if (!isRecord(value) || typeof value['@expr'] !== 'string') return false
  const name = /^\s*job\.([A-Za-z_]\w*)\s*$/.exec(value['@expr'])?.[1]
  return name !== undefined && own(fields, name) === undefined
}

type StartJob = Extract<Action, { type: 'startJob' }>['params']
function startJob(context: Context, params: StartJob, caught: Caught): void {
  const id = context.nextId()
  const job = childJobId(id)
  const { process, link, onEnd } = params
  context.into.effects.push({
    id,
    type: 'startJob',
    process,
    link,
    job,
    fields: values(context, params.fields, caught),
  })
  context.into.links.push({ link, job, process, status: 'active', ...(onEnd === undefined ? {} : { onEnd }) })
}

/** To nobody, where there is no such job: a permit may be opened without a visit. */
type Signal = Extract<Action, { type: 'signal' }>['params']
function signal(context: Context, params: Signal, caught: Caught): void {
  const { to, event } = params
  const name = to === 'parent' ? 'parent' : to.link
  const linked = [...context.origin.links, ...context.into.links].findLast((each) => each.link === name)
  if (linked === undefined) return
  context.into.effects.push({
    id: context.nextId(),
    type: 'signal',
    job: linked.job,
    event,
    payload: values(context, params.payload, caught),
  })
}

/** The declared delay of a timer. */
export const declaredDelay = (compiled: Compiled, timer: Pick<Timer, 'delay'>): Delay | undefined =>
  delayOf(compiled.definition, timer.delay)
