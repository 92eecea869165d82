/**
 * When a timer of a rerun fires: when it is due, and where the history had the same one, as late as then.
 *
 * Promises: through the definition that the job ran on, every timer fires where the history has it, also one that a server which was
 * down fired hours late; so a difference is always the other definition's.
 * Must not: read a clock.
 */
import type { Entry, Job, Timer } from '../advance/job.ts'

/** `index`: of the history's entry; Infinity where the history has no such timer. */
export type Firing = { timer: Timer; moment: number; index: number }
type Fired = { moment: number; index: number }

const keyOf = ({ id, dueAt }: Pick<Timer, 'id' | 'dueAt'>): string => `${id}\n${dueAt}`

export class RerunTimers {
  readonly #fired = new Map<string, Fired[]>()
  readonly #broken = new Set<string>()

  constructor(entries: readonly Pick<Entry, 'command' | 'at' | 'armed' | 'cancelled'>[]) {
    const armed = new Map(
      entries.flatMap((entry) => entry.armed.map((timer) => [timer.token, timer] as const)),
    )
    for (const [index, { command, at, cancelled }] of entries.entries()) {
      const moment = Date.parse(at)
      if (command.kind === 'timer') this.#note(armed.get(command.token), { moment, index })
      if (command.kind === 'timer') armed.delete(command.token)
      for (const token of cancelled) {
        const timer = armed.get(token)
        armed.delete(token)
        // It was due, and somebody was quicker than the server: so he is here.
        if (timer !== undefined && Date.parse(timer.dueAt) <= moment)
          this.#note(timer, { moment, index: index + 0.5 })
      }
    }
    // What is due and has not fired yet does not fire here.
    const last = entries.at(-1)?.at ?? ''
    for (const timer of armed.values())
      if (timer.dueAt <= last) this.#note(timer, { moment: Number.POSITIVE_INFINITY, index: entries.length })
  }

  #note(timer: Timer | undefined, fired: Fired): void {
    if (timer === undefined) return
    const key = keyOf(timer)
    this.#fired.set(key, [...(this.#fired.get(key) ?? []), fired])
  }

  /** The next that fires before the entry `index` at `now`; without an index, up to and with `now`. */
  next({ timers }: Job, now: number, index = Number.POSITIVE_INFINITY): Firing | undefined {
    let first: Firing | undefined
    for (const timer of timers) {
      if (timer.fired || timer.left !== undefined || this.#broken.has(timer.token)) continue
      const firing = this.#firing(timer)
      if (firing.moment > now || firing.moment === Number.POSITIVE_INFINITY) continue
      if (firing.moment === now && firing.index !== Number.POSITIVE_INFINITY && firing.index > index) continue
      if (first === undefined || isBefore(firing, first)) first = firing
    }
    return first
  }

  /** It has fired; the next one of the same kind fires in its own time. */
  done({ timer }: Firing): void {
    this.#fired.get(keyOf(timer))?.shift()
  }

  /** It cannot fire, and is not tried again. */
  isBroken({ timer }: Firing): void {
    this.#broken.add(timer.token)
  }

  #firing(timer: Timer): Firing {
    const due = Date.parse(timer.dueAt)
    const then = this.#fired.get(keyOf(timer))?.[0]
    return then === undefined ? { timer, moment: due, index: Number.POSITIVE_INFINITY } : { timer, ...then }
  }
}

const isBefore = (a: Firing, b: Firing): boolean =>
  a.moment - b.moment < 0 ||
  (a.moment === b.moment && (a.index < b.index || (a.index === b.index && a.timer.token < b.timer.token)))
