/** A drawing that was sent is the drawing that was made. */
import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { arrange, placesOf } from '../../../machines/drawing/arrange.ts'
import { drawDefinition } from '../../../machines/drawing/draw.ts'
import { createElk } from '../../../machines/drawing/elk.ts'
import { chartGraph, type PlacedChart, stateId } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { readChart } from '../../../machines/drawing/model.ts'
import { layOut } from '../../../machines/drawing/place.ts'
import { drawingTranslator } from '../../../machines/drawing/text/translate.ts'
import { chartFrom, drawingView } from '../../../machines/drawing/view.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import type { DrawingView } from '../../../machines/wire/drawing.ts'
import { largeProcess } from '../large-process.ts'

const graphOf = (definition: unknown, language: 'en' | 'zh') => {
  const model = readChart(definition)
  return {
    model,
    graph: chartGraph(model, { tell: drawingTranslator(language), language, model }, estimateWidth),
  }
}
const sent = (chart: PlacedChart): DrawingView => JSON.parse(JSON.stringify(drawingView(chart)))

describe.each([...SHIPPED, largeProcess()].map((definition) => [definition.id, definition] as const))(
  'the drawing of %s',
  (_, definition: Definition) => {
    it.each(['en', 'zh'] as const)('laid out elsewhere is the one laid out here, in %s', async (language) => {
      const { graph, model } = graphOf(definition, language)
      const here = await layOut(graph, createElk())
      const elsewhere = await drawDefinition(definition, undefined, language, createElk())
      const received = chartFrom(graph, sent(elsewhere))
      if (received === undefined) throw new Error('it was not taken')
      expect(drawingView(received)).toEqual(drawingView(here))
      for (const { state, box } of received.states)
        expect(graph.boxes.get(stateId(state.path))?.box).toBe(box)
      // And so is what the page makes of it: states at their places, every line on its course.
      const one = arrange(graph, model, placesOf(here), here)
      const other = arrange(graph, model, placesOf(received), received)
      expect(other.places).toEqual(one.places)
      expect(drawingView(other.chart)).toEqual(drawingView(one.chart))
    })
  },
)

describe('a drawing of something else', () => {
  const process = (states: Record<string, unknown>) => ({ id: 'p', initial: 'a', states })
  const toB = { on: { go: { target: 'b' } } }
  it.each([
    ['a state more', process({ a: toB, b: {}, c: {} })],
    ['a state less', process({ a: {} })],
    ['another state', process({ a: { on: { go: { target: 'c' } } }, c: {} })],
    ['a line less', process({ a: {}, b: {} })],
    ['a line more', process({ a: toB, b: { on: { back: { target: 'a' } } } })],
    ['another start', process({ a: toB, b: { initial: 'c', states: { c: {} } } })],
  ])('is not taken: %s', async (_, other) => {
    const view = sent(await drawDefinition(process({ a: toB, b: {} }), undefined, 'en', createElk()))
    expect(chartFrom(graphOf(process({ a: toB, b: {} }), 'en').graph, view)).toBeDefined()
    expect(chartFrom(graphOf(other, 'en').graph, view)).toBeUndefined()
  })
})
