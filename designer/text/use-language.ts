/**
 * The reader's language for components: what is said, and how dates and numbers are written.
 *
 * Must not: choose the language (`language.ts` does).
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Text } from '../../machines/definition/schema.ts'
import { formatDate, formatExactTime, formatNumber, formatTime, relativeTime } from './format.ts'
import { inLanguage } from './language.ts'

export type Speech = {
  language: string
  /** A definition's words in the reader's language. */
  say(text: Text | undefined, otherwise?: string): string
  time(iso: string): string
  exactTime(iso: string): string
  date(iso: string): string
  number(value: number): string
  relative(iso: string, now: number): string
  /** "a, b" or "a、b". */
  list(items: readonly string[]): string
}

export function useSpeech(): Speech {
  const { i18n, t } = useTranslation()
  const { language } = i18n
  return useMemo(
    () => ({
      language,
      say: (text, otherwise) => inLanguage(text, language, otherwise),
      time: (iso) => formatTime(iso, language),
      exactTime: (iso) => formatExactTime(iso, language),
      date: (iso) => formatDate(iso, language),
      number: (value) => formatNumber(value, language),
      relative: (iso, now) => relativeTime(iso, now, language),
      list: (items) => items.join(t('common.list')),
    }),
    [language, t],
  )
}
