/**
 * A sound definition with a bit of everything, and a way to break it in one place.
 */
import { child, tokensOf } from '../../../machines/definition/pointer.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { ValidationContext } from '../../../machines/validate/context.ts'

const text = (en: string, zh: string) => ({ en, zh })
const cel = (expression: string) => ({ '@expr': expression, '@lang': 'cel' }) as const
const titled = (en: string, zh: string) => ({ meta: { title: text(en, zh) } })

export const sample = {
  id: 'visit',
  initial: 'booked',
  states: {
    booked: {
      ...titled('Booked', '已预约'),
      on: {
        'visit.assigned': {
          target: 'working',
          guard: {
            type: 'and',
            params: {
              guards: [
                { type: 'qualified', params: { certificate: 'product-training', of: 'engineer' } },
                { type: 'within', params: { calendar: 'working', at: cel('now') } },
                { type: 'not', params: { guard: { type: 'within', params: { windows: 'freezes' } } } },
                cel('job.count < settings.limit && event.engineer != ""'),
              ],
            },
          },
          actions: [
            {
              type: '@xstate.assign',
              context: { engineer: cel('event.engineer'), kind: 'hardware', count: 1 },
            },
            {
              type: 'notify',
              params: { to: [{ role: 'dispatcher' }, { field: 'engineer' }], message: text('Go', '出发') },
            },
          ],
        },
      },
      after: {
        late: { actions: [{ type: 'breach', params: { norm: 'HV-03', severity: 'major' } }] },
        before: { actions: [{ type: '@xstate.cancel', id: 'nudge' }] },
      },
    },
    working: {
      initial: 'repairing',
      meta: {
        title: text('Working', '作业中'),
        norms: ['HV-03'],
        checklist: [
          { id: 'tidy', title: text('Tidied up', '已清理'), evidence: 'photo', norms: ['HV-04'] },
          {
            id: 'sign',
            title: text('Signed', '已签字'),
            required: cel('job.count > 1'),
            roles: ['engineer'],
          },
        ],
      },
      on: { 'visit.done': { target: 'over' }, 'part.*': { target: '.waiting' } },
      states: {
        repairing: {
          ...titled('Repairing', '维修中'),
          entry: [
            {
              type: '@xstate.raise',
              event: { type: 'part.nudge', payload: { note: 'x' } },
              id: 'nudge',
              delay: 'late',
            },
          ],
          on: {
            'fault.found': {
              actions: [
                {
                  type: 'startJob',
                  params: {
                    process: 'fault',
                    link: 'fault',
                    fields: { description: cel('event.text') },
                    onEnd: 'fault.over',
                  },
                },
              ],
            },
          },
        },
        waiting: {
          ...titled('Waiting', '等待中'),
          on: {
            'part.came': [
              { target: 'back', guard: { type: 'checklistDone', params: { items: ['sign'] } } },
              { target: 'repairing', guard: { type: 'stateIn', params: { state: 'working.waiting' } } },
            ],
            'fault.over': {
              actions: [
                {
                  type: 'signal',
                  params: { to: { link: 'fault' }, event: 'told', payload: { by: 'visit' } },
                },
              ],
            },
          },
        },
        back: { type: 'history', target: 'repairing' },
      },
    },
    over: { type: 'final', ...titled('Over', '已完成') },
    cancelled: { type: 'final', tags: ['cancelled'], ...titled('Cancelled', '已取消') },
  },
  on: { cancel: { target: '.cancelled', meta: { waivesChecklist: true } } },
  schemas: {
    context: {
      properties: {
        engineer: { type: 'string', format: 'person', ...titled('Engineer', '工程师') },
        count: { type: 'integer', default: 0, minimum: 0, maximum: 9, ...titled('Count', '数量') },
        appointment: { type: 'string', format: 'date-time', ...titled('Appointment', '预约时间') },
        freezes: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              from: { type: 'string', format: 'date-time' },
              to: { type: 'string', format: 'date-time' },
            },
          },
          ...titled('Freezes', '封网期'),
        },
        kind: {
          type: 'string',
          enum: ['hardware', 'software'],
          meta: {
            title: text('Kind', '类别'),
            options: { hardware: text('Hardware', '硬件'), software: text('Software', '软件') },
          },
        },
      },
      required: ['appointment'],
    },
    events: {
      'visit.assigned': {
        properties: { engineer: { type: 'string', format: 'person', ...titled('Engineer', '工程师') } },
        required: ['engineer'],
        meta: { title: text('Assign', '派工'), roles: ['dispatcher'] },
      },
      'visit.done': { meta: { title: text('Done', '完成'), roles: ['engineer'] } },
      'part.needed': { meta: { title: text('Part needed', '需要配件'), roles: ['engineer'] } },
      'part.came': { meta: { title: text('Part came', '配件到货'), roles: ['stock-keeper'] } },
      'part.nudge': {
        properties: { note: { type: 'string', ...titled('Note', '说明') } },
        required: ['note'],
        meta: { title: text('Nudge', '催办'), roles: ['system'] },
      },
      'fault.found': {
        properties: { text: { type: 'string', ...titled('What', '内容') } },
        meta: { title: text('Fault found', '发现故障'), roles: ['engineer'] },
      },
      'fault.over': { meta: { title: text('Fault over', '故障结束'), roles: ['system'] } },
      cancel: { meta: { title: text('Cancel', '取消'), roles: ['dispatcher'] } },
    },
  },
  delays: {
    late: {
      duration: 'PT30M',
      calendar: 'working',
      meta: { title: text('Assigned in time', '按时派工'), norms: ['HV-03'], kind: 'deadline' },
    },
    before: {
      duration: '-PT4H',
      from: cel('job.appointment'),
      meta: { title: text('Before the visit', '上门前'), kind: 'reminder' },
    },
  },
  meta: {
    title: text('Visit', '上门服务'),
    norms: ['HV-03'],
    reportable: ['HV-50'],
    settings: { limit: { value: 5, title: text('Limit', '上限') } },
    certificates: { 'product-training': text('Product training', '产品培训') },
    summary: ['kind'],
    assignee: 'engineer',
    complaint: 'fault',
  },
} as const satisfies JsonLike

type JsonLike = { [key: string]: unknown }

const known: Pick<Definition, 'schemas'> = {
  schemas: {
    context: {
      properties: { description: { type: 'string' }, since: { type: 'string', format: 'date-time' } },
      required: ['description'],
    },
    events: {
      told: {
        properties: { by: { type: 'string' } },
        required: ['by'],
        meta: { title: text('Told', '已告知'), roles: ['system'] },
      },
      closed: { meta: { title: text('Closed', '已关闭'), roles: ['engineer'] } },
    },
  },
}

export const context: ValidationContext = {
  norms: new Map([
    ['HV-03', 'deadline'],
    ['HV-04', 'evidence'],
    ['HV-50', 'prohibition'],
  ]),
  calendars: new Set(['working', 'freeze']),
  processes: new Map([
    ['fault', known],
    ['residency', known],
  ]),
}

export const GONE = Symbol('taken away')
export type Edit = readonly [pointer: string, value: unknown]

/** The sample with some places changed: a value put there, or `GONE`. The last token of a pointer may be new. */
export function broken(...edits: readonly Edit[]): unknown {
  const copy: unknown = structuredClone(sample)
  for (const [pointer, value] of edits) change(copy, tokensOf(pointer), value)
  return copy
}

function change(document: unknown, tokens: readonly string[], value: unknown): void {
  const [token = '', ...rest] = tokens
  if (typeof document !== 'object' || document === null) throw new Error(`no place ${child('', ...tokens)}`)
  if (rest.length > 0) change(Object.getOwnPropertyDescriptor(document, token)?.value, rest, value)
  else if (value === GONE) Reflect.deleteProperty(document, token)
  else Object.defineProperty(document, token, { value, enumerable: true, writable: true, configurable: true })
}
