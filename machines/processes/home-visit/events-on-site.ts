/**
 * Events at the customer's: from the door to the farewell, the report back, and the messages of linked jobs.
 *
 * Promises: what the customer decides (quote, solution, acceptance) only the customer may send (HV-33).
 */
import type { EventRole, EventSchema, Field } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerAsked, event, reason } from './events-before.ts'
import { amount, choice, count, day, flag, moment, personalWords, words } from './field-words.ts'
import { cause, diskOperation, remedy, replacedPart } from './fields.ts'

const ENGINEER: EventRole[] = ['engineer']
const CUSTOMER: EventRole[] = ['customer']
const SYSTEM: EventRole[] = ['system']
const allOf = (properties: Record<string, Field>, optional: Record<string, Field> = {}) => ({
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
})

/** HV-47: whatever is found, the damage and the serial number are written down. */
const assessed = {
  damageByPeople: words('Damage by people (or none)', '人为损伤（无则填无）', ['HV-47']),
  serialNumber: words('Serial number', '机器序列号', ['HV-47'], 120),
}
const plan = words('Plan', '处理方案', ['HV-16'])

const arrival: Record<string, EventSchema> = {
  'visit.begin': event('Begin the visit', '开始服务', ENGINEER, {
    norms: ['HV-12', 'HV-37', 'GN-15'],
    ...allOf({ personInCharge: personalWords('Person in charge on site', '现场负责人', ['HV-37']) }),
  }),
  'nobody.present': event('Nobody there, or no entry', '无人在场或不得进入', ENGINEER, {
    ...allOf({ note: words('What was tried and left behind', '尝试经过及留言') }),
  }),
  'construction.found': event(
    'Building work found on site',
    '发现现场正在施工',
    ['engineer', 'safety-officer'],
    {
      norms: ['HV-28'],
    },
  ),
  'permit.renew': event('Request a new permit', '重新申请许可', ['engineer', 'dispatcher', 'safety-officer']),
  'site.secured': event(
    'Site secured, work may go on',
    '现场已防护，可以作业',
    ['engineer', 'safety-officer'],
    {
      norms: ['HV-28'],
    },
  ),
  'permit.opened': event('Permit opened', '许可已开放', SYSTEM),
  'permit.suspended': event('Permit suspended', '许可已暂停', SYSTEM),
  'permit.closed': event('Permit closed', '许可已关闭', SYSTEM),
  'permit.ended': event('Site safety job ended', '现场安全作业结束', SYSTEM, {
    properties: ended(),
  }),
  'depot.ended': event('Depot repair ended', '送修结束', SYSTEM, { properties: ended() }),
}

/** How a linked job's end is told. */
function ended(): Record<string, Field> {
  return {
    status: words('Status', '状态', [], 40),
    fields: { type: 'object', meta: { title: text('Its fields', '对方字段') } },
  }
}

const aside: Record<string, EventSchema> = {
  'damage.report': event('Damage done during service', '服务中造成损坏', ['engineer', 'customer'], {
    norms: ['HV-52'],
    ...allOf({ what: words('What was damaged', '损坏情况', ['HV-52']) }),
  }),
  'damage.handled': event('Damage told and handled', '损坏已告知并处置', ENGINEER, {
    norms: ['HV-52'],
    ...allOf({ handling: words('How it is handled', '处置方式', ['HV-52']) }),
  }),
  'phone.ask': event('Ask for leave to telephone', '征求通话许可', ENGINEER, {
    norms: ['HV-43', 'HV-44'],
    ...allOf({
      telephone: choice(text('Which telephone', '使用的电话'), {
        own: text("The engineer's own", '工程师本人电话'),
        customers: text("The customer's", '客户电话'),
      }),
      aboutRepair: flag('It is about the repair', '与维修有关', ['HV-26', 'HV-44']),
    }),
  }),
  'phone.begin': event('Telephone', '开始通话', ENGINEER, { norms: ['HV-43', 'HV-44'] }),
  'phone.withdraw': event('Do without the call', '放弃通话', ENGINEER),
  'phone.end': event('Call over', '通话结束', ENGINEER),
}

const finding: Record<string, EventSchema> = {
  'fault.diagnosed': event('Fault diagnosed', '完成故障诊断', ENGINEER, {
    norms: ['HV-48', 'HV-47'],
    ...allOf(
      { diagnosis: words('Diagnosis', '故障诊断', ['HV-48']), cause, ...assessed },
      { purchaseDate: day('Date of purchase', '购买日期', ['HV-17']) },
    ),
  }),
  'no-trouble.found': event('No trouble found', '未发现故障', ENGINEER, {
    norms: ['HV-36', 'HV-47'],
    ...allOf({ findings: words('What was checked', '检查情况'), ...assessed }),
  }),
  'out-of-scope.found': event('Outside the maintenance scope', '超出服务范围', ENGINEER, {
    norms: ['HV-15', 'HV-47'],
    ...allOf({ reason, ...assessed }),
  }),
  'advice.give': event('Say so, and how to get it solved', '告知超范围并给出解决途径', ENGINEER, {
    norms: ['HV-15'],
    ...allOf({ advice: words('Way to get it solved', '解决途径', ['HV-15']) }),
  }),
  'explanation.done': event('Explained to the customer', '已向客户说明', ENGINEER, {
    norms: ['HV-16', 'HV-36'],
  }),
  'fault.recurs': event('The fault shows after all', '故障再次出现', ENGINEER),
  'remedy.choose': event('Free remedy chosen', '选定免费处理方式', ENGINEER, {
    norms: ['HV-17'],
    ...allOf({ remedy, plan }),
  }),
  'purchase.prove': event('Proof of purchase shown', '出示购买凭证', ['engineer', 'dispatcher'], {
    norms: ['HV-17'],
    ...allOf({ purchaseDate: day('Date of purchase', '购买日期', ['HV-17']) }),
  }),
  'quote.give': event('Give a quote', '报价', ENGINEER, {
    norms: ['HV-17', 'GN-26'],
    ...allOf({
      amount: amount('Amount by the tariff', '金额（按公司收费标准）', ['HV-17', 'GN-26']),
      tariffItems: words('Items of the tariff', '收费标准项目', ['GN-26']),
      plan,
    }),
  }),
  'quote.accept': event('Customer accepts the quote', '客户接受报价', CUSTOMER, { norms: ['HV-17'] }),
  'quote.decline': event('Customer declines the quote', '客户拒绝报价', CUSTOMER, {
    norms: ['HV-17'],
    properties: { reason },
  }),
  'solution.sign': event('Customer signs the solution', '客户签字认可方案', CUSTOMER, { norms: ['HV-18'] }),
  'solution.decline': event('Customer declines the solution', '客户不同意方案', CUSTOMER, {
    norms: ['HV-18'],
    properties: { reason },
  }),
}

const repairing: Record<string, EventSchema> = {
  'hardware.begin': event('Work on the hardware', '开始硬件作业', ENGINEER),
  'case.open': event('Open the case', '打开机箱', ENGINEER, {
    norms: ['HV-20', 'HV-21'],
    ...allOf({ powerButtonPresses: count('Power button pressed (times)', '按电源键次数', ['HV-20'], 3) }),
  }),
  'part.replace': event('Part replaced', '更换备件', ENGINEER, {
    norms: ['HV-23', 'GN-14'],
    ...allOf(replacedPart, { disk: flag('It is a disk', '为硬盘', ['HV-19']) }),
  }),
  'case.close': event('Close the case', '合上机箱', ENGINEER, { norms: ['HV-53', 'HV-23'] }),
  'software.begin': event('Work on the software', '开始软件维护', ENGINEER),
  'software.start': event('Backed up: begin', '已备份，开始软件作业', ENGINEER, { norms: ['HV-50'] }),
  'software.done': event('Software work done', '软件作业完成', ENGINEER),
  'disk.begin': event('Work on a disk', '准备硬盘操作', ENGINEER, {
    norms: ['HV-19', 'HV-49'],
    ...allOf({ operation: diskOperation }),
  }),
  'disk.start': event('Data protected: begin', '数据已保护，开始硬盘操作', ENGINEER, {
    norms: ['HV-19', 'HV-49'],
    ...allOf({ machineUser: personalWords('Person who uses the machine', '机器使用人', ['HV-19']) }),
  }),
  'disk.done': event('Work on the disk done', '硬盘操作完成', ENGINEER),
  'work.stop': event('Leave this work', '放弃此项作业', ENGINEER),
  'machine.exchange': event('Machine exchanged', '更换整机', ENGINEER, {
    norms: ['HV-17', 'HV-23', 'GN-14'],
    ...allOf(replacedPart),
  }),
  'exchange.done': event('Exchange confirmed', '换机已确认', ENGINEER, { norms: ['HV-23'] }),
  'machine.take-back': event('Machine taken back', '收回机器', ENGINEER, {
    norms: ['HV-17'],
    ...allOf({ receiptNumber: words('Receipt number', '取机单号', [], 80) }),
  }),
  'spot.unrepairable': event('Cannot be repaired on the spot', '现场无法修复', ENGINEER, {
    norms: ['HV-24'],
    ...allOf({ reason }),
  }),
  'takeaway.agree': event('Take the machine to the depot', '带回维修站', ENGINEER, {
    norms: ['HV-24'],
    ...allOf(
      {
        receiptNumber: words('Receipt left with the customer (number)', '留给客户的取机单号', ['HV-24'], 80),
      },
      { machine: words('Machine', '机器', [], 120) },
    ),
  }),
  'further.agree': event('Agree a further visit', '约定再次上门', ENGINEER, {
    norms: ['HV-24', 'HV-04', 'HV-41'],
    ...allOf(
      { time: moment('Time the customer chose', '客户选定的时间', ['HV-24']) },
      { customerAsked, reason },
    ),
  }),
  'work.resume': event('Go on with the repair', '继续维修', ENGINEER),
  'repair.done': event('Repair done', '维修完成', ENGINEER),
}

const finishing: Record<string, EventSchema> = {
  'handover.repaired': event('Repaired machine handed over', '送还已修好的机器', ENGINEER),
  'handover.unrepaired': event('Machine handed back unrepaired', '未修退还机器', ENGINEER, {
    ...allOf({ reason }),
  }),
  'system.tuned': event('System cleaned up and tuned', '系统清理优化完成', ENGINEER, {
    norms: ['HV-31', 'HV-56'],
  }),
  'verification.pass': event('Verified together', '共同验机通过', ENGINEER, { norms: ['HV-30'] }),
  'verification.fail': event('Verification failed', '验机未通过', ['engineer', 'customer'], {
    norms: ['HV-30'],
    ...allOf({ problem: words('What is wrong', '存在的问题') }),
  }),
  'work.explained': event('Work explained', '已说明维修情况', ENGINEER, { norms: ['HV-54', 'GN-27'] }),
  'place.tidied': event('Place tidied', '现场已清理', ENGINEER, { norms: ['HV-29'] }),
  'report.fill': event('Fill in the service report', '填写服务报告', ENGINEER, {
    norms: ['HV-32', 'HV-17', 'GN-26'],
    ...allOf({
      result: words('Result', '服务结果', ['HV-32']),
      solution: words('Solution', '解决方案', ['HV-32']),
      workDone: words('Work done', '服务内容', ['HV-32']),
      workMinutes: count('Time worked (minutes)', '服务时间（分钟）', ['HV-32'], 1),
      bill: amount('Bill', '账单金额', ['HV-32', 'GN-26']),
    }),
  }),
  'acceptance.sign': event('Customer accepts', '客户验收', CUSTOMER, { norms: ['HV-33'] }),
  'acceptance.reject': event('Customer raises a problem', '客户提出问题', CUSTOMER, {
    norms: ['HV-33'],
    ...allOf({ problem: words('Problem', '问题', ['HV-33']) }),
  }),
  'payment.record': event('Payment received', '收款', ENGINEER, {
    norms: ['HV-33', 'GN-26'],
    ...allOf({
      amount: amount('Amount', '金额', ['HV-33', 'GN-26']),
      method: choice(text('Way of paying', '付款方式'), {
        cash: text('Cash', '现金'),
        card: text('Card', '刷卡'),
        mobile: text('Mobile payment', '移动支付'),
        account: text('On account', '挂账'),
      }),
    }),
  }),
  'farewell.said': event('Take leave', '道别离开', ENGINEER, { norms: ['HV-35', 'HV-34'] }),
  'result.report-back': event('Report the result back', '回报上门结果', ENGINEER, {
    norms: ['HV-55'],
    ...allOf({ summary: words('Result', '结果', ['HV-55']) }),
  }),
  cancel: event('Cancel the visit', '取消上门', ['dispatcher'], {
    ...allOf({ reason }, { customerAsked: flag('The customer asked for it', '客户要求取消', ['HV-05']) }),
  }),
}

export const eventsOnSite: Record<string, EventSchema> = {
  ...arrival,
  ...aside,
  ...finding,
  ...repairing,
  ...finishing,
}
