/**
 * When a timer of a rerun fires: when it is due, and where the history had the same one, as late as it fired then.
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

  constructor(entries: readonly Pick<Entry, 'command' | 'at' | 'armed'>[]) {
    const armed = new Map(
      entries.flatMap((entry) => entry.armed.map((timer) => [timer.token, timer] as const)),
    )
    for (const [index, { command, at }] of entries.entries()) {
      const timer = command.kind === 'timer' ? armed.get(command.token) : undefined
      if (timer === undefined) continue
      const key = keyOf(timer)
      this.#fired.set(key, [...(this.#fired.get(key) ?? []), { moment: Date.parse(at), index }])
    }
  }

  /** The next that fires before the entry `index` at `now`; without an index, up to and with `now`. */
  next({ timers }: Job, now: number, index = Number.POSITIVE_INFINITY): Firing | undefined {
    let first: Firing | undefined
    for (const timer of timers) {
      if (timer.fired || timer.left !== undefined || this.#broken.has(timer.token)) continue
      const firing = this.#firing(timer)
      if (firing.moment > now) continue
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
