/**
 * The drawing of the document as it is now: laid out once where nothing was placed, else where its owner put it; the
 * whole, or what a view shows of it.
 *
 * Promises: a view that is come back to has its lines where they were. Must not: change the document.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Arranged, arrange, type Places, placesOf } from '../../machines/drawing/arrange.ts'
import {
  type ChartGraph,
  chartGraph,
  type PlacedChart,
  type PlacedState,
} from '../../machines/drawing/graph.ts'
import type { Design } from '../design/design-api.ts'
import { browserMeasure, layOutInWorker, readyWorker } from './chart-layout.ts'
import type { Words } from './chart-words.ts'
import { drawnBefore, offeredFor, rememberDrawn } from './drawn.ts'
import { firstDrawing } from './first-drawing.ts'
import { rememberPlaces, seenPlaces } from './seen.ts'
import { steadyGraph } from './steady-graph.ts'
import { placesIn } from './surroundings.ts'
import { type Part, partGraph } from './tidy.ts'
import { isWithin, type View } from './view.ts'

const measure = browserMeasure()

export type Drawn = {
  /** Undefined until the first layout is there. */
  readonly arranged: Arranged | undefined
  /** A new layout of all that is shown, its lines kept for when it is taken over. */
  layOut(): Promise<Places>
  /** Some states laid out among themselves. */
  layOutPart(part: Part): Promise<readonly PlacedState[]>
}

/** `shifted`: places of states that are being dragged. */
export function useArranged(
  { document, stack }: Pick<Design, 'document' | 'stack'>,
  words: Words,
  view: View,
  shifted?: Places,
): Drawn {
  const latest = useRef<PlacedChart>(undefined)
  const key = [view.home, ...view.folded].join('\n')
  const lastGraph = useRef<ChartGraph>(undefined)
  const graph = useMemo(() => {
    const made = steadyGraph(chartGraph(view.model, words, measure), lastGraph.current)
    lastGraph.current = made
    return made
  }, [view.model, words])
  const [, setRound] = useState(0)
  const { model } = words
  // Words that come later, a calendar's title, are no reason to begin the first layout again.
  const told = useRef({ words, view, graph })
  told.current = { words, view, graph }
  useState(() => {
    // What nobody placed stands where this browser showed it last.
    const last = drawnBefore(stack, '')
    if (last !== undefined && Object.keys(seenPlaces(stack)).length === 0)
      rememberPlaces(stack, placesOf(last))
  })
  const placed = words.model.states
    .keys()
    .some((path) => path !== '' && Object.hasOwn(document.layout.states, path))
  const seen = Object.keys(seenPlaces(stack)).length > 0
  const waits = !placed && !seen && words.model.states.size > 1
  // Where the server offers nothing, ELK is loaded while the page is still being built.
  useState(() => (waits && offeredFor(stack) === undefined ? readyWorker() : undefined))
  useEffect(() => {
    if (!waits) return
    let gone = false
    const finish = (chart?: PlacedChart): void => {
      if (gone) return
      if (chart !== undefined) rememberDrawn(stack, '', chart)
      // Where the layout fails, every state gets a free spot; the drawing goes on.
      rememberPlaces(stack, chart === undefined ? { '': { x: 0, y: 0 } } : placesOf(chart))
      setRound((last) => last + 1)
    }
    const now = told.current
    const whole = now.view.model === model ? now.graph : chartGraph(model, now.words, measure)
    firstDrawing(whole, offeredFor(stack)).then(finish, () => finish())
    return () => {
      gone = true
    }
  }, [waits, model, stack])
  const arranged = useMemo(() => {
    if (waits) return undefined
    const places = { ...seenPlaces(stack), ...document.layout.states, ...shifted }
    const earlier = drawnBefore(stack, key) ?? latest.current
    return arrange(graph, view.model, placesIn(view, graph, places), earlier)
  }, [waits, graph, view, key, document.layout, stack, shifted])
  useEffect(() => {
    // While something is dragged, lines are kept against where it was.
    if (arranged === undefined || shifted !== undefined) return
    rememberDrawn(stack, key, arranged.chart)
    latest.current = arranged.chart
    const shown = Object.entries(arranged.places).filter(([path]) => isShownThere(path, view))
    rememberPlaces(stack, { ...seenPlaces(stack), ...Object.fromEntries(shown) })
  }, [arranged, shifted, stack, key, view])
  return {
    arranged,
    async layOut() {
      const chart = await layOutInWorker(sized(graph, arranged))
      rememberDrawn(stack, key, chart)
      return Object.fromEntries(
        Object.entries(placesOf(chart)).filter(([path]) => path !== '' && isShownThere(path, view)),
      )
    },
    async layOutPart(part) {
      if (arranged === undefined) return []
      const { states } = await layOutInWorker(partGraph(arranged.chart, part))
      return states
    },
  }
}

/** Beside a group shown alone, only what lies in it has places of its own. */
const isShownThere = (path: string, { home }: View): boolean =>
  home === '' || (path !== home && isWithin(path, home))

/** States that someone made larger stay so. */
function sized(graph: ChartGraph, arranged: Arranged | undefined): ChartGraph {
  const elk = structuredClone(graph.elk)
  const pending = [...(elk.children ?? [])]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { id, width, height, children = [] } = node
    pending.push(...children)
    const now = arranged?.chart.states.find(({ state }) => `s:${state.path}` === id)
    if (now === undefined || children.length > 0 || width === undefined || height === undefined) continue
    node.width = Math.max(width, now.width)
    node.height = Math.max(height, now.height)
  }
  return { ...graph, elk }
}
