/**
 * A value for a field as someone types it: plain, or an expression after `=`.
 *
 * Promises: what is not a value of the field's type is told as `undefined`, never sent as a text.
 * Must not: check more than the type; the server knows the field's limits.
 */
import type { Field, Value } from '../../machines/definition/schema.ts'

/** Undefined: not a value of this field. */
export function typedValue(text: string, field: Field): Value | undefined {
  const typed = text.trim()
  if (typed.startsWith('=')) {
    const source = typed.slice(1).trim()
    return source === '' ? undefined : { '@expr': source, '@lang': 'cel' }
  }
  switch (field.type) {
    case 'number':
      return Number.isFinite(Number(typed)) ? Number(typed) : undefined
    case 'integer':
      return Number.isInteger(Number(typed)) ? Number(typed) : undefined
    case 'boolean':
      return typed === 'true' ? true : typed === 'false' ? false : undefined
    case 'array':
    case 'object':
      return undefined
    default:
      return typed
  }
}

/** As it would be typed. */
export function shownValue(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return '@expr' in value ? `=${String(value['@expr'])}` : ''
  return String(value)
}
