/**
 * Fields that the process alone sets: what a rule rests on is neither corrected by hand nor brought along at the start.
 *
 * Must not: decide which fields these are; each process names its own, beside its fields.
 */
import type { Action, Field, Value } from '../definition/schema.ts'
import { assign } from './author.ts'

type Properties = Record<string, Field>

/**
 * The same fields, those named locked against correction.
 * @throws TypeError for a field without a title, which no definition may have
 */
export const locked = <Given extends Properties>(
  properties: Given,
  names: readonly (keyof Given & string)[],
): Properties => ({
  ...properties,
  ...Object.fromEntries(names.map((name) => [name, lockedField(name, properties[name])])),
})

function lockedField(name: string, field: Field | undefined): Field {
  if (field?.meta === undefined) throw new TypeError(`the field ${name} has no title`)
  return { ...field, meta: { ...field.meta, locked: true } }
}

/** What a field holds before anything has happened: its default, or nothing. */
export function valueAtFirst({ default: value }: Field): Value {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  return Array.isArray(value) ? value : null
}

/** Takes back what whoever started the job gave of the locked fields, but for those that are known beforehand. */
export const takeBackLocked = (properties: Properties, knownBeforehand: readonly string[] = []): Action =>
  assign(
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name, { meta }]) => meta?.locked === true && !knownBeforehand.includes(name))
        .map(([name, field]) => [name, valueAtFirst(field)]),
    ),
  )
