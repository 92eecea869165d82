/**
 * Values to try for a field: those that its schema allows and those at the bounds of what it is held against.
 *
 * Promises: in order of how likely they serve, the plainest first; each fits the field's schema; the same in gives the same out.
 * Must not: know why a value is wanted.
 */
import type { Fields } from '../advance/job.ts'
import { checkValue } from '../definition/check-value.ts'
import { canonicalJson } from '../definition/hash.ts'
import type { Field } from '../definition/schema.ts'
import { roughLength } from '../time/duration.ts'
import type { Kin } from './explore-reading.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const iso = (at: number): string => new Date(at).toISOString()

/** What a value may be taken from. */
export type Around = {
  now: number
  job: Fields
  settings: Readonly<Record<string, unknown>>
  /** Ids of persons. */
  people: readonly string[]
  kin: Kin | undefined
  /** Its place among those of one form. */
  place?: number
}

/** All plain values in a value. */
function scalars(value: unknown): readonly (string | number | boolean)[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [value]
  if (Array.isArray(value)) return value.flatMap(scalars)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : []
}

function related({ kin, job, settings }: Around): readonly (string | number | boolean)[] {
  if (kin === undefined) return []
  const held = [...kin.paths].flatMap((path) => {
    const [root, name = ''] = path.split('.')
    return scalars(root === 'job' ? job[name] : root === 'settings' ? settings[name] : undefined)
  })
  return [...held, ...kin.literals]
}

function moments(around: Around): readonly string[] {
  const { now } = around
  const found = related(around)
  const marks = found.flatMap((value) => {
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return []
    const at = Date.parse(value)
    return Number.isNaN(at) ? [] : [at]
  })
  const spans = found.flatMap((value) => {
    const length = typeof value === 'string' && /^-?P/.test(value) ? roughLength(value) : undefined
    return length === undefined ? [] : [length]
  })
  const bounds = [now, ...marks].flatMap((at) => spans.flatMap((span) => [at - span, at + span]))
  const near = bounds.flatMap((at) => [at + MINUTE, at - MINUTE, at])
  return [
    now + 2 * HOUR,
    ...marks.flatMap((at) => [at, at + HOUR, at - HOUR]),
    now + 3 * DAY,
    now - HOUR,
    now + 30 * MINUTE,
    now,
    now - 2 * DAY,
    now + 30 * DAY,
    now - 400 * DAY,
    ...near,
  ].map(iso)
}

function texts(field: Field, around: Around): readonly string[] {
  if (field.enum !== undefined) return field.enum
  switch (field.format) {
    case 'date-time':
      return moments(around)
    case 'date':
      return moments(around).map((moment) => moment.slice(0, 10))
    case 'duration':
      return ['PT30M', 'PT1M', 'P1D']
    case 'email':
      return ['someone@example.org']
    case 'person':
      return around.people
    default: {
      const near = related(around).flatMap((value) => (typeof value === 'string' ? [value] : []))
      const plain = 'A1'.padEnd(field.minLength ?? 0, '1').slice(0, Math.max(1, field.maxLength ?? 10))
      return [plain, ...near, `B2${plain.slice(2)}`]
    }
  }
}

function numbers({ minimum, maximum }: Field, around: Around): readonly number[] {
  const near = related(around).flatMap((value) =>
    typeof value === 'number' ? [value, value + 1, value - 1] : [],
  )
  // From one number of a form to the next it goes up, as from hour to hour.
  const first = Math.min(Math.max(1, minimum ?? 1) + (around.place ?? 0), maximum ?? Number.MAX_SAFE_INTEGER)
  return [first, ...near, 0, minimum ?? 0, maximum ?? 100]
}

function records(field: Field, around: Around): readonly unknown[] {
  const properties = Object.entries(field.properties ?? {})
  const whole = Object.fromEntries(
    properties.map(([name, each], place) => [name, valuesOf(each, later(around, place))[0]]),
  )
  const required = Object.fromEntries(
    Object.entries(whole).filter(([name]) => field.required?.includes(name) === true),
  )
  return [whole, required]
}

/** Moments of one form come one after the other, and so do numbers. */
export const later = (around: Around, place: number): Around => ({
  ...around,
  place,
  now: around.now + place * HOUR,
})

function lists({ items }: Field, around: Around): readonly unknown[] {
  if (items === undefined) return [[]]
  const each = valuesOf(items, around)
  const [first, second] = each
  return [
    [first],
    each.slice(0, 8),
    [],
    ...(second === undefined ? [] : [[second]]),
    ...each.slice(2, 8).map((one) => [one]),
  ]
}

function raw(field: Field, around: Around): readonly unknown[] {
  switch (field.type) {
    case 'boolean':
      return [true, false]
    case 'number':
    case 'integer':
      return numbers(field, around)
    case 'array':
      return lists(field, around)
    case 'object':
      return records(field, around)
    default:
      return texts(field, around)
  }
}

const MOST = 24

/** Never empty for a schema that can be met by plain means. */
export function valuesOf(field: Field, around: Around): readonly unknown[] {
  const fitting = new Map<string, unknown>()
  for (const value of raw(field, around)) {
    if (value === undefined || fitting.size >= MOST) continue
    if (checkValue(field, value).length === 0) fitting.set(canonicalJson(value), value)
  }
  return [...fitting.values()]
}
