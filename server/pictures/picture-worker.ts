/**
 * The thread that draws: one order at a time in, its picture or its failure out.
 *
 * Must not: be imported; `pictures.ts` starts it.
 */
import { parentPort } from 'node:worker_threads'
import { drawPicture, type PictureOrder, type PictureResult } from './draw-picture.ts'

export type WorkerAnswer = PictureResult | { failed: string }

const answer = async (order: PictureOrder): Promise<WorkerAnswer> => {
  try {
    return await drawPicture(order)
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (order: PictureOrder) => {
  void answer(order).then((made) => parentPort?.postMessage(made))
})
