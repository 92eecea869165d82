/**
 * Depot repair: a machine comes in at the front desk and goes back to its customer, repaired or not.
 *
 * Promises: no repair without an accepted quote (DR-07), no disk work without a disclaimer (DR-08), no end while a
 * borrowed part is out (DR-21), not even by cancelling.
 */
import type { Definition, Transition } from '../../definition/schema.ts'
import { all, assign, cel, not, notify, reportable, text, toRole } from '../author.ts'
import { certificates } from '../certificates.ts'
import { takeBackLocked } from '../locks.ts'
import { delays } from './delays.ts'
import { events } from './events.ts'
import { fields, settings } from './fields.ts'
import { closing, handover, settling } from './handover.ts'
import { inspection, quoting, reception } from './reception.ts'
import { service, stockLine } from './workshop.ts'

const trained = { type: 'qualified', params: { certificate: 'product-training', of: 'engineer' } } as const
const assignedEngineer = assign({ engineer: cel('event.engineer') })
/** GN-17: lapsed training does not bar the assignment, it is pointed out. */
const assignment: Transition[] = [
  { guard: trained, actions: [assignedEngineer], meta: { norms: ['GN-17'] } },
  {
    guard: not(trained),
    actions: [
      assignedEngineer,
      notify(
        [toRole('dispatcher')],
        text("The assigned engineer's product training has lapsed.", '所指派工程师的产品培训已过期。'),
        'GN-17',
      ),
    ],
    meta: { title: text('Assign, though training has lapsed', '指派（培训已过期）'), norms: ['GN-17'] },
  },
]

const isOut = cel('event.part in job.partsOut')
const accounted = assign({
  partsOut: cel('job.partsOut.filter(each, each != event.part)'),
  partsFitted: cel('job.partsFitted.filter(each, each != event.part)'),
})

export const depotRepair: Definition = {
  id: 'depot-repair',
  initial: 'reception',
  /** An engineer who took the machine away has left a receipt already. */
  entry: [takeBackLocked(fields.properties, ['receiptNumber'])],
  on: {
    'engineer.assign': assignment,
    /** For a part in the machine the old one comes back; a part not in the machine comes back itself. */
    'part.return': {
      guard: all(isOut, cel("(event.what == 'replaced') == (event.part in job.partsFitted)")),
      actions: [accounted, stockLine('back')],
      meta: { norms: ['DR-21', 'GN-14'] },
    },
    /** DR-23: who comes without the receipt is given another, by someone else than the desk that hands over. */
    'receipt.replace': {
      guard: cel('has(job.receiptNumber)'),
      actions: [
        assign({ receiptNumber: cel('event.receiptNumber') }),
        notify([toRole('front-desk')], text('A receipt has been replaced.', '取机单已补办。'), 'DR-23'),
      ],
      meta: { norms: ['DR-23'] },
    },
    'part.writeOff': {
      guard: isOut,
      actions: [accounted, stockLine('written-off')],
      meta: { norms: ['DR-21'] },
    },
    cancel: [
      {
        target: '.settling',
        guard: cel('size(job.partsOut) > 0'),
        actions: [assign({ outcome: 'cancelled', cancelReason: cel('event.reason') })],
        meta: {
          title: text('Cancel; ends when the parts are back', '取消（备件归还后结束）'),
          norms: ['DR-21'],
          waivesChecklist: true,
        },
      },
      {
        target: '.cancelled',
        actions: [assign({ outcome: 'cancelled', cancelReason: cel('event.reason') })],
        meta: { waivesChecklist: true },
      },
    ],
  },
  states: {
    reception,
    inspection,
    quoting,
    service,
    closing,
    handover,
    settling,
    completed: { type: 'final', meta: { title: text('Repaired and collected', '修复并取机') } },
    returned: { type: 'final', meta: { title: text('Returned unrepaired', '未修退机') } },
    noFault: { type: 'final', meta: { title: text('Returned, no fault found', '未发现故障退机') } },
    unrepairable: {
      type: 'final',
      tags: ['failed'],
      meta: { title: text('Returned, cannot be repaired', '无法修复退机') },
    },
    cancelled: { type: 'final', tags: ['cancelled'], meta: { title: text('Cancelled', '已取消') } },
  },
  schemas: { context: fields, events },
  delays,
  meta: {
    title: text('Depot repair', '送修'),
    description: text(
      'A machine is received, inspected, repaired with consent, verified and handed back.',
      '接收机器、检测、经客户认可后维修、验机并交还客户。',
    ),
    reportable: reportable('depot-repair'),
    certificates: certificates('product-training'),
    settings,
    summary: ['customerName', 'machine', 'serialNumber', 'receiptNumber', 'problem'],
    assignee: 'engineer',
    region: 'region',
  },
}
