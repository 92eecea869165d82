import { describe, expect, test } from 'vitest'
import { advance } from '../../../machines/advance/advance.ts'
import { type Job, SYSTEM, type Timer } from '../../../machines/advance/job.ts'
import { calendarSet } from '../../../machines/time/calendar-set.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { Rehearsal } from '../kit.ts'
import { trace } from '../trace.ts'
import { at, atPost, begin, client, dispatcher, engineer, stranger, workDay } from './residency-steps.ts'

const oldest = (job: Job): Timer | undefined =>
  job.timers.filter((timer) => !timer.fired).sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0]
/** The stations of a job's attendance, one after the other. */
const stations = (job: Rehearsal): string[] =>
  trace(job)
    .flatMap((line) => /onSite\.attendance\.(\S+)/.exec(line)?.[1] ?? [])
    .filter((station, index, all) => station !== all[index - 1])

describe('attendance', () => {
  test("OR-03: at the post five minutes before the client's day, or it is a breach", () => {
    const late = begin().waitUntil(at('03-03', '08:54'))
    expect(late.messages.at(-1)).toMatchObject({ type: 'remind', norm: 'OR-03' })
    expect(late.broken).toEqual([])
    late.waitUntil(at('03-03', '08:55'))
    expect(late.broken).toEqual(['OR-03'])
    late.send('post.arrive', {}, engineer)
    late.waitUntil(at('03-03', '18:01'))
    expect(late.broken).toEqual(['OR-03'])

    const inTime = begin().waitUntil(at('03-03', '08:54'))
    inTime.send('post.arrive', {}, engineer)
    inTime.waitUntil(at('03-03', '18:01'))
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('OR-03')
  })

  test('OR-03: counts for every working day anew, over the weekend and a break in the habit', () => {
    const job = begin()
    for (const day of ['03-03', '03-04', '03-05']) workDay(job, day)
    expect(job.broken).toEqual([])
    job.waitUntil(at('03-06', '08:56'))
    expect(job.broken).toEqual(['OR-03'])
    job.send('post.arrive', {}, engineer)
    job.waitUntil(at('03-06', '18:01'))
    job.send('post.leave', {}, engineer)
    job.waitUntil(at('03-09', '08:54'))
    expect(job.broken).toEqual(['OR-03'])
    job.waitUntil(at('03-09', '08:56'))
    expect(job.broken).toEqual(['OR-03', 'OR-03'])
    expect(job.job.breaches.map((breach) => breach.at)).toEqual([
      '2026-03-06T00:55:00.000Z',
      '2026-03-09T00:55:00.000Z',
    ])
    job.replays()
  })

  test("OR-03: only on the client's working days: holidays, make-up days, days off, extra days, weekdays", () => {
    const { working, ...others } = DEFAULT_CALENDARS.calendars
    if (working?.kind !== 'weekly') throw new Error('no working calendar')
    const calendars = calendarSet(
      { ...others, working: { ...working, holidays: ['2026-03-04'], makeUpDays: ['2026-03-07'] } },
      'Asia/Shanghai',
    )
    const missed = (job: Rehearsal): string[] =>
      job
        .waitUntil(at('03-15', '20:00'))
        .job.breaches.filter((breach) => breach.norm === 'OR-03')
        .map((breach) => breach.at.slice(5, 10))
    expect(missed(begin({}, { calendars }))).toEqual([
      ...['03-03', '03-05', '03-06', '03-07'],
      ...['03-09', '03-10', '03-11', '03-12', '03-13'],
    ])
    const listed = { daysOff: ['2026-03-05', '2026-03-10'], extraDays: ['2026-03-08'] }
    expect(missed(begin(listed))).toEqual([
      ...['03-03', '03-04', '03-06', '03-08'],
      ...['03-09', '03-11', '03-12', '03-13'],
    ])
    expect(missed(begin({ workdays: ['wednesday', 'sunday'] }))).toEqual(['03-04', '03-08', '03-11', '03-15'])
    const changed = begin()
    changed.send('days.set', { workdays: ['saturday'], daysOff: [] }, dispatcher)
    expect(missed(changed)).toEqual(['03-07', '03-14'])
  })

  test('OR-03: nobody signs in for another, nor hours ahead', () => {
    const job = begin().waitUntil(at('03-03', '07:30'))
    expect(job.refused('post.arrive', {}, engineer).code).toBe('not-allowed-here')
    job.waitUntil(at('03-03', '08:10'))
    expect(job.refused('post.arrive', {}, stranger).code).toBe('guard-false')
    expect(job.refused('post.arrive', {}, client).code).toBe('role-missing')
    job.send('post.arrive', {}, engineer)
  })

  test("OR-04: not at the post when the client's day starts is a breach; in time is none", () => {
    const late = begin().waitUntil(at('03-03', '08:59'))
    expect(late.broken).not.toContain('OR-04')
    late.waitUntil(at('03-03', '09:00'))
    expect(late.broken).toEqual(['OR-03', 'OR-04'])
    expect(late.messages.at(-1)).toMatchObject({ norm: 'OR-04' })
    expect(late.in('attendance.absent')).toBe(true)
    late.send('post.arrive', {}, engineer)
    late.waitUntil(at('03-03', '18:01'))
    late.send('post.leave', {}, engineer)
    expect(late.broken).toHaveLength(2)

    const inTime = begin().waitUntil(at('03-03', '08:59'))
    inTime.send('post.arrive', {}, engineer)
    expect(inTime.broken).toEqual(['OR-03'])
    expect(inTime.met).toContain('OR-04')
  })

  test('OR-04: gone before the end of the day is a breach; at its end it is none', () => {
    const early = atPost().waitUntil(at('03-03', '17:59'))
    early.send('post.leave', {}, engineer)
    expect(early.broken).toEqual(['OR-04'])
    const back = atPost().waitUntil(at('03-03', '12:00'))
    back.send('post.leave', {}, engineer)
    back.send('post.arrive', {}, engineer)
    expect(back.in('present.atPost')).toBe(true)
    const right = atPost().waitUntil(at('03-03', '18:00'))
    right.send('post.leave', {}, engineer)
    expect(right.broken).toEqual([])
  })

  test('OR-04: the hours follow the contract, also when it changes, and over midnight', () => {
    const job = begin()
    const earlier = { dayStartsAt: at('03-03', '07:30'), dayEndsAt: at('03-03', '16:00') }
    job.send('hours.set', earlier, dispatcher)
    job.waitUntil(at('03-03', '07:31'))
    expect(job.broken).toEqual(['OR-03', 'OR-04'])
    const night = begin({}, {}, { dayStartsAt: at('03-03', '22:00'), dayEndsAt: at('03-04', '06:00') })
    night.waitUntil(at('03-03', '21:53'))
    night.send('post.arrive', {}, engineer)
    night.waitUntil(at('03-04', '06:01'))
    night.send('post.leave', {}, engineer)
    night.waitUntil(at('03-04', '21:00'))
    expect(night.in('attendance.expected')).toBe(true)
    expect(night.broken).toEqual([])
    for (const wrong of [
      { dayStartsAt: at('03-02', '09:00'), dayEndsAt: at('03-02', '18:00') },
      { dayStartsAt: at('03-04', '18:00'), dayEndsAt: at('03-04', '09:00') },
      { dayStartsAt: at('03-04', '09:00'), dayEndsAt: at('03-05', '09:00') },
    ])
      expect(begin().refused('hours.set', wrong, dispatcher).code).toBe('guard-false')
  })

  test('OR-06: a post left without leave is reported by others, and is a breach', () => {
    const job = atPost()
    expect(job.refused('absence.report', { what: 'Gone since ten' }, engineer).code).toBe('guard-false')
    job.send('absence.report', { what: 'Gone since ten' }, client)
    expect(job.broken).toEqual(['OR-06'])
    expect(job.in('attendance.absent')).toBe(true)
  })

  test('OR-02: what no machine sees can be reported', () => {
    const job = atPost()
    for (const norm of [
      'OR-01',
      'OR-02',
      'OR-09',
      'OR-13',
      'OR-14',
      'OR-15',
      'OR-19',
      'OR-20',
      'OR-24',
      'OR-28',
    ])
      job.do({ kind: 'reportBreach', norm, severity: 'major' }, client)
    expect(job.broken).toHaveLength(10)
  })

  test('GN-02: overtime is agreed by the engineer before the day is over, two hours at most', () => {
    const job = atPost()
    expect(job.refused('overtime.agree', { minutes: 121 }, engineer).code).toBe('payload-invalid')
    expect(job.refused('overtime.agree', { minutes: 60 }, stranger).code).toBe('guard-false')
    expect(job.refused('overtime.agree', { minutes: 60 }, dispatcher).code).toBe('role-missing')
    job.send('overtime.agree', { minutes: 120 }, engineer)
    job.waitUntil(at('03-03', '19:59'))
    expect(job.in('present.overtime')).toBe(true)
    expect(job.refused('overtime.agree', { minutes: 60 }, engineer).code).toBe('not-allowed-here')
    job.waitUntil(at('03-03', '20:20'))
    job.send('post.leave', {}, engineer)
    expect(job.broken).toEqual([])

    const without = atPost().waitUntil(at('03-03', '18:29'))
    expect(without.refused('overtime.agree', { minutes: 60 }, engineer).code).toBe('not-allowed-here')
    without.waitUntil(at('03-03', '18:30'))
    expect(without.broken).toEqual(['GN-02'])
  })

  test('after weeks of standstill the days gone by are held against nobody, and the next one counts', () => {
    const late = begin()
    const now = Date.parse(at('03-24', '20:00'))
    let { job } = late
    for (let next = oldest(job); next !== undefined && Date.parse(next.dueAt) <= now; next = oldest(job)) {
      const surroundings = { now, actor: SYSTEM, calendars: DEFAULT_CALENDARS }
      const advanced = advance(late.compiled, job, { kind: 'timer', token: next.token }, surroundings)
      if (!advanced.ok) throw new Error(JSON.stringify(advanced.refusal))
      job = advanced.job
    }
    expect(job.breaches).toEqual([])
    expect(job.snapshot.context.fields.dayStartsAt).toBe('2026-03-25T01:00:00.000Z')
    expect(oldest(job)).toMatchObject({ delay: 'arrivalOpens', dueAt: '2026-03-25T00:00:00.000Z' })
  })

  test('a forgotten sign-out does not stop the next day', () => {
    const job = atPost().waitUntil(at('03-04', '08:30'))
    expect(stations(job)).toEqual([
      'off',
      'expected',
      'present.atPost',
      'present.afterHours',
      'off',
      'expected',
    ])
    expect(job.broken).toEqual(['GN-02'])
    job.replays()
  })
})
