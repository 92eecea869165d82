import { describe, expect, test } from 'vitest'
import { fault } from '../../../machines/processes/fault/process.ts'
import { attempt } from '../attempt.ts'
import { as, MONDAY_10, type Rehearsal, rehearse, startRefused, type World } from '../kit.ts'
import { trace } from '../trace.ts'

const engineer = as('engineer')
const dispatcher = as('dispatcher')
const REPAIR = { recovery: 'Failed over, disk replaced, rebuilt', place: 'Room 3', raisedBy: 'Li Na' }
const REPORT = { kind: 'hardware', cause: 'Worn disk', method: 'Disk replaced', loss: 'None' }

const raised = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal =>
  rehearse(fault, { description: 'Mail is down', startedAt: MONDAY_10, ...fields }, engineer, world)
const repairing = (): Rehearsal => {
  const job = raised()
  job.send('fault.take', {}, engineer)
  job.send('diagnosis.record', { diagnosis: 'A disk has failed' }, engineer)
  return job
}
const verifying = (): Rehearsal => {
  const job = repairing()
  job.tick('dataProtected', engineer)
  job.send('repair.done', REPAIR, engineer)
  return job
}
const reporting = (): Rehearsal => {
  const job = verifying()
  job.send('verify.passed', {}, engineer)
  return job
}
const explaining = (): Rehearsal => {
  const job = reporting()
  job.send('report.submit', REPORT, engineer)
  return job
}
const stuck = (): Rehearsal => {
  const job = repairing()
  job.send('repair.stuck', { obstacle: 'No spare disk before tomorrow' }, engineer)
  return job
}

describe('fault', () => {
  test('raised, diagnosed, repaired, verified, reported, explained', () => {
    const job = verifying()
    job.send('verify.failed', { diagnosis: 'The controller too' }, engineer)
    job.send('repair.done', REPAIR, engineer)
    job.wait('PT2H')
    job.send('verify.passed', {}, engineer)
    job.send('report.submit', REPORT, engineer)
    job.tick('causeExplained', engineer, { kind: 'text', text: 'Explained to Li Na' })
    job.send('fault.close', { prevention: 'Disks are replaced after four years' }, engineer)
    expect(trace(job)).toEqual([
      'start (engineer) -> open.repair.raised + open.plan.watching',
      'fault.take (engineer) -> open.repair.diagnosing + open.plan.watching',
      'diagnosis.record (engineer) -> open.repair.repairing + open.plan.watching',
      'v dataProtected (engineer)',
      'repair.done (engineer) -> open.repair.verifying + open.plan.watching',
      'verify.failed (engineer) -> open.repair.repairing + open.plan.watching',
      'repair.done (engineer) -> open.repair.verifying + open.plan.watching',
      'verify.passed (engineer) -> reporting',
      'report.submit (engineer) -> explaining',
      'v causeExplained (engineer)',
      'fault.close (engineer) -> closed',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    expect(job.fields).toMatchObject({ ...REPORT, restoredAt: '2026-03-02T04:00:00.000Z' })
    job.replays()
  })

  test('a dispatcher cancels from every state, with a reason; nobody else does', () => {
    for (const job of [raised(), repairing(), stuck(), verifying(), reporting(), explaining()]) {
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      expect(job.refused('cancel', { reason: 'False alarm' }, engineer).code).toBe('role-missing')
      job.send('cancel', { reason: 'False alarm' }, dispatcher)
      expect(job.status).toBe('cancelled')
    }
  })

  test('OR-16: a fault is reported upwards as it is raised, and can be again from every state', () => {
    const job = raised()
    expect(job.history[0]?.effects).toContainEqual(
      expect.objectContaining({
        type: 'notify',
        norm: 'OR-16',
        to: [{ role: 'dispatcher' }, { role: 'process-owner' }],
      }),
    )
    for (const at of [raised(), repairing(), stuck(), verifying(), reporting(), explaining()]) {
      const before = at.active
      expect(at.refused('escalate', {}, engineer).code).toBe('payload-invalid')
      at.send('escalate', { what: 'Patients are affected' }, engineer)
      expect(at.active).toEqual(before)
      expect(at.messages.at(-1)).toMatchObject({ type: 'notify', norm: 'OR-16' })
    }
  })

  test('OR-17: down for 12 hours owes an emergency plan; none by 16 hours is a breach', () => {
    const job = repairing()
    job.wait('PT11H59M59S')
    expect(job.in('open.plan.watching')).toBe(true)
    job.wait('PT1S')
    expect(job.in('open.plan.owed')).toBe(true)
    expect(job.messages.at(-1)).toMatchObject({ type: 'remind', norm: 'OR-17' })
    job.wait('PT3H59M59S')
    expect(job.broken).toEqual([])
    job.wait('PT1S')
    expect(job.broken).toEqual(['OR-17'])
    job.send('plan.submit', { plan: 'Move mail to the second site' }, engineer)
    expect(job.met).not.toContain('OR-17')
    job.replays()
  })

  test('OR-17: a plan in time, a repair in time, or a system that is not down breaks nothing', () => {
    const planned = repairing()
    planned.wait('PT13H')
    planned.send('plan.submit', { plan: 'Move mail to the second site' }, engineer)
    planned.wait('P3D')
    expect(planned.broken).toEqual([])
    expect(planned.met).toContain('OR-17')

    const repaired = verifying()
    repaired.wait('PT13H')
    repaired.send('verify.passed', {}, engineer)
    repaired.wait('PT23H')
    expect(repaired.broken).toEqual([])

    const slow = raised({ systemDown: false })
    slow.wait('P2D')
    expect(slow.in('open.plan.watching')).toBe(true)
    expect(slow.broken).toEqual([])
  })

  test("OR-17: the hours count from the fault's start, also where it is raised or goes down later", () => {
    const late = raised({}, { now: '2026-03-02T23:30:00+08:00' })
    expect(late.in('open.plan.owed')).toBe(true)
    late.wait('PT2H30M')
    expect(late.broken).toEqual(['OR-17'])

    const worse = raised({ systemDown: false })
    worse.wait('PT14H')
    worse.send('system.state', { down: true }, engineer)
    expect(worse.in('open.plan.owed')).toBe(true)
    worse.send('system.state', { down: false }, engineer)
    expect(worse.in('open.plan.watching')).toBe(true)
    worse.send('system.state', { down: true }, engineer)
    worse.wait('PT2H')
    expect(worse.broken).toEqual(['OR-17'])

    const corrected = raised()
    corrected.do(
      { kind: 'correct', fields: { startedAt: '2026-03-02T08:00:00+08:00' }, reason: 'It began at eight' },
      dispatcher,
    )
    corrected.wait('PT10H')
    expect(corrected.in('open.plan.owed')).toBe(true)
    corrected.replays()
  })

  test('OR-18: the report is owed within 24 hours of the repair', () => {
    const late = reporting()
    late.wait('PT23H59M59S')
    expect(late.broken).toEqual([])
    late.wait('PT1S')
    expect(late.broken).toEqual(['OR-18'])
    late.send('report.submit', REPORT, engineer)
    expect(late.met).not.toContain('OR-18')

    const inTime = reporting()
    inTime.wait('PT23H')
    inTime.send('report.submit', REPORT, engineer)
    inTime.wait('P2D')
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('OR-18')
  })

  test('OR-18: no report without kind, cause, method and loss, and no closing without a report', () => {
    const job = reporting()
    for (const missing of ['kind', 'cause', 'method', 'loss']) {
      const part = Object.fromEntries(Object.entries(REPORT).filter(([name]) => name !== missing))
      expect(job.refused('report.submit', part, engineer)).toMatchObject({
        code: 'payload-invalid',
        reasons: [{ pointer: expect.stringContaining(missing) }],
      })
    }
    expect(job.refused('fault.close', { prevention: 'None' }, engineer).code).toBe('not-allowed-here')
  })

  test('OR-20: copying passwords or business data can be reported, and OR-19 where data was not protected', () => {
    const job = repairing()
    job.do({ kind: 'reportBreach', norm: 'OR-20', severity: 'critical' }, dispatcher)
    job.do({ kind: 'reportBreach', norm: 'OR-19', severity: 'major' }, dispatcher)
    expect(job.broken).toEqual(['OR-20', 'OR-19'])
    expect(
      job.refusedCommand({ kind: 'reportBreach', norm: 'PC-12', severity: 'minor' }, dispatcher).code,
    ).toBe('norm-not-reportable')
  })

  test('OR-19: nothing counts as repaired before data is protected', () => {
    const job = repairing()
    expect(job.refused('repair.done', REPAIR, engineer).code).toBe('checklist-open')
    job.tick('dataProtected', engineer)
    job.send('repair.done', REPAIR, engineer)
    expect(job.in('verifying')).toBe(true)
  })

  test('OR-21: what cannot be solved now is reported, told to the user, and goes on another way', () => {
    const job = stuck()
    expect(job.messages.at(-1)).toMatchObject({ type: 'notify', norm: 'OR-21' })
    const payloads: Record<string, Record<string, unknown>> = {
      'repair.otherWay': { otherWay: 'Borrow a disk from the depot' },
      'repair.done': REPAIR,
      'diagnosis.record': { diagnosis: 'As before' },
      'fault.assign': { engineer: 'engineer-2' },
      'plan.submit': { plan: 'Second site' },
      'report.submit': REPORT,
      'fault.close': { prevention: 'None' },
      'verify.failed': { diagnosis: 'As before' },
      'system.state': { down: false },
      'repair.stuck': { obstacle: 'Still' },
      escalate: { what: 'Still' },
    }
    for (const type of Object.keys(fault.schemas.events).filter((each) => each !== 'cancel'))
      for (const actor of [engineer, dispatcher]) {
        attempt(job, type, payloads[type] ?? {}, actor)
        expect(job.in('open.repair.stuck')).toBe(true)
      }
    const otherWay = { otherWay: 'Borrow a disk from the depot' }
    expect(job.refused('repair.otherWay', otherWay, engineer).code).toBe('checklist-open')
    expect(job.refusedCommand({ kind: 'tick', item: 'userTold' }, engineer).code).toBe('evidence-missing')
    job.tick('userTold', engineer, { kind: 'text', text: 'Told Li Na: tomorrow at nine' })
    expect(job.refused('repair.otherWay', {}, engineer).code).toBe('payload-invalid')
    job.send('repair.otherWay', otherWay, engineer)
    expect(job.in('open.repair.repairing')).toBe(true)
    job.send('repair.stuck', { obstacle: 'It does not fit' }, engineer)
    expect(job.open()).toContain('userTold')
    job.replays()
  })

  test('OR-22: time, place, who raised it and description are on record; cause and prevention are explained', () => {
    expect(startRefused(fault, { startedAt: MONDAY_10 }, engineer).code).toBe('fields-invalid')
    expect(startRefused(fault, { description: 'Mail is down' }, engineer).code).toBe('fields-invalid')
    const job = repairing()
    job.tick('dataProtected', engineer)
    expect(job.refused('repair.done', { recovery: 'Rebuilt', place: 'Room 3' }, engineer).code).toBe(
      'payload-invalid',
    )
    expect(job.refused('repair.done', { recovery: 'Rebuilt', raisedBy: 'Li Na' }, engineer).code).toBe(
      'payload-invalid',
    )
    const end = explaining()
    expect(end.refused('fault.close', { prevention: 'None' }, engineer).code).toBe('checklist-open')
    end.tickAll(engineer)
    expect(end.refused('fault.close', {}, engineer).code).toBe('payload-invalid')
    end.send('fault.close', { prevention: 'Replace in time' }, engineer)
    expect(end.status).toBe('done')
  })

  test('OR-27: a repair without its recovery written down is not taken', () => {
    const job = repairing()
    job.tick('dataProtected', engineer)
    expect(job.refused('repair.done', { place: 'Room 3', raisedBy: 'Li Na' }, engineer).code).toBe(
      'payload-invalid',
    )
    expect(job.refused('repair.done', { ...REPAIR, recovery: '' }, engineer).code).toBe('payload-invalid')
    job.send('repair.done', REPAIR, engineer)
    expect(job.fields.recovery).toBe(REPAIR.recovery)
  })

  test('GN-17: an engineer whose training has lapsed can be assigned, and the dispatcher is told', () => {
    const training = { kind: 'product-training', validFrom: '2025-01-01T00:00:00.000Z' }
    const people = {
      trained: [{ ...training, validUntil: '2026-12-31T00:00:00.000Z' }],
      lapsed: [{ ...training, validUntil: '2026-01-01T00:00:00.000Z' }],
    }
    const job = raised({}, { people })
    job.send('fault.assign', { engineer: 'trained' }, dispatcher)
    expect(job.messages.filter((message) => message.norm === 'GN-17')).toEqual([])
    job.send('fault.assign', { engineer: 'lapsed' }, dispatcher)
    expect(job.fields.engineer).toBe('lapsed')
    expect(job.messages.filter((message) => message.norm === 'GN-17')).toHaveLength(1)
    const stranger = raised({}, { people })
    stranger.send('fault.assign', { engineer: 'nobody' }, dispatcher)
    expect(stranger.in('open.repair.diagnosing')).toBe(true)
    expect(stranger.messages.filter((message) => message.norm === 'GN-17')).toHaveLength(1)
    stranger.replays()
  })
})
