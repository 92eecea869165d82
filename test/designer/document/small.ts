/**
 * A small process with one of everything that commands must follow.
 */
import { toJson } from '../../../designer/document/json.ts'
import type { Definition } from '../../../machines/definition/schema.ts'

const title = (en: string, zh: string) => ({ title: { en, zh } })
const cel = (text: string) => ({ '@expr': text, '@lang': 'cel' as const })

export const SMALL: Definition = {
  id: 'small',
  initial: 'open',
  states: {
    open: {
      meta: {
        ...title('Open', '待处理'),
        checklist: [
          { id: 'one', ...title('One', '一'), required: cel('job.price > 1') },
          { id: 'two', ...title('Two', '二'), required: false },
        ],
      },
      on: {
        start: [{ target: 'work.second', guard: cel('job.price > 5') }, { target: 'work' }],
      },
      after: {
        contact: {
          actions: [
            { type: 'notify', params: { to: [{ field: 'worker' }], message: { en: 'Late', zh: '超时' } } },
          ],
        },
      },
    },
    work: {
      id: 'labour',
      initial: 'first',
      meta: { ...title('Work', '处理'), norms: ['HV-01'] },
      states: {
        first: {
          meta: title('First', '第一步'),
          entry: [{ type: '@xstate.assign', context: { price: 1 } }],
          on: { go: { target: 'second' } },
        },
        second: {
          meta: title('Second', '第二步'),
          on: { finish: { target: 'ended', guard: { type: 'checklistDone', params: { items: ['one'] } } } },
        },
        ended: { type: 'final', meta: title('Ended', '已完成') },
      },
      on: {
        back: {
          target: 'open',
          actions: [{ type: '@xstate.assign', context: { price: cel('event.price') } }],
        },
        again: { target: '.first' },
        note: {
          actions: [{ type: '@xstate.raise', event: { type: 'start' }, id: 'later', delay: 'contact' }],
        },
      },
      onDone: { target: 'done' },
    },
    done: { type: 'final', meta: title('Done', '完成') },
  },
  on: {
    'visit.*': [
      { target: '#labour.first', guard: { type: 'stateIn', params: { state: 'work.second' } } },
      { target: '.done', guard: cel('!checklist.two && settings.limit > 3') },
    ],
  },
  schemas: {
    context: {
      properties: {
        price: { type: 'number', meta: title('Price', '价格') },
        worker: { type: 'string', format: 'person', meta: title('Worker', '人员') },
      },
      required: ['worker'],
    },
    events: {
      start: { meta: { ...title('Start', '开始'), roles: ['engineer', 'system'] } },
      go: { meta: { ...title('Go on', '继续'), roles: ['dispatcher', 'engineer'] } },
      finish: { meta: { ...title('Finish', '完成'), roles: ['engineer'] } },
      back: {
        properties: { price: { type: 'number', meta: title('Price', '价格') } },
        required: ['price'],
        meta: { ...title('Back', '退回'), roles: ['engineer'] },
      },
      again: { meta: { ...title('Again', '重来'), roles: ['engineer'] } },
      note: { meta: { ...title('Note', '备注'), roles: ['engineer'] } },
      'visit.booked': { meta: { ...title('Visit booked', '已预约'), roles: ['engineer'] } },
      'visit.lost': { meta: { ...title('Visit lost', '未成行'), roles: ['engineer'] } },
    },
  },
  delays: {
    contact: { duration: 'PT30M', meta: { ...title('Contact deadline', '联系时限'), kind: 'deadline' } },
  },
  meta: {
    ...title('Small', '小流程'),
    settings: { limit: { value: 4, ...title('Limit', '上限') } },
    summary: ['price'],
    assignee: 'worker',
  },
}

export const small = () => toJson(SMALL)
