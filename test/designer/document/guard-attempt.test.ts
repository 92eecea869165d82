import { describe, expect, it } from 'vitest'
import { tryGuard } from '../../../designer/document/guard-rows.ts'
import type { Frame, Standing } from '../../../machines/compile/frame.ts'
import type { Guard } from '../../../machines/definition/schema.ts'
import { all, any, cel, not } from '../../../machines/processes/author.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'

const frame: Frame = {
  now: Date.parse('2026-03-02T10:00:00+08:00'),
  actor: { id: 'ann', name: 'Ann', roles: ['engineer'] },
  calendars: DEFAULT_CALENDARS,
  settings: {},
  links: {},
  unticked: {},
}
const standing: Standing = {
  fields: { free: true, engineer: 'ann' },
  checklist: {},
  active: new Set(['beforeVisit']),
}
const tried = (guard: Guard) => {
  const { verdict, deciding } = tryGuard(guard, homeVisit, frame, standing)
  return [
    verdict,
    ...deciding.map(({ pointer, part, verdict: is }) => `${pointer} ${part?.expression ?? ''} ${is}`),
  ]
}
const within: Guard = { type: 'within', params: { calendar: 'working' } }
const inState = (state: string): Guard => ({ type: 'stateIn', params: { state } })

describe('a guard tried', () => {
  it('names what it holds for', () => {
    expect(tried(any(inState('onSite'), cel('job.free && has(job.engineer)')))).toEqual([
      'true',
      '/params/guards/1 job.free true',
      '/params/guards/1 has(job.engineer) true',
    ])
    expect(tried(all(within, cel('job.free')))).toEqual([
      'true',
      '/params/guards/0  true',
      '/params/guards/1 job.free true',
    ])
  })

  it('names what stands in its way, through not', () => {
    expect(tried(all(not(inState('beforeVisit')), cel('job.free'), not(cel('job.free'))))).toEqual([
      'false',
      '/params/guards/0/params/guard  true',
      '/params/guards/2/params/guard job.free true',
    ])
  })

  it('names what is not known', () => {
    expect(tried(all(within, cel('job.quoteAccepted')))).toEqual([
      'error',
      '/params/guards/1 job.quoteAccepted error',
    ])
  })
})
