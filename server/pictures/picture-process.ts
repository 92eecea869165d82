/**
 * The process that draws: one order at a time in, its picture or its failure out.
 *
 * Promises: it ends with the server that started it. Must not: be imported; `pictures.ts` starts it.
 */
import { drawPicture, type PictureOrder, type PictureResult } from './draw-picture.ts'

export type ProcessAnswer = PictureResult | { failed: string }

const answer = async (order: PictureOrder): Promise<ProcessAnswer> => {
  try {
    return await drawPicture(order)
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (order: PictureOrder) => {
  void answer(order).then((made) => process.send?.(made))
})
process.on('disconnect', () => process.exit())
