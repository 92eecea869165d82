import { describe, expect, test } from 'vitest'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { attempt } from '../attempt.ts'
import { as, type Rehearsal, rehearse, startRefused } from '../kit.ts'
import { trace } from '../trace.ts'

const desk = as('front-desk')
const dispatcher = as('dispatcher')
const quality = as('auditor')
const customer = as('customer')
const engineer = as('engineer')
const everyone = [desk, dispatcher, quality, customer, engineer, as('process-owner'), as('hotline-agent')]

const DECISION = { decision: 'upheld', decisionText: 'The visit is repeated free of charge.' }

const raised = (fields: Record<string, unknown> = {}): Rehearsal =>
  rehearse(complaint, { text: 'The engineer came a day late.', ...fields }, desk)
const examined = (fields: Record<string, unknown> = {}): Rehearsal => {
  const job = raised(fields)
  job.send('complaint.take', {}, desk)
  return job
}
const answered = (): Rehearsal => {
  const job = examined()
  job.send('complaint.decide', DECISION, desk)
  job.send('answer.give', { channel: 'phone' }, desk)
  return job
}

describe('complaint', () => {
  test('recorded, examined, decided, answered, accepted', () => {
    const job = raised({ customerName: 'Wang Fang', aboutJob: 'visit-7' })
    job.send('complaint.take', {}, desk)
    job.send('finding.record', { finding: 'The van broke down; nobody called ahead.' }, desk)
    job.send('complaint.decide', { ...DECISION, remedy: 'Voucher' }, desk)
    job.send('answer.give', { channel: 'phone' }, desk)
    job.tick('satisfactionAsked', desk, { kind: 'text', text: 'Satisfied with the answer' })
    job.send('customer.accept', {}, customer)
    expect(trace(job)).toEqual([
      'start (front-desk) -> open.recorded',
      'complaint.take (front-desk) -> open.examining',
      'finding.record (front-desk) -> open.examining',
      'complaint.decide (front-desk) -> open.decided',
      'answer.give (front-desk) -> answered',
      'v satisfactionAsked (front-desk)',
      'customer.accept (customer) -> closed',
    ])
    expect(job.status).toBe('done')
    expect(job.fields).toMatchObject({ handler: 'front-desk-1', decision: 'upheld', remedy: 'Voucher' })
    job.replays()
  })

  test('an objection has it examined anew, on a fresh clock, with the old decision gone', () => {
    const job = answered()
    job.wait('PT20H')
    job.send('customer.object', { objection: 'That is no remedy.' }, customer)
    expect(job.in('open.examining')).toBe(true)
    expect(job.fields).toMatchObject({ objection: 'That is no remedy.', objections: 1 })
    expect(job.fields).not.toHaveProperty('decision')
    job.wait('PT23H')
    expect(job.broken).toEqual([])
    job.wait('PT1H')
    expect(job.broken).toEqual(['GN-07'])
    job.send('complaint.decide', { ...DECISION, remedy: 'Refund' }, desk)
    job.send('answer.give', { channel: 'letter' }, desk)
    job.tickAll(desk)
    job.send('customer.accept', {}, customer)
    expect(job.status).toBe('done')
    job.replays()
  })

  test('a customer who says nothing for a week has accepted', () => {
    const job = answered()
    job.wait('P6D')
    expect(job.status).toBe('active')
    job.wait('P1D')
    expect(job.status).toBe('done')
    expect(job.in('closed')).toBe(true)
    job.replays()
  })

  test('a dispatcher cancels from every state, with a reason; nobody else does', () => {
    const stages: Rehearsal[] = [raised(), examined(), examined({ quality: true }), answered()]
    const decided = examined()
    decided.send('complaint.decide', DECISION, desk)
    for (const job of [...stages, decided]) {
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      for (const other of [desk, customer, engineer])
        expect(job.refused('cancel', { reason: 'twice' }, other).code).toBe('role-missing')
      job.send('cancel', { reason: 'Recorded twice' }, dispatcher)
      expect(job.status).toBe('cancelled')
      expect(job.fields.cancelReason).toBe('Recorded twice')
    }
  })

  test('GN-05: only those in authority hand a complaint on, and say why; passing it on otherwise can be reported', () => {
    const job = examined()
    const handover = { handler: 'hotline-agent-1', reason: 'On leave from tomorrow' }
    for (const other of [desk, quality, customer, engineer])
      expect(job.refused('complaint.assign', handover, other).code).toBe('role-missing')
    expect(job.refused('complaint.assign', { handler: 'hotline-agent-1' }, dispatcher).code).toBe(
      'payload-invalid',
    )
    job.send('complaint.assign', handover, dispatcher)
    expect(job.fields).toMatchObject({ handler: 'hotline-agent-1', handoverReason: handover.reason })
    job.do({ kind: 'reportBreach', norm: 'GN-05', severity: 'major' }, dispatcher)
    expect(job.broken).toEqual(['GN-05'])
  })

  test('GN-07: a day without an answer is a breach, decided or not; an answer within it is none', () => {
    const late = examined()
    late.send('complaint.decide', DECISION, desk)
    late.wait('PT19H59M')
    expect(late.messages.filter((message) => message.type === 'remind')).toHaveLength(0)
    late.wait('PT1M')
    expect(late.messages.filter((message) => message.type === 'remind')).toHaveLength(1)
    late.wait('PT3H59M59S')
    expect(late.broken).toEqual([])
    late.wait('PT1S')
    expect(late.broken).toEqual(['GN-07'])
    expect(late.messages.at(-1)).toMatchObject({ type: 'notify', norm: 'GN-07' })
    late.send('answer.give', { channel: 'email' }, desk)
    expect(late.met).not.toContain('GN-07')

    const inTime = examined()
    inTime.wait('PT23H')
    inTime.send('complaint.decide', DECISION, desk)
    inTime.send('answer.give', { channel: 'phone' }, desk)
    inTime.wait('P2D')
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('GN-07')
  })

  test('GN-07: no complaint without its text, no answer without a clear decision', () => {
    expect(startRefused(complaint, {}, desk).code).toBe('fields-invalid')
    const job = examined()
    expect(job.refused('answer.give', { channel: 'phone' }, desk).code).toBe('not-allowed-here')
    for (const part of [
      {},
      { decision: 'upheld' },
      { decisionText: 'Sorry.' },
      { ...DECISION, decision: 'maybe' },
    ])
      expect(job.refused('complaint.decide', part, desk).code).toBe('payload-invalid')
    job.send('complaint.decide', DECISION, desk)
    job.send('answer.give', { channel: 'phone' }, desk)
    expect(job.in('answered')).toBe(true)
  })

  test('GN-08: what concerns quality is not decided before the quality department has analysed it', () => {
    const payloads: Record<string, Record<string, unknown>> = {
      'complaint.decide': DECISION,
      'complaint.assign': { handler: 'process-owner-1', reason: 'Try another' },
      'finding.record': { finding: 'A bad batch' },
      'answer.give': { channel: 'phone' },
      'quality.analysed': { cause: 'A bad batch', correction: 'Batch recalled' },
      'customer.object': { objection: 'No' },
    }
    for (const job of [raised({ quality: true }), examined({ quality: true })]) {
      const analysts = [quality.id, 'process-owner-1']
      for (let round = 0; round < 3; round++)
        for (const type of Object.keys(complaint.schemas.events).filter((each) => each !== 'cancel'))
          for (const actor of everyone) {
            if (type === 'quality.analysed' && analysts.includes(actor.id)) continue
            attempt(job, type, payloads[type] ?? {}, actor)
            expect(job.in('open.decided') || job.in('answered') || job.status !== 'active').toBe(false)
          }
      expect(job.in('open.qualityAnalysis')).toBe(true)
      expect(job.refused('complaint.decide', DECISION, desk).code).toBe('not-allowed-here')
      expect(job.refused('quality.analysed', payloads['quality.analysed'] ?? {}, desk).code).toBe(
        'role-missing',
      )
      job.send('quality.analysed', payloads['quality.analysed'] ?? {}, quality)
      job.send('complaint.decide', DECISION, desk)
      expect(job.in('open.decided')).toBe(true)
      expect(job.fields.qualityCorrection).toBe('Batch recalled')
      job.replays()
    }
  })

  test('GN-08: one about quality goes to the quality department as it is taken in hand', () => {
    const job = raised({ quality: true })
    job.send('complaint.take', {}, desk)
    expect(job.active).toEqual(['open.qualityAnalysis'])
    expect(job.messages.at(-1)).toMatchObject({ norm: 'GN-08' })
  })

  test('GN-08: a decision made before quality came up is not told, but made anew after the analysis', () => {
    const job = examined()
    job.send('complaint.decide', DECISION, desk)
    job.send('quality.refer', {}, desk)
    expect(job.in('open.qualityAnalysis')).toBe(true)
    expect(job.refused('answer.give', { channel: 'phone' }, desk).code).toBe('not-allowed-here')
    for (const fields of [{ quality: false }, { qualityCause: 'None' }])
      expect(job.refusedCommand({ kind: 'correct', fields, reason: 'To get on' }, dispatcher).code).toBe(
        'field-locked',
      )
    job.send('quality.analysed', { cause: 'Worn bearing', correction: 'Supplier changed' }, quality)
    expect(job.refused('answer.give', { channel: 'phone' }, desk).code).toBe('not-allowed-here')
    job.send('complaint.decide', DECISION, desk)
    job.send('answer.give', { channel: 'phone' }, desk)
    expect(job.in('answered')).toBe(true)
    job.replays()
  })

  test('GN-08: a quality problem that shows on examination is referred, and the department is told', () => {
    const job = examined()
    job.send('quality.refer', {}, desk)
    expect(job.in('open.qualityAnalysis')).toBe(true)
    expect(job.messages.at(-1)).toMatchObject({ norm: 'GN-08' })
    job.send('quality.analysed', { cause: 'Worn bearing', correction: 'Supplier changed' }, quality)
    expect(job.in('open.examining')).toBe(true)
  })

  test('GN-10: no complaint is accepted before the customer was asked for his satisfaction', () => {
    const job = answered()
    expect(job.refused('customer.accept', {}, desk).code).toBe('checklist-open')
    expect(job.refused('customer.accept', {}, customer).code).toBe('checklist-open')
    expect(job.refusedCommand({ kind: 'tick', item: 'satisfactionAsked' }, desk).code).toBe(
      'evidence-missing',
    )
    job.tick('satisfactionAsked', desk, { kind: 'text', text: 'Content' })
    job.send('customer.accept', {}, customer)
    expect(job.status).toBe('done')
  })
})
