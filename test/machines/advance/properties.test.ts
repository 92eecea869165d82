/**
 * The invariants E2, E4, E5, E8 over random processes and random doings. `FUZZ_RUNS` for more runs.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { allowed } from '../../../machines/advance/allowed.ts'
import {
  type Command,
  type Entry,
  type Job,
  type Surroundings,
  SYSTEM,
} from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as } from '../kit.ts'
import { build, EVENTS, shape, wiring } from '../random-process.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 300)
type Doing = { kind: number; which: number; x: number }
const doing: fc.Arbitrary<Doing> = fc.record({
  kind: fc.nat({ max: 9 }),
  which: fc.nat(),
  x: fc.integer({ min: -3, max: 9 }),
})

function commandOf({ kind, which, x }: Doing, job: Job, definition: Definition): Command {
  const armed = job.timers.filter((timer) => !timer.fired).sort((a, b) => a.dueAt.localeCompare(b.dueAt))
  const ids = [...JSON.stringify(definition.states).matchAll(/"id":"(i\d+)"/g)].map((match) => match[1] ?? '')
  if (kind <= 4) return { kind: 'event', type: EVENTS[which % EVENTS.length] ?? 'e0', payload: { x } }
  if (kind === 5 && armed[0] !== undefined) return { kind: 'timer', token: armed[0].token }
  if (kind === 6 && ids.length > 0) return { kind: 'tick', item: ids[which % ids.length] ?? '' }
  if (kind === 7 && ids.length > 0) return { kind: 'untick', item: ids[which % ids.length] ?? '' }
  if (kind === 8)
    return {
      kind: 'correct',
      fields: { m: x, at: x > 5 ? null : new Date(Date.UTC(2026, 2, 2, 3 + x)).toISOString() },
      reason: 'fuzz',
    }
  return { kind: 'note', text: 'n' }
}

it('E2, E4, E5, E8 hold for random processes and random doings', () => {
  const seen = { accepted: 0, refused: 0, fired: 0, moved: 0 }
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 1, maxLength: 3 }),
      fc.array(wiring, { minLength: 1, maxLength: 12 }),
      fc.array(doing, { maxLength: 25 }),
      (shapes, wirings, doings) => {
        const definition = build(shapes, wirings)
        const process = compile(definition)
        const surroundings = (now: number, system = false): Surroundings => ({
          now,
          actor: system ? SYSTEM : as('engineer'),
          calendars: DEFAULT_CALENDARS,
        })
        let now = Date.UTC(2026, 2, 2, 2)
        const begun = start(process, { id: 'j', version: 1, fields: {} }, surroundings(now))
        if (!begun.ok) {
          expect(begun.refusal.code).toBe('no-rest')
          return
        }
        let { job } = begun
        const history: Entry[] = [begun.entry]
        const fired = new Set<string>()
        for (const each of doings) {
          now += Math.abs(each.x) * 20_000
          const command = commandOf(each, job, definition)
          const at = surroundings(now, command.kind === 'timer')
          const before = canonicalJson(job)
          const told =
            command.kind === 'event'
              ? allowed(process, job, at).find(({ type }) => type === command.type)
              : undefined
          // What is stored is JSON: the job must survive the trip.
          const stored: Job = JSON.parse(JSON.stringify(job))
          const result = advance(process, stored, command, at)
          expect(canonicalJson(job)).toBe(before)
          expect(canonicalJson(stored)).toBe(before)
          if (!result.ok) {
            seen.refused += 1
            if (command.kind === 'event' && told?.open === true)
              expect(['guard-false', 'no-rest', 'checklist-open', 'assign-failed']).toContain(
                result.refusal.code,
              )
            continue
          }
          seen.accepted += 1
          if (command.kind === 'event') expect(told?.open).toBe(true)
          expect(result.job.seq).toBe(job.seq + 1)
          expect(result.entry.seq).toBe(result.job.seq)
          if (command.kind === 'timer') {
            seen.fired += 1
            expect(fired.has(command.token)).toBe(false)
            fired.add(command.token)
          }
          if (canonicalJson(result.job.snapshot.value) !== canonicalJson(job.snapshot.value)) seen.moved += 1
          job = result.job
          history.push(result.entry)
        }
        const tokens = history.flatMap((entry) => entry.armed.map((timer) => timer.token))
        expect(new Set(tokens).size).toBe(tokens.length)
        for (const timer of job.timers) expect(tokens).toContain(timer.token)
        const delays = job.timers.flatMap(({ id, event }) => (event === undefined ? [id] : []))
        expect(new Set(delays).size).toBe(delays.length)
        const again = replay(
          () => process,
          1,
          history,
          () => DEFAULT_CALENDARS,
        )
        expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(job))
      },
    ),
    { numRuns: RUNS },
  )
  // The generator must reach what it is to test.
  expect(Math.min(seen.accepted, seen.refused, seen.fired, seen.moved)).toBeGreaterThan(RUNS / 30)
})
