/** What the machine asks of a guard, whether it holds, is what is told to people with the reasons. */
import { array, assert, constantFrom, letrec, oneof, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { start } from '../../../machines/advance/advance.ts'
import { frameOf } from '../../../machines/advance/case.ts'
import type { Job } from '../../../machines/advance/job.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { judge, judgedAs } from '../../../machines/compile/guards.ts'
import type { Guard } from '../../../machines/definition/schema.ts'
import { cel } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { event, processOf } from '../advance/fixtures.ts'

const text = { en: 'x', zh: 'x' }
const process = compile(
  processOf(
    { a: { meta: { title: text, checklist: [{ id: 'done', title: text }] } }, b: {} },
    {
      schemas: {
        context: {
          properties: {
            n: { type: 'integer', default: 1, meta: { title: text } },
            unset: { type: 'integer', meta: { title: text } },
          },
        },
        events: {
          go: event(['dispatcher'], { properties: { m: { type: 'integer', meta: { title: text } } } }),
        },
      },
    },
  ),
)
const surroundings = {
  now: Date.parse('2026-03-02T02:00:00Z'),
  actor: { id: 'a', name: 'a', roles: ['dispatcher' as const] },
  calendars: DEFAULT_CALENDARS,
}
function begun(): Job {
  const advanced = start(process, { id: 'j', version: 1, fields: {} }, surroundings)
  if (!advanced.ok) throw new Error('not started')
  return advanced.job
}

const LEAVES: Guard[] = [
  cel('job.n == 1'),
  cel('job.n == 2'),
  cel('job.unset == 1'),
  cel('event.m == 1'),
  cel('checklist.done'),
  { type: 'checklistDone' },
  { type: 'stateIn', params: { state: 'a' } },
  { type: 'stateIn', params: { state: 'b' } },
  { type: 'qualified', params: { certificate: 'height', of: 'unset' } },
  { type: 'qualified', params: { certificate: 'height' } },
  { type: 'within', params: { calendar: 'working' } },
  { type: 'within', params: { calendar: 'none' } },
]
const { guard } = letrec<{ guard: Guard; guards: Guard[] }>((tie) => ({
  guard: oneof(
    { maxDepth: 4 },
    constantFrom(...LEAVES),
    tie('guards').map((guards): Guard => ({ type: 'and', params: { guards } })),
    tie('guards').map((guards): Guard => ({ type: 'or', params: { guards } })),
    tie('guard').map((inner): Guard => ({ type: 'not', params: { guard: inner } })),
  ),
  guards: array(tie('guard'), { maxLength: 3 }),
}))

describe('a guard', () => {
  it('is judged the same with and without its reasons', () => {
    const job = begun()
    const frame = frameOf(process, job, surroundings)
    const seen = new Set<string>()
    assert(
      property(
        guard,
        constantFrom(undefined, { type: 'go', payload: {} }, { type: 'go', payload: { m: 1 } }),
        (given, sent) => {
          const standing = {
            ...job.snapshot.context,
            active: new Set(['a']),
            ...(sent === undefined ? {} : { event: sent }),
          }
          const { is } = judge(process.build, given, frame, standing)
          seen.add(is)
          expect(judgedAs(process.build, given, frame, standing)).toBe(is)
        },
      ),
      { numRuns: 500 },
    )
    expect([...seen].sort()).toEqual(['error', 'false', 'true', 'unknown'])
  })
})
