/**
 * Stretches of time as a job's page counts them.
 *
 * Must not: read a clock.
 */
import { stretchInWords } from '../text/format.ts'

const HOUR = 3_600_000

/** "1 hour 20 minutes"; in the last hour with its seconds: "12 min 5 sec". */
export function countdown(milliseconds: number, language: string): string {
  if (milliseconds >= HOUR) return stretchInWords(milliseconds, language)
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const part = (value: number, unit: 'minute' | 'second'): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  const minutes = Math.floor(seconds / 60)
  const rest = part(seconds % 60, 'second')
  return minutes === 0 ? rest : `${part(minutes, 'minute')} ${rest}`
}
