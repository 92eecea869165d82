/** Drawings for tests: any definition laid out by the real ELK, in Node. */
import { createElk } from '../../../machines/drawing/elk.ts'
import { chartGraph, type PlacedChart, type Rect } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { type ChartModel, readChart } from '../../../machines/drawing/model.ts'
import { layOut } from '../../../machines/drawing/place.ts'
import { drawingTranslator } from '../../../machines/drawing/text/translate.ts'
import type { Words } from '../../../machines/drawing/words.ts'

type Language = 'en' | 'zh-CN'

const elk = createElk()

export function wordsFor(definition: unknown, language: Language = 'en'): Words {
  return { tell: drawingTranslator(language), language, model: readChart(definition) }
}

export async function draw(
  definition: unknown,
  language: Language = 'en',
): Promise<{ chart: PlacedChart; model: ChartModel; words: Words }> {
  const words = wordsFor(definition, language)
  const chart = await layOut(chartGraph(words.model, words, estimateWidth), elk)
  return { chart, model: words.model, words }
}

export const overlap = (one: Rect, other: Rect, slack = 0.5): boolean =>
  one.x + slack < other.x + other.width &&
  other.x + slack < one.x + one.width &&
  one.y + slack < other.y + other.height &&
  other.y + slack < one.y + one.height
export const within = (inner: Rect, outer: Rect, slack = 0.5): boolean =>
  inner.x >= outer.x - slack &&
  inner.y >= outer.y - slack &&
  inner.x + inner.width <= outer.x + outer.width + slack &&
  inner.y + inner.height <= outer.y + outer.height + slack

/** A process around some states and whatever else is given. */
export const process = (states: Record<string, unknown>, more: Record<string, unknown> = {}): unknown => ({
  id: 'sample',
  initial: Object.keys(states)[0],
  states,
  schemas: { context: { properties: {} }, events: {} },
  meta: { title: { en: 'Sample', zh: '样例' } },
  ...more,
})
