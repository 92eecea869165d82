import { describe, expect, test } from 'vitest'
import type { Definition, Field } from '../../../machines/definition/schema.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { rehearse } from '../kit.ts'
import { BOOKING } from './home-visit-steps.ts'
import { expectLocked, expectTakenBack, lockedFields, open, restedOn } from './locks.ts'

type Rests = {
  /** What a job of the process is started with. */
  start: Record<string, unknown>
  /** Fields that a rule reads, and that a person may correct all the same: why that gets round nothing. */
  plain: Record<string, string>
  /** Locked fields that are known when a job is started. */
  knownBeforehand: string[]
}

const FILE_ENTRY = 'GN-09 asks that it be there; a wrong one is of no use to anybody'
const ADDRESS = 'where somebody is to go, not whether he may'

const RESTS: Record<string, Rests> = {
  'phone-call': {
    start: {},
    plain: {
      customerName: FILE_ENTRY,
      customerAddress: FILE_ENTRY,
      customerPhone: FILE_ENTRY,
      customerEmail: FILE_ENTRY,
      customerPostcode: FILE_ENTRY,
      customerContact: FILE_ENTRY,
      problem: 'PC-21 asks that a request be on record: writing it there is what is asked',
    },
    knownBeforehand: ['source'],
  },
  'home-visit': {
    start: BOOKING,
    plain: {
      customerName: 'the depot must know whose machine it is; a name set right helps it',
      customerPhone: 'the depot must be able to call',
      customerAddress: ADDRESS,
      addressDoubtful: ADDRESS,
      region: 'a corrected region moves the request to its centre by itself (HV-40)',
      distanceBand: 'a fact of the map, corrected by customer.update too (HV-11)',
      customerHoursFrom: "the customer's own hours, corrected by customer.update too (HV-41)",
      customerHoursTo: "the customer's own hours, corrected by customer.update too (HV-41)",
      timeWanted: 'read once, at the start; the appointment it became is locked (HV-04)',
    },
    knownBeforehand: ['purchaseDate', 'constructionSite'],
  },
  'depot-repair': {
    start: { customerName: 'Wang Fang', customerPhone: '139 0000 0000', problem: 'Does not start' },
    plain: { broughtBy: 'who stood at the desk: whether there was a customer to be welcomed (DR-01)' },
    knownBeforehand: ['receiptNumber'],
  },
  'on-site-residency': {
    start: { customerName: 'East Bank' },
    plain: {},
    knownBeforehand: ['residencyLead', 'projectManager', 'workdays', 'daysOff', 'extraDays'],
  },
  'site-safety': { start: { site: 'Harbour 3' }, plain: {}, knownBeforehand: ['workKinds'] },
  complaint: { start: { text: 'A day late' }, plain: {}, knownBeforehand: ['quality'] },
  fault: {
    start: { description: 'Mail is down', startedAt: '2026-03-02T10:00:00+08:00' },
    plain: {
      startedAt: 'when it began, as whoever raised it was told; the plan counts anew from it (OR-17)',
    },
    knownBeforehand: ['engineer', 'systemDown'],
  },
}

const restsOf = ({ id }: Definition): Rests => {
  const rests = RESTS[id]
  if (rests === undefined) throw new Error(`nothing is said of what the rules of ${id} rest on`)
  return rests
}
const byId = SHIPPED.map((definition) => [definition.id, definition] as const)

describe('locked fields', () => {
  test.each(byId)('%s: what a rule rests on cannot be corrected by hand', (_id, definition) => {
    const { start, plain } = restsOf(definition)
    expectLocked(definition, start, plain)
  })

  test.each(byId)('%s: what a rule rests on cannot be brought along at the start', (_id, definition) => {
    const { start, knownBeforehand } = restsOf(definition)
    expectTakenBack(definition, start, knownBeforehand)
  })

  test('what is not locked can be corrected', () => {
    const job = rehearse(homeVisit, BOOKING)
    job.do(
      { kind: 'correct', fields: { customerAddress: '14 Garden Road' }, reason: 'Misheard' },
      {
        id: 'dispatcher-1',
        name: 'dispatcher',
        roles: ['dispatcher'],
      },
    )
    expect(job.fields.customerAddress).toBe('14 Garden Road')
  })
})

const titled = (name: string) => ({ meta: { title: { en: name, zh: name } } })
const named = (...names: string[]): Record<string, Field> =>
  Object.fromEntries(names.map((name) => [name, { type: 'string', default: '', ...titled(name) }]))
const moment: Field = { type: 'string', format: 'date-time', ...titled('moment') }

/** A process whose every guard, of every kind, reads a field of its own. */
const reader: Definition = {
  id: 'reader',
  initial: 'first',
  schemas: {
    context: {
      properties: {
        ...named('byExpression', 'byAnd', 'byNot', 'byItem', 'byAlways', 'byAfter', 'byOnDone'),
        ...named('computedFrom', 'computed', 'unread'),
        byDeadline: moment,
        byReminder: moment,
      },
    },
    events: { go: { meta: { title: { en: 'Go', zh: '走' }, roles: ['engineer'] } } },
  },
  delays: {
    deadline: {
      duration: 'PT1H',
      from: { '@expr': 'job.byDeadline', '@lang': 'cel' },
      meta: { title: { en: 'x', zh: 'x' }, kind: 'deadline' },
    },
    reminder: {
      duration: 'PT1H',
      from: { '@expr': 'job.byReminder', '@lang': 'cel' },
      meta: { title: { en: 'x', zh: 'x' }, kind: 'reminder' },
    },
  },
  meta: { title: { en: 'Reader', zh: '读取' } },
  states: {
    first: {
      always: { target: 'second', guard: { '@expr': "job.byAlways == 'x'", '@lang': 'cel' } },
      after: {
        reminder: { target: 'second', guard: { '@expr': "job.byAfter == 'x'", '@lang': 'cel' } },
        deadline: { target: 'second' },
      },
      on: {
        go: [
          { target: 'second', guard: { '@expr': 'job.byExpression == job.computed', '@lang': 'cel' } },
          {
            target: 'second',
            guard: {
              type: 'and',
              params: {
                guards: [
                  { '@expr': "job.byAnd == 'x'", '@lang': 'cel' },
                  { type: 'not', params: { guard: { '@expr': "job.byNot == 'x'", '@lang': 'cel' } } },
                ],
              },
            },
          },
        ],
      },
      meta: {
        title: { en: 'First', zh: '一' },
        checklist: [
          {
            id: 'item',
            title: { en: 'Item', zh: '项' },
            required: { '@expr': "job.byItem == 'x'", '@lang': 'cel' },
          },
        ],
      },
    },
    second: {
      entry: [
        {
          type: '@xstate.assign',
          context: {
            computed: { '@expr': 'job.computedFrom', '@lang': 'cel' },
            unread: { '@expr': 'string(job.byReminder)', '@lang': 'cel' },
          },
        },
      ],
      initial: 'in',
      states: { in: { type: 'final', meta: { title: { en: 'In', zh: '内' } } } },
      onDone: { target: 'third', guard: { '@expr': "job.byOnDone == 'x'", '@lang': 'cel' } },
      meta: { title: { en: 'Second', zh: '二' } },
    },
    third: { type: 'final', meta: { title: { en: 'Third', zh: '三' } } },
  },
}

describe('what rules rest on', () => {
  test('every guard, item, deadline and computed value is looked into', () => {
    const { byReminder, unread, ...read } = reader.schemas.context.properties
    expect([byReminder, unread]).not.toContain(undefined)
    expect(restedOn(reader)).toEqual(Object.keys(read))
    expect(lockedFields(reader)).toEqual([])
  })

  test('a field left unlocked is told', () => {
    const { properties, ...context } = homeVisit.schemas.context
    const { solutionSigned, ...others } = properties
    if (solutionSigned?.meta === undefined) throw new Error('a home visit has a solution signed')
    const unlocked: Definition = {
      ...homeVisit,
      schemas: {
        ...homeVisit.schemas,
        context: {
          ...context,
          properties: {
            ...others,
            solutionSigned: { ...solutionSigned, meta: { title: solutionSigned.meta.title } },
          },
        },
      },
    }
    expect(open(homeVisit)).not.toContain('solutionSigned')
    expect(open(unlocked)).toContain('solutionSigned')
    const { plain } = restsOf(homeVisit)
    expect(() => expectLocked(unlocked, BOOKING, plain)).toThrow()
    expect(() => expectLocked(homeVisit, BOOKING, { ...plain, outcome: 'not so' })).toThrow()
  })
})
