/**
 * What a phone call remembers. Must not: hold what belongs to the job that the call leads to.
 */
import type { ContextSchema, Field, Setting } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences, problemKind, problemText, severity } from '../customer-file.ts'
import { locked } from '../locks.ts'

/** PC-07: the outcomes a call may close with. */
const outcome: Field = {
  type: 'string',
  enum: ['solved', 'visit', 'depot', 'fault', 'complaint', 'call-back'],
  meta: {
    title: text('Outcome', '处理结果'),
    norms: ['PC-07', 'PC-21'],
    options: {
      solved: text('Solved by phone', '电话解决'),
      visit: text('Home visit booked', '已预约上门'),
      depot: text('Depot repair advised', '建议送修'),
      fault: text('Fault escalated', '故障已上报'),
      complaint: text('Complaint recorded', '投诉已登记'),
      'call-back': text('Call-back promised', '已承诺回电'),
    },
  },
}

export const distanceBand: Field = {
  type: 'string',
  enum: ['near', 'middle', 'far'],
  meta: {
    title: text('Distance', '距离'),
    options: { near: text('Near', '近'), middle: text('Middle', '中'), far: text('Far', '远') },
  },
}

const long = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  meta: { title: text(en, zh), norms },
})

const properties = {
  source: {
    type: 'string',
    enum: ['call', 'alarm'],
    default: 'call',
    meta: {
      title: text('Source', '来源'),
      norms: ['PC-20'],
      options: { call: text('A caller', '来电'), alarm: text('Machine-room alarm', '机房告警') },
    },
  },
  callerNumber: {
    type: 'string',
    maxLength: 40,
    meta: { title: text("Caller's number", '来电号码'), personal: true },
  },
  route: {
    type: 'string',
    enum: ['hotline', 'mobile'],
    meta: {
      title: text('Routed to', '转接至'),
      norms: ['PC-20'],
      options: { hotline: text('Hotline', '服务热线'), mobile: text('On-duty mobile', '值班手机') },
    },
  },
  agent: { type: 'string', format: 'person', meta: { title: text('Agent', '接线人') } },
  badge: { type: 'string', maxLength: 40, meta: { title: text('Badge number', '工号'), norms: ['PC-02'] } },
  answeredLate: {
    type: 'boolean',
    default: false,
    meta: { title: text('Answered late', '接听超时'), norms: ['PC-01'] },
  },
  ...customerFile,
  ...customerReferences,
  problem: {
    ...problemText,
    meta: { title: text('Request or problem', '客户诉求或问题'), norms: ['PC-21'] },
  },
  problemKind: { ...problemKind, default: 'other' },
  severity: { ...severity, default: 'normal' },
  holdReason: long('Reason told for the hold', '告知客户的等待原因', ['PC-04']),
  holds: { type: 'integer', default: 0, meta: { title: text('Times on hold', '等待次数') } },
  outcome,
  earlierOutcomes: {
    type: 'array',
    items: { type: 'string' },
    default: [],
    meta: { title: text('Earlier outcomes of this call', '本次通话此前的处理结果'), norms: ['PC-21'] },
  },
  result: long('What was done or agreed', '处理或约定内容', ['PC-21']),
  timeWanted: {
    type: 'string',
    format: 'date-time',
    meta: { title: text('Visit wanted at', '期望上门时间') },
  },
  distanceBand,
  callBackAt: {
    type: 'string',
    format: 'date-time',
    meta: { title: text('Call-back promised for', '承诺回电时间'), norms: ['PC-07'] },
  },
  callBackAttempts: {
    type: 'integer',
    default: 0,
    meta: { title: text('Call-backs without answer', '未接通回电次数') },
  },
  closingSaid: {
    type: 'boolean',
    default: false,
    meta: { title: text('Closing words said', '已说结束语'), norms: ['PC-09'] },
  },
  hungUpBy: {
    type: 'string',
    enum: ['caller', 'agent'],
    meta: {
      title: text('Hung up by', '挂机方'),
      norms: ['PC-10'],
      options: { caller: text('Caller', '客户'), agent: text('Agent', '接线人') },
    },
  },
  cancelReason: long('Reason for cancelling', '取消原因'),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked(properties, [
    // Where the call went, and whether in time (PC-01, PC-20).
    'source',
    'route',
    'answeredLate',
    'holds',
    // What came of it, and how it ended (PC-07, PC-09, PC-10).
    'outcome',
    'earlierOutcomes',
    'callBackAt',
    'callBackAttempts',
    'closingSaid',
    'hungUpBy',
  ]),
}

export const settings: Record<string, Setting> = {
  rings: {
    value: 3,
    title: text('Rings within which a call is answered', '应在几声铃响内接听'),
    norms: ['PC-01'],
  },
  ringPeriod: { value: 5, title: text('Seconds from ring to ring', '每声铃响间隔（秒）'), norms: ['PC-01'] },
  holdReminder: {
    value: 5,
    title: text('Seconds on hold until thanks or an apology are due', '等待多少秒后应致谢或致歉'),
    norms: ['PC-05'],
  },
  holdLimit: {
    value: 10,
    title: text('Seconds on hold at which a missing word is a breach', '等待多少秒仍未致谢或致歉即违规'),
    norms: ['PC-05'],
  },
  holdCounting: {
    value: 'restart',
    title: text(
      'After thanks or an apology: count anew (restart) or no more (once)',
      '致谢或致歉后：重新计时（restart）或不再计时（once）',
    ),
    norms: ['PC-05'],
  },
  mandatoryCustomerFile: {
    value: ['customerName', 'customerPhone'],
    title: text('Entries of the customer file that must be there', '顾客档案必填项'),
    norms: ['GN-09'],
  },
  callBackNotice: {
    value: '-PT15M',
    title: text('Reminder ahead of a promised call-back', '承诺回电前的提醒时间'),
    norms: ['PC-07'],
  },
  callBackGrace: {
    value: 'PT30M',
    title: text('A promised call-back is late after', '承诺回电超时的宽限'),
    norms: ['PC-07'],
  },
}
