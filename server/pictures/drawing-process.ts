/**
 * The process that lays out: one order at a time in, its drawing or its failure out.
 *
 * Promises: it ends with the server that started it. Must not: be imported; `drawings.ts` starts it.
 */
import type { DrawingView } from '../../machines/wire/drawing.ts'
import { type DrawingOrder, drawView } from './draw-view.ts'

export type DrawingAnswer = { drawing: DrawingView } | { failed: string }

const answer = async (order: DrawingOrder): Promise<DrawingAnswer> => {
  try {
    return { drawing: await drawView(order) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (order: DrawingOrder) => {
  void answer(order).then((made) => process.send?.(made))
})
process.on('disconnect', () => process.exit())
