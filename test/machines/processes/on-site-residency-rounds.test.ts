import { describe, expect, test } from 'vitest'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { as, type Rehearsal } from '../kit.ts'
import {
  arrange,
  at,
  atPost,
  begin,
  client,
  desk,
  dispatcher,
  engineer,
  OPERATION,
  operation,
  PLAN,
} from './residency-steps.ts'
import { besiege, type Siege } from './siege.ts'

const ALL = Object.keys(onSiteResidency.schemas.events)
/** Events of other regions cannot help; leaving them out lets a siege try all of what is left. */
const outside = (...prefixes: string[]): string[] =>
  ALL.filter((type) => !prefixes.some((prefix) => type.startsWith(prefix)))
const DAY = [
  ...['dayStartsAt', 'dayEndsAt', 'arrivedAt', 'inspectedAt', 'leaveUntil', 'backupAt'],
  ...['operationsDone', 'operationsRolledBack'],
]
const PAYLOADS: Siege['payloads'] = {
  'operation.request': [OPERATION, { ...OPERATION, production: false }],
  'plan.submit': PLAN,
  'operation.refuse': { reason: 'Not today' },
  'operation.done': { operationResult: 'Flashed' },
  'operation.rollBack': { reason: 'A port stays down' },
  'visitor.announce': { visitorNames: 'Zhao Lei', visitorPurpose: 'Delivery' },
  'visitor.register': { visitorRegistration: 'V-17' },
}
const asOther = (job: Rehearsal): Rehearsal => {
  job.send('engineer.assign', { engineer: 'engineer-9' }, dispatcher)
  return job
}

describe('visitors', () => {
  const INSIDE = 'onSite.visitors.inside'
  const visiting = outside('visitor.')
  const comeWithout = (events: string[], items: string[] = []) =>
    besiege(asOther(begin()), {
      payloads: PAYLOADS,
      without: { events: [...visiting, ...events], items },
      ignore: DAY,
    }).states.has(INSIDE)

  test('OR-07: nobody enters who was not met outside, registered and let in', () => {
    expect(comeWithout([])).toBe(true)
    expect(comeWithout(['visitor.register'])).toBe(false)
    expect(comeWithout(['visitor.approve'])).toBe(false)
    expect(comeWithout([], ['visitorsMet'])).toBe(false)
  })

  test('OR-07: the front desk registers, never the engineer; refused, they stay outside', () => {
    const job = begin()
    job.send('visitor.announce', { visitorNames: 'Zhao Lei', visitorPurpose: 'Delivery' }, engineer)
    const register = { visitorRegistration: 'V-17' }
    expect(job.refused('visitor.register', register, engineer).code).toBe('role-missing')
    expect(job.refused('visitor.register', register, desk).code).toBe('checklist-open')
    job.tick('visitorsMet', engineer)
    expect(job.refused('visitor.register', {}, desk).code).toBe('payload-invalid')
    job.send('visitor.register', register, desk)
    expect(job.refused('visitor.enter', {}, desk).code).toBe('not-allowed-here')
    const himself = { ...as(['engineer', 'front-desk', 'customer']), id: engineer.id }
    expect(job.refused('visitor.approve', {}, himself).code).toBe('guard-false')
    job.send('visitor.refuse', {}, client)
    expect(job.in('visitors.outside')).toBe(true)
    job.tick('visitorsMet', engineer)
    job.send('visitor.register', register, desk)
    job.send('visitor.approve', {}, client)
    job.send('visitor.enter', {}, desk)
    job.send('visitor.leave', {}, desk)
    expect(job.fields).not.toHaveProperty('visitorNames')
    job.replays()
  })
})

describe('inspections', () => {
  test('OR-23: due every five working days, reported where late, over only with its record', () => {
    const job = begin()
    job.waitUntil(at('03-09', '10:59'))
    expect(job.in('inspections.due')).toBe(true)
    const told = (job: Rehearsal) => job.messages.filter((message) => message.norm === 'OR-23')
    expect(told(job)).toMatchObject([{ type: 'remind' }])
    job.waitUntil(at('03-10', '11:00'))
    expect(told(job)).toMatchObject([{ type: 'remind' }, { type: 'notify' }])
    job.send('inspection.start', {}, engineer)
    const record = { findings: 'All in order', abnormal: false }
    expect(job.refused('inspection.record', record, engineer).code).toBe('checklist-open')
    job.tickAll(engineer, ['logsInspected'])
    expect(job.refused('inspection.record', record, engineer).code).toBe('checklist-open')
    job.tickAll(engineer)
    expect(job.refused('inspection.record', { abnormal: false }, engineer).code).toBe('payload-invalid')
    job.send('inspection.record', record, engineer)
    expect(job.fields).toMatchObject({ findings: 'All in order', inspections: 1 })
    expect(job.in('inspections.resting')).toBe(true)
    job.send('inspection.start', {}, engineer)
    expect(job.open()).toContain('logsInspected')
    job.send('inspection.breakOff', {}, engineer)
    expect(job.in('inspections.due')).toBe(true)
    job.replays()
  })
})

describe('faults', () => {
  const FAULT = {
    description: 'Mail is down',
    startedAt: at('03-03', '09:00'),
    system: 'Mail',
    systemDown: true,
  }
  const faulty = (): Rehearsal => {
    const job = atPost().waitUntil(at('03-03', '09:30'))
    job.send('fault.raise', FAULT, client)
    return job
  }

  test('OR-16: a fault raised is a job of its own, reported upwards; its end comes back', () => {
    const job = faulty()
    const fault = job.linked('fault')
    expect(fault.fields).toMatchObject({
      description: FAULT.description,
      system: 'Mail',
      systemDown: true,
      customerName: 'East Bank',
      engineer: engineer.id,
    })
    expect(fault.messages).toContainEqual(expect.objectContaining({ norm: 'OR-16' }))
    job.send('fault.raise', { ...FAULT, description: 'The phones too' }, engineer)
    const second = job.linked('fault')
    expect(job.fields.openFaults).toBe(2)
    fault.send('cancel', { reason: 'False alarm' }, dispatcher)
    expect(job.fields).toMatchObject({ openFaults: 1, lastFaultEnd: 'cancelled' })
    expect(job.in('faults.open')).toBe(true)
    second.send('cancel', { reason: 'False alarm' }, dispatcher)
    expect(job.in('faults.none')).toBe(true)
    const later = { ...FAULT, startedAt: at('03-04', '09:00') }
    expect(job.refused('fault.raise', later, engineer).code).toBe('guard-false')
    job.replays()
  })

  test('OR-16: problems are reported upwards from every state', () => {
    const over = begin()
    over.send('residency.end', { reason: 'Over' }, dispatcher)
    for (const job of [arrange(), begin(), atPost(), operation('executing'), faulty(), over]) {
      const before = job.active
      job.send('escalate', { what: 'The client is angry' }, engineer)
      expect(job.active).toEqual(before)
      expect(job.messages.at(-1)).toMatchObject({ type: 'notify', norm: 'OR-16' })
    }
  })

  test('OR-17: a system down on a client site owes its emergency plan from the start of the fault', () => {
    const job = faulty()
    const fault = job.linked('fault')
    job.waitUntil(at('03-04', '00:59'))
    expect(fault.in('open.plan.owed')).toBe(true)
    expect(fault.broken).toEqual([])
    job.waitUntil(at('03-04', '01:00'))
    expect(fault.broken).toEqual(['OR-17'])
  })
})
