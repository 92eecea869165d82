/**
 * Stretches of days that a page looks at: the last so many, all, or from one day to another; kept in the address.
 *
 * Promises: days are those of the organisation, wherever the reader is.
 * Must not: read a clock.
 */

export const DAY_MS = 86_400_000
export const RANGES = ['7', '30', '90', 'all'] as const
export type RangeName = (typeof RANGES)[number] | 'own'
export type Days = { from?: string; to?: string }

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

/** The day of a moment in a zone; ISO, as the server has it. */

export const dayIn = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(iso))

/** The last 30 days where nothing else is asked for. */
export function rangeName(search: URLSearchParams): RangeName {
  const asked = search.get('range')
  if (asked === 'own') return 'own'
  return RANGES.find((name) => name === asked) ?? '30'
}

/** @param today undefined: not known yet; then nothing is asked for. */
export function daysOf(search: URLSearchParams, today: string | undefined): Days | undefined {
  const name = rangeName(search)
  if (name === 'all') return {}
  if (name === 'own') {
    const [from, to] = [search.get('from'), search.get('to')]
    return { ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) }
  }
  if (today === undefined) return undefined
  const from = new Date(Date.parse(today) - (Number(name) - 1) * DAY_MS).toISOString().slice(0, 10)
  return { from, to: today }
}
