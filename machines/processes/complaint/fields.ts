/**
 * What a complaint remembers, and its settings.
 */
import type { ContextSchema, Field, Setting } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences } from '../customer-file.ts'
import { locked } from '../locks.ts'

const long = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  meta: { title: text(en, zh), norms },
})
const person = (en: string, zh: string): Field => ({
  type: 'string',
  format: 'person',
  meta: { title: text(en, zh) },
})

export const decision: Field = {
  type: 'string',
  enum: ['upheld', 'partly-upheld', 'rejected'],
  meta: {
    title: text('Decision', '处理决定'),
    norms: ['GN-07'],
    options: {
      upheld: text('Upheld', '投诉成立'),
      'partly-upheld': text('Partly upheld', '部分成立'),
      rejected: text('Rejected', '投诉不成立'),
    },
  },
}
export const channel: Field = {
  type: 'string',
  enum: ['phone', 'in-person', 'email', 'letter'],
  meta: {
    title: text('Answered by', '答复方式'),
    options: {
      phone: text('Phone', '电话'),
      'in-person': text('In person', '当面'),
      email: text('E-mail', '电子邮件'),
      letter: text('Letter', '书面信函'),
    },
  },
}

const properties = {
  text: long('Complaint', '投诉内容', ['GN-07']),
  quality: {
    type: 'boolean',
    default: false,
    meta: { title: text('It concerns quality', '涉及质量问题'), norms: ['GN-08'] },
  },
  aboutJob: { type: 'string', maxLength: 80, meta: { title: text('About the job', '所涉工单') } },
  aboutProcess: { type: 'string', maxLength: 80, meta: { title: text('About the process', '所涉流程') } },
  ...customerFile,
  ...customerReferences,
  handler: person('Handler', '处理人'),
  handoverReason: long('Reason of the handover', '转交原因', ['GN-05']),
  finding: long('What was found', '调查情况'),
  qualityCause: long('Cause found by the quality department', '质量部分析的原因', ['GN-08']),
  qualityCorrection: long('Correction set by the quality department', '质量部确定的纠正措施', ['GN-08']),
  decision,
  decisionText: long('Decision in words', '决定内容', ['GN-07']),
  remedy: long('Remedy offered', '补救措施'),
  channel,
  objection: long("Customer's objection", '客户异议'),
  objections: { type: 'integer', default: 0, meta: { title: text('Objections', '异议次数') } },
  cancelReason: long('Reason for cancelling', '取消原因'),
} satisfies Record<string, Field>

export const fields: ContextSchema = {
  properties: locked(properties, [
    // GN-05: handed over by those with the authority. GN-07, GN-08: decided, analysed by events alone.
    'handler',
    'quality',
    'qualityCause',
    'qualityCorrection',
    'decision',
    'objections',
  ]),
  required: ['text'],
}

export const settings: Record<string, Setting> = {
  answerWithin: {
    value: 'P1D',
    title: text('A complaint is answered within', '投诉答复时限'),
    norms: ['GN-07'],
  },
  answerReminder: {
    value: 'PT20H',
    title: text('Reminder of the answer after', '答复提醒时间'),
    norms: ['GN-07'],
  },
  objectionPeriod: {
    value: 'P7D',
    title: text('Without an objection the complaint closes after', '客户无异议自动结案期限'),
  },
}
