/**
 * What a fault remembers, and its settings.
 */
import type { ContextSchema, Field, Setting } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences, problemKind, severity } from '../customer-file.ts'
import { locked } from '../locks.ts'

const long = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 8000,
  meta: { title: text(en, zh), norms },
})

/** OR-18: the report's first entry. */
export const faultKind: Field = {
  type: 'string',
  enum: ['hardware', 'software', 'network', 'power', 'operation', 'other'],
  meta: {
    title: text('Kind of fault', '故障类别'),
    norms: ['OR-18'],
    options: {
      hardware: text('Hardware', '硬件'),
      software: text('Software', '软件'),
      network: text('Network', '网络'),
      power: text('Power', '供电'),
      operation: text('Operation', '操作'),
      other: text('Other', '其他'),
    },
  },
}
/** OR-18: the other three; OR-22: the record of the repair; OR-27: its document. */
export const report = {
  cause: long('Cause', '故障原因', ['OR-18']),
  method: long('Method of repair', '处理方法', ['OR-18']),
  loss: long('Loss', '损失情况', ['OR-18']),
} satisfies Record<string, Field>
export const repairRecord = {
  recovery: long('Recovery, step by step', '恢复过程', ['OR-27']),
  place: long('Place', '地点', ['OR-22']),
  raisedBy: {
    type: 'string',
    minLength: 1,
    maxLength: 300,
    meta: { title: text('Raised by', '提出人'), personal: true, norms: ['OR-22'] },
  },
} satisfies Record<string, Field>

const properties = {
  description: long('Description', '故障描述', ['OR-22']),
  startedAt: {
    type: 'string',
    format: 'date-time',
    meta: { title: text('Fault since', '故障开始时间'), norms: ['OR-17', 'OR-22'] },
  },
  system: long('System', '故障系统'),
  systemDown: {
    type: 'boolean',
    default: true,
    meta: { title: text('The system is down', '系统瘫痪'), norms: ['OR-17'] },
  },
  aboutJob: { type: 'string', maxLength: 80, meta: { title: text('About the job', '所涉工单') } },
  ...customerFile,
  ...customerReferences,
  problemKind,
  severity,
  engineer: { type: 'string', format: 'person', meta: { title: text('Engineer', '工程师') } },
  diagnosis: long('Diagnosis', '诊断'),
  obstacle: long('Why it cannot be solved now', '暂不能解决的原因', ['OR-21']),
  otherWay: long('The other way taken', '另寻的解决途径', ['OR-21']),
  emergencyPlan: long('Emergency plan', '应急方案', ['OR-17']),
  escalation: long('Reported upwards', '上报内容', ['OR-16']),
  ...repairRecord,
  restoredAt: {
    type: 'string',
    format: 'date-time',
    meta: { title: text('Solved at', '解决时间'), norms: ['OR-18', 'OR-22'] },
  },
  kind: faultKind,
  ...report,
  prevention: long('Prevention', '预防措施', ['OR-22']),
  cancelReason: long('Reason for cancelling', '取消原因'),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked(properties, [
    // GN-17: by assignment. OR-17: an owed plan is not talked away. OR-18: the report counts from it.
    'engineer',
    'systemDown',
    'emergencyPlan',
    'restoredAt',
  ]),
  required: ['description', 'startedAt'],
}

export const settings: Record<string, Setting> = {
  planOwedAfter: {
    value: 'PT12H',
    title: text(
      "An emergency plan is owed, from the fault's start, after",
      '自故障开始多久未解决须制定应急方案',
    ),
    norms: ['OR-17'],
  },
  planDueAfter: {
    value: 'PT16H',
    title: text("The emergency plan is late, from the fault's start, after", '自故障开始提出应急方案的时限'),
    norms: ['OR-17'],
  },
}
