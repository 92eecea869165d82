import { describe, expect, test } from 'vitest'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { attempt } from '../attempt.ts'
import { as, type Rehearsal } from '../kit.ts'
import {
  at,
  atPost,
  begin,
  client,
  desk,
  dispatcher,
  engineer,
  HOURS,
  lead,
  leaveRequest,
  manager,
  stranger,
  workDay,
} from './residency-steps.ts'
import { besiege } from './siege.ts'

describe('leave', () => {
  const FRIDAY = [at('03-06', '09:00'), at('03-06', '18:00')] as const
  const requested = (fields: Record<string, unknown> = {}): Rehearsal => {
    const job = begin(fields)
    for (const day of ['03-03', '03-04']) workDay(job, day)
    leaveRequest(job, ...FRIDAY)
    workDay(job, '03-05')
    return job
  }
  const confirmations = [
    ['leave.confirm.client', client],
    ['leave.confirm.lead', lead],
    ['leave.confirm.manager', manager],
  ] as const

  test('OR-05: confirmed by any one of client, lead and manager, the day is free', () => {
    for (const [type, actor] of confirmations) {
      const job = requested()
      job.send(type, {}, actor)
      job.waitUntil(at('03-06', '10:00'))
      expect(job.in('attendance.onLeave')).toBe(true)
      job.waitUntil(at('03-09', '08:30'))
      expect(job.broken).toEqual([])
      expect(job.in('attendance.expected')).toBe(true)
      job.replays()
    }
  })

  test('OR-05: nobody else confirms, not the engineer himself, by no event at hand', () => {
    const job = requested()
    const payloads: Record<string, Record<string, unknown>> = {
      'leave.request': { leaveFrom: FRIDAY[0], leaveTo: FRIDAY[1], leaveReason: 'A cold' },
      'leave.refuse': { reason: 'None' },
      'overtime.agree': { minutes: 60 },
      'absence.report': { what: 'Away' },
    }
    const himself = { ...as(['engineer', 'customer', 'dispatcher', 'process-owner']), id: engineer.id }
    for (const type of Object.keys(onSiteResidency.schemas.events).filter(
      (each) => each.startsWith('leave.') || each.startsWith('post.') || each.startsWith('overtime.'),
    ))
      for (const actor of [engineer, himself, stranger, dispatcher, desk]) {
        if (type === 'leave.withdraw' || type === 'leave.refuse') continue
        attempt(job, type, payloads[type] ?? {}, actor)
        expect(job.fields.leaves).toEqual([])
        expect(job.in('leave.requested')).toBe(true)
      }
    expect(job.refused('leave.confirm.lead', {}, stranger).code).toBe('guard-false')
    expect(job.refused('leave.confirm.manager', {}, lead).code).toBe('guard-false')
    expect(job.refused('leave.confirm.client', {}, himself).code).toBe('guard-false')
    job.waitUntil(at('03-06', '09:00'))
    expect(job.broken).toEqual(['OR-03', 'OR-04'])
    expect(job.refused('leave.begin', {}, engineer).code).toBe('guard-false')
    job.send('leave.confirm.lead', {}, lead)
    job.send('leave.begin', {}, engineer)
    expect(job.in('attendance.onLeave')).toBe(true)
  })

  test('OR-05: whatever roles the engineer has, he does not get a leave by himself', () => {
    const leaving = Object.keys(onSiteResidency.schemas.events).filter(
      (type) => !type.startsWith('leave.') && !type.startsWith('post.'),
    )
    const siege = (job: Rehearsal) =>
      besiege(job, {
        payloads: {
          'leave.request': {
            leaveFrom: at('03-03', '08:00'),
            leaveTo: at('03-30', '18:00'),
            leaveReason: 'A cold',
          },
          'leave.refuse': { reason: 'None' },
        },
        without: { events: leaving },
        ignore: ['dayStartsAt', 'dayEndsAt', 'arrivedAt'],
      })
    const alone = siege(begin())
    expect(alone.exhausted).toBe(true)
    expect(alone.states.has('onSite.leave.requested')).toBe(true)
    expect(alone.states.has('onSite.attendance.present.atPost')).toBe(true)
    expect(alone.states.has('onSite.attendance.onLeave')).toBe(false)
    const helped = begin()
    leaveRequest(helped, at('03-03', '08:00'), at('03-30', '18:00'))
    helped.send('leave.confirm.client', {}, client)
    expect(siege(helped).states.has('onSite.attendance.onLeave')).toBe(true)
  })

  test('OR-05: how many must confirm, and who counts, is a setting', () => {
    const { leaveConfirmationsNeeded, leaveConfirmers, ...others } = onSiteResidency.meta.settings ?? {}
    if (leaveConfirmationsNeeded === undefined || leaveConfirmers === undefined)
      throw new Error('no settings')
    const stricter = {
      ...onSiteResidency,
      meta: {
        ...onSiteResidency.meta,
        settings: {
          ...others,
          leaveConfirmationsNeeded: { ...leaveConfirmationsNeeded, value: 2 },
          leaveConfirmers: { ...leaveConfirmers, value: ['client', 'manager'] },
        },
      },
    }
    const job = begin({}, {}, HOURS, stricter)
    leaveRequest(job, ...FRIDAY)
    expect(job.refused('leave.confirm.lead', {}, lead).code).toBe('guard-false')
    job.send('leave.confirm.client', {}, client)
    expect(job.in('leave.requested')).toBe(true)
    expect(job.refused('leave.confirm.client', {}, client).code).toBe('guard-false')
    job.send('leave.confirm.manager', {}, manager)
    expect(job.fields.leaves).toHaveLength(1)
  })

  test('OR-05: refused or withdrawn, there is no leave; who is not named cannot confirm', () => {
    const job = requested()
    job.send('leave.refuse', { reason: 'Cutover weekend' }, client)
    expect(job.refused('leave.confirm.lead', {}, lead).code).toBe('not-allowed-here')
    leaveRequest(job, ...FRIDAY)
    job.send('leave.withdraw', {}, engineer)
    expect(job.refused('leave.confirm.client', {}, client).code).toBe('not-allowed-here')
    expect(job.fields.leaves).toEqual([])
    const wrong = { leaveFrom: FRIDAY[1], leaveTo: FRIDAY[0], leaveReason: 'A cold' }
    expect(job.refused('leave.request', wrong, engineer).code).toBe('guard-false')
  })

  test('OR-05: leaving during the day is leave only where it is confirmed', () => {
    const job = atPost().waitUntil(at('03-03', '14:00'))
    expect(job.refused('leave.begin', {}, engineer).code).toBe('guard-false')
    leaveRequest(job, at('03-03', '14:00'), at('03-03', '16:00'))
    expect(job.refused('leave.begin', {}, engineer).code).toBe('guard-false')
    job.send('leave.confirm.client', {}, client)
    job.send('post.leave', {}, engineer)
    expect(job.in('attendance.onLeave')).toBe(true)
    job.waitUntil(at('03-03', '16:09'))
    job.send('post.arrive', {}, engineer)
    job.waitUntil(at('03-03', '18:00'))
    job.send('post.leave', {}, engineer)
    expect(job.broken).toEqual([])
  })

  test('OR-04: not back at the post after a leave is a breach', () => {
    const away = (): Rehearsal => {
      const job = begin()
      leaveRequest(job, at('03-03', '08:00'), at('03-03', '13:00'))
      job.send('leave.confirm.manager', {}, manager)
      return job.waitUntil(at('03-03', '13:09'))
    }
    const late = away().waitUntil(at('03-03', '13:10'))
    expect(late.broken).toEqual(['OR-04'])
    const back = away()
    back.send('post.arrive', {}, engineer)
    back.waitUntil(at('03-03', '17:00'))
    expect(back.broken).toEqual([])
    expect(back.met).toContain('OR-04')
  })

  test('a call in the morning frees the day, leave runs into leave, leave can be given up', () => {
    const sick = begin().waitUntil(at('03-03', '08:20'))
    leaveRequest(sick, at('03-03', '08:00'), at('03-03', '12:00'))
    sick.send('leave.confirm.lead', {}, lead)
    expect(sick.in('attendance.onLeave')).toBe(true)
    leaveRequest(sick, at('03-03', '12:00'), at('03-04', '18:00'))
    sick.send('leave.confirm.client', {}, client)
    sick.waitUntil(at('03-04', '10:00'))
    expect(sick.in('attendance.onLeave')).toBe(true)
    expect(sick.broken).toEqual([])
    sick.send('leave.giveUp', {}, engineer)
    expect(sick.fields.leaves).toHaveLength(1)
    sick.wait('PT5M')
    sick.send('post.arrive', {}, engineer)
    sick.waitUntil(at('03-04', '18:00'))
    sick.send('post.leave', {}, engineer)
    expect(sick.broken).toEqual([])
    sick.replays()
  })

  test('OR-04: a leave given up at noon asks for the engineer within ten minutes', () => {
    const job = begin()
    leaveRequest(job, at('03-03', '08:00'), at('03-04', '18:00'))
    job.send('leave.confirm.client', {}, client)
    job.waitUntil(at('03-03', '12:00'))
    expect(job.refused('leave.giveUp', {}, stranger).code).toBe('guard-false')
    job.send('leave.giveUp', {}, engineer)
    job.waitUntil(at('03-03', '12:09'))
    expect(job.broken).toEqual([])
    job.waitUntil(at('03-03', '12:10'))
    expect(job.broken).toEqual(['OR-04'])
    job.waitUntil(at('03-04', '08:55'))
    expect(job.broken).toEqual(['OR-04', 'OR-03'])
  })
})
