/**
 * Time zones as stretches of constant offset: the arithmetic of local time that calendars and expressions share.
 *
 * Promises: what the zone database says, looked up once a stretch; all else is sums of whole numbers.
 * Must not: read a clock, or guess a zone.
 */
import { Temporal } from 'temporal-polyfill'

export const MINUTE = 60_000
export const DAY = 86_400_000
/** The last millisecond that a date can hold (ECMA-262, time values), either side of 1970. */
const END_OF_TIME = 8.64e15

/** `from <= t < to`: between two changes of the clocks. Local time is `t + offset`. */
export type Stretch = { readonly from: number; readonly to: number; readonly offset: number }
/** A zone and what was looked up of it before: a memory, not a state, for forgetting it changes no answer. */
export type Zone = { readonly name: string; readonly stretches: Stretch[]; latest: Stretch }

const zones = new Map<string, Zone>()
const MOST_ZONES = 1000
const MOST_STRETCHES = 1000

const NO_STRETCH: Stretch = { from: 0, to: 0, offset: 0 }
/** Only names of the IANA database: an offset like `+08:00` is a guess about the seasons. */
const IANA_NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/

/** @throws RangeError on a name that the zone database does not know. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known !== undefined) return known
  if (!IANA_NAME.test(name)) throw new RangeError(`unknown time zone ${JSON.stringify(name)}`)
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
  if (zones.size >= MOST_ZONES) zones.clear()
  const zone = { name, stretches: [], latest: NO_STRETCH }
  zones.set(name, zone)
  return zone
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}

/** The stretch that a moment lies in. @throws RangeError beyond the end of time. */
export function stretchAt(zone: Zone, ms: number): Stretch {
  const { latest } = zone
  if (ms >= latest.from && ms < latest.to) return latest
  zone.latest = zone.stretches.find(({ from, to }) => ms >= from && ms < to) ?? lookUp(zone, ms)
  return zone.latest
}

function lookUp(zone: Zone, ms: number): Stretch {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone.name)
  // `previous` looks strictly before, so a moment later finds a change of clocks at this very moment.
  const previous = at.add({ milliseconds: ms >= END_OF_TIME ? 0 : 1 }).getTimeZoneTransition('previous')
  const next = at.getTimeZoneTransition('next')
  const stretch = {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / 1e6,
  }
  if (zone.stretches.length >= MOST_STRETCHES) zone.stretches.length = 0
  zone.stretches.push(stretch)
  return stretch
}

/** Local time as if it were UTC, so that days and minutes are plain division. */
export const toLocal = (zone: Zone, ms: number): number => ms + stretchAt(zone, ms).offset

/**
 * The moments at which clocks in the zone show a local time: two where an hour comes twice (`first` and `last`),
 * one as a rule. A local time that the clocks skip stands for the moment they skip it.
 */
export function fromLocal(zone: Zone, local: number): { first: number; last: number } {
  const found: number[] = []
  let stretch = stretchAt(zone, local - DAY)
  let skippedAt = stretch.to
  // Offsets lie within a day of UTC, so stretches up to a day later may show this local time.
  for (;;) {
    const moment = local - stretch.offset
    if (moment >= stretch.from && moment < stretch.to) found.push(moment)
    else if (moment >= stretch.to) skippedAt = stretch.to
    if (stretch.to > local + DAY) break
    stretch = stretchAt(zone, stretch.to)
  }
  const first = found[0] ?? skippedAt
  return { first, last: found.at(-1) ?? first }
}

/** The day, `2026-03-02`, that a moment lies in. @throws RangeError on an unknown zone. */
export const dayAt = (iso: string, timeZone: string): string =>
  new Date(toLocal(zoneOf(timeZone), Date.parse(iso))).toISOString().slice(0, 10)
/** Days since 1970-01-01 of a local time, and back from `YYYY-MM-DD`; `undefined` if there is no such day. */
export const dayOf = (local: number): number => Math.floor(local / DAY)
export function dayFromText(text: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return undefined
  return ms / DAY
}
/** 1 Monday … 7 Sunday (ISO 8601). */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1
