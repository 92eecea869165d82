/**
 * What the validator promises the engine: a definition without errors compiles, and a job of it starts, tells what may
 * be done, and takes or refuses every event, but never throws and never runs without rest.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { allowed } from '../../../machines/advance/allowed.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { tokensOf, valueAt } from '../../../machines/definition/pointer.ts'
import { ROLES } from '../../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { Report } from '../../../machines/validate/report.ts'
import { readStructure } from '../../../machines/validate/structure.ts'
import { isPublishable, validate } from '../../../machines/validate/validate.ts'
import { broken, context, GONE, sample } from './sample.ts'

const surroundings = {
  now: Date.parse('2026-03-02T02:00:00Z'),
  actor: { id: 'p', name: 'P', roles: [...ROLES] },
  calendars: DEFAULT_CALENDARS,
}
const PAYLOADS: Record<string, Record<string, unknown>> = {
  'visit.assigned': { engineer: 'p' },
  'part.nudge': { note: 'x' },
  'fault.found': { text: 'x' },
}

function run(input: unknown): void {
  const { definition } = readStructure(input, new Report())
  if (definition === undefined) throw new Error('a sound definition has a sound shape')
  const compiled = compile(definition)
  const first = start(
    compiled,
    { id: 'j', version: 1, fields: { appointment: '2026-03-05T02:00:00Z' } },
    surroundings,
  )
  if (!first.ok) {
    expect(['fields-invalid', 'assign-failed']).toContain(first.refusal.code)
    return
  }
  let { job } = first
  for (let round = 0; round < 3; round++) {
    allowed(compiled, job, surroundings)
    for (const type of Object.keys(definition.schemas.events)) {
      const payload = PAYLOADS[type] ?? {}
      const next = advance(compiled, job, { kind: 'event', type, payload }, surroundings)
      if (next.ok) ({ job } = next)
      else expect(next.refusal.code).not.toBe('no-rest')
    }
  }
}

const PLACES = placesIn(sample).filter((pointer) => pointer !== '')
function placesIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  return [pointer, ...Object.entries(value).flatMap(([key, held]) => placesIn(held, `${pointer}/${key}`))]
}
const STATES = PLACES.filter((pointer) => tokensOf(pointer).at(-2) === 'states')
const always = fc.constantFrom('booked', 'working', 'over', '.repairing').map((target) => ({ target }))
const edit = fc.oneof(
  fc.tuple(fc.constantFrom(...PLACES), fc.constant(GONE)),
  fc.tuple(
    fc.constantFrom(...PLACES),
    // A copy: a second edit may reach into it, and must not change the sample for all runs after.
    fc.constantFrom(...PLACES).map((pointer) => structuredClone(valueAt(sample, pointer).value)),
  ),
  fc.tuple(fc.constantFrom(...STATES.map((state) => `${state}/always`)), always),
  fc.tuple(
    fc.constantFrom(...STATES.map((state) => `${state}/type`)),
    fc.constantFrom('parallel', 'final', 'atomic', 'history'),
  ),
)

it('runs what it finds no errors in', () => {
  run(sample)
  let sound = 0
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
      let input: unknown
      try {
        input = broken(...edits)
      } catch {
        return
      }
      if (!isPublishable(validate(input, context))) return
      sound++
      run(input)
    }),
    { numRuns: 1500 },
  )
  expect(sound).toBeGreaterThan(50)
})
