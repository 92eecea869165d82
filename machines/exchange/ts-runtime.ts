/**
 * The part of an exported TypeScript file that is the same for every process.
 *
 * Promises: strict TypeScript that needs xstate and nothing else. Must not: hold anything of a process.
 */

/** Names that the rest of the file must not take for its own. */
export const HELPERS = [
  'text',
  'number',
  'flag',
  'time',
  'items',
  'members',
  'given',
  'isSet',
  'element',
  'same',
  'both',
  'either',
  'some',
  'every',
  'quotient',
  'remainder',
  'part',
  'asText',
  'whole',
  'decimal',
  'iso',
  'isoSpan',
  'day',
  'plus',
  'minus',
  'minutesOfDay',
  'dayOfWeek',
  'local',
  'hooks',
  'holds',
  'changed',
  'until',
  'required',
  'ticked',
  'inWindows',
  'scopeOf',
  'one',
  'value',
  'values',
  'settings',
  'machine',
  'clock',
  'NEVER',
  'NotSet',
] as const

export const RUNTIME = `
/** Who acts; events may bring one. */
export type Actor = { id: string; name: string; roles: readonly string[] }
const SYSTEM: Actor = { id: 'system', name: 'system', roles: ['system'] }

/** What guards and values may see. */
export type Scope = {
  job: Readonly<Record<string, unknown>>
  event: Readonly<Record<string, unknown>>
  links: Readonly<Record<string, unknown>>
  checklist: Readonly<Record<string, true>>
  actor: Actor
  now: number
}

/** Something to be done outside the machine: a breach to be put on record, a message, another job to be started. */
export type Effect = { type: string; params: unknown }

/**
 * What this file cannot know by itself. Put your own in before an actor starts. As they stand: no certificate is
 * valid, no calendar is open, an expression without a counterpart in TypeScript never holds and has no value, and
 * working time counts every hour.
 */
export const hooks = {
  now: (): number => Date.now(),
  timeZone: 'Asia/Shanghai',
  /** A certificate that is valid now, of a person, or of the actor. */
  qualified: (_certificate: string, _person: string | undefined, _at: Scope): boolean => false,
  /** Whether a moment lies in a calendar's open time. */
  open: (_calendar: string, _moment: number): boolean => false,
  /** A moment, moved by a duration of a calendar's open time. */
  working: (_calendar: string, moment: number, duration: string): number => plus(moment, duration),
  /** An expression in CEL that has no counterpart here; undefined: not to be told. */
  expression: (_cel: string, _at: Scope): unknown => undefined,
  /** Breaches, reminders, notices, linked jobs and signals. */
  act: (_effect: Effect): void => {},
  /** An event that a checklist barred. */
  refused: (_event: string): void => {},
}

/** A field or a member that is not set: what needs it does not hold. */
class NotSet extends Error {}
const unset = (): never => {
  throw new NotSet()
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null
const given = (value: unknown): unknown => (isSet(value) ? value : unset())
const text = (value: unknown): string => (typeof value === 'string' ? value : unset())
const number = (value: unknown): number => (typeof value === 'number' ? value : unset())
const flag = (value: unknown): boolean => (typeof value === 'boolean' ? value : unset())
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : unset())
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const members = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : unset())
const element = (list: readonly unknown[], index: number): unknown => given(list[index])
/** A moment or a day, in milliseconds. A day is its midnight in the zone of the hooks. */
function time(value: unknown): number {
  const written = text(value)
  const moment = Date.parse(written)
  if (Number.isNaN(moment)) return unset()
  return /^\\d{4}-\\d{2}-\\d{2}$/.test(written) ? moment - (local(moment) - moment) : moment
}
const iso = (moment: number): string => new Date(moment).toISOString()
const isoSpan = (span: number): string => \`\${span < 0 ? '-' : ''}PT\${Math.abs(Math.trunc(span)) / 1000}S\`
const day = (moment: unknown): string => iso(local(time(moment))).slice(0, 10)

function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => same(each, other[index]))
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one)
    return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]))
  }
  return one === other
}

/** Both hold; where one is false the other need not be told. */
function both(one: () => boolean, other: () => boolean): boolean {
  try {
    return one() && other()
  } catch (error) {
    if (other()) throw error
    return false
  }
}
/** One of them holds; where one is true the other need not be told. */
function either(one: () => boolean, other: () => boolean): boolean {
  try {
    return one() || other()
  } catch (error) {
    if (!other()) throw error
    return true
  }
}
const some = (list: readonly unknown[], test: (value: unknown) => boolean): boolean =>
  list.map((each) => () => test(each)).reduceRight<() => boolean>((rest, one) => () => either(one, rest), () => false)()
const every = (list: readonly unknown[], test: (value: unknown) => boolean): boolean =>
  list.map((each) => () => test(each)).reduceRight<() => boolean>((rest, one) => () => both(one, rest), () => true)()

const quotient = (one: number, other: number): number => (other === 0 ? unset() : Math.trunc(one / other))
const remainder = (one: number, other: number): number => (other === 0 ? unset() : one % other)
const whole = (value: unknown): number =>
  Math.trunc(typeof value === 'string' && /^[+-]?\\d+$/.test(value) ? Number(value) : number(value))
const decimal = (value: unknown): number =>
  typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : number(value)
const asText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : text(value)
const part = (whole: string, from: number, to = whole.length): string =>
  from < 0 || from > to || to > whole.length ? unset() : whole.slice(from, to)

/** The wall clock of the zone at a moment, as if it were UTC. */
function local(moment: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: hooks.timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const of = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}
const minutesOfDay = (moment: number): number => Math.floor((local(moment) % 86_400_000) / 60_000)
/** Monday is 1. */
const dayOfWeek = (moment: number): number => ((new Date(local(moment)).getUTCDay() + 6) % 7) + 1

const DURATION = /^(-?)P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?$/
/** A moment and a duration of ISO 8601: days and longer keep the time of day in the zone, hours are exact. */
function plus(moment: number, duration: string): number {
  const found = DURATION.exec(duration)
  if (found === null) return unset()
  const sign = found[1] === '-' ? -1 : 1
  const of = (index: number): number => sign * Number(found[index] ?? 0)
  const clockPart = (of(6) * 60 + of(7)) * 60_000 + of(8) * 1000
  const [years, months, days] = [of(2), of(3), of(4) * 7 + of(5)]
  if (years === 0 && months === 0 && days === 0) return moment + clockPart
  const before = new Date(local(moment))
  const month = before.getUTCMonth() + months
  const last = new Date(Date.UTC(before.getUTCFullYear() + years, month + 1, 0)).getUTCDate()
  const date = Math.min(before.getUTCDate(), last) + days
  const after = Date.UTC(before.getUTCFullYear() + years, month, date) + (before.getTime() % 86_400_000)
  const guess = after - (before.getTime() - moment)
  return guess + (after - local(guess)) + (moment % 1000) + clockPart
}
const minus = (moment: number, duration: string): number =>
  plus(moment, duration.startsWith('-') ? duration.slice(1) : \`-\${duration}\`)

/** Whether a moment lies in one of the stretches of a field: \`[{ from, to }]\`. */
const inWindows = (windows: unknown, moment: number): boolean =>
  Array.isArray(windows) &&
  windows.some((each) => isObject(each) && time(each.from) <= moment && moment < time(each.to))

/** An item must be ticked where its condition holds, and where that cannot be told. */
function required(test: () => boolean): boolean {
  try {
    return test()
  } catch {
    return true
  }
}
const ticked = (at: Scope, item: string): boolean => at.checklist[item] === true

function scopeOf(context: Context, event: Event): Scope {
  return {
    job: context.fields,
    event: 'payload' in event && event.payload !== undefined ? event.payload : {},
    links: context.links,
    checklist: context.checklist,
    actor: 'actor' in event && event.actor !== undefined ? event.actor : SYSTEM,
    now: hooks.now(),
  }
}

/** A condition that cannot be told does not hold. */
function holds(context: Context, event: Event, test: (at: Scope) => boolean): boolean {
  try {
    return test(scopeOf(context, event))
  } catch (error) {
    if (error instanceof NotSet) return false
    throw error
  }
}

/** The fields with new values, all computed before any is set; null clears. A value that cannot be told sets nothing. */
function changed(context: Context, event: Event, values: Record<string, (at: Scope) => unknown>): { fields: Fields } {
  const at = scopeOf(context, event)
  const fields: Fields & Record<string, unknown> = { ...context.fields }
  for (const [name, value] of Object.entries(values)) {
    let result: unknown
    try {
      result = value(at)
    } catch (error) {
      if (!(error instanceof NotSet)) throw error
    }
    if (result === null) delete fields[name]
    else if (result !== undefined) fields[name] = result
  }
  return { fields }
}
/** Values for others; what cannot be told is left out. */
function told(context: Context, event: Event, values: Record<string, (at: Scope) => unknown>): Record<string, unknown> {
  const at = scopeOf(context, event)
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    try {
      found[name] = value(at)
    } catch (error) {
      if (!(error instanceof NotSet)) throw error
    }
  }
  return found
}

/** As long as a timer can be: a delay that cannot be told lasts this long. */
const NEVER = 2_147_483_647
type Due = { from?: (at: Scope) => number; duration: (at: Scope) => string; calendar?: string }
/** Milliseconds from now until a delay is due. It is told when its state is entered. */
function until(context: Context, event: Event, { from, duration, calendar }: Due): number {
  const at = scopeOf(context, event)
  try {
    const begin = from?.(at) ?? at.now
    const due = calendar === undefined ? plus(begin, duration(at)) : hooks.working(calendar, begin, duration(at))
    return Math.max(0, due - at.now)
  } catch (error) {
    if (error instanceof NotSet) return NEVER
    throw error
  }
}

/**
 * A clock for \`createActor(machine, { clock })\`. Timers of JavaScript hold 24.8 days and fire at once beyond; these
 * wait as long as they are told.
 */
export const clock = {
  setTimeout(fire: (...args: unknown[]) => void, ms: number): { timer: ReturnType<typeof setTimeout> } {
    const handle = { timer: setTimeout(() => {}, 0) }
    const wait = (rest: number): void => {
      handle.timer = setTimeout(() => (rest > NEVER ? wait(rest - NEVER) : fire()), Math.min(rest, NEVER))
    }
    wait(ms)
    return handle
  },
  clearTimeout(handle: { timer: ReturnType<typeof setTimeout> }): void {
    clearTimeout(handle.timer)
  },
}
`
