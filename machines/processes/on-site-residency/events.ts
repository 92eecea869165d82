/**
 * Who may tell a residency what, and what each event carries.
 *
 * Must not: say what an event does (the regions do).
 */
import type { EventRole, EventSchema, Field, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import {
  dayEndsAt,
  dayStartsAt,
  daysOff,
  extraDays,
  flag,
  long,
  moment,
  operationPlan,
  operationRequest,
  person,
  short,
  visitorNames,
  visitorPurpose,
  visitorRegistration,
  workdays,
} from './fields.ts'

type More = { norms?: string[]; optional?: Record<string, Field> }
const event = (
  title: Text,
  roles: EventRole[],
  required: Record<string, Field> = {},
  { norms = [], optional = {} }: More = {},
): EventSchema => ({
  properties: { ...required, ...optional },
  required: Object.keys(required),
  meta: { title, roles, norms },
})

const ENGINEER: EventRole[] = ['engineer']
const DISPATCHER: EventRole[] = ['dispatcher']
const CLIENT: EventRole[] = ['customer']
const DESK: EventRole[] = ['front-desk']
/** The residency lead and the project manager are persons of the contract; their roles differ by company. */
const LEADS: EventRole[] = ['engineer', 'dispatcher', 'process-owner', 'safety-officer']
const STAFF: EventRole[] = ['engineer', 'dispatcher', 'process-owner', 'front-desk', 'customer']

const reason = long(text('Reason', '原因'))
const leaveNorm = { norms: ['OR-05'] }

const contract: Record<string, EventSchema> = {
  'engineer.assign': event(
    text('Assign the resident engineer', '指派驻场工程师'),
    DISPATCHER,
    { engineer: person(text('Resident engineer', '驻场工程师')) },
    { norms: ['GN-17'] },
  ),
  'leads.name': event(
    text('Name the lead and the project manager', '指定负责人'),
    DISPATCHER,
    {},
    {
      optional: {
        residencyLead: person(text('Residency lead', '驻场负责人'), leaveNorm),
        projectManager: person(text('Project manager', '项目经理'), leaveNorm),
      },
    },
  ),
  'residency.begin': event(
    text('Begin the residency', '开始驻场'),
    DISPATCHER,
    { dayStartsAt, dayEndsAt },
    { norms: ['GN-15', 'OR-03', 'OR-04'] },
  ),
  'hours.set': event(text("Set the client's hours", '调整客户作息时间'), DISPATCHER, {
    dayStartsAt,
    dayEndsAt,
  }),
  'days.set': event(
    text("Set the client's days", '调整客户工作日'),
    DISPATCHER,
    {},
    {
      optional: { workdays, daysOff, extraDays },
    },
  ),
  'residency.end': event(text('End the residency', '结束驻场'), DISPATCHER, { reason }),
  'handover.accept': event(
    text('Accept the handover', '确认交接'),
    CLIENT,
    {},
    {
      optional: { comments: long(text('Comments', '意见'), { norms: ['GN-10'] }) },
    },
  ),
  escalate: event(
    text('Report upwards', '上报'),
    [...STAFF, 'safety-officer', 'stock-keeper'],
    { what: long(text('What is reported', '上报内容'), { norms: ['OR-16'] }) },
    { norms: ['OR-16'] },
  ),
  cancel: event(text('Cancel', '取消'), DISPATCHER, { reason }),
}

const attendance: Record<string, EventSchema> = {
  'post.arrive': event(text('Arrive at the post', '到岗签到'), ENGINEER, {}, { norms: ['OR-03', 'OR-04'] }),
  'post.leave': event(text('Leave the post', '离岗签退'), ENGINEER, {}, { norms: ['OR-04'] }),
  'absence.report': event(
    text('Report the post as left', '举报擅自离岗'),
    ['customer', 'dispatcher', 'front-desk', 'engineer', 'process-owner'],
    { what: long(text('What was seen', '情况说明')) },
    { norms: ['OR-06'] },
  ),
  'overtime.agree': event(
    text('Agree to overtime', '同意加班'),
    ENGINEER,
    {
      minutes: {
        type: 'integer',
        minimum: 1,
        maximum: 120,
        meta: { title: text('Minutes', '分钟数'), norms: ['GN-02'] },
      },
    },
    { norms: ['GN-02'] },
  ),
  'leave.request': event(
    text('Ask for leave', '申请请假'),
    ENGINEER,
    {
      leaveFrom: moment(text('From', '开始时间'), leaveNorm),
      leaveTo: moment(text('To', '结束时间'), leaveNorm),
      leaveReason: long(text('Reason', '事由'), { personal: true, norms: ['OR-05'] }),
    },
    leaveNorm,
  ),
  'leave.confirm.client': event(
    text('Confirm the leave for the client', '客户确认请假'),
    CLIENT,
    {},
    leaveNorm,
  ),
  'leave.confirm.lead': event(
    text('Confirm the leave as residency lead', '驻场负责人确认请假'),
    LEADS,
    {},
    leaveNorm,
  ),
  'leave.confirm.manager': event(
    text('Confirm the leave as project manager', '项目经理确认请假'),
    LEADS,
    {},
    leaveNorm,
  ),
  'leave.refuse': event(text('Refuse the leave', '不予请假'), [...CLIENT, ...LEADS], { reason }, leaveNorm),
  'leave.withdraw': event(text('Withdraw the request', '撤回请假申请'), ENGINEER),
  'leave.begin': event(text('Begin the leave', '开始请假'), ENGINEER, {}, leaveNorm),
  'leave.giveUp': event(text('Give up confirmed leave', '销假'), ENGINEER, {}, leaveNorm),
}

const operations: Record<string, EventSchema> = {
  'operation.request': event(
    text('Ask for an operation', '提出操作申请'),
    ['engineer', 'customer', 'dispatcher'],
    operationRequest,
  ),
  'plan.submit': event(text('Submit the plan', '提交操作方案'), ENGINEER, operationPlan, {
    norms: ['OR-10'],
  }),
  'plan.revise': event(text('Revise the plan', '修订方案'), ENGINEER, {}, { norms: ['OR-10'] }),
  'backup.done': event(text('Backup done', '备份完成'), ENGINEER, {}, { norms: ['OR-11'] }),
  'backup.renew': event(text('Back up again', '重新备份'), ENGINEER, {}, { norms: ['OR-11'] }),
  'operation.consent': event(text('Consent to the operation', '同意操作'), CLIENT, {}, { norms: ['OR-08'] }),
  'operation.refuse': event(
    text('Refuse the operation', '不同意操作'),
    CLIENT,
    { reason },
    { norms: ['OR-08'] },
  ),
  'consent.withdraw': event(text('Withdraw the consent', '撤回同意'), CLIENT, {}, { norms: ['OR-08'] }),
  'operation.start': event(
    text('Start the operation', '开始操作'),
    ENGINEER,
    {},
    {
      norms: ['OR-08', 'OR-10', 'OR-11', 'OR-12'],
    },
  ),
  'operation.done': event(text('Operation done', '操作完成'), ENGINEER, {
    operationResult: long(text('What was done', '实施情况')),
  }),
  'operation.verified': event(text('Verified', '验证通过'), ENGINEER),
  'operation.rollBack': event(text('Roll back', '回退操作'), ['engineer', 'customer'], { reason }),
  'rollback.done': event(text('Rolled back', '回退完成'), ENGINEER),
  'operation.withdraw': event(text('Withdraw the operation', '撤回操作申请'), [
    'engineer',
    'customer',
    'dispatcher',
  ]),
  'critical.declare': event(
    text('Declare a critical period', '设定关键时期'),
    ['customer', 'dispatcher', 'process-owner'],
    {
      from: moment(text('From', '开始时间'), { norms: ['OR-12'] }),
      to: moment(text('To', '结束时间'), { norms: ['OR-12'] }),
      reason,
    },
    { norms: ['OR-12'] },
  ),
  'critical.lift': event(
    text('Lift the present critical period', '解除当前关键时期'),
    CLIENT,
    {},
    { norms: ['OR-12'] },
  ),
}

const visiting = { norms: ['OR-07'] }
const rounds: Record<string, EventSchema> = {
  'visitor.announce': event(
    text('Visitors have come', '访客到来'),
    ['engineer', 'front-desk'],
    { visitorNames, visitorPurpose },
    visiting,
  ),
  'visitor.register': event(
    text('Register the visitors', '登记访客'),
    DESK,
    { visitorRegistration },
    visiting,
  ),
  'visitor.approve': event(text('Let them enter', '批准进入'), ['customer', 'front-desk'], {}, visiting),
  'visitor.refuse': event(
    text('Do not let them enter', '不予进入'),
    ['customer', 'front-desk'],
    {},
    visiting,
  ),
  'visitor.enter': event(text('Visitors enter', '访客进入'), DESK, {}, visiting),
  'visitor.leave': event(text('Visitors have gone', '访客离开'), ['front-desk', 'engineer']),
  'inspection.start': event(text('Start the round', '开始巡检'), ENGINEER, {}, { norms: ['OR-23'] }),
  'inspection.record': event(
    text('Record the round', '提交巡检记录'),
    ENGINEER,
    {
      findings: long(text('Findings', '巡检结果'), { norms: ['OR-23'] }),
      abnormal: flag(text('Something is abnormal', '存在异常'), { norms: ['OR-23'] }),
    },
    { norms: ['OR-23'] },
  ),
  'inspection.breakOff': event(text('Break off the round', '中断巡检'), ENGINEER),
  'fault.raise': event(
    text('Raise a fault', '上报故障'),
    STAFF,
    {
      description: long(text('Description', '故障描述'), { norms: ['OR-22'] }),
      startedAt: moment(text('Fault since', '故障开始时间'), { norms: ['OR-17'] }),
      systemDown: flag(text('The system is down', '系统瘫痪'), { norms: ['OR-17'] }),
    },
    { norms: ['OR-16'], optional: { system: short(text('System', '故障系统')) } },
  ),
  'fault.ended': event(text('A fault has ended', '故障处理结束'), ['system'], {
    status: short(text('Status', '状态')),
    fields: { type: 'object', meta: { title: text('Data of the fault', '故障数据') } },
  }),
}

export const events: Record<string, EventSchema> = { ...contract, ...attendance, ...operations, ...rounds }
