import { describe, expect, it } from 'vitest'
import { as, MONDAY_10, rehearse, startRefused } from '../kit.ts'
import { bench } from './fixtures.ts'

const engineer = as('engineer')
const customer = as('customer')
const dispatcher = as('dispatcher')
const begin = () => rehearse(bench, { serial: 'A1' })
const repairing = () => {
  const job = begin()
  job.send('take', {}, engineer)
  job.send('quote', { price: 500 }, engineer)
  job.send('accept', {}, customer)
  return job
}

describe('a job from start to end', () => {
  it('goes through its states, keeps what each event brought, and replays', () => {
    const job = begin()
    expect(job.active).toEqual(['waiting'])
    expect(job.fields).toEqual({ serial: 'A1', accepted: false, tested: false })
    const taken = job.send('take', {}, engineer)
    expect(taken).toMatchObject({
      seq: 2,
      from: 'waiting',
      to: { working: 'looking' },
      taken: ['/states/waiting/on/take'],
      changed: { engineer: { to: 'engineer-1' } },
      norms: { met: ['HV-02'], broken: [] },
    })
    expect(taken.cancelled).toHaveLength(1)
    job.send('quote', { price: 500 }, engineer)
    expect(job.active).toEqual(['working.asking'])
    expect(job.send('accept', {}, customer).norms.met).toEqual(['HV-18'])
    job.tickAll(engineer)
    job.send('repaired', {}, engineer)
    expect(job.status).toBe('done')
    expect(job.active).toEqual(['closed'])
    job.replays()
  })

  it('takes the first transition whose guard is true', () => {
    const job = begin()
    job.send('take', {}, engineer)
    job.send('quote', { price: 100 }, engineer)
    expect(job.active).toEqual(['working.repairing'])
    expect(job.fields.accepted).toBe(true)
  })

  it('ends as cancelled by the tag of the final state, from any state, whatever is unticked', () => {
    const job = repairing()
    const entry = job.send('cancel', { reason: 'gone' }, dispatcher)
    expect(entry.status).toBe('cancelled')
    expect(job.job.timers).toEqual([])
    job.replays()
  })

  it('comes back where it was, by deep history, after being stored', () => {
    const job = repairing()
    job.send('pause', {}, engineer)
    expect(job.active).toEqual(['paused'])
    job.send('resume', {}, engineer)
    expect(job.active).toEqual(['working.repairing'])
    job.replays()
  })
})

describe('a refusal says why, and changes nothing', () => {
  it('an event the process does not have', () => {
    expect(begin().refused('fly', {}, engineer).code).toBe('unknown-event')
  })
  it.each([
    'constructor',
    '__proto__',
    'toString',
    'xstate.after.start.bench.waiting',
    'xstate.done.state.bench.working',
    'fieldchart.touch',
    '*',
    '',
  ])('a forged event: %s', (type) => {
    expect(begin().refused(type, {}, engineer).code).toBe('unknown-event')
  })
  it('an event the state does not take', () => {
    expect(begin().refused('repaired', {}, engineer).code).toBe('not-allowed-here')
  })
  it('a role that is missing, naming those that may', () => {
    const refusal = begin().refused('take', {}, customer)
    expect(refusal.code).toBe('role-missing')
    expect(refusal.reasons.map((reason) => reason.role)).toEqual(['engineer'])
  })
  it('a payload that is wrong, by JSON pointer and in both languages', () => {
    const job = begin()
    job.send('take', {}, engineer)
    expect(job.refused('quote', { price: -1, extra: 1 }, engineer)).toMatchObject({
      code: 'payload-invalid',
      reasons: [{ pointer: '/price' }, { pointer: '/extra', message: { zh: expect.stringMatching(/没有/) } }],
    })
    expect(job.refused('quote', {}, engineer).reasons[0]).toMatchObject({ pointer: '/price' })
  })
  it('open checklist items, by id', () => {
    const refusal = repairing().refused('repaired', {}, engineer)
    expect(refusal.code).toBe('checklist-open')
    expect(refusal.reasons.map((reason) => reason.item)).toEqual(['strap', 'photo'])
  })
  it('a false guard, with the part that was false and what it saw', () => {
    const job = repairing()
    job.tickAll(engineer)
    job.do({ kind: 'correct', fields: { accepted: false }, reason: 'a mistake' }, dispatcher)
    const refusal = job.refused('repaired', {}, engineer)
    expect(refusal).toMatchObject({
      code: 'guard-false',
      reasons: [{ expression: 'job.accepted', values: { 'job.accepted': false } }],
    })
    expect(refusal.reasons[0]?.message.en).toBe('Quote accepted must be yes (now: no)')
    expect(refusal.reasons[0]?.message.zh).toBe('已接受报价须为“是”（现为：否）')
  })
  it('any event once the job is over', () => {
    const job = begin()
    job.send('cancel', { reason: 'x' }, dispatcher)
    expect(job.refused('take', {}, engineer).code).toBe('job-over')
  })
  it('a start with fields missing, unknown or wrong', () => {
    expect(startRefused(bench, {}, engineer).reasons[0]).toMatchObject({ pointer: '/serial' })
    expect(startRefused(bench, { serial: 'A', zzz: 1 }, engineer).reasons[0]).toMatchObject({
      pointer: '/zzz',
    })
    expect(startRefused(bench, { serial: 7 }, engineer).code).toBe('fields-invalid')
  })
})

describe('timers', () => {
  it('E4: a deadline fires once, breaches, tells the dispatcher, and does not leave the state', () => {
    const job = begin().wait('PT29M59S')
    expect(job.broken).toEqual([])
    job.wait('PT1S')
    expect(job.broken).toEqual(['HV-02'])
    expect(job.active).toEqual(['waiting'])
    expect(job.messages).toMatchObject([{ type: 'notify', to: [{ role: 'dispatcher' }], norm: 'HV-02' }])
    job.wait('P7D')
    expect(job.broken).toEqual(['HV-02'])
    expect(job.job.breaches[0]).toMatchObject({ dueAt: '2026-03-02T02:30:00.000Z' })
    job.replays()
  })
  it('E4: a timer of a state that was left never fires, nor does a token used twice', () => {
    const job = begin()
    const token = job.job.timers[0]?.token ?? ''
    job.send('take', {}, engineer)
    expect(job.refusedCommand({ kind: 'timer', token }, as('auditor')).code).toBe('timer-gone')
    job.wait('P1D')
    expect(job.broken).toEqual([])
  })
  it('a deadline counted from a field waits for it, moves with it, and goes when it is taken away', () => {
    const job = begin()
    job.send('take', {}, engineer)
    expect(job.due('promise')).toBeUndefined()
    job.send('promise', { until: '2026-03-02T12:00:00+08:00' }, engineer)
    expect(job.due('promise')).toBe('2026-03-02T04:00:00.000Z')
    job.send('promise', { until: '2026-03-02T15:00:00+08:00' }, engineer)
    expect(job.due('promise')).toBe('2026-03-02T07:00:00.000Z')
    job.do({ kind: 'correct', fields: { promised: null }, reason: 'taken back' }, dispatcher)
    expect(job.due('promise')).toBeUndefined()
    job.wait('P1D')
    expect(job.broken).toEqual([])
    job.send('promise', { until: '2026-03-05T12:00:00+08:00' }, engineer)
    job.wait('P3D')
    expect(job.broken).toEqual(['DR-09'])
    job.send('promise', { until: '2026-03-10T12:00:00+08:00' }, engineer)
    job.wait('P10D')
    expect(job.broken).toEqual(['DR-09', 'DR-09'])
    job.replays()
  })
  it('every armed timer has a token of its own', () => {
    const job = begin()
    job.send('take', {}, engineer)
    job.send('promise', { until: '2026-03-02T12:00:00+08:00' }, engineer)
    job.send('promise', { until: '2026-03-02T13:00:00+08:00' }, engineer)
    job.send('pause', {}, engineer)
    job.send('resume', {}, engineer)
    const tokens = job.history.flatMap((entry) => entry.armed.map((timer) => timer.token))
    expect(new Set(tokens).size).toBe(tokens.length)
  })
})

describe('checklists', () => {
  it('a tick wants its evidence', () => {
    const job = repairing()
    expect(job.refusedCommand({ kind: 'tick', item: 'photo' }, engineer).code).toBe('evidence-missing')
    expect(
      job.refusedCommand({ kind: 'tick', item: 'photo', evidence: { kind: 'text', text: 'x' } }, engineer)
        .code,
    ).toBe('evidence-missing')
    const entry = job.tick('photo', engineer, { kind: 'photo', file: 'b'.repeat(64) })
    expect(entry.ticks).toEqual({ photo: true })
    expect(entry.norms.met).toEqual(['DR-03'])
  })
  it('an item can be unticked, and bars again', () => {
    const job = repairing()
    job.tickAll(engineer)
    job.do({ kind: 'untick', item: 'strap' }, engineer)
    expect(job.refused('repaired', {}, engineer).code).toBe('checklist-open')
  })
  it('an item of another state, an unknown item, or a wrong role cannot tick', () => {
    expect(begin().refusedCommand({ kind: 'tick', item: 'strap' }, engineer).code).toBe('unknown-item')
    expect(repairing().refusedCommand({ kind: 'tick', item: 'constructor' }, engineer).code).toBe(
      'unknown-item',
    )
    expect(repairing().refusedCommand({ kind: 'tick', item: 'strap' }, as('auditor')).code).toBe(
      'role-missing',
    )
  })
  it('entering the state again asks again', () => {
    const job = repairing()
    job.tickAll(engineer)
    job.send('pause', {}, engineer)
    expect(job.send('resume', {}, engineer).ticks).toEqual({ strap: false, photo: false })
    expect(job.open()).toEqual(['strap', 'photo'])
    job.replays()
  })
})

describe('what may be put on any job, whatever its state', () => {
  it('notes, evidence, a rating, a reported breach: all in the history, none moves the machine', () => {
    const job = begin()
    job.send('cancel', { reason: 'x' }, dispatcher)
    job.do({ kind: 'note', text: 'called back' }, dispatcher)
    job.do({ kind: 'attach', evidence: { kind: 'photo', file: 'c'.repeat(64) }, title: 'front' }, engineer)
    job.do({ kind: 'rate', score: 4, comment: 'fine' }, customer)
    const entry = job.do(
      { kind: 'reportBreach', norm: 'PC-08', severity: 'critical', note: 'shouted' },
      customer,
    )
    expect(entry.norms.broken).toEqual(['PC-08'])
    expect(job.job).toMatchObject({
      status: 'cancelled',
      seq: 6,
      rating: { score: 4, by: 'customer-1' },
      evidence: [{ title: 'front' }],
      breaches: [{ norm: 'PC-08', reportedBy: 'customer-1' }],
    })
    job.replays()
  })
  it('only norms that the process names can be reported', () => {
    expect(
      begin().refusedCommand({ kind: 'reportBreach', norm: 'HV-13', severity: 'minor' }, customer).code,
    ).toBe('norm-not-reportable')
  })
  it('a field that the process alone may set cannot be corrected', () => {
    const job = begin()
    const wrong = { kind: 'correct', fields: { tested: true, price: 3 }, reason: 'x' } as const
    expect(job.refusedCommand(wrong, dispatcher)).toMatchObject({
      code: 'field-locked',
      reasons: [{ pointer: '/tested' }],
    })
  })
  it('a correction is checked like any field', () => {
    const job = begin()
    const wrong = { kind: 'correct', fields: { price: 'much' }, reason: 'x' } as const
    expect(job.refusedCommand(wrong, dispatcher).code).toBe('fields-invalid')
    expect(
      job.refusedCommand({ kind: 'correct', fields: { serial: null }, reason: 'x' }, dispatcher).code,
    ).toBe('fields-invalid')
  })
})

describe('allowed', () => {
  it('lists every event of the state, open or barred and why', () => {
    const job = repairing()
    const seen = job.allowed(engineer)
    expect(seen.map(({ type, open }) => [type, open])).toEqual([
      ['repaired', false],
      ['promise', true],
      ['pause', true],
      ['cancel', false],
    ])
    expect(seen[0]?.reasons.map((reason) => reason.item)).toEqual(['strap', 'photo'])
    expect(seen[3]?.reasons.map((reason) => reason.role)).toEqual(['dispatcher'])
    expect(seen[1]?.payload).toMatchObject({ required: ['until'], additionalProperties: false })
  })
  it('an event whose guard waits for the payload counts as open', () => {
    const job = begin()
    job.send('take', {}, engineer)
    expect(job.can(engineer)).toContain('quote')
  })
  it('is empty when the job is over', () => {
    const job = begin()
    job.send('cancel', { reason: 'x' }, dispatcher)
    expect(job.allowed(dispatcher)).toEqual([])
  })
})

it('E8: the same inputs give the same job, whatever the time of day here', () => {
  const once = () => {
    const job = rehearse(bench, { serial: 'A1' }, dispatcher, { now: MONDAY_10 })
    job.send('take', {}, engineer)
    job.wait('PT5M')
    job.send('quote', { price: 3 }, engineer)
    return JSON.stringify([job.job, job.history])
  }
  expect(once()).toBe(once())
})
