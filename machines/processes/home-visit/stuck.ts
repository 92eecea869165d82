/**
 * What cannot be settled on the spot: to the depot, a further visit, a return; and the machine's way home.
 *
 * Promises: nothing leaves the house without the customer's signature and a receipt (HV-24).
 */
import type { StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, cel, item, text } from '../author.ts'
import { handOver, optional } from '../customer-file.ts'
import { declining } from './assessing.ts'
import { inFuture, inHoursOrAsked } from './guards.ts'

const DEPOT_FILE = [
  'customerName',
  'customerAddress',
  'customerPhone',
  'customerEmail',
  'customerPostcode',
  'customerContact',
  'region',
  'orderNumber',
  'serialNumber',
]

/** A further visit with the time that the customer chose; the coordinator books it (HV-04). */
const furtherVisit: Transition = {
  target: '#tidying',
  guard: all(inFuture, inHoursOrAsked('event.time')),
  actions: [assign({ outcome: 'further', proposedTime: cel('event.time') })],
  meta: { norms: ['HV-24', 'HV-04', 'HV-41'] },
}

export const stuck: StateNode = {
  id: 'stuck',
  meta: {
    title: text('Not repairable on the spot', '现场无法修复，协商中'),
    norms: ['HV-24'],
    checklist: [
      item(
        'nextStepSignature',
        text('The customer agreed to the next step', '客户签字同意后续安排'),
        ['HV-24'],
        {
          evidence: 'signature',
          roles: ['customer'],
        },
      ),
    ],
  },
  on: {
    'takeaway.agree': {
      target: '#tidying',
      guard: cel('has(job.customerName) && has(job.customerPhone)'),
      actions: [
        {
          type: 'startJob',
          params: {
            process: 'depot-repair',
            link: 'depot',
            onEnd: 'depot.ended',
            fields: {
              ...handOver(...DEPOT_FILE),
              problem: cel('has(job.diagnosis) ? job.diagnosis : job.problem'),
              problemKind: cel('job.problemKind'),
              severity: cel('job.severity'),
              machine: optional('event.machine'),
              receiptNumber: cel('event.receiptNumber'),
              broughtBy: 'engineer',
            },
          },
        },
        assign({ outcome: 'taken-away', receiptNumber: cel('event.receiptNumber'), depotOutcome: null }),
      ],
      meta: { norms: ['HV-24'] },
    },
    'further.agree': furtherVisit,
    'work.resume': [
      { target: '#repairing', guard: cel('job.solutionSigned'), meta: { waivesChecklist: true } },
      { target: '#assessing', meta: { waivesChecklist: true } },
    ],
    'solution.decline': declining,
  },
}

/** HV-17: the free return. */
export const returning: StateNode = {
  id: 'returning',
  meta: {
    title: text('Machine returned', '退机'),
    norms: ['HV-17'],
    checklist: [
      item(
        'returnDataKept',
        text("The customer's data is backed up or wiped as he wishes", '按客户意愿备份或清除数据'),
      ),
    ],
  },
  on: {
    'machine.take-back': {
      target: '#tidying',
      actions: [assign({ outcome: 'returned', receiptNumber: cel('event.receiptNumber') })],
      meta: { norms: ['HV-17'] },
    },
  },
}

/** The machine comes back from the depot. */
export const handover: StateNode = {
  id: 'handover',
  meta: {
    title: text('Handing the machine over', '送还机器'),
    checklist: [
      item('machineHandedOver', text('Machine handed over', '机器已送还'), ['HV-24']),
      item('receiptTakenBack', text('Receipt taken back', '收回取机单'), ['HV-24']),
    ],
  },
  on: {
    'handover.repaired': {
      target: '#verifying',
      guard: cel("job.depotOutcome in ['repaired', 'no-fault', 'done']"),
    },
    'handover.unrepaired': {
      target: '#tidying',
      actions: [assign({ outcome: 'not-repaired', rejection: cel('event.reason') })],
    },
  },
}
