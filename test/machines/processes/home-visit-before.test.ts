import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../../machines/advance/job.ts'
import type { Rehearsal } from '../kit.ts'
import * as step from './home-visit-steps.ts'

const { dispatcher, engineer, customer, head, stockKeeper } = step

const tuesday = (time: string): string => `2026-03-03T${time}:00+08:00`
const monday = (time: string): string => `2026-03-02T${time}:00+08:00`
const delay = (time: string) => ({ time, apology: true, reason: 'The visit before takes longer' })
const appointment = (job: Rehearsal): unknown => job.fields.appointment
const toldAbout = (job: Rehearsal, norm: string) => job.messages.filter((message) => message.norm === norm)

describe('home-visit before the door', () => {
  test('HV-02: the customer is contacted within 30 minutes of being assigned, else the dispatcher hears of it', () => {
    const late = step.assign(step.book())
    late.wait('PT29M59S')
    expect(late.broken).toEqual([])
    late.wait('PT1S')
    expect(late.broken).toEqual(['HV-02'])
    expect(toldAbout(late, 'HV-02')).toMatchObject([{ type: 'notify', to: [{ role: 'dispatcher' }] }])
    const early = step.assign(step.book())
    early.wait('PT29M')
    step.call(early).wait('PT1H')
    expect(early.broken).toEqual([])
    expect(early.met).toContain('HV-02')
    step.call(late)
    expect(late.met).not.toContain('HV-02')
    late.replays()
  })

  test('HV-02: outside the customers hours the half hour begins with them', () => {
    const job = step.assign(step.book({ timeWanted: tuesday('15:00') }, { now: monday('22:00') }))
    expect(job.in('assigned.outsideHours')).toBe(true)
    job.waitUntil(tuesday('08:30'))
    expect(job.in('assigned.toContact')).toBe(true)
    expect(job.broken).toEqual([])
    job.wait('PT1M')
    expect(job.broken).toEqual(['HV-02'])
  })

  test('HV-02: a customer with hours of his own is called when they begin', () => {
    const job = step.assign(step.book({ customerHoursFrom: 13.5, customerHoursTo: 18 }))
    job.waitUntil(monday('13:29'))
    expect(job.in('assigned.outsideHours')).toBe(true)
    job.waitUntil(monday('13:31'))
    expect(job.in('assigned.toContact')).toBe(true)
    expect(job.broken).toEqual([])
  })

  test('HV-04: a time that differs from the booked one stands only when the coordinator has confirmed it', () => {
    const job = step.call(step.assign(step.book()))
    job.tickAll(engineer)
    job.send('time.agreed', { time: tuesday('11:00') }, engineer)
    expect(job.in('arrangement.rebooking')).toBe(true)
    expect(appointment(job)).toBe(step.PROMISED)
    expect(job.refused('rebook.confirm', {}, engineer).code).toBe('role-missing')
    step.expectBarred(job, 'arrangement.fixed', { steps: 3, besides: ['rebook.confirm'] })
    job.send('rebook.confirm', {}, dispatcher)
    expect(job.in('arrangement.fixed')).toBe(true)
    expect(appointment(job)).toBe('2026-03-03T03:00:00.000Z')
  })

  test('HV-04: a wish for another time later goes the same way, and can be refused', () => {
    const job = step.fixed()
    job.send('change.request', { time: tuesday('11:00') }, customer)
    expect(appointment(job)).toBe(step.PROMISED)
    job.send('rebook.refuse', { reason: 'Nobody free' }, dispatcher)
    expect(job.in('arrangement.again')).toBe(true)
    expect(appointment(job)).toBe(step.PROMISED)
  })

  test('HV-05: a customer who cannot be reached keeps the promised time, and is visited', () => {
    const job = step.call(step.assign(step.book()))
    job.send('customer.unreachable', { note: 'Rang three times' }, engineer)
    for (const [type, payload] of [
      ['delay.announce', delay(monday('17:00'))],
      ['change.request', { time: tuesday('11:00') }],
      ['time.agreed', { time: tuesday('11:00') }],
      ['rebook.confirm', {}],
      ['postponement.approve', {}],
    ] as const)
      job.refused(type, payload, step.anyone)
    expect(appointment(job)).toBe(step.PROMISED)
    step.setOut(step.prepare(job))
    step.enter(job)
    expect(job.in('service.assessing')).toBe(true)
    expect(job.broken).toEqual([])
  })

  test('HV-05: calling a visit off because nobody answered is put on record', () => {
    const unreached = (): Rehearsal => {
      const job = step.call(step.assign(step.book()))
      job.send('customer.unreachable', {}, engineer)
      return job
    }
    const dropped = unreached()
    dropped.send('cancel', { reason: 'Nobody answers' }, dispatcher)
    expect(dropped.broken).toEqual(['HV-05'])
    const wished = unreached()
    wished.send('cancel', { reason: 'He wrote to us', customerAsked: true }, dispatcher)
    expect(wished.broken).toEqual([])
  })

  test('HV-06: nobody sets out without all ten things', () => {
    const job = step.fixed()
    job.send('parts.none-needed', {}, engineer)
    job.send('order.release', {}, dispatcher)
    const things = job.open()
    expect(things).toHaveLength(10)
    job.tickAll(engineer)
    for (const item of things) {
      job.do({ kind: 'untick', item }, engineer)
      expect(job.refused('set.out', {}, engineer).reasons.map((reason) => reason.item)).toEqual([item])
      job.tick(item, engineer)
    }
    step.setOut(job)
  })

  test('HV-07: the visit order is released only when the parts are borrowed or none are needed', () => {
    const job = step.fixed()
    expect(job.refused('order.release', {}, dispatcher).code).toBe('not-allowed-here')
    step.expectBarred(job, 'preparation.preparing', {
      steps: 3,
      besides: ['parts.borrow', 'parts.none-needed'],
    })
    job.send('parts.borrow', { parts: [{ part: 'Power supply', count: 1 }] }, stockKeeper)
    job.send('order.release', {}, dispatcher)
    expect(job.in('preparation.preparing')).toBe(true)
  })

  test('HV-08: a delay within half a day is told 30 minutes before, or it is late', () => {
    const soon = step.fixed()
    soon.waitUntil(monday('14:30'))
    soon.send('delay.announce', delay(monday('17:00')), engineer)
    expect(soon.broken).toEqual([])
    const late = step.fixed()
    late.waitUntil(monday('14:31'))
    expect(toldAbout(late, 'HV-08')).toMatchObject([{ type: 'remind' }])
    late.send('delay.announce', delay(monday('17:00')), engineer)
    expect(late.broken).toEqual(['HV-08'])
    expect(late.in('arrangement.postponing')).toBe(true)
    late.replays()
  })

  test('HV-08: without an apology, or for an earlier time, nothing is announced', () => {
    const job = step.fixed()
    job.refused('delay.announce', { ...delay(monday('17:00')), apology: false }, engineer)
    job.refused('delay.announce', delay(monday('14:00')), engineer)
  })

  test('HV-09: a longer delay is told 4 hours before, or it is late', () => {
    const soon = step.fixed()
    soon.waitUntil(monday('11:00'))
    soon.send('delay.announce', delay(tuesday('15:00')), engineer)
    expect(soon.broken).toEqual([])
    const late = step.fixed()
    late.waitUntil(monday('11:01'))
    expect(toldAbout(late, 'HV-09')).toMatchObject([{ type: 'remind' }])
    late.send('delay.announce', delay(tuesday('15:00')), engineer)
    expect(late.broken).toEqual(['HV-09'])
  })

  test('HV-10: 10 minutes before the appointment a warning, 5 minutes before a breach, when neither arrived nor called', () => {
    const job = step.travelling()
    job.waitUntil(monday('14:50'))
    expect(toldAbout(job, 'HV-10')).toHaveLength(1)
    expect(job.broken).toEqual([])
    job.waitUntil(monday('14:55'))
    expect(job.broken).toEqual(['HV-10'])
    expect(job.refused('order.release', {}, dispatcher).code).toBe('not-allowed-here')
    const there = step.travelling()
    there.waitUntil(monday('14:54'))
    step.enter(there).wait('PT1H')
    expect(there.broken).toEqual([])
    expect(there.met).toContain('HV-10')
  })

  test('HV-10: whoever calls in time is not late; on the way neither HV-08 nor HV-09 is asked for', () => {
    const job = step.travelling()
    job.waitUntil(monday('14:54'))
    job.send('delay.announce', delay(tuesday('10:00')), engineer)
    job.wait('PT30M')
    expect(job.broken).toEqual([])
  })

  test('HV-10: a postponement stands only when the department head, not the engineer himself, approves it', () => {
    const job = step.fixed()
    job.send('delay.announce', delay(monday('17:00')), engineer)
    expect(appointment(job)).toBe(step.PROMISED)
    expect(job.refused('postponement.approve', {}, dispatcher).code).toBe('role-missing')
    expect(job.refused('postponement.approve', {}, { ...head, id: engineer.id }).code).toBe('guard-false')
    job.send('postponement.approve', {}, head)
    expect(appointment(job)).toBe('2026-03-02T09:00:00.000Z')
    job.waitUntil(monday('16:54'))
    expect(job.broken).toEqual([])
    job.waitUntil(monday('16:56'))
    expect(job.broken).toEqual(['HV-10'])
  })

  test('HV-10: a refused postponement leaves the appointment as it was, and watched', () => {
    const job = step.fixed()
    job.send('delay.announce', delay(monday('17:00')), engineer)
    job.send('postponement.refuse', { reason: 'Send someone else' }, head)
    expect(appointment(job)).toBe(step.PROMISED)
    job.waitUntil(monday('14:56'))
    expect(job.broken).toEqual(['HV-10'])
  })

  test.each([
    ['near', '2026-03-03T10:00:00+08:00'],
    ['middle', '2026-03-04T10:00:00+08:00'],
    ['far', '2026-03-05T10:00:00+08:00'],
    [undefined, '2026-03-03T10:00:00+08:00'],
  ])('HV-11: distance %s: arrived by %s, counted from the booking', (distanceBand, by) => {
    const late = step.book({ timeWanted: '2026-03-09T10:00:00+08:00', distanceBand })
    expect(late.due('arriveBy')).toBe(new Date(by).toISOString())
    late.waitUntil(by)
    expect(late.broken).toEqual(['HV-11'])
    expect(toldAbout(late, 'HV-11')).toHaveLength(1)
  })

  test('HV-11: arriving in time meets it; a corrected distance moves it', () => {
    const job = step.travelling()
    step.enter(job).wait('P2D')
    expect(job.broken).toEqual([])
    expect(job.met).toContain('HV-11')
    const far = step.book()
    far.send('customer.update', { distanceBand: 'far' }, dispatcher)
    expect(far.due('arriveBy')).toBe('2026-03-05T02:00:00.000Z')
  })

  test('HV-40: nobody is assigned before the request is with the centre of the customers region', () => {
    const job = step.book({ region: undefined })
    expect(job.refused('assign', { engineer: engineer.id }, dispatcher).code).toBe('not-allowed-here')
    step.expectBarred(job, 'arrangement.assigned', { steps: 3, besides: ['region.set', 'transfer'] })
    job.send('region.set', { region: 'south' }, dispatcher)
    expect(job.fields.serviceCentre).toBe('south')
    step.assign(job)
  })

  test('HV-40: a corrected region moves the request to its centre', () => {
    const job = step.book()
    expect(job.fields.serviceCentre).toBe('east')
    job.do({ kind: 'correct', fields: { region: 'north' }, reason: 'Misheard' }, dispatcher)
    expect(job.fields.serviceCentre).toBe('north')
  })

  test('HV-41: outside the customers hours nobody calls, unless the customer asked for it', () => {
    const job = step.assign(step.book({ timeWanted: tuesday('15:00') }, { now: monday('22:00') }))
    expect(job.refused('call.start', {}, engineer).code).toBe('guard-false')
    expect(step.within(step.reached(job, { steps: 2, besides: ['transfer'] }), 'contacting')).toEqual([])
    job.send('call.start', { customerAsked: true }, engineer)
    expect(job.in('contacting')).toBe(true)
  })

  test('HV-41: no time outside the customers hours is agreed, wished or announced, unless the customer asked for it', () => {
    const job = step.call(step.assign(step.book({ customerHoursFrom: 9, customerHoursTo: 17 })))
    job.tickAll(engineer)
    job.refused('time.agreed', { time: tuesday('18:00') }, engineer)
    job.send('time.agreed', { time: tuesday('18:00'), customerAsked: true }, engineer)
    expect(job.in('rebooking')).toBe(true)
    const settled = step.fixed()
    settled.refused('change.request', { time: tuesday('22:30') }, dispatcher)
    settled.refused('delay.announce', delay(tuesday('07:30')), engineer)
    settled.send('delay.announce', delay(tuesday('08:30')), engineer)
  })

  test('HV-41: hours that run past midnight', () => {
    const job = step.assign(
      step.book({ customerHoursFrom: 20, customerHoursTo: 2, timeWanted: tuesday('21:00') }),
    )
    expect(job.in('assigned.outsideHours')).toBe(true)
    job.refused('call.start', {}, engineer)
    job.waitUntil(monday('20:01'))
    step.call(job)
    expect(job.broken).toEqual([])
  })

  test('HV-42: a doubtful address is checked before anyone sets out', () => {
    const job = step.prepare(step.fixed({ addressDoubtful: true }))
    job.do({ kind: 'untick', item: 'addressChecked' }, engineer)
    expect(job.refused('set.out', {}, engineer).reasons.map(({ item }) => item)).toEqual(['addressChecked'])
    job.tickAll(engineer)
    step.setOut(job)
  })

  test('GN-17: lapsed product training is pointed out at every assignment', () => {
    const certificate = (validUntil: string): Certificate => ({
      kind: 'product-training',
      validFrom: '2024-01-01T00:00:00.000Z',
      validUntil,
    })
    const with_ = (...certificates: Certificate[]): Rehearsal =>
      step.assign(step.book({}, { people: { [engineer.id]: certificates } }))
    for (const job of [with_(), with_(certificate('2026-03-01T00:00:00.000Z'))]) {
      expect(toldAbout(job, 'GN-17')).toMatchObject([
        { type: 'remind', to: [{ role: 'dispatcher' }, { person: engineer.id }] },
      ])
      expect(job.fields.trainingLapsed).toBe(true)
      job.send('reassign', { engineer: engineer.id, reason: 'Asked again' }, dispatcher)
      expect(toldAbout(job, 'GN-17')).toHaveLength(2)
    }
    const trained = with_(certificate('2026-12-31T00:00:00.000Z'))
    expect(toldAbout(trained, 'GN-17')).toEqual([])
    expect(trained.fields.trainingLapsed).toBe(false)
  })
})
