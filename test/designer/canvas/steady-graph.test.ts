/** What a change leaves as it was is the very same object, so that it is not drawn anew. */
import { describe, expect, it } from 'vitest'
import { steadyGraph } from '../../../designer/canvas/steady-graph.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { process, wordsFor } from '../../machines/drawing/charts.ts'

const graphOf = (title: string) => {
  const words = wordsFor(
    process({
      one: { on: { go: { target: 'two' } }, meta: { title: { en: title } } },
      two: { on: { back: { target: 'one', guard: { type: 'stateIn', params: { state: 'one' } } } } },
      three: {},
    }),
  )
  return chartGraph(words.model, words, estimateWidth)
}

describe('a graph made anew', () => {
  it('keeps what says as much as before, and only that', () => {
    const before = graphOf('First')
    const after = graphOf('First of all')
    const steady = steadyGraph(after, before)
    expect(steady).toEqual(after)
    const isKept = (id: string): boolean => steady.boxes.get(id) === before.boxes.get(id)
    expect(['s:one', 's:two', 's:three'].map(isKept)).toEqual([false, true, true])
    const line = 't:/states/one/on/go'
    expect(steady.edges.get(line)).toBe(before.edges.get(line))
  })
  it('says anew what a change elsewhere makes it say', () => {
    const before = graphOf('First')
    const after = graphOf('First of all')
    const line = 't:/states/two/on/back'
    const said = (graph: typeof before) => graph.edges.get(line)?.labels[0]?.box.guardLines.join(' ')
    expect(said(before)).not.toBe(said(after))
    expect(said(steadyGraph(after, before))).toBe(said(after))
  })
})
