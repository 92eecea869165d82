/**
 * What an event may carry in a search: its plainest payloads, one for each value that matters, and combinations that open a guard.
 *
 * Promises: every payload fits the event's schema; the plain ones first; the same in gives the same out.
 * Must not: judge guards.
 */
import type { EventSchema, Field } from '../definition/schema.ts'
import type { Reading } from './explore-reading.ts'
import { type Around, later, valuesOf } from './values.ts'

type Payload = Record<string, unknown>
export type Variant = { readonly name: string; readonly payload: Payload }

/** A group of fields whose members nobody declared takes those that guards or assignments read. */
function undeclared(type: string, name: string, field: Field, reading: Reading): readonly unknown[] {
  if (field.type !== 'object' || field.properties !== undefined) return []
  const prefix = `${type}/${name}.`
  const members = [...reading.kin].filter(([key]) => key.startsWith(prefix))
  return members.flatMap(([key, { literals }]) =>
    [...literals].map((literal) => ({ [key.slice(prefix.length)]: literal })),
  )
}

/** Values to try for each thing that an event carries. */
export function choicesOf(
  type: string,
  { properties = {} }: EventSchema,
  reading: Reading,
  around: Omit<Around, 'kin'>,
): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    Object.entries(properties).map(([name, field], place) => {
      const own = later({ ...around, kin: reading.kin.get(`${type}/${name}`) }, place)
      return [name, [...valuesOf(field, own), ...undeclared(type, name, field, reading)]]
    }),
  )
}

const ABSENT = Symbol('absent')

function put(payload: Payload, name: string, value: unknown): Payload {
  const { [name]: _before, ...rest } = payload
  return value === ABSENT ? rest : { ...rest, [name]: value }
}

/** The whole payload, the least, and the whole one with each value that matters in its turn. */
export function plainVariants(
  type: string,
  { required = [] }: EventSchema,
  choices: ReadonlyMap<string, readonly unknown[]>,
  reading: Reading,
): readonly Variant[] {
  const entries = [...choices].filter(([, values]) => values.length > 0)
  const whole: Payload = Object.fromEntries(entries.map(([name, values]) => [name, values[0]]))
  const least: Payload = Object.fromEntries(Object.entries(whole).filter(([name]) => required.includes(name)))
  const variants: Variant[] = [{ name: 'whole', payload: whole }]
  if (Object.keys(least).length < entries.length) variants.push({ name: 'least', payload: least })
  for (const [name, values] of entries) {
    if (!reading.carried.has(`${type}/${name}`)) continue
    for (const [place, value] of values.entries())
      if (place > 0) variants.push({ name: `${name}=${place}`, payload: put(whole, name, value) })
    if (!required.includes(name)) variants.push({ name: `no ${name}`, payload: put(whole, name, ABSENT) })
  }
  return variants
}

const MOST_EACH = 10

/** Combinations of what guards ask of a payload, at most so many. */
export function* combinations(
  { required = [] }: EventSchema,
  choices: ReadonlyMap<string, readonly unknown[]>,
  names: readonly string[],
  most: number,
): Generator<Variant> {
  const whole: Payload = Object.fromEntries(
    [...choices].flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first]])),
  )
  const axes = names.map((name) => {
    const values = (choices.get(name) ?? []).slice(0, MOST_EACH)
    return required.includes(name) ? values : [...values, ABSENT]
  })
  const total = axes.reduce((product, axis) => product * axis.length, 1)
  for (let count = 0; count < Math.min(total, most); count++) {
    let payload = whole
    let rest = count
    for (const [place, axis] of axes.entries()) {
      const name = names[place]
      if (name !== undefined) payload = put(payload, name, axis[rest % axis.length])
      rest = Math.floor(rest / axis.length)
    }
    yield { name: `${names.join()}=${count}`, payload }
  }
}
