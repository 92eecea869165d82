/**
 * The drawing of the document as it is now: laid out once where nothing was placed, else where its owner put it.
 *
 * Must not: change the document.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Arranged, arrange, type Places, placesOf } from '../../machines/drawing/arrange.ts'
import { chartGraph, type PlacedChart } from '../../machines/drawing/graph.ts'
import type { Design } from '../design/design-api.ts'
import { browserMeasure, layOutInWorker } from './chart-layout.ts'
import type { Words } from './chart-words.ts'
import { rememberPlaces, seenPlaces } from './seen.ts'

const measure = browserMeasure()

export type Drawn = {
  /** Undefined until the first layout is there. */
  readonly arranged: Arranged | undefined
  /** A whole new layout of what is there now, its lines kept for when it is taken over. */
  layOut(): Promise<Places>
}

/** `shifted`: places of states that are being dragged. */
export function useArranged(
  { document, stack }: Pick<Design, 'document' | 'stack'>,
  words: Words,
  shifted?: Places,
): Drawn {
  const before = useRef<PlacedChart>(undefined)
  const graph = useMemo(() => chartGraph(words.model, words, measure), [words])
  const [, setRound] = useState(0)
  const placed = words.model.states
    .keys()
    .some((path) => path !== '' && Object.hasOwn(document.layout.states, path))
  const seen = Object.keys(seenPlaces(stack)).length > 0
  const waits = !placed && !seen && words.model.states.size > 1
  useEffect(() => {
    if (!waits) return
    let gone = false
    const finish = (chart?: PlacedChart): void => {
      if (gone) return
      before.current = chart
      // Where the layout fails, every state gets a free spot; the drawing goes on.
      rememberPlaces(stack, chart === undefined ? { '': { x: 0, y: 0 } } : placesOf(chart))
      setRound((last) => last + 1)
    }
    layOutInWorker(graph).then(finish, () => finish())
    return () => {
      gone = true
    }
  }, [waits, graph, stack])
  const arranged = useMemo(() => {
    if (waits) return undefined
    const places = { ...seenPlaces(stack), ...document.layout.states, ...shifted }
    return arrange(graph, words.model, places, before.current)
  }, [waits, graph, words.model, document.layout, stack, shifted])
  useEffect(() => {
    // While something is dragged, lines are kept against where it was.
    if (arranged === undefined || shifted !== undefined) return
    before.current = arranged.chart
    rememberPlaces(stack, { ...seenPlaces(stack), ...arranged.places })
  }, [arranged, shifted, stack])
  return {
    arranged,
    async layOut() {
      const chart = await layOutInWorker(graph)
      before.current = chart
      return placesOf(chart)
    },
  }
}
