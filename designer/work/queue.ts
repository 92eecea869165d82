/**
 * The queue of acts: what an engineer does is put here first, and sent in order when there is a connection.
 *
 * Promises:
 * Q1 What was taken in is kept until the server has it or its maker drops it, over reloads and closing.
 * Q2 The acts of a job are sent in the order they were made, one at a time; a refused one holds up the later ones of
 *    its own job and of no other.
 * Q3 An act is done once: it is sent under the same key until there is an answer, and by one tab at a time.
 * Q4 What the server refuses stays, with the reason, for a decision: changed, tried again as it is, or dropped.
 * Must not: know the page, the store or the network; they come in.
 */
import type { Act, Doing, Hindrance, RefusedBecause, Verdict } from './act.ts'
import { NoRoom, type Shelf } from './shelf.ts'

export type QueueDeps = {
  shelf: Shelf
  person: string
  send(act: Act): Promise<Verdict>
  /** Runs the work while no other tab does. */
  alone(work: () => Promise<void>): Promise<void>
  /** Epoch milliseconds of this device. */
  now(): number
  newKey(): string
  /** Tells the other tabs that the shelf has changed. */
  tellOthers(): void
  /** Calls back after a while; returns how to call it off. */
  later(ms: number, call: () => void): () => void
}

export type QueueState = {
  /** In order, with those that were sent and are not yet seen in the job. */
  acts: readonly Act[]
  sending: boolean
  /** Why what waits is not on its way. */
  hindrance: Hindrance | undefined
  /** The shelf has been read. */
  ready: boolean
}

const FIRST_PAUSE_MS = 4_000
const LONGEST_PAUSE_MS = 60_000

export class Queue {
  readonly #deps: QueueDeps
  readonly #listeners = new Set<() => void>()
  #state: QueueState = { acts: [], sending: false, hindrance: undefined, ready: false }
  /** Sent, and not yet seen in the job by this tab; another tab may see it earlier. */
  readonly #unseen = new Map<number, Act>()
  #draining: Promise<void> | undefined
  #again = false
  #pause = FIRST_PAUSE_MS
  #callOff: () => void = () => undefined

  constructor(deps: QueueDeps) {
    this.#deps = deps
  }

  readonly state = (): QueueState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  #put(change: Partial<QueueState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Reads the shelf anew: at the start, and when another tab says so. */
  async refresh(): Promise<void> {
    const kept = await this.#deps.shelf.acts(this.#deps.person)
    for (const act of kept) if (act.state === 'sent') this.#unseen.set(act.order, act)
    const orders = new Set(kept.map(({ order }) => order))
    const unseen = [...this.#unseen.values()].filter(({ order }) => !orders.has(order))
    const acts = [...kept, ...unseen].toSorted((one, other) => one.order - other.order)
    this.#put({ acts, ready: true })
  }

  /** Takes an act in. False where it could not be kept: nothing was done. */
  async add(job: string, doing: Doing, file?: Blob): Promise<boolean> {
    const { shelf, person, newKey, now } = this.#deps
    try {
      await shelf.add({
        id: newKey(),
        person,
        job,
        at: new Date(now()).toISOString(),
        doing,
        state: 'waiting',
        ...(file === undefined ? {} : { file }),
      })
    } catch (error) {
      if (error instanceof NoRoom) return false
      throw error
    }
    await this.#changed()
    this.wake()
    return true
  }

  /** A decision on a refused act: drop it. */
  async drop(act: Act): Promise<void> {
    await this.#deps.shelf.remove(act.order)
    await this.#changed()
    this.wake()
  }

  /** A decision on a refused act: send it again, as it is or changed, as another request in the same place. */
  async retry({ refused: _refused, ...act }: Act, doing: Doing = act.doing): Promise<void> {
    await this.#deps.shelf.replace({ ...act, doing, id: this.#deps.newKey(), state: 'waiting' })
    await this.#changed()
    this.wake()
  }

  /** What is known of a job now holds all acts up to a seq: those sent need not be kept. */
  async settle(job: string, seq: number): Promise<void> {
    const settled = this.#state.acts.filter(
      (act) => act.job === job && act.state === 'sent' && (act.seq ?? 0) <= seq,
    )
    if (settled.length === 0) return
    for (const act of settled) {
      await this.#deps.shelf.remove(act.order)
      this.#unseen.delete(act.order)
    }
    await this.#changed()
  }

  /** Sends what waits; once more afterwards where something came in meanwhile. */
  wake(): void {
    this.#callOff()
    if (this.#draining !== undefined) {
      this.#again = true
      return
    }
    this.#draining = this.#deps
      .alone(() => this.#drain())
      .catch(() => this.#hinder('busy'))
      .finally(() => {
        this.#draining = undefined
        this.#put({ sending: false })
        const again = this.#again
        this.#again = false
        if (again) this.wake()
      })
  }
  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining
  }

  async #changed(): Promise<void> {
    await this.refresh()
    this.#deps.tellOthers()
  }

  #hinder(hindrance: Hindrance): void {
    this.#put({ hindrance })
    this.#callOff = this.#deps.later(this.#pause, () => this.wake())
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
  }

  async #drain(): Promise<void> {
    // Another tab may have sent, or given, something since.
    await this.refresh()
    for (let act = nextOf(this.#state.acts); act !== undefined; act = nextOf(this.#state.acts)) {
      this.#put({ sending: true })
      const verdict = await this.#deps.send(act)
      if (verdict.is === 'later') return this.#hinder(verdict.why)
      await this.#record(act, verdict)
      this.#pause = FIRST_PAUSE_MS
      this.#put({ hindrance: undefined })
    }
    this.#put({ hindrance: undefined })
  }

  async #record(act: Act, verdict: Exclude<Verdict, { is: 'later' }>): Promise<void> {
    const { file: _file, ...rest } = act
    await this.#deps.shelf.replace(
      verdict.is === 'taken' ? { ...rest, state: 'sent', seq: verdict.seq } : refusedAs(act, verdict.because),
    )
    await this.#changed()
  }
}

const refusedAs = (act: Act, refused: RefusedBecause): Act => ({ ...act, state: 'refused', refused })

/** The first that waits, of a job where nothing before it waits for a decision. */
function nextOf(acts: readonly Act[]): Act | undefined {
  const held = new Set<string>()
  for (const act of acts) {
    if (act.state === 'refused') held.add(act.job)
    else if (act.state === 'waiting' && !held.has(act.job)) return act
  }
  return undefined
}
