/**
 * Guards: true, false, or not to be told yet, and why.
 *
 * Promises: a guard that cannot be evaluated never opens a way (its negation does not either); every verdict other
 * than `true` carries reasons a person can act on.
 * Must not: change anything; be consulted for checklists of states being left (that is `exits.ts`).
 */
import type { Certificate, Reason } from '../advance/job.ts'
import type { Definition, Guard } from '../definition/schema.ts'
import type { ExpressionEnvironment } from '../expression/expression.ts'
import type { Calendar } from '../time/calendar.ts'
import { isOpen } from '../time/working.ts'
import { openItems, type PlacedItem } from './checklists.ts'
import { type Frame, type Standing, variablesOf } from './frame.ts'
import * as reasons from './reasons.ts'

/** `unknown`: it depends on a payload that is not at hand. `error`: it cannot be told, so it bars. */
export type Verdict = { is: 'true' } | { is: 'false' | 'unknown' | 'error'; reasons: Reason[] }
export type GuardContext = {
  definition: Definition
  expressions: ExpressionEnvironment
  items: ReadonlyMap<string, PlacedItem>
}

const TRUE: Verdict = { is: 'true' }
const no = (...why: Reason[]): Verdict => ({ is: 'false', reasons: why })
const unable = (...why: Reason[]): Verdict => ({ is: 'error', reasons: why })
const reasonsOf = (verdict: Verdict): Reason[] => (verdict.is === 'true' ? [] : verdict.reasons)

/** What a guard says of a job as it stands. */
export function judge(context: GuardContext, guard: Guard, frame: Frame, standing: Standing): Verdict {
  if ('@expr' in guard) return judgeExpression(context, guard['@expr'], frame, standing)
  switch (guard.type) {
    case 'and':
      return both(guard.params.guards.map((part) => judge(context, part, frame, standing)))
    case 'or':
      return either(guard.params.guards.map((part) => judge(context, part, frame, standing)))
    case 'not':
      return negate(context, guard.params.guard, judge(context, guard.params.guard, frame, standing), frame)
    case 'checklistDone':
      return judgeChecklist(context, guard.params ?? {}, frame, standing)
    case 'stateIn':
      return standing.active.has(guard.params.state)
        ? TRUE
        : no(reasons.notInState(context.definition, guard.params.state))
    case 'qualified':
      return judgeCertificate(context, guard.params, frame, standing)
    case 'within':
      return judgeTime(context, guard.params, frame, standing)
  }
}

/**
 * As `judge`, without the reasons, which cost many times what the answer does: the machine asks only whether.
 * `test/machines/compile/guards.test.ts` holds the two together.
 */
export function judgedAs(
  context: GuardContext,
  guard: Guard,
  frame: Frame,
  standing: Standing,
): Verdict['is'] {
  if ('@expr' in guard) {
    const evaluation = context.expressions.program(guard['@expr']).evaluate(variablesOf(frame, standing))
    if (evaluation.ok) return evaluation.value === true ? 'true' : 'false'
    return evaluation.cause === 'payload' ? 'unknown' : 'error'
  }
  const among = (guards: readonly Guard[], order: readonly Verdict['is'][]): Verdict['is'] => {
    const found = new Set(guards.map((part) => judgedAs(context, part, frame, standing)))
    return order.find((is) => found.has(is)) ?? order.at(-1) ?? 'true'
  }
  switch (guard.type) {
    case 'and':
      return among(guard.params.guards, ['false', 'error', 'unknown', 'true'])
    case 'or':
      return among(guard.params.guards, ['true', 'unknown', 'error', 'false'])
    case 'not':
      return OPPOSITE[judgedAs(context, guard.params.guard, frame, standing)]
    default:
      return judge(context, guard, frame, standing).is
  }
}
const OPPOSITE = { true: 'false', false: 'true', error: 'error', unknown: 'unknown' } as const

/** All must hold: the first kind found of false, error, unknown decides. */
function both(verdicts: Verdict[]): Verdict {
  for (const is of ['false', 'error', 'unknown'] as const) {
    const deciding = verdicts.filter((verdict) => verdict.is === is)
    if (deciding.length > 0) return { is, reasons: deciding.flatMap(reasonsOf) }
  }
  return TRUE
}

/** One must hold: the first kind found of true, unknown, error, false decides. */
function either(verdicts: Verdict[]): Verdict {
  if (verdicts.some((verdict) => verdict.is === 'true')) return TRUE
  const all = verdicts.flatMap(reasonsOf)
  for (const is of ['unknown', 'error'] as const)
    if (verdicts.some((verdict) => verdict.is === is)) return { is, reasons: all }
  return { is: 'false', reasons: all }
}

function negate(context: GuardContext, guard: Guard, verdict: Verdict, frame: Frame): Verdict {
  if (verdict.is === 'true')
    return no(reasons.mustNotHold(context.definition, guard, frame.calendars.calendars))
  return verdict.is === 'false' ? TRUE : verdict
}

function judgeExpression(context: GuardContext, text: string, frame: Frame, standing: Standing): Verdict {
  const program = context.expressions.program(text)
  const variables = variablesOf(frame, standing)
  const evaluation = program.evaluate(variables)
  if (evaluation.ok && evaluation.value === true) return TRUE
  if (!evaluation.ok && evaluation.cause === 'payload') return { is: 'unknown', reasons: [] }
  const parts = program.explain(variables)
  const why =
    parts.length === 0
      ? [reasons.partFalse(context.definition, { expression: text, values: {} })]
      : parts.map((part) => reasons.partFalse(context.definition, part))
  if (evaluation.ok) return no(...why)
  return unable(
    ...(evaluation.cause === 'missing' && evaluation.path !== undefined
      ? [reasons.fieldMissing(context.definition, evaluation.path)]
      : why),
  )
}

function judgeChecklist(
  context: GuardContext,
  params: { state?: string; items?: string[] },
  frame: Frame,
  standing: Standing,
): Verdict {
  const states = params.state === undefined ? standing.active : new Set([params.state])
  const open =
    params.items === undefined
      ? openItems(context.items, states, frame, standing)
      : params.items.flatMap((id) => {
          const placed = context.items.get(id)
          return placed === undefined || Object.hasOwn(standing.checklist, id) ? [] : [placed]
        })
  return open.length === 0 ? TRUE : no(...open.map(reasons.itemOpen))
}

function judgeCertificate(
  { definition }: GuardContext,
  { certificate, of }: { certificate: string; of?: string },
  frame: Frame,
  standing: Standing,
): Verdict {
  const held = of === undefined ? (frame.actor.certificates ?? []) : certificatesOf(of, frame, standing)
  if (held === undefined)
    return standing.event === undefined && of !== undefined && !Object.hasOwn(standing.fields, of)
      ? { is: 'unknown', reasons: [] }
      : unable(reasons.fieldMissing(definition, `job.${of ?? ''}`))
  const valid = held.some(
    (each) =>
      each.kind === certificate &&
      Date.parse(each.validFrom) <= frame.now &&
      frame.now <= Date.parse(each.validUntil),
  )
  return valid ? TRUE : no(reasons.certificateMissing(definition, certificate, held))
}

function certificatesOf(name: string, frame: Frame, { event, fields }: Standing): Certificate[] | undefined {
  const given = event !== undefined && Object.hasOwn(event.payload, name) ? event.payload[name] : fields[name]
  if (typeof given !== 'string') return undefined
  const { people = {} } = frame
  return Object.hasOwn(people, given) ? people[given] : []
}

function judgeTime(
  context: GuardContext,
  params: { calendar?: string; windows?: string; at?: { '@expr': string } },
  frame: Frame,
  standing: Standing,
): Verdict {
  const at = pointInTime(context, params.at, frame, standing)
  if (typeof at !== 'number') return at
  if (params.windows !== undefined)
    return inWindows(standing.fields[params.windows], at)
      ? TRUE
      : no(reasons.outsideWindows(context.definition, params.windows))
  const name = params.calendar ?? 'working'
  const calendar: Calendar | undefined = Object.hasOwn(frame.calendars.calendars, name)
    ? frame.calendars.calendars[name]
    : undefined
  if (calendar === undefined) return unable(reasons.unknownCalendar(name))
  return isOpen(calendar, at, frame.calendars.timeZone)
    ? TRUE
    : no(reasons.outsideCalendar(calendar, at, frame.calendars.timeZone))
}

function pointInTime(
  context: GuardContext,
  at: { '@expr': string } | undefined,
  frame: Frame,
  standing: Standing,
): number | Verdict {
  if (at === undefined) return frame.now
  const evaluation = context.expressions.program(at['@expr']).evaluate(variablesOf(frame, standing))
  if (evaluation.ok && typeof evaluation.value === 'string') {
    const ms = Date.parse(evaluation.value)
    if (!Number.isNaN(ms)) return ms
  }
  if (!evaluation.ok && evaluation.cause === 'payload') return { is: 'unknown', reasons: [] }
  const path = evaluation.ok ? at['@expr'] : (evaluation.path ?? at['@expr'])
  return unable(reasons.fieldMissing(context.definition, path))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inWindows(windows: unknown, at: number): boolean {
  if (!Array.isArray(windows)) return false
  return windows.some((window: unknown) => {
    if (!isRecord(window) || typeof window.from !== 'string' || typeof window.to !== 'string') return false
    return Date.parse(window.from) <= at && at < Date.parse(window.to)
  })
}
