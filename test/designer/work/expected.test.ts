/** What a telephone expects of a visit, and in which order it offers what can be done. */
import { expect as assert, describe, it } from 'vitest'
import type { Act, Doing } from '../../../designer/work/act.ts'
import { contactOf, dialled } from '../../../designer/work/contact.ts'
import { dayOf } from '../../../designer/work/days.ts'
import { expect, processOf, refusalOf } from '../../../designer/work/expected.ts'
import { stepsOf } from '../../../designer/work/steps.ts'
import type { Actor } from '../../../machines/advance/job.ts'
import { hashOf } from '../../../machines/definition/hash.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { Carried } from '../../../machines/wire/carry.ts'
import type { Rehearsal } from '../../machines/kit.ts'
import * as visit from '../../machines/processes/home-visit-steps.ts'

const process = processOf(homeVisit, hashOf(homeVisit))
const along = (job: Rehearsal, actor: Actor = visit.engineer): Carried => ({
  job: job.job,
  actor,
  people: {},
  calendars: DEFAULT_CALENDARS,
})
const waits = (job: Rehearsal, order: number, doing: Doing, more: Partial<Act> = {}): Act => ({
  id: `key-${order}`,
  person: visit.engineer.id,
  job: job.job.id,
  order,
  at: job.now.toISOString(),
  doing,
  state: 'waiting',
  ...more,
})
const event = (type: string, payload?: Record<string, unknown>): Doing => ({
  kind: 'event',
  type,
  ...(payload === undefined ? {} : { payload }),
})
const expected = (job: Rehearsal, acts: readonly Act[], carried = along(job)) =>
  expect(process, carried, acts, job.now.getTime(), 0)
const offered = (job: Rehearsal, actor?: Actor) => {
  const { detail } = expected(job, [], along(job, actor))
  const { next, others } = stepsOf(homeVisit, detail.active, detail.allowed)
  return { next: next?.type, isOpen: next?.open, others: others.map(({ type }) => type) }
}

describe('what is expected', () => {
  it('is what the server will say once it has all that waits', () => {
    const job = visit.travelling()
    const before = along(job)
    const begin = { personInCharge: 'Wang Fang' }
    const acts = [waits(job, 1, event('arrive'))]
    const items = expected(job, acts, before).detail.items.map(({ id }) => id)
    for (const item of items) acts.push(waits(job, acts.length + 1, { kind: 'tick', item }))
    acts.push(waits(job, acts.length + 1, event('visit.begin', begin)))
    const there = expected(job, acts, before)
    assert([there.isExpected, there.doubts.size]).toEqual([true, 0])

    job.send('arrive', {}, visit.engineer)
    job.tickAll(visit.engineer)
    job.send('visit.begin', begin, visit.engineer)
    assert(there.detail.active).toEqual(job.active)
    assert(there.job.snapshot).toEqual(job.job.snapshot)
  })
  it('leaves out what the engine refuses, with its reasons, and what was refused', () => {
    const job = visit.travelling()
    const acts = [
      waits(job, 1, event('visit.begin', { personInCharge: 'x' })),
      waits(job, 2, event('arrive'), { state: 'refused' }),
      waits(job, 3, { kind: 'note', text: 'x' }),
    ]
    const { detail, doubts } = expected(job, acts)
    assert(detail.active).toEqual(job.active)
    assert([...doubts].map(([order, { code }]) => [order, code])).toEqual([[1, 'not-allowed-here']])
  })
  it('counts an act once that the job holds already', () => {
    const job = visit.travelling()
    job.send('arrive', {}, visit.engineer)
    const acts = [waits(job, 1, event('arrive'), { state: 'sent', seq: job.job.seq })]
    const { detail, isExpected, doubts } = expected(job, acts)
    assert([detail.active, isExpected, doubts.size]).toEqual([job.active, false, 0])
  })
  it('tells beforehand what the engine will say', () => {
    const job = visit.travelling()
    const at = job.now.getTime()
    assert(refusalOf(process, along(job), job.job, event('arrive'), at)).toBeUndefined()
    assert(refusalOf(process, along(job), job.job, event('visit.begin', {}), at)?.code).toBe(
      'payload-invalid',
    )
  })
})

describe('the next step of a visit', () => {
  it('is the way that the process means to be gone', () => {
    assert(offered(visit.fixed())).toMatchObject({ next: 'parts.none-needed', isOpen: true })
    assert(offered(visit.travelling())).toMatchObject({ next: 'arrive', isOpen: true })
    assert(offered(visit.travelling()).others).toContain('trip.break-off')
    assert(offered(visit.diagnose(visit.assessing()))).toMatchObject({ next: 'explanation.done' })
    assert(offered(visit.explain(visit.diagnose(visit.assessing())))).toMatchObject({ next: 'remedy.choose' })
    // Not a new diagnosis, which can be made here, too.
    assert(offered(visit.repairing())).toMatchObject({ next: 'hardware.begin', isOpen: true })
    assert(offered(visit.farewell())).toMatchObject({ next: 'farewell.said' })
  })
  it('may wait for the checklist', () => {
    assert(offered(visit.assessing())).toMatchObject({ next: 'fault.diagnosed', isOpen: false })
  })
  it('is nobody else’s, and not made up', () => {
    assert(offered(visit.signing()).next).not.toBe('solution.sign')
    const both = { ...visit.engineer, roles: [...visit.engineer.roles, 'customer' as const] }
    assert(offered(visit.signing(), both).next).toBe('solution.sign')
    assert(offered(visit.assign(visit.book()), visit.customer).next).toBeUndefined()
  })
})

describe('the day of a job', () => {
  const now = new Date(2026, 2, 2, 9).getTime()
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString()
  it('is told by the appointment or the next deadline, whichever comes first', () => {
    assert(dayOf({ overdue: true, fields: {} }, now)).toBe('late')
    assert(dayOf({ overdue: false, dueAt: at(5, 9), fields: { appointment: at(2, 15) } }, now)).toBe('today')
    assert(dayOf({ overdue: false, dueAt: at(2, 23), fields: {} }, now)).toBe('today')
    assert(dayOf({ overdue: false, dueAt: at(3, 0), fields: {} }, now)).toBe('later')
    assert(dayOf({ overdue: false, fields: { appointment: 'soon' } }, now)).toBe('open')
  })
})

describe('whom one goes to', () => {
  it('is told by what is known, and dialled without what is no digit', () => {
    assert(contactOf({ customerName: 'Wang', customerPhone: ' ', region: 3 })).toEqual({ name: 'Wang' })
    assert([dialled('+86 (10) 555-0101'), dialled('010 5550')]).toEqual(['tel:+86105550101', 'tel:0105550'])
  })
})
