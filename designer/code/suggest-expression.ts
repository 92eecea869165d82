/**
 * What may follow within an expression in the text: names, functions and values, as the guard editor offers them.
 *
 * Must not: know an editor.
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { complete } from '../../machines/expression/complete.ts'
import { widestScope } from '../../machines/expression/scope.ts'
import { isObject, type Json } from '../document/json.ts'
import type { TextNode } from './json-read.ts'
import type { Suggestions } from './suggest.ts'
import { placeOf, pointerAt } from './text-places.ts'

/** Scopes take any object: a draft may be anything. */
const isReadable = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function suggestInExpression(
  text: string,
  root: TextNode,
  offset: number,
  definition: Json,
): Suggestions | undefined {
  const pointer = pointerAt(root, offset)
  const { node } = placeOf(root, pointer)
  if (tokensOf(pointer).at(-1) !== '@expr' || node?.kind !== 'leaf' || typeof node.value !== 'string')
    return undefined
  const start = node.from + 1
  const end = text[node.to - 1] === '"' && node.to - 1 >= start ? node.to - 1 : node.to
  if (offset < start || offset > end || !isObject(definition) || !isReadable(definition)) return undefined
  // Each sign as it stands in the text: a quotation mark is two signs there, which the places below account for.
  const written = text.slice(start, end)
  const before = read(written.slice(0, offset - start))
  if (before === undefined) return undefined
  const expression = before + (read(written.slice(offset - start)) ?? '')
  const { from, options } = complete(expression, before.length, widestScope(definition), 'any')
  const begun = JSON.stringify(before.slice(from)).slice(1, -1)
  return {
    from: offset - begun.length,
    to: offset,
    options: options.map(({ label, insert, kind, title, documentation }) => {
      const put = JSON.stringify(insert).slice(1, -1)
      return {
        label,
        match: put,
        title: documentation ?? title,
        kind: kind === 'value' ? 'value' : 'name',
        insert: put,
        cursor: put.length,
        isRequired: false,
        goesOn: false,
      }
    }),
  }
}

function read(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(`"${written}"`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
