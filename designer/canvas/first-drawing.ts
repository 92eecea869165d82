/**
 * The first drawing of what nobody has placed: as the server laid it out, else laid out here.
 *
 * Promises: it is the same drawing either way, and there as soon as either has it.
 * Must not: place what its owner placed.
 */
import type { ChartGraph, PlacedChart } from '../../machines/drawing/graph.ts'
import { chartFrom } from '../../machines/drawing/view.ts'
import { layOutInWorker } from './chart-layout.ts'
import type { Offer } from './drawn.ts'

/**
 * Loading ELK keeps a page busy: what the server has ready is here before that. In several turns, for a page that is
 * busy being built hears nothing meanwhile.
 */
const HEAD_START = { turns: 8, ms: 40 } as const
const LATE = 'late'

/** Throws where it cannot be laid out. */
export async function firstDrawing(graph: ChartGraph, offer: Offer | undefined): Promise<PlacedChart> {
  if (offer === undefined) return layOutInWorker(graph)
  const offered = offer.drawing.then((view) => view && chartFrom(graph, view))
  const asked = { isOver: false }
  const first = await Promise.race([offered, headStart(asked)])
  asked.isOver = true
  if (first === undefined) return layOutInWorker(graph)
  if (first !== LATE) return first
  const taken = offered.then((chart) => chart ?? Promise.reject(new Error('none is offered')))
  return Promise.any([taken, layOutInWorker(graph)]).finally(offer.giveUp)
}

async function headStart(asked: { readonly isOver: boolean }): Promise<typeof LATE> {
  for (let turn = 0; turn < HEAD_START.turns && !asked.isOver; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, HEAD_START.ms))
  return LATE
}
