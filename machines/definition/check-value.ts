/**
 * Holds a value against a field: payloads, start fields and corrections.
 *
 * Promises: every fault at once, each with a JSON pointer (RFC 6901) and words in both languages; never throws.
 * Interpreted, not compiled, because pages run it under a policy that forbids generated code.
 * Must not: change the value, or know what the value is for.
 */
import { child } from './pointer.ts'
import type { ContextSchema, Field } from './schema.ts'

export type ValueProblem = { pointer: string; message: { en: string; zh: string } }

/** Longer texts need a `maxLength` of their own. */
const DEFAULT_MAX_LENGTH = 10_000
const MAX_DEPTH = 32

const DATE = /^\d{4}-\d{2}-\d{2}$/
/** RFC 3339, with an offset: a moment, not a wall-clock reading. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i
const DURATION = /^-?P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/

const isRealDate = (text: string): boolean => {
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}
const FORMATS: Record<
  NonNullable<Field['format']>,
  { fits(text: string): boolean; en: string; zh: string }
> = {
  'date-time': {
    fits: (text) => DATE_TIME.test(text) && isRealDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)),
    en: 'a date and time with offset, like 2026-03-02T09:00:00+08:00',
    zh: '带时区的日期时间，例如 2026-03-02T09:00:00+08:00',
  },
  date: {
    fits: (text) => DATE.test(text) && isRealDate(text),
    en: 'a date, like 2026-03-02',
    zh: '日期，例如 2026-03-02',
  },
  duration: { fits: (text) => DURATION.test(text), en: 'a duration, like PT30M', zh: '时长，例如 PT30M' },
  email: {
    fits: (text) => text.length <= 254 && EMAIL.test(text),
    en: 'an e-mail address',
    zh: '电子邮件地址',
  },
  person: {
    fits: (text) => text.length > 0 && text.length <= 200,
    en: 'the id of a person',
    zh: '人员编号',
  },
}

const TYPE_WORDS: Record<Field['type'], { en: string; zh: string }> = {
  string: { en: 'text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  integer: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'yes or no', zh: '是或否' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'a group of fields', zh: '一组字段' },
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own property, so that `constructor` or `__proto__` in a body finds nothing. */
export const own = <T>(record: Record<string, T> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

const fault = (pointer: string, en: string, zh: string): ValueProblem => ({ pointer, message: { en, zh } })

function hasType(value: unknown, type: Field['type']): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    default:
      return typeof value === type
  }
}

/** As people are offered them; a language that is missing has the other's word. */
const choicesIn = (field: Field, language: 'en' | 'zh'): string[] =>
  (field.enum ?? []).map((value) => {
    const title = own(field.meta?.options, value)
    return title?.[language] ?? title?.en ?? title?.zh ?? value
  })

function checkText(field: Field, value: string, at: string): ValueProblem[] {
  const problems: ValueProblem[] = []
  if (field.enum !== undefined && !field.enum.includes(value)) {
    const [en, zh] = [choicesIn(field, 'en').join(', '), choicesIn(field, 'zh').join('、')]
    problems.push(fault(at, `must be one of: ${en}`, `须为以下之一：${zh}`))
  }
  if (field.format !== undefined && !FORMATS[field.format].fits(value)) {
    const { en, zh } = FORMATS[field.format]
    problems.push(fault(at, `must be ${en}`, `须为${zh}`))
  }
  const min = field.minLength ?? 0
  if (value.length < min) problems.push(fault(at, `needs at least ${min} characters`, `至少 ${min} 个字符`))
  const max = field.maxLength ?? DEFAULT_MAX_LENGTH
  if (value.length > max) problems.push(fault(at, `takes at most ${max} characters`, `最多 ${max} 个字符`))
  return problems
}

function checkNumber(field: Field, value: number, at: string): ValueProblem[] {
  const problems: ValueProblem[] = []
  if (field.minimum !== undefined && value < field.minimum)
    problems.push(fault(at, `must be at least ${field.minimum}`, `不得小于 ${field.minimum}`))
  if (field.maximum !== undefined && value > field.maximum)
    problems.push(fault(at, `must be at most ${field.maximum}`, `不得大于 ${field.maximum}`))
  return problems
}

function checkList(field: Field, value: readonly unknown[], at: string, depth: number): ValueProblem[] {
  const problems: ValueProblem[] = []
  const { items, minItems = 0, maxItems = 1000 } = field
  if (value.length < minItems)
    problems.push(fault(at, `needs at least ${minItems} entries`, `至少 ${minItems} 项`))
  if (value.length > maxItems) {
    problems.push(fault(at, `takes at most ${maxItems} entries`, `最多 ${maxItems} 项`))
    return problems
  }
  if (items === undefined) return problems
  return [
    ...problems,
    ...value.flatMap((entry, index) => checkValue(items, entry, child(at, index), depth + 1)),
  ]
}

/** All that is wrong with `value` as this field. `pointer` is where the value stands. */
export function checkValue(field: Field, value: unknown, pointer = '', depth = 0): ValueProblem[] {
  if (depth > MAX_DEPTH) return [fault(pointer, 'is nested too deeply', '嵌套过深')]
  if (!hasType(value, field.type)) {
    const { en, zh } = TYPE_WORDS[field.type]
    return [fault(pointer, `must be ${en}`, `须为${zh}`)]
  }
  if (typeof value === 'string') return checkText(field, value, pointer)
  if (typeof value === 'number') return checkNumber(field, value, pointer)
  if (Array.isArray(value)) return checkList(field, value, pointer, depth)
  if (isRecord(value) && field.properties !== undefined)
    return checkFields(
      { properties: field.properties, required: field.required ?? [] },
      value,
      pointer,
      depth,
    )
  return []
}

/** All that is wrong with a set of values: unknown names, missing ones, and each value. */
export function checkFields(
  schema: Pick<ContextSchema, 'properties'> & { required?: readonly string[] },
  values: Record<string, unknown>,
  pointer = '',
  depth = 0,
): ValueProblem[] {
  const problems: ValueProblem[] = []
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(values, name)) problems.push(fault(child(pointer, name), 'is missing', '缺少此项'))
  for (const [name, value] of Object.entries(values)) {
    const field = own(schema.properties, name)
    const at = child(pointer, name)
    if (field === undefined) problems.push(fault(at, 'is not known here', '此处没有这一项'))
    else problems.push(...checkValue(field, value, at, depth + 1))
  }
  return problems
}
