import { describe, expect, test } from 'vitest'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'
import { type Rehearsal, startRefused } from '../kit.ts'
import { trace } from '../trace.ts'
import {
  arrange,
  at,
  atPost,
  begin,
  client,
  desk,
  dispatcher,
  engineer,
  HOURS,
  operation,
  workDay,
} from './residency-steps.ts'

const handingOver = (): Rehearsal => {
  const job = begin()
  job.send('residency.end', { reason: 'The contract is over' }, dispatcher)
  return job
}

describe('on-site-residency', () => {
  test('is sound: nothing to report, not even a warning', () => {
    expect(validate(onSiteResidency, defaultContext(SHIPPED))).toEqual([])
  })

  test('arranged, a day at the post with an operation, ended, handed over', () => {
    const job = begin().waitUntil(at('03-03', '08:52'))
    job.send('post.arrive', {}, engineer)
    operation('verifying', job.waitUntil(at('03-03', '09:30')))
    job.tickAll(engineer)
    job.send('operation.verified', {}, engineer)
    job.waitUntil(at('03-03', '18:05'))
    job.send('post.leave', {}, engineer)
    job.send('residency.end', { reason: 'The contract is over' }, dispatcher)
    job.tickAll(engineer)
    job.send('handover.accept', { comments: 'Always in time' }, client)
    const plain = trace(job).map((line) =>
      line.replaceAll('onSite.', '').replace(' + visitors.none + inspections.resting + faults.none', ''),
    )
    expect(plain).toEqual([
      'start (dispatcher) -> arranging',
      'engineer.assign (dispatcher) -> arranging',
      'v clientRules (engineer)',
      'v secrecySigned (engineer)',
      'v scopeAgreed (engineer)',
      'residency.begin (dispatcher) -> attendance.off + leave.none + operations.idle',
      '~arrivalOpens -> attendance.expected + leave.none + operations.idle',
      '~arrivalNears -> attendance.expected + leave.none + operations.idle',
      'post.arrive (engineer) -> attendance.present.atPost + leave.none + operations.idle',
      'operation.request (engineer) -> attendance.present.atPost + leave.none + operations.preparing.planning',
      'plan.submit (engineer) -> attendance.present.atPost + leave.none + operations.preparing.backingUp',
      'v backupTaken (engineer)',
      'v backupReadable (engineer)',
      'backup.done (engineer) -> attendance.present.atPost + leave.none + operations.preparing.consenting',
      'operation.consent (customer) -> attendance.present.atPost + leave.none + operations.preparing.approved',
      'operation.start (engineer) -> attendance.present.atPost + leave.none + operations.underWay.executing',
      'operation.done (engineer) -> attendance.present.atPost + leave.none + operations.underWay.verifying',
      'v operationVerified (engineer)',
      'v serviceRuns (engineer)',
      'operation.verified (engineer) -> attendance.present.atPost + leave.none + operations.idle',
      '~dayEnds -> attendance.present.afterHours + leave.none + operations.idle',
      'post.leave (engineer) -> attendance.off + leave.none + operations.idle',
      'residency.end (dispatcher) -> handingOver',
      'v papersHandedOver (engineer)',
      'v accessReturned (engineer)',
      'v passwordsChanged (engineer)',
      'v deskCleared (engineer)',
      'handover.accept (customer) -> ended',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    expect(job.fields).toMatchObject({ operationsDone: 1, handoverComments: 'Always in time' })
    job.replays()
  })

  test('runs for months: every working day asks for the engineer, no other day does', () => {
    const job = begin()
    job.waitUntil(at('08-31', '23:00'))
    expect(job.broken.filter((norm) => norm === 'OR-03')).toHaveLength(130)
    expect(job.broken.filter((norm) => norm === 'OR-04')).toHaveLength(130)
    expect(job.fields.dayStartsAt).toBe('2026-09-01T01:00:00.000Z')
    expect(job.job.timers.filter((timer) => !timer.fired).length).toBeLessThan(5)
    expect(JSON.stringify(job.job.snapshot).length).toBeLessThan(5000)
    workDay(job, '09-01')
    expect(job.in('attendance.off')).toBe(true)
    expect(job.broken).toHaveLength(260)
    job.replays()
  })

  test('a dispatcher cancels from every state, with a reason; nobody else does', () => {
    const states = [
      arrange(),
      begin(),
      begin().waitUntil(at('03-03', '08:30')),
      atPost(),
      begin().waitUntil(at('03-03', '12:00')),
      atPost().waitUntil(at('03-03', '18:10')),
      ...(['planning', 'backingUp', 'consenting', 'approved'] as const).map((state) => operation(state)),
      ...(['executing', 'verifying', 'rollingBack'] as const).map((state) => operation(state)),
      handingOver(),
    ]
    for (const job of states) {
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      expect(job.refused('cancel', { reason: 'Contract cancelled' }, engineer).code).toBe('role-missing')
      job.send('cancel', { reason: 'Contract cancelled' }, dispatcher)
      expect(job.status).toBe('cancelled')
      job.replays()
    }
  })

  test('ends only with the engineer gone and nothing left open', () => {
    expect(startRefused(onSiteResidency, {}, dispatcher).code).toBe('fields-invalid')
    const end = (job: Rehearsal) => job.refused('residency.end', { reason: 'Over' }, dispatcher).code
    expect(end(atPost())).toBe('guard-false')
    const visited = begin()
    visited.send('visitor.announce', { visitorNames: 'Zhao Lei', visitorPurpose: 'Delivery' }, desk)
    expect(end(visited)).toBe('guard-false')
    const faulty = begin()
    const since = faulty.now.toISOString()
    faulty.send('fault.raise', { description: 'Mail is down', startedAt: since, systemDown: false }, client)
    expect(end(faulty)).toBe('guard-false')
    const planning = begin()
    operation('planning', planning)
    expect(end(planning)).toBe('guard-false')
    planning.send('operation.withdraw', {}, engineer)
    const job = planning
    job.send('residency.end', { reason: 'Over' }, dispatcher)
    expect(job.refused('handover.accept', {}, client).code).toBe('checklist-open')
    job.tickAll(engineer)
    expect(job.refused('handover.accept', {}, engineer).code).toBe('role-missing')
    job.send('handover.accept', {}, client)
    expect(job.status).toBe('done')
  })

  test('what a rule rests on is neither corrected by hand nor brought along at the start', () => {
    const stretch = [{ from: at('03-01', '00:00'), to: at('03-31', '00:00') }]
    const brought = {
      engineer: engineer.id,
      leaves: stretch,
      clientConsented: true,
      production: false,
      backupAt: at('03-02', '09:00'),
      visitorApprovedBy: engineer.id,
      dayStartsAt: at('03-30', '09:00'),
    }
    const job = arrange(brought)
    expect(job.fields).toMatchObject({ leaves: [], clientConsented: false })
    for (const name of ['engineer', 'production', 'backupAt', 'visitorApprovedBy', 'dayStartsAt'])
      expect(job.fields).not.toHaveProperty(name)
    const guarding = {
      ...brought,
      residencyLead: engineer.id,
      projectManager: engineer.id,
      leaveConfirmations: ['client'],
      leaveTo: at('03-31', '00:00'),
      daysOff: ['2026-03-03'],
      workdays: ['sunday'],
      operationScope: 'Everything',
      operationPlan: 'Just do it',
      operationTo: at('03-31', '00:00'),
      criticalPeriods: [],
      visitorNames: 'Someone else',
      openFaults: 0,
    }
    const running = operation('approved')
    for (const [name, value] of Object.entries(guarding))
      for (const actor of [engineer, dispatcher])
        expect(
          running.refusedCommand({ kind: 'correct', fields: { [name]: value }, reason: 'To get on' }, actor)
            .code,
        ).toBe('field-locked')
    running.do({ kind: 'correct', fields: { site: 'Floor 4' }, reason: 'They have moved' }, dispatcher)
    expect(running.fields.site).toBe('Floor 4')
  })

  test('GN-15: nobody begins at a client whose rules he has not acknowledged', () => {
    const job = arrange()
    expect(job.refused('residency.begin', HOURS, dispatcher).code).toBe('guard-false')
    job.send('engineer.assign', { engineer: engineer.id }, dispatcher)
    job.tickAll(engineer, ['clientRules'])
    expect(job.refused('residency.begin', HOURS, dispatcher)).toMatchObject({ code: 'checklist-open' })
    job.tick('clientRules', engineer)
    job.send('residency.begin', HOURS, dispatcher)
    expect(job.in('onSite')).toBe(true)
  })

  test('GN-17: a lapsed training is pointed out at the assignment', () => {
    const training = { kind: 'product-training', validFrom: '2025-01-01T00:00:00.000Z' }
    const people = {
      trained: [{ ...training, validUntil: '2026-12-31T00:00:00.000Z' }],
      lapsed: [{ ...training, validUntil: '2026-01-01T00:00:00.000Z' }],
    }
    const job = arrange({}, { people })
    job.send('engineer.assign', { engineer: 'trained' }, dispatcher)
    expect(job.messages.filter((message) => message.norm === 'GN-17')).toEqual([])
    job.send('engineer.assign', { engineer: 'lapsed' }, dispatcher)
    expect(job.messages.filter((message) => message.norm === 'GN-17')).toHaveLength(1)
  })
})
