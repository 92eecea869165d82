/**
 * What time it is: the system's, or one that stands still until it is moved.
 *
 * Promises: the manual clock never runs backwards, and stands where it stood after a restart.
 * Must not: fire timers (`jobs/timers.ts` does); be asked by `machines/`, which is given the time.
 */
import { addDuration } from '../machines/time/duration.ts'
import { problem } from './problem-details.ts'

export type Clock = {
  /** Epoch milliseconds. */
  now(): number
  readonly manual: boolean
}
export const systemClock: Clock = { now: () => Date.now(), manual: false }

export type ManualClock = Clock & {
  readonly manual: true
  /** Earlier instants are ignored: whoever fires timers may move it step by step. */
  set(ms: number): void
}
export function createManualClock(start: number): ManualClock {
  let at = start
  return {
    manual: true,
    now: () => at,
    set: (ms) => {
      if (ms > at) at = ms
    },
  }
}

/** What moving the clock needs of the timers: steps to each due time up to `target`, firing at each. */
export type TimersUntil = { runUntil(target: number, setNow: (ms: number) => void): Promise<unknown> }
type ClockMove = { advance?: string; now?: string }
export type ClockControl = {
  read(): { now: string; manual: boolean }
  /** Problems: clock-not-manual, clock-backwards, bad-request. Resolves when every timer on the way has fired. */
  move(to: ClockMove): Promise<{ now: string; manual: boolean }>
}

/** A move of more than this is a slip of the keyboard. */
const FARTHEST = 100 * 366 * 24 * 3600 * 1000

type ClockControlDeps = {
  clock: Clock | ManualClock
  timers: TimersUntil
  /** Makes the time durable. */
  save(now: string): Promise<void>
  timeZone(): Promise<string>
}

export function createClockControl({ clock, timers, save, timeZone }: ClockControlDeps): ClockControl {
  const read = () => ({ now: new Date(clock.now()).toISOString(), manual: clock.manual })
  let moving: Promise<unknown> = Promise.resolve()

  async function step(to: ClockMove) {
    if (!('set' in clock)) throw problem('clock-not-manual')
    const target = await targetOf(to, clock.now(), timeZone)
    if (target < clock.now()) throw problem('clock-backwards', { now: read().now })
    try {
      await timers.runUntil(target, clock.set)
      clock.set(target)
    } finally {
      // Also where a step failed: what fired must not lie in the future after a restart.
      await save(read().now)
    }
    return read()
  }

  return {
    read,
    // One move at a time: two at once would both start from the same instant.
    move: (to) => {
      const done = moving.then(() => step(to))
      moving = done.catch(() => undefined)
      return done
    },
  }
}

async function targetOf(to: ClockMove, now: number, timeZone: () => Promise<string>): Promise<number> {
  const target =
    to.now === undefined ? await advanced(to.advance ?? 'PT0S', now, timeZone) : Date.parse(to.now)
  if (Number.isNaN(target) || target - now > FARTHEST)
    throw problem('bad-request', {
      detail: 'the clock cannot be moved there',
      pointer: to.now === undefined ? '/advance' : '/now',
    })
  return target
}

/** Days and longer go by the organisation's calendar, as everywhere. */
async function advanced(duration: string, now: number, timeZone: () => Promise<string>): Promise<number> {
  try {
    return addDuration(now, duration, await timeZone())
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}
