/**
 * A payload as a form: which inputs an event's JSON Schema asks for, and what was typed as the JSON to send.
 *
 * Promises: what a form cannot enter is said before anyone fills it in; what stands typed survives every change of
 * the job, for nothing here knows one. Must not: be the last to judge a value; the server is.
 */
import { checkValue, type ValueProblem } from '../../machines/definition/check-value.ts'
import { child } from '../../machines/definition/pointer.ts'
import type { Field } from '../../machines/definition/schema.ts'

export type Input = { name: string; field: Field; required: boolean }
/** `complete`: false where a required property is of a kind the form cannot enter. */
export type Form = { inputs: Input[]; complete: boolean }

/** What stands in an input: a text ('' where nothing was said yet), yes or no, entries, or a group of inputs. */
export type Typed = string | boolean | Typed[] | TypedFields
export type TypedFields = { [name: string]: Typed }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isField = (value: unknown): value is Field => isRecord(value) && typeof value.type === 'string'

/** Groups in groups in groups are no form that anyone fills in. */
const DEEPEST = 3

function canEnter(field: Field, depth = 0): boolean {
  if (depth > DEEPEST) return false
  if (field.type === 'array') return field.items !== undefined && canEnter(field.items, depth + 1)
  if (field.type !== 'object') return true
  const { properties = {}, required = [] } = field
  return (
    Object.keys(properties).length > 0 &&
    required.every((name) => {
      const property = properties[name]
      return property !== undefined && canEnter(property, depth + 1)
    })
  )
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

/** The inputs of a group, or of one entry of a list of groups. */
export const inputsOf = (field: Field): Input[] => formOf(field).inputs

/** How an input begins: as its default has it, else empty. A yes-or-no that must be answered has no answer yet. */
export function blank(field: Field, required: boolean): Typed {
  if (field.default !== undefined && field.default !== null) return typedFrom(field, field.default)
  if (field.type === 'boolean') return required ? '' : false
  if (field.type === 'array') return []
  if (field.type === 'object') return blankGroup(inputsOf(field))
  return ''
}
const blankGroup = (inputs: readonly Input[]): TypedFields =>
  Object.fromEntries(inputs.map(({ name, field, required }) => [name, blank(field, required)]))

/** A value as it would have been typed. */
function typedFrom(field: Field, value: unknown): Typed {
  if (field.type === 'boolean') return value === true
  if (field.type === 'array') {
    const { items } = field
    return Array.isArray(value) && items !== undefined ? value.map((each) => typedFrom(items, each)) : []
  }
  if (field.type === 'object') {
    const known = isRecord(value) ? value : {}
    return Object.fromEntries(
      inputsOf(field).map((input) => {
        const each = known[input.name]
        const typed = each === undefined || each === null
        return [input.name, typed ? blank(input.field, input.required) : typedFrom(input.field, each)]
      }),
    )
  }
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  return field.format === 'date-time' ? localMoment(value) : value
}

/** As an input for a local date and time has it: 2026-03-02T09:30. */
function localMoment(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** `known`: values to begin with, by name. */
export function typedDefaults({ inputs }: Form, known: Readonly<Record<string, unknown>> = {}): TypedFields {
  return Object.fromEntries(
    inputs.map(({ name, field, required }) => {
      const value = known[name]
      const isKnown = value !== undefined && value !== null
      return [name, isKnown ? typedFrom(field, value) : blank(field, required)]
    }),
  )
}

/** What the job knows already of what a form asks: the same name, kind and title. */
export function knownTo(
  { inputs }: Form,
  job: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Field>>,
): Record<string, unknown> {
  const same = (one: Field, other: Field | undefined): boolean =>
    other !== undefined &&
    one.type === other.type &&
    one.format === other.format &&
    one.meta?.title.en === other.meta?.title.en &&
    one.meta?.title.zh === other.meta?.title.zh
  return Object.fromEntries(
    inputs.flatMap(({ name, field }) =>
      same(field, fields[name]) && job[name] !== undefined ? [[name, job[name]]] : [],
    ),
  )
}

/** The payload to send; what was left empty is left out. */
export function payloadOf({ inputs }: Form, typed: TypedFields): Record<string, unknown> {
  const payload: Record<string, unknown> = {}
  for (const { name, field, required } of inputs) {
    const value = jsonOf(field, typed[name], required)
    if (value !== undefined) payload[name] = value
  }
  return payload
}

function jsonOf(field: Field, typed: Typed | undefined, required: boolean): unknown {
  if (typeof typed === 'boolean') return typed || required ? typed : undefined
  if (Array.isArray(typed)) {
    const { items } = field
    if (typed.length === 0 && !required) return undefined
    return items === undefined ? [] : typed.map((each) => jsonOf(items, each, true))
  }
  if (typeof typed === 'object') {
    const group = payloadOf({ inputs: inputsOf(field), complete: true }, typed)
    return Object.keys(group).length > 0 || required ? group : undefined
  }
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

export type Fault = { pointer: string; message: ValueProblem['message'] }
const NEEDED: Fault['message'] = { en: 'Please fill this in.', zh: '请填写此项。' }

/** All that is plainly wrong or missing, by JSON pointer into the payload: said before anything is sent. */
export function faultsOf({ inputs }: Form, typed: TypedFields, at = ''): Fault[] {
  return inputs.flatMap(({ name, field, required }) =>
    faultsIn(field, typed[name], required, child(at, name)),
  )
}

function faultsIn(field: Field, typed: Typed | undefined, required: boolean, pointer: string): Fault[] {
  const value = jsonOf(field, typed, required)
  if (value === undefined) return required ? [{ pointer, message: NEEDED }] : []
  if (Array.isArray(typed) && field.items !== undefined) {
    const { items, ...list } = field
    return [
      ...checkValue(list, value, pointer),
      ...typed.flatMap((each, index) => faultsIn(items, each, true, child(pointer, index))),
    ]
  }
  if (typeof typed === 'object' && !Array.isArray(typed))
    return faultsOf({ inputs: inputsOf(field), complete: true }, typed, pointer)
  return checkValue(field, value, pointer)
}
