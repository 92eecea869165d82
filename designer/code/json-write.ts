/**
 * JSON as text that people read: small things on one line, all else a line each.
 *
 * Promises: it reads back as what was written, the order of keys too.
 */
import { isList, isObject, type Json } from '../document/json.ts'

const STEP = '  '
/** Columns that a thing on one line may take, its indentation included. */
const WIDTH = 80

/**
 * @param indent what stands before each further line
 * @param column where the first line begins
 */
export function writeJson(value: Json, indent = '', column = indent.length): string {
  const line = onOneLine(value)
  if (line !== undefined && column + widthOf(line) <= WIDTH) return line
  const inner = indent + STEP
  if (isList(value)) {
    const entries = value.map((entry) => `${inner}${writeJson(entry, inner)}`)
    return `[\n${entries.join(',\n')}\n${indent}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, held]) => {
    const start = `${inner}${JSON.stringify(key)}: `
    return start + writeJson(held, inner, start.length)
  })
  return `{\n${entries.join(',\n')}\n${indent}}`
}

/** What holds no object or list that holds something. */
function onOneLine(value: Json): string | undefined {
  if (isList(value)) {
    if (value.length === 0) return '[]'
    return value.every(isPlain) ? `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]` : undefined
  }
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  if (!entries.every(([, held]) => isPlain(held))) return undefined
  return `{ ${entries.map(([key, held]) => `${JSON.stringify(key)}: ${JSON.stringify(held)}`).join(', ')} }`
}
const isPlain = (value: Json): boolean =>
  typeof value !== 'object' || value === null || Object.keys(value).length === 0

/** Chinese signs take two columns. */
function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += sign >= '\u2e80' ? 2 : 1
  return width
}
