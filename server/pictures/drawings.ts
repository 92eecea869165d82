/**
 * Drawings of definitions that nobody has placed, laid out aside before they are asked for.
 *
 * Promises: one is laid out at a time, by an operating system's process of its own, so that no request waits for
 * another's drawing; what somebody waits for goes first; what was laid out is kept and not laid out again; of what is
 * ahead, only the newest of each place waits; what cannot be laid out is not tried again.
 * Must not: lay out itself, know the library or routes.
 */
import { createHash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { DrawingView } from '../../machines/wire/drawing.ts'
import type { DrawingOrder } from './draw-view.ts'
import type { DrawingAnswer } from './drawing-process.ts'
import type { DrawingShelf } from './drawing-shelf.ts'
import { createHelper } from './helper.ts'

export type Drawings = {
  /** Waits for it. Undefined: it cannot be laid out, or too many are waiting. */
  draw(order: DrawingOrder): Promise<DrawingView | undefined>
  /** Lays out when there is time. `place`: an earlier one of the same place is no longer wanted. */
  ahead(place: string, order: DrawingOrder): void
  close(): Promise<void>
}
type DrawingsOptions = {
  shelf: DrawingShelf
  logger: Pick<FastifyBaseLogger, 'warn'>
  /** A layout may take this long. */
  limitMs?: number
  /** What lays out; another program in tests. */
  program?: URL
}
type Task = {
  readonly key: string
  readonly order: DrawingOrder
  readonly place: string | undefined
  isWanted: boolean
  readonly made: Promise<DrawingView | undefined>
  settle(drawing: DrawingView | undefined): void
}

/** To be raised when layouts change: what was kept is then laid out anew. */
const FORMAT = 1
const MOST_WANTED = 16
const MOST_AHEAD = 1000
const MOST_FAILED = 1000
const PROGRAM = new URL('./drawing-process.ts', import.meta.url)

export function createDrawings({ shelf, logger, program = PROGRAM, ...options }: DrawingsOptions): Drawings {
  const helper = createHelper<DrawingOrder, DrawingAnswer>({ ...options, program, isAnswer })
  const tasks = new Map<string, Task>()
  const failed = new Set<string>()
  let running: Task | undefined
  let closed = false

  async function layOut({ key, order }: Task): Promise<DrawingView | undefined> {
    const kept = await shelf.read(key)
    if (kept !== undefined || closed) return kept
    const answer = (await helper.ask(order)) ?? { failed: 'the process that lays out ended or took too long' }
    if ('drawing' in answer) {
      await shelf.write(key, answer.drawing)
      return answer.drawing
    }
    if (closed) return undefined
    logger.warn({ why: answer.failed }, 'a drawing could not be laid out')
    if (failed.size >= MOST_FAILED) failed.clear()
    failed.add(key)
    return undefined
  }
  /** One after the other, as long as there are any. */
  async function work(): Promise<void> {
    if (running !== undefined) return
    for (running = next(tasks); running !== undefined; running = next(tasks)) {
      const drawing = await layOut(running).catch(() => undefined)
      tasks.delete(running.key)
      running.settle(drawing)
    }
  }
  function add(key: string, order: DrawingOrder, place?: string): Task {
    const { promise: made, resolve: settle } = Promise.withResolvers<DrawingView | undefined>()
    const task = { key, order, place, isWanted: place === undefined, made, settle }
    tasks.set(key, task)
    void work()
    return task
  }
  /** What waits for the same place is of a state that has passed. */
  function replace(place: string): void {
    for (const task of tasks.values())
      if (task.place === place && !task.isWanted && task !== running) {
        tasks.delete(task.key)
        task.settle(undefined)
      }
  }

  return {
    async draw(order) {
      const key = keyOf(order)
      const waiting = tasks.get(key)
      if (waiting !== undefined) {
        waiting.isWanted = true
        return waiting.made
      }
      if (closed || failed.has(key)) return undefined
      // What is kept need not wait for its turn.
      const kept = await shelf.read(key)
      if (kept !== undefined) return kept
      if (tasks.get(key) === undefined && wantedIn(tasks) >= MOST_WANTED) return undefined
      return (tasks.get(key) ?? add(key, order)).made
    },
    ahead(place, order) {
      const key = keyOf(order)
      if (closed || failed.has(key) || tasks.has(key)) return
      replace(place)
      if (tasks.size < MOST_AHEAD) add(key, order, place)
    },
    async close() {
      closed = true
      for (const task of tasks.values()) task.settle(undefined)
      tasks.clear()
      await helper.end()
    },
  }
}

/** What somebody waits for, else what came first. */
function next(tasks: ReadonlyMap<string, Task>): Task | undefined {
  const all = [...tasks.values()]
  return all.find(({ isWanted }) => isWanted) ?? all[0]
}
const wantedIn = (tasks: ReadonlyMap<string, Task>): number =>
  [...tasks.values()].filter(({ isWanted }) => isWanted).length

const keyOf = ({ definition, language, calendars }: DrawingOrder): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, definition, language, calendars]))
    .digest('hex')

const isAnswer = (message: unknown): message is DrawingAnswer =>
  typeof message === 'object' && message !== null && ('drawing' in message || 'failed' in message)
