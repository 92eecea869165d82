/**
 * The workshop: the machine on its rack while parts are booked out, the repair, the full verification.
 *
 * Promises: a part is fitted only when the stock keeper has booked it out (DR-13); what cannot be had stands in the
 * shortage list and holds the repair (DR-11); no work before the repair is opened in the system (DR-14); no way out
 * as repaired but through a passed verification (DR-17).
 */
import type { Action, Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, remind, text, toField, toRole } from '../author.ts'
import { declined, diskNeeded } from './reception.ts'

/** A line of the stock book (GN-14): what, when, how many are left, by whom. */
export const stockLine = (movement: string): Action =>
  assign({
    stockBook: cel(
      `dyn(job.stockBook) + [{'part': dyn(event.part), 'movement': dyn('${movement}'), 'stockCount': dyn(event.stockCount), 'at': dyn(now), 'by': dyn(actor.id)}]`,
    ),
  })

const without = (list: string) => cel(`job.${list}.filter(each, each != event.part)`)
const shortageWithout = cel('job.shortageList.filter(each, each.part != event.part)')
const isShort = 'job.shortageList.exists(each, each.part == event.part)'

const requested: Transition = {
  guard: cel(`!(event.part in job.partsWanted) && !(event.part in job.partsOut) && !${isShort}`),
  actions: [assign({ partsWanted: cel('job.partsWanted + [event.part]') })],
}
const nothingMissing: Guard = all(cel('size(job.partsWanted) == 0'), cel('size(job.shortageList) == 0'))
const mayBeRepaired: Guard = all(cel('job.quoteAccepted'), nothingMissing)

const waiting: StateNode = {
  initial: 'arranging',
  meta: {
    title: text('On the rack', '上架待修'),
    norms: ['DR-12'],
    checklist: [item('racked', text('On its rack, under the dust cover', '机器已上架并套防尘罩'), ['DR-12'])],
  },
  on: {
    'part.request': requested,
    'part.withdraw': {
      guard: cel(`event.part in job.partsWanted || ${isShort}`),
      actions: [assign({ partsWanted: without('partsWanted'), shortageList: shortageWithout })],
    },
    'part.book': {
      guard: cel(`event.part in job.partsWanted || ${isShort}`),
      actions: [
        assign({
          partsWanted: without('partsWanted'),
          shortageList: shortageWithout,
          partsOut: cel('job.partsOut + [event.part]'),
        }),
        stockLine('out'),
      ],
      meta: { norms: ['DR-13', 'GN-14'] },
    },
    'part.shortage': {
      guard: cel('event.part in job.partsWanted'),
      actions: [
        assign({
          partsWanted: without('partsWanted'),
          shortageList: cel(
            "dyn(job.shortageList) + [{'part': dyn(event.part), 'reason': dyn(event.reason), 'at': dyn(now)}]",
          ),
        }),
      ],
      meta: { norms: ['DR-11'] },
    },
    'quote.decline': declined(),
  },
  states: {
    arranging: {
      meta: { title: text('Arranging parts', '备件准备') },
      always: {
        target: 'awaitingParts',
        guard: cel('size(job.shortageList) > 0'),
        meta: { norms: ['DR-11'] },
      },
      on: {
        'repair.open': {
          target: '#depot-repair.service.repairing',
          guard: all(mayBeRepaired, cel('!has(job.repairOpenedAt)')),
          actions: [assign({ repairOpenedAt: cel('now') })],
          meta: { norms: ['DR-07', 'DR-11', 'DR-13', 'DR-14'] },
        },
        'work.resume': {
          target: '#depot-repair.service.repairing',
          guard: all(mayBeRepaired, cel('has(job.repairOpenedAt)')),
          meta: { norms: ['DR-07', 'DR-11', 'DR-13', 'DR-14'] },
        },
      },
    },
    awaitingParts: {
      meta: { title: text('Awaiting parts', '待件'), norms: ['DR-11'] },
      always: { target: 'arranging', guard: cel('size(job.shortageList) == 0') },
      after: {
        shortageLasts: {
          target: 'awaitingParts',
          reenter: true,
          actions: [
            remind(
              [toRole('stock-keeper'), toField('engineer')],
              text('A part on the shortage list has not come.', '缺件登记表中的备件尚未到货。'),
              'DR-11',
            ),
          ],
        },
      },
    },
  },
}

const working: StateNode = {
  meta: { title: text('Being repaired', '维修中') },
  on: {
    'part.fit': {
      guard: cel('event.part in job.partsOut && !(event.part in job.partsFitted)'),
      actions: [
        assign({
          partsFitted: cel('job.partsFitted + [event.part]'),
          partsReplaced: cel(
            "dyn(job.partsReplaced) + [{'part': dyn(event.part), 'replaced': dyn(event.replaced), 'oldSerial': dyn(event.oldSerial), 'newSerial': dyn(event.newSerial), 'stockCount': dyn(event.stockCount), 'at': dyn(now)}]",
          ),
        }),
      ],
      meta: { norms: ['DR-13', 'GN-14'] },
    },
    'part.remove': {
      guard: cel('event.part in job.partsFitted'),
      actions: [assign({ partsFitted: without('partsFitted') })],
    },
    'part.request': { ...requested, target: '#depot-repair.service.waiting' },
    'disk.need': diskNeeded,
    'quote.revise': {
      target: '#depot-repair.quoting',
      actions: [assign({ findings: cel('event.findings'), quoteAccepted: false })],
      meta: { norms: ['DR-07'] },
    },
    'work.finish': {
      target: '#depot-repair.service.verifying',
      actions: [assign({ workDone: cel('event.workDone') })],
    },
  },
}

const repairing: StateNode = {
  initial: 'preparing',
  meta: { title: text('Repairing', '维修') },
  states: {
    preparing: {
      meta: {
        title: text('At the bench', '工位准备'),
        checklist: [
          item('wristStrap', text('Anti-static wrist strap worn', '已佩戴防静电手环'), ['DR-16'], {
            roles: ['engineer'],
          }),
        ],
      },
      on: {
        'work.start': {
          target: 'working',
          guard: all(cel('has(job.repairOpenedAt)'), cel('!job.diskWork || job.dataProtected')),
          meta: { norms: ['DR-08', 'DR-14', 'DR-16'] },
        },
        'disk.need': diskNeeded,
      },
    },
    working,
    protecting: {
      meta: {
        title: text('Protecting the data', '数据保护'),
        norms: ['DR-08'],
        checklist: [
          item(
            'repairDisclaimerSigned',
            text('Disclaimer for the data signed', '客户已签数据免责声明'),
            ['DR-08'],
            { evidence: 'signature', roles: ['front-desk', 'engineer', 'customer'] },
          ),
        ],
      },
      on: {
        'data.protect': {
          target: 'preparing',
          actions: [assign({ dataProtected: true })],
          meta: { norms: ['DR-08'] },
        },
        'quote.decline': declined(),
      },
    },
  },
}

const verifying: StateNode = {
  meta: {
    title: text('Full verification', '全面验机'),
    norms: ['DR-17'],
    checklist: [
      item('faultGone', text('The reported fault is gone', '报修故障已排除'), ['DR-17']),
      item('functionsTested', text('All functions tested', '各项功能全面测试'), ['DR-17']),
      item('assemblyChecked', text('Screws, cables and casing checked', '螺丝、线缆与外壳检查完好'), [
        'DR-17',
      ]),
    ],
  },
  on: {
    'verification.pass': {
      target: '#depot-repair.closing',
      actions: [assign({ outcome: 'repaired' })],
      meta: { norms: ['DR-17'] },
    },
    'verification.fail': {
      target: 'repairing',
      actions: [assign({ verificationFindings: cel('event.findings') })],
      meta: { norms: ['DR-17'], waivesChecklist: true },
    },
  },
}

export const service: StateNode = {
  initial: 'waiting',
  meta: { title: text('In the workshop', '车间维修'), norms: ['DR-09'] },
  after: {
    repairDueSoon: {
      actions: [
        remind(
          [toField('engineer')],
          text('The repair is due in 2 hours.', '距承诺修复时间还有2小时。'),
          'DR-09',
        ),
      ],
    },
    repairPromised: {
      actions: [
        breach('DR-09'),
        remind(
          [toField('engineer'), toRole('front-desk'), toRole('dispatcher')],
          text(
            'The promised repair time has passed: tell the customer.',
            '已超过承诺的修复时间，请告知客户。',
          ),
          'DR-09',
        ),
      ],
      meta: { norms: ['DR-09'] },
    },
  },
  on: {
    'repair.giveUp': {
      target: '#depot-repair.closing',
      actions: [
        assign({
          outcome: 'unrepairable',
          unrepairableReason: cel('event.reason'),
          amountDue: cel('settings.inspectionFee'),
        }),
      ],
      meta: { waivesChecklist: true },
    },
  },
  states: { waiting, repairing, verifying },
}
