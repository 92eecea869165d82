/**
 * Small definitions that show one thing each.
 */
import type { Definition, EventSchema, StateNode } from '../../../machines/definition/schema.ts'
import { assign, breach, cel, item, notify, text, toRole } from '../../../machines/processes/author.ts'

export const titled = (name: string) => ({ title: text(name, name) })
export const event = (
  roles: EventSchema['meta']['roles'] = ['engineer'],
  more: Omit<EventSchema, 'meta'> = {},
): EventSchema => ({
  ...more,
  meta: { ...titled('event'), roles },
})
/** A definition around some states; the rest may be overridden. */
export const processOf = (
  states: Record<string, StateNode>,
  more: Partial<Omit<Definition, 'states'>> = {},
): Definition => ({
  id: 'small',
  initial: Object.keys(states)[0] ?? '',
  states,
  schemas: { context: { properties: {} }, events: { go: event(), back: event() } },
  meta: titled('Small'),
  ...more,
})

/** A bench repair: a quote to accept, a checklist, a deadline, a pause that remembers where it was. */
export const bench: Definition = {
  id: 'bench',
  initial: 'waiting',
  meta: {
    ...titled('Bench'),
    reportable: ['PC-08'],
    settings: { limit: { value: 100, title: text('Limit', '限额') } },
    assignee: 'engineer',
    summary: ['serial'],
  },
  schemas: {
    context: {
      properties: {
        tested: { type: 'boolean', default: false, meta: { title: text('Tested', '已测试'), locked: true } },
        serial: { type: 'string', meta: { title: text('Serial number', '序列号') } },
        engineer: { type: 'string', format: 'person' },
        price: { type: 'number', meta: { title: text('Price', '价格') } },
        accepted: { type: 'boolean', default: false, meta: { title: text('Quote accepted', '已接受报价') } },
        promised: { type: 'string', format: 'date-time', meta: { title: text('Promised for', '承诺时间') } },
      },
      required: ['serial'],
    },
    events: {
      take: event(['engineer'], { properties: { engineer: { type: 'string', format: 'person' } } }),
      quote: event(['engineer'], {
        properties: { price: { type: 'number', minimum: 0 } },
        required: ['price'],
      }),
      accept: event(['customer']),
      repaired: event(['engineer']),
      promise: event(['engineer'], {
        properties: { until: { type: 'string', format: 'date-time' } },
        required: ['until'],
      }),
      pause: event(['engineer']),
      resume: event(['engineer']),
      cancel: event(['dispatcher'], { properties: { reason: { type: 'string' } }, required: ['reason'] }),
    },
  },
  delays: {
    start: {
      duration: 'PT30M',
      meta: { title: text('Start within half an hour', '半小时内开始'), norms: ['HV-02'], kind: 'deadline' },
    },
    promise: {
      duration: 'PT0S',
      from: cel('job.promised'),
      meta: { title: text('Promised time', '承诺时间'), norms: ['DR-09'], kind: 'deadline' },
    },
  },
  on: { cancel: { target: '.cancelled', meta: { waivesChecklist: true } } },
  states: {
    waiting: {
      meta: titled('Waiting'),
      on: { take: { target: 'working', actions: [assign({ engineer: cel('actor.id') })] } },
      after: {
        start: {
          actions: [
            breach('HV-02'),
            notify([toRole('dispatcher')], text('Nobody has begun', '无人开始'), 'HV-02'),
          ],
        },
      },
    },
    working: {
      initial: 'looking',
      meta: titled('Working'),
      on: {
        pause: { target: 'paused', meta: { waivesChecklist: true } },
        promise: { actions: [assign({ promised: cel('event.until') })] },
      },
      after: { promise: { actions: [breach('DR-09')] } },
      states: {
        looking: {
          meta: titled('Looking'),
          on: {
            quote: [
              {
                guard: cel('event.price <= settings.limit'),
                target: 'repairing',
                actions: [assign({ price: cel('event.price'), accepted: true })],
              },
              { target: 'asking', actions: [assign({ price: cel('event.price') })] },
            ],
          },
        },
        asking: {
          meta: titled('Asking'),
          on: {
            accept: {
              target: 'repairing',
              actions: [assign({ accepted: true })],
              meta: { norms: ['HV-18'] },
            },
          },
        },
        repairing: {
          meta: {
            ...titled('Repairing'),
            checklist: [
              item('strap', text('Wrist strap worn', '佩戴防静电手环'), ['DR-16']),
              item('photo', text('Photo of the board', '主板照片'), ['DR-03'], { evidence: 'photo' }),
              item('gift', text('Gift', '小礼品'), [], { required: false }),
            ],
          },
          on: { repaired: { target: 'done', guard: cel('job.accepted') } },
        },
        done: { type: 'final', meta: titled('Repaired') },
        where: { type: 'history', history: 'deep', target: 'looking' },
      },
      onDone: { target: 'closed' },
    },
    paused: { meta: titled('Paused'), on: { resume: { target: 'working.where' } } },
    closed: { type: 'final', meta: titled('Closed') },
    cancelled: { type: 'final', tags: ['cancelled'], meta: titled('Cancelled') },
  },
}
