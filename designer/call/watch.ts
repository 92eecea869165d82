/**
 * What is counted in seconds while a call lasts: its ringing, and a wait of the caller.
 *
 * Promises: the limit is the one that the process armed; where it begins is read from the history, never guessed.
 * Must not: read a clock, or judge: the server tells what was broken.
 */
import type { Definition, Text } from '../../machines/definition/schema.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'

export type Watch = {
  /** Epoch milliseconds, as all times here. */
  since: number
  warnAt: number
  limitAt: number
  title: Text | undefined
  norms: readonly string[]
  rings?: { period: number; most: number }
}
export type Level = 'calm' | 'soon' | 'over'

/** Longer stretches are deadlines in a calendar, not seconds in a conversation. */
const SECONDS_MATTER_MS = 5 * 60_000
const RINGING = 'ringing'
const ON_HOLD = 'talking.onHold'

const at = (iso: string): number => new Date(iso).getTime()
const within = (active: readonly string[], state: string): boolean =>
  active.some((path) => path === state || path.startsWith(`${state}.`))

/** What is counted in the present state, if anything is. */
export function watchOf(
  job: JobDetail,
  entries: readonly EntryView[],
  definition: Definition | undefined,
): Watch | undefined {
  if (job.status !== 'active' || job.suspended !== undefined) return undefined
  const found = job.deadlines.flatMap((deadline) => {
    const { delay, dueAt, kind } = deadline
    const armed = entries
      .flatMap((entry) => entry.armed)
      .findLast((timer) => timer.delay === delay && timer.dueAt === dueAt)
    if (kind !== 'deadline' || armed === undefined) return []
    const since = at(armed.armedAt)
    return at(dueAt) - since > SECONDS_MATTER_MS ? [] : [{ ...deadline, since }]
  })
  // What has run out is told as broken; what still runs can be kept.
  const limit = found.find(({ fired }) => !fired) ?? found.at(-1)
  if (limit === undefined) return undefined
  const { since, title, norms } = limit
  const limitAt = at(limit.dueAt)
  const reminders = job.deadlines
    .filter(({ kind }) => kind === 'reminder')
    .map(({ dueAt }) => at(dueAt))
    .filter((due) => due > since && due < limitAt)
  const warnAt = reminders.length > 0 ? Math.min(...reminders) : since + ((limitAt - since) * 2) / 3
  const rings = within(job.active, RINGING) ? ringsOf(definition) : undefined
  return { since, warnAt, limitAt, title, norms, ...(rings === undefined ? {} : { rings }) }
}

function ringsOf(definition: Definition | undefined): Watch['rings'] {
  const { rings, ringPeriod } = definition?.meta.settings ?? {}
  const most = rings?.value
  const seconds = ringPeriod?.value
  if (typeof most !== 'number' || typeof seconds !== 'number' || seconds <= 0) return undefined
  return { period: seconds * 1000, most }
}

export const levelOf = ({ warnAt, limitAt }: Watch, now: number): Level =>
  now >= limitAt ? 'over' : now >= warnAt ? 'soon' : 'calm'

/** Whole seconds since it began. */
export const secondsOf = ({ since }: Pick<Watch, 'since'>, now: number): number =>
  Math.max(0, Math.floor((now - since) / 1000))

/** Which ring it is, from 1. */
export const ringOf = ({ since }: Watch, period: number, now: number): number =>
  Math.floor(Math.max(0, now - since) / period) + 1

/** Since when the caller waits in this hold, however often he was thanked meanwhile. */
export function onHoldSince(job: JobDetail, entries: readonly EntryView[]): number | undefined {
  if (!within(job.active, ON_HOLD)) return undefined
  const before = entries.findLastIndex(({ active }) => !within(active, ON_HOLD))
  const first = entries[before + 1]
  return first === undefined ? undefined : at(first.at)
}

/** Somebody is on the line: neither owed work afterwards, nor over. */
export const isOnTheLine = ({ status, active }: Pick<JobDetail, 'status' | 'active'>): boolean =>
  status === 'active' && !within(active, 'wrapUp') && !within(active, 'callBack')

/** 75 as 1:15. */
export function asClock(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`
}
