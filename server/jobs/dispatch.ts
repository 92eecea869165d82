/**
 * The dispatcher's day: what waits to be assigned, who has what when, and whom a job suits.
 *
 * Promises: gathers from indexes, whatever the number of jobs; judging is `machines/dispatch`, assigning the job's own
 * event.
 * Must not: change anything.
 */
import type { Certificate } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Definition, Text } from '../../machines/definition/schema.ts'
import { ENDS_SOON_MS, type Engineer, judgeFit, type Task } from '../../machines/dispatch/fit.ts'
import { assigningEvents, demandsOf } from '../../machines/dispatch/plan.ts'
import { type Interval, openIntervals } from '../../machines/time/working.ts'
import { DAY, dayAt, dayFromText, fromLocal, MINUTE, zoneOf } from '../../machines/time/zone.ts'
import type { Candidate, Candidates, DispatchDay, PlannedJob } from '../../machines/wire/dispatch.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { may } from '../access/policy.ts'
import { type Asker, rolesAt, type Scope, scopeOf } from '../access/scope.ts'
import { latestDefinitions } from '../library/check-definition.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { PlannedRow, WaitingQuery } from '../store/dispatch-port.ts'
import type { Library, Person } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'
import { isWithin } from '../store/within.ts'
import type { JobsPort } from './jobs-port.ts'
import { processVersion } from './process-versions.ts'

/** How long a visit is reckoned to last where nobody says. */
const VISIT_MINUTES = 120
/** The calendar of GN-01. */
const WORKING = 'working'

type DayQuery = Omit<WaitingQuery, 'within'> & { date?: string; minutes?: number }
type CandidatesQuery = { job: string; date?: string; minutes?: number }
export type DispatchPort = {
  /** Of the jobs that the asker's roles reach. Problems: body-invalid. */
  day(query: DayQuery, asker: Asker): Promise<DispatchDay>
  /** Problems: job-not-found, body-invalid; refused where nobody hands out such a job. */
  candidates(query: CandidatesQuery, asker: Asker): Promise<Candidates>
}
type Deps = {
  store: Pick<JobStore, 'dispatch'>
  library: Library
  jobs: Pick<JobsPort, 'get' | 'mustReach'>
  now(): number
}

export function createDispatch({ store: { dispatch }, library, jobs, now }: Deps): DispatchPort {
  async function calendarOf(date: string | undefined) {
    const { timeZone, calendars } = (await library.settings()).value
    const today = dayAt(new Date(now()).toISOString(), timeZone)
    const bounds = boundsOf(date ?? today, timeZone)
    const working = calendars[WORKING]
    const open = working === undefined ? undefined : openIntervals(working, bounds.from, bounds.to, timeZone)
    return { timeZone, today, date: date ?? today, bounds, open }
  }

  const titlesOf = async () => titlesIn(await latestDefinitions(library))
  const engineers = async () => (await library.people()).filter(isEngineer)
  /** Also what began the evening before and lasts into the day. */
  const plannedOn = (bounds: Interval, minutes: number) =>
    dispatch.planned(iso(bounds.from - minutes * MINUTE), iso(bounds.to))

  return {
    day: async ({ date, minutes = VISIT_MINUTES, ...wanted }, asker) => {
      const scope = scopeOf(asker, 'dispatch:read')
      const within = scope === undefined ? {} : { within: scope }
      const day = await calendarOf(date)
      const [waiting, waitingRegions, planned, loads, people, titles] = await Promise.all([
        dispatch.waiting({ ...wanted, ...within }),
        dispatch.waitingRegions(scope),
        plannedOn(day.bounds, minutes),
        dispatch.loads(),
        library.people(),
        titlesOf(),
      ])
      const byAssignee = Map.groupBy(
        planned.filter((row) => touches(row, day.bounds, minutes) && isWithin(scope, placeOf(row))),
        ({ index }) => index.assignee ?? '',
      )
      const { region } = wanted
      const shown = people.filter(
        (person) => byAssignee.has(person.id) || (isEngineer(person) && worksIn(person, region)),
      )
      return {
        date: day.date,
        today: day.today,
        timeZone: day.timeZone,
        from: iso(day.bounds.from),
        to: iso(day.bounds.to),
        open: (day.open ?? []).map(stretch),
        visitMinutes: minutes,
        waiting: { total: waiting.total, jobs: waiting.rows.map((row) => jobOf(row, titles)) },
        engineers: shown
          .map((person) => ({
            id: person.id,
            name: person.name,
            regions: [...(person.regions ?? [])],
            jobs: (byAssignee.get(person.id) ?? []).map((row) => jobOf(row, titles)),
            load: loads.get(person.id) ?? 0,
            overtimeMinutes: agreedOn(person, day.date),
            expiring: expiring(person.certificates, now(), titles),
          }))
          .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
        regions: [
          ...new Set([
            ...waitingRegions,
            ...people.filter(isEngineer).flatMap(({ regions = [] }) => regions),
          ]),
        ].sort(),
      }
    },

    candidates: async ({ job: id, date, minutes = VISIT_MINUTES }, asker) => {
      await jobs.mustReach(id, 'dispatch:read', asker)
      const detail = await jobs.get(id, asker)
      const row = await dispatch.plannedJob(id)
      if (row === undefined) throw problem('refused', { code: 'not-dispatched', detail: NOT_DISPATCHED })
      const { compiled } = await processVersion(library, row.process, row.version)
      const { timeZone } = (await library.settings()).value
      const visit = visitOf(row, minutes)
      const day = await calendarOf(visit === undefined ? date : dayAt(iso(visit.from), timeZone))
      const [planned, loads, people, titles] = await Promise.all([
        plannedOn(day.bounds, minutes),
        dispatch.loads(),
        engineers(),
        titlesOf(),
      ])
      const { assignee, region } = row.index
      const task: Task = {
        ...(visit === undefined ? {} : { visit }),
        ...(region === undefined ? {} : { region }),
        ...(assignee === undefined ? {} : { assignee }),
        demands: demandsOf(compiled),
      }
      const visits = visitsBy(planned, id, minutes, scopeOf(asker, 'dispatch:read'))
      const assigning = assigningOf(compiled, detail, rolesAt(asker, placeOf(row)))
      const reaches = (person: Person) => rolesAt(person, placeOf(row)).includes('engineer')
      const judged = people.filter(reaches).map((person) => {
        const load = loads.get(person.id) ?? 0
        const engineer: Engineer = {
          id: person.id,
          regions: person.regions ?? [],
          certificates: person.certificates,
          overtimeMinutes: agreedOn(person, day.date),
          visits: visits.get(person.id) ?? [],
        }
        const found = judgeFit(task, engineer, {
          now: now(),
          timeZone,
          hours: day.open === undefined ? undefined : spanOf(day.open),
          titleOf: (kind) => titles.certificates.get(kind),
        })
        return {
          candidate: { id: person.id, name: person.name, ...found, load },
          visits: engineer.visits.length,
        }
      })
      return {
        job: jobOf(row, titles),
        date: day.date,
        ...(visit === undefined ? {} : { visit: stretch(visit) }),
        ...(assigning === undefined ? {} : { assigning }),
        candidates: judged
          .toSorted(
            (a, b) =>
              ORDER[a.candidate.fit] - ORDER[b.candidate.fit] ||
              against(a.candidate) - against(b.candidate) ||
              a.visits - b.visits ||
              a.candidate.load - b.candidate.load ||
              a.candidate.name.localeCompare(b.candidate.name, 'zh-CN'),
          )
          .map(({ candidate }) => candidate),
      }
    },
  }
}

const ORDER: Record<Candidate['fit'], number> = { yes: 0, doubt: 1, no: 2 }
const against = ({ reasons }: Pick<Candidate, 'reasons'>): number =>
  reasons.filter(({ weight }) => weight !== 'fact').length
const NOT_DISPATCHED = {
  en: 'Jobs of this kind are not handed out to engineers, or this one is over.',
  zh: '此类工单不由调度派给工程师，或该工单已结束。',
}

const placeOf = ({ process, index }: PlannedRow) => ({ process, region: index.region })
const iso = (ms: number): string => new Date(ms).toISOString()
const stretch = ({ from, to }: Interval) => ({ from: iso(from), to: iso(to) })
const isEngineer = ({ roles, disabled }: Person): boolean => disabled !== true && roles.includes('engineer')
const worksIn = ({ regions = [] }: Person, region: string | undefined): boolean =>
  region === undefined || regions.length === 0 || regions.includes(region)
const agreedOn = ({ overtime = [] }: Person, date: string): number =>
  overtime.find((agreed) => agreed.date === date)?.minutes ?? 0

function boundsOf(date: string, timeZone: string): Interval {
  const day = dayFromText(date)
  if (day === undefined)
    throw problem('body-invalid', {
      in: 'querystring',
      errors: [wrongAt('/date', 'there is no such day', '没有这一天')],
    })
  const zone = zoneOf(timeZone)
  return { from: fromLocal(zone, day * DAY).first, to: fromLocal(zone, (day + 1) * DAY).first }
}

/** From the first to the last working hour; null on a day off. */
function spanOf(open: readonly Interval[]): Interval | null {
  const first = open[0]
  const last = open.at(-1)
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to }
}

function visitOf({ index: { plan } }: PlannedRow, minutes: number): Interval | undefined {
  if (plan?.at === undefined || plan.kind !== 'appointment') return undefined
  const from = Date.parse(plan.at)
  return { from, to: from + minutes * MINUTE }
}

function touches(row: PlannedRow, { from, to }: Interval, minutes: number): boolean {
  const visit = visitOf(row, minutes)
  if (visit !== undefined) return visit.to > from && visit.from < to
  const at = Date.parse(row.index.plan?.at ?? '')
  return at >= from && at < to
}

/**
 * What everybody has on a day beside the job that is to be assigned. Of a job that the asker's roles do not reach he hears
 * that somebody is engaged, and not with what.
 */
function visitsBy(planned: readonly PlannedRow[], without: string, minutes: number, scope: Scope) {
  const visits = new Map<string, Engineer['visits'][number][]>()
  for (const row of planned) {
    const visit = visitOf(row, minutes)
    const { assignee, plan } = row.index
    if (visit === undefined || assignee === undefined || row.id === without) continue
    const about = isWithin(scope, placeOf(row)) ? (plan?.about.join(' · ') ?? '') : ''
    const engaged = { ...visit, about, done: row.status !== 'active' }
    visits.set(assignee, [...(visits.get(assignee) ?? []), engaged])
  }
  return visits
}

/** The event that is open, else the one that says why not, else the hand of whoever may. */
function assigningOf(
  compiled: Compiled,
  detail: JobDetail,
  roles: readonly string[],
): Candidates['assigning'] {
  const events = assigningEvents(compiled).flatMap(({ event, person }) => {
    const found = detail.allowed.find(({ type }) => type === event)
    return found === undefined ? [] : [{ by: 'event' as const, person, event: found }]
  })
  const best = events.find(({ event }) => event.open) ?? events[0]
  if (best !== undefined) return best
  return detail.status === 'active' && may(roles, 'jobs:reassign') ? { by: 'hand' } : undefined
}

type Titles = { processes: ReadonlyMap<string, Text>; certificates: ReadonlyMap<string, Text> }
function titlesIn(definitions: readonly Definition[]): Titles {
  return {
    processes: new Map(definitions.map(({ id, meta }) => [id, meta.title])),
    certificates: new Map(definitions.flatMap(({ meta }) => Object.entries(meta.certificates ?? {}))),
  }
}

function jobOf({ id, process, seq, status, index }: PlannedRow, { processes }: Titles): PlannedJob {
  const { assignee, region, plan, overdue } = index
  return {
    id,
    process,
    title: processes.get(process) ?? { en: process },
    seq,
    status,
    about: [...(plan?.about ?? [])],
    ...(assignee === undefined ? {} : { assignee }),
    ...(region === undefined ? {} : { region }),
    ...(plan?.at === undefined ? {} : { at: plan.at }),
    ...(plan?.kind === undefined ? {} : { kind: plan.kind }),
    overdue,
  }
}

/** Of each kind the one that lasts longest. */
function expiring(certificates: readonly Certificate[], now: number, titles: Titles) {
  return [...Map.groupBy(certificates, ({ kind }) => kind).values()].flatMap((all) => {
    const last = all.toSorted((a, b) => (a.validUntil < b.validUntil ? 1 : -1))[0]
    if (last === undefined || Date.parse(last.validUntil) - now >= ENDS_SOON_MS) return []
    const title = titles.certificates.get(last.kind)
    return [
      {
        ...last,
        ...(title === undefined ? {} : { title }),
        expired: Date.parse(last.validUntil) < now,
      },
    ]
  })
}
