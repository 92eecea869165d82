/**
 * How a certificate stands on a day, and days as fields hold them.
 *
 * Must not: read a clock; what is "now" comes in.
 */
import type { Certificate } from '../../machines/advance/job.ts'

export type Standing = 'valid' | 'soon' | 'expired' | 'notYet'
/** Long enough to book a course. */
const SOON_MS = 30 * 24 * 3600 * 1000

/** @param now epoch milliseconds */
export function standingOf({ validFrom, validUntil }: Certificate, now: number): Standing {
  if (Date.parse(validFrom) > now) return 'notYet'
  const left = Date.parse(validUntil) - now
  if (left <= 0) return 'expired'
  return left < SOON_MS ? 'soon' : 'valid'
}

const two = (value: number): string => String(value).padStart(2, '0')
/** `2026-03-02`, where the reader is. */
export function dayOf(iso: string): string {
  const at = new Date(iso)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
/** The first or the last moment of a day, where the reader is. */
export const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString()
export const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString()
