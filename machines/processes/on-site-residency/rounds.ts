/**
 * What goes on beside attendance and operations: visitors (OR-07), inspection rounds (OR-23), faults.
 *
 * Promises: nobody is inside without having been met outside, registered by the front desk and let in, in this order;
 * a round without its record is not over; every fault raised is a job of its own (`fault`), counted until it ends.
 */
import type { StateNode, Transition } from '../../definition/schema.ts'
import { assign, cel, item, notify, remind, text, toField, toRole } from '../author.ts'
import { CUSTOMER_FILE, handOver, optional } from '../customer-file.ts'

const gone: Transition = {
  target: 'none',
  actions: [
    assign({
      visitorNames: null,
      visitorPurpose: null,
      visitorRegistration: null,
      visitorApprovedBy: null,
    }),
  ],
  meta: { waivesChecklist: true },
}

export const visitors: StateNode = {
  initial: 'none',
  meta: { title: text('Visitors', '访客'), norms: ['OR-07'] },
  states: {
    none: {
      meta: { title: text('No visitors', '无访客') },
      on: {
        'visitor.announce': {
          target: 'outside',
          actions: [
            assign({
              visitorNames: cel('event.visitorNames'),
              visitorPurpose: cel('event.visitorPurpose'),
            }),
          ],
          meta: { norms: ['OR-07'] },
        },
      },
    },
    outside: {
      meta: {
        title: text('To be met outside', '在外接待'),
        norms: ['OR-07'],
        checklist: [item('visitorsMet', text('Visitors met outside', '已在办公区外接待访客'), ['OR-07'])],
      },
      on: {
        'visitor.register': {
          target: 'registered',
          actions: [assign({ visitorRegistration: cel('event.visitorRegistration') })],
          meta: { norms: ['OR-07'] },
        },
        'visitor.leave': gone,
      },
    },
    registered: {
      meta: { title: text('Registered, not yet let in', '已登记，待批准'), norms: ['OR-07'] },
      on: {
        /** Never by the engineer whom they come to see. */
        'visitor.approve': {
          target: 'approved',
          guard: cel('actor.id != job.engineer'),
          actions: [assign({ visitorApprovedBy: cel('actor.id') })],
          meta: { norms: ['OR-07'] },
        },
        'visitor.refuse': { target: 'outside', meta: { norms: ['OR-07'] } },
        'visitor.leave': gone,
      },
    },
    approved: {
      meta: { title: text('May enter', '已批准进入'), norms: ['OR-07'] },
      on: {
        'visitor.enter': { target: 'inside', meta: { norms: ['OR-07'] } },
        'visitor.leave': gone,
      },
    },
    inside: {
      meta: { title: text('Inside', '已进入') },
      on: { 'visitor.leave': gone },
    },
  },
}

const checked = (id: string, en: string, zh: string) =>
  item(id, text(en, zh), ['OR-23'], { evidence: 'text' })
const begin: Transition = { target: 'inspecting', meta: { norms: ['OR-23'] } }

export const inspections: StateNode = {
  initial: 'resting',
  meta: { title: text('Inspection rounds', '巡检'), norms: ['OR-23'] },
  states: {
    resting: {
      meta: { title: text('Until the next round', '未到巡检时间') },
      after: { inspectionDue: { target: 'due', meta: { norms: ['OR-23'] } } },
      on: { 'inspection.start': begin },
    },
    due: {
      meta: { title: text('Round due', '应巡检'), norms: ['OR-23'] },
      entry: [
        remind([toField('engineer')], text('The regular inspection is due.', '定期巡检时间已到。'), 'OR-23'),
      ],
      after: {
        inspectionLate: {
          actions: [
            notify(
              [toRole('dispatcher'), toField('residencyLead')],
              text('A due inspection has not been made.', '到期巡检尚未进行。'),
              'OR-23',
            ),
          ],
        },
      },
      on: { 'inspection.start': begin },
    },
    inspecting: {
      meta: {
        title: text('Inspecting', '巡检中'),
        norms: ['OR-23'],
        checklist: [
          checked('hardwareInspected', 'Hardware, lamps and alarms', '硬件状态、指示灯与告警'),
          checked('logsInspected', 'System and event logs', '系统与事件日志'),
          checked('loadInspected', 'Load and free space', '负载与可用空间'),
          checked('backupsInspected', 'Backups of the period', '周期内备份情况'),
        ],
      },
      on: {
        'inspection.record': {
          target: 'resting',
          actions: [
            assign({
              findings: cel('event.findings'),
              abnormal: cel('event.abnormal'),
              inspectedAt: cel('now'),
              inspections: cel('job.inspections + 1'),
            }),
          ],
          meta: { norms: ['OR-23'] },
        },
        'inspection.breakOff': {
          target: 'due',
          meta: { title: text('Break off: still due', '中断巡检（仍须进行）'), waivesChecklist: true },
        },
      },
    },
  },
}

/** OR-16: reported upwards by the fault itself, as it is raised. */
const raise: Transition = {
  target: 'open',
  guard: cel('event.startedAt <= now'),
  actions: [
    assign({ openFaults: cel('job.openFaults + 1'), lastFault: cel('event.description') }),
    {
      type: 'startJob',
      params: {
        process: 'fault',
        link: 'fault',
        fields: {
          description: cel('event.description'),
          startedAt: cel('event.startedAt'),
          system: optional('event.system'),
          systemDown: cel('event.systemDown'),
          ...handOver(...CUSTOMER_FILE, 'region', 'engineer'),
        },
        onEnd: 'fault.ended',
      },
    },
  ],
  meta: { norms: ['OR-16'] },
}
const ended = assign({
  openFaults: cel('job.openFaults > 0 ? job.openFaults - 1 : 0'),
  lastFaultEnd: cel('event.status'),
})

export const faults: StateNode = {
  initial: 'none',
  meta: { title: text('Open faults', '未关闭故障') },
  states: {
    none: {
      meta: { title: text('No open fault', '无未关闭故障') },
      on: { 'fault.raise': raise },
    },
    open: {
      meta: { title: text('Faults open', '有未关闭故障') },
      on: {
        'fault.raise': raise,
        'fault.ended': [
          { target: 'none', guard: cel('job.openFaults <= 1'), actions: [ended] },
          { actions: [ended] },
        ],
      },
    },
  },
}
