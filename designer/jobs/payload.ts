/**
 * A payload as a form: which inputs an event's JSON Schema asks for, and what was typed as the JSON to send.
 *
 * Promises: what a form cannot enter is said before anyone fills it in. Must not: judge a value; the server does.
 */
import type { Field } from '../../machines/definition/schema.ts'

export type Input = { name: string; field: Field; required: boolean }
/** `complete`: false where a required property is of a kind the form cannot enter. */
export type Form = { inputs: Input[]; complete: boolean }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isField = (value: unknown): value is Field => isRecord(value) && typeof value.type === 'string'

/** Texts, numbers, yes or no, choices, times, and lists of texts or choices. */
function canEnter(field: Field): boolean {
  if (field.type === 'object') return false
  return field.type !== 'array' || (field.items?.type === 'string' && field.items.format === undefined)
}

export function formOf(schema: unknown): Form {
  const json = isRecord(schema) ? schema : {}
  const required = Array.isArray(json.required) ? json.required : []
  const inputs: Input[] = []
  let complete = true
  for (const [name, field] of Object.entries(isRecord(json.properties) ? json.properties : {})) {
    const needed = required.includes(name)
    if (isField(field) && canEnter(field)) inputs.push({ name, field, required: needed })
    else if (needed) complete = false
  }
  return { inputs, complete }
}

/** What stands in a form: texts, or `true` and `false`, or chosen texts. */
export type Typed = Record<string, string | boolean | string[]>

export function typedDefaults({ inputs }: Form): Typed {
  const typed: Typed = {}
  for (const { name, field } of inputs) {
    const preset = field.default
    if (field.type === 'boolean') typed[name] = preset === true
    else if (field.type === 'array') typed[name] = []
    else typed[name] = typeof preset === 'string' || typeof preset === 'number' ? String(preset) : ''
  }
  return typed
}

/** The payload to send; what was left empty is left out. */
export function payloadOf({ inputs }: Form, typed: Typed): Record<string, unknown> {
  const payload: Record<string, unknown> = {}
  for (const { name, field, required } of inputs) {
    const value = typedValue(field, typed[name], required)
    if (value !== undefined) payload[name] = value
  }
  return payload
}

function typedValue(field: Field, typed: Typed[string] | undefined, required: boolean): unknown {
  if (typeof typed === 'boolean') return typed || required ? typed : undefined
  if (Array.isArray(typed)) return typed.length > 0 || required ? typed : undefined
  if (typed === undefined || typed.trim() === '') return undefined
  if (field.type === 'number' || field.type === 'integer') {
    const number = Number(typed)
    return Number.isFinite(number) ? number : typed
  }
  if (field.format === 'date-time') {
    const time = new Date(typed)
    return Number.isNaN(time.getTime()) ? typed : time.toISOString()
  }
  return typed
}
