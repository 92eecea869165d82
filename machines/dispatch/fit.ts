/**
 * Whom a job suits: free then, certified, of the region, within working time or with overtime agreed beforehand.
 *
 * Promises: each verdict comes with its reasons in words; what bars is told before what gives doubt, and that before
 * what speaks for him. More agreed overtime, more regions or a longer certificate never make a person suit less.
 * Must not: read a clock or a store, or decide: the process itself has the last word at its event.
 */
import type { Certificate, Reason } from '../advance/job.ts'
import { inWords } from '../compile/reasons.ts'
import type { Guard, Text } from '../definition/schema.ts'
import type { Interval } from '../time/working.ts'
import { MOST_OVERTIME_MINUTES } from './overtime.ts'
import { say } from './words.ts'

/** A certificate that ends within this is told. */
export const ENDS_SOON_MS = 30 * 86_400_000
const MINUTE = 60_000

/** `bar`: not like this. `doubt`: against a rule of good order, the dispatcher decides. `fact`: speaks for him. */
const WEIGHTS = ['bar', 'doubt', 'fact'] as const
export type FitReason = Reason & { weight: (typeof WEIGHTS)[number] }
export type Fit = 'yes' | 'doubt' | 'no'

/** What is to be given to somebody. Without `visit` it has no hour of its own. */
export type Task = {
  visit?: Interval
  region?: string
  assignee?: string
  /** What each way of giving it to somebody asks; undefined: nothing. */
  demands: readonly (Guard | undefined)[]
}
/** `done`: over, whatever hour it was planned for. */
export type Engaged = Interval & { about: string; done: boolean }
/** Somebody on the day of the visit. `visits`: what he has on that day already, without the task itself. */
export type Engineer = {
  id: string
  /** Everywhere where none is named. */
  regions: readonly string[]
  certificates: readonly Certificate[]
  /** Agreed for that day. */
  overtimeMinutes: number
  visits: readonly Engaged[]
}
export type Day = {
  now: number
  timeZone: string
  /** GN-01: from the first to the last working hour; null on a day off; undefined: no calendar says. */
  hours: Interval | null | undefined
  titleOf(certificate: string): Text | undefined
}

export function judgeFit(task: Task, engineer: Engineer, day: Day): { fit: Fit; reasons: FitReason[] } {
  const reasons = [
    ...(task.assignee === engineer.id ? [say.his()] : []),
    ...certified(task, engineer, day),
    ...within(task, engineer, day),
    ...free(task, engineer, day),
    ...near(task, engineer),
  ].toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight))
  const worst = reasons[0]?.weight
  return { fit: worst === 'bar' ? 'no' : worst === 'doubt' ? 'doubt' : 'yes', reasons }
}

/* -------------------------------------------------------- certificates (GN-17) */

function certified({ demands, visit }: Task, { certificates }: Engineer, day: Day): FitReason[] {
  const latest = (kind: string): Certificate | undefined =>
    certificates
      .filter((each) => each.kind === kind && Date.parse(each.validFrom) <= day.now)
      .toSorted((a, b) => Date.parse(b.validUntil) - Date.parse(a.validUntil))[0]
  const endOf = (kind: string): number => Date.parse(latest(kind)?.validUntil ?? '1970-01-01T00:00:00Z')
  const valid = (kind: string): boolean => day.now <= endOf(kind)
  const refused =
    demands.length > 0 && demands.every((demand) => demand !== undefined && !meets(demand, valid))
  return [...new Set(demands.flatMap(kindsIn))].map((kind) => {
    const title = inWords(day.titleOf(kind), kind)
    const until = latest(kind)?.validUntil
    if (!valid(kind)) return say.notCertified(refused ? 'bar' : 'doubt', kind, title, until)
    const end = endOf(kind)
    if (visit !== undefined && end < visit.to) return say.endsBefore(kind, title, until ?? '')
    return end - (visit?.to ?? day.now) < ENDS_SOON_MS
      ? say.endsSoon(kind, title, until ?? '')
      : say.certified(kind, title)
  })
}

/** Only `qualified`, `and` and `or` stand in a demand (`qualification.ts` keeps no other part). */
function meets(demand: Guard, valid: (kind: string) => boolean): boolean {
  if ('@expr' in demand) return true
  if (demand.type === 'qualified') return valid(demand.params.certificate)
  if (demand.type === 'and') return demand.params.guards.every((part) => meets(part, valid))
  if (demand.type === 'or') return demand.params.guards.some((part) => meets(part, valid))
  return true
}

export function kindsIn(demand: Guard | undefined): string[] {
  if (demand === undefined || '@expr' in demand) return []
  if (demand.type === 'qualified') return [demand.params.certificate]
  return demand.type === 'and' || demand.type === 'or' ? demand.params.guards.flatMap(kindsIn) : []
}

/* ------------------------------------------------ working time (GN-01, GN-02) */

/** Minutes of a stretch outside the working hours. A break between them is no overtime. */
export function minutesOutside({ from, to }: Interval, hours: Interval | null): number {
  const inside = hours === null ? 0 : Math.max(0, Math.min(to, hours.to) - Math.max(from, hours.from))
  return Math.ceil((to - from - inside) / MINUTE)
}

function within({ visit }: Task, { visits, overtimeMinutes }: Engineer, { hours }: Day): FitReason[] {
  if (visit === undefined || hours === undefined) return []
  const added = minutesOutside(visit, hours)
  if (added === 0) return [say.withinHours()]
  const needed = visits.reduce((sum, each) => sum + minutesOutside(each, hours), added)
  if (needed > MOST_OVERTIME_MINUTES) return [say.tooMuchOvertime(needed, MOST_OVERTIME_MINUTES)]
  if (needed > overtimeMinutes) return [say.overtimeNotAgreed(needed, overtimeMinutes)]
  return [say.overtimeAgreed(needed)]
}

/* --------------------------------------------------------------- free, region */

const overlap = (a: Interval, b: Interval): boolean => a.from < b.to && b.from < a.to

function free({ visit }: Task, { visits }: Engineer, { timeZone }: Day): FitReason[] {
  if (visit === undefined) return []
  const busy = visits.filter((each) => !each.done && overlap(each, visit))
  return busy.length === 0 ? [say.free()] : busy.map((each) => say.busy(each, timeZone))
}

/** HV-40. */
function near({ region }: Task, { regions }: Engineer): FitReason[] {
  if (region === undefined || regions.length === 0) return []
  return [regions.includes(region) ? say.inRegion(region) : say.otherRegion(region, regions)]
}
