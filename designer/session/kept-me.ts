/**
 * Who was last signed in here, for pages that open without a connection.
 *
 * Promises: it opens nothing by itself: the server asks who is there with every request.
 * Must not: hold a secret.
 */
import { Check } from 'typebox/value'
import { Me } from '../../machines/wire/people.ts'

const KEY = 'fieldchart.me'

export function keptMe(): Me | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Check(Me, kept) ? kept : undefined
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
