/**
 * Who may tell a depot repair what, and what each event carries.
 *
 * Must not: say what an event does (the phases do).
 */
import type { EventRole, EventSchema, Field, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerReferences, problemKind, severity } from '../customer-file.ts'
import {
  amount,
  CONSENT_WAYS,
  consentWay,
  flag,
  long,
  moment,
  part,
  person,
  short,
  stockCount,
} from './fields.ts'

type Carried = { required?: Record<string, Field>; optional?: Record<string, Field>; norms?: string[] }

const event = (
  title: Text,
  roles: EventRole[],
  { required = {}, optional = {}, norms = [] }: Carried = {},
): EventSchema => ({
  properties: { ...required, ...optional },
  required: Object.keys(required),
  meta: { title, roles, norms },
})

const { serialNumber, orderNumber } = customerReferences
const why = long(text('Reason', '原因'))

const reception: Record<string, EventSchema> = {
  'machine.receive': event(text('Take the machine in', '接收机器'), ['front-desk'], {
    required: {
      machine: short(text('Machine (make, model)', '机器品牌与型号')),
      accessories: long(text('Accessories handed in', '随机附件'), { norms: ['DR-02'] }),
      configuration: long(text('Configuration on receipt', '收机时配置'), { norms: ['DR-03'] }),
      damage: long(text('Damage on receipt', '收机时异常损伤'), { norms: ['DR-03'] }),
      diskWork: flag(text('The disk or its data will be worked on', '涉及硬盘或数据操作'), {
        norms: ['DR-08'],
      }),
    },
    optional: { serialNumber, orderNumber, problemKind, severity },
    norms: ['DR-02', 'DR-03'],
  }),
  'repair.register': event(text('Register, give the receipt', '登记并开具取机单'), ['front-desk'], {
    required: {
      inspectionBy: moment(text('Inspection promised by', '承诺检测完成时间'), { norms: ['DR-05'] }),
    },
    /** An engineer who took the machine away has left a receipt already. */
    optional: { receiptNumber: short(text('Receipt number', '取机单号')) },
    norms: ['DR-04', 'DR-05'],
  }),
  'engineer.assign': event(text('Assign an engineer', '指派工程师'), ['dispatcher', 'front-desk'], {
    required: { engineer: person(text('Engineer', '维修工程师')) },
    norms: ['GN-17'],
  }),
}

const inspection: Record<string, EventSchema> = {
  'inspection.start': event(text('Start the inspection', '开始检测'), ['engineer']),
  'inspection.finish': event(text('Finish the inspection', '完成检测'), ['engineer'], {
    required: {
      findings: long(text('Findings', '检测结果'), { norms: ['DR-07'] }),
      result: {
        type: 'string',
        enum: ['repairable', 'unrepairable', 'no-fault'],
        meta: {
          title: text('Result', '检测结论'),
          options: {
            repairable: text('Can be repaired', '可修'),
            unrepairable: text('Cannot be repaired', '无法修复'),
            'no-fault': text('No fault found', '未发现故障'),
          },
        },
      },
    },
    norms: ['DR-05'],
  }),
  'disk.need': event(text('The disk must be worked on', '需要动硬盘'), ['engineer'], { norms: ['DR-08'] }),
  'data.protect': event(
    text('Customer released the disk', '客户同意动硬盘'),
    ['customer', 'front-desk', 'engineer'],
    { norms: ['DR-08'] },
  ),
  'quote.explain': event(
    text('Explain findings, warranty and charge', '说明检测结果、保修与费用'),
    ['front-desk', 'engineer'],
    {
      required: {
        warranty: flag(text('Under warranty', '保修期内'), { norms: ['DR-07'] }),
        charge: amount(text('Charge', '维修费用'), { norms: ['DR-07'] }),
        repairBy: moment(text('Repair promised by', '承诺修复时间'), { norms: ['DR-09'] }),
      },
      norms: ['DR-07', 'DR-09'],
    },
  ),
  'quote.accept': event(text('Customer accepts', '客户认可'), ['customer', 'front-desk'], {
    required: {
      by: short(text('Agreed by', '认可人'), { personal: true, norms: ['DR-07'] }),
      way: {
        ...consentWay,
        meta: { title: text('How it was agreed', '认可方式'), options: CONSENT_WAYS, norms: ['DR-07'] },
      },
    },
    norms: ['DR-07'],
  }),
  'quote.decline': event(text('Customer declines the repair', '客户不修'), ['customer', 'front-desk'], {
    required: { reason: why },
    norms: ['DR-07'],
  }),
  'quote.revise': event(text('More was found: quote anew', '发现新问题，重新报价'), ['engineer'], {
    required: { findings: long(text('Findings', '检测结果')) },
    norms: ['DR-07'],
  }),
  'customer.seeOff': event(text('See the customer off', '送别客户'), ['front-desk'], { norms: ['DR-10'] }),
}

const parts: Record<string, EventSchema> = {
  'part.request': event(text('Ask for a part', '申请备件'), ['engineer'], { required: { part } }),
  'part.withdraw': event(text('Part no longer needed', '撤销备件申请'), ['engineer'], {
    required: { part, reason: why },
  }),
  'part.book': event(text('Book a part out', '备件借用登记'), ['stock-keeper'], {
    required: { part, stockCount },
    norms: ['DR-13', 'GN-14'],
  }),
  'part.shortage': event(text('Enter a shortage', '登记缺件'), ['stock-keeper'], {
    required: { part, reason: why },
    norms: ['DR-11'],
  }),
  'part.fit': event(text('Fit a part', '更换备件'), ['engineer'], {
    required: {
      part,
      replaced: short(text('What was replaced', '更换部件'), { norms: ['GN-14'] }),
      oldSerial: short(text('Old serial number', '旧件序列号'), { norms: ['GN-14'] }),
      newSerial: short(text('New serial number', '新件序列号'), { norms: ['GN-14'] }),
      stockCount,
    },
    norms: ['DR-13', 'GN-14'],
  }),
  'part.remove': event(text('Take a fitted part out again', '拆下已装备件'), ['engineer'], {
    required: { part, reason: why },
  }),
  'part.return': event(text('Take a part back', '备件归还'), ['stock-keeper'], {
    required: {
      part,
      what: {
        type: 'string',
        enum: ['unused', 'replaced', 'faulty'],
        meta: {
          title: text('What came back', '归还内容'),
          norms: ['DR-21'],
          options: {
            unused: text('The part, unused', '未使用的备件'),
            replaced: text('The old part that it replaced', '换下的旧件'),
            faulty: text('The part, found faulty', '不良备件'),
          },
        },
      },
      stockCount,
    },
    norms: ['DR-21', 'GN-14'],
  }),
  'part.writeOff': event(text('Write a part off', '备件核销'), ['stock-keeper'], {
    required: { part, reason: why, stockCount },
    norms: ['DR-21'],
  }),
}

const repair: Record<string, EventSchema> = {
  'repair.open': event(text('Open the repair in the system', '系统点击开始维修'), ['engineer'], {
    norms: ['DR-14'],
  }),
  'work.resume': event(text('Take the machine up again', '继续维修'), ['engineer']),
  'work.start': event(text('Start work', '开始作业'), ['engineer'], { norms: ['DR-16'] }),
  'work.finish': event(text('Work finished', '维修完毕'), ['engineer'], {
    required: { workDone: long(text('Work done', '维修内容')) },
  }),
  'repair.giveUp': event(text('Cannot be repaired', '判定无法修复'), ['engineer'], {
    required: { reason: why },
  }),
  'verification.pass': event(text('Verification passed', '验机通过'), ['engineer'], { norms: ['DR-17'] }),
  'verification.fail': event(text('Verification failed', '验机不通过'), ['engineer'], {
    required: { findings: long(text('What was found', '发现的问题')) },
    norms: ['DR-17'],
  }),
  'repair.close': event(text('Close the repair in the system', '系统关闭维修活动'), ['engineer'], {
    norms: ['DR-18', 'DR-19'],
  }),
}

const handover: Record<string, EventSchema> = {
  'pickup.notify': event(text('Send the pick-up notice', '通知取机'), ['front-desk'], {
    required: {
      by: {
        type: 'string',
        enum: ['phone', 'message'],
        meta: {
          title: text('How', '通知方式'),
          options: { phone: text('By telephone', '电话'), message: text('In writing', '书面消息') },
        },
      },
    },
    norms: ['DR-20'],
  }),
  'customer.arrive': event(text('Customer has come', '客户到店取机'), ['front-desk'], { norms: ['DR-24'] }),
  'machine.collect': event(text('Hand the machine over', '交付机器'), ['front-desk'], {
    required: {
      receiptNumber: short(text('Receipt number shown', '出示的取机单号'), { norms: ['DR-23'] }),
      paid: amount(text('Paid', '实付金额'), { norms: ['DR-23'] }),
    },
    norms: ['DR-23'],
  }),
  'receipt.replace': event(text('Replace a lost or wrong receipt', '补办取机单'), ['dispatcher'], {
    required: {
      receiptNumber: short(text('New receipt number', '新取机单号'), { norms: ['DR-23'] }),
      identity: short(text('How the customer proved who he is', '客户身份核实方式'), { norms: ['DR-23'] }),
      reason: why,
    },
    norms: ['DR-23'],
  }),
  'customer.leave': event(text('Customer has left', '客户离店'), ['front-desk'], { norms: ['DR-10'] }),
  cancel: event(text('Cancel', '取消'), ['dispatcher'], { required: { reason: why } }),
}

export const events: Record<string, EventSchema> = {
  ...reception,
  ...inspection,
  ...parts,
  ...repair,
  ...handover,
}
