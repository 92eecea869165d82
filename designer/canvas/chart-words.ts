/**
 * What a drawing on a page is told with: the drawing's own words, and the page's translator for all around it.
 *
 * Must not: hold text.
 */
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartModel } from '../../machines/drawing/model.ts'
import { drawingTranslator } from '../../machines/drawing/text/translate.ts'
import type { Words as DrawingWords } from '../../machines/drawing/words.ts'
import { api } from '../session/api.ts'

export type Words = DrawingWords & { t: TFunction }

/** The words for a definition in the page's language. */
export const chartWords = (t: TFunction, language: string, model: ChartModel): Words => ({
  t,
  tell: drawingTranslator(language),
  language,
  model,
})

/** The words for a definition, with the titles of the organisation's calendars once they are here. */
export function useChartWords(model: ChartModel): Words {
  const { t, i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  })
  const calendars = data?.calendars
  return useMemo(() => {
    const words = chartWords(t, i18n.language, model)
    if (calendars === undefined) return words
    const titles = Object.entries(calendars).map(([key, { title }]) => [key, title] as const)
    return { ...words, calendars: new Map(titles) }
  }, [t, i18n.language, model, calendars])
}
