/**
 * Small readings of plain JSON, and the one way into it from text: what comes from outside is looked at here first.
 *
 * Promises: no prototype is read; text beyond the limits is refused before it is walked.
 * Must not: know what a definition is.
 */
import { isWalkable, LIMITS } from '../validate/limits.ts'
import { Report } from '../validate/report.ts'
import type { Notes } from './note.ts'

export type Json = Record<string, unknown>

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const own = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
export const record = (value: unknown): Json => (isRecord(value) ? value : {})
export const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
/** One or several of the same, as configs write them. */
export const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0)
/** An object of those members that are given. */
export const given = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

/** A file may be this long: a definition's limit, and room for another form's own words. */
export const LONGEST_FILE = 4 * LIMITS.bytes

const NO_JSON = { en: 'it is not valid JSON.', zh: '内容不是有效的 JSON。' }
const CUT_OFF = {
  en: 'it is not valid JSON, it ends too early.',
  zh: '内容不是有效的 JSON，文件不完整。',
}
/** `line:column`. */
function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`
}

/** JSON of a file; undefined, with a note, where it is none or beyond the limits. Never throws. */
export function parseJson(text: string, notes: Notes): unknown {
  if (text.length > LONGEST_FILE) {
    notes.add('too-large', '')
    return undefined
  }
  const json = text.replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    // The reader's own words are English alone: only the place is taken from them.
    const said = error instanceof Error ? error.message : ''
    const position = /position (\d+)/.exec(said)?.[1]
    const at = position === undefined ? undefined : Number(position)
    const ends = at === undefined ? /end of (JSON )?(input|data)/i.test(said) : json.slice(at).trim() === ''
    notes.add('unreadable', at === undefined ? '' : placeIn(json, at), { why: ends ? CUT_OFF : NO_JSON })
    return undefined
  }
  const report = new Report()
  if (isWalkable(value, report)) return value
  notes.add(report.problems().some(({ code }) => code === 'too-deep') ? 'too-deep' : 'too-large', '')
  return undefined
}
