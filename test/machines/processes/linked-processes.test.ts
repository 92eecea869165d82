/**
 * The seven shipped processes driven together: what one hands over is what the next one takes, and what the next one
 * says is what the first one hears.
 */
import { describe, expect, test } from 'vitest'
import type { Action, Definition } from '../../../machines/definition/schema.ts'
import { customerFile, customerReferences } from '../../../machines/processes/customer-file.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'
import { as, type Rehearsal, rehearse, type World } from '../kit.ts'
import { trace } from '../trace.ts'
import * as step from './home-visit-steps.ts'
import { at, begin, workDay } from './residency-steps.ts'
import { held } from './siege.ts'

const { customer, dispatcher, engineer } = step
const agent = as('hotline-agent')
const desk = as('front-desk')
const stock = as('stock-keeper')
const officer = as('safety-officer')
const quality = as('auditor')
/** The visit's engineer, with what a site asks of him. */
const onTheSite = as('engineer', ['safety-training', 'work-at-height'])

const TRAINED = held('product-training', 'safety-training', 'work-at-height')
const worldWithout = ({ id }: Definition): World => ({
  processes: SHIPPED.filter((each) => each.id !== id),
  people: { [engineer.id]: TRAINED },
})
const visitWorld = worldWithout(homeVisit)

const replayAll = (...jobs: Rehearsal[]): void => {
  for (const job of jobs) job.replays()
}

/* ------------------------------------------------------------------ calls */

const CALLER = {
  customerName: 'Wang Fang',
  customerAddress: '12 Garden Road',
  customerPhone: '010-5550101',
  customerEmail: 'wang@example.cn',
  customerPostcode: '100000',
  customerContact: 'Wang Lei',
  region: 'east',
  orderNumber: 'O-42',
  serialNumber: 'SN-1',
}
const REQUEST = { problem: 'The computer does not start', problemKind: 'hardware', severity: 'high' }

/** On the line, with file and request on record. */
function onTheLine(): Rehearsal {
  const call = rehearse(phoneCall, { callerNumber: '010-5550101' }, agent, worldWithout(phoneCall))
  call.send('answer', { badge: 'H-021' }, agent)
  call.tickAll(agent)
  call.send('greeting.done', {}, agent)
  call.send('customer.record', CALLER, agent)
  call.send('request.record', REQUEST, agent)
  return call
}
function hangUp(call: Rehearsal): void {
  call.tickAll(agent)
  call.send('closing.done', {}, agent)
  call.send('caller.hungUp', {}, agent)
  expect(call.active).toEqual(['ended'])
  expect(call.broken).toEqual([])
}

/* ------------------------------------------------------------------ depot */

const RECEIVED = {
  machine: 'Desktop, grey',
  accessories: 'Power cord',
  configuration: '16 GB, 512 GB',
  damage: 'None',
  diskWork: false,
}
const DEPOT_QUOTE = { warranty: true, charge: 0, repairBy: '2026-03-05T17:00:00+08:00' }

function depotInspects(depot: Rehearsal): void {
  depot.tickAll(desk)
  depot.send('machine.receive', RECEIVED, desk)
  depot.tickAll(desk)
  depot.send('repair.register', { inspectionBy: '2026-03-03T12:00:00+08:00' }, desk)
  depot.send('engineer.assign', { engineer: engineer.id }, dispatcher)
  depot.send('inspection.start', {}, engineer)
}
function depotRepairs(depot: Rehearsal): void {
  depotInspects(depot)
  depot.send('inspection.finish', { findings: 'Mainboard dead', result: 'repairable' }, engineer)
  depot.send('quote.explain', DEPOT_QUOTE, desk)
  depot.send('quote.accept', { by: 'Wang Fang', way: 'phone' }, desk)
  depot.send('part.request', { part: 'BOARD-1' }, engineer)
  depot.send('part.book', { part: 'BOARD-1', stockCount: 4 }, stock)
  depot.tickAll(stock)
  depot.send('repair.open', {}, engineer)
  depot.tickAll(engineer)
  depot.send('work.start', {}, engineer)
  const fitted = { replaced: 'Mainboard', oldSerial: 'MB-1', newSerial: 'MB-2', stockCount: 4 }
  depot.send('part.fit', { part: 'BOARD-1', ...fitted }, engineer)
  depot.send('work.finish', { workDone: 'Mainboard replaced' }, engineer)
  depot.tickAll(engineer)
  depot.send('verification.pass', {}, engineer)
}
function depotHandsOut(depot: Rehearsal, receiptNumber: string): void {
  depot.tickAll(engineer)
  depot.send('repair.close', {}, engineer)
  depot.tickAll(engineer)
  depot.send('pickup.notify', { by: 'phone' }, desk)
  depot.send('customer.arrive', {}, desk)
  depot.tickAll(desk)
  depot.send('machine.collect', { receiptNumber, paid: 0 }, desk)
  depot.tickAll(desk)
  depot.send('customer.leave', {}, desk)
}
/** At the customer's, who has signed for the next step. */
const stuck = (): Rehearsal => step.stuckIn(visitWorld)
const takeAway = (visit: Rehearsal): Rehearsal => {
  visit.send('takeaway.agree', { receiptNumber: 'R-7', machine: 'Desktop' }, engineer)
  step.reportBack(step.leave(step.tidy(visit)))
  expect(visit.active).toEqual(['atDepot'])
  return visit.linked('depot')
}
/** The machine is back: a time is agreed, and somebody goes there with it. */
const bringHome = (visit: Rehearsal): Rehearsal => {
  expect(visit.in('arrangement.again')).toBe(true)
  step.agree(step.call(visit), { time: '2026-03-05T10:00:00+08:00' })
  visit.send('rebook.confirm', {}, dispatcher)
  step.enter(step.setOut(step.prepare(visit)))
  expect(visit.in('service.handover')).toBe(true)
  visit.tickAll(engineer)
  return visit
}

/* ------------------------------------------------------------------ site */

const openPermit = (permit: Rehearsal): void => {
  permit.tickAll(onTheSite)
  permit.send('training.show', {}, onTheSite)
  permit.tickAll(onTheSite)
  permit.send('drawings.finish', {}, onTheSite)
  permit.tickAll(onTheSite)
  permit.send('survey.finish', { survey: 'A scaffold at the east wall' }, onTheSite)
  permit.tickAll(onTheSite)
  permit.send('equipment.pass', {}, onTheSite)
  permit.tickAll(onTheSite)
  permit.send('height.permit', { worker: engineer.id }, officer)
  permit.tickAll(onTheSite)
  permit.send('work.start', {}, onTheSite)
}
const clearHazard = (permit: Rehearsal): void => {
  permit.tickAll(officer)
  permit.send('hazard.clear', { measures: 'Scaffold tied' }, officer)
  permit.tickAll(onTheSite)
  permit.send('work.resume', {}, onTheSite)
}
const secure = (visit: Rehearsal): void => {
  visit.tickAll(engineer)
  visit.send('site.secured', {}, engineer)
}
const SITE = { constructionSite: true, workKinds: ['height'] }

describe('a phone call', () => {
  test('books a home visit, which knows what the caller said, and is worked to its end', () => {
    const call = onTheLine()
    const wanted = { timeWanted: step.WANTED, distanceBand: 'middle', result: 'Somebody comes at three' }
    call.send('outcome.visit', wanted, agent)
    const visit = call.linked('visit')
    expect(visit.job).toMatchObject({
      process: 'home-visit',
      links: [{ link: 'parent', job: call.id, process: 'phone-call' }],
    })
    expect(visit.fields).toMatchObject({
      ...CALLER,
      ...REQUEST,
      distanceBand: 'middle',
      timeWanted: step.PROMISED,
      appointment: step.PROMISED,
      serviceCentre: 'east',
    })
    expect(visit.due('arriveBy')).toBe('2026-03-04T02:00:00.000Z')
    hangUp(call)

    step.enter(step.setOut(step.prepare(step.agree(step.call(step.assign(visit))))))
    step.explain(step.diagnose(visit, { ...step.FAULT, purchaseDate: '2025-06-01' }))
    step.mend(step.sign(step.chooseRepair(visit)))
    expect(step.close(step.verify(visit)).active).toEqual(['completed'])
    expect(visit.broken).toEqual([])
    expect(call.job.links).toMatchObject([{ link: 'visit', status: 'done' }])
    replayAll(call, visit)
  })

  test('opens a depot repair, a fault and a complaint, each with what the caller said', () => {
    const repairCall = onTheLine()
    repairCall.send('outcome.depot', { result: 'Brings it today', bringing: true }, agent)
    const repair = repairCall.linked('repair')
    expect(repair.fields).toMatchObject({ ...CALLER, ...REQUEST, broughtBy: 'customer' })

    const faultCall = onTheLine()
    const since = { startedAt: '2026-03-02T09:30:00+08:00', system: 'Mail' }
    faultCall.send('outcome.fault', since, agent)
    const fault = faultCall.linked('fault')
    expect(fault.fields).toMatchObject({
      ...CALLER,
      description: REQUEST.problem,
      problemKind: 'hardware',
      severity: 'high',
      system: 'Mail',
      startedAt: '2026-03-02T01:30:00.000Z',
    })

    const angryCall = onTheLine()
    angryCall.send('outcome.complaint', { text: 'Broken again', quality: true, aboutJob: 'visit-7' }, agent)
    const complaint = angryCall.linked('complaint')
    expect(complaint.fields).toMatchObject({
      ...CALLER,
      text: 'Broken again',
      quality: true,
      aboutJob: 'visit-7',
    })
    complaint.send('complaint.take', {}, desk)
    expect(complaint.in('open.qualityAnalysis')).toBe(true)

    for (const call of [repairCall, faultCall, angryCall]) hangUp(call)
    replayAll(repairCall, repair, faultCall, fault, angryCall, complaint)
  })
})

describe('a visit and the depot', () => {
  test('a machine taken away is repaired, comes home and is handed over', () => {
    const visit = stuck()
    const depot = takeAway(visit)
    expect(depot.fields).toMatchObject({
      customerName: 'Wang Fang',
      customerPhone: '010-5550101',
      customerAddress: '12 Garden Road',
      region: 'east',
      problem: step.FAULT.diagnosis,
      problemKind: 'hardware',
      severity: 'normal',
      serialNumber: 'SN-1',
      machine: 'Desktop',
      receiptNumber: 'R-7',
      broughtBy: 'engineer',
    })
    expect(depot.open()).not.toContain('deskWelcome')
    depotRepairs(depot)
    depotHandsOut(depot, 'R-7')
    // The old part is still out: the depot's job goes on, and the visit waits for its end.
    expect(depot.active).toEqual(['settling'])
    expect(visit.active).toEqual(['atDepot'])
    depot.send('part.return', { part: 'BOARD-1', what: 'replaced', stockCount: 4 }, stock)
    expect(depot.active).toEqual(['completed'])
    expect(visit.fields.depotOutcome).toBe('repaired')

    bringHome(visit).send('handover.repaired', {}, engineer)
    expect(step.close(step.verify(visit)).active).toEqual(['completed'])
    expect(visit.fields).toMatchObject({ visits: 2, outcome: 'solved' })
    expect(depot.broken).toEqual([])
    replayAll(visit, depot)
  })

  test.each([
    [
      'declined',
      'returned',
      'done',
      (depot: Rehearsal) => {
        depot.send('inspection.finish', { findings: 'Mainboard dead', result: 'repairable' }, engineer)
        depot.send('quote.explain', { ...DEPOT_QUOTE, warranty: false, charge: 900 }, desk)
        depot.send('quote.decline', { reason: 'Too dear' }, customer)
      },
    ],
    [
      'unrepairable',
      'unrepairable',
      'failed',
      (depot: Rehearsal) =>
        depot.send('inspection.finish', { findings: 'Burnt out', result: 'unrepairable' }, engineer),
    ],
  ] as const)('%s at the depot: handed back as it was, never as repaired', (outcome, end, status, decide) => {
    const visit = stuck()
    const depot = takeAway(visit)
    depotInspects(depot)
    decide(depot)
    depotHandsOut(depot, 'R-7')
    expect(depot.active).toEqual([end])
    expect(depot.status).toBe(status)
    expect(visit.job.links).toMatchObject([{ link: 'depot', status }])
    expect(visit.fields.depotOutcome).toBe(outcome)
    bringHome(visit)
    expect(visit.refused('handover.repaired', {}, engineer).code).toBe('guard-false')
    visit.send('handover.unrepaired', { reason: 'Not repaired at the depot' }, engineer)
    expect(step.close(visit).active).toEqual(['notRepaired'])
    replayAll(visit, depot)
  })

  test('no fault at the depot: verified at home all the same', () => {
    const visit = stuck()
    const depot = takeAway(visit)
    depotInspects(depot)
    depot.send('inspection.finish', { findings: 'Runs for hours', result: 'no-fault' }, engineer)
    depotHandsOut(depot, 'R-7')
    expect(visit.fields.depotOutcome).toBe('no-fault')
    bringHome(visit).send('handover.repaired', {}, engineer)
    expect(step.close(step.verify(visit)).active).toEqual(['completed'])
    replayAll(visit, depot)
  })
})

describe('a visit on a construction site', () => {
  test('waits for its permit, stands still while a hazard lasts, goes on where it stood, and outlives the permit', () => {
    const visit = step.assessing(SITE, visitWorld)
    expect(visit.in('permit.waiting')).toBe(true)
    const permit = visit.linked('permit')
    expect(permit.fields).toMatchObject({
      site: '12 Garden Road',
      title: step.BOOKING.problem,
      workKinds: ['height'],
      customerName: 'Wang Fang',
      region: 'east',
    })
    expect(visit.refused('site.secured', {}, engineer).code).toBe('not-allowed-here')
    openPermit(permit)
    expect(visit.fields.permitStatus).toBe('open')
    secure(visit)
    step.sign(step.chooseRepair(step.explain(step.diagnose(visit))))
    visit.send('hardware.begin', {}, engineer)

    permit.send('hazard.find', { what: 'The scaffold sways' }, customer)
    expect(permit.in('open.work.suspended')).toBe(true)
    expect(visit.fields.permitStatus).toBe('suspended')
    expect(visit.in('permit.waiting')).toBe(true)
    expect(visit.can(engineer)).not.toContain('case.open')
    expect(visit.refused('case.open', { powerButtonPresses: 3 }, engineer).code).toBe('not-allowed-here')
    clearHazard(permit)
    expect(visit.in('permit.securing')).toBe(true)
    secure(visit)
    expect(visit.in('hardware.opening')).toBe(true)
    visit.send('work.stop', {}, engineer)
    step.verify(step.mend(visit))
    expect(visit.in('closing.tidying')).toBe(true)

    permit.send('day.end', {}, onTheSite)
    permit.tickAll(onTheSite)
    permit.send('site.secure', {}, onTheSite)
    permit.send('work.complete', {}, officer)
    expect(permit.status).toBe('done')
    expect(visit.fields.permitStatus).toBe('closed')
    expect(step.close(visit).active).toEqual(['completed'])
    expect(trace(visit).filter((line) => line.startsWith('permit.'))).toEqual([
      'permit.opened (system) -> onSite.visit.permit.securing + onSite.telephone.silent',
      'permit.suspended (system) -> onSite.visit.permit.waiting + onSite.telephone.silent',
      'permit.opened (system) -> onSite.visit.permit.securing + onSite.telephone.silent',
      'permit.suspended (system) -> onSite.visit.service.closing.tidying + onSite.telephone.silent',
      'permit.closed (system) -> onSite.visit.service.closing.tidying + onSite.telephone.silent',
    ])
    replayAll(visit, permit)
  })

  test('a permit at rest for the night is opened again on the next day, for the same visit', () => {
    const visit = step.assessing(SITE, visitWorld)
    const permit = visit.linked('permit')
    openPermit(permit)
    secure(visit)
    permit.send('day.end', {}, onTheSite)
    permit.tickAll(onTheSite)
    permit.send('site.secure', {}, onTheSite)
    expect(visit.in('permit.waiting')).toBe(true)
    visit.send('spot.unrepairable', { reason: 'The site closes at five' }, engineer)
    visit.tickAll(customer)
    visit.send('further.agree', { time: '2026-03-03T10:00:00+08:00' }, engineer)
    step.reportBack(step.leave(step.tidy(visit)))
    visit.send('rebook.confirm', {}, dispatcher)
    visit.waitUntil('2026-03-03T09:30:00+08:00')
    step.enter(step.setOut(step.prepare(visit)))
    expect(visit.in('permit.waiting')).toBe(true)
    expect(visit.job.links.filter(({ link }) => link === 'permit')).toHaveLength(1)
    permit.send('day.start', {}, onTheSite)
    permit.tickAll(onTheSite)
    permit.send('equipment.pass', {}, onTheSite)
    permit.tickAll(onTheSite)
    permit.send('height.permit', { worker: engineer.id }, officer)
    permit.tickAll(onTheSite)
    permit.send('work.start', {}, onTheSite)
    secure(visit)
    expect(visit.in('service.assessing')).toBe(true)
    replayAll(visit, permit)
  })

  test('a permit revoked stops the work; another may be asked for', () => {
    const visit = step.assessing(SITE, visitWorld)
    const revoked = visit.linked('permit')
    openPermit(revoked)
    secure(visit)
    revoked.send('permit.revoke', { reason: 'No harness worn' }, officer)
    expect(revoked.status).toBe('failed')
    expect(visit.in('permit.waiting')).toBe(true)
    expect(visit.fields.permitStatus).toBe('closed')
    visit.send('permit.renew', {}, engineer)
    const another = visit.linked('permit')
    expect(another.id).not.toBe(revoked.id)
    openPermit(another)
    secure(visit)
    expect(visit.in('service.assessing')).toBe(true)
    replayAll(visit, revoked, another)
  })
})

describe('a complaint', () => {
  test('can be raised on a job of any process: the process that takes it is there', () => {
    const known = SHIPPED.map(({ id }) => id)
    for (const { meta } of SHIPPED) expect(known).toContain(meta.complaint ?? 'complaint')
  })

  test('about a visit is a job of its own, analysed, answered and accepted; the visit goes on', () => {
    const visit = step.assessing({}, visitWorld)
    const before = visit.active
    visit.do({ kind: 'complain', text: 'The third time it breaks', quality: true }, customer)
    expect(visit.active).toEqual(before)
    const complaint = visit.linked('complaint')
    expect(complaint.fields).toMatchObject({
      text: 'The third time it breaks',
      quality: true,
      aboutJob: visit.id,
      aboutProcess: 'home-visit',
      customerName: 'Wang Fang',
    })
    complaint.send('complaint.take', {}, desk)
    complaint.send('quality.analysed', { cause: 'Worn fan', correction: 'Fan changed' }, quality)
    const decision = { decision: 'upheld', decisionText: 'We replace it', remedy: 'New fan' }
    complaint.send('complaint.decide', decision, desk)
    complaint.send('answer.give', { channel: 'phone' }, desk)
    complaint.tickAll(desk)
    complaint.send('customer.accept', {}, customer)
    expect(complaint.status).toBe('done')
    expect(complaint.broken).toEqual([])
    expect(visit.job.links).toMatchObject([{ link: 'complaint', status: 'done' }])
    step.diagnose(visit)
    replayAll(visit, complaint)
  })
})

describe('a residency', () => {
  test('raises a fault, which is repaired, reported and explained; its end is counted', () => {
    const residency = begin({ region: 'east', customerPhone: '010-5550199' }, worldWithout(onSiteResidency))
    workDay(residency, '03-03')
    const raised = {
      description: 'Mail is down',
      startedAt: at('03-03', '17:50'),
      system: 'Mail',
      systemDown: true,
    }
    residency.send('fault.raise', raised, as('customer'))
    const fault = residency.linked('fault')
    expect(fault.fields).toMatchObject({
      description: 'Mail is down',
      system: 'Mail',
      systemDown: true,
      customerName: 'East Bank',
      customerPhone: '010-5550199',
      region: 'east',
      engineer: engineer.id,
    })
    fault.send('fault.take', {}, engineer)
    fault.send('diagnosis.record', { diagnosis: 'A disk has failed' }, engineer)
    fault.tickAll(engineer)
    const repaired = { recovery: 'Failed over, disk replaced', place: 'Room 3', raisedBy: 'Li Na' }
    fault.send('repair.done', repaired, engineer)
    fault.send('verify.passed', {}, engineer)
    expect(residency.fields.openFaults).toBe(1)
    const report = { kind: 'hardware', cause: 'Worn disk', method: 'Disk replaced', loss: 'None' }
    fault.send('report.submit', report, engineer)
    fault.tickAll(engineer)
    fault.send('fault.close', { prevention: 'Disks watched' }, engineer)
    expect(fault.status).toBe('done')
    expect(fault.broken).toEqual([])
    expect(residency.fields).toMatchObject({ openFaults: 0, lastFaultEnd: 'done' })
    expect(residency.in('faults.none')).toBe(true)
    replayAll(residency, fault)
  })
})

/* ------------------------------------------------------------------ what is handed over */

type Started = { from: string; to: string; fields: string[]; onEnd?: string }

/** Every `startJob` of every process, found by looking through its definition. */
function startedJobs(definition: Definition): Started[] {
  const found: Started[] = []
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) look(each)
    else if (typeof value === 'object' && value !== null) {
      if (isStartJob(value)) {
        const { process, fields = {}, onEnd } = value.params
        found.push({
          from: definition.id,
          to: process,
          fields: Object.keys(fields),
          ...(onEnd === undefined ? {} : { onEnd }),
        })
      } else for (const each of Object.values(value)) look(each)
    }
  }
  look(definition.states)
  look(definition.on)
  return found
}
const isStartJob = (value: object): value is Extract<Action, { type: 'startJob' }> =>
  'type' in value && value.type === 'startJob'

/** The customer file and the problem, which all processes call by the same names. */
const SHARED = [
  ...Object.keys({ ...customerFile, ...customerReferences }),
  'problemKind',
  'severity',
  'distanceBand',
]

describe('what one process hands to another', () => {
  const byId = new Map(SHIPPED.map((definition) => [definition.id, definition]))
  const links = SHIPPED.flatMap(startedJobs)

  test('all of them are found', () => {
    expect([...new Set(links.map(({ from, to }) => `${from} > ${to}`))].sort()).toEqual([
      'home-visit > depot-repair',
      'home-visit > site-safety',
      'on-site-residency > fault',
      'phone-call > complaint',
      'phone-call > depot-repair',
      'phone-call > fault',
      'phone-call > home-visit',
    ])
  })

  test.each(links.map((link) => [`${link.from} > ${link.to}`, link] as const))(
    '%s: everything that both know by the same name goes along, and what is required',
    (_name, { from, to, fields }) => {
      const shared = Object.entries(byId.get(from)?.schemas.context.properties ?? {})
        .filter(([, { meta }]) => meta?.locked !== true)
        .map(([name]) => name)
        .filter((name) => SHARED.includes(name))
      const taken = byId.get(to)?.schemas.context
      const known = Object.keys(taken?.properties ?? {})
      expect(fields).toEqual(expect.arrayContaining([...(taken?.required ?? [])]))
      expect(fields).toEqual(expect.arrayContaining(shared.filter((name) => known.includes(name))))
    },
  )

  test('nothing is wrong with any of the seven', () => {
    for (const definition of SHIPPED) expect(validate(definition, defaultContext(SHIPPED))).toEqual([])
  })
})
