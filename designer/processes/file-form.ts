/**
 * Which form a file is in, as far as can be told from outside.
 *
 * Must not: read the process in it; the server does.
 */

export const FORMS = ['json', 'xstate', 'scxml'] as const
export type Form = (typeof FORMS)[number]

/** Ours has the shape of the job's data; XState's config has not. What cannot be told is taken for XState's. */
export function formOf(name: string, text: string): Form {
  if (/\.(scxml|xml)$/i.test(name) || /^\s*</.test(text)) return 'scxml'
  try {
    const value: unknown = JSON.parse(text)
    const definition = isRecord(value) && isRecord(value.definition) ? value.definition : value
    return isRecord(definition) && isRecord(definition.schemas) ? 'json' : 'xstate'
  } catch {
    return 'json'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
