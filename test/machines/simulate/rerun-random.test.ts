/** Random jobs of random processes done over again: by their own definition, and by another. `FUZZ_RUNS` for more runs. */
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { type Command, type Entry, type Job, SYSTEM } from '../../../machines/advance/job.ts'
import { type Compiled, compile } from '../../../machines/compile/compile.ts'
import { rerun } from '../../../machines/simulate/rerun.ts'
import { Outcome } from '../../../machines/simulate/rerun-outcome.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as } from '../kit.ts'
import { build, EVENTS, shape, wiring } from '../random-process.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 200)
const MOST_TIMERS = 60
const reason = 'fuzz'
type Doing = { kind: number; which: number; x: number; minutes: number }
const doing: fc.Arbitrary<Doing> = fc.record({
  kind: fc.nat({ max: 9 }),
  which: fc.nat(),
  x: fc.integer({ min: -3, max: 9 }),
  minutes: fc.nat({ max: 40 }),
})
const processes = {
  shapes: fc.array(shape, { minLength: 1, maxLength: 3 }),
  wirings: fc.array(wiring, { minLength: 1, maxLength: 12 }),
}

function commandOf({ kind, which, x }: Doing, { definition, tree }: Compiled): Command {
  const ids = [...JSON.stringify(definition.states).matchAll(/"id":"(i\d+)"/g)].map((match) => match[1] ?? '')
  const paths = tree.nodes.filter(({ depth }) => depth > 0).map(({ path }) => path)
  if (kind <= 4) return { kind: 'event', type: EVENTS[which % EVENTS.length] ?? 'e0', payload: { x } }
  if (kind === 5 && ids.length > 0) return { kind: 'tick', item: ids[which % ids.length] ?? '' }
  if (kind === 6) return { kind: 'suspend', reason }
  if (kind === 7) return { kind: 'resume' }
  if (kind === 8) return { kind: 'correct', fields: { m: x }, reason }
  return { kind: 'moveTo', to: [paths[which % paths.length] ?? ''], reason, runEntry: x > 2 }
}

/** As a server does it: what is due fires before anything else is done, `late` milliseconds after it was due. */
class Life {
  readonly history: Entry[] = []
  job: Job | undefined
  #now = Date.UTC(2026, 2, 2, 2)
  readonly #compiled: Compiled
  readonly #late: number

  constructor(compiled: Compiled, late: number) {
    this.#compiled = compiled
    this.#late = late
    const begun = start(compiled, { id: 'j', version: 1, fields: {} }, this.#at(this.#now))
    if (begun.ok) this.#took(begun.job, begun.entry)
  }
  #at = (now: number, isSystem = false) => ({
    now,
    actor: isSystem ? SYSTEM : as('engineer'),
    calendars: DEFAULT_CALENDARS,
  })
  #took(job: Job, entry: Entry): void {
    this.job = job
    this.history.push(entry)
  }
  /** Whether all that was due could fire. */
  lets(minutes: number): boolean {
    const until = this.#now + minutes * 60_000
    for (let count = 0; ; count += 1) {
      const due = (this.job?.timers ?? [])
        .filter(({ fired, left }) => !fired && left === undefined)
        .sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0]
      const at = Math.max(this.#now, Date.parse(due?.dueAt ?? '') + this.#late)
      if (due === undefined || this.job === undefined || at > until) break
      if (count >= MOST_TIMERS) return false
      const fired = advance(this.#compiled, this.job, { kind: 'timer', token: due.token }, this.#at(at, true))
      if (!fired.ok) return false
      this.#now = at
      this.#took(fired.job, fired.entry)
    }
    this.#now = until
    return true
  }
  does(command: Command): void {
    if (this.job === undefined) return
    const done = advance(this.#compiled, this.job, command, this.#at(this.#now))
    if (done.ok) this.#took(done.job, done.entry)
  }
}

it('comes out the same by its own definition, however late its timers fired, and is told by any other', () => {
  let told = 0
  fc.assert(
    fc.property(
      processes.shapes,
      processes.wirings,
      processes.wirings,
      fc.array(doing, { maxLength: 15 }),
      fc.constantFrom(0, 40, 300_000),
      (shapes, wirings, others, doings, late) => {
        const own = compile(build(shapes, wirings))
        const life = new Life(own, late)
        if (life.job === undefined) return
        for (const each of doings) {
          // Odd milliseconds keep people's doings apart from timers, which in a rerun come first at one moment.
          if (!life.lets(each.minutes + 0.000_1 * (1 + (each.which % 7)))) return
          life.does(commandOf(each, own))
        }
        const given = { version: 2, entries: life.history, calendars: () => DEFAULT_CALENDARS }
        const outcome = rerun({ ...given, compiled: own })
        expect(outcome).toMatchObject({
          verdict: 'same',
          barred: [],
          breaches: [],
          deadlines: [],
          unknown: [],
        })
        expect(outcome.is).toEqual(outcome.was)
        const other = rerun({ ...given, compiled: compile(build(shapes, others)) })
        expect([...Value.Errors(Outcome, other)]).toEqual([])
        if (other.verdict !== 'same') told += 1
      },
    ),
    { numRuns: RUNS },
  )
  expect(told).toBeGreaterThan(RUNS / 20)
})
