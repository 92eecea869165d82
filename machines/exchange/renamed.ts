/**
 * A draft under another id: the id itself, and every target that begins with it.
 *
 * Must not: judge the draft, or change what was given.
 */
import { isRecord, type Json } from './plain.ts'

const moved = (target: unknown, from: string, to: string): unknown => {
  if (Array.isArray(target)) return target.map((each: unknown) => moved(each, from, to))
  if (typeof target !== 'string') return target
  return target === `#${from}` || target.startsWith(`#${from}.`)
    ? `#${to}${target.slice(from.length + 1)}`
    : target
}

function within(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => within(each, from, to))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'target' ? moved(each, from, to) : within(each, from, to),
    ]),
  )
}

/** `draft` is as deep as what an import gives. */
export function renamed(draft: Json, id: string): Json {
  const { schemas, delays, meta, ...machine } = draft
  const from = typeof draft.id === 'string' ? draft.id : ''
  // Only the machine holds targets; data may be called anything.
  const rest = Object.entries({ schemas, delays, meta }).filter(([, value]) => value !== undefined)
  const made = within(machine, from, id)
  return { ...(isRecord(made) ? made : {}), ...Object.fromEntries(rest), id }
}
