/**
 * An operating system's process for one kind of work that takes seconds.
 *
 * Promises: it is started when there is work, asked one thing at a time, given up where it takes too long, and ended
 * when it has had none for a while; its death is an answer that does not come, nothing worse.
 * Must not: know what it is asked.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { problem } from '../problem-details.ts'

type HelperOptions<Answer> = {
  program: URL
  isAnswer(message: unknown): message is Answer
  /** An answer may take this long. */
  limitMs?: number
  /** The process ends after this long without work. */
  idleMs?: number
}
export type Helper<Order, Answer> = {
  /** One at a time. Undefined: the process died or took too long. Problems: not-ready (it was ended). */
  ask(order: Order): Promise<Answer | undefined>
  end(): Promise<void>
}

const LIMIT_MS = 30_000
const IDLE_MS = 30_000
/** The largest definition lays out in a fifth of it. */
const HEAP_MB = 1024
/** The server's own work goes first. */
const LOW_PRIORITY = 10

export function createHelper<Order extends object, Answer>(
  options: HelperOptions<Answer>,
): Helper<Order, Answer> {
  const { program, isAnswer, limitMs = LIMIT_MS, idleMs = IDLE_MS } = options
  let child: ChildProcess | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let closed = false

  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = child
    child = undefined
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill('SIGKILL')
    await ended
  }
  return {
    async ask(order) {
      if (closed) throw problem('not-ready')
      clearTimeout(idle)
      child ??= start(program)
      const message = await answerOf(child, order, limitMs)
      if (!isAnswer(message)) {
        await stop()
        return undefined
      }
      idle = setTimeout(() => void stop(), idleMs).unref()
      return message
    },
    async end() {
      closed = true
      await stop()
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
    // Where priorities are not to be had, it works at the server's own.
  }
  return child
}

/** What the process answers; undefined where it dies, or says nothing in time. */
function answerOf(child: ChildProcess, order: object, limitMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const finish = (answer?: unknown): void => {
      clearTimeout(timer)
      child.off('message', finish)
      child.off('exit', lost)
      resolve(answer)
    }
    const lost = (): void => finish()
    const timer = setTimeout(lost, limitMs)
    child.on('message', finish)
    child.on('exit', lost)
    child.send(order, (error) => {
      if (error !== null) lost()
    })
  })
}
