/**
 * A fault: an incident that outlives the call or the shift in which it was noticed. Startable from any job.
 *
 * Promises: reported upwards as it is raised (OR-16); closed only with its report and its record (OR-18, OR-22, OR-27).
 */
import type { Definition } from '../../definition/schema.ts'
import { assign, breach, cel, item, notify, reportable, text, toField, toRole } from '../author.ts'
import { certificates } from '../certificates.ts'
import { takeBackLocked } from '../locks.ts'
import { events } from './events.ts'
import { fields, settings } from './fields.ts'
import { open } from './handling.ts'

export const fault: Definition = {
  id: 'fault',
  initial: 'open',
  entry: [takeBackLocked(fields.properties, ['engineer', 'systemDown'])],
  on: {
    escalate: {
      actions: [
        assign({ escalation: cel('event.what') }),
        notify(
          [toRole('dispatcher'), toRole('process-owner')],
          text('A problem with a fault has been reported upwards.', '有故障问题上报。'),
          'OR-16',
        ),
      ],
      meta: { norms: ['OR-16'] },
    },
    cancel: {
      target: '.cancelled',
      actions: [assign({ cancelReason: cel('event.reason') })],
      meta: { waivesChecklist: true },
    },
  },
  states: {
    open,
    reporting: {
      meta: { title: text('Solved, report owed', '已解决，待提交报告'), norms: ['OR-18'] },
      after: {
        reportDue: {
          actions: [
            breach('OR-18'),
            notify(
              [toField('engineer'), toRole('dispatcher')],
              text('The fault report is overdue.', '故障报告已逾期。'),
              'OR-18',
            ),
          ],
          meta: { norms: ['OR-18'] },
        },
      },
      on: {
        'report.submit': {
          target: 'explaining',
          actions: [
            assign({
              kind: cel('event.kind'),
              cause: cel('event.cause'),
              method: cel('event.method'),
              loss: cel('event.loss'),
            }),
          ],
        },
      },
    },
    explaining: {
      meta: {
        title: text('Reported, to be explained', '已提交报告，待讲解'),
        norms: ['OR-22'],
        checklist: [
          item(
            'causeExplained',
            text('Cause and prevention explained to the user', '已向用户讲解原因与预防措施'),
            ['OR-22'],
            { evidence: 'text' },
          ),
        ],
      },
      on: {
        'fault.close': {
          target: 'closed',
          actions: [assign({ prevention: cel('event.prevention') })],
          meta: { norms: ['OR-22'] },
        },
      },
    },
    closed: { type: 'final', meta: { title: text('Closed', '已关闭') } },
    cancelled: { type: 'final', tags: ['cancelled'], meta: { title: text('Cancelled', '已取消') } },
  },
  schemas: { context: fields, events },
  delays: {
    planOwed: {
      duration: cel('settings.planOwedAfter'),
      from: cel('job.startedAt'),
      meta: { title: text('Emergency plan owed', '须制定应急方案'), norms: ['OR-17'], kind: 'step' },
    },
    planDue: {
      duration: cel('settings.planDueAfter'),
      from: cel('job.startedAt'),
      meta: { title: text('Emergency plan', '应急方案'), norms: ['OR-17'], kind: 'deadline' },
    },
    reportDue: {
      duration: 'PT24H',
      meta: { title: text('Fault report', '故障报告'), norms: ['OR-18'], kind: 'deadline' },
    },
  },
  meta: {
    title: text('Fault', '故障'),
    description: text(
      'A fault from its raising to its report: reported upwards, repaired, verified, documented, explained.',
      '故障从提出到提交报告：上报、处理、验证、存档、讲解。',
    ),
    reportable: [...reportable('fault'), 'OR-19', 'OR-20'],
    certificates: certificates('product-training'),
    settings,
    summary: ['description', 'system', 'severity', 'problemKind', 'aboutJob', 'orderNumber', 'serialNumber'],
    assignee: 'engineer',
    region: 'region',
  },
}
