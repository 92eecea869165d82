/**
 * The texts that a process itself names.
 *
 * Promises: every text that its expressions compare with, every choice of a field, and how jobs end. What people type is none of it,
 * unless they type just that.
 * Must not: know what is done with them.
 */
import type { Definition } from './schema.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const QUOTED = /'([^'\\]*)'|"([^"\\]*)"/g

/** Every text that the definition's expressions compare with, and every choice that it offers. */
export function literalsOf(definition: Definition): ReadonlySet<string> {
  const found = new Set<string>(['active', 'done', 'cancelled', 'failed'])
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    if (!isRecord(value)) return
    const { '@expr': expression, enum: choices } = value
    if (typeof expression === 'string')
      for (const [, single, double] of expression.matchAll(QUOTED)) found.add(single ?? double ?? '')
    if (Array.isArray(choices))
      for (const choice of choices) if (typeof choice === 'string') found.add(choice)
    for (const each of Object.values(value)) visit(each)
  }
  visit(definition)
  return found
}
