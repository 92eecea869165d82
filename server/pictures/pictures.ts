/**
 * Pictures of processes, drawn by an operating system's process of their own.
 *
 * Promises: no other request waits for a drawing, and none that fails, hangs or runs out of memory harms the server;
 * one is drawn at a time, and one that takes too long is given up; what was drawn lately is not drawn again; a
 * process without work ends, and with it the memory that it took.
 * Must not: draw itself, or know routes. (A thread would not do: what breaks in WebAssembly takes all threads along.)
 */
import { createHash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { problem } from '../problem-details.ts'
import type { PictureOrder } from './draw-picture.ts'
import { createHelper } from './helper.ts'
import type { ProcessAnswer } from './picture-process.ts'

export type Pictures = {
  /** Problems: picture-too-large, picture-failed, not-ready (too many are waiting). */
  draw(order: PictureOrder): Promise<Uint8Array>
  close(): Promise<void>
}
type PicturesOptions = {
  logger: Pick<FastifyBaseLogger, 'warn'>
  /** A drawing may take this long. */
  limitMs?: number
  /** The process ends after this long without work. */
  idleMs?: number
  /** What draws; another program in tests. */
  program?: URL
}

const MOST_WAITING = 16
const KEPT_BYTES = 48 * 1024 * 1024
const PROGRAM = new URL('./picture-process.ts', import.meta.url)

export function createPictures({ program = PROGRAM, ...options }: PicturesOptions): Pictures {
  const kept = createKept()
  const drawing = createHelper<PictureOrder, ProcessAnswer>({ ...options, program, isAnswer })
  const running = new Map<string, Promise<Uint8Array>>()
  let last: Promise<unknown> = Promise.resolve()

  async function drawNew(key: string, order: PictureOrder): Promise<Uint8Array> {
    const turn = last.then(() => drawing.ask(order))
    last = turn.catch(() => undefined)
    const answer = (await turn) ?? { failed: 'the process that draws ended or took too long' }
    if ('failed' in answer) {
      options.logger.warn({ process: order.definition.id, why: answer.failed }, 'no picture could be made')
      throw problem('picture-failed')
    }
    if ('tooLarge' in answer) throw problem('picture-too-large', tooLarge(answer.tooLarge))
    kept.add(key, answer.made)
    return answer.made
  }

  return {
    draw: (order) => {
      const key = keyOf(order)
      const found = kept.get(key)
      if (found !== undefined) return Promise.resolve(found)
      const same = running.get(key)
      if (same !== undefined) return same
      if (running.size >= MOST_WAITING)
        return Promise.reject(problem('not-ready', { headers: { 'retry-after': '10' } }))
      const made = drawNew(key, order).finally(() => running.delete(key))
      running.set(key, made)
      return made
    },
    close: drawing.end,
  }
}

const tooLarge = ({ width, height, most }: { width: number; height: number; most: number }) => ({
  width,
  height,
  most,
  detail: {
    en: `At scale 1 the drawing has ${width} × ${height} pixels; its scale may be ${most} at most.`,
    zh: `按比例 1 绘制时为 ${width} × ${height} 像素；比例最大为 ${most}。`,
  },
})

const keyOf = ({ definition, layout, language, format, scale }: PictureOrder): string =>
  createHash('sha256')
    .update(JSON.stringify([definition, layout ?? null, language, format, scale ?? null]))
    .digest('base64')

/** What was drawn lately, up to so many bytes; what was not asked for the longest goes first. */
function createKept() {
  const pictures = new Map<string, Uint8Array>()
  let bytes = 0
  return {
    get(key: string): Uint8Array | undefined {
      const found = pictures.get(key)
      if (found === undefined) return undefined
      pictures.delete(key)
      pictures.set(key, found)
      return found
    },
    add(key: string, picture: Uint8Array): void {
      pictures.set(key, picture)
      bytes += picture.length
      for (const [oldest, { length }] of pictures) {
        if (bytes <= KEPT_BYTES) return
        pictures.delete(oldest)
        bytes -= length
      }
    },
  }
}

const isAnswer = (message: unknown): message is ProcessAnswer =>
  typeof message === 'object' &&
  message !== null &&
  ('made' in message || 'tooLarge' in message || 'failed' in message)
