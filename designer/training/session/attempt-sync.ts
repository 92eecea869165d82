/**
 * Brings the steps of an attempt to the server as they are made.
 *
 * Promises: one request at a time, in order; without a connection steps wait and are sent once there is one; where the
 * server knows steps that the page does not (a trainer threw something in, another tab went on), those come first and what
 * was not sent yet goes on top.
 * Must not: know what a step means; drop one without telling.
 */
import type { Step } from '../../../machines/simulate/scenario.ts'
import type { StepsAdded } from '../../../machines/wire/training.ts'
import { ApiError } from '../../session/api.ts'

export type SyncState =
  /** `away`: tried again by itself. */
  { readonly is: 'sent' | 'sending' | 'away' } | { readonly is: 'refused'; readonly error: unknown }
export type Gateway = {
  /** `count`: how many there are as far as the page knows, so that none it has not heard of is taken back. */
  add(from: number, steps: readonly Step[], count: number): Promise<StepsAdded>
  /** All steps that the server knows. */
  read(): Promise<readonly Step[]>
}
export type Hearing = {
  /** The server's steps, and how many of the page's own it has not heard of. */
  takeIn(steps: readonly Step[], unsent: number): void
  /** True where nothing can be done any more; a practice is gone back in. */
  over(why: string): boolean
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000]
/** The run's clock is a little ahead of what the server grants; a moment later it is not. */
const TOO_FAST = 'attempt-too-fast'
/** At most this many in one request. */
const MOST = 200

const isSame = (one: Step | undefined, other: Step | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
function inCommon(one: readonly Step[], other: readonly Step[]): number {
  let count = 0
  while (count < one.length && count < other.length && isSame(one[count], other[count])) count++
  return count
}

export class AttemptSync {
  readonly #gateway: Gateway
  readonly #hearing: Hearing
  /** What the server is known to have. */
  #known: readonly Step[]
  #wanted: readonly Step[]
  #state: SyncState = { is: 'sent' }
  #running: Promise<void> | undefined
  #failures = 0
  /** `later`: what is to be sent goes first, for what was told may be older than it. */
  #toRead: 'now' | 'later' | undefined
  /** The server takes no more. */
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(gateway: Gateway, known: readonly Step[], hearing: Hearing) {
    this.#gateway = gateway
    this.#known = known
    this.#wanted = known
    this.#hearing = hearing
  }

  get state(): SyncState {
    return this.#state
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** These are the steps of the page now. */
  want(steps: readonly Step[]): void {
    this.#wanted = steps
    this.#start()
  }
  /** The server told of a change; steps that came from here are no news. */
  hear(from: number, steps: readonly Step[]): void {
    const told = [...this.#known.slice(0, from), ...steps]
    const isNews = from > this.#known.length || inCommon(told, this.#wanted) < told.length
    if (!isNews) return
    this.#toRead ??= 'later'
    this.#start()
  }
  /** At once: the connection is there again. */
  retry(): void {
    if (this.#state.is === 'refused') this.#set({ is: 'sending' })
    this.#start()
  }
  /** Resolves when all was sent; rejects where that cannot be now. */
  async settle(): Promise<void> {
    this.retry()
    await this.#running
    if (this.#state.is === 'refused') throw this.#state.error
    if (this.#isBehind()) throw new ApiError('network', 0)
  }

  #isBehind(): boolean {
    if (this.#isOver) return false
    return this.#toRead !== undefined || this.#isUnsent()
  }
  #isUnsent(): boolean {
    return inCommon(this.#known, this.#wanted) < Math.max(this.#known.length, this.#wanted.length)
  }
  #start(): void {
    if (this.#running !== undefined || this.#state.is === 'refused') return
    clearTimeout(this.#timer)
    this.#running = this.#run().finally(() => {
      this.#running = undefined
    })
  }
  async #run(): Promise<void> {
    while (this.#isBehind()) {
      this.#set({ is: 'sending' })
      try {
        if (this.#toRead === 'now' || !this.#isUnsent()) await this.#look()
        else await this.#send()
        this.#failures = 0
      } catch (error) {
        if (!(await this.#isMended(error))) return
      }
    }
    this.#set({ is: 'sent' })
  }

  async #send(): Promise<void> {
    const from = inCommon(this.#known, this.#wanted)
    const steps = this.#wanted.slice(from, from + MOST)
    const { count, over } = await this.#gateway.add(from, steps, this.#known.length)
    this.#known = [...this.#known.slice(0, from), ...steps]
    if (over === undefined) return
    this.#isOver = this.#hearing.over(over)
    if (!this.#isOver && count < this.#known.length) await this.#giveIn()
  }
  /** For the server it was over before the last steps: what it has counts. */
  async #giveIn(): Promise<void> {
    this.#known = await this.#gateway.read()
    this.#hearing.takeIn(this.#known, 0)
  }
  async #look(): Promise<void> {
    const steps = await this.#gateway.read()
    // Something was done meanwhile: that goes first, unless the server asked to be read.
    if (this.#toRead === 'later' && this.#isUnsent()) return
    const unsent = this.#wanted.length - inCommon(this.#known, this.#wanted)
    const isNew = inCommon(steps, this.#wanted) < steps.length
    this.#known = steps
    this.#toRead = undefined
    if (isNew) this.#hearing.takeIn(steps, unsent)
  }

  async #isMended(error: unknown): Promise<boolean> {
    if (error instanceof ApiError && error.code === 'attempt-behind') {
      this.#toRead = 'now'
      return true
    }
    const isPassing =
      error instanceof ApiError &&
      (error.status === 0 || error.status >= 500 || error.status === 429 || error.code === TOO_FAST)
    if (!isPassing) {
      this.#set({ is: 'refused', error })
      return false
    }
    this.#set({ is: 'away' })
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0
    this.#failures++
    this.#timer = setTimeout(() => this.#start(), wait)
    return false
  }
  #set(state: SyncState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
