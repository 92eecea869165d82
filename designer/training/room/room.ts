/**
 * A rehearsal under way in the page: its tree of moments, and the time that goes by since the last of them.
 *
 * Promises: all that happened is in a step before it is shown for long: what the clock brings by itself is kept as a step of
 * waiting, so that a page that is loaded again stands where it stood. In an examination time runs on, nothing is taken back,
 * and no stretch of time passes faster than `SPEEDS` allows.
 * Must not: know React, words or the server; read a clock (`tick` is told how much real time went by).
 */
import { passTime } from '../../../machines/simulate/run.ts'
import type { Doing, Step } from '../../../machines/simulate/scenario.ts'
import type { Ending, Mode, Sim } from '../../../machines/simulate/sim.ts'
import { durationOf } from '../../../machines/simulate/standing.ts'
import { elapse, type Speed, toNextDue, untilBreach, untilSomething } from './clock.ts'
import { follow, goTo, grow, nameBranch, present, stepsTo, type Timeline, wayTo } from './timeline.ts'

export type RoomNotice = 'not-possible' | 'nothing-comes' | 'no-breach-comes' | 'thrown-in' | 'rebased'
export type RoomView = {
  readonly timeline: Timeline
  /** Where it stands now, with the time since the last moment. */
  readonly sim: Sim
  readonly mode: Mode
  readonly isPlaying: boolean
  readonly speed: Speed
  /** Time rests while something is filled in. */
  readonly isHeld: boolean
  readonly notice: RoomNotice | undefined
  /** It goes no further: by its own end, or because the server counted a critical fault. */
  readonly over: Ending | undefined
}

/** What waiting is for, where it passes at the fastest speed: an examination. */
type Rush = { readonly to: number } | 'something'

const FASTEST: Speed = 600
/** At these speeds something that happens would be gone before it is read. */
const TOO_FAST_TO_READ = 10

export class Room {
  #timeline: Timeline
  #live: Sim
  #isPlaying = false
  #speed: Speed = 1
  #isHeld = false
  #notice: RoomNotice | undefined
  #ended: Ending | undefined
  #rush: Rush | undefined
  #view: RoomView
  readonly #listeners = new Set<() => void>()
  readonly #changed: (steps: readonly Step[]) => void

  /** `changed`: told of all steps whenever they are others than before. */
  constructor(timeline: Timeline, changed: (steps: readonly Step[]) => void = () => undefined) {
    this.#timeline = timeline
    this.#live = present(timeline).sim
    this.#changed = changed
    this.#view = this.#look()
  }

  get view(): RoomView {
    return this.#view
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get #mode(): Mode {
    return this.#live.setup.mode
  }
  get #isOver(): boolean {
    return this.#live.over !== undefined || this.#ended !== undefined
  }

  /** Something done now. False where it makes no sense any more. */
  do(what: Doing): boolean {
    if (this.#isOver) return false
    this.#rush = undefined
    const done = this.#commit(what)
    this.#notice = done ? undefined : 'not-possible'
    this.#tell()
    return done
  }

  play(speed: Speed = this.#speed): void {
    if (this.#isOver) return
    this.#speed = speed
    this.#isPlaying = true
    this.#rush = undefined
    this.#notice = undefined
    this.#tell()
  }
  /** Time stands still; not in an examination. */
  pause(): void {
    if (this.#mode === 'examination') return
    this.#isPlaying = false
    if (this.#live.now > present(this.#timeline).sim.now) this.#commit({ do: 'wait' })
    this.#tell()
  }
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.#tell()
  }

  /** Real time went by. */
  tick(realMs: number): void {
    if (!this.#isPlaying || this.#isOver || (this.#isHeld && this.#mode !== 'examination')) return
    const before = this.#live.lines.length
    const speed = this.#rush === undefined ? this.#speed : FASTEST
    const to = elapse(this.#live, realMs, speed).now
    const rush = this.#rush
    const goal = rush === undefined || rush === 'something' ? to : Math.min(to, rush.to)
    const slowsDown = speed >= TOO_FAST_TO_READ && this.#mode !== 'owner'
    this.#live = slowsDown ? upToSomething(this.#live, goal) : passTime(this.#live, goal)
    const happened = this.#live.lines.length > before
    if (happened) this.#commit({ do: 'wait' })
    if (happened && slowsDown) this.#slowDown()
    else if (rush !== undefined && rush !== 'something' && this.#live.now >= rush.to) this.#slowDown()
    this.#tell()
  }
  #slowDown(): void {
    this.#speed = 1
    this.#rush = undefined
  }

  /** Keeps the time that went by as a step: before the page is left, and now and then in an examination. */
  keep(): void {
    if (this.#isOver || this.#live.now === present(this.#timeline).sim.now) return
    this.#commit({ do: 'wait' })
    this.#tell()
  }

  passMinutes(minutes: number): void {
    this.#passTo((sim) => passTime(sim, sim.now + minutes * 60_000), {
      to: this.#live.now + minutes * 60_000,
    })
  }
  /** To what comes next: somebody speaks, a deadline runs out. */
  passToSomething(): void {
    this.#passTo((sim) => untilSomething(sim), 'something', 'nothing-comes')
  }
  /** Until a norm is broken by doing nothing. Not in an examination. */
  passToBreach(): void {
    if (this.#mode !== 'examination') this.#passTo(untilBreach, 'something', 'no-breach-comes')
  }

  #passTo(pass: (sim: Sim) => Sim | undefined, rush: Rush, otherwise?: RoomNotice): void {
    if (this.#isOver) return
    const there = pass(this.#live)
    this.#notice = there === undefined ? otherwise : undefined
    if (there !== undefined && this.#mode === 'examination') {
      this.#rush = rush
      this.#isPlaying = true
    } else if (there !== undefined) {
      this.#live = there
      this.#commit({ do: 'wait' })
    }
    this.#tell()
  }

  /** To another moment of the tree; time rests there. */
  goTo(id: number): void {
    if (this.#mode === 'examination') return
    this.#timeline = goTo(this.#timeline, id)
    this.#live = present(this.#timeline).sim
    this.#isPlaying = false
    this.#notice = undefined
    this.#stepsChanged()
    this.#tell()
  }
  back(): void {
    const { parent } = present(this.#timeline)
    if (parent !== undefined) this.goTo(parent)
  }
  name(id: number, name: string): void {
    this.#timeline = nameBranch(this.#timeline, id, name)
    this.#tell()
  }

  /** The server knows other steps: those, and on top of them what was done here and not heard of there. */
  takeIn(steps: readonly Step[], unsent: number): void {
    const own = stepsTo(this.#timeline)
    const mine = own.slice(own.length - unsent).map((step, index) => ({
      what: step.what,
      at: this.#timeOf(own.length - unsent + index),
    }))
    const now = this.#live.now
    const { timeline } = follow(this.#timeline, steps)
    this.#timeline = timeline
    let isWhole = true
    for (const { what, at } of mine) {
      const after = Math.max(0, at - present(this.#timeline).sim.now)
      const grown = grow(this.#timeline, stepOf(what, after))
      if (grown.ok) this.#timeline = grown.timeline
      else isWhole = false
    }
    const there = present(this.#timeline).sim
    this.#live = passTime(there, Math.max(now, there.now))
    this.#notice = isWhole ? 'thrown-in' : 'rebased'
    this.#stepsChanged()
    this.#tell()
  }
  /** When the step of a place on the present way was taken. */
  #timeOf(place: number): number {
    return wayTo(this.#timeline, this.#timeline.here)[place + 1]?.sim.now ?? 0
  }

  /** The server ended it: what it counts is not known here. */
  endBy(why: Ending): void {
    this.#ended = why
    this.#isPlaying = false
    this.#tell()
  }
  forgetNotice(): void {
    this.#notice = undefined
    this.#tell()
  }

  #commit(what: Doing): boolean {
    const from = present(this.#timeline).sim
    const grown = grow(this.#timeline, stepOf(what, this.#live.now - from.now))
    if (!grown.ok) return false
    this.#timeline = grown.timeline
    this.#live = present(this.#timeline).sim
    this.#stepsChanged()
    return true
  }
  #stepsChanged(): void {
    this.#view = this.#look()
    this.#changed(stepsTo(this.#timeline))
  }
  #look(): RoomView {
    const over = this.#live.over?.why ?? this.#ended
    if (over !== undefined) this.#isPlaying = false
    return {
      timeline: this.#timeline,
      sim: this.#live,
      mode: this.#mode,
      isPlaying: this.#isPlaying,
      speed: this.#rush === undefined ? this.#speed : FASTEST,
      isHeld: this.#isHeld && this.#mode !== 'examination',
      notice: this.#notice,
      over,
    }
  }
  #tell(): void {
    this.#view = this.#look()
    for (const listener of this.#listeners) listener()
  }
}

const stepOf = (what: Doing, afterMs: number): Step =>
  afterMs > 0 ? { after: durationOf(afterMs), what } : { what }

/** As far as a moment, or as the first thing to see or hear before it. */
function upToSomething(sim: Sim, goal: number): Sim {
  let going = sim
  for (;;) {
    const next = toNextDue(going)
    if (next === going || next.now > goal || next.lines.length > sim.lines.length) {
      const isThere = next !== going && next.now <= goal
      return isThere ? next : passTime(going, goal)
    }
    going = next
  }
}
