/**
 * Out and in again: the shipped processes come back to the byte, random ones behave alike.
 */
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import type { Job, Surroundings } from '../../../machines/advance/job.ts'
import { SYSTEM } from '../../../machines/advance/job.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { Definition } from '../../../machines/definition/schema.ts'
import { fromJson, toJson } from '../../../machines/exchange/json.ts'
import type { Imported } from '../../../machines/exchange/note.ts'
import { fromScxml } from '../../../machines/exchange/scxml-in.ts'
import { toScxml } from '../../../machines/exchange/scxml-out.ts'
import { fromXState } from '../../../machines/exchange/xstate-in.ts'
import { toXState } from '../../../machines/exchange/xstate-out.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as } from '../kit.ts'
import { build, EVENTS, shape, wiring } from '../random-process.ts'

const definitionShape = Compile(Definition)
const RUNS = Number(process.env.FUZZ_RUNS ?? 150)
const ways: [string, (definition: Definition) => Imported][] = [
  ['json', (definition) => fromJson(toJson(definition))],
  ['xstate', (definition) => fromXState(JSON.stringify(toXState(definition)))],
  ['scxml', (definition) => fromScxml(toScxml(definition))],
]

describe.each(ways)('%s', (_, way) => {
  it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
    'brings %s back to the byte',
    (_id, definition) => {
      const back = way(definition)
      expect(back.notes).toEqual([])
      expect(canonicalJson(back.definition)).toBe(canonicalJson(definition))
    },
  )
  it('keeps the behaviour of random processes', () => {
    let moved = 0
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 3 }),
        fc.array(wiring, { minLength: 1, maxLength: 12 }),
        fc.array(fc.record({ which: fc.nat(), x: fc.integer({ min: -3, max: 9 }), timer: fc.boolean() }), {
          maxLength: 20,
        }),
        (shapes, wirings, doings) => {
          const definition = build(shapes, wirings)
          const back = way(definition)
          expect(back.notes).toEqual([])
          if (!definitionShape.Check(back.definition)) throw new Error('not a definition')
          const one = run(definition, doings)
          expect(JSON.stringify(run(back.definition, doings))).toBe(JSON.stringify(one))
          moved += new Set(one.map((each) => JSON.stringify(each))).size - 1
        },
      ),
      { numRuns: RUNS },
    )
    expect(moved).toBeGreaterThan(RUNS / 5)
  })
})

type Doing = { which: number; x: number; timer: boolean }
/** State values, fields and armed timers after each doing. */
function run(definition: Definition, doings: readonly Doing[]): unknown[] {
  const compiled = compile(definition)
  let now = Date.UTC(2026, 2, 2, 2)
  const at = (system = false): Surroundings => ({
    now,
    actor: system ? SYSTEM : as('engineer'),
    calendars: DEFAULT_CALENDARS,
  })
  const begun = start(compiled, { id: 'j', version: 1, fields: {} }, at())
  if (!begun.ok) return [begun.refusal.code]
  let { job } = begun
  const seen = [shown(job)]
  for (const { which, x, timer } of doings) {
    now += 600_000
    const due = job.timers.find((each) => !each.fired)
    const result =
      timer && due !== undefined
        ? advance(compiled, job, { kind: 'timer', token: due.token }, at(true))
        : advance(
            compiled,
            job,
            { kind: 'event', type: EVENTS[which % EVENTS.length] ?? '', payload: { x } },
            at(),
          )
    if (result.ok) job = result.job
    seen.push(result.ok ? shown(job) : result.refusal.code)
  }
  return seen
}
const shown = (job: Job): unknown => ({
  value: job.snapshot.value,
  fields: job.snapshot.context.fields,
  timers: job.timers.map(({ delay, dueAt }) => ({ delay, dueAt })),
})
