/**
 * Shapes of a definition's parts told by their kind: which JSON values they are for, in words, and at their emptiest.
 *
 * Must not: look inside a value (`structure.ts` does).
 */
import { type ObjectShape, type PlainShape, resolve, type Shape } from './shapes.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The values of `type` that an object's shape answers to. */
export function typesOf(shape: ObjectShape): readonly string[] {
  const type = shape.properties.get('type')
  return type?.kind === 'choice' && shape.required.has('type') ? type.values : []
}

/** Whether a shape is for this kind of JSON value, whatever is inside. */
export function accepts(shape: PlainShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'object':
    case 'record':
      return isRecord(value)
    case 'array':
      return Array.isArray(value)
    case 'choice':
    case 'string':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && (!shape.integer || Number.isInteger(value))
    case 'boolean':
      return typeof value === 'boolean'
    case 'null':
      return value === null
    case 'union':
      return shape.of.some((one) => accepts(resolve(one), value))
    case 'any':
      return true
  }
}

/** What a shape asks for, in words. */
export function expected(shape: PlainShape): { en: string; zh: string } {
  switch (shape.kind) {
    case 'object': {
      if (shape.properties.has('@expr')) return { en: 'an expression', zh: '表达式' }
      const keys = [...shape.required].map((key) => `“${key}”`).join(', ')
      return keys === ''
        ? { en: 'an object', zh: '对象' }
        : { en: `an object with ${keys}`, zh: `含 ${keys} 的对象` }
    }
    case 'record':
      return { en: 'an object', zh: '对象' }
    case 'array':
      return { en: 'a list', zh: '列表' }
    case 'choice':
      return { en: `one of ${shape.values.join(', ')}`, zh: `以下之一：${shape.values.join(', ')}` }
    case 'string':
      return { en: 'text', zh: '文本' }
    case 'number':
      return shape.integer ? { en: 'a whole number', zh: '整数' } : { en: 'a number', zh: '数字' }
    case 'boolean':
      return { en: 'true or false', zh: 'true 或 false' }
    case 'null':
      return { en: 'null', zh: 'null' }
    default:
      return { en: 'a value', zh: '值' }
  }
}

/** The emptiest value of a shape. */
export function neutral(shape: Shape): unknown {
  const plain = resolve(shape)
  switch (plain.kind) {
    case 'object':
      return Object.fromEntries(
        [...plain.required].map((key) => [key, neutral(plain.properties.get(key) ?? { kind: 'null' })]),
      )
    case 'record':
      return {}
    case 'array':
      return []
    case 'union':
      return neutral(plain.of[0] ?? { kind: 'null' })
    case 'choice':
      return plain.values[0]
    case 'string':
      return ''
    case 'number':
      return 0
    case 'boolean':
      return false
    default:
      return null
  }
}
