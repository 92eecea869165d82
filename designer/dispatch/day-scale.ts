/**
 * A day as a line from left to right: where hours and jobs stand on it, and how jobs at the same hour make room.
 *
 * Promises: every job of the day is on the line, whatever its hour.
 * Must not: know how it is drawn.
 */
import type { DispatchDay, PlannedJob } from '../../machines/wire/dispatch.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
/** Room for a job that has an end, but no beginning. */
const DUE_MINUTES = 60
/** Shown where the calendar says nothing, and around what it says. */
const USUAL = { from: 8, to: 19 }

export type Span = { from: number; to: number }
export type Scale = Span & {
  /** The first moment of each hour that is shown. */
  hours: number[]
  /** 0 to 1. */
  at(ms: number): number
}
export type Placed = Span & { job: PlannedJob; lane: number }

function spanOf(job: PlannedJob, minutes: number): Span | undefined {
  if (job.at === undefined) return undefined
  const at = Date.parse(job.at)
  return job.kind === 'appointment'
    ? { from: at, to: at + minutes * MINUTE }
    : { from: at - DUE_MINUTES * MINUTE, to: at }
}

export function scaleOf(day: DispatchDay, also: Span | undefined): Scale {
  const [start, end] = [Date.parse(day.from), Date.parse(day.to)]
  const jobs = day.engineers.flatMap(({ jobs: his }) =>
    his.flatMap((job) => spanOf(job, day.visitMinutes) ?? []),
  )
  const spans = [...jobs, ...(also === undefined || also.from >= end || also.to <= start ? [] : [also])]
  const open = day.open.map((each) => ({
    from: Date.parse(each.from) - HOUR,
    to: Date.parse(each.to) + HOUR,
  }))
  const all = [{ from: start + USUAL.from * HOUR, to: start + USUAL.to * HOUR }, ...open, ...spans]
  const from =
    start + Math.floor((Math.max(start, Math.min(...all.map((each) => each.from))) - start) / HOUR) * HOUR
  const to = start + Math.ceil((Math.min(end, Math.max(...all.map((each) => each.to))) - start) / HOUR) * HOUR
  const hours: number[] = []
  for (let hour = from; hour < to; hour += HOUR) hours.push(hour)
  return { from, to, hours, at: (ms) => Math.min(1, Math.max(0, (ms - from) / (to - from))) }
}

/** What lies between the working hours. */
export function closedOf({ open }: Pick<DispatchDay, 'open'>, { from, to }: Span): Span[] {
  const closed: Span[] = []
  let since = from
  for (const each of open) {
    if (Date.parse(each.from) > since) closed.push({ from: since, to: Date.parse(each.from) })
    since = Math.max(since, Date.parse(each.to))
  }
  if (since < to) closed.push({ from: since, to })
  return closed
}

/** Each in the first lane that is free. */
export function placed(jobs: readonly PlannedJob[], minutes: number): { jobs: Placed[]; lanes: number } {
  const ends: number[] = []
  const found = jobs
    .flatMap((job) => {
      const span = spanOf(job, minutes)
      return span === undefined ? [] : [{ job, ...span }]
    })
    .toSorted((a, b) => a.from - b.from)
    .map((each) => {
      const free = ends.findIndex((end) => end <= each.from)
      const lane = free === -1 ? ends.length : free
      ends[lane] = each.to
      return { ...each, lane }
    })
  return { jobs: found, lanes: Math.max(1, ends.length) }
}

/** A share of the line, as a stylesheet has it. */
export const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

export const nextDay = (date: string, by: 1 | -1): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + by * 24 * HOUR).toISOString().slice(0, 10)
