/**
 * How a text must change to say another value: only where it says something else.
 *
 * Promises: the text with these changes means the value, the order of keys too; what says the same already keeps its form,
 * however it was laid out by hand.
 */
import { isList, isObject, isSame, type Json } from '../document/json.ts'
import type { TextNode } from './json-read.ts'
import { writeJson } from './json-write.ts'
import { changesBetween, type TextChange } from './text-diff.ts'

/**
 * @param root of the text, which has no fault
 * @param held what the text means now
 */
export function changesTo(text: string, root: TextNode, held: Json, value: Json): TextChange[] {
  if (isSame(held, value)) return []
  if (root.kind === 'object' && isObject(held) && isObject(value) && sameKeys(held, value))
    return root.entries.flatMap(({ key, node }) => {
      const [was, is] = [held[key], value[key]]
      return node === undefined || was === undefined || is === undefined ? [] : changesTo(text, node, was, is)
    })
  if (root.kind === 'list' && isList(held) && isList(value) && held.length === value.length)
    return root.entries.flatMap((node, index) => {
      const [was, is] = [held[index], value[index]]
      return was === undefined || is === undefined ? [] : changesTo(text, node, was, is)
    })
  const lineStart = text.lastIndexOf('\n', root.from - 1) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart, root.from))?.[0] ?? ''
  const written = writeJson(value, indent, root.from - lineStart)
  return changesBetween(text.slice(root.from, root.to), written, root.from)
}

function sameKeys(one: object, other: object): boolean {
  const keys = Object.keys(one)
  const others = Object.keys(other)
  return keys.length === others.length && keys.every((key, index) => key === others[index])
}
