/**
 * On-site residency: an engineer at a client's site for months, one job for each post.
 *
 * Promises: attendance, operations, visitors, inspections and faults go on beside each other until the residency is
 * ended or cancelled; problems can be reported upwards from every state (OR-16); nothing is left open behind an end.
 */
import type { Definition, Guard, Transition } from '../../definition/schema.ts'
import {
  all,
  any,
  assign,
  cel,
  item,
  not,
  notify,
  remind,
  reportable,
  text,
  toField,
  toRole,
} from '../author.ts'
import { certificates } from '../certificates.ts'
import { assignGiven } from '../customer-file.ts'
import { takeBackLocked } from '../locks.ts'
import { attendance } from './attendance.ts'
import { delays } from './delays.ts'
import { events } from './events.ts'
import { fields, SAID_AT_START } from './fields.ts'
import { leave } from './leave.ts'
import { operations } from './operations.ts'
import { faults, inspections, visitors } from './rounds.ts'
import { settings } from './settings.ts'

const trained: Guard = { type: 'qualified', params: { certificate: 'product-training', of: 'engineer' } }
const assigned = assign({ engineer: cel('event.engineer') })
/** GN-17: lapsed training does not bar the assignment, it is pointed out. */
const assignment: Transition[] = [
  { guard: trained, actions: [assigned], meta: { norms: ['GN-17'] } },
  {
    guard: not(trained),
    actions: [
      assigned,
      notify(
        [toRole('dispatcher')],
        text("The resident engineer's product training has lapsed.", '驻场工程师的产品培训已过期。'),
        'GN-17',
      ),
    ],
    meta: { title: text('Assign, though training has lapsed', '指派（培训已过期）'), norms: ['GN-17'] },
  },
]
const staffing: Record<string, Transition | Transition[]> = {
  'engineer.assign': assignment,
  'leads.name': { actions: [assignGiven('residencyLead', 'projectManager')] },
  'days.set': { actions: [assignGiven('workdays', 'daysOff', 'extraDays')] },
}
const inState = (state: string): Guard => ({ type: 'stateIn', params: { state } })

export const onSiteResidency: Definition = {
  id: 'on-site-residency',
  initial: 'arranging',
  entry: [takeBackLocked(fields.properties, SAID_AT_START)],
  on: {
    escalate: {
      actions: [
        assign({ escalation: cel('event.what') }),
        notify(
          [
            toRole('dispatcher'),
            toRole('process-owner'),
            toField('residencyLead'),
            toField('projectManager'),
          ],
          text('A problem on a client site has been reported upwards.', '驻场现场有问题上报。'),
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
    arranging: {
      meta: {
        title: text('Being arranged', '驻场准备'),
        checklist: [
          item(
            'clientRules',
            text(
              "The client's rules and procedures heard and acknowledged",
              '已了解并承诺遵守客户方规章流程',
            ),
            ['GN-15', 'OR-01', 'OR-24'],
          ),
          item(
            'secrecySigned',
            text(
              'Secrecy signed: passwords, parameters, business data',
              '已签署保密承诺（密码、参数、业务数据）',
            ),
            ['OR-20', 'GN-06'],
            { evidence: 'signature' },
          ),
          item(
            'scopeAgreed',
            text('Systems in and out of scope agreed', '已约定服务范围内外的系统'),
            ['OR-13'],
            {
              evidence: 'text',
            },
          ),
        ],
      },
      on: {
        ...staffing,
        'residency.begin': {
          target: 'onSite',
          guard: all(
            cel('has(job.engineer)'),
            cel(
              "plus(event.dayStartsAt, settings.arriveBy) > now && event.dayEndsAt > event.dayStartsAt && event.dayEndsAt <= plus(event.dayStartsAt, 'PT16H')",
            ),
          ),
          actions: [assign({ dayStartsAt: cel('event.dayStartsAt'), dayEndsAt: cel('event.dayEndsAt') })],
          meta: { norms: ['GN-15', 'OR-03', 'OR-04'] },
        },
      },
    },
    onSite: {
      type: 'parallel',
      meta: { title: text('On site', '驻场中') },
      after: {
        contractNearlyOver: {
          actions: [
            remind(
              [toRole('dispatcher'), toField('projectManager')],
              text('The contract ends in two weeks.', '合同将于两周后到期。'),
            ),
          ],
        },
      },
      on: {
        ...staffing,
        'critical.declare': {
          guard: cel('event.from < event.to && event.to > now'),
          actions: [
            assign({
              criticalPeriods: cel(
                "dyn(job.criticalPeriods.filter(period, period.to > now)) + [{'from': dyn(event.from), 'to': dyn(event.to)}]",
              ),
              criticalReason: cel('event.reason'),
            }),
            notify(
              [toField('engineer')],
              text(
                'The client has declared a critical period: no changes.',
                '客户设定了关键时期，期间禁止变更。',
              ),
              'OR-12',
            ),
          ],
          meta: { norms: ['OR-12'] },
        },
        'critical.lift': {
          guard: all(
            cel('actor.id != job.engineer'),
            cel('job.criticalPeriods.exists(period, period.from <= now && now < period.to)'),
          ),
          actions: [
            assign({
              criticalPeriods: cel(
                'job.criticalPeriods.filter(period, !(period.from <= now && now < period.to))',
              ),
            }),
          ],
          meta: { norms: ['OR-12'] },
        },
        'residency.end': {
          target: 'handingOver',
          guard: all(
            any(inState('onSite.attendance.off'), inState('onSite.attendance.onLeave')),
            inState('onSite.operations.idle'),
            inState('onSite.visitors.none'),
            inState('onSite.faults.none'),
          ),
          actions: [assign({ endReason: cel('event.reason') })],
        },
      },
      states: { attendance, leave, operations, visitors, inspections, faults },
    },
    handingOver: {
      meta: {
        title: text('Handing over', '离场交接'),
        checklist: [
          item('papersHandedOver', text('Papers and records handed over', '已移交资料与记录')),
          item('accessReturned', text('Badges and keys returned', '已归还门禁卡与钥匙'), ['GN-15']),
          item('passwordsChanged', text('Access taken back, passwords changed', '已收回权限并修改密码'), [
            'OR-20',
          ]),
          item('deskCleared', text('Desk cleared', '工位已清理'), ['OR-26']),
        ],
      },
      on: {
        'handover.accept': {
          target: 'ended',
          guard: cel('actor.id != job.engineer'),
          actions: [
            assign({ handoverComments: cel('has(event.comments) ? dyn(event.comments) : dyn(null)') }),
          ],
          meta: { norms: ['GN-10'] },
        },
      },
    },
    ended: { type: 'final', meta: { title: text('Ended', '驻场结束') } },
    cancelled: { type: 'final', tags: ['cancelled'], meta: { title: text('Cancelled', '已取消') } },
  },
  schemas: { context: fields, events },
  delays,
  meta: {
    title: text('On-site residency', '驻场服务'),
    description: text(
      "An engineer's post at a client's site: attendance and leave, operations, visitors, inspections, faults.",
      '工程师在客户现场驻场：考勤请假、操作变更、访客、巡检与故障。',
    ),
    reportable: reportable('on-site-residency'),
    certificates: certificates('product-training'),
    settings,
    summary: ['customerName', 'site', 'engineer', 'contractEndsAt'],
    assignee: 'engineer',
    region: 'region',
  },
}
