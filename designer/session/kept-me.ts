/**
 * Who was last signed in here, for pages that open without a connection.
 *
 * Promises: it opens nothing by itself: the server asks who is there with every request.
 * Must not: hold a secret.
 */
import type { Me } from '../../machines/wire/people.ts'

const KEY = 'fieldchart.me'

/** As far as pages rely on it; by hand, since this comes with the first page. */
function isMe(value: unknown): value is Me {
  if (typeof value !== 'object' || value === null) return false
  const { id, name, roles, certificates, rights }: Partial<Record<keyof Me, unknown>> = value
  return (
    typeof id === 'string' && typeof name === 'string' && [roles, certificates, rights].every(Array.isArray)
  )
}

export function keptMe(): Me | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isMe(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** `undefined`: nobody any more. */
export function keepMe(me: Me | undefined): void {
  try {
    if (me === undefined) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(me))
  } catch {
    // Then the pages open with a connection only.
  }
}
