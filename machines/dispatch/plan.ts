/**
 * Which jobs a dispatcher hands out, when each is planned for, and by which of its events somebody is given it.
 *
 * Promises: read from the definition alone. A job is planned for the time in its headline (`meta.summary`) that one of the
 * process's deadlines counts from, as a visit for its appointment; a job without one for its earliest deadline.
 * Must not: know people, or judge whom a job suits (`fit.ts`).
 */
import type { Job } from '../advance/job.ts'
import { type Assignment, assignmentsTo } from '../advance/qualification.ts'
import type { Compiled } from '../compile/compile.ts'
import { own } from '../definition/check-value.ts'

/** `appointment`: it lasts from `at` on. `due`: it is to be done by `at`. */
type PlanKind = 'appointment' | 'due'
/** What the dispatcher's lists need of a job. `about`: its headline, short. */
export type Plan = { at?: string; kind?: PlanKind; about: string[] }

/** Lines of a headline, and letters of a line. */
const LINES = 3
const LETTERS = 120

type Ways = { assignee: string; ways: Assignment[]; appointment: string | undefined }
const known = new WeakMap<Compiled, Ways | null>()

/** How the process gives a job to an engineer; undefined where it does not, or where engineers do not work it. */
function waysOf(compiled: Compiled): Ways | undefined {
  const found = known.get(compiled)
  if (found !== undefined) return found ?? undefined
  const ways = findWays(compiled)
  known.set(compiled, ways ?? null)
  return ways
}

function findWays(compiled: Compiled): Ways | undefined {
  const { meta, schemas } = compiled.definition
  if (meta.assignee === undefined) return undefined
  const worked = Object.values(schemas.events).some((event) => event.meta.roles.includes('engineer'))
  const ways = assignmentsTo(compiled, meta.assignee).filter(({ event, source }) => {
    const schema = event === undefined ? undefined : own(schemas.events, event)
    return source !== 'actor' && schema !== undefined
  })
  return worked && ways.length > 0
    ? { assignee: meta.assignee, ways, appointment: appointmentField(compiled) }
    : undefined
}

function appointmentField({ definition }: Compiled): string | undefined {
  const { meta, schemas, delays = {} } = definition
  const countedFrom = new Set(
    Object.values(delays).flatMap(({ from, meta: about }) => {
      const text: unknown = typeof from === 'object' ? from['@expr'] : undefined
      const name = typeof text === 'string' ? /^job\.([A-Za-z_]\w*)$/.exec(text.trim())?.[1] : undefined
      return name === undefined || (about?.kind ?? 'deadline') !== 'deadline' ? [] : [name]
    }),
  )
  return meta.summary?.find(
    (name) => own(schemas.context.properties, name)?.format === 'date-time' && countedFrom.has(name),
  )
}

/**
 * Undefined: nothing for the dispatcher. A job that is done keeps its place in the day of its appointment.
 * @param dueAt its earliest deadline
 */
export function planOf(compiled: Compiled, job: Job, dueAt: string | undefined): Plan | undefined {
  const ways = waysOf(compiled)
  if (ways === undefined || (job.status !== 'active' && job.status !== 'done')) return undefined
  const { fields } = job.snapshot.context
  const about = headlineOf(compiled, fields, [ways.assignee, ways.appointment])
  const appointment = momentOf(ways.appointment === undefined ? undefined : fields[ways.appointment])
  if (appointment !== undefined) return { at: appointment, kind: 'appointment', about }
  if (job.status === 'done') return undefined
  return dueAt === undefined ? { about } : { at: dueAt, kind: 'due', about }
}

function headlineOf(
  { definition: { meta, schemas } }: Compiled,
  fields: Record<string, unknown>,
  without: readonly (string | undefined)[],
): string[] {
  const region = meta.region === undefined ? undefined : fields[meta.region]
  return (meta.summary ?? [])
    .flatMap((name) => {
      const value = fields[name]
      const plain = own(schemas.context.properties, name)?.format === undefined
      // A region has a place of its own, and a service centre often its name.
      const telling = plain && !without.includes(name) && value !== region
      return telling && typeof value === 'string' && value.trim() !== ''
        ? [value.trim().slice(0, LETTERS)]
        : []
    })
    .slice(0, LINES)
}

function momentOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** The events that give a job to somebody, with the property that names him. In the definition's order. */
export function assigningEvents(compiled: Compiled): { event: string; person: string }[] {
  const seen = new Map<string, string>()
  for (const { event, source } of waysOf(compiled)?.ways ?? [])
    if (event !== undefined && !seen.has(event)) seen.set(event, source)
  return [...seen].map(([event, person]) => ({ event, person }))
}

/** What each way of giving a job to somebody asks of him; undefined: nothing. */
export const demandsOf = (compiled: Compiled): Assignment['demand'][] =>
  (waysOf(compiled)?.ways ?? []).map(({ demand }) => demand)
