/**
 * Pictures of processes, drawn by an operating system's process of their own.
 *
 * Promises: no other request waits for a drawing, and none that fails, hangs or runs out of memory harms the server;
 * one is drawn at a time, and one that takes too long is given up; what was drawn lately is not drawn again; a
 * process without work ends, and with it the memory that it took.
 * Must not: draw itself, or know routes. (A thread would not do: what breaks in WebAssembly takes all threads along.)
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { setPriority } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import { problem } from '../problem-details.ts'
import type { PictureOrder } from './draw-picture.ts'
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

const LIMIT_MS = 30_000
const IDLE_MS = 30_000
const MOST_WAITING = 16
const KEPT_BYTES = 48 * 1024 * 1024
/** The largest definition lays out in a fifth of it. */
const HEAP_MB = 1024
/** The server's own work goes first. */
const LOW_PRIORITY = 10
const PROGRAM = new URL('./picture-process.ts', import.meta.url)

export function createPictures(options: PicturesOptions): Pictures {
  const kept = createKept()
  const drawing = createDrawing(options)
  const running = new Map<string, Promise<Uint8Array>>()
  let last: Promise<unknown> = Promise.resolve()

  async function drawNew(key: string, order: PictureOrder): Promise<Uint8Array> {
    const turn = last.then(() => drawing.ask(order))
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
    close: () => drawing.end(),
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

/** One process, started when there is work. It is asked one thing at a time. */
function createDrawing({ limitMs = LIMIT_MS, idleMs = IDLE_MS, program }: PicturesOptions) {
  let child: ChildProcess | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let closed = false

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = child
    child = undefined
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill('SIGKILL')
    await ended
  }
  return {
    async ask(order: PictureOrder): Promise<ProcessAnswer> {
      if (closed) throw problem('not-ready')
      clearTimeout(idle)
      child ??= start(program ?? PROGRAM)
      const answer = await answerOf(child, order, limitMs)
      if (answer === undefined) {
        await end()
        return { failed: 'the process that draws ended or took too long' }
      }
      idle = setTimeout(() => void end(), idleMs).unref()
      return answer
    },
    async end(): Promise<void> {
      closed = true
      await end()
    },
  }
}

function start(program: URL): ChildProcess {
  const child = fork(program, {
    // It needs none of the server's secrets.
    env: {},
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // One that could not be started, or ended while it was written to, gives no answer.
  child.on('error', () => undefined)
  try {
    if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY)
  } catch {
    // Where priorities are not to be had, it draws at the server's own.
  }
  return child
}

/** What the process answers; undefined where it dies, or says nothing in time. */
function answerOf(
  child: ChildProcess,
  order: PictureOrder,
  limitMs: number,
): Promise<ProcessAnswer | undefined> {
  return new Promise((resolve) => {
    const finish = (answer?: ProcessAnswer): void => {
      clearTimeout(timer)
      child.off('message', take)
      child.off('exit', lost)
      resolve(answer)
    }
    const take = (message: unknown): void => finish(isAnswer(message) ? message : undefined)
    const lost = (): void => finish()
    const timer = setTimeout(lost, limitMs)
    child.on('message', take)
    child.on('exit', lost)
    child.send(order, (error) => {
      if (error !== null) lost()
    })
  })
}

const isAnswer = (message: unknown): message is ProcessAnswer =>
  typeof message === 'object' &&
  message !== null &&
  ('made' in message || 'tooLarge' in message || 'failed' in message)
