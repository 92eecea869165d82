import { describe, expect, test } from 'vitest'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { calendarSet } from '../../../machines/time/calendar-set.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as, type Rehearsal } from '../kit.ts'
import {
  at,
  atPost,
  client,
  desk,
  dispatcher,
  engineer,
  lead,
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
const OPERATING = outside('operation.', 'plan.', 'backup.', 'consent.', 'rollback.')
const EXECUTING = 'onSite.operations.underWay.executing'

/** The besieger does what the resident engineer may not do for himself: someone else is the resident. */
const asOther = (job: Rehearsal): Rehearsal => {
  job.send('engineer.assign', { engineer: 'engineer-9' }, dispatcher)
  return job
}
/** All that can be reached with everything of operations but the steps named. */
function operateWithout(events: string[], items: string[] = [], from = atPost(), payloads = {}) {
  const found = besiege(asOther(from.waitUntil(at('03-03', '09:30'))), {
    payloads: { ...PAYLOADS, ...payloads },
    without: { events: [...OPERATING, ...events], items },
    ignore: DAY,
    most: 1000,
  })
  if (events.length + items.length > 0) expect(found.exhausted).toBe(true)
  return { ...found, executed: found.states.has(EXECUTING) }
}

describe('operations', () => {
  test('the siege does get an operation under way where no step is kept from it', () => {
    const found = operateWithout([])
    expect(found.executed).toBe(true)
    expect(found.states.has('onSite.operations.underWay.rollingBack')).toBe(true)
  })

  test("OR-08: no operation, on no system, without the client's consent", () => {
    expect(operateWithout(['operation.consent']).executed).toBe(false)
    const job = operation('consenting')
    const himself = { ...as(['engineer', 'customer', 'dispatcher']), id: engineer.id }
    for (const actor of [engineer, dispatcher, lead, desk])
      expect(job.refused('operation.consent', {}, actor).code).toBe('role-missing')
    expect(job.refused('operation.consent', {}, himself).code).toBe('guard-false')
    expect(job.refused('operation.start', {}, engineer).code).toBe('not-allowed-here')
    job.send('operation.consent', {}, client)
    job.send('consent.withdraw', {}, client)
    expect(job.refused('operation.start', {}, engineer).code).toBe('not-allowed-here')
    job.send('operation.consent', {}, client)
    job.send('plan.revise', {}, engineer)
    expect(job.refused('operation.start', {}, engineer).code).toBe('not-allowed-here')
    job.send('plan.submit', PLAN, engineer)
    job.tickAll(engineer)
    job.send('backup.done', {}, engineer)
    expect(job.in('consenting')).toBe(true)
    job.send('operation.consent', {}, client)
    job.send('operation.start', {}, engineer)
    expect(job.fields.consentBy).toBe(client.id)
    job.replays()
  })

  test('OR-08: a refusal goes back to the plan', () => {
    const job = operation('consenting')
    job.send('operation.refuse', { reason: 'Not during the audit' }, client)
    expect(job.in('preparing.planning')).toBe(true)
    expect(job.fields.operationRefusal).toBe('Not during the audit')
  })

  test('OR-10: no change without a detailed plan', () => {
    expect(operateWithout(['plan.submit']).executed).toBe(false)
    const job = operation('planning')
    for (const missing of Object.keys(PLAN)) {
      const part = Object.fromEntries(Object.entries(PLAN).filter(([name]) => name !== missing))
      expect(job.refused('plan.submit', part, engineer).code).toBe('payload-invalid')
    }
    const past = { ...PLAN, operationFrom: at('03-02', '08:00'), operationTo: at('03-02', '09:00') }
    expect(job.refused('plan.submit', past, engineer).code).toBe('guard-false')
    expect(job.refused('operation.consent', {}, client).code).toBe('not-allowed-here')
    job.send('plan.submit', PLAN, engineer)
    expect(job.in('preparing.backingUp')).toBe(true)
  })

  test('OR-11: no change to a production system without a backup that can be read back', () => {
    const production = { 'operation.request': OPERATION }
    expect(operateWithout(['backup.done'], [], atPost(), production).executed).toBe(false)
    for (const item of ['backupTaken', 'backupReadable'])
      expect(operateWithout([], [item], atPost(), production).executed).toBe(false)
    const job = operation('backingUp')
    expect(job.refused('backup.done', {}, engineer).code).toBe('checklist-open')
    expect(job.refusedCommand({ kind: 'tick', item: 'backupTaken' }, engineer).code).toBe('evidence-missing')
    job.tickAll(engineer)
    job.send('backup.done', {}, engineer)
    job.send('operation.consent', {}, client)
    job.send('operation.start', {}, engineer)
    expect(job.in('executing')).toBe(true)
  })

  test('OR-11: a backup of the day before is too old: it is renewed, the consent stands', () => {
    const job = operation('planning')
    job.send('plan.submit', { ...PLAN, operationTo: at('03-05', '20:00') }, engineer)
    job.tickAll(engineer)
    job.send('backup.done', {}, engineer)
    job.send('operation.consent', {}, client)
    job.wait('PT23H59M')
    expect(job.can(engineer)).toContain('operation.start')
    job.wait('PT1M')
    expect(job.refused('operation.start', {}, engineer).code).toBe('guard-false')
    job.send('backup.renew', {}, engineer)
    expect(job.refused('backup.done', {}, engineer).code).toBe('checklist-open')
    job.tickAll(engineer)
    job.send('backup.done', {}, engineer)
    job.send('operation.start', {}, engineer)
    expect(job.in('executing')).toBe(true)
  })

  test('OR-11: what is no production system needs no backup, but plan and consent', () => {
    const job = atPost().waitUntil(at('03-03', '09:30'))
    job.send('operation.request', { ...OPERATION, production: false }, engineer)
    job.send('plan.submit', PLAN, engineer)
    expect(job.in('preparing.consenting')).toBe(true)
    job.send('operation.consent', {}, client)
    job.send('operation.start', {}, engineer)
    expect(job.in('executing')).toBe(true)
  })

  test("OR-12: no change in the organisation's freeze, nor one that would run into it", () => {
    const frozen = (from: string, to: string) => ({
      calendars: calendarSet(
        {
          ...DEFAULT_CALENDARS.calendars,
          freeze: { kind: 'windows', title: { en: 'Year end' }, windows: [{ from, to }] },
        },
        'Asia/Shanghai',
      ),
    })
    const during = atPost({}, frozen(at('03-03', '00:00'), at('03-03', '12:00')))
    operation('approved', during.waitUntil(at('03-03', '09:30')))
    expect(during.refused('operation.start', {}, engineer).code).toBe('guard-false')
    during.waitUntil(at('03-03', '12:01'))
    during.send('operation.start', {}, engineer)
    expect(during.in('executing')).toBe(true)

    const into = atPost({}, frozen(at('03-03', '19:00'), at('03-04', '12:00')))
    operation('approved', into.waitUntil(at('03-03', '09:30')))
    expect(into.refused('operation.start', {}, engineer).code).toBe('guard-false')
  })

  test("OR-12: no change in the client's critical period, by no event at hand, nor outside the planned time", () => {
    const critical = { from: at('03-03', '09:00'), to: at('03-03', '15:00'), reason: 'Closing of accounts' }
    const closed = atPost().waitUntil(at('03-03', '09:10'))
    closed.send('critical.declare', { ...critical, to: at('03-31', '15:00') }, client)
    expect(operateWithout([], [], closed)).toMatchObject({ executed: false, exhausted: true })

    const job = operation('approved')
    job.send('critical.declare', critical, client)
    expect(job.refused('operation.start', {}, engineer).code).toBe('guard-false')
    expect(job.refused('critical.lift', {}, engineer).code).toBe('role-missing')
    const himself = { ...as(['engineer', 'customer']), id: engineer.id }
    expect(job.refused('critical.lift', {}, himself).code).toBe('guard-false')
    job.waitUntil(at('03-03', '15:00'))
    expect(job.can(engineer)).toContain('operation.start')
    job.waitUntil(at('03-03', '20:00'))
    expect(job.refused('operation.start', {}, engineer).code).toBe('guard-false')

    const lifted = operation('approved')
    lifted.send('critical.declare', critical, client)
    lifted.send('critical.lift', {}, client)
    lifted.send('operation.start', {}, engineer)
    expect(lifted.in('executing')).toBe(true)
  })

  test('verified only with its checks; rolled back from execution and from verification', () => {
    const job = operation('executing')
    job.send('operation.rollBack', { reason: 'A port stays down' }, client)
    expect(job.refused('rollback.done', {}, engineer).code).toBe('checklist-open')
    job.tickAll(engineer)
    job.send('rollback.done', {}, engineer)
    expect(job.refused('operation.verified', {}, engineer).code).toBe('checklist-open')
    job.send('operation.rollBack', { reason: 'Not yet the former state' }, engineer)
    job.tickAll(engineer)
    job.send('rollback.done', {}, engineer)
    job.tickAll(engineer)
    job.send('operation.verified', {}, engineer)
    expect(job.fields).toMatchObject({ operationsRolledBack: 1, operationsDone: 0 })
    expect(job.in('operations.idle')).toBe(true)
    operation('rollingBack', job)
    expect(job.fields.rollbackReason).toBe('A port stays down')
    job.replays()
  })

  test('the end of the planned time is said beforehand; the next operation starts afresh', () => {
    const job = operation('executing').waitUntil(at('03-03', '19:45'))
    expect(job.messages.filter((message) => message.norm === 'OR-12')).toHaveLength(1)
    job.send('operation.done', { operationResult: 'Flashed' }, engineer)
    job.tickAll(engineer)
    job.send('operation.verified', {}, engineer)
    job.send('operation.request', OPERATION, client)
    expect(job.fields).not.toHaveProperty('operationPlan')
    expect(job.fields.clientConsented).toBe(false)
    expect(job.refused('operation.withdraw', {}, desk).code).toBe('role-missing')
    job.send('operation.withdraw', {}, client)
    expect(job.in('operations.idle')).toBe(true)
  })
})
