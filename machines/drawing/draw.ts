/**
 * A definition to a placed drawing in one step: where its owner put things, else laid out.
 *
 * Promises: a drawing for any JSON; the same definition, places and language always give the same drawing.
 * Must not: measure by a font of the machine, or choose which ELK runs.
 */
import type { ELK } from 'elkjs/lib/elk-api.js'
import type { Text } from '../definition/schema.ts'
import { arrange } from './arrange.ts'
import { chartGraph, type PlacedChart } from './graph.ts'
import { estimateWidth } from './metrics.ts'
import { readChart } from './model.ts'
import { layOut } from './place.ts'
import { readLayout } from './places.ts'
import { drawingTranslator } from './text/translate.ts'

/**
 * `layout`: as stored beside the definition; `calendars`: titles of the organisation's own. Throws where ELK cannot lay
 * it out.
 */
export async function drawDefinition(
  definition: unknown,
  layout: unknown,
  language: 'en' | 'zh',
  elk: Pick<ELK, 'layout'>,
  calendars?: ReadonlyMap<string, Text>,
): Promise<PlacedChart> {
  const model = readChart(definition)
  const told = calendars === undefined ? {} : { calendars }
  const words = { tell: drawingTranslator(language), language, model, ...told }
  const graph = chartGraph(model, words, estimateWidth)
  const { states: places } = readLayout(layout)
  const isPlaced = [...model.states.keys()].some((path) => path !== '' && Object.hasOwn(places, path))
  return isPlaced ? arrange(graph, model, places).chart : layOut(graph, elk)
}
