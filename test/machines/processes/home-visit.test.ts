import { describe, expect, test } from 'vitest'
import { depotRepair } from '../../../machines/processes/depot-repair/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { as, type Rehearsal, startRefused } from '../kit.ts'
import { trace } from '../trace.ts'
import { depotStub, permitStub } from './home-visit-links.ts'
import * as step from './home-visit-steps.ts'

const { dispatcher, engineer, customer } = step
const safetyOfficer = as('safety-officer')
const frontDesk = as('front-desk')

/** What happened and where the work stood, without ticks and side regions. */
const story = (job: Rehearsal): string[] =>
  trace(job)
    .filter((line) => !line.startsWith('v '))
    .map((line) =>
      line
        .replace(/onSite\.visit\.(service\.)?/g, '')
        .replace(' + onSite.telephone.silent', '')
        .replace(/beforeVisit\.(arrangement|preparation)\./g, '')
        .replace(/ \+ beforeVisit\.punctuality\.\w+/, ''),
    )

describe('home-visit', () => {
  test('from the booking to the result: a part replaced under warranty', () => {
    const job = step.replacePart(step.repairing())
    step.close(step.verify(step.mend(job)))
    expect(story(job)).toEqual([
      'start (dispatcher) -> booked.routed + waiting',
      'assign (dispatcher) -> assigned.toContact + parts',
      'call.start (engineer) -> contacting + parts',
      'time.agreed (engineer) -> fixed + parts',
      'parts.none-needed (engineer) -> fixed + ready',
      'order.release (dispatcher) -> fixed + preparing',
      'set.out (engineer) -> fixed + travelling',
      'arrive (engineer) -> arrival',
      'visit.begin (engineer) -> assessing',
      'fault.diagnosed (engineer) -> solution.explaining',
      'explanation.done (engineer) -> solution.free',
      'remedy.choose (engineer) -> solution.signing',
      'solution.sign (customer) -> repairing.choosing',
      'hardware.begin (engineer) -> repairing.hardware.opening',
      'case.open (engineer) -> repairing.hardware.opened',
      'part.replace (engineer) -> repairing.hardware.opened',
      'case.close (engineer) -> repairing.choosing',
      'repair.done (engineer) -> finishing.tuning',
      'system.tuned (engineer) -> finishing.verifying',
      'verification.pass (engineer) -> finishing.explainingWork',
      'work.explained (engineer) -> closing.tidying',
      'place.tidied (engineer) -> closing.reporting',
      'report.fill (engineer) -> closing.accepting',
      'acceptance.sign (customer) -> closing.farewell',
      'farewell.said (engineer) -> reportingBack',
      'result.report-back (engineer) -> completed',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    expect(job.met).toEqual(expect.arrayContaining(['HV-02', 'HV-10', 'HV-11']))
    expect(job.fields).toMatchObject({
      serviceCentre: 'east',
      outcome: 'solved',
      free: true,
      visits: 1,
      partsReplaced: [{ ...step.PART, at: '2026-03-02T02:00:00.000Z' }],
    })
    job.replays()
  })

  test('a charged repair is quoted, accepted, signed and paid', () => {
    const job = step.explain(step.diagnose(step.assessing(), step.DIAGNOSED_CHARGED))
    job.send('quote.give', step.QUOTE, engineer)
    job.send('quote.accept', {}, customer)
    step.report(step.tidy(step.verify(step.mend(step.sign(job)))), { bill: 300 })
    step.accept(job)
    expect(job.in('closing.settling')).toBe(true)
    job.refused('payment.record', { amount: 200, method: 'cash' }, engineer)
    job.send('payment.record', { amount: 300, method: 'mobile' }, engineer)
    step.reportBack(step.leave(job))
    expect(job.active).toEqual(['completed'])
    expect(job.fields).toMatchObject({ free: false, bill: 300, paid: 300 })
  })

  test('no trouble found, out of scope, declined and returned are ends of their own', () => {
    const found = step.assessing()
    found.tickAll(engineer)
    found.send('no-trouble.found', { findings: 'Plug was loose', ...step.ASSESSED }, engineer)
    found.tickAll(engineer)
    found.send('explanation.done', {}, engineer)
    expect(step.close(found).active).toEqual(['noTroubleFound'])

    const outside = step.assessing()
    outside.tickAll(engineer)
    outside.send('out-of-scope.found', { reason: 'Another maker', ...step.ASSESSED }, engineer)
    outside.tickAll(engineer)
    outside.send('advice.give', { advice: 'Ask the maker' }, engineer)
    step.reportBack(step.leave(step.report(step.tidy(outside))))
    expect(outside.active).toEqual(['outOfScope'])

    const declined = step.explain(step.diagnose(step.assessing(), step.DIAGNOSED_CHARGED))
    declined.send('quote.give', step.QUOTE, engineer)
    declined.send('quote.decline', { reason: 'Too dear' }, customer)
    step.reportBack(step.leave(step.report(step.tidy(declined))))
    expect(declined.active).toEqual(['declined'])

    const returned = step.explain(step.diagnose(step.assessing()))
    returned.send('remedy.choose', { remedy: 'return', plan: 'Money back' }, engineer)
    step.sign(returned)
    returned.tickAll(engineer)
    returned.send('machine.take-back', { receiptNumber: 'R-1' }, engineer)
    expect(step.close(returned).active).toEqual(['returned'])

    for (const job of [found, outside, declined, returned]) {
      expect(job.status).toBe('done')
      job.replays()
    }
  })

  test('a free exchange keeps both serial numbers and the data', () => {
    const job = step.explain(step.diagnose(step.assessing()))
    job.send('remedy.choose', { remedy: 'exchange', plan: 'New machine' }, engineer)
    step.sign(job)
    job.refused('repair.done', {}, engineer)
    job.refused('machine.exchange', step.PART, engineer)
    step.protectData(job, 'replace').send('disk.done', {}, engineer)
    job.send('machine.exchange', step.PART, engineer)
    expect(job.refused('exchange.done', {}, engineer).code).toBe('checklist-open')
    step.tickBoth(job).send('exchange.done', {}, engineer)
    job.tickAll(engineer)
    job.send('system.tuned', {}, engineer)
    expect(step.close(step.verify(job)).active).toEqual(['completed'])
    expect(job.fields).toMatchObject({ partsReplaced: [step.PART] })
  })

  test('a further visit is booked by the coordinator and goes on under the signed plan', () => {
    const job = step.stuck()
    const time = '2026-03-04T11:00:00+08:00'
    job.send('further.agree', { time, reason: 'Part on order' }, engineer)
    step.reportBack(step.leave(step.tidy(job)))
    expect(job.in('arrangement.rebooking')).toBe(true)
    job.send('rebook.confirm', {}, dispatcher)
    expect(job.fields.appointment).toBe('2026-03-04T03:00:00.000Z')
    step.enter(step.setOut(step.prepare(job)))
    expect(job.in('repairing.choosing')).toBe(true)
    expect(job.fields).toMatchObject({ visits: 2, dataProtected: false })
    step.close(step.verify(step.mend(job)))
    expect(job.active).toEqual(['completed'])
    job.replays()
  })

  test('taken to the depot, waited for, brought home', () => {
    const job = step.stuckIn({ processes: [depotStub] })
    job.send('takeaway.agree', { receiptNumber: 'R-7', machine: 'Desktop' }, engineer)
    const depot = job.linked('depot')
    expect(depot.fields).toMatchObject({
      customerName: 'Wang Fang',
      customerPhone: '010-5550101',
      problem: 'Power supply failed',
      serialNumber: 'SN-1',
      receiptNumber: 'R-7',
    })
    step.reportBack(step.leave(step.tidy(job)))
    expect(job.active).toEqual(['atDepot'])
    depot.send('finish', { outcome: 'repaired' }, frontDesk)
    expect(job.in('arrangement.again')).toBe(true)
    step.call(job)
    step.agree(job, { time: '2026-03-03T10:00:00+08:00' })
    expect(job.in('arrangement.rebooking')).toBe(true)
    job.send('rebook.confirm', {}, dispatcher)
    step.enter(step.setOut(step.prepare(job)))
    expect(job.in('service.handover')).toBe(true)
    job.tickAll(engineer)
    job.send('handover.repaired', {}, engineer)
    step.close(step.verify(job))
    expect(job.active).toEqual(['completed'])
    job.replays()
  })

  test('an unrepaired machine is handed back; the depot may end before the engineer is out of the house', () => {
    const job = step.stuckIn({ processes: [depotRepair] })
    job.send('takeaway.agree', { receiptNumber: 'R-7' }, engineer)
    job.linked('depot').send('cancel', { reason: 'Customer wants it back' }, dispatcher)
    expect(job.fields.depotOutcome).toBe('cancelled')
    step.reportBack(step.leave(step.tidy(job)))
    step.call(job)
    step.agree(job, { time: '2026-03-03T10:00:00+08:00' })
    job.send('rebook.confirm', {}, dispatcher)
    step.enter(step.setOut(step.prepare(job)))
    job.tickAll(engineer)
    job.refused('handover.repaired', {}, engineer)
    job.send('handover.unrepaired', { reason: 'Cancelled at the depot' }, engineer)
    expect(step.close(job).active).toEqual(['notRepaired'])
  })

  test('a construction site: no work without an open permit, and back to where it stood after a suspension', () => {
    const job = step.assessing({ constructionSite: true }, { processes: [permitStub] })
    expect(job.in('permit.waiting')).toBe(true)
    expect(step.reached(job, { steps: 3 })).not.toContain('onSite.visit.service.assessing')
    const permit = job.linked('permit')
    permit.send('open', {}, safetyOfficer)
    expect(job.refused('site.secured', {}, engineer).reasons.map(({ item }) => item)).toEqual([
      'warningSigns',
    ])
    job.tickAll(engineer)
    job.send('site.secured', {}, engineer)
    step.sign(step.chooseRepair(step.explain(step.diagnose(job))))
    job.send('hardware.begin', {}, engineer)
    permit.send('suspend', {}, safetyOfficer)
    expect(job.in('permit.waiting')).toBe(true)
    expect(job.can(engineer)).not.toContain('case.open')
    permit.send('open', {}, safetyOfficer)
    job.tickAll(engineer)
    job.send('site.secured', {}, engineer)
    expect(job.in('hardware.opening')).toBe(true)
    job.send('work.stop', {}, engineer)
    permit.send('close', {}, safetyOfficer)
    expect(job.in('permit.waiting')).toBe(true)
    job.send('permit.renew', {}, engineer)
    expect(job.linked('permit').id).not.toBe(permit.id)
    expect(job.fields.permitStatus).toBe('requested')
    job.refused('permit.renew', {}, engineer)
    job.do({ kind: 'linkEnded', job: permit.id, status: 'done', fields: {} }, step.system)
    expect(job.fields.permitStatus).toBe('requested')
    job.linked('permit').send('open', {}, safetyOfficer)
    job.tickAll(engineer)
    job.send('site.secured', {}, engineer)
    expect(job.in('repairing.choosing')).toBe(true)
    step.verify(step.mend(job))
    job.linked('permit').send('close', {}, safetyOfficer)
    expect(step.close(job).active).toEqual(['completed'])
    job.replays()
  })

  test('building work found during the visit suspends it, with the real permit asked for', () => {
    const job = step.assessing({}, { processes: [siteSafety] })
    job.send('construction.found', {}, engineer)
    expect(job.in('permit.waiting')).toBe(true)
    expect(job.linked('permit').fields).toMatchObject({ site: '12 Garden Road' })
    job.linked('permit').send('cancel', { reason: 'Not today' }, dispatcher)
    expect(job.fields.permitStatus).toBe('closed')
    job.send('permit.renew', {}, engineer)
    expect(job.job.links.filter(({ link }) => link === 'permit')).toHaveLength(2)
    expect(job.refused('further.agree', { time: '2026-03-04T11:00:00+08:00' }, engineer).code).toBe(
      'not-allowed-here',
    )
    job.send('spot.unrepairable', { reason: 'No permit today' }, engineer)
    job.tickAll(customer)
    job.send('further.agree', { time: '2026-03-04T11:00:00+08:00' }, engineer)
    step.reportBack(step.leave(step.tidy(job)))
    expect(job.in('arrangement.rebooking')).toBe(true)
  })

  test('nobody at home: a new time is agreed, everything else stays', () => {
    const job = step.travelling()
    job.send('arrive', {}, engineer)
    job.send('nobody.present', { note: 'Rang twice, card left' }, engineer)
    expect(job.in('arrangement.again')).toBe(true)
    step.call(job)
    expect(job.can(engineer)).toContain('customer.unreachable')
    job.send('customer.unreachable', {}, engineer)
    expect(job.in('arrangement.again')).toBe(true)
  })

  test('another engineer starts with the customer and the parts; another region with its own centre', () => {
    const job = step.prepare(step.fixed())
    job.send('reassign', { engineer: 'li-na', reason: 'Ill' }, dispatcher)
    expect(job.in('assigned.toContact') && job.in('preparation.parts')).toBe(true)
    expect(job.fields.engineer).toBe('li-na')
    job.send('transfer', { region: 'west', reason: 'Moved house' }, dispatcher)
    expect(job.in('booked.routed') && job.in('preparation.waiting')).toBe(true)
    expect(job.fields).toMatchObject({ serviceCentre: 'west', region: 'west' })
    expect(job.fields.engineer).toBeUndefined()
    job.replays()
  })

  test('a dispatcher cancels from every state, with a reason; nobody else does', () => {
    const jobs = [
      step.book(),
      step.assign(step.book()),
      step.call(step.assign(step.book())),
      step.fixed(),
      step.prepare(step.fixed()),
      step.travelling(),
      step.assessing(),
      step.signing(),
      step.repairing(),
      step.stuck(),
      step.verifying(),
      step.tidying(),
      step.accepting(),
      step.farewell(),
      step.reportingBack(),
    ]
    for (const job of jobs) {
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      expect(job.refused('cancel', { reason: 'No longer wanted' }, engineer).code).toBe('role-missing')
      job.send('cancel', { reason: 'No longer wanted' }, dispatcher)
      expect(job.status).toBe('cancelled')
      expect(job.fields.cancelReason).toBe('No longer wanted')
      expect(job.broken).toEqual([])
    }
  })

  test('no consent and no permit can be brought along by whoever starts the job', () => {
    const job = step.book({ solutionSigned: true, dataProtected: true, permitStatus: 'open', free: true })
    expect(job.fields).toMatchObject({
      solutionSigned: false,
      dataProtected: false,
      permitStatus: 'none',
      free: false,
    })
  })

  test('HV-01: time, kind of problem and severity are told when booking', () => {
    for (const name of ['timeWanted', 'problem', 'problemKind', 'severity']) {
      const { [name]: _left, ...rest }: Record<string, unknown> = step.BOOKING
      expect(startRefused(homeVisit, rest, dispatcher).code).toBe('fields-invalid')
    }
  })
})
