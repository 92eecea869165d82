/**
 * The people of the depot scenarios, and what is done when a trainee comes in later.
 *
 * Must not: be a scenario itself.
 */
import type { Member, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { sent, signature, tick, written } from '../../scenario-author.ts'

export const customer: Member = {
  name: text('Ms Chen', '陈女士'),
  roles: ['customer'],
  temper: 'worried',
  about: text(
    'A teacher. Four years of lesson plans and pictures of her daughter are on the disk.',
    '中学老师，硬盘里有四年的教案和女儿的照片。',
  ),
}
export const desk: Member = { name: text('Zhao Qiang, front desk', '赵强（前台）'), roles: ['front-desk'] }
export const bench: Member = {
  name: text('Engineer Liu', '刘工'),
  roles: ['engineer'],
  certificates: [{ kind: 'product-training' }],
}
export const stock: Member = {
  name: text('He Ping, stock keeper', '何平（备件管理员）'),
  roles: ['stock-keeper'],
}
export const dispatcher: Member = { name: text('Li Na, dispatcher', '李娜（调度）'), roles: ['dispatcher'] }

export const FIELDS = {
  customerName: '陈晓燕',
  customerPhone: '13800001234',
  problem: '笔记本开机蓝屏，偶尔能进系统',
}

/** Taken in by the desk and registered; `diskWork`: the disk is known to be part of the work. */
export const registered = (diskWork: boolean, inspectionBy: string): Step[] => [
  tickBy('desk', 'deskWelcome'),
  tickBy('desk', 'accessoriesConfirmed'),
  tickBy('desk', 'conditionChecked'),
  sent(
    'desk',
    'machine.receive',
    {
      machine: '联想 ThinkPad E14',
      accessories: '电源适配器、电脑包',
      configuration: 'i5 / 16GB / 512GB SSD',
      damage: '左后角轻微磕碰',
      diskWork,
      serialNumber: 'PF-3K2M9',
    },
    'PT5M',
  ),
  tickBy('desk', 'logRegistered'),
  tickBy('desk', 'backupAsked', '客户称教案未备份'),
  sent('desk', 'repair.register', { inspectionBy, receiptNumber: 'QJ-20260309-07' }, 'PT3M'),
]

const tickBy = (by: string, item: string, words?: string): Step => ({
  what: {
    do: 'tick',
    item,
    by,
    ...(words === undefined ? {} : { evidence: written(words) }),
  },
})

/** Inspected by somebody, explained and accepted by telephone. */
export const accepted = (by: string, repairBy: string): Step[] => [
  sent('desk', 'engineer.assign', { engineer: by }, 'PT5M'),
  sent(by, 'inspection.start', {}, 'PT10M'),
  sent(by, 'inspection.finish', { findings: '内存条故障，需更换', result: 'repairable' }, 'PT30M'),
  sent('desk', 'quote.explain', { warranty: false, charge: 320, repairBy }, 'PT5M'),
  sent('desk', 'quote.accept', { by: '陈晓燕', way: 'phone' }, 'PT5M'),
]

/** The part booked out, fitted and verified by the engineer of the bench, and the repair closed. */
export const repaired: Step[] = [
  { what: { do: 'tick', item: 'racked', by: 'bench' } },
  sent('bench', 'part.request', { part: 'MEM-16G-DDR4' }, 'PT5M'),
  sent('stock', 'part.book', { part: 'MEM-16G-DDR4', stockCount: 3 }, 'PT10M'),
  sent('bench', 'repair.open', {}, 'PT5M'),
  { what: { do: 'tick', item: 'wristStrap', by: 'bench' } },
  sent('bench', 'work.start', {}, 'PT5M'),
  sent(
    'bench',
    'part.fit',
    {
      part: 'MEM-16G-DDR4',
      replaced: '内存条',
      oldSerial: 'SN-OLD-81',
      newSerial: 'SN-NEW-12',
      stockCount: 3,
    },
    'PT10M',
  ),
  sent('bench', 'work.finish', { workDone: '更换内存条' }, 'PT20M'),
  { what: { do: 'tick', item: 'faultGone', by: 'bench' } },
  { what: { do: 'tick', item: 'functionsTested', by: 'bench' } },
  { what: { do: 'tick', item: 'assemblyChecked', by: 'bench' } },
  sent('bench', 'verification.pass', {}, 'PT30M'),
  { what: { do: 'tick', item: 'coordinatorInformed', by: 'bench', evidence: written('已报协调员') } },
  sent('bench', 'repair.close', {}, 'PT5M'),
]

export const disclaimer = (item: string, after: string): Step => tick(item, after, signature('陈晓燕'))
