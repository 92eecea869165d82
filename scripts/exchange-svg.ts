/**
 * A definition's drawing as SVG, laid out here rather than in a browser.
 *
 * Must not: draw or place; the designer's canvas and `machines/exchange` do.
 */
import { createRequire } from 'node:module'
import type { ELK } from 'elkjs/lib/elk-api.js'
import type { Definition } from '../machines/definition/schema.ts'
import { chartGraph } from '../machines/drawing/graph.ts'
import { estimateWidth } from '../machines/drawing/metrics.ts'
import { readChart } from '../machines/drawing/model.ts'
import { layOut } from '../machines/drawing/place.ts'
import { drawingTranslator } from '../machines/drawing/text/translate.ts'
import { toSvg } from '../machines/exchange/svg.ts'
import type { Language } from '../machines/exchange/words.ts'

// The bundled build runs without a worker; its types are those of the API.
const Elk: new () => ELK = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js')

export async function svgOf(definition: Definition, language: Language): Promise<string> {
  const model = readChart(definition)
  const words = { tell: drawingTranslator(language), language, model }
  return toSvg(definition, await layOut(chartGraph(model, words, estimateWidth), new Elk()), language)
}
