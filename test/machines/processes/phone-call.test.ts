import { describe, expect, test } from 'vitest'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { attemptAll } from '../attempt.ts'
import { as, type Rehearsal, rehearse, type World } from '../kit.ts'
import { trace } from '../trace.ts'

const agent = as('hotline-agent')
const duty = as('engineer')
const dispatcher = as('dispatcher')
const NIGHT = '2026-03-02T22:00:00+08:00'
const SATURDAY = '2026-03-07T10:00:00+08:00'
const LUNCH = '2026-03-02T12:30:00+08:00'

const CUSTOMER = { customerName: 'Wang Fang', customerPhone: '139 0000 0000', customerAddress: '5 Lake Road' }
const REQUEST = { problem: 'The laptop does not start', problemKind: 'hardware', severity: 'high' }
const SOLVED = { result: 'Battery reseated, it starts' }
const TOMORROW = '2026-03-03T10:00:00+08:00'

const call = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal =>
  rehearse(phoneCall, fields, agent, {
    processes: SHIPPED.filter(({ id }) => id !== 'phone-call'),
    ...world,
  })
const greeting = (world: World = {}, by = agent): Rehearsal => {
  const job = call({}, world)
  job.send('answer', { badge: 'H-021' }, by)
  return job
}
const customerFile = (world: World = {}, by = agent): Rehearsal => {
  const job = greeting(world, by)
  job.tick('greetingGiven', by)
  job.send('greeting.done', {}, by)
  return job
}
const conversation = (world: World = {}, by = agent): Rehearsal => {
  const job = customerFile(world, by)
  job.send('customer.record', CUSTOMER, by)
  return job
}
const requested = (world: World = {}, by = agent): Rehearsal => {
  const job = conversation(world, by)
  job.send('request.record', REQUEST, by)
  return job
}
const onHold = (): Rehearsal => {
  const job = requested()
  job.send('hold.start', { reason: 'To look up the warranty' }, agent)
  return job
}
const closing = (): Rehearsal => {
  const job = requested()
  job.send('outcome.solved', SOLVED, agent)
  return job
}
const awaitingHangUp = (): Rehearsal => {
  const job = closing()
  job.tick('closingWords', agent)
  job.send('closing.done', {}, agent)
  return job
}
const promised = (callBackAt: string, world: World = {}, by = agent): Rehearsal => {
  const job = requested(world, by)
  job.send('outcome.callBack', { callBackAt }, by)
  job.tick('closingWords', by)
  job.send('closing.done', {}, by)
  job.send('caller.hungUp', {}, by)
  return job
}
const wrapUp = (): Rehearsal => {
  const job = requested()
  job.send('caller.hungUp', {}, agent)
  return job
}

/** A fitting payload for every event that wants one. */
const PAYLOADS: Record<string, Record<string, unknown>> = {
  'customer.record': CUSTOMER,
  'request.record': REQUEST,
  'request.further': { problem: 'And the printer?' },
  'hold.start': { reason: 'To look up the warranty' },
  'outcome.solved': SOLVED,
  'outcome.visit': { timeWanted: TOMORROW },
  'outcome.depot': { result: 'Bring it to Lake Road' },
  'outcome.complaint': { text: 'Nobody called back' },
  'outcome.callBack': { callBackAt: TOMORROW },
  'callBack.unreached': { callBackAt: TOMORROW },
}
const EVENTS = Object.keys(phoneCall.schemas.events).filter((type) => type !== 'cancel')

/** Tries every event, save some, on a job at that point; which were taken, and where they led. */
const tryAll = (
  at: () => Rehearsal,
  except: readonly string[] = [],
  actors = [agent, duty, dispatcher, as('customer')],
) =>
  attemptAll(
    at,
    EVENTS.filter((type) => !except.includes(type)),
    actors,
    PAYLOADS,
  )

describe('phone-call', () => {
  test('a call solved by phone, with a wait on hold, from ring to hang-up', () => {
    const job = call({ callerNumber: '139 0000 0000' })
    job.wait('PT7S')
    job.send('answer', { badge: 'H-021' }, agent)
    job.tick('greetingGiven', agent)
    job.send('greeting.done', {}, agent)
    job.send('customer.record', CUSTOMER, agent)
    job.send('request.record', REQUEST, agent)
    job.send('hold.start', { reason: 'To look up the warranty' }, agent)
    job.wait('PT6S')
    job.send('hold.acknowledge', {}, agent)
    job.wait('PT4S')
    job.send('hold.end', {}, agent)
    job.send('outcome.solved', SOLVED, agent)
    job.tick('closingWords', agent)
    job.send('closing.done', {}, agent)
    job.send('caller.hungUp', {}, agent)
    expect(trace(job)).toEqual([
      'start (hotline-agent) -> ringing.hotline',
      'answer (hotline-agent) -> greeting',
      'v greetingGiven (hotline-agent)',
      'greeting.done (hotline-agent) -> talking.speaking.customerFile',
      'customer.record (hotline-agent) -> talking.speaking.conversation',
      'request.record (hotline-agent) -> talking.speaking.conversation',
      'hold.start (hotline-agent) -> talking.onHold.waiting',
      '~holdReminder -> talking.onHold.waiting',
      'hold.acknowledge (hotline-agent) -> talking.onHold.waiting',
      'hold.end (hotline-agent) -> talking.speaking.conversation',
      'outcome.solved (hotline-agent) -> closing',
      'v closingWords (hotline-agent)',
      'closing.done (hotline-agent) -> awaitingHangUp',
      'caller.hungUp (hotline-agent) -> ended',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    expect(job.met).toEqual(
      expect.arrayContaining(['PC-01', 'PC-02', 'PC-05', 'PC-07', 'PC-09', 'PC-10', 'PC-21']),
    )
    expect(job.fields).toMatchObject({
      ...CUSTOMER,
      ...REQUEST,
      outcome: 'solved',
      agent: agent.id,
      holds: 1,
    })
    job.replays()
  })

  test('a booked visit, a depot repair, a fault and a complaint each start the next job, with the customer file', () => {
    const visit = requested()
    expect(visit.refused('outcome.visit', { timeWanted: '2026-03-01T10:00:00+08:00' }, agent).code).toBe(
      'guard-false',
    )
    visit.send('outcome.visit', { timeWanted: TOMORROW, distanceBand: 'near' }, agent)
    expect(visit.linked('visit').compiled.definition.id).toBe('home-visit')
    expect(visit.linked('visit').fields).toMatchObject({ ...CUSTOMER, ...REQUEST, distanceBand: 'near' })

    const depot = requested()
    depot.send('outcome.depot', { result: 'Bring it to Lake Road', bringing: true }, agent)
    expect(depot.linked('repair').fields).toMatchObject({ ...CUSTOMER, problem: REQUEST.problem })
    const advised = requested()
    advised.send('outcome.depot', { result: 'Bring it to Lake Road' }, agent)
    expect(advised.job.links).toEqual([])

    const fault = requested()
    fault.send('outcome.fault', { startedAt: '2026-03-02T08:00:00+08:00', system: 'Mail' }, agent)
    expect(fault.linked('fault').fields).toMatchObject({
      description: REQUEST.problem,
      system: 'Mail',
      startedAt: '2026-03-02T00:00:00.000Z',
    })
    expect(fault.linked('fault').job.links).toMatchObject([{ link: 'parent', process: 'phone-call' }])

    const complaint = requested()
    complaint.send('outcome.complaint', { text: 'Late again', quality: true, aboutJob: 'visit-3' }, agent)
    expect(complaint.linked('complaint').fields).toMatchObject({
      text: 'Late again',
      quality: true,
      aboutJob: 'visit-3',
      customerName: 'Wang Fang',
    })
    for (const job of [visit, depot, advised, fault, complaint]) {
      expect(job.in('closing')).toBe(true)
      job.replays()
    }
  })

  test('a visit needs an address', () => {
    const job = customerFile()
    job.send('customer.record', { customerName: 'Wang Fang', customerPhone: '139' }, agent)
    job.send('request.record', REQUEST, agent)
    expect(job.refused('outcome.visit', { timeWanted: TOMORROW }, agent)).toMatchObject({
      code: 'guard-false',
    })
    job.send('customer.record', { customerAddress: '5 Lake Road' }, agent)
    job.send('outcome.visit', { timeWanted: TOMORROW }, agent)
    expect(job.fields.customerName).toBe('Wang Fang')
    expect(job.in('closing')).toBe(true)
  })

  test('a further request takes the talk up again; both outcomes stay on record', () => {
    const job = awaitingHangUp()
    job.send('request.further', { problem: 'And the printer?' }, agent)
    expect(job.in('talking.speaking.conversation')).toBe(true)
    job.send('outcome.depot', { result: 'Bring it to Lake Road' }, agent)
    expect(job.open()).toEqual(['closingWords'])
    job.tickAll(agent)
    job.send('closing.done', {}, agent)
    job.send('caller.hungUp', {}, agent)
    expect(job.in('ended')).toBe(true)
    expect(job.fields).toMatchObject({ outcome: 'depot', earlierOutcomes: ['solved'] })
    job.replays()
  })

  test('abandoned: the caller gives up before saying what for', () => {
    for (const job of [call(), greeting(), customerFile(), conversation()]) {
      job.send('caller.hungUp', {}, job.in('ringing') ? duty : agent)
      expect(job.in('abandoned')).toBe(true)
      expect(job.status).toBe('failed')
      expect(job.broken).toEqual([])
      job.replays()
    }
  })

  test('a line that drops in the talk leaves an outcome owed', () => {
    const job = wrapUp()
    expect(job.in('wrapUp')).toBe(true)
    job.wait('PT10M')
    expect(job.messages.at(-1)).toMatchObject({ type: 'remind', norm: 'PC-21' })
    job.send('outcome.visit', { timeWanted: TOMORROW }, agent)
    expect(job.in('endedEarly')).toBe(true)
    expect(job.status).toBe('done')
    job.replays()
  })

  test('a caller who leaves before the closing words ends the call early, not as it should', () => {
    const job = closing()
    job.send('caller.hungUp', {}, agent)
    expect(job.in('endedEarly')).toBe(true)
    expect(job.broken).toEqual([])
  })

  test('a dispatcher cancels from every state, with a reason; nobody else does', () => {
    const owed = promised('2026-03-02T15:00:00+08:00')
    const stages = [
      call(),
      greeting(),
      customerFile(),
      requested(),
      onHold(),
      closing(),
      awaitingHangUp(),
      wrapUp(),
    ]
    for (const job of [...stages, owed]) {
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      expect(job.refused('cancel', { reason: 'Test call' }, agent).code).toBe('role-missing')
      job.send('cancel', { reason: 'Test call' }, dispatcher)
      expect(job.status).toBe('cancelled')
    }
  })

  test('PC-01: a fourth ring is a breach and owes an apology, not a dead end', () => {
    const job = call()
    job.wait('PT14.999S')
    expect(job.broken).toEqual([])
    job.wait('PT0.001S')
    expect(job.broken).toEqual(['PC-01'])
    job.send('answer', {}, agent)
    job.tick('greetingGiven', agent)
    expect(job.refused('greeting.done', {}, agent)).toMatchObject({
      code: 'checklist-open',
      reasons: [{ item: 'lateApology' }],
    })
    job.tick('lateApology', agent)
    job.send('greeting.done', {}, agent)
    expect(job.in('talking')).toBe(true)
    job.replays()
  })

  test('PC-01: answered within three rings, nothing is broken or owed', () => {
    const job = call()
    job.wait('PT14S')
    job.send('answer', {}, agent)
    job.wait('PT1M')
    expect(job.broken).toEqual([])
    expect(job.met).toContain('PC-01')
    expect(job.open()).toEqual(['greetingGiven'])
  })

  test('PC-02: no talk before company and badge number were named and help offered', () => {
    expect(tryAll(greeting).filter(({ job }) => job.in('talking'))).toEqual([])
    expect(greeting().refused('greeting.done', {}, agent)).toMatchObject({
      code: 'checklist-open',
      reasons: [{ item: 'greetingGiven', norms: ['PC-02'] }],
    })
  })

  test('PC-04: no hold without telling the caller what for', () => {
    const job = requested()
    for (const payload of [{}, { reason: '' }])
      expect(job.refused('hold.start', payload, agent)).toMatchObject({
        code: 'payload-invalid',
        reasons: [{ pointer: '/reason' }],
      })
    job.send('hold.start', { reason: 'To ask a colleague' }, agent)
    expect(job.fields.holdReason).toBe('To ask a colleague')
  })

  test('PC-05: a hold is reminded of at 5 s, broken at 10 s, and again for every further 10 s', () => {
    const job = onHold()
    const reminders = () => job.messages.filter((message) => message.norm === 'PC-05').length
    job.wait('PT4.999S')
    expect([reminders(), job.broken.length]).toEqual([0, 0])
    job.wait('PT0.001S')
    expect([reminders(), job.broken.length]).toEqual([1, 0])
    job.wait('PT5S')
    expect([reminders(), job.broken]).toEqual([1, ['PC-05']])
    job.wait('PT10S')
    expect([reminders(), job.broken]).toEqual([2, ['PC-05', 'PC-05']])
    job.wait('PT10S')
    expect(job.broken).toHaveLength(3)
    job.send('hold.end', {}, agent)
    job.wait('PT1M')
    expect(job.broken).toHaveLength(3)
    job.replays()
  })

  test('PC-05: thanks or an apology in time break nothing, and the count begins anew', () => {
    const job = onHold()
    for (let times = 0; times < 3; times++) {
      job.wait('PT9S')
      job.send('hold.acknowledge', {}, agent)
    }
    job.wait('PT9S')
    job.send('hold.end', {}, agent)
    expect(job.broken).toEqual([])
    expect(job.in('talking.speaking.conversation')).toBe(true)
  })

  test('PC-05: the counting rule is a setting', () => {
    const { settings = {} } = phoneCall.meta
    const { holdCounting } = settings
    if (holdCounting === undefined) throw new Error('no setting holdCounting')
    const once = {
      ...phoneCall,
      meta: {
        ...phoneCall.meta,
        settings: { ...settings, holdCounting: { ...holdCounting, value: 'once' } },
      },
    }
    const job = rehearse(once, {}, agent)
    job.send('answer', {}, agent)
    job.tickAll(agent)
    job.send('greeting.done', {}, agent)
    job.send('hold.start', { reason: 'To ask a colleague' }, agent)
    job.wait('PT6S')
    job.send('hold.acknowledge', {}, agent)
    job.wait('PT5M')
    expect(job.broken).toEqual([])
    job.send('hold.end', {}, agent)
    expect(job.in('talking.speaking.customerFile')).toBe(true)
  })

  test('PC-07: a call closes only with an owned outcome', () => {
    for (const at of [customerFile, conversation, requested, onHold, wrapUp]) {
      const notOutcomes = tryAll(
        at,
        EVENTS.filter((type) => type.startsWith('outcome.')),
      )
      expect(notOutcomes.length).toBeGreaterThan(0)
      for (const { job } of notOutcomes) {
        expect(job.status).not.toBe('done')
        expect(job.in('closing') || job.in('awaitingHangUp') || job.in('callBack')).toBe(false)
      }
    }
    const taken = tryAll(requested, [], [agent]).filter(({ job }) => job.in('closing'))
    expect(taken.map(({ job }) => job.fields.outcome).sort()).toEqual([
      'call-back',
      'complaint',
      'depot',
      'fault',
      'solved',
      'visit',
    ])
  })

  test('PC-07: a promised call-back keeps the call open until it is made and another outcome stands', () => {
    expect(
      requested().refused('outcome.callBack', { callBackAt: '2026-03-02T09:00:00+08:00' }, agent).code,
    ).toBe('guard-false')
    const job = promised('2026-03-02T15:00:00+08:00')
    expect(job.in('callBack.inWorkingTime')).toBe(true)
    for (const { job: other } of tryAll(() => promised('2026-03-02T15:00:00+08:00')))
      expect(other.status).toBe('active')
    job.wait('PT4H30M')
    expect(job.refused('callBack.unreached', { callBackAt: '2026-03-02T09:00:00+08:00' }, agent).code).toBe(
      'guard-false',
    )
    job.send('callBack.unreached', { callBackAt: '2026-03-02T16:00:00+08:00' }, agent)
    expect(job.fields.callBackAttempts).toBe(1)
    job.wait('PT1H')
    expect(job.broken).toEqual([])
    job.send('callBack.made', {}, agent)
    expect(job.in('talking.speaking.conversation')).toBe(true)
    job.send('outcome.solved', SOLVED, agent)
    job.tickAll(agent)
    job.send('closing.done', {}, agent)
    job.send('caller.hungUp', {}, agent)
    expect(job.in('ended')).toBe(true)
    expect(job.fields).toMatchObject({ outcome: 'solved', earlierOutcomes: ['call-back'] })
    expect(job.fields).not.toHaveProperty('callBackAt')
    job.replays()
  })

  test('PC-07: a promised call-back not made is a breach', () => {
    const job = promised('2026-03-02T15:00:00+08:00')
    job.waitUntil('2026-03-02T14:44:59+08:00')
    const reminders = () => job.messages.filter((message) => message.type === 'remind').length
    expect(reminders()).toBe(0)
    job.waitUntil('2026-03-02T14:45:00+08:00')
    expect(reminders()).toBe(1)
    job.waitUntil('2026-03-02T15:29:59+08:00')
    expect(job.broken).toEqual([])
    job.waitUntil('2026-03-02T15:30:00+08:00')
    expect(job.broken).toEqual(['PC-07'])
  })

  test('PC-09: nobody leaves the closing for the hang-up without the closing words', () => {
    for (const { job } of tryAll(closing)) expect(job.in('awaitingHangUp') || job.in('ended')).toBe(false)
    const job = closing()
    expect(job.refused('closing.done', {}, agent)).toMatchObject({
      code: 'checklist-open',
      reasons: [{ item: 'closingWords', norms: ['PC-09'] }],
    })
    job.tick('closingWords', agent)
    job.send('closing.done', {}, agent)
    expect(job.in('awaitingHangUp')).toBe(true)
  })

  test("PC-10: the call ends on the caller's hang-up; an agent who hangs up first is on record", () => {
    const ends = tryAll(awaitingHangUp).filter(({ job }) => job.status !== 'active')
    expect([
      ...new Set(ends.map(({ type, job }) => `${type} -> ${job.active.join()} !${job.broken.join()}`)),
    ]).toEqual(['caller.hungUp -> ended !', 'agent.hungUp -> agentHungUpFirst !PC-10'])
    for (const at of [greeting, customerFile, requested, onHold]) {
      const job = at()
      job.send('agent.hungUp', {}, agent)
      expect(job.in('wrapUp')).toBe(true)
      expect(job.broken).toEqual(['PC-10'])
      expect(job.met).not.toContain('PC-10')
      job.send('request.record', REQUEST, agent)
      job.send('outcome.complaint', { text: 'The agent hung up on me' }, agent)
      expect(job.in('agentHungUpFirst')).toBe(true)
      job.replays()
    }
  })

  test('PC-20: the calendar routes a call, and only who stands there answers it', () => {
    const desk = call()
    expect(desk.in('ringing.hotline')).toBe(true)
    expect(desk.refused('answer', {}, duty).code).toBe('guard-false')
    desk.send('answer', {}, agent)
    for (const now of [NIGHT, SATURDAY, LUNCH]) {
      const job = call({}, { now })
      expect(job.in('ringing.mobile')).toBe(true)
      expect(
        tryAll(() => call({}, { now }), ['caller.hungUp'], [agent, dispatcher, as('front-desk')]),
      ).toEqual([])
      job.send('answer', {}, duty)
      expect(job.in('greeting')).toBe(true)
      expect(job.fields.route).toBe('mobile')
    }
  })

  test('PC-20: a machine-room alarm reaches the on-duty mobile at any hour, and does not lapse', () => {
    for (const now of ['2026-03-02T10:00:00+08:00', NIGHT]) {
      const alarm = () => call({ source: 'alarm', problem: 'Room 3 at 41 degrees' }, { now })
      expect(alarm().in('ringing.mobile')).toBe(true)
      expect(tryAll(alarm, [], [agent, dispatcher])).toEqual([])
      const job = alarm()
      job.wait('PT2M')
      expect(job.messages.at(-1)).toMatchObject({ norm: 'PC-20', to: [{ role: 'dispatcher' }] })
      job.send('answer', {}, duty)
      expect(job.in('wrapUp')).toBe(true)
      job.send('outcome.fault', { system: 'Cooling' }, duty)
      expect(job.in('ended')).toBe(true)
      expect(job.linked('fault').fields).toMatchObject({ system: 'Cooling' })
      job.replays()
    }
  })

  test('PC-20: the desk can divert a call to the mobile; the rings go on counting', () => {
    const job = call()
    job.wait('PT10S')
    job.send('divert', {}, agent)
    expect(job.in('ringing.mobile')).toBe(true)
    job.wait('PT5S')
    expect(job.broken).toEqual(['PC-01'])
    job.send('answer', {}, duty)
  })

  test('PC-21: no outcome before the request is on record, none without its result', () => {
    for (const { type, job } of tryAll(conversation)) {
      expect(type).not.toMatch(/^outcome/)
      expect(job.in('closing')).toBe(false)
    }
    expect(conversation().refused('outcome.solved', SOLVED, agent)).toMatchObject({ code: 'guard-false' })
    const job = requested()
    expect(job.refused('outcome.solved', {}, agent).code).toBe('payload-invalid')
    expect(job.refused('outcome.depot', {}, agent).code).toBe('payload-invalid')
    expect(job.refused('outcome.callBack', {}, agent).code).toBe('payload-invalid')
    const cutOff = greeting()
    cutOff.send('agent.hungUp', {}, agent)
    expect(cutOff.refused('outcome.solved', SOLVED, agent).code).toBe('guard-false')
  })

  test('GN-09: the talk goes no further than the customer file until its mandatory entries are there', () => {
    for (const { job } of tryAll(customerFile, ['customer.record'])) {
      expect(job.in('conversation') || job.in('closing')).toBe(false)
      if (job.in('onHold')) {
        job.send('hold.end', {}, agent)
        expect(job.in('customerFile')).toBe(true)
      }
    }
    const job = customerFile()
    for (const [given, missing] of [
      [{ customerName: 'Wang Fang' }, 'customerPhone'],
      [{ customerPhone: '139', customerAddress: '5 Lake Road' }, 'customerName'],
    ] as const) {
      const refusal = job.refused('customer.record', given, agent)
      expect(refusal.code).toBe('guard-false')
      expect(JSON.stringify(refusal.reasons)).toContain(missing)
    }
    expect(job.refused('customer.record', { customerName: '', customerPhone: '139' }, agent).code).toBe(
      'payload-invalid',
    )
    job.send('customer.record', { customerName: 'Wang Fang', customerPhone: '139' }, agent)
    expect(job.in('conversation')).toBe(true)
  })

  test('GN-09: which of the six entries are mandatory is a setting; what is known already counts', () => {
    const { settings = {} } = phoneCall.meta
    const { mandatoryCustomerFile } = settings
    if (mandatoryCustomerFile === undefined) throw new Error('no setting mandatoryCustomerFile')
    const six = {
      customerName: 'Wang Fang',
      customerAddress: '5 Lake Road',
      customerPhone: '139',
      customerEmail: 'wang@example.com',
      customerPostcode: '310000',
      customerContact: 'Li Na',
    }
    const strict = {
      ...phoneCall,
      meta: {
        ...phoneCall.meta,
        settings: {
          ...settings,
          mandatoryCustomerFile: { ...mandatoryCustomerFile, value: Object.keys(six) },
        },
      },
    }
    const { customerContact, ...five } = six
    const job = rehearse(strict, { customerContact }, agent)
    job.send('answer', {}, agent)
    job.tickAll(agent)
    job.send('greeting.done', {}, agent)
    for (const missing of Object.keys(five)) {
      const rest = Object.fromEntries(Object.entries(five).filter(([name]) => name !== missing))
      expect(job.refused('customer.record', rest, agent).code).toBe('guard-false')
    }
    job.send('customer.record', five, agent)
    expect(job.fields).toMatchObject(six)
    job.replays()
  })

  test('GN-01: a call-back promised for the end of the week falls due in working time', () => {
    const friday = '2026-03-06T16:00:00+08:00'
    const job = promised('2026-03-06T17:50:00+08:00', { now: friday })
    expect(job.due('callBackSoon')).toBe('2026-03-06T09:35:00.000Z')
    expect(job.due('callBackLate')).toBe('2026-03-09T01:20:00.000Z')
    job.waitUntil('2026-03-09T09:19:59+08:00')
    expect(job.broken).toEqual([])
    job.waitUntil('2026-03-09T09:20:00+08:00')
    expect(job.broken).toEqual(['PC-07'])
    job.replays()
  })

  test('GN-01: the weekend and the night do not count for the desk; the mobile promises round the clock', () => {
    const atNight = promised('2026-03-02T23:00:00+08:00', { now: NIGHT }, duty)
    expect(atNight.in('callBack.roundTheClock')).toBe(true)
    expect(atNight.due('callBackLateOnDuty')).toBe('2026-03-02T15:30:00.000Z')
    for (const [now, route] of [
      ['2026-03-02T08:59:59+08:00', 'mobile'],
      ['2026-03-02T09:00:00+08:00', 'hotline'],
      ['2026-03-02T11:59:59+08:00', 'hotline'],
      ['2026-03-02T12:00:00+08:00', 'mobile'],
      ['2026-03-02T13:00:00+08:00', 'hotline'],
      ['2026-03-02T18:00:00+08:00', 'mobile'],
      ['2026-03-08T10:00:00+08:00', 'mobile'],
    ] as const)
      expect([now, call({}, { now }).fields.route]).toEqual([now, route])
  })

  test('GN-22: the history holds everything that was done: who, when, what, and what it changed', () => {
    const job = requested()
    job.do({ kind: 'note', text: 'Sounds upset' }, agent)
    job.do({ kind: 'attach', evidence: { kind: 'photo', file: 'b'.repeat(64) }, title: 'Screen' }, agent)
    job.do({ kind: 'correct', fields: { customerPhone: '138' }, reason: 'Misheard' }, agent)
    job.do({ kind: 'reportBreach', norm: 'PC-08', severity: 'major', note: 'Raised voice' }, dispatcher)
    job.send('outcome.solved', SOLVED, agent)
    job.tick('closingWords', agent)
    job.do({ kind: 'untick', item: 'closingWords' }, agent)
    job.tick('closingWords', agent)
    job.send('closing.done', {}, agent)
    job.send('caller.hungUp', {}, agent)
    job.do({ kind: 'rate', score: 5, comment: 'Quick' }, as('customer'))

    expect(job.history.map((entry) => entry.seq)).toEqual(job.history.map((_, index) => index + 1))
    expect(trace(job).slice(-11)).toEqual([
      'note (hotline-agent) -> talking.speaking.conversation',
      'attach (hotline-agent) -> talking.speaking.conversation',
      'correct (hotline-agent) -> talking.speaking.conversation',
      'reportBreach (dispatcher) -> talking.speaking.conversation !PC-08',
      'outcome.solved (hotline-agent) -> closing',
      'v closingWords (hotline-agent)',
      'untick (hotline-agent) -> closing',
      'v closingWords (hotline-agent)',
      'closing.done (hotline-agent) -> awaitingHangUp',
      'caller.hungUp (hotline-agent) -> ended',
      'rate (customer) -> ended',
    ])
    const corrected = job.history.find((entry) => entry.command.kind === 'correct')
    expect(corrected).toMatchObject({
      actor: { id: agent.id },
      at: '2026-03-02T02:00:00.000Z',
      command: { reason: 'Misheard' },
      changed: { customerPhone: { from: CUSTOMER.customerPhone, to: '138' } },
    })
    expect(job.history.find((entry) => entry.command.kind === 'untick')?.ticks).toEqual({
      closingWords: false,
    })
    job.replays()
  })
})
