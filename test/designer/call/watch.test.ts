/** The seconds of a call, counted by the engine's own timers. */
import { describe, expect, it } from 'vitest'
import { asClock, levelOf, onHoldSince, ringOf, secondsOf, watchOf } from '../../../designer/call/watch.ts'
import { advance, start } from '../../../machines/advance/advance.ts'
import type { Advanced, Command, Entry, Job } from '../../../machines/advance/job.ts'
import { viewOf } from '../../../machines/advance/view.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { EntryView, JobDetail } from '../../../machines/wire/jobs.ts'

const MONDAY = Date.parse('2026-03-02T09:30:00+08:00')
const AGENT = { id: 'wu', name: 'Wu', roles: ['hotline-agent' as const] }
const compiled = compile(phoneCall)

/** A call with its history, as the page has it. */
class Line {
  now = MONDAY
  entries: Entry[] = []
  #job: Job
  constructor() {
    this.#job = this.#take(start(compiled, { id: 'c', fields: {}, version: 1 }, this.#around()))
  }
  #around() {
    return { now: this.now, actor: AGENT, calendars: DEFAULT_CALENDARS }
  }
  #take(advanced: Advanced): Job {
    if (!advanced.ok) throw new Error(JSON.stringify(advanced.refusal))
    this.entries.push(advanced.entry)
    return advanced.job
  }
  do(command: Command): void {
    this.#job = this.#take(advance(compiled, this.#job, command, this.#around()))
  }
  send(type: string, payload: Record<string, unknown> = {}): void {
    this.do({ kind: 'event', type, payload })
  }
  /** Time goes by, and what falls due meanwhile happens. */
  wait(seconds: number): void {
    const end = this.now + seconds * 1000
    for (;;) {
      const due = this.#job.timers
        .filter(({ fired, dueAt }) => !fired && Date.parse(dueAt) <= end)
        .toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))[0]
      if (due === undefined) break
      this.now = Date.parse(due.dueAt)
      this.do({ kind: 'timer', token: due.token })
    }
    this.now = end
  }
  get job(): JobDetail {
    return { ...viewOf(compiled, this.#job), allowed: [], items: [] }
  }
  get told(): EntryView[] {
    return this.entries.map((entry) => ({ ...entry, effects: [...entry.effects] }))
  }
  get watch() {
    return watchOf(this.job, this.told, phoneCall)
  }
}
function onHold(): Line {
  const line = new Line()
  line.send('answer')
  line.do({ kind: 'tick', item: 'greetingGiven' })
  line.send('greeting.done')
  line.wait(20)
  line.send('hold.start', { reason: 'Looking it up' })
  return line
}

describe('what is counted', () => {
  it('is the ringing, ring by ring, until the third has gone by', () => {
    const line = new Line()
    const { watch } = line
    if (watch?.rings === undefined) throw new Error('nothing is counted')
    expect(watch.norms).toEqual(['PC-01'])
    expect([0, 4.9, 5, 14, 15].map((after) => ringOf(watch, 5000, MONDAY + after * 1000))).toEqual([
      1, 1, 2, 3, 4,
    ])
    expect([0, 10, 15].map((after) => levelOf(watch, MONDAY + after * 1000))).toEqual([
      'calm',
      'soon',
      'over',
    ])
    line.wait(40)
    // It still rings, and is still too late.
    expect(line.watch).toEqual(watch)
    expect(secondsOf(watch, line.now)).toBe(40)
  })

  it('is a wait since the last kind word, beside the whole of it', () => {
    const line = onHold()
    const held = line.now
    line.wait(4)
    expect(line.watch).toMatchObject({
      since: held,
      warnAt: held + 5000,
      limitAt: held + 10_000,
      norms: ['PC-05'],
    })
    line.send('hold.acknowledge')
    expect(line.watch).toMatchObject({ since: held + 4000 })
    line.wait(25)
    // Broken twice; it counts anew each time.
    expect(line.job.breaches).toHaveLength(2)
    expect(line.watch).toMatchObject({ since: held + 24_000 })
    expect(onHoldSince(line.job, line.told)).toBe(held)
    line.send('hold.end')
    expect(line.watch).toBeUndefined()
    expect(onHoldSince(line.job, line.told)).toBeUndefined()
    line.wait(10)
    line.send('hold.start', { reason: 'Asking a colleague' })
    expect(onHoldSince(line.job, line.told)).toBe(line.now)
  })

  it('is nothing where hours or days are counted, or nothing is known of the beginning', () => {
    const line = onHold()
    expect(watchOf(line.job, [], phoneCall)).toBeUndefined()
    expect(asClock(75)).toBe('1:15')
    expect(asClock(600)).toBe('10:00')
  })
})
