/**
 * What a depot repair remembers: the customer file, the machine, what was promised and agreed, where every part is.
 *
 * Promises: the registers of parts (`shortageList`, `stockBook`, `partsReplaced`) only grow by events.
 * Must not: hold behaviour.
 */
import type { ContextSchema, Field, Setting, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences, problemKind, problemText, severity } from '../customer-file.ts'
import { locked } from '../locks.ts'

type Meta = { norms?: string[]; personal?: boolean; options?: Record<string, Text> }

const field =
  (base: Omit<Field, 'meta'>) =>
  (title: Text, meta: Meta = {}): Field => ({ ...base, meta: { title, ...meta } })

export const short = field({ type: 'string', minLength: 1, maxLength: 120 })
export const long = field({ type: 'string', minLength: 1, maxLength: 4000 })
export const flag = field({ type: 'boolean' })
export const moment = field({ type: 'string', format: 'date-time' })
export const amount = field({ type: 'number', minimum: 0 })
const count = field({ type: 'integer', minimum: 0 })
export const person = field({ type: 'string', format: 'person' })
const yesNo = field({ type: 'boolean', default: false })

/** More parts than any one machine has: a bound against endless registers. */
const MOST = 200
const list = (items: Field, title: Text, norms: string[] = []): Field => ({
  type: 'array',
  items,
  maxItems: MOST,
  default: [],
  meta: { title, norms },
})
const rows = (properties: Record<string, Field>): Field => ({ type: 'object', properties })

/** A part is known by one name from request to return: its number, with its serial where it has one. */
export const part = short(text('Part (number, serial)', '备件（料号与序列号）'), {
  norms: ['DR-13', 'GN-14'],
})
export const stockCount = count(text('Stock count after it', '变动后库存数'), { norms: ['GN-14'] })

export const CONSENT_WAYS = {
  'in-person': text('In person', '当面'),
  phone: text('By telephone', '电话'),
  message: text('In writing', '书面消息'),
}
export const consentWay: Field = {
  type: 'string',
  enum: Object.keys(CONSENT_WAYS),
  meta: { title: text('How it was agreed', '认可方式'), norms: ['DR-07'], options: CONSENT_WAYS },
}

const OUTCOMES = {
  repaired: text('Repaired', '已修复'),
  declined: text('Declined by the customer', '客户不修'),
  unrepairable: text('Cannot be repaired', '无法修复'),
  'no-fault': text('No fault found', '未发现故障'),
  cancelled: text('Cancelled', '已取消'),
}

const machine = {
  machine: short(text('Machine (make, model)', '机器品牌与型号')),
  accessories: long(text('Accessories handed in', '随机附件'), { norms: ['DR-02'] }),
  configuration: long(text('Configuration on receipt', '收机时配置'), { norms: ['DR-03'] }),
  damage: long(text('Damage on receipt', '收机时异常损伤'), { norms: ['DR-03'] }),
  receiptNumber: short(text('Receipt number', '取机单号'), { norms: ['DR-23'] }),
  broughtBy: {
    type: 'string',
    enum: ['customer', 'engineer', 'courier'],
    default: 'customer',
    meta: {
      title: text('Brought in by', '送修人'),
      options: {
        customer: text('Customer', '客户'),
        engineer: text('Engineer', '工程师'),
        courier: text('Courier', '快递'),
      },
    },
  },
  diskWork: yesNo(text('The disk or its data will be worked on', '涉及硬盘或数据操作'), { norms: ['DR-08'] }),
  dataProtected: yesNo(text('Disclaimer for the data signed', '已签数据免责声明'), { norms: ['DR-08'] }),
} satisfies Record<string, Field>

const agreement = {
  inspectionBy: moment(text('Inspection promised by', '承诺检测完成时间'), { norms: ['DR-05'] }),
  inspectionStartedAt: moment(text('Inspection started', '检测开始时间')),
  findings: long(text('Findings', '检测结果'), { norms: ['DR-07'] }),
  warranty: yesNo(text('Under warranty', '保修期内'), { norms: ['DR-07'] }),
  charge: amount(text('Charge', '维修费用'), { norms: ['DR-07'] }),
  amountDue: { type: 'number', minimum: 0, default: 0, meta: { title: text('Amount due', '应付金额') } },
  paid: amount(text('Paid', '实付金额'), { norms: ['DR-23'] }),
  quoteAccepted: yesNo(text('Quote accepted', '客户认可报价'), { norms: ['DR-07'] }),
  consentBy: short(text('Agreed by', '认可人'), { personal: true, norms: ['DR-07'] }),
  consentWay,
  declineReason: long(text('Why the customer declined', '客户不修原因')),
  repairBy: moment(text('Repair promised by', '承诺修复时间'), { norms: ['DR-09'] }),
} satisfies Record<string, Field>

const parts = {
  partsWanted: list(part, text('Parts asked for', '待借备件'), ['DR-13']),
  shortageList: list(
    rows({
      part,
      reason: long(text('Reason', '原因')),
      at: moment(text('Entered at', '登记时间')),
    }),
    text('Shortage list', '缺件登记表'),
    ['DR-11'],
  ),
  partsOut: list(part, text('Parts booked out, not yet back', '已借出未归还备件'), ['DR-13', 'DR-21']),
  partsFitted: list(part, text('Parts in the machine', '已装机备件'), ['DR-13']),
  stockBook: list(
    rows({
      part,
      movement: short(text('Movement', '出入库')),
      stockCount,
      at: moment(text('At', '时间')),
      by: short(text('By', '经手人')),
    }),
    text('Stock movements', '备件出入库记录'),
    ['DR-13', 'DR-21', 'GN-14'],
  ),
  partsReplaced: list(
    rows({
      part,
      replaced: short(text('What was replaced', '更换部件')),
      oldSerial: short(text('Old serial number', '旧件序列号')),
      newSerial: short(text('New serial number', '新件序列号')),
      stockCount,
      at: moment(text('At', '时间')),
    }),
    text('Parts replaced', '更换备件记录'),
    ['GN-14'],
  ),
} satisfies Record<string, Field>

const work = {
  engineer: person(text('Engineer', '维修工程师')),
  repairOpenedAt: moment(text('Repair opened in the system', '系统开单时间'), { norms: ['DR-14'] }),
  repairClosedAt: moment(text('Repair closed in the system', '系统关单时间'), { norms: ['DR-19'] }),
  workDone: long(text('Work done', '维修内容')),
  verificationFindings: long(text('What the verification found', '验机问题'), { norms: ['DR-17'] }),
  outcome: {
    type: 'string',
    enum: Object.keys(OUTCOMES),
    meta: { title: text('Outcome', '维修结果'), options: OUTCOMES },
  },
  unrepairableReason: long(text('Why it cannot be repaired', '无法修复原因')),
  uncollectedReminders: {
    type: 'integer',
    minimum: 0,
    default: 0,
    meta: { title: text('Times reminded to collect', '催取次数') },
  },
  cancelReason: long(text('Reason for cancelling', '取消原因')),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked(
    {
      ...customerFile,
      ...customerReferences,
      problem: problemText,
      problemKind,
      severity,
      ...machine,
      ...agreement,
      ...parts,
      ...work,
    },
    [
      // DR-08: a disk once declared is protected before it is touched.
      'diskWork',
      'dataProtected',
      // What the customer was promised, and what he agreed to (DR-05, DR-07, DR-09).
      'inspectionBy',
      'inspectionStartedAt',
      'warranty',
      'charge',
      'quoteAccepted',
      'consentBy',
      'consentWay',
      'repairBy',
      // What he shows and pays at pick-up (DR-23).
      'receiptNumber',
      'amountDue',
      'paid',
      // The registers of parts (DR-11, DR-13, DR-21, GN-14).
      'partsWanted',
      'shortageList',
      'partsOut',
      'partsFitted',
      'stockBook',
      'partsReplaced',
      // Who works it, from when to when, and what came of it (GN-17, DR-14, DR-17, DR-19).
      'engineer',
      'repairOpenedAt',
      'repairClosedAt',
      'outcome',
      'uncollectedReminders',
    ],
  ),
  required: ['customerName', 'customerPhone', 'problem'],
}

export const settings: Record<string, Setting> = {
  inspectionFee: {
    value: 0,
    title: text('Fee when the machine goes back unrepaired', '未修退机检测费'),
    norms: ['GN-26'],
  },
  uncollectedAfter: {
    value: 'P7D',
    title: text('Remind of an uncollected machine every', '未取机器提醒间隔'),
  },
}
