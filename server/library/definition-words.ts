/**
 * The id, title and description of what may be a definition: a draft can hold anything.
 *
 * Must not: judge it (`machines/validate` does).
 */
import type { Text } from '../../machines/definition/schema.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Its id, where that can name a process. */
export function idOf(definition: unknown): string | undefined {
  if (!isRecord(definition) || typeof definition.id !== 'string') return undefined
  const { id } = definition
  return /^[a-z][a-z0-9-]{0,79}$/.test(id) ? id : undefined
}

export function wordsOf(definition: unknown): { title?: Text; description?: Text } {
  const meta = isRecord(definition) && isRecord(definition.meta) ? definition.meta : {}
  const title = textOf(meta.title)
  const description = textOf(meta.description)
  return { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
}

function textOf(value: unknown): Text | undefined {
  if (!isRecord(value)) return undefined
  const { en, zh } = value
  const text = {
    ...(typeof en === 'string' ? { en } : {}),
    ...(typeof zh === 'string' ? { zh } : {}),
  }
  return Object.keys(text).length === 0 ? undefined : text
}
