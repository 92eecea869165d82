/**
 * Messages to people: what of a change is told, and who it reaches.
 *
 * Promises: ids are made of the job's id, its seq and a counter, so that a retry is known as one (E6). A message for a
 * role goes to the job's assignee where he has the role, else to everybody with it whose role reaches the job, of the job's
 * region where people have regions; a message for the role `customer` only to a customer whom the job names. What would reach nobody goes
 * to the administrators, marked as astray.
 * Must not: write, or word a message; the definition does.
 */
import type { Breach, Effect, Entry, Job } from '../../machines/advance/job.ts'
import type { Role } from '../../machines/definition/schema.ts'
import type { RoleLimit } from '../../machines/wire/people.ts'
import { rolesAt } from '../access/scope.ts'
import type { JobNotice, NoticeRecipient } from '../store/notice-port.ts'
import type { JobChange, NewOutboxItem } from '../store/port.ts'

export const NOTICE = 'notice'

/** What a change tells people, for the outbox. */
export function noticesOf({ job, entry }: Pick<JobChange, 'job' | 'entry'>): NewOutboxItem[] {
  const told = entry.effects.flatMap((effect) => messageNotice(effect, job, entry))
  const broken = entry.breaches.map((breach, at) => breachNotice(breach, at, job, entry))
  return [...told, ...broken].map((notice) => ({
    id: notice.id,
    job: job.id,
    kind: NOTICE,
    body: notice,
    notBefore: entry.at,
  }))
}

type Said = Pick<JobNotice, 'job' | 'process' | 'version' | 'at'>
const said = (job: Job, entry: Entry): Said => ({
  job: job.id,
  process: job.process,
  version: job.version,
  at: entry.at,
})

/** A message whose fields name nobody yet has nobody to reach; it stands in the history. */
function messageNotice(effect: Effect, job: Job, entry: Entry): JobNotice[] {
  if ((effect.type !== 'remind' && effect.type !== 'notify') || effect.to.length === 0) return []
  const { id, type, to, message, norm } = effect
  return [{ id, kind: type, ...said(job, entry), to, message, ...(norm === undefined ? {} : { norm }) }]
}

/** Whoever works the job and whoever watches over the work; what is critical also the owner of the process. */
function breachNotice(
  { norm, severity, note, reportedBy }: Breach,
  at: number,
  job: Job,
  entry: Entry,
): JobNotice {
  const to: NoticeRecipient[] = [{ assignee: true }, { role: 'dispatcher' }]
  if (severity === 'critical') to.push({ role: 'process-owner' })
  return {
    id: `${job.id}.${entry.seq}.b${at}`,
    kind: 'breach',
    ...said(job, entry),
    to,
    norm,
    severity,
    ...(note === undefined ? {} : { message: note }),
    ...(note === undefined || reportedBy === undefined ? {} : { typed: true }),
  }
}

/** What is asked of a person to know whether a message is his. */
export type Reachable = {
  id: string
  roles: readonly Role[]
  disabled?: boolean
  /** Where he works; everywhere where none is named. */
  regions?: readonly string[]
  /** How far his roles reach. */
  limits?: readonly RoleLimit[]
}
/** What the job says of people. */
export type About = {
  process: string
  assignee?: string
  region?: string
  /** Persons whom fields of the job name. */
  named: readonly string[]
}

/** Ids, each once. `astray`: nobody it was meant for is there. */
export function reached(
  to: readonly NoticeRecipient[],
  about: About,
  people: readonly Reachable[],
): { people: string[]; astray: boolean } {
  const present = people.filter((person) => person.disabled !== true)
  const ids = new Set(to.flatMap((each) => meant(each, about, present)).map(({ id }) => id))
  if (ids.size > 0) return { people: [...ids], astray: false }
  const administrators = present.filter(({ roles }) => roles.includes('administrator'))
  return { people: administrators.map(({ id }) => id), astray: true }
}

function meant(to: NoticeRecipient, about: About, present: readonly Reachable[]): readonly Reachable[] {
  const { process, assignee, region, named } = about
  if ('assignee' in to) return present.filter(({ id }) => id === assignee)
  if ('person' in to) return present.filter(({ id }) => id === to.person)
  const holders = present.filter((person) =>
    rolesAt(person, { process, region }).some((role) => role === to.role),
  )
  if (to.role === 'customer') return holders.filter(({ id }) => named.includes(id))
  const his = holders.filter(({ id }) => id === assignee)
  if (his.length > 0) return his
  const worksThere = ({ regions = [] }: Reachable): boolean =>
    region === undefined || regions.length === 0 || regions.includes(region)
  return holders.filter(worksThere)
}
