/**
 * A complaint: recorded, examined, decided and answered within a day. Startable from any job.
 *
 * Promises: none is closed without a decision told to the customer; none about quality is decided without an analysis.
 */
import type { Definition } from '../../definition/schema.ts'
import { assign, cel, item, reportable, text } from '../author.ts'
import { takeBackLocked } from '../locks.ts'
import { events } from './events.ts'
import { fields, settings } from './fields.ts'
import { open } from './handling.ts'

export const complaint: Definition = {
  id: 'complaint',
  initial: 'open',
  entry: [takeBackLocked(fields.properties, ['quality'])],
  on: {
    cancel: {
      target: '.cancelled',
      actions: [assign({ cancelReason: cel('event.reason') })],
      meta: { waivesChecklist: true },
    },
  },
  states: {
    open,
    answered: {
      meta: {
        title: text('Answered', '已答复'),
        checklist: [
          item(
            'satisfactionAsked',
            text('Asked whether the customer is satisfied', '已征询客户满意度'),
            ['GN-10'],
            { evidence: 'text' },
          ),
        ],
      },
      after: { objectionPeriod: { target: 'closed' } },
      on: {
        'customer.accept': { target: 'closed' },
        'customer.object': {
          target: 'open.examining',
          actions: [
            assign({
              objection: cel('event.objection'),
              objections: cel('job.objections + 1'),
              decision: null,
              decisionText: null,
              remedy: null,
            }),
          ],
          meta: {
            title: text('Examined anew: the clock starts again', '重新调查，重新计时'),
            waivesChecklist: true,
          },
        },
      },
    },
    closed: { type: 'final', meta: { title: text('Closed', '已结案') } },
    cancelled: { type: 'final', tags: ['cancelled'], meta: { title: text('Cancelled', '已取消') } },
  },
  schemas: { context: fields, events },
  delays: {
    answerDue: {
      duration: cel('settings.answerWithin'),
      meta: { title: text('Answer with a decision', '答复并作出决定'), norms: ['GN-07'], kind: 'deadline' },
    },
    answerReminder: {
      duration: cel('settings.answerReminder'),
      meta: { title: text('Answer due soon', '即将到答复时限'), norms: ['GN-07'], kind: 'reminder' },
    },
    objectionPeriod: {
      duration: cel('settings.objectionPeriod'),
      meta: { title: text('Closes without objection', '无异议自动结案'), kind: 'step' },
    },
  },
  meta: {
    title: text('Complaint', '投诉'),
    description: text(
      'A complaint about any job: recorded, decided and answered within one day; quality problems are analysed.',
      '针对任何工单的投诉：登记、一天内作出决定并答复；质量问题转质量部分析。',
    ),
    reportable: reportable('complaint'),
    settings,
    summary: ['customerName', 'text', 'decision', 'aboutProcess', 'aboutJob', 'orderNumber', 'serialNumber'],
    assignee: 'handler',
    region: 'region',
  },
}
