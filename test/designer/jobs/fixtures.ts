/** A small process with every kind of field and evidence, for the forms of the job page. */
import type { Definition, Field, Text } from '../../../machines/definition/schema.ts'

const text = (en: string, zh: string): Text => ({ en, zh })
const titled = (field: Omit<Field, 'meta'>, title: Text, options?: Record<string, Text>): Field => ({
  ...field,
  meta: { title, ...(options === undefined ? {} : { options }) },
})
const answers: Record<string, Field> = {
  result: titled({ type: 'string', enum: ['fine', 'faulty'] }, text('Result', '结果'), {
    fine: text('In order', '正常'),
    faulty: text('Faulty', '有故障'),
  }),
  agreed: titled({ type: 'boolean' }, text('The customer agrees', '客户同意')),
  minutes: titled(
    { type: 'integer', minimum: 1, maximum: 600 },
    text('Time worked (minutes)', '服务时间（分钟）'),
  ),
  nextCheck: titled({ type: 'string', format: 'date' }, text('Next check', '下次检查')),
  leftAt: titled({ type: 'string', format: 'date-time' }, text('Left at', '离开时间')),
  second: titled({ type: 'string', format: 'person' }, text('Second person', '同行人员')),
  allow: titled({ type: 'string', format: 'duration' }, text('Allow for', '预留时间')),
  parts: titled(
    {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          part: titled({ type: 'string', maxLength: 80 }, text('Part', '备件')),
          count: titled({ type: 'integer', minimum: 1 }, text('How many', '数量')),
        },
        required: ['part', 'count'],
      },
    },
    text('Parts used', '使用备件'),
  ),
  seen: titled({ type: 'array', items: { type: 'string' } }, text('Seen', '所见情况')),
}
const reason: Field = titled({ type: 'string', maxLength: 2000 }, text('Reason', '原因'))
const given = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { '@expr': `event.${name}`, '@lang': 'cel' as const }]))

export const SITE_CHECK: Definition = {
  id: 'site-check',
  initial: 'checking',
  schemas: {
    context: {
      properties: {
        customer: titled({ type: 'string', maxLength: 120 }, text('Customer', '客户')),
        ...answers,
        reason,
      },
    },
    events: {
      finish: {
        properties: answers,
        required: Object.keys(answers),
        meta: { title: text('Finish the check', '完成检查'), roles: ['engineer'] },
      },
      'put.off': {
        properties: { reason },
        required: ['reason'],
        meta: { title: text('Put it off', '推迟'), roles: ['engineer'] },
      },
    },
  },
  delays: {
    answer: {
      duration: 'PT6H',
      calendar: 'working',
      meta: { title: text('Check due', '检查期限'), kind: 'deadline', norms: ['GN-01'] },
    },
  },
  meta: {
    title: text('Site check', '现场检查'),
    reportable: ['GN-04'],
    summary: ['customer'],
  },
  states: {
    checking: {
      meta: {
        title: text('Checking', '检查中'),
        checklist: [
          {
            id: 'before',
            title: text('Photo before work', '作业前照片'),
            required: false,
            evidence: 'photo',
          },
          {
            id: 'serial',
            title: text('Serial number read', '读取序列号'),
            required: false,
            evidence: 'serial',
          },
          {
            id: 'signed',
            title: text('Customer signed', '客户签字'),
            required: false,
            evidence: 'signature',
          },
        ],
      },
      after: { answer: { actions: [{ type: 'breach', params: { norm: 'GN-01', severity: 'major' } }] } },
      on: {
        finish: {
          target: 'done',
          actions: [{ type: '@xstate.assign', context: given(Object.keys(answers)) }],
        },
        'put.off': {
          target: 'waiting',
          actions: [{ type: '@xstate.assign', context: given(['reason']) }],
        },
      },
    },
    waiting: { meta: { title: text('Put off', '已推迟') }, on: { finish: { target: 'done' } } },
    done: { type: 'final', meta: { title: text('Done', '已完成') } },
  },
}
