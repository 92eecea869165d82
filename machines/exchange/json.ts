/**
 * Our own JSON, out and in.
 *
 * Promises: what goes out comes in the same, key order kept; whatever comes in comes out as a draft as it is.
 * Must not: judge; the draft's problems are the validator's.
 */
import type { Definition } from '../definition/schema.ts'
import { type Imported, Notes } from './note.ts'
import { isRecord, parseJson } from './plain.ts'

export const toJson = (definition: Definition): string => `${JSON.stringify(definition, null, 2)}\n`

/** A definition, or an answer of `/api/processes/…/versions/…` that holds one. Never throws. */
export function fromJson(text: string): Imported {
  const notes = new Notes()
  const value = parseJson(text, notes)
  const definition = isRecord(value) && isRecord(value.definition) ? value.definition : value
  if (isRecord(definition)) return { definition, notes: notes.list() }
  if (value !== undefined) notes.add('no-machine', '')
  return { notes: notes.list() }
}
