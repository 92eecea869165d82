/**
 * What was typed during a call and has not reached the server: kept in this tab, so that a reload loses nothing.
 *
 * It tells of a customer, and desks are shared: it goes with the tab, and with the call.
 * Promises: what cannot be read is as if it had not been kept; a browser that refuses storage is no fault.
 */
const PREFIX = 'fieldchart.call.'
const BADGE = 'fieldchart.badge.'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `part`: the customer file, or the event whose form it is. */
export function readKept(job: string, part: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`${PREFIX}${job}/${part}`) ?? '{}')
    return isRecord(kept) ? kept : {}
  } catch {
    return {}
  }
}

export function keep(job: string, part: string, typed: Readonly<Record<string, unknown>>): void {
  try {
    const key = `${PREFIX}${job}/${part}`
    if (Object.keys(typed).length === 0) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(typed))
  } catch {
    // A private window may refuse; it then lasts as long as the page.
  }
}

/** Of a call that is over. */
export function dropKept(job: string): void {
  try {
    const mine = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index))
    for (const key of mine) if (key?.startsWith(`${PREFIX}${job}/`)) sessionStorage.removeItem(key)
  } catch {
    // There is nothing to drop.
  }
}

/** The number by which a person names himself on the telephone; the same every day. */
export function readBadge(person: string): string {
  try {
    return localStorage.getItem(BADGE + person) ?? ''
  } catch {
    return ''
  }
}
export function keepBadge(person: string, badge: string): void {
  try {
    localStorage.setItem(BADGE + person, badge)
  } catch {
    // It is asked for again.
  }
}
