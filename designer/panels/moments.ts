/**
 * Moments as the inputs of a browser write them, by the clocks of the organisation.
 *
 * Promises: what is entered comes back as the same time on those clocks, wherever the reader sits.
 * Must not: read a clock.
 */
import { DAY, fromLocal, MINUTE, stretchAt, toLocal, zoneOf } from '../../machines/time/zone.ts'

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')

/** `2026-03-02T09:00`, as a date-and-time input has it; empty for what is no moment. */
export function asInput(ms: number, timeZone: string): string {
  if (!Number.isFinite(ms)) return ''
  return new Date(toLocal(zoneOf(timeZone), ms)).toISOString().slice(0, 16)
}

/** The moment that an input's text is, epoch milliseconds; undefined while it is not whole. */
export function fromInput(text: string, timeZone: string): number | undefined {
  const local = Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`)
  if (text === '' || Number.isNaN(local)) return undefined
  return fromLocal(zoneOf(timeZone), local).first
}

/** With its offset: `2026-03-02T09:00:00+08:00`. */
export function withOffset(ms: number, timeZone: string): string {
  const zone = zoneOf(timeZone)
  const { offset } = stretchAt(zone, ms)
  const minutes = Math.abs(offset) / MINUTE
  const local = new Date(ms + offset).toISOString().slice(0, 19)
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** Moments of entering a state that are likely to tell something: an ordinary one, one at night, one on a weekend. */
export function usualMoments(now: number, timeZone: string): number[] {
  const zone = zoneOf(timeZone)
  const today = Math.floor(toLocal(zone, now) / DAY)
  const weekday = (((today + 3) % 7) + 7) % 7
  const at = (day: number, hour: number): number => fromLocal(zone, day * DAY + hour * 60 * MINUTE).first
  const monday = today + ((7 - weekday) % 7)
  return [at(monday, 10), at(monday + 1, 21), at(monday + 5, 11)]
}
