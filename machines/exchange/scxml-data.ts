/**
 * The data of an SCXML file as fields of the job.
 *
 * Promises: what is no plain value is named in the notes. Must not: run or fetch anything of the file.
 */
import type { Newcomer } from './newcomer.ts'
import type { Notes } from './note.ts'
import { literalFrom } from './scxml-content.ts'
import type { Element } from './xml.ts'

/** Data of every state: SCXML binds them all at the start unless told otherwise. */
export function readData(element: Element, newcomer: Newcomer, notes: Notes): void {
  const pending = [element]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.name === 'data') readDatum(next, newcomer, notes)
    else pending.push(...next.children.toReversed())
  }
}

function readDatum({ attributes, place, text, children }: Element, newcomer: Newcomer, notes: Notes): void {
  const id = attributes.get('id')
  if (id === undefined) return
  const expr = attributes.get('expr') ?? text.trim()
  const literal = expr === '' ? { value: undefined } : literalFrom(expr)
  newcomer.field(id, literal?.value, place)
  if (literal === undefined) notes.add('not-carried', place, { what: expr })
  if (attributes.has('src') || children.length > 0)
    notes.add('not-carried', place, { what: `<data id="${id}">` })
}
