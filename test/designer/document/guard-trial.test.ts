/** A guard tried on a made-up job: what is asked, what comes out, and which rows decided. */
import { describe, expect, it } from 'vitest'
import { draftOf } from '../../../designer/document/guard/draft.ts'
import { questionsFor, type Site, tried } from '../../../designer/document/guard/trial.ts'
import { rowsOf } from '../../../designer/document/guard-rows.ts'
import type { Guard } from '../../../machines/definition/schema.ts'
import { UNSET } from '../../../machines/expression/samples.ts'
import { all, any, cel, not } from '../../../machines/processes/author.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'

const site: Site = {
  definition: homeVisit,
  events: [],
  source: 'onSite',
  calendars: DEFAULT_CALENDARS,
  now: Date.parse('2026-03-02T10:00:00+08:00'),
}
type Given = readonly (readonly [string, unknown])[]
const outcome = (guard: Guard, answers: Given): string[] => {
  const read = rowsOf(guard, homeVisit, [])
  const draft = read.ok ? draftOf(read.rows) : undefined
  const trial = tried(guard, draft, new Map(answers), site)
  return [
    trial?.verdict ?? 'none',
    ...(draft?.rows ?? []).map(({ id }) => {
      const judged = trial?.rows.get(id)
      return `${judged?.is ?? ''}${judged?.decides === true ? ' decides' : ''}`
    }),
  ]
}
const asked = (guard: Guard): string[] => questionsFor(guard, site).map(({ key }) => key)

describe('a condition tried', () => {
  const both = cel("job.free && job.outcome == 'solved'")
  it('asks for what it reads, once', () => {
    expect(asked(all(both, cel('job.free')))).toEqual(['job.free', 'job.outcome'])
  })

  it('tells which rows decided', () => {
    const [yes, solved] = [
      ['job.free', true],
      ['job.outcome', 'solved'],
    ] as const
    expect(outcome(both, [yes, solved])).toEqual(['true', 'true decides', 'true decides'])
    expect(outcome(both, [['job.free', false], solved])).toEqual(['false', 'false decides', 'true'])
    expect(outcome(both, [yes, ['job.outcome', UNSET]])).toEqual(['error', 'true', 'error decides'])
    const one = cel("job.free || job.outcome == 'solved'")
    expect(outcome(one, [yes, ['job.outcome', 'returned']])).toEqual(['true', 'true decides', 'false'])
    expect(
      outcome(one, [
        ['job.free', false],
        ['job.outcome', 'returned'],
      ]),
    ).toEqual(['false', 'false decides', 'false decides'])
  })

  it('asks about states, certificates, checklists and times by their own', () => {
    const guard = all(
      { type: 'stateIn', params: { state: 'beforeVisit' } },
      { type: 'qualified', params: { certificate: 'electrical' } },
      { type: 'within', params: { calendar: 'working' } },
    )
    expect(asked(guard)).toEqual(['state beforeVisit', 'certificate electrical ', 'now'])
    const yes: [string, unknown][] = [
      ['state beforeVisit', true],
      ['certificate electrical ', true],
    ]
    expect(outcome(guard, [...yes, ['now', '2026-03-02T10:00:00+08:00']])[0]).toBe('true')
    expect(outcome(guard, [...yes, ['now', '2026-03-02T23:00:00+08:00']])).toEqual([
      'false',
      'true',
      'true',
      'false decides',
    ])
    expect(outcome(guard, [['now', '2026-03-02T10:00:00+08:00']])).toEqual([
      'false',
      'false decides',
      'false decides',
      'true',
    ])
  })

  it('stands in the state that is left, unless told otherwise', () => {
    const inside: Guard = { type: 'stateIn', params: { state: 'onSite' } }
    expect(outcome(inside, [['state onSite', true]])[0]).toBe('true')
    expect(outcome(not(inside), [['state onSite', false]])[0]).toBe('true')
  })

  it('asks for the certificates of the person that a field names', () => {
    const guard: Guard = { type: 'qualified', params: { certificate: 'electrical', of: 'engineer' } }
    expect(asked(guard)).toEqual(['job.engineer', 'certificate electrical engineer'])
    expect(outcome(guard, [['certificate electrical engineer', true]])[0]).toBe('true')
    expect(outcome(guard, [])[0]).toBe('false')
  })

  it('says nothing of what cannot be read', () => {
    expect(outcome(any(cel('job.free &&'), cel('job.free')), [])).toEqual(['none'])
  })
})
