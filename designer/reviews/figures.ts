/**
 * How measures are written: shares, means and stretches of time.
 *
 * Must not: reckon; the numbers are the server's.
 */
import { stretchInWords } from '../text/format.ts'

export const percent = (share: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share)

export const mean = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(value)

export const span = (ms: number, language: string): string => stretchInWords(ms, language)
