/**
 * What a residency remembers: the contract and its hours, leave, the operation under way, visitors, rounds, faults.
 *
 * Promises: lists that grow for months drop what is over, so that a residency of years stays small; what a rule rests
 * on is set by events alone.
 * Must not: hold behaviour.
 */
import type { ContextSchema, Field, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences } from '../customer-file.ts'
import { locked } from '../locks.ts'

type Meta = { norms?: string[]; personal?: boolean; options?: Record<string, Text> }

const field =
  (base: Omit<Field, 'meta'>) =>
  (title: Text, meta: Meta = {}): Field => ({ ...base, meta: { title, ...meta } })

export const short = field({ type: 'string', minLength: 1, maxLength: 200 })
export const long = field({ type: 'string', minLength: 1, maxLength: 4000 })
export const person = field({ type: 'string', format: 'person' })
export const moment = field({ type: 'string', format: 'date-time' })
export const flag = field({ type: 'boolean' })
const count = field({ type: 'integer', minimum: 0, default: 0 })

const WEEKDAYS = {
  monday: text('Monday', '星期一'),
  tuesday: text('Tuesday', '星期二'),
  wednesday: text('Wednesday', '星期三'),
  thursday: text('Thursday', '星期四'),
  friday: text('Friday', '星期五'),
  saturday: text('Saturday', '星期六'),
  sunday: text('Sunday', '星期日'),
}
/** In the order of `dayOfWeek`. */
export const WEEKDAY_NAMES = Object.keys(WEEKDAYS)

const days = (title: Text): Field => ({
  type: 'array',
  items: { type: 'string', format: 'date' },
  maxItems: 200,
  meta: { title, norms: ['OR-03', 'OR-04'] },
})
export const workdays: Field = {
  type: 'array',
  items: { type: 'string', enum: WEEKDAY_NAMES, meta: { title: text('Weekday', '星期'), options: WEEKDAYS } },
  minItems: 1,
  maxItems: 7,
  meta: {
    title: text("The client's weekdays of work", '客户每周工作日'),
    description: text(
      "Not filled in: the days of the company's working calendar, holidays and make-up days included",
      '未填写时按公司工作日历，含节假日与补班日',
    ),
    norms: ['OR-03', 'OR-04'],
  },
}
export const daysOff = days(text("The client's days off", '客户休息日'))
export const extraDays = days(text('Days worked beside the usual ones', '额外工作日'))
export const dayStartsAt = moment(text("The client's working day starts", '客户上班时间'), {
  norms: ['OR-03', 'OR-04'],
})
export const dayEndsAt = moment(text("The client's working day ends", '客户下班时间'), { norms: ['OR-04'] })

/** Stretches of time, as the guard `within` reads them. */
const stretches = (title: Text, norm: string): Field => ({
  type: 'array',
  items: {
    type: 'object',
    properties: { from: moment(text('From', '开始时间')), to: moment(text('To', '结束时间')) },
    required: ['from', 'to'],
  },
  maxItems: 200,
  default: [],
  meta: { title, norms: [norm] },
})

const contract = {
  ...customerFile,
  region: customerReferences.region,
  site: short(text('Client site', '驻场地点')),
  contractEndsAt: moment(text('The contract ends', '合同到期时间')),
  engineer: person(text('Resident engineer', '驻场工程师')),
  residencyLead: person(text('Residency lead', '驻场负责人'), { norms: ['OR-05'] }),
  projectManager: person(text('Project manager', '项目经理'), { norms: ['OR-05'] }),
  dayStartsAt,
  dayEndsAt,
  workdays,
  daysOff: { ...daysOff, default: [] },
  extraDays: { ...extraDays, default: [] },
} satisfies Record<string, Field>

const attendance = {
  arrivedAt: moment(text('At the post since', '到岗时间'), { norms: ['OR-03', 'OR-04'] }),
  absence: long(text('Absence reported', '离岗情况'), { norms: ['OR-06'] }),
  overtimeUntil: moment(text('Overtime agreed until', '同意加班至'), { norms: ['GN-02'] }),
  leaveFrom: moment(text('Leave wanted from', '申请请假开始时间'), { norms: ['OR-05'] }),
  leaveTo: moment(text('Leave wanted to', '申请请假结束时间'), { norms: ['OR-05'] }),
  leaveReason: long(text('Reason for the leave', '请假事由'), { personal: true, norms: ['OR-05'] }),
  leaveConfirmations: {
    type: 'array',
    items: { type: 'string' },
    maxItems: 3,
    default: [],
    meta: { title: text('Leave confirmed by', '已确认请假的一方'), norms: ['OR-05'] },
  },
  leaveRefusal: long(text('Why the leave was refused', '不予请假的原因'), { norms: ['OR-05'] }),
  leaves: stretches(text('Confirmed leave', '已确认的请假'), 'OR-05'),
  leaveUntil: moment(text('On leave until', '本次请假至'), { norms: ['OR-05'] }),
} satisfies Record<string, Field>

const OUTCOMES = {
  carriedOut: text('Carried out', '已实施'),
  rolledBack: text('Rolled back', '已回退'),
}
export const operationRequest = {
  operation: short(text('Operation', '操作内容')),
  operationSystem: short(text('System', '涉及系统')),
  operationScope: long(text('Agreed scope', '约定的操作范围'), { norms: ['OR-13'] }),
  production: flag(text('Running production system', '在用生产系统'), { norms: ['OR-09', 'OR-11'] }),
} satisfies Record<string, Field>
export const operationPlan = {
  operationPlan: long(text('Plan, step by step', '详细操作方案'), { norms: ['OR-10'] }),
  operationRisks: long(text('Risks', '风险评估'), { norms: ['OR-10'] }),
  rollbackPlan: long(text('Way back', '回退方案'), { norms: ['OR-10'] }),
  operationFrom: moment(text('Planned from', '计划开始时间'), { norms: ['OR-12'] }),
  operationTo: moment(text('Planned to', '计划结束时间'), { norms: ['OR-12'] }),
} satisfies Record<string, Field>

const operation = {
  ...operationRequest,
  ...operationPlan,
  backupAt: moment(text('Backed up at', '备份完成时间'), { norms: ['OR-11'] }),
  clientConsented: {
    ...flag(text('The client consents', '客户已同意'), { norms: ['OR-08'] }),
    default: false,
  },
  consentBy: person(text('Consent given by', '同意人'), { norms: ['OR-08'] }),
  operationRefusal: long(text('Why the client refused', '客户不同意的原因'), { norms: ['OR-08'] }),
  operationOutcome: {
    type: 'string',
    enum: Object.keys(OUTCOMES),
    meta: { title: text('Outcome', '操作结果'), options: OUTCOMES },
  },
  operationResult: long(text('What was done', '实施情况')),
  rollbackReason: long(text('Why it was rolled back', '回退原因')),
  operationsDone: count(text('Operations carried out', '已完成操作数')),
  operationsRolledBack: count(text('Operations rolled back', '已回退操作数')),
  criticalPeriods: stretches(text("The client's critical periods", '客户关键时期'), 'OR-12'),
  criticalReason: long(text('Why the period is critical', '关键时期说明'), { norms: ['OR-12'] }),
} satisfies Record<string, Field>

export const visitorNames = short(text('Visitors', '访客姓名'), { personal: true, norms: ['OR-07'] })
export const visitorPurpose = short(text('Purpose of the visit', '来访事由'), { norms: ['OR-07'] })
export const visitorRegistration = short(text('Entry in the register', '前台登记号'), { norms: ['OR-07'] })

const rounds = {
  visitorNames,
  visitorPurpose,
  visitorRegistration,
  visitorApprovedBy: person(text('Entry approved by', '批准进入人'), { norms: ['OR-07'] }),
  inspectedAt: moment(text('Last inspection', '上次巡检时间'), { norms: ['OR-23'] }),
  findings: long(text('Findings of the inspection', '巡检结果'), { norms: ['OR-23'] }),
  abnormal: flag(text('Something is abnormal', '存在异常'), { norms: ['OR-23'] }),
  inspections: count(text('Inspections recorded', '已记录巡检次数'), { norms: ['OR-23'] }),
  openFaults: count(text('Open faults', '未关闭故障数')),
  lastFault: long(text('Last fault', '最近故障')),
  lastFaultEnd: short(text('How the last fault to end has ended', '最近结束的故障状态')),
  escalation: long(text('Reported upwards', '上报内容'), { norms: ['OR-16'] }),
  handoverComments: long(text("The client's comments", '客户意见'), { norms: ['GN-10'] }),
  endReason: long(text('Why the residency ends', '驻场结束原因')),
  cancelReason: long(text('Reason for cancelling', '取消原因')),
} satisfies Record<string, Field>

/** Who stands behind the residency, and the client's days: said when it is arranged, changed by events alone. */
export const SAID_AT_START = ['residencyLead', 'projectManager', 'workdays', 'daysOff', 'extraDays'] as const

export const fields: ContextSchema = {
  properties: locked({ ...contract, ...attendance, ...operation, ...rounds }, [
    ...SAID_AT_START,
    // OR-03, OR-04, GN-02, GN-17: whose hours they are, and what counts as in time.
    'engineer',
    'dayStartsAt',
    'dayEndsAt',
    'arrivedAt',
    'overtimeUntil',
    // OR-05: what was confirmed, by whom.
    'leaveFrom',
    'leaveTo',
    'leaveConfirmations',
    'leaves',
    'leaveUntil',
    // OR-08, OR-10, OR-11, OR-12: the client consents to this operation, this plan, and to nothing else.
    'operation',
    'operationSystem',
    'operationScope',
    'production',
    'operationPlan',
    'operationRisks',
    'rollbackPlan',
    'operationFrom',
    'operationTo',
    'backupAt',
    'clientConsented',
    'consentBy',
    'operationOutcome',
    'operationsDone',
    'operationsRolledBack',
    'criticalPeriods',
    // OR-07: these visitors were registered and let in, and no others.
    'visitorNames',
    'visitorRegistration',
    'visitorApprovedBy',
    // OR-16, OR-23.
    'inspectedAt',
    'inspections',
    'openFaults',
    'lastFaultEnd',
  ]),
  required: ['customerName'],
}
