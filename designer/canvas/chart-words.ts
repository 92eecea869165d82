/**
 * What a drawing on a page is told with: the drawing's own words, and the page's translator for all around it.
 *
 * Must not: hold text.
 */
import type { TFunction } from 'i18next'
import type { ChartModel } from '../../machines/drawing/model.ts'
import { drawingTranslator } from '../../machines/drawing/text/translate.ts'
import type { Words as DrawingWords } from '../../machines/drawing/words.ts'

export type Words = DrawingWords & { t: TFunction }

/** The words for a definition in the page's language. */
export const chartWords = (t: TFunction, language: string, model: ChartModel): Words => ({
  t,
  tell: drawingTranslator(language),
  language,
  model,
})
