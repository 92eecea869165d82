/**
 * Pictures of processes, drawn on a thread of their own.
 *
 * Promises: no other request waits for a drawing; one is drawn at a time, and one that takes too long is given up;
 * what was drawn lately is not drawn again; a thread without work ends, and with it the memory that it took.
 * Must not: draw itself, or know routes.
 */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { FastifyBaseLogger } from 'fastify'
import { problem } from '../problem-details.ts'
import type { PictureOrder } from './draw-picture.ts'
import type { WorkerAnswer } from './picture-worker.ts'

export type Pictures = {
  /** Problems: picture-too-large, picture-failed, not-ready (too many are waiting). */
  draw(order: PictureOrder): Promise<Uint8Array>
  close(): Promise<void>
}
type PicturesOptions = {
  logger: Pick<FastifyBaseLogger, 'warn'>
  /** A drawing may take this long. */
  limitMs?: number
  /** The thread ends after this long without work. */
  idleMs?: number
  /** The thread's program; another one in tests. */
  program?: URL
}

const LIMIT_MS = 30_000
const IDLE_MS = 30_000
const MOST_WAITING = 16
const KEPT_BYTES = 48 * 1024 * 1024
/** Of the thread's heap: the largest definition lays out in a fifth of it. */
const HEAP_MB = 1024

export function createPictures(options: PicturesOptions): Pictures {
  const kept = createKept()
  const thread = createThread(options)
  const running = new Map<string, Promise<Uint8Array>>()
  let last: Promise<unknown> = Promise.resolve()

  async function drawNew(key: string, order: PictureOrder): Promise<Uint8Array> {
    const turn = last.then(() => thread.ask(order))
    last = turn.catch(() => undefined)
    const answer = await turn
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
    close: () => thread.end(),
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

/** One thread, started when there is work. It is asked one thing at a time. */
function createThread({ limitMs = LIMIT_MS, idleMs = IDLE_MS, program }: PicturesOptions) {
  let worker: Worker | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let closed = false

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }
  return {
    async ask(order: PictureOrder): Promise<WorkerAnswer> {
      if (closed) throw problem('not-ready')
      clearTimeout(idle)
      worker ??= new Worker(program ?? new URL('./picture-worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      })
      const answer = await answerOf(worker, order, limitMs)
      if (answer === undefined) {
        await end()
        return { failed: 'the thread ended or took too long' }
      }
      // A thread without work does not keep the server from stopping.
      idle = setTimeout(() => void end(), idleMs).unref()
      return answer
    },
    async end(): Promise<void> {
      closed = true
      await end()
    },
  }
}

/** What a thread answers; undefined where it dies, or says nothing in time. */
function answerOf(worker: Worker, order: PictureOrder, limitMs: number): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(undefined), limitMs)
    const finish = (answer: WorkerAnswer | undefined): void => {
      clearTimeout(timer)
      for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name)
      // A late error of a thread that was given up must not end the server.
      worker.on('error', () => undefined)
      resolve(answer)
    }
    worker.once('message', finish)
    worker.once('error', () => finish(undefined))
    worker.once('exit', () => finish(undefined))
    worker.postMessage(order)
  })
}
