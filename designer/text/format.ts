/**
 * Dates, numbers and stretches of time as the reader's language writes them.
 *
 * Promises: by `Intl` alone, so that both languages follow their own habits.
 * Must not: read a clock; what is "now" comes in.
 */

/** "22 Nov 2026, 16:05"; the original text where it is no time. */
export function formatTime(iso: string, language: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(time)
}
/** With seconds, for histories and the clock. */
export function formatExactTime(iso: string, language: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(time)
}
export function formatDate(iso: string, language: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time)
}
export const formatNumber = (value: number, language: string): string =>
  new Intl.NumberFormat(language).format(value)

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const
type Unit = (typeof UNITS)[number]

function unit(value: number, name: Unit, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value)
}

const joiner = (language: string): string => (language.startsWith('zh') ? '' : ' ')

/** The two largest units of a stretch in milliseconds: "2 hours 5 minutes". */
export function stretchInWords(milliseconds: number, language: string): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000))
  const sizes: [Unit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ]
  const parts: string[] = []
  for (const [name, size] of sizes) {
    const value = Math.floor(rest / size)
    rest -= value * size
    if (value > 0) parts.push(unit(value, name, language))
    if (parts.length === 2 || (parts.length === 1 && name === 'minute')) break
  }
  return parts.length === 0 ? unit(0, 'second', language) : parts.join(joiner(language))
}

/** "3 minutes ago", "in 2 hours". */
export function relativeTime(iso: string, now: number, language: string): string {
  const difference = new Date(iso).getTime() - now
  if (Number.isNaN(difference)) return iso
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const seconds = Math.round(difference / 1000)
  const size = Math.abs(seconds)
  if (size < 60) return format.format(seconds, 'second')
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}
