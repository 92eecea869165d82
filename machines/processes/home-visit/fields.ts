/**
 * What a home visit remembers.
 *
 * Promises: everything that a rule of the visit depends on is a field here, set by events alone; `KNOWN_ONLY_BY_EVENTS`
 * is taken back when the job starts, so that nobody starts a job with a consent already given.
 * Must not: hold what belongs to the permit or to the depot.
 */
import type { ContextSchema, Field, Value } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences, problemKind, problemText, severity } from '../customer-file.ts'
import { locked, valueAtFirst } from '../locks.ts'
import { amount, choice, count, day, flagField, moment, person, personalWords, words } from './field-words.ts'

const withNorm = (field: Field, norm: string): Field =>
  field.meta === undefined
    ? field
    : { ...field, meta: { ...field.meta, norms: [...(field.meta.norms ?? []), norm] } }

export const distanceBand = choice(
  text('Distance from the service centre', '与服务中心的距离'),
  { near: text('Near', '近'), middle: text('Middle', '中'), far: text('Far', '远') },
  ['HV-11'],
)
/** HV-17: only the first three are ours to answer for. */
export const cause = choice(
  text('Cause of the fault', '故障原因'),
  {
    design: text('Design', '设计'),
    manufacture: text('Making', '生产'),
    assembly: text('Assembly', '装配'),
    misuse: text('Misuse', '使用不当'),
    software: text('Software', '软件'),
    wear: text('Wear', '自然损耗'),
    other: text('Other', '其他'),
  },
  ['HV-17'],
)
export const remedy = choice(
  text('Remedy', '处理方式'),
  { repair: text('Repair', '维修'), exchange: text('Exchange', '换货'), return: text('Return', '退货') },
  ['HV-17'],
)
/** HV-49: the first three can lose data and want the operator's signature. */
export const diskOperation = choice(
  text('Work on the disk', '硬盘操作'),
  {
    partition: text('Partitioning', '分区'),
    format: text('Formatting', '格式化'),
    'virus-removal': text('Virus removal', '杀毒'),
    replace: text('Replacing the disk or the machine', '更换硬盘或整机'),
    recovery: text('Repair or data recovery', '修复或数据恢复'),
  },
  ['HV-19', 'HV-49'],
)
/** A part used: what, when, which serials, what is left in stock (HV-23, GN-14). */
export const replacedPart: Record<string, Field> = {
  part: words('Part', '备件名称', ['HV-23', 'GN-14'], 200),
  oldSerial: words('Serial number taken out', '换下件序列号', ['HV-23'], 120),
  newSerial: words('Serial number put in', '换上件序列号', ['HV-23'], 120),
  count: count('How many', '数量', ['HV-23', 'GN-14'], 1),
  stockCount: count('Left in stock', '库存余量', ['HV-23', 'GN-14']),
}
export const borrowedParts: Field = {
  type: 'array',
  minItems: 1,
  maxItems: 100,
  items: {
    type: 'object',
    properties: {
      part: words('Part', '备件名称', [], 200),
      serial: words('Serial number', '序列号', [], 120),
      count: count('How many', '数量', [], 1),
    },
    required: ['part', 'count'],
  },
  meta: { title: text('Parts borrowed', '借用备件'), norms: ['HV-07'] },
}
/** Hour of the day; 13.5 is half past one. */
const hour = (en: string, zh: string): Field => ({
  type: 'number',
  minimum: 0,
  maximum: 24,
  meta: { title: text(en, zh), norms: ['HV-41'] },
})

const booking = {
  timeWanted: moment('Time wanted', '期望上门时间', ['HV-01']),
  problem: withNorm(problemText, 'HV-01'),
  problemKind: withNorm(problemKind, 'HV-01'),
  severity: withNorm(severity, 'HV-01'),
  ...customerFile,
  ...customerReferences,
  region: withNorm(customerReferences.region, 'HV-40'),
  distanceBand,
  customerHoursFrom: hour("Customer's hours begin (hour of the day)", '客户方便时段开始（点）'),
  customerHoursTo: hour("Customer's hours end (hour of the day)", '客户方便时段结束（点）'),
  addressDoubtful: flagField('Address doubtful', '地址不明', ['HV-42']),
  constructionSite: flagField('Construction site', '施工现场', ['HV-28']),
  workKinds: {
    type: 'array',
    maxItems: 4,
    default: [],
    items: choice(text('Kind of work', '作业类别'), {
      height: text('At height', '高处作业'),
      machinery: text('Machinery', '机械作业'),
      electrical: text('Electrical', '电气作业'),
      'dangerous-goods': text('Dangerous goods', '危险品作业'),
    }),
    meta: { title: text('Work needing a permit', '需许可的作业') },
  },
  purchaseDate: day('Date of purchase', '购买日期', ['HV-17']),
} satisfies Record<string, Field>

const arrangement = {
  bookedAt: moment('Booked at', '预约登记时间', ['HV-11']),
  arrivalCountedFrom: moment('Arrival counted from', '到达时限起算', ['HV-11']),
  serviceCentre: words('Service centre', '服务中心', ['HV-40'], 120),
  engineer: person('Engineer', '工程师', ['GN-17']),
  trainingLapsed: flagField("Engineer's product training lapsed", '工程师产品培训已过期', ['GN-17']),
  appointment: moment('Appointment', '约定上门时间', ['HV-04', 'HV-05', 'HV-41']),
  proposedTime: moment('New time proposed', '拟改时间', ['HV-04', 'HV-10']),
  delayReason: words('Reason for the delay', '推迟原因', ['HV-10']),
  announcedCharge: amount('Charge announced beforehand', '事先告知的费用', ['HV-03', 'HV-17']),
  partsBorrowed: borrowedParts,
  purpose: choice(text('Purpose of this visit', '本次上门目的'), {
    repair: text('Repair', '维修'),
    further: text('Further visit', '再次上门'),
    handover: text('Handing the machine over', '送还机器'),
  }),
  visits: {
    type: 'integer',
    default: 0,
    meta: { title: text('Visits so far', '已上门次数'), norms: ['HV-57'] },
  },
} satisfies Record<string, Field>

const onSite = {
  arrivedAt: moment('Arrived at', '到达时间', ['HV-11']),
  personInCharge: personalWords('Person in charge on site', '现场负责人', ['HV-37']),
  permitStatus: choice(text('Site permit', '施工许可'), {
    none: text('None', '无'),
    requested: text('Requested', '已申请'),
    open: text('Open', '已开放'),
    suspended: text('Suspended', '已暂停'),
    closed: text('Closed', '已关闭'),
  }),
  interrupted: flagField('Work interrupted', '作业中断'),
  diagnosis: words('Diagnosis', '故障诊断', ['HV-48']),
  cause,
  damageByPeople: words('Damage by people', '人为损伤记录', ['HV-47']),
  remedy,
  plan: words('Plan', '处理方案', ['HV-16', 'HV-18']),
  free: flagField('Free of charge under warranty', '保修免费', ['HV-17']),
  quotedAmount: amount('Amount quoted', '报价金额', ['HV-17', 'GN-26']),
  quoteAccepted: flagField('Quote accepted', '报价已接受', ['HV-17']),
  solutionSigned: flagField('Solution signed by the customer', '客户已签字认可方案', ['HV-18']),
  diskOperation,
  dataProtected: flagField('Backup confirmed and disclaimer signed', '已确认备份并签免责声明', [
    'HV-19',
    'HV-49',
  ]),
  machineUser: personalWords('Person who uses the machine', '机器使用人', ['HV-19']),
  partsReplaced: {
    type: 'array',
    maxItems: 200,
    default: [],
    items: {
      type: 'object',
      properties: { ...replacedPart, at: moment('Replaced at', '更换时间', ['HV-23', 'GN-14']) },
    },
    meta: { title: text('Parts replaced', '更换备件记录'), norms: ['HV-23', 'GN-14'] },
  },
  partsUnconfirmed: {
    type: 'integer',
    default: 0,
    meta: { title: text('Replacements not yet confirmed', '待客户确认的更换数'), norms: ['HV-23'] },
  },
  damages: {
    type: 'array',
    maxItems: 100,
    default: [],
    items: { type: 'string' },
    meta: { title: text('Damage during service', '服务中造成的损坏'), norms: ['HV-52'] },
  },
  damageHandling: words('How the damage is handled', '损坏处置', ['HV-52']),
} satisfies Record<string, Field>

const ending = {
  outcome: choice(text('Outcome', '上门结果'), {
    solved: text('Solved', '已解决'),
    'no-trouble': text('No trouble found', '未发现故障'),
    'out-of-scope': text('Out of scope', '超出服务范围'),
    declined: text('Customer declined', '客户拒绝'),
    returned: text('Machine returned', '已退机'),
    further: text('Further visit', '再次上门'),
    'taken-away': text('Taken to the depot', '带回维修站'),
    'not-repaired': text('Handed back unrepaired', '未修退还'),
  }),
  receiptNumber: words('Receipt number', '取机单号', ['HV-24'], 80),
  depotOutcome: words("Depot's result", '送修结果', [], 40),
  advice: words('Advice given', '解决途径建议', ['HV-15']),
  rejection: words('Problem raised at acceptance', '验收时提出的问题', ['HV-33']),
  result: words('Result', '服务结果', ['HV-32']),
  solution: words('Solution', '解决方案', ['HV-32']),
  workDone: words('Work done', '服务内容', ['HV-32']),
  workMinutes: count('Time worked (minutes)', '服务时间（分钟）', ['HV-32'], 1),
  bill: amount('Bill', '账单金额', ['HV-32', 'HV-33', 'GN-26']),
  paid: amount('Paid', '已付金额', ['HV-33']),
  visitResult: words('Result reported back', '上门结果回报', ['HV-55']),
  cancelReason: words('Reason for cancelling', '取消原因'),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked({ ...booking, ...arrangement, ...onSite, ...ending }, [
    // HV-04, HV-05, HV-08 to HV-11: a time is moved by those who may, after those concerned were told.
    'appointment',
    'proposedTime',
    'bookedAt',
    'arrivalCountedFrom',
    'arrivedAt',
    // HV-40, GN-17: by routing and assignment.
    'serviceCentre',
    'engineer',
    'trainingLapsed',
    // HV-07, HV-23, GN-14, HV-52: the registers.
    'partsBorrowed',
    'partsReplaced',
    'partsUnconfirmed',
    'damages',
    // HV-28: the site and its permit.
    'constructionSite',
    'permitStatus',
    'interrupted',
    // HV-16 to HV-18: what was found, decided and signed; what the customer was told that it costs.
    'purchaseDate',
    'cause',
    'free',
    'remedy',
    'plan',
    'announcedCharge',
    'quotedAmount',
    'quoteAccepted',
    'solutionSigned',
    'bill',
    'paid',
    // HV-19, HV-49.
    'diskOperation',
    'dataProtected',
    // Where the visit stands (HV-24, HV-55, HV-57).
    'purpose',
    'visits',
    'outcome',
    'depotOutcome',
  ]),
  required: ['timeWanted', 'problem', 'problemKind', 'severity'],
}

/** What only the visit's own events may say, as it stands when a job starts. */
export const KNOWN_ONLY_BY_EVENTS: Record<string, Value> = Object.fromEntries(
  Object.entries({ ...arrangement, ...onSite, ...ending }).map(([name, field]) => [
    name,
    valueAtFirst(field),
  ]),
)
