/**
 * A definition's drawing as SVG, laid out here rather than in a browser.
 *
 * Must not: draw or place; the designer's canvas and `machines/exchange` do.
 */
import { createRequire } from 'node:module'
import type { ELK } from 'elkjs/lib/elk-api.js'
import { chartGraph } from '../designer/canvas/chart-graph.ts'
import { readChart } from '../designer/canvas/chart-model.ts'
import { layOut } from '../designer/canvas/chart-place.ts'
import { estimateWidth } from '../designer/canvas/metrics.ts'
import { createTranslator, type Language } from '../designer/text/language.ts'
import type { Definition } from '../machines/definition/schema.ts'
import { toSvg } from '../machines/exchange/svg.ts'

// The bundled build runs without a worker; its types are those of the API.
const Elk: new () => ELK = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js')

export async function svgOf(definition: Definition, language: Language): Promise<string> {
  const model = readChart(definition)
  const words = { t: createTranslator(language).t, language, model }
  return toSvg(
    definition,
    await layOut(chartGraph(model, words, estimateWidth), new Elk()),
    words.language === 'en' ? 'en' : 'zh',
  )
}
