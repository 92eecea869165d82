/**
 * From the closed repair to the customer's door: reporting back, pick-up, farewell, the last parts.
 *
 * Promises: every machine goes this way, repaired or not; the job ends only when no part is out (DR-21).
 */
import type { StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, cel, item, notify, remind, text, toField, toRole } from '../author.ts'

export const closing: StateNode = {
  meta: {
    title: text('Reporting back', '反馈与关单'),
    checklist: [
      item(
        'coordinatorInformed',
        text('Parts and result reported to the repair coordinator', '已向送修协调反馈备件与结果'),
        ['DR-18'],
        { evidence: 'text' },
      ),
    ],
  },
  on: {
    'repair.close': {
      target: '#depot-repair.handover',
      actions: [
        assign({ repairClosedAt: cel('now') }),
        notify(
          [toRole('front-desk'), toRole('dispatcher')],
          text('A machine is ready to go back to its customer.', '有机器可通知客户取回。'),
          'DR-18',
        ),
      ],
      meta: { norms: ['DR-18', 'DR-19'] },
    },
  },
}

const readying: StateNode = {
  meta: {
    title: text('Getting ready for pick-up', '取机准备'),
    checklist: [
      item('orderPrinted', text('Repair order printed', '已打印维修单'), ['DR-20']),
      item('engineerSigned', text('Engineer has signed the order', '工程师已在维修单签名'), ['DR-22'], {
        evidence: 'signature',
        roles: ['engineer'],
      }),
      item('orderWithMachine', text('Order and dust cover are with the machine', '单据与防尘罩已随机'), [
        'DR-22',
      ]),
    ],
  },
  on: {
    'pickup.notify': {
      target: 'awaitingPickup',
      guard: cel('has(job.repairClosedAt)'),
      meta: { norms: ['DR-19', 'DR-20'] },
    },
  },
}

const awaitingPickup: StateNode = {
  meta: { title: text('Awaiting pick-up', '待取机') },
  after: {
    uncollected: {
      target: 'awaitingPickup',
      reenter: true,
      actions: [
        assign({ uncollectedReminders: cel('job.uncollectedReminders + 1') }),
        remind(
          [toRole('front-desk'), toRole('dispatcher')],
          text('A machine has not been collected: remind the customer.', '机器逾期未取，请提醒客户取机。'),
          'DR-20',
        ),
      ],
    },
  },
  on: {
    'pickup.notify': { target: 'awaitingPickup', reenter: true },
    'customer.arrive': { target: 'handingOver', meta: { norms: ['DR-24'] } },
  },
}

const handingOver: StateNode = {
  meta: {
    title: text('Handing over', '交机'),
    norms: ['DR-23'],
    checklist: [
      item('pickupWelcome', text('Front desk has received the customer', '前台已迎接客户'), ['DR-24'], {
        roles: ['front-desk'],
      }),
      item(
        'machineChecked',
        text('Machine and accessories checked by the customer', '客户已核对机器与附件'),
        ['DR-23'],
      ),
      item('customerSigned', text('Customer has signed the order', '客户已在维修单签字'), ['DR-23'], {
        evidence: 'signature',
        roles: ['front-desk', 'customer'],
      }),
      item('commentsAsked', text('Comments invited', '已征询客户意见'), ['GN-10']),
    ],
  },
  on: {
    'machine.collect': {
      target: 'farewell',
      guard: all(cel('event.receiptNumber == job.receiptNumber'), cel('event.paid >= job.amountDue')),
      actions: [assign({ paid: cel('event.paid') })],
      meta: { norms: ['DR-23'] },
    },
  },
}

const farewell: StateNode = {
  meta: {
    title: text('Farewell', '送客'),
    checklist: [
      item('upkeepTaught', text('Use and upkeep explained', '已讲解使用与保养'), ['GN-27']),
      item('farewellCard', text('Name card given, customer seen off', '已留名片并送别'), ['DR-10'], {
        roles: ['front-desk'],
      }),
    ],
  },
  on: { 'customer.leave': { target: '#depot-repair.settling', meta: { norms: ['DR-10'] } } },
}

export const handover: StateNode = {
  initial: 'readying',
  meta: { title: text('Pick-up', '取机') },
  states: { readying, awaitingPickup, handingOver, farewell },
}

const ends = (outcome: string, target: string): Transition => ({
  target,
  guard: all(cel('size(job.partsOut) == 0'), cel(`has(job.outcome) && job.outcome == '${outcome}'`)),
  meta: { norms: ['DR-21'] },
})

/** DR-21: the repair may be closed and the machine gone, the job stays open until every borrowed part is accounted for. */
export const settling: StateNode = {
  meta: { title: text('Accounting for parts', '备件清账'), norms: ['DR-21'] },
  always: [
    ends('repaired', 'completed'),
    ends('declined', 'returned'),
    ends('no-fault', 'noFault'),
    ends('unrepairable', 'unrepairable'),
    ends('cancelled', 'cancelled'),
  ],
  after: {
    partsStillOut: {
      target: 'settling',
      reenter: true,
      actions: [
        remind(
          [toRole('stock-keeper'), toField('engineer')],
          text('Borrowed parts are still out.', '借用备件尚未归还。'),
          'DR-21',
        ),
      ],
      meta: { norms: ['DR-21'] },
    },
  },
}
